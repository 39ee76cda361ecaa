//! `record open`: from a permitted access to a readable document. Nothing partial is left when
//! anything fails.

use crate::commands::prelude::*;
use assent_client::{
	documents::{fetch_and_open, fetch_secret},
	files, keys, Vault,
};
use assent_runtime::Hash;

/// Open a record's document, on the strength of a permitted access
#[derive(Debug, Args)]
pub struct Open {
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// The patient that the record must belong to
	#[arg(long, value_name = "ID", value_parser = patient)]
	patient: Option<PatientId>,
	/// The entry of the permitted access, as access ask printed the entry
	#[arg(long, value_name = "HASH", value_parser = hash)]
	entry: Hash,
	/// The reader's key file, to which the document was wrapped
	#[arg(long, value_name = "FILE")]
	reader: PathBuf,
	/// The custodian's vault
	#[arg(long, value_name = "URL")]
	vault: String,
	/// The file to make
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
	/// The document version; the current one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
}

/// A document that is open.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
	record: RecordId,
	record_version: VersionNumber,
	patient: PatientId,
	ciphertext: String,
	size: u64,
	file: String,
}

impl Answer for Opened {
	fn text(&self) -> String {
		fields(&[
			("record", self.record.to_string()),
			("version", self.record_version.to_string()),
			("file", self.file.clone()),
			("size", format!("{} bytes", self.size)),
			("checked", "the ciphertext is the registered one".into()),
		])
	}
}

impl Verb for Open {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let record = self.record;
		files::ensure_new(&self.out)?;
		let signer = options.signer()?;
		let key = keys::load_reader(&self.reader, &options.passphrase())?;
		let vault = Vault::new(&self.vault, None)?;
		let state = options.state().await?;
		let current = state.record(record).await?.record;
		if self.patient.is_some_and(|patient| patient != current.patient) {
			return Err(Failure::refused(
				"OtherPatient",
				"the record is another patient's; nothing was asked for",
			));
		}
		let version = self.version.unwrap_or(current.version);
		let row = state.version(record, version).await?;
		let secret = fetch_secret(
			&state.chain,
			&vault,
			&signer,
			&key,
			(record, version),
			self.entry,
			&options.progress(),
		)
		.await
		.map_err(|failure| match failure.code.as_str() {
			"Vault.not_found" => Failure {
				message: format!(
					"{} (assent record wrap-permitted, or assent record share)",
					failure.message
				),
				..failure
			},
			_ => failure,
		})?;
		let size = fetch_and_open(&vault, &row, &secret, &self.out, &options.progress())?;
		Ok(Opened {
			record,
			record_version: version,
			patient: current.patient,
			ciphertext: hex(row.ciphertext),
			size,
			file: self.out.display().to_string(),
		})
	}
}
