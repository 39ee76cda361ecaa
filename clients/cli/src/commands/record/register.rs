//! `record register`.

use super::{
	registered,
	secrets::{path_of, Kept},
	LabelArgs,
};
use crate::{
	commands::done,
	context::Options,
	failure::Outcome,
	files,
	parse::ids::{self, draw, hex},
	printer::Report,
};
use assent_policy::{PatientId, RecordId};
use assent_runtime::RuntimeCall;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Registers a record.
#[derive(Debug, Args)]
pub struct Register {
	/// The secret file that sealing made: it tells hash, size and commitment
	#[arg(value_name = "SECRET_FILE")]
	secret: PathBuf,
	/// Whose record it is
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

impl Register {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let kept = Kept::read(&self.secret)?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let labels = self.labels.labels()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let copy = self
			.secrets
			.as_deref()
			.map(|directory| path_of(directory, record, 1));
		if let (Some(directory), Some(copy)) = (&self.secrets, &copy) {
			files::secret_directory(directory)?;
			files::ensure_new(copy)?;
		}
		let call = RuntimeCall::Records(pallet_records::Call::register {
			record,
			patient: self.patient,
			labels,
			document: registered(kept.ciphertext, kept.size, kept.commitment),
		});
		let included = chain.submit(&signer, call, options.wait).await?;
		if let Some(copy) = &copy {
			kept.write(copy)?;
		}
		let secret = copy.unwrap_or(self.secret).display().to_string();
		Ok(done(
			&included,
			json!({
				"record": hex(record.0),
				"recordVersion": 1,
				"patient": hex(self.patient.0),
				"ciphertext": hex(kept.ciphertext),
				"size": kept.size,
				"commitment": hex(kept.commitment),
				"secret": secret,
			}),
			&[
				("record", hex(record.0)),
				("patient", hex(self.patient.0)),
				("ciphertext", hex(kept.ciphertext)),
				("secret", secret.clone()),
			],
		))
	}
}
