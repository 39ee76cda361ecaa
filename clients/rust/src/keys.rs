//! Keys: signing keys (sr25519) and readers' keys (X25519), in files of their own.
//!
//! A key file is JSON, versioned, readable by its owner only. Its secret stands in it as it
//! is, or encrypted with age under a passphrase:
//!
//! ```json
//! { "assent": "signing-key", "version": 1, "account": "5..", "public": "0x..", "secret": "0x.." }
//! { "assent": "reader-key", "version": 1, "public": "0x..", "encrypted": "0x.." }
//! ```
//!
//! A signing key can also be a plain text file with a wallet's recovery phrase. Only
//! development seeds (`//Alice`) may stand on the command line: everybody knows them anyway.

use crate::{
	failure::{Failure, Outcome},
	files,
	parse::ids::{address, bytes, hex},
};
use age::secrecy::SecretString;
use assent_envelope::ReaderKey;
use serde::{Deserialize, Serialize};
use sp_core::{sr25519, Pair};
use sp_runtime::{AccountId32, MultiSignature};
use std::{
	io::{self, IsTerminal},
	path::{Path, PathBuf},
};
use subxt::config::SubstrateConfig;
use zeroize::{Zeroize, Zeroizing};

/// The version of key files.
const VERSION: u32 = 1;

/// Binary logarithm of the work that a passphrase costs: half a second and 128 MiB.
const WORK_FACTOR: u8 = 17;
/// More than this is not tried: a file could otherwise stop the machine.
const MAX_WORK_FACTOR: u8 = 20;

/// Where a passphrase comes from: a file, or a prompt.
#[derive(Clone, Debug, Default)]
pub struct Passphrase {
	/// The file, if one was named.
	pub file: Option<PathBuf>,
}

impl Passphrase {
	/// The passphrase for a new file: none unless a file was named, or one is typed (twice)
	/// at a terminal.
	pub fn for_new(&self, ask: bool) -> Outcome<Option<SecretString>> {
		if self.file.is_some() {
			return self.read("").map(Some);
		}
		if !ask {
			return Ok(None);
		}
		let first = prompt("New passphrase: ")?;
		let again = prompt("Again: ")?;
		if *first != *again {
			return Err(Failure::usage(
				"the two passphrases differ; nothing was written",
			));
		}
		if first.is_empty() {
			return Err(Failure::usage(
				"the passphrase is empty; nothing was written",
			));
		}
		Ok(Some(SecretString::from(first.as_str())))
	}

	fn read(&self, whose: &str) -> Outcome<SecretString> {
		let Some(path) = &self.file else {
			let typed = prompt(&format!("Passphrase of {whose}: "))?;
			return Ok(SecretString::from(typed.as_str()));
		};
		let text = files::read_secret(path)?;
		match text.lines().next().filter(|line| !line.is_empty()) {
			Some(line) => Ok(SecretString::from(line)),
			None => Err(Failure::file(path, "holds no passphrase in its first line")),
		}
	}
}

fn prompt(text: &str) -> Outcome<Zeroizing<String>> {
	if !io::stdin().is_terminal() {
		return Err(Failure::environment(
			"NoTerminal",
			"a passphrase is needed and there is no terminal to type it: name a file with \
			 --passphrase-file",
		));
	}
	rpassword::prompt_password(text)
		.map(Zeroizing::new)
		.map_err(|error| Failure::environment("NoTerminal", error.to_string()))
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
	assent: String,
	version: u32,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	account: Option<String>,
	public: String,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	secret: Option<String>,
	#[serde(default, skip_serializing_if = "Option::is_none")]
	encrypted: Option<String>,
}

impl Drop for KeyFile {
	fn drop(&mut self) {
		self.secret.zeroize();
	}
}

const SIGNING: &str = "signing-key";
const READER: &str = "reader-key";

impl KeyFile {
	fn read(path: &Path, kind: &str, text: &str) -> Outcome<Self> {
		let file: Self = serde_json::from_str(text)
			.map_err(|error| Failure::file(path, format!("not a key file: {error}")))?;
		if file.assent != kind {
			let why = format!("holds a {}, not a {kind}", file.assent);
			return Err(Failure::file(path, why));
		}
		if file.version != VERSION {
			let why = format!(
				"is a key file of version {}; this program reads version {VERSION}",
				file.version
			);
			return Err(Failure::file(path, why));
		}
		Ok(file)
	}

