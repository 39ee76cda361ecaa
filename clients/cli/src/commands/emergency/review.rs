//! `emergency review`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::address,
	words::{reader, Word},
};
use assent_client::Outcome;
use assent_runtime::RuntimeEvent;
use assent_support::ReviewFinding;
use clap::Args;
use pallet_emergencies::{Call, EmergencyId, Event};
use serde::Serialize;

/// Review an emergency for which the organisation of --key was drawn
#[derive(Debug, Args)]
pub struct Review {
	/// The emergency's number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
	/// Whether the declaration was right
	#[arg(long, value_name = "FINDING", value_parser = reader::<ReviewFinding>())]
	finding: ReviewFinding,
}

/// A review that was given, and the practitioner whose role it suspended.
#[derive(Debug, Serialize)]
pub struct Reviewed {
	emergency: EmergencyId,
	finding: ReviewFinding,
	suspended: Option<String>,
}

impl Change for Reviewed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("emergency", self.emergency.to_string()),
			("finding", self.finding.word().into()),
			("role suspended", self.suspended.clone().unwrap_or_default()),
		]
	}
}

impl Verb for Review {
	type Answer = Done<Reviewed>;

	async fn run(self, options: &Options) -> Outcome<Done<Reviewed>> {
		let Self { emergency, finding } = self;
		let included = options.send(Call::review { emergency, finding }).await?;
		let suspended = included.find(|event| match event {
			RuntimeEvent::Emergencies(Event::RoleSuspended { practitioner, .. }) => {
				Some(address(practitioner))
			}
			_ => None,
		});
		let reviewed = Reviewed { emergency, finding, suspended: suspended.ok() };
		Ok(Done::new(&included, reviewed))
	}
}
