//! `record open`: from a permitted access to a readable document. Nothing partial is left
//! when anything fails.

use super::{sealing, view};
use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	files::{self, Pending},
	keys::{self, Signer},
	parse::ids::{address, hash, hex, patient, record},
	printer::{fields, Report},
	progress::Progress,
	vault::{delivery_message, Delivery, Vault, WrapAddress},
};
use assent_envelope::{unwrap, Binding, ReaderKey, WRAP_LEN};
use assent_policy::{PatientId, RecordId, VersionNumber};
use assent_runtime::{Hash, Runtime};
use clap::Args;
use codec::Encode;
use pallet_records::{EncryptionKey, Version};
use serde_json::json;
use sp_runtime::AccountId32;
use std::{
	io::{Seek, SeekFrom, Write},
	path::PathBuf,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// How long the decision's block may take to become final.
const UNTIL_FINAL: Duration = Duration::from_secs(120);
/// How long the custodian may take to make a wrap once the decision is final.
const UNTIL_WRAPPED: Duration = Duration::from_secs(60);
/// How often the vault is asked again meanwhile.
const AGAIN: Duration = Duration::from_secs(2);

/// Opens a record's document.
#[derive(Debug, Args)]
pub struct Open {
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	/// Whose record it must be
	#[arg(long, value_name = "ID", value_parser = patient)]
	patient: Option<PatientId>,
	/// The entry in which the access was permitted, as access ask printed it
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
	/// Which document version; the current one if not given
	#[arg(long, value_name = "NUMBER")]
	version: Option<VersionNumber>,
}

/// Under which version the account published this reader's key. Documents may have been
/// wrapped to an older one.
async fn key_version(
	chain: &Chain,
	account: &AccountId32,
	key: &ReaderKey,
	at: Hash,
) -> Outcome<u32> {
	let public = key.public().to_bytes();
	let storage_key = pallet_records::EncryptionKeys::<Runtime>::hashed_key_for(account);
	let current: Option<EncryptionKey> = chain.read(&storage_key, at).await?;
	let last = match current {
		Some(current) if current.key == public => return Ok(current.version),
		Some(current) => current.version,
		None => 0,
	};
	for version in (1..last).rev() {
		let storage_key =
			pallet_records::EncryptionKeyAt::<Runtime>::hashed_key_for(account, version);
		if chain.read::<[u8; 32]>(&storage_key, at).await? == Some(public) {
			return Ok(version);
		}
	}
	Err(Failure::refused(
		"NoReaderKey",
		format!(
			"{} never published this reader's key: name the right file with --reader",
			address(account)
		),
	))
}

/// Asks the vault for the wrap; waits while the decision is not final, and then a while for
/// the custodian's service to make the wrap.
async fn ask(
	chain: &Chain,
	vault: &Vault,
	signer: &Signer,
	wrap: &WrapAddress,
	entry: Hash,
) -> Outcome<[u8; WRAP_LEN]> {
	let progress = Progress::wait("asking the vault");
	let began = Instant::now();
	let mut missing: Option<Instant> = None;
	loop {
		let issued = SystemTime::now()
			.duration_since(UNIX_EPOCH)
			.unwrap_or_default();
		let issued = u64::try_from(issued.as_millis()).unwrap_or(u64::MAX);
		let message = delivery_message(&chain.genesis().0, wrap, &entry.0, issued);
		let signature = signer.sign(message.as_bytes()).encode();
		let delivery = Delivery {
			wrap: wrap.clone(),
			entry: entry.0,
			issued,
			signature,
		};
		match vault.get_wrap(&delivery) {
			Err(failure) if failure.code == "Vault.not_final" && began.elapsed() < UNTIL_FINAL => {
				progress.say("waiting for the decision to become final");
				tokio::time::sleep(AGAIN).await;
			}
			// Told only to those who are permitted: the decision is final.
			Err(failure) if failure.code == "Vault.not_found" => {
				let missing = *missing.get_or_insert_with(Instant::now);
				if missing.elapsed() >= UNTIL_WRAPPED {
					return Err(no_wrap());
				}
				progress.say("waiting for the custodian to wrap the document");
				tokio::time::sleep(AGAIN).await;
			}
			other => return other,
		}
	}
}

fn no_wrap() -> Failure {
	Failure::refused(
		"Vault.not_found",
		"the access is permitted, but the vault holds no wrap for this reader: ask the custodian \
		 to run assent record wrap-permitted, or assent record share",
	)
}

impl Open {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let record = self.record;
		files::ensure_new(&self.out)?;
		let signer = options.signer()?;
		let key = keys::load_reader(&self.reader, &options.passphrase())?;
		let vault = Vault::new(&self.vault, None)?;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let current = view(&chain, record, at).await?;
		if self
			.patient
			.is_some_and(|patient| patient != current.record.patient)
		{
			return Err(Failure::refused(
				"OtherPatient",
				"the record is another patient's; nothing was asked for",
			));
		}
		let version = self.version.unwrap_or(current.record.version);
		let storage_key = pallet_records::Versions::<Runtime>::hashed_key_for(record, version);
		let row: Version = chain.read(&storage_key, at).await?.ok_or_else(|| {
			crate::commands::not_found(format!("version {version} of record {record}"))
		})?;
		let account = signer.account();
		let key_version = key_version(&chain, &account, &key, at).await?;

		let address = WrapAddress {
			record,
			version,
			reader: account.clone(),
		};
		let wrapped = ask(&chain, &vault, &signer, &address, self.entry).await?;
		let binding = Binding {
			genesis: chain.genesis().0,
			record: record.0,
			version,
			reader: account.into(),
			key_version,
		};
		let secret = unwrap(&wrapped, &key, &binding).map_err(sealing)?;

		let mut sealed = tempfile::tempfile()
			.map_err(|error| Failure::environment("File", format!("no temporary file: {error}")))?;
		let progress = Progress::bytes("fetching", row.size);
		vault.get_document(&row.ciphertext, row.size, &mut sealed, |moved| {
			progress.advance(moved);
		})?;
		drop(progress);

		sealed
			.seek(SeekFrom::Start(0))
			.map_err(|error| Failure::environment("File", error.to_string()))?;
		let mut pending = Pending::begin(&self.out)?;
		let progress = Progress::bytes("opening", row.size);
		let size = assent_envelope::open(&secret, progress.reading(sealed), pending.writer())
			.map_err(sealing)?;
		drop(progress);
		pending
			.writer()
			.flush()
			.map_err(|error| Failure::file(&self.out, error))?;
		pending.finish()?;

		let out = self.out.display().to_string();
		Ok(Report::new(
			json!({
				"record": hex(record.0),
				"recordVersion": version,
				"patient": hex(current.record.patient.0),
				"ciphertext": hex(row.ciphertext),
				"size": size,
				"file": out,
			}),
			fields(&[
				("record", hex(record.0)),
				("version", version.to_string()),
				("file", out.clone()),
				("size", format!("{size} bytes")),
				("checked", "the ciphertext is the registered one".into()),
			]),
		))
	}
}
