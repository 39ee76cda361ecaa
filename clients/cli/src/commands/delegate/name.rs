//! `delegate name`.

use crate::commands::prelude::*;
use assent_support::Deed;
use pallet_patients::{Call, Deeds};
use std::collections::BTreeSet;

/// Let an account act for the patient of --key, or change the mandate
#[derive(Debug, Args)]
pub struct Name {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The account
	#[arg(value_parser = account)]
	delegate: AccountId32,
	/// A deed in the mandate; repeat for more
	#[arg(long = "may", required = true, value_name = "DEED", value_parser = reader::<Deed>())]
	deeds: Vec<Deed>,
	/// The end, within a year: 2026-12-31, or +30d from now
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: When,
}

/// A mandate that was given.
#[derive(Debug, Serialize)]
pub struct Named {
	patient: PatientId,
	delegate: String,
	deeds: Vec<Deed>,
	until: String,
}

impl Change for Named {
	fn rows(&self) -> Vec<Row> {
		vec![
			("patient", self.patient.to_string()),
			("delegate", self.delegate.clone()),
			("may", words_of(&self.deeds)),
			("until", self.until.clone()),
		]
	}
}

fn mandate_of(deeds: Vec<Deed>) -> Outcome<Deeds> {
	let deeds: BTreeSet<Deed> = deeds.into_iter().collect();
	Deeds::try_from(deeds).map_err(|_| Failure::usage("--may: more deeds than there are"))
}

impl Verb for Name {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, delegate, deeds, until } = self;
		let deeds = mandate_of(deeds)?;
		let signed = options.signed().await?;
		let until = until.resolve(signed.state.now().await?);
		let named = Named {
			patient,
			delegate: address(&delegate),
			deeds: deeds.iter().copied().collect(),
			until: time::write(until),
		};
		let call = Call::name_delegate { patient, delegate, deeds, until };
		let included = signed.submit(call).await?;
		Ok(Done::new(&included, named))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn mandate_should_hold_each_deed_once_and_room_for_all() {
		let twice = mandate_of(vec![Deed::Withdraw, Deed::Withdraw]).unwrap();
		assert_eq!(twice.len(), 1);
		assert_eq!(mandate_of(Deed::ALL.to_vec()).unwrap().len(), Deed::ALL.len());
	}
}
