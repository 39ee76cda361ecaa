//! `record show`.

use super::view;
use crate::{
	context::Options,
	failure::Outcome,
	parse::ids::record,
	printer::{table, Report},
	show,
	words::Word,
};
use assent_policy::RecordId;
use assent_runtime::Runtime;
use clap::Args;
use pallet_records::RoundVotes;
use serde_json::json;

/// Shows a record.
#[derive(Debug, Args)]
pub struct Show {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
}

impl Show {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let view = view(&chain, self.record, at).await?;
		let key = pallet_records::Votes::<Runtime>::hashed_key_for(self.record);
		let votes: RoundVotes = chain.read(&key, at).await?.unwrap_or_default();
		let mut data = show::record(view.id, &view.record, &view.version);
		data["votes"] = votes
			.iter()
			.map(|vote| {
				json!({
					"organisation": vote.organisation,
					"finding": vote.finding.word(),
					"at": vote.at,
				})
			})
			.collect();
		let rows: Vec<_> = votes
			.iter()
			.map(|vote| {
				vec![
					format!("organisation {}", vote.organisation),
					vote.finding.word().into(),
					format!("at block {}", vote.at),
				]
			})
			.collect();
		let mut text = show::record_text(view.id, &view.record, &view.version);
		if !rows.is_empty() {
			text = format!(
				"{text}\n\n{}",
				table(&["this round", "finding", ""], &rows, "")
			);
		}
		Ok(Report::new(data, text))
	}
}
