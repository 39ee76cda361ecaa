//! `emergency draw`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::time,
};
use assent_client::Outcome;
use assent_policy::OrganisationId;
use assent_runtime::{BlockNumber, RuntimeEvent};
use clap::Args;
use pallet_emergencies::{Call, EmergencyId, Event};
use serde::Serialize;

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
	type Answer = Done<Drawn>;

	async fn run(self, options: &Options) -> Outcome<Done<Drawn>> {
		let Self { emergency } = self;
		let included = options.send(Call::draw { emergency }).await?;
		let drawn = included.find(|event| match event {
			RuntimeEvent::Emergencies(Event::ReviewerDrawn { reviewer, due, .. }) => Some(Drawn {
				emergency,
				reviewer: Some(*reviewer),
				due: Some(time::write(*due)),
				draw_block: None,
			}),
			RuntimeEvent::Emergencies(Event::DrawPutOff { draw_block, .. }) => {
				Some(Drawn { emergency, reviewer: None, due: None, draw_block: Some(*draw_block) })
			}
			_ => None,
		})?;
		Ok(Done::new(&included, drawn))
	}
}
