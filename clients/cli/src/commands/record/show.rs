//! `record show`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::record,
	printer::table,
	show::Record,
	words::Word,
};
use assent_client::{reads, Outcome};
use assent_policy::{OrganisationId, RecordId};
use assent_runtime::BlockNumber;
use assent_support::Finding;
use clap::Args;
use serde::Serialize;

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
		let rows: Vec<_> = self
			.votes
			.iter()
			.map(|vote| {
				vec![
					format!("organisation {}", vote.organisation),
					vote.finding.word().into(),
					format!("at block {}", vote.at),
				]
			})
			.collect();
		let text = self.record.text();
		match rows.is_empty() {
			true => text,
			false => format!("{text}\n\n{}", table(&["this round", "finding", ""], &rows, "")),
		}
	}
}

impl Verb for Show {
	type Answer = Shown;

	async fn run(self, options: &Options) -> Outcome<Shown> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let view = reads::records::view(&chain, self.record, at).await?;
		let votes = reads::records::votes(&chain, self.record, at).await?;
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
