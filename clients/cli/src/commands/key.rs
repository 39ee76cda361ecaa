//! `key`: signing keys and readers' keys.

use super::done;
use crate::{
	context::Options,
	failure::{Failure, Outcome},
	files,
	keys::{self, Signer},
	parse::ids::{address, hex},
	printer::{fields, Report},
};
use assent_runtime::{RuntimeCall, RuntimeEvent};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Key {
	/// Make a signing key (sr25519) in a new file, readable by its owner only
	New {
		/// The file to make
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
		/// Ask for a passphrase and encrypt the key with it; --passphrase-file does the same
		/// from a file
		#[arg(long)]
		encrypt: bool,
	},
	/// Show the account of --key, or the public half of a reader's key
	Show {
		/// A reader's key file
		#[arg(long, value_name = "FILE")]
		reader: Option<PathBuf>,
	},
	/// Make a reader's key (X25519) in a new file: documents are wrapped to its public half
	NewReader {
		/// The file to make
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
		/// Ask for a passphrase and encrypt the key with it; --passphrase-file does the same
		/// from a file
		#[arg(long)]
		encrypt: bool,
	},
	/// Publish a reader's key on the chain as that of --key's account
	Publish {
		/// The reader's key file
		#[arg(value_name = "READER_FILE")]
		reader: PathBuf,
	},
}

impl Key {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::New { .. } => "key new",
			Self::Show { .. } => "key show",
			Self::NewReader { .. } => "key new-reader",
			Self::Publish { .. } => "key publish",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::New { out, encrypt } => {
				files::ensure_new(&out)?;
				let passphrase = options.passphrase().for_new(encrypt)?;
				let encrypted = passphrase.is_some();
				let signer = Signer::create(&out, passphrase)?;
				let file = out.display().to_string();
				let account = address(&signer.account());
				Ok(Report::new(
					json!({
						"account": account,
						"public": public_of(&signer),
						"file": file,
						"encrypted": encrypted,
					}),
					fields(&[
						("account", account.clone()),
						(
							"file",
							format!("{file} (keep a copy: it can't be made again)"),
						),
					]),
				))
			}
			Self::NewReader { out, encrypt } => {
				files::ensure_new(&out)?;
				let passphrase = options.passphrase().for_new(encrypt)?;
				let encrypted = passphrase.is_some();
				let key = keys::create_reader(&out, passphrase)?;
				let file = out.display().to_string();
				let public = hex(key.public().to_bytes());
				Ok(Report::new(
					json!({ "public": public, "file": file, "encrypted": encrypted }),
					fields(&[
						("public", public.clone()),
						(
							"file",
							format!("{file} (keep a copy: it can't be made again)"),
						),
					]),
				))
			}
			Self::Show { reader: Some(file) } => {
				let public = hex(keys::reader_public(&file)?);
				Ok(Report::new(json!({ "public": public }), public))
			}
			Self::Show { reader: None } => {
				let signer = options.signer()?;
				let account = address(&signer.account());
				Ok(Report::new(
					json!({ "account": account, "public": public_of(&signer) }),
					fields(&[("account", account.clone()), ("public", public_of(&signer))]),
				))
			}
			Self::Publish { reader } => publish(options, reader).await,
		}
	}
}

fn public_of(signer: &Signer) -> String {
	hex(<[u8; 32]>::from(signer.account()))
}

async fn publish(options: &Options, reader: PathBuf) -> Outcome<Report> {
	let public = keys::reader_public(&reader)?;
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let call = RuntimeCall::Records(pallet_records::Call::set_encryption_key { key: public });
	let included = match chain.submit(&signer, call, options.wait).await {
		Err(failure) if failure.code == "Records.AlreadySet" => {
			return Err(Failure::refused(
				failure.code,
				"this key is published for the account already: there is nothing to do",
			))
		}
		other => other?,
	};
	let version = included.find(|event| match event {
		RuntimeEvent::Records(pallet_records::Event::EncryptionKeySet { version, .. }) => {
			Some(*version)
		}
		_ => None,
	})?;
	let account = address(&signer.account());
	Ok(done(
		&included,
		json!({ "account": account, "public": hex(public), "keyVersion": version }),
		&[
			("account", account.clone()),
			("public", hex(public)),
			("key version", version.to_string()),
		],
	))
}
