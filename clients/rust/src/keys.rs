//! Keys: signing keys (sr25519) and readers' keys (X25519), each in a file.
//!
//! A key file is JSON, versioned, readable by the owner only. The secret in the file is plain,
//! or encrypted with age under a passphrase:
//!
//! ```json
//! { "assent": "signing-key", "version": 1, "account": "5..", "public": "0x..", "secret": "0x.." }
//! { "assent": "reader-key", "version": 1, "public": "0x..", "encrypted": "0x.." }
//! ```
//!
//! A signing key can also be a plain text file with a wallet's recovery phrase. Only
//! development seeds (`//Alice`), which everybody knows, are named without a file.

use crate::{
	files,
	ids::{address, bytes, hex},
	Failure, Outcome,
};
pub use age::secrecy::SecretString;
use assent_envelope::ReaderKey;
use serde::{Deserialize, Serialize};
use sp_core::{sr25519, Pair};
use sp_runtime::{AccountId32, MultiSignature};
use std::path::{Path, PathBuf};
use subxt::config::SubstrateConfig;
use zeroize::{Zeroize, Zeroizing};

/// The version of key files.
const VERSION: u32 = 1;

/// Binary logarithm of the work for a passphrase: half a second and 128 MiB.
const WORK_FACTOR: u8 = 17;
/// More than this is not tried: a file could otherwise stop the machine.
const MAX_WORK_FACTOR: u8 = 20;

/// The source of passphrases, asked only for an encrypted key file.
pub trait Passphrases {
	/// The passphrase of `whose` key file; `whose` is the path, for a prompt.
	///
	/// # Errors
	/// A failure when there is no passphrase to be had.
	fn of(&self, whose: &str) -> Outcome<SecretString>;
}

/// No passphrase: an encrypted key file is refused with `NoPassphrase`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPassphrase;

impl Passphrases for NoPassphrase {
	fn of(&self, whose: &str) -> Outcome<SecretString> {
		Err(Failure::environment(
			"NoPassphrase",
			format!("{whose} is encrypted, and there is no passphrase for it"),
		))
	}
}

/// A file with the passphrase of every key file in the first line.
#[derive(Clone, Debug)]
pub struct PassphraseFile(pub PathBuf);

impl PassphraseFile {
	/// Reads the passphrase.
	///
	/// # Errors
	/// `File` or `FilePermissions`, when the file cannot be read or the first line is empty.
	pub fn read(&self) -> Outcome<SecretString> {
		let Self(path) = self;
		let text = files::read_secret(path)?;
		match text.lines().next().filter(|line| !line.is_empty()) {
			Some(line) => Ok(SecretString::from(line)),
			None => Err(Failure::file(path, "holds no passphrase in its first line")),
		}
	}
}

impl Passphrases for PassphraseFile {
	fn of(&self, _whose: &str) -> Outcome<SecretString> {
		self.read()
	}
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

	fn secret(&self, path: &Path, passphrases: &dyn Passphrases) -> Outcome<Zeroizing<[u8; 32]>> {
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
				let passphrase = passphrases.of(&path.display().to_string())?;
				let mut identity = age::scrypt::Identity::new(passphrase);
				identity.set_max_work_factor(MAX_WORK_FACTOR);
				let opened =
					age::decrypt(&identity, &encrypted).map(Zeroizing::new).map_err(|_| {
						Failure::refused("WrongPassphrase", "the passphrase is another one")
					})?;
				opened
					.as_slice()
					.try_into()
					.map(Zeroizing::new)
					.map_err(|_| malformed("the encrypted secret is not 32 bytes".into()))
			}
			_ => Err(malformed("a key file has either a secret or an encrypted one".into())),
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
	/// Loads a signing key. `text` is a development seed (`//Alice`), or the path of a key file or
	/// of a file with a recovery phrase.
	///
	/// # Errors
	/// `Usage`, when the text is neither; `File` or `FilePermissions`, when the file cannot be
	/// used; `WrongPassphrase`.
	pub fn load(text: &str, passphrases: &dyn Passphrases) -> Outcome<Self> {
		if text.starts_with("//") {
			return Self::from_phrase(text)
				.ok_or_else(|| Failure::usage(format!("{text:?} is not a development seed")));
		}
		let path = Path::new(text);
		if !path.exists() {
			// The text may be a secret, and is not repeated.
			return Err(Failure::usage(
				"the key names no file; give a key file or a development seed such as //Alice, \
				 never a secret itself",
			));
		}
		let text = files::read_secret(path)?;
		if !text.trim_start().starts_with('{') {
			return Self::from_phrase(text.trim()).ok_or_else(|| {
				Failure::file(path, "holds neither a key file's JSON nor a recovery phrase")
			});
		}
		let file = KeyFile::read(path, SIGNING, &text)?;
		let secret = file.secret(path, passphrases)?;
		let signer = Self { pair: sr25519::Pair::from_seed(&secret) };
		match hex(signer.pair.public()) == file.public {
			true => Ok(signer),
			false => Err(Failure::file(path, "its secret does not belong to its public key")),
		}
	}

