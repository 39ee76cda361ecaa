//! `record dispute`.

use crate::commands::prelude::*;
use pallet_records::Call;

/// Dispute a record's content, as the patient
#[derive(Debug, Args, Serialize)]
pub struct Dispute {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
}

impl Change for Dispute {
	fn rows(&self) -> Vec<Row> {
		vec![("record", format!("{}, disputed", self.record))]
	}
}

impl Verb for Dispute {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let included = options.send(Call::dispute { record: self.record }).await?;
		Ok(Done::new(&included, self))
	}
}