	fn secret(&self, path: &Path, passphrase: &Passphrase) -> Outcome<Zeroizing<[u8; 32]>> {
		let malformed = |why: String| Failure::file(path, why);
		match (&self.secret, &self.encrypted) {
			(Some(secret), None) => bytes(secret).map(Zeroizing::new).map_err(|_| {
				// The reason would quote the secret.
				malformed("the secret is not 64 hexadecimal digits".into())
			}),
			(None, Some(encrypted)) => {
				let encrypted = encrypted.strip_prefix("0x").unwrap_or(encrypted);
				let encrypted = hex::decode(encrypted)
					.map_err(|_| malformed("the encrypted secret is not hexadecimal".into()))?;
				let passphrase = passphrase.read(&path.display().to_string())?;
				let mut identity = age::scrypt::Identity::new(passphrase);
				identity.set_max_work_factor(MAX_WORK_FACTOR);
				let opened = age::decrypt(&identity, &encrypted)
					.map(Zeroizing::new)
					.map_err(|_| {
						Failure::refused("WrongPassphrase", "the passphrase is another one")
					})?;
				opened
					.as_slice()
					.try_into()
					.map(Zeroizing::new)
					.map_err(|_| malformed("the encrypted secret is not 32 bytes".into()))
			}
			_ => Err(malformed(
				"a key file has either a secret or an encrypted one".into(),
			)),
		}
	}

	fn write(
		path: &Path,
		kind: &str,
		account: Option<String>,
		public: [u8; 32],
		secret: &[u8; 32],
		passphrase: Option<SecretString>,
	) -> Outcome<()> {
		let mut file = Self {
			assent: kind.into(),
			version: VERSION,
			account,
			public: hex(public),
			secret: None,
			encrypted: None,
		};
		match passphrase {
			None => file.secret = Some(hex(secret)),
			Some(passphrase) => {
				let mut recipient = age::scrypt::Recipient::new(passphrase);
				// Fixed: measuring the machine gives less on a busy one.
				recipient.set_work_factor(WORK_FACTOR);
				let encrypted = age::encrypt(&recipient, secret)
					.map_err(|error| Failure::environment("Encryption", error.to_string()))?;
				file.encrypted = Some(hex(encrypted));
			}
		}
		let text = serde_json::to_string_pretty(&file).map(Zeroizing::new);
		let text = text.map_err(|error| Failure::file(path, error))?;
		files::write_secret(path, &format!("{}\n", *text))
	}
}

/// A signing key in use.
#[derive(Clone)]
pub struct Signer {
	pair: sr25519::Pair,
}

impl Signer {
	/// From `--key`: a development seed, or a file.
	pub fn load(text: &str, passphrase: &Passphrase) -> Outcome<Self> {
		if text.starts_with("//") {
			return Self::from_phrase(text)
				.ok_or_else(|| Failure::usage(format!("{text:?} is not a development seed")));
		}
		let path = Path::new(text);
		if !path.exists() {
			// Perhaps a secret: it is not repeated.
			return Err(Failure::usage(
				"--key names no file; give a key file or a development seed such as //Alice, \
				 never a secret itself",
			));
		}
		let text = files::read_secret(path)?;
		if !text.trim_start().starts_with('{') {
			return Self::from_phrase(text.trim()).ok_or_else(|| {
				Failure::file(
					path,
					"holds neither a key file's JSON nor a recovery phrase",
				)
			});
		}
		let file = KeyFile::read(path, SIGNING, &text)?;
		let secret = file.secret(path, passphrase)?;
		let signer = Self {
			pair: sr25519::Pair::from_seed(&secret),
		};
		match hex(signer.pair.public()) == file.public {
			true => Ok(signer),
			false => Err(Failure::file(
				path,
				"its secret does not belong to its public key",
			)),
		}
	}

	fn from_phrase(phrase: &str) -> Option<Self> {
		sr25519::Pair::from_string(phrase, None)
			.ok()
			.map(|pair| Self { pair })
	}

	/// Makes a new key and writes it to a file.
	pub fn create(path: &Path, passphrase: Option<SecretString>) -> Outcome<Self> {
		let (pair, seed) = sr25519::Pair::generate();
		let seed = Zeroizing::new(seed);
		let signer = Self { pair };
		let account = address(&signer.account());
		let public = signer.pair.public().0;
		KeyFile::write(path, SIGNING, Some(account), public, &seed, passphrase)?;
		Ok(signer)
	}

	/// The account.
	pub fn account(&self) -> AccountId32 {
		AccountId32::new(self.pair.public().0)
	}

	/// Signs a message.
	pub fn sign(&self, message: &[u8]) -> MultiSignature {
		MultiSignature::Sr25519(self.pair.sign(message))
	}
}

impl subxt::tx::Signer<SubstrateConfig> for Signer {
	fn account_id(&self) -> subxt::utils::AccountId32 {
		subxt::utils::AccountId32(self.pair.public().0)
	}

	fn sign(&self, payload: &[u8]) -> subxt::utils::MultiSignature {
		subxt::utils::MultiSignature::Sr25519(self.pair.sign(payload).0)
	}
}

/// Loads a reader's key.
pub fn load_reader(path: &Path, passphrase: &Passphrase) -> Outcome<ReaderKey> {
	let text = files::read_secret(path)?;
	let file = KeyFile::read(path, READER, &text)?;
	let key = ReaderKey::from_bytes(&*file.secret(path, passphrase)?);
	match hex(key.public().to_bytes()) == file.public {
		true => Ok(key),
		false => Err(Failure::file(
			path,
			"its secret does not belong to its public key",
		)),
	}
}