	fn from_phrase(phrase: &str) -> Option<Self> {
		sr25519::Pair::from_string(phrase, None).ok().map(|pair| Self { pair })
	}

	/// Makes a new key and writes it to a new file, encrypted if there is a passphrase.
	///
	/// # Errors
	/// `File`, when the file is there already or cannot be written.
	pub fn create(path: &Path, passphrase: Option<SecretString>) -> Outcome<Self> {
		let (pair, seed) = sr25519::Pair::generate();
		let seed = Zeroizing::new(seed);
		let signer = Self { pair };
		let account = address(&signer.account());
		let public = signer.pair.public().0;
		KeyFile::write(path, SIGNING, Some(account), public, &seed, passphrase)?;
		Ok(signer)
	}

	/// The account of this key.
	pub fn account(&self) -> AccountId32 {
		AccountId32::new(self.pair.public().0)
	}

	/// Signs a message (sr25519).
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

/// Loads a reader's key from a file.
///
/// # Errors
/// `File` or `FilePermissions`, when the file cannot be used; `WrongPassphrase`.
pub fn load_reader(path: &Path, passphrases: &dyn Passphrases) -> Outcome<ReaderKey> {
	let text = files::read_secret(path)?;
	let file = KeyFile::read(path, READER, &text)?;
	let key = ReaderKey::from_bytes(&*file.secret(path, passphrases)?);
	match hex(key.public().to_bytes()) == file.public {
		true => Ok(key),
		false => Err(Failure::file(path, "its secret does not belong to its public key")),
	}
}

/// Reads the public half of a reader's key file; no passphrase is needed.
///
/// # Errors
/// `File` or `FilePermissions`, when the file cannot be used.
pub fn reader_public(path: &Path) -> Outcome<[u8; 32]> {
	let text = files::read_secret(path)?;
	let file = KeyFile::read(path, READER, &text)?;
	bytes(&file.public).map_err(|why| Failure::file(path, why))
}

/// Makes a new reader's key and writes it to a new file, encrypted if there is a passphrase.
///
/// # Errors
/// `File`, when the file is there already or cannot be written.
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

	fn passphrase_file(dir: &Path, text: &str) -> PassphraseFile {
		let path = dir.join("passphrase");
		let _ = fs::remove_file(&path);
		files::write_secret(&path, text).unwrap();
		PassphraseFile(path)
	}

	#[test]
	fn development_seed_should_load_from_the_argument() {
		let alice = Signer::load("//Alice", &NoPassphrase).unwrap();
		assert_eq!(address(&alice.account()), "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
		assert!(alice.sign(b"hello").verify(&b"hello"[..], &alice.account()));
	}

	#[test]
	fn anything_else_should_be_taken_for_a_file_and_not_repeated() {
		let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
		let failure = Signer::load(phrase, &NoPassphrase).err().unwrap();
		assert_eq!(failure.kind, crate::Kind::Unusable);
		assert!(!failure.message.contains("bottom"));
	}

	#[test]
	fn signing_key_should_read_back_when_plain() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		let made = Signer::create(&path, None).unwrap();
		let read = Signer::load(path.to_str().unwrap(), &NoPassphrase).unwrap();
		assert_eq!(made.account(), read.account());
	}

	#[test]
	fn signing_key_should_read_back_when_encrypted_and_only_with_its_passphrase() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		let right = passphrase_file(dir.path(), "correct horse\n");
		let made = Signer::create(&path, Some(right.read().unwrap())).unwrap();
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
		let read = Signer::load(path.to_str().unwrap(), &NoPassphrase).unwrap();
		let alice = Signer::load("//Alice", &NoPassphrase).unwrap();
		assert_eq!(read.account(), alice.account());
	}

	#[test]
	fn reader_key_should_read_back_and_show_its_public_half_without_passphrase() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("reader");
		let passphrase = passphrase_file(dir.path(), "correct horse");
		let made = create_reader(&path, Some(passphrase.read().unwrap())).unwrap();
		assert_eq!(reader_public(&path).unwrap(), made.public().to_bytes());
		let read = load_reader(&path, &passphrase).unwrap();
		assert_eq!(read.public(), made.public());
	}

	#[test]
	fn key_file_should_be_refused_when_of_another_kind_version_or_form() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("reader");
		create_reader(&path, None).unwrap();
		let none = NoPassphrase;
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
			assert!(load_reader(&path, &PassphraseFile(path.clone())).is_err());
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
		let failure = Signer::load(path.to_str().unwrap(), &NoPassphrase).err();
		assert!(failure.unwrap().message.contains("does not belong"));
	}

	#[test]
	fn encrypted_key_should_be_refused_without_a_passphrase() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("key");
		let right = passphrase_file(dir.path(), "correct horse\n");
		Signer::create(&path, Some(right.read().unwrap())).unwrap();
		let failure = Signer::load(path.to_str().unwrap(), &NoPassphrase).err();
		assert_eq!(failure.unwrap().code, "NoPassphrase");
	}
}
