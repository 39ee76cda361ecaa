//! `record register`.

use crate::{arguments::LabelArgs, commands::prelude::*, parse::ids, show::Facts};
use assent_client::{
	documents::registered,
	files,
	secrets::{path_of, Kept},
};
use pallet_records::Call;

/// Register a record of a sealed document
#[derive(Debug, Args)]
pub struct Register {
	/// The secret file from sealing, with hash, size and commitment
	#[arg(value_name = "SECRET_FILE")]
	secret: PathBuf,
	/// The patient of the record
	#[arg(long, value_name = "ID", value_parser = ids::patient)]
	patient: PatientId,
	/// The record's id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = ids::record)]
	id: Option<RecordId>,
	#[command(flatten)]
	labels: LabelArgs,
	/// Directory in which secrets are kept, to copy this one to
	#[arg(long, value_name = "DIR")]
	secrets: Option<PathBuf>,
}

/// A record that was registered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
	record: RecordId,
	record_version: VersionNumber,
	patient: PatientId,
	#[serde(flatten)]
	facts: Facts,
	secret: String,
}

impl Change for Registered {
	fn rows(&self) -> Vec<Row> {
		vec![
			("record", self.record.to_string()),
			("patient", self.patient.to_string()),
			("ciphertext", self.facts.ciphertext.clone()),
			("secret", self.secret.clone()),
		]
	}
}

impl Verb for Register {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let kept = Kept::read(&self.secret)?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let labels = self.labels.labels()?;
		let signed = options.signed().await?;
		let copy = self.secrets.as_deref().map(|directory| path_of(directory, record, 1));
		if let (Some(directory), Some(copy)) = (&self.secrets, &copy) {
			files::secret_directory(directory)?;
			files::ensure_new(copy)?;
		}
		let document = registered(kept.ciphertext, kept.size, kept.commitment);
		let included = signed.submit(Call::register { record, patient, labels, document }).await?;
		if let Some(copy) = &copy {
			kept.write(copy)?;
		}
		let secret = copy.unwrap_or(self.secret).display().to_string();
		let facts = Facts::from(&kept);
		Ok(Done::new(&included, Registered { record, record_version: 1, patient, facts, secret }))
	}
}
