//! `record dispute`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::record,
};
use assent_client::Outcome;
use assent_policy::RecordId;
use clap::Args;
use pallet_records::Call;
use serde::Serialize;

/// Dispute a record's content, as the patient
#[derive(Debug, Args)]
pub struct Dispute {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
}

/// A record whose content is disputed.
#[derive(Debug, Serialize)]
pub struct Disputed {
	record: RecordId,
}

impl Change for Disputed {
	fn rows(&self) -> Vec<Row> {
		vec![("record", format!("{}, disputed", self.record))]
	}
}

impl Verb for Dispute {
	type Answer = Done<Disputed>;

	async fn run(self, options: &Options) -> Outcome<Done<Disputed>> {
		let Self { record } = self;
		let included = options.send(Call::dispute { record }).await?;
		Ok(Done::new(&included, Disputed { record }))
	}
}
