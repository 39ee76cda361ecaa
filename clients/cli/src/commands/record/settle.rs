//! `record settle`.

use crate::commands::prelude::*;
use pallet_records::Call;

/// Settle a dispute, or take a dispute back
#[derive(Debug, Args, Serialize)]
pub struct Settle {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
}

impl Change for Settle {
	fn rows(&self) -> Vec<Row> {
		vec![("record", format!("{}, no longer disputed", self.record))]
	}
}

impl Verb for Settle {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let included = options.send(Call::settle_dispute { record: self.record }).await?;
		Ok(Done::new(&included, self))
	}
}
