//! `record list`.

use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		ids::{hex, patient},
		time,
	},
	printer::{table, Report},
	show,
	words::Word,
};
use assent_policy::PatientId;
use clap::Args;
use pallet_records::{RecordStatus, RecordView};
use serde_json::json;

/// Lists a patient's records.
#[derive(Debug, Args)]
pub struct List {
	/// Whose records
	#[arg(value_parser = patient)]
	patient: PatientId,
}

impl List {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let patient = self.patient;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let views: Vec<RecordView> = chain
			.pages(|last: Option<&RecordView>| {
				let arguments = (
					patient,
					last.map(|view| view.id),
					assent_runtime_api::MAX_PAGE,
				);
				chain.call("RecordsApi_records_of", arguments, at)
			})
			.await?;
		let data: Vec<_> = views
			.iter()
			.map(|view| show::record(view.id, &view.record, &view.version))
			.collect();
		let rows: Vec<_> = views
			.iter()
			.map(|view| {
				let state = match view.record.status {
					RecordStatus::Active => view.version.state.word(),
					RecordStatus::Erased(_) => "erased",
				};
				let disputed = view.record.dispute.map(|_| "disputed").unwrap_or_default();
				vec![
					hex(view.id.0),
					view.record.attributes.class.word().into(),
					view.record.attributes.confidentiality.word().into(),
					time::write_month(view.record.attributes.authored),
					view.record.version.to_string(),
					format!("{state} {disputed}").trim().into(),
				]
			})
			.collect();
		let head = [
			"record",
			"class",
			"confidentiality",
			"authored",
			"version",
			"state",
		];
		Ok(Report::new(
			json!({ "patient": hex(patient.0), "records": data }),
			table(&head, &rows, "no records"),
		))
	}
}
