//! `emergency suspend`.

use crate::commands::prelude::*;
use pallet_emergencies::{Call, EmergencyId, Event};

/// Note a missing justification: the declarer's role is suspended
#[derive(Debug, Args)]
pub struct Suspend {
	/// The emergency's number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

/// A role that is suspended.
#[derive(Debug, Serialize)]
pub struct Suspended {
	emergency: EmergencyId,
	practitioner: String,
	since: String,
}

impl Change for Suspended {
	fn rows(&self) -> Vec<Row> {
		vec![
			("emergency", self.emergency.to_string()),
			("role suspended", self.practitioner.clone()),
			("since", self.since.clone()),
		]
	}
}

impl Verb for Suspend {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency } = self;
		let included = options.send(Call::suspend_unjustified { emergency }).await?;
		let (practitioner, since) = found!(included,
			Emergencies(Event::RoleSuspended { practitioner, since, .. }) =>
				(address(practitioner), time::write(*since)))?;
		Ok(Done::new(&included, Suspended { emergency, practitioner, since }))
	}
}
