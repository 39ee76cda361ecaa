//! `emergency pass-on`.

use crate::commands::prelude::*;
use assent_support::PassingCause;
use pallet_emergencies::{Call, EmergencyId, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency } = self;
		let included = options.send(Call::pass_on { emergency }).await?;
		let (passed_by, cause, draw_block) = found!(included,
			Emergencies(Event::ReviewPassedOn { reviewer, cause, draw_block, .. }) =>
				(*reviewer, *cause, *draw_block))?;
		Ok(Done::new(&included, PassedOn { emergency, passed_by, cause, draw_block }))
	}
}
