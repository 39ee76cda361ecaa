//! `record show`.

use crate::{commands::prelude::*, show::Record};
use assent_support::Finding;

/// Show a record and the state of the document
#[derive(Debug, Args)]
pub struct Show {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
}

#[derive(Debug, Serialize)]
struct Vote {
	organisation: OrganisationId,
	finding: Finding,
	at: BlockNumber,
}

/// A record, and the votes on its document in this round.
#[derive(Debug, Serialize)]
pub struct Shown {
	#[serde(flatten)]
	record: Record,
	votes: Vec<Vote>,
}

impl Answer for Shown {
	fn text(&self) -> String {
		let rows = self.votes.iter().map(|Vote { organisation, finding, at }| {
			[
				format!("organisation {organisation}"),
				finding.word().into(),
				format!("at block {at}"),
			]
		});
		let votes = table(["this round", "finding", ""], rows, "");
		format!("{}\n\n{votes}", self.record.text()).trim_end().into()
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let view = state.record(self.record).await?;
		let votes = state.votes_on(self.record).await?;
		Ok(Shown {
			record: Record::from(&view),
			votes: votes
				.iter()
				.map(|vote| Vote {
					organisation: vote.organisation,
					finding: vote.finding,
					at: vote.at,
				})
				.collect(),
		})
	}
}
