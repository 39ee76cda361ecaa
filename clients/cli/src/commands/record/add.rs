//! `record add`: from a file to a registered record. What can fail cheaply is tried first;
//! the secret is kept before anything leaves; the chain hears of the record last, so that
//! its document is there when the others look.

use super::{
	addresses, hand_out,
	put::upload,
	readers, registered,
	seal::seal_into,
	secrets::{path_of, Kept},
	LabelArgs, Reader, VaultArgs,
};
use crate::{
	chain::Chain,
	commands::{done, organisation::acting_for, patient},
	context::Options,
	failure::{Failure, Kind, Outcome},
	files,
	parse::ids::{self, account, draw, hex},
	printer::Report,
	vault::Vault,
};
use assent_policy::{PatientId, RecordId, VersionNumber};
use assent_runtime::RuntimeCall;
use clap::Args;
use serde_json::json;
use sp_runtime::AccountId32;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// Seals, puts, wraps and registers.
#[derive(Debug, Args)]
pub struct Add {
	/// The document
	file: PathBuf,
	/// Whose record it is
	#[arg(long, value_name = "ID", value_parser = ids::patient)]
	patient: PatientId,
	/// The record's id: 16 bytes; drawn at random if not given
	#[arg(long, value_name = "HEX", value_parser = ids::record)]
	id: Option<RecordId>,
	#[command(flatten)]
	labels: LabelArgs,
	#[command(flatten)]
	vault: VaultArgs,
	/// A reader, who has published a key; repeat for more
	#[arg(long = "reader", value_name = "ACCOUNT", value_parser = account)]
	readers: Vec<AccountId32>,
	/// Directory in which the secret is kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
}

/// A document version made ready: sealed, in the vault, wrapped, its secret kept.
pub(super) struct Placed {
	/// What the chain is told, and the secret.
	pub kept: Kept,
	/// Where the secret is kept.
	pub path: PathBuf,
}

/// Makes a document version ready.
pub(super) fn place(
	chain: &Chain,
	vault: &Vault,
	file: &Path,
	directory: &Path,
	(record, version): (RecordId, VersionNumber),
	readers: &[Reader],
) -> Outcome<Placed> {
	files::secret_directory(directory)?;
	let path = path_of(directory, record, version);
	files::ensure_new(&path)?;
	let mut sealed = tempfile::tempfile()
		.map_err(|error| Failure::environment("File", format!("no temporary file: {error}")))?;
	let kept = seal_into(file, &mut sealed)?;
	kept.write(&path)?;
	let placed = Placed { kept, path };
	let kept = &placed.kept;
	let put = upload(vault, &kept.ciphertext, kept.size, &mut sealed).and_then(|()| {
		readers
			.iter()
			.try_for_each(|to| hand_out(chain, vault, &kept.secret, record, version, to))
	});
	match put {
		Ok(()) => Ok(placed),
		Err(failure) => {
			placed.take_back(vault, record, version, readers);
			Err(failure)
		}
	}
}

impl Placed {
	/// Takes back what was made ready for a version that the chain did not take.
	pub fn take_back(
		&self,
		vault: &Vault,
		record: RecordId,
		version: VersionNumber,
		readers: &[Reader],
	) {
		// What can't be removed now is of no use to anybody: nothing on the chain names it.
		for reader in readers {
			let reader = reader.account.clone();
			let _ = vault.delete_wrap(&crate::vault::WrapAddress {
				record,
				version,
				reader,
			});
		}
		let _ = vault.delete_document(&self.kept.ciphertext);
		let _ = fs::remove_file(&self.path);
	}
}

impl Add {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let labels = self.labels.labels()?;
		let record = self.id.map_or_else(|| draw().map(RecordId), Ok)?;
		let vault = self.vault.open()?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let custodian = acting_for(&chain, &signer).await?;
		let row = patient::row(&chain, self.patient, chain.best().await?).await?;
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
		)?;
		let kept = &placed.kept;
		let call = RuntimeCall::Records(pallet_records::Call::register {
			record,
			patient: self.patient,
			labels,
			document: registered(kept.ciphertext, kept.size, kept.commitment),
		});
		let included = match chain.submit(&signer, call, options.wait).await {
			// Refused for certain: nothing on the chain names what was put.
			Err(failure) if failure.kind == Kind::Refused => {
				placed.take_back(&vault, record, 1, &readers);
				return Err(failure);
			}
			other => other?,
		};
		let secret = placed.path.display().to_string();
		Ok(done(
			&included,
			json!({
				"record": hex(record.0),
				"recordVersion": 1,
				"patient": hex(self.patient.0),
				"custodian": custodian,
				"ciphertext": hex(kept.ciphertext),
				"size": kept.size,
				"commitment": hex(kept.commitment),
				"readers": addresses(&readers),
				"secret": secret,
				"vault": vault.url(),
			}),
			&[
				("record", hex(record.0)),
				("patient", hex(self.patient.0)),
				("ciphertext", hex(kept.ciphertext)),
				("size", format!("{} bytes", kept.size)),
				("readers", addresses(&readers).join(", ")),
				("secret", secret.clone()),
			],
		))
	}
}
