//! `record add`: from a file to a registered record. Cheap steps come first. The secret is kept
//! before anything leaves. The chain hears of the record last: the document is in the vault when
//! the other organisations look.

use crate::{
	arguments::{submit_placed, LabelArgs, VaultArgs},
	commands::prelude::*,
	parse::ids,
	show::InVault,
};
use assent_client::documents::{place, readers};
use pallet_records::Call;

/// Seal a document, put the document into the vault, wrap it for readers and register it
#[derive(Debug, Args)]
pub struct Add {
	/// The document
	file: PathBuf,
	/// The patient of the record
	#[arg(long, value_name = "ID", value_parser = ids::patient)]
	patient: PatientId,
	/// The record's id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = ids::record)]
	id: Option<RecordId>,
	#[command(flatten)]
	labels: LabelArgs,
	#[command(flatten)]
	vault: VaultArgs,
	/// A reader, with a published key; repeat for more
	#[arg(long = "reader", value_name = "ACCOUNT", value_parser = account)]
	readers: Vec<AccountId32>,
	/// Directory in which the secret is kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
}

/// A record that was added.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Added {
	record: RecordId,
	record_version: VersionNumber,
	patient: PatientId,
	custodian: OrganisationId,
	#[serde(flatten)]
	document: InVault,
}

impl Change for Added {
	fn rows(&self) -> Vec<Row> {
		vec![
			("record", self.record.to_string()),
			("patient", self.patient.to_string()),
			("ciphertext", self.document.facts.ciphertext.clone()),
			("size", format!("{} bytes", self.document.facts.size)),
			("readers", self.document.readers.join(", ")),
			("secret", self.document.secret.clone()),
		]
	}
}

impl Verb for Add {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let labels = self.labels.labels()?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let vault = self.vault.open()?;
		let signed = options.signed().await?;
		let custodian = signed.organisation().await?;
		let row = signed.state.patient(patient).await?;
		if row.enrolled_by != custodian {
			return Err(Failure::refused(
				"NotAuthorized",
				format!(
					"organisation {} enrolled this patient, and only it registers records of it",
					row.enrolled_by
				),
			));
		}
		let chain = &signed.state.chain;
		let readers = readers(chain, &self.readers).await?;
		let (at, progress) = ((record, 1), options.progress());
		let placed = place(chain, &vault, &self.file, &self.secrets, at, readers, &progress)?;
		let call = Call::register { record, patient, labels, document: placed.document() };
		let included = submit_placed(&signed, call, &placed, &vault).await?;
		let document = InVault::new(&placed, &vault);
		Ok(Done::new(&included, Added { record, record_version: 1, patient, custodian, document }))
	}
}
