//! `record add`: from a file to a registered record. Cheap steps come first. The secret is kept
//! before anything leaves. The chain hears of the record last: the document is in the vault when
//! the other organisations look.

use crate::{
	answer::{Change, Done, Row, Verb},
	arguments::{LabelArgs, VaultArgs},
	options::Options,
	parse::ids::{self, account, draw, hex},
	show::addresses,
};
use assent_client::{
	documents::{place, readers},
	reads,
	reads::consortium::acting_for,
	Failure, Kind, Outcome,
};
use assent_policy::{OrganisationId, PatientId, RecordId, VersionNumber};
use clap::Args;
use pallet_records::Call;
use serde::Serialize;
use sp_runtime::AccountId32;
use std::path::PathBuf;

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
	ciphertext: String,
	size: u64,
	commitment: String,
	readers: Vec<String>,
	secret: String,
	vault: String,
}

impl Change for Added {
	fn rows(&self) -> Vec<Row> {
		vec![
			("record", self.record.to_string()),
			("patient", self.patient.to_string()),
			("ciphertext", self.ciphertext.clone()),
			("size", format!("{} bytes", self.size)),
			("readers", self.readers.join(", ")),
			("secret", self.secret.clone()),
		]
	}
}

impl Verb for Add {
	type Answer = Done<Added>;

	async fn run(self, options: &Options) -> Outcome<Done<Added>> {
		let labels = self.labels.labels()?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let vault = self.vault.open()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let custodian = acting_for(&chain, &signer).await?;
		let at = chain.best().await?;
		let row = reads::patients::patient(&chain, self.patient, at).await?;
		if row.enrolled_by != custodian {
			return Err(Failure::refused(
				"NotAuthorized",
				format!(
					"organisation {} enrolled this patient, and only it registers records of it",
					row.enrolled_by
				),
			));
		}
		let readers = readers(&chain, &self.readers).await?;
		let placed = place(
			&chain,
			&vault,
			&self.file,
			&self.secrets,
			(record, 1),
			&readers,
			&options.progress(),
		)?;
		let call =
			Call::register { record, patient: self.patient, labels, document: placed.document() };
		let included = match options.submit(&chain, &signer, call).await {
			// The call was refused for certain: nothing on the chain names what was put.
			Err(failure) if failure.kind == Kind::Refused => {
				placed.take_back(&vault, record, 1, &readers);
				return Err(failure);
			}
			other => other?,
		};
		let kept = &placed.kept;
		let added = Added {
			record,
			record_version: 1,
			patient: self.patient,
			custodian,
			ciphertext: hex(kept.ciphertext),
			size: kept.size,
			commitment: hex(kept.commitment),
			readers: addresses(&readers),
			secret: placed.path.display().to_string(),
			vault: vault.url().into(),
		};
		Ok(Done::new(&included, added))
	}
}
