//! `emergency suspend`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::{ids::address, time},
};
use assent_client::Outcome;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_emergencies::{Call, EmergencyId, Event};
use serde::Serialize;

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
	type Answer = Done<Suspended>;

	async fn run(self, options: &Options) -> Outcome<Done<Suspended>> {
		let Self { emergency } = self;
		let included = options.send(Call::suspend_unjustified { emergency }).await?;
		let suspended = included.find(|event| match event {
			RuntimeEvent::Emergencies(Event::RoleSuspended { practitioner, since, .. }) => {
				Some(Suspended {
					emergency,
					practitioner: address(practitioner),
					since: time::write(*since),
				})
			}
			_ => None,
		})?;
		Ok(Done::new(&included, suspended))
	}
}
