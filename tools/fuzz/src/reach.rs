//! The reach of a corpus: the calls that were carried out, the documented errors that refused
//! a call, the errors and events that never happened.

use crate::{
	names::{calls, CallDoc, Names, CARRIED_OUT},
	Outcomes,
};
use std::{collections::BTreeSet, fmt};

/// Our pallets with calls for people.
pub const OURS: &[&str] =
	&["Consortium", "Validators", "Patients", "Acceptances", "Records", "Consent", "Emergencies"];

/// The outcomes of one call.
pub struct Reach {
	/// The call, with the errors that its documentation names.
	pub call: CallDoc,
	/// Whether the call was carried out, sent by an account or enacted.
	pub carried_out: bool,
	/// The errors that refused the call. An error of the call's own pallet has no name of the
	/// pallet in front.
	pub errors: BTreeSet<String>,
}

impl Reach {
	/// The reach of each call of the runtime.
	pub fn of(outcomes: &Outcomes) -> Vec<Self> {
		calls()
			.into_iter()
			.map(|call| {
				let own = format!("{}: ", call.name);
				let came: Vec<&str> = outcomes
					.iter()
					.filter_map(|outcome| outcome.strip_prefix(&own))
					.map(|outcome| outcome.strip_prefix("enacted ").unwrap_or(outcome))
					.collect();
				let pallet = format!("{}.", call.pallet);
				let errors = came
					.iter()
					.filter_map(|outcome| outcome.strip_prefix("error "))
					.map(|error| error.strip_prefix(&pallet).unwrap_or(error).to_string())
					.collect();
				let carried_out = came.contains(&CARRIED_OUT);
				Self { call, carried_out, errors }
			})
			.collect()
	}

	/// Whether the call belongs to one of our pallets.
	pub fn is_ours(&self) -> bool {
		OURS.contains(&self.call.pallet.as_str())
	}

	/// The errors that the documentation names and that refused the call.
	pub fn named(&self) -> impl Iterator<Item = &String> {
		self.call.errors.intersection(&self.errors)
	}

	/// The errors that the documentation names and that never refused the call.
	pub fn missing(&self) -> Vec<&str> {
		self.call.errors.difference(&self.errors).map(String::as_str).collect()
	}
}

impl fmt::Display for Reach {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let how = if self.carried_out { CARRIED_OUT } else { "NEVER CARRIED OUT" };
		write!(f, "{}: {how}", self.call.name)?;
		if !self.call.errors.is_empty() {
			let (named, all) = (self.named().count(), self.call.errors.len());
			write!(f, ", refused by {named} of the {all} errors it names")?;
		}
		let missing = self.missing();
		if !missing.is_empty() {
			write!(f, "; never by {}", missing.join(", "))?;
		}
		Ok(())
	}
}

/// The errors and events of our pallets that no outcome names.
pub fn never(outcomes: &Outcomes) -> (Vec<String>, Vec<String>) {
	let names = Names::default();
	let seen_error = |name: &str| {
		let end = format!("error {name}");
		outcomes.iter().any(|outcome| outcome.ends_with(&end))
	};
	let of = |all: Vec<&str>, seen: &dyn Fn(&str) -> bool| -> Vec<String> {
		all.into_iter().filter(|name| !seen(name)).map(ToString::to_string).collect()
	};
	let errors = OURS.iter().flat_map(|pallet| names.errors_of(pallet));
	let events = OURS.iter().flat_map(|pallet| names.events_of(pallet));
	(
		of(errors.collect(), &seen_error),
		of(events.collect(), &|name| outcomes.contains(&format!("event {name}"))),
	)
}