/// The public half of a reader's key file: needs no passphrase.
pub fn reader_public(path: &Path) -> Outcome<[u8; 32]> {
	let text = files::read_secret(path)?;
	let file = KeyFile::read(path, READER, &text)?;
	bytes(&file.public).map_err(|why| Failure::file(path, why))
}

/// Makes a new reader's key and writes it to a file.
pub fn create_reader(path: &Path, passphrase: Option<SecretString>) -> Outcome<ReaderKey> {
	let key = ReaderKey::generate();
	let public = key.public().to_bytes();
	KeyFile::write(path, READER, None, public, &key.to_bytes(), passphrase)?;
	Ok(key)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::traits::Verify;
	use std::fs;

	fn passphrase_file(dir: &Path, text: &str) -> Passphrase {
		let path = dir.join("passphrase");
		let _ = fs::remove_file(&path);
		files::write_secret(&path, text).unwrap();
		Passphrase { file: Some(path) }
	}

	#[test]
	fn development_seed_should_load_from_the_argument() {
		let alice = Signer::load("//Alice", &Passphrase::default()).unwrap();
		assert_eq!(
			address(&alice.account()),
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
		);
		assert!(alice.sign(b"hello").verify(&b"hello"[..], &alice.account()));
	}

	#[test]
	fn anything_else_should_be_taken_for_a_file_and_not_repeated() {
		let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		let failure = Signer::load(phrase, &Passphrase::default()).err().unwrap();
		assert_eq!(failure.exit_code(), 2);
		assert!(!failure.message.contains("bottom"));
	}

	#[test]
	fn signing_key_should_read_back_when_plain() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		let made = Signer::create(&path, None).unwrap();
		let read = Signer::load(path.to_str().unwrap(), &Passphrase::default()).unwrap();
		assert_eq!(made.account(), read.account());
	}

	#[test]
	fn signing_key_should_read_back_when_encrypted_and_only_with_its_passphrase() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		let right = passphrase_file(dir.path(), "correct horse\n");
		let made = Signer::create(&path, right.for_new(false).unwrap()).unwrap();
		assert!(!fs::read_to_string(&path).unwrap().contains("\"secret\""));
		let read = Signer::load(path.to_str().unwrap(), &right).unwrap();
		assert_eq!(made.account(), read.account());

		let wrong = passphrase_file(dir.path(), "battery staple");
		let failure = Signer::load(path.to_str().unwrap(), &wrong).err().unwrap();
		assert_eq!(failure.code, "WrongPassphrase");
	}

	#[test]
	fn signing_key_should_load_from_a_recovery_phrase_in_a_file() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("phrase");
		let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		files::write_secret(&path, &format!("{phrase}//Alice\n")).unwrap();
		let read = Signer::load(path.to_str().unwrap(), &Passphrase::default()).unwrap();
		let alice = Signer::load("//Alice", &Passphrase::default()).unwrap();
		assert_eq!(read.account(), alice.account());
	}

	#[test]
	fn reader_key_should_read_back_and_show_its_public_half_without_passphrase() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("reader");
		let passphrase = passphrase_file(dir.path(), "correct horse");
		let made = create_reader(&path, passphrase.for_new(false).unwrap()).unwrap();
		assert_eq!(reader_public(&path).unwrap(), made.public().to_bytes());
		let read = load_reader(&path, &passphrase).unwrap();
		assert_eq!(read.public(), made.public());
	}

	#[test]
	fn key_file_should_be_refused_when_of_another_kind_version_or_form() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("reader");
		create_reader(&path, None).unwrap();
		let none = Passphrase::default();
		assert!(Signer::load(path.to_str().unwrap(), &none).is_err());

		let text = fs::read_to_string(&path).unwrap();
		for (number, changed) in [
			text.replace("\"version\": 1", "\"version\": 2"),
			text.replace("\"secret\"", "\"secrets\""),
			text.replace("\"secret\"", "\"encrypted\""),
			"{}".into(),
			"not JSON at all".into(),
		]
		.into_iter()
		.enumerate()
		{
			let path = dir.path().join(format!("changed-{number}"));
			files::write_secret(&path, &changed).unwrap();
			assert!(load_reader(
				&path,
				&Passphrase {
					file: Some(path.clone())
				}
			)
			.is_err());
		}
	}

	#[test]
	fn key_file_should_be_refused_when_its_halves_differ() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		Signer::create(&path, None).unwrap();
		let text = fs::read_to_string(&path).unwrap();
		let file: KeyFile = serde_json::from_str(&text).unwrap();
		let changed = text.replace(&file.public, &hex([7; 32]));
		let path = dir.path().join("changed");
		files::write_secret(&path, &changed).unwrap();
		let failure = Signer::load(path.to_str().unwrap(), &Passphrase::default()).err();
		assert!(failure.unwrap().message.contains("does not belong"));
	}
}
