//! The patients for whom an account acts.

use crate::{
	printer::table,
	show::{moment, or_empty},
};
use assent_policy::{Moment, PatientId};
use pallet_patients::Ward;
use serde::Serialize;

/// A patient for whom an account acts, and the end of the term.
#[derive(Debug, Serialize)]
pub struct ActsFor {
	patient: PatientId,
	until: Option<String>,
}

impl ActsFor {
	/// The patients in a list, without terms that are over.
	pub fn current(listed: &[Ward], now: Moment) -> Vec<Self> {
		listed
			.iter()
			.filter(|one| !one.has_lapsed(now))
			.map(|one| Self { patient: one.patient, until: moment(one.until) })
			.collect()
	}

	/// A table of them; `nothing` if there are none.
	pub fn table(listed: &[Self], nothing: &str) -> String {
		let rows = listed.iter().map(|one| [one.patient.to_string(), or_empty(&one.until)]);
		table(["patient", "until"], rows, nothing)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::parse::ids::hex;

	#[test]
	fn acts_for_should_leave_out_terms_that_are_over() {
		let ward = |byte, until| Ward { patient: PatientId([byte; 16]), until };
		let listed = [ward(1, None), ward(2, Some(50)), ward(3, Some(51))];
		let current = ActsFor::current(&listed, 50);
		let data = serde_json::to_value(&current).unwrap();
		let patients: Vec<_> =
			data.as_array().unwrap().iter().map(|one| one["patient"].as_str().unwrap()).collect();
		assert_eq!(patients, [hex([1; 16]), hex([3; 16])]);
		assert!(!ActsFor::table(&current, "none").contains(&hex([2; 16])));
		let over = ActsFor::current(&listed[1..2], 50);
		assert_eq!(ActsFor::table(&over, "none"), "none");
	}
}
