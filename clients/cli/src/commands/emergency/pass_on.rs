//! `emergency pass-on`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	words::Word,
};
use assent_client::Outcome;
use assent_policy::OrganisationId;
use assent_runtime::{BlockNumber, RuntimeEvent};
use assent_support::PassingCause;
use clap::Args;
use pallet_emergencies::{Call, EmergencyId, Event};
use serde::Serialize;

/// Pass on a review without a finding in time
#[derive(Debug, Args)]
pub struct PassOn {
	/// The emergency's number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

/// A review that was passed on.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassedOn {
	emergency: EmergencyId,
	passed_by: OrganisationId,
	cause: PassingCause,
	draw_block: BlockNumber,
}

impl Change for PassedOn {
	fn rows(&self) -> Vec<Row> {
		let passed = format!("by organisation {}: {}", self.passed_by, self.cause.word());
		vec![
			("emergency", self.emergency.to_string()),
			("passed on", passed),
			("next", format!("draw after block {}", self.draw_block)),
		]
	}
}

impl Verb for PassOn {
	type Answer = Done<PassedOn>;

	async fn run(self, options: &Options) -> Outcome<Done<PassedOn>> {
		let Self { emergency } = self;
		let included = options.send(Call::pass_on { emergency }).await?;
		let passed = included.find(|event| match event {
			RuntimeEvent::Emergencies(Event::ReviewPassedOn {
				reviewer,
				cause,
				draw_block,
				..
			}) => Some(PassedOn {
				emergency,
				passed_by: *reviewer,
				cause: *cause,
				draw_block: *draw_block,
			}),
			_ => None,
		})?;
		Ok(Done::new(&included, passed))
	}
}
