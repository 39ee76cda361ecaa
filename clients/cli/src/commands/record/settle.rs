//! `record settle`.

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

/// Settle a dispute, or take a dispute back
#[derive(Debug, Args)]
pub struct Settle {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
}

/// A record whose content is no longer disputed.
#[derive(Debug, Serialize)]
pub struct Settled {
	record: RecordId,
}

impl Change for Settled {
	fn rows(&self) -> Vec<Row> {
		vec![("record", format!("{}, no longer disputed", self.record))]
	}
}

impl Verb for Settle {
	type Answer = Done<Settled>;

	async fn run(self, options: &Options) -> Outcome<Done<Settled>> {
		let Self { record } = self;
		let included = options.send(Call::settle_dispute { record }).await?;
		Ok(Done::new(&included, Settled { record }))
	}
}
