//! `emergency draw`.

use crate::commands::prelude::*;
use pallet_emergencies::{Call, EmergencyId, Event};

/// Draw the reviewing organisation of a justified emergency
#[derive(Debug, Args)]
pub struct Draw {
	/// The emergency's number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

/// The reviewer, or the block after which to draw again.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drawn {
	emergency: EmergencyId,
	reviewer: Option<OrganisationId>,
	#[serde(skip_serializing_if = "Option::is_none")]
	due: Option<String>,
	#[serde(skip_serializing_if = "Option::is_none")]
	draw_block: Option<BlockNumber>,
}

impl Change for Drawn {
	fn rows(&self) -> Vec<Row> {
		let reviewer = match (self.reviewer, self.draw_block) {
			(Some(reviewer), _) => format!("organisation {reviewer}"),
			(None, Some(block)) => format!("none yet: draw again after block {block}"),
			(None, None) => "none yet".into(),
		};
		vec![
			("emergency", self.emergency.to_string()),
			("reviewer", reviewer),
			("due", self.due.clone().unwrap_or_default()),
		]
	}
}

impl Verb for Draw {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency } = self;
		let included = options.send(Call::draw { emergency }).await?;
		let (reviewer, due, draw_block) = found!(included,
			Emergencies(Event::ReviewerDrawn { reviewer, due, .. }) =>
				(Some(*reviewer), Some(time::write(*due)), None),
			Emergencies(Event::DrawPutOff { draw_block, .. }) => (None, None, Some(*draw_block)))?;
		Ok(Done::new(&included, Drawn { emergency, reviewer, due, draw_block }))
	}
}
