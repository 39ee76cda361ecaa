//! `record`: records and their documents. A file for each verb.

mod add;
mod correct;
mod dispute;
mod erase;
mod list;
mod open;
mod permitted;
mod put;
mod register;
mod relabel;
mod seal;
mod secrets;
mod share;
mod show;

use crate::{
	chain::Chain,
	commands::not_found,
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		ids::{address, token},
		time,
	},
	printer::Report,
	vault::{Vault, WrapAddress},
	words::reader,
};
use assent_envelope::{wrap, Binding, DocumentSecret, ReaderPublic, WRAP_LEN};
use assent_policy::{Class, Confidentiality, Month, RecordId, Sensitivities, Token, VersionNumber};
use assent_runtime::{Hash, Runtime};
use clap::{Args, Subcommand};
use pallet_records::{Document, EncryptionKey, Labels, RecordView};
use sp_runtime::AccountId32;
use std::{collections::BTreeSet, path::PathBuf};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Record {
	/// Seal a document into a file of its own, its secret beside it
	Seal(seal::Seal),
	/// Put a sealed document into the vault
	Put(put::Put),
	/// Register a record of a sealed document
	Register(register::Register),
	/// Seal a document, put it into the vault, wrap it for its readers and register it
	Add(add::Add),
	/// Put a corrected document in the place of a record's document
	Correct(correct::Correct),
	/// Put the same content, encrypted under a new key, in the place of a record's document
	Rotate(correct::Rotate),
	/// Change a record's labels; those not named stay
	Relabel(relabel::Relabel),
	/// Dispute a record's content, as the patient
	Dispute(dispute::Dispute),
	/// Settle a dispute, or take it back
	Settle(dispute::Settle),
	/// Erase a record: its secrets are destroyed, it can't be undone
	Erase(erase::Erase),
	/// List a patient's records
	List(list::List),
	/// Show a record and how its document stands
	Show(show::Show),
	/// Wrap a record's document for a reader
	Share(share::Share),
	/// Remove a reader's wraps from the vault
	Unshare(share::Unshare),
	/// Run the custodian's service that wraps documents for readers as they are permitted,
	/// and removes the wraps once nothing permits them
	WrapPermitted(permitted::WrapPermitted),
	/// Open a record's document, on the strength of a permitted access
	Open(open::Open),
}

impl Record {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Seal(_) => "record seal",
			Self::Put(_) => "record put",
			Self::Register(_) => "record register",
			Self::Add(_) => "record add",
			Self::Correct(_) => "record correct",
			Self::Rotate(_) => "record rotate",
			Self::Relabel(_) => "record relabel",
			Self::Dispute(_) => "record dispute",
			Self::Settle(_) => "record settle",
			Self::Erase(_) => "record erase",
			Self::List(_) => "record list",
			Self::Show(_) => "record show",
			Self::Share(_) => "record share",
			Self::Unshare(_) => "record unshare",
			Self::WrapPermitted(_) => "record wrap-permitted",
			Self::Open(_) => "record open",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Seal(verb) => verb.run(),
			Self::Put(verb) => verb.run(),
			Self::Register(verb) => verb.run(options).await,
			Self::Add(verb) => verb.run(options).await,
			Self::Correct(verb) => verb.run(options).await,
			Self::Rotate(verb) => verb.run(options).await,
			Self::Relabel(verb) => verb.run(options).await,
			Self::Dispute(verb) => verb.run(options).await,
			Self::Settle(verb) => verb.run(options).await,
			Self::Erase(verb) => verb.run(options).await,
			Self::List(verb) => verb.run(options).await,
			Self::Show(verb) => verb.run(options).await,
			Self::Share(verb) => verb.run(options).await,
			Self::Unshare(verb) => verb.run(options).await,
			Self::WrapPermitted(verb) => verb.run(options).await,
			Self::Open(verb) => verb.run(options).await,
		}
	}
}

/// What directives are applied to.
#[derive(Clone, Debug, Args)]
struct LabelArgs {
	/// What kind of document it is
	#[arg(long, value_name = "CLASS", value_parser = reader::<Class>())]
	class: Class,
	/// How confidential it is
	#[arg(long, value_name = "LEVEL", value_parser = reader::<Confidentiality>())]
	confidentiality: Confidentiality,
	/// The month in which it was authored, for instance 2026-03
	#[arg(long, value_name = "MONTH", value_parser = time::month)]
	authored: Month,
	/// A sensitivity, blinded; repeat for more
	#[arg(long = "sensitivity", value_name = "TOKEN", value_parser = token)]
	sensitivities: Vec<Token>,
	/// The document's exact code, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	code: Option<Token>,
	/// Its author, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	author: Option<Token>,
	/// The encounter that it is from, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	encounter: Option<Token>,
}

impl LabelArgs {
	fn labels(&self) -> Outcome<Labels> {
		Ok(Labels {
			class: self.class,
			confidentiality: self.confidentiality,
			sensitivities: sensitivities(&self.sensitivities)?,
			code: self.code,
			author: self.author,
			encounter: self.encounter,
			authored: self.authored,
		})
	}
}

