//! `emergency review`.

use crate::commands::prelude::*;
use assent_support::ReviewFinding;
use pallet_emergencies::{Call, EmergencyId, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency, finding } = self;
		let included = options.send(Call::review { emergency, finding }).await?;
		let suspended = found!(included,
			Emergencies(Event::RoleSuspended { practitioner, .. }) => address(practitioner));
		Ok(Done::new(&included, Reviewed { emergency, finding, suspended: suspended.ok() }))
	}
}
