//! `emergency show`.

use crate::{commands::prelude::*, show::Emergency};
use pallet_emergencies::EmergencyId;

/// Show one emergency
#[derive(Debug, Args)]
pub struct Show {
	/// The number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

/// An emergency.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Shown(Emergency);

impl Answer for Shown {
	fn text(&self) -> String {
		let Self(one) = self;
		let reviewer = one.reviewer.map(|id| format!("organisation {id}"));
		fields(&[
			("emergency", one.emergency.to_string()),
			("standing", one.standing.word().into()),
			("patient", one.patient.to_string()),
			("declared by", one.by()),
			("reason", one.reason.word().into()),
			("declared", one.declared.clone()),
			("over", one.over.clone()),
			("due", or_empty(&one.due)),
			("justified", or_empty(&one.justified_text())),
			("draw after block", or_empty(&one.draw_block)),
			("reviewer", or_empty(&reviewer)),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let number = self.emergency;
		let state = options.state().await?;
		let (row, state) = state.emergency(number).await?;
		Ok(Shown(Emergency::new(number, &row, state)))
	}
}
