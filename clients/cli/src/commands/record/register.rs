//! `record register`.

use crate::{
	answer::{Change, Done, Row, Verb},
	arguments::LabelArgs,
	options::Options,
	parse::ids::{self, draw, hex},
};
use assent_client::{
	documents::registered,
	files,
	secrets::{path_of, Kept},
	Outcome,
};
use assent_policy::{PatientId, RecordId, VersionNumber};
use clap::Args;
use pallet_records::Call;
use serde::Serialize;
use std::path::PathBuf;

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
	ciphertext: String,
	size: u64,
	commitment: String,
	secret: String,
}

impl Change for Registered {
	fn rows(&self) -> Vec<Row> {
		vec![
			("record", self.record.to_string()),
			("patient", self.patient.to_string()),
			("ciphertext", self.ciphertext.clone()),
			("secret", self.secret.clone()),
		]
	}
}

impl Verb for Register {
	type Answer = Done<Registered>;

	async fn run(self, options: &Options) -> Outcome<Done<Registered>> {
		let kept = Kept::read(&self.secret)?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let labels = self.labels.labels()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let copy = self.secrets.as_deref().map(|directory| path_of(directory, record, 1));
		if let (Some(directory), Some(copy)) = (&self.secrets, &copy) {
			files::secret_directory(directory)?;
			files::ensure_new(copy)?;
		}
		let call = Call::register {
			record,
			patient: self.patient,
			labels,
			document: registered(kept.ciphertext, kept.size, kept.commitment),
		};
		let included = options.submit(&chain, &signer, call).await?;
		if let Some(copy) = &copy {
			kept.write(copy)?;
		}
		let registered = Registered {
			record,
			record_version: 1,
			patient: self.patient,
			ciphertext: hex(kept.ciphertext),
			size: kept.size,
			commitment: hex(kept.commitment),
			secret: copy.unwrap_or(self.secret).display().to_string(),
		};
		Ok(Done::new(&included, registered))
	}
}
