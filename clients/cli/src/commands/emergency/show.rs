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

impl Answer for Emergency {
	fn text(&self) -> String {
		let reviewer = self.reviewer.map(|id| format!("organisation {id}"));
		fields(&[
			("emergency", self.emergency.to_string()),
			("standing", self.standing.word().into()),
			("patient", self.patient.to_string()),
			("declared by", self.by()),
			("reason", self.reason.word().into()),
			("declared", self.declared.clone()),
			("over", self.over.clone()),
			("due", or_empty(&self.due)),
			("justified", or_empty(&self.justified_text())),
			("draw after block", or_empty(&self.draw_block)),
			("reviewer", or_empty(&reviewer)),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let number = self.emergency;
		let state = options.state().await?;
		let (row, state) = state.emergency(number).await?;
		Ok(Emergency::new(number, &row, state))
	}
}