fn sensitivities(tokens: &[Token]) -> Outcome<Sensitivities> {
	let tokens: BTreeSet<Token> = tokens.iter().copied().collect();
	tokens.try_into().map_err(|_| {
		Failure::usage(format!(
			"--sensitivity: more than {} sensitivities",
			assent_policy::MAX_SENSITIVITIES
		))
	})
}

/// A vault, and permission to write into it.
#[derive(Clone, Debug, Args)]
struct VaultArgs {
	/// The vault's URL
	#[arg(long, value_name = "URL")]
	vault: String,
	/// File with the organisation's token
	#[arg(long, value_name = "FILE")]
	token_file: PathBuf,
}

impl VaultArgs {
	fn open(&self) -> Outcome<Vault> {
		Vault::new(&self.vault, Some(&self.token_file))
	}
}

/// A record with its current version.
async fn view(chain: &Chain, record: RecordId, at: Hash) -> Outcome<RecordView> {
	let found: Option<RecordView> = chain.call("RecordsApi_record", (record,), at).await?;
	found.ok_or_else(|| not_found(format!("record {record}")))
}

/// A document as the chain takes it.
fn registered(ciphertext: [u8; 32], size: u64, commitment: [u8; 32]) -> Document {
	Document {
		ciphertext,
		size,
		cid: None,
		commitment,
	}
}

/// A reader, and the key to which documents are wrapped for them now.
struct Reader {
	account: AccountId32,
	key: EncryptionKey,
}

/// Looks up the readers' keys; a reader without one is refused.
async fn readers(chain: &Chain, accounts: &[AccountId32]) -> Outcome<Vec<Reader>> {
	let at = chain.best().await?;
	let mut readers: Vec<Reader> = Vec::new();
	for account in accounts {
		if readers.iter().any(|reader| reader.account == *account) {
			continue;
		}
		let storage_key = pallet_records::EncryptionKeys::<Runtime>::hashed_key_for(account);
		let key = chain.read(&storage_key, at).await?.ok_or_else(|| {
			Failure::refused(
				"NoReaderKey",
				format!(
					"{} has published no key to wrap documents to: let them run assent key \
					 new-reader and assent key publish first",
					address(account)
				),
			)
		})?;
		readers.push(Reader {
			account: account.clone(),
			key,
		});
	}
	Ok(readers)
}

/// Wraps a document's secret for a reader.
fn wrapped(
	chain: &Chain,
	secret: &DocumentSecret,
	record: RecordId,
	version: VersionNumber,
	reader: &Reader,
) -> Outcome<(WrapAddress, [u8; WRAP_LEN])> {
	let binding = Binding {
		genesis: chain.genesis().0,
		record: record.0,
		version,
		reader: reader.account.clone().into(),
		key_version: reader.key.version,
	};
	let wrapped =
		wrap(secret, &ReaderPublic::from_bytes(reader.key.key), &binding).map_err(sealing)?;
	let at = WrapAddress {
		record,
		version,
		reader: reader.account.clone(),
	};
	Ok((at, wrapped))
}

/// Wraps a document's secret for a reader and puts the wrap into the vault, in place of one
/// that is there.
fn hand_out(
	chain: &Chain,
	vault: &Vault,
	secret: &DocumentSecret,
	record: RecordId,
	version: VersionNumber,
	reader: &Reader,
) -> Outcome<()> {
	let (at, wrapped) = wrapped(chain, secret, record, version, reader)?;
	vault.put_wrap(&at, &wrapped)
}

/// The same, unless one is there. Whether it was put.
fn offer(
	chain: &Chain,
	vault: &Vault,
	secret: &DocumentSecret,
	record: RecordId,
	version: VersionNumber,
	reader: &Reader,
) -> Outcome<bool> {
	let (at, wrapped) = wrapped(chain, secret, record, version, reader)?;
	vault.offer_wrap(&at, &wrapped)
}

/// What the envelope says, as a failure.
fn sealing(error: assent_envelope::Error) -> Failure {
	use assent_envelope::Error::*;
	match &error {
		Read(source) | Write(source) => Failure::environment("File", format!("{error} ({source})")),
		Randomness(_) => Failure::environment("Randomness", error.to_string()),
		NotSealed => Failure::refused("Envelope.NotSealed", error.to_string()),
		WrongSecret => Failure::refused("Envelope.WrongSecret", error.to_string()),
		Damaged => Failure::refused("Envelope.Damaged", error.to_string()),
		WrapRefused => Failure::refused("Envelope.WrapRefused", error.to_string()),
		UnusableKey => Failure::refused("Envelope.UnusableKey", error.to_string()),
		MalformedIdentity => Failure::refused("Envelope.MalformedIdentity", error.to_string()),
	}
}

fn addresses(readers: &[Reader]) -> Vec<String> {
	readers
		.iter()
		.map(|reader| address(&reader.account))
		.collect()
}
