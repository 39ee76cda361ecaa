//! `record dispute` and `record settle`.

use crate::{
	commands::done,
	context::Options,
	failure::Outcome,
	parse::ids::{hex, record},
	printer::Report,
};
use assent_policy::RecordId;
use assent_runtime::RuntimeCall;
use clap::Args;
use serde_json::json;

/// Disputes a record's content.
#[derive(Debug, Args)]
pub struct Dispute {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
}

/// Settles a dispute, or takes it back.
#[derive(Debug, Args)]
pub struct Settle {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
}

impl Dispute {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let call = pallet_records::Call::dispute { record };
		send(options, record, RuntimeCall::Records(call), "disputed").await
	}
}

impl Settle {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		let call = pallet_records::Call::settle_dispute { record };
		send(
			options,
			record,
			RuntimeCall::Records(call),
			"no longer disputed",
		)
		.await
	}
}

async fn send(
	options: &Options,
	record: RecordId,
	call: RuntimeCall,
	what: &str,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let included = chain.submit(&signer, call, options.wait).await?;
	Ok(done(
		&included,
		json!({ "record": hex(record.0) }),
		&[("record", format!("{}, {what}", hex(record.0)))],
	))
}
