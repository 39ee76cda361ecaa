//! Documents on the way: sealed, placed in a vault, wrapped for readers, fetched and opened.

use crate::{
	files::{self, Pending},
	ids::address,
	keys::Signer,
	progress::{Counted, Progress, Size},
	reads::State,
	secrets::{path_of, Kept},
	vault::{delivery_message, Delivery, Vault, WrapAddress},
	Chain, Failure, Outcome,
};
use assent_envelope::{unwrap, wrap, Binding, DocumentSecret, ReaderKey, ReaderPublic, WRAP_LEN};
use assent_policy::{RecordId, VersionNumber};
use assent_runtime::Hash;
use codec::Encode;
use pallet_records::{Document, EncryptionKey, Version};
use sp_runtime::AccountId32;
use std::{
	fs::{self, File},
	io::{Seek, SeekFrom, Write},
	path::{Path, PathBuf},
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use zeroize::Zeroizing;

/// How long the decision's block may take to become final.
const UNTIL_FINAL: Duration = Duration::from_secs(120);
/// How long the custodian may take to make a wrap once the decision is final.
const UNTIL_WRAPPED: Duration = Duration::from_secs(60);
/// How often the vault is asked again meanwhile.
const AGAIN: Duration = Duration::from_secs(2);

/// A reader, and the key to which documents are wrapped for this reader now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
	/// The reader's account.
	pub account: AccountId32,
	/// The key that the account published last.
	pub key: EncryptionKey,
}

/// Looks up the readers' keys at the best block. An account named twice is taken once.
///
/// # Errors
/// `NoReaderKey`, when an account published no key; `Node` or `NodeAnswer`.
pub async fn readers(chain: &Chain, accounts: &[AccountId32]) -> Outcome<Vec<Reader>> {
	let state = chain.best_state().await?;
	let mut readers: Vec<Reader> = Vec::new();
	for account in accounts {
		if readers.iter().any(|reader| reader.account == *account) {
			continue;
		}
		let key = state.encryption_key(account).await?.ok_or_else(|| {
			Failure::refused(
				"NoReaderKey",
				format!(
					"{} has published no key to wrap documents to: the reader makes a key and \
						 publishes it first",
					address(account)
				),
			)
		})?;
		readers.push(Reader { account: account.clone(), key });
	}
	Ok(readers)
}

/// The version under which an account published this reader's key. Documents may have been
/// wrapped to an older version than the last one.
///
/// # Errors
/// `NoReaderKey`, when the account never published this key; `Node` or `NodeAnswer`.
pub async fn key_version(state: &State, account: &AccountId32, key: &ReaderKey) -> Outcome<u32> {
	let public = key.public().to_bytes();
	let last = match state.encryption_key(account).await? {
		Some(current) if current.key == public => return Ok(current.version),
		Some(current) => current.version,
		None => 0,
	};
	for version in (1..last).rev() {
		if state.encryption_key_at(account, version).await? == Some(public) {
			return Ok(version);
		}
	}
	Err(Failure::refused(
		"NoReaderKey",
		format!("{} never published this reader's key: name the right key file", address(account)),
	))
}

/// A sealed document as the chain registers it. `size` is in bytes of the ciphertext.
pub fn registered(ciphertext: [u8; 32], size: u64, commitment: [u8; 32]) -> Document {
	Document { ciphertext, size, cid: None, commitment }
}

/// Seals a file into a writer.
///
/// # Errors
/// `File`, when a file fails; `Randomness`.
pub fn seal_into(path: &Path, writer: impl Write, progress: &dyn Progress) -> Outcome<Kept> {
	let file = files::open(path)?;
	let size = file.metadata().map(|meta| meta.len()).unwrap_or_default();
	let work = progress.begin("sealing", Size::Bytes(size));
	assent_envelope::seal(Counted::new(file, &*work), writer).map(Kept::from).map_err(sealing)
}

/// The BLAKE3 hash and the size, in bytes, of a sealed file.
///
/// # Errors
/// `File`.
pub fn hash_of(file: &mut File) -> Outcome<([u8; 32], u64)> {
	assent_envelope::hash(file).map_err(sealing)
}

/// Sends a sealed file from the beginning to the vault.
///
/// # Errors
/// `File`; `Usage` without a token; `VaultUnreachable`; `Vault.*`.
pub fn upload(
	vault: &Vault,
	hash: &[u8; 32],
	size: u64,
	file: &mut File,
	progress: &dyn Progress,
) -> Outcome<()> {
	file.seek(SeekFrom::Start(0)).map_err(unusable_file)?;
	let work = progress.begin("sending to the vault", Size::Bytes(size));
	vault.put_document(hash, size, Counted::new(file, &*work))
}

/// A document version whose secret is to be wrapped for readers.
pub struct Wrapping<'a> {
	/// The chain of the record.
	pub chain: &'a Chain,
	/// The vault that takes the wraps.
	pub vault: &'a Vault,
	/// The document's secret.
	pub secret: &'a DocumentSecret,
	/// The record.
	pub record: RecordId,
	/// The document version.
	pub version: VersionNumber,
}

impl Wrapping<'_> {
	/// Wraps the secret for a reader. Returns the wrap with the address in the vault.
	///
	/// # Errors
	/// `Envelope.UnusableKey`, when the reader's key is none.
	pub fn wrap(&self, reader: &Reader) -> Outcome<(WrapAddress, [u8; WRAP_LEN])> {
		let Self { record, version, .. } = *self;
		let at = WrapAddress { record, version, reader: reader.account.clone() };
		let binding = binding(self.chain, &at, reader.key.version);
		let key = ReaderPublic::from_bytes(reader.key.key);
		Ok((at, wrap(self.secret, &key, &binding).map_err(sealing)?))
	}

	/// Wraps the secret for a reader and puts the wrap into the vault, in place of a wrap that is
	/// there. Fails as [`Self::wrap`] and [`Vault::put_wrap`].
	pub fn hand_out(&self, reader: &Reader) -> Outcome<()> {
		let (at, wrapped) = self.wrap(reader)?;
		self.vault.put_wrap(&at, &wrapped)
	}

	/// As [`Self::hand_out`], unless a wrap is there. Returns whether the wrap was put.
	pub fn offer(&self, reader: &Reader) -> Outcome<bool> {
		let (at, wrapped) = self.wrap(reader)?;
		self.vault.offer_wrap(&at, &wrapped)
	}
}

fn binding(chain: &Chain, wrap: &WrapAddress, key_version: u32) -> Binding {
	Binding {
		genesis: chain.genesis().0,
		record: wrap.record.0,
		version: wrap.version,
		reader: wrap.reader.clone().into(),
		key_version,
	}
}

/// A document version made ready: sealed, in the vault, wrapped, its secret kept. The chain does
/// not know the version yet.
pub struct Placed {
	/// The secret, and the facts for the chain.
	pub kept: Kept,
	/// The file of the secret.
	pub path: PathBuf,
	/// The readers with a wrap.
	pub readers: Vec<Reader>,
	record: RecordId,
	version: VersionNumber,
}

impl Placed {
	/// The document as the chain registers it.
	pub fn document(&self) -> Document {
		let Kept { ciphertext, size, commitment, .. } = &self.kept;
		registered(*ciphertext, *size, *commitment)
	}

	/// Takes back everything for a version that the chain did not take.
	pub fn take_back(&self, vault: &Vault) {
		let Self { record, version, .. } = *self;
		// A leftover is of no use to anybody: the chain does not name the leftover.
		for reader in &self.readers {
			let reader = reader.account.clone();
			let _ = vault.delete_wrap(&WrapAddress { record, version, reader });
		}
		let _ = vault.delete_document(&self.kept.ciphertext);
		let _ = fs::remove_file(&self.path);
	}
}

/// Makes a document version ready. The secret is written into `directory` before anything leaves
/// this machine. After a failure everything is taken back.
///
/// # Errors
/// `File`; `Randomness`; `Usage` without a token; `VaultUnreachable`; `Vault.*`;
/// `Envelope.UnusableKey`.
pub fn place(
	chain: &Chain,
	vault: &Vault,
	file: &Path,
	directory: &Path,
	(record, version): (RecordId, VersionNumber),
	readers: Vec<Reader>,
	progress: &dyn Progress,
) -> Outcome<Placed> {
	files::secret_directory(directory)?;
	let path = path_of(directory, record, version);
	files::ensure_new(&path)?;
	let mut sealed = temporary()?;
	let kept = seal_into(file, &mut sealed, progress)?;
	kept.write(&path)?;
	let placed = Placed { kept, path, readers, record, version };
	let Placed { kept, readers, .. } = &placed;
	let wrapping = Wrapping { chain, vault, secret: &kept.secret, record, version };
	upload(vault, &kept.ciphertext, kept.size, &mut sealed, progress)
		.and_then(|()| readers.iter().try_for_each(|reader| wrapping.hand_out(reader)))
		.inspect_err(|_| placed.take_back(vault))?;
	Ok(placed)
}

/// Asks the vault for a wrap and opens the wrap. `entry` is the entry of the trail that permits the
/// access. Waits up to two minutes while the decision is not final, and then up to one minute for
/// the custodian's service to make the wrap.
///
/// # Errors
/// `Vault.not_found`, when the access is permitted and there is no wrap; `Vault.refused` with the
/// reason; `NoReaderKey`; `Envelope.WrapRefused`, when the wrap was made to another key;
/// `VaultUnreachable`; other `Vault.*`; `Node`, `NodeAnswer`.
pub async fn fetch_secret(
	chain: &Chain,
	vault: &Vault,
	signer: &Signer,
	key: &ReaderKey,
	(record, version): (RecordId, VersionNumber),
	entry: Hash,
	progress: &dyn Progress,
) -> Outcome<DocumentSecret> {
	let reader = signer.account();
	let key_version = key_version(&chain.best_state().await?, &reader, key).await?;
	let address = WrapAddress { record, version, reader };
	let wrapped = ask(chain, vault, signer, &address, entry, progress).await?;
	unwrap(&wrapped, key, &binding(chain, &address, key_version)).map_err(sealing)
}

async fn ask(
	chain: &Chain,
	vault: &Vault,
	signer: &Signer,
	wrap: &WrapAddress,
	entry: Hash,
	progress: &dyn Progress,
) -> Outcome<[u8; WRAP_LEN]> {
	let work = progress.begin("asking the vault", Size::Open);
	let began = Instant::now();
	let mut missing: Option<Instant> = None;
	loop {
		let issued = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		let issued = u64::try_from(issued.as_millis()).unwrap_or(u64::MAX);
		let message = delivery_message(&chain.genesis().0, wrap, &entry.0, issued);
		let signature = signer.sign(message.as_bytes()).encode();
		let delivery = Delivery { wrap: wrap.clone(), entry: entry.0, issued, signature };
		match vault.get_wrap(&delivery) {
			Err(failure) if failure.code == "Vault.not_final" && began.elapsed() < UNTIL_FINAL => {
				work.say("waiting for the decision to become final");
				tokio::time::sleep(AGAIN).await;
			}
			// The vault says so only to permitted readers: the decision is final.
			Err(failure) if failure.code == "Vault.not_found" => {
				let missing = *missing.get_or_insert_with(Instant::now);
				if missing.elapsed() >= UNTIL_WRAPPED {
					return Err(Failure::refused(
						"Vault.not_found",
						"the access is permitted, but the vault holds no wrap for this reader: \
						 the custodian makes one",
					));
				}
				work.say("waiting for the custodian to wrap the document");
				tokio::time::sleep(AGAIN).await;
			}
			other => return other,
		}
	}
}

/// Fetches a document version from the vault, checks the hash and the size, and opens
/// the document into a new file at `out`. Returns the bytes of the content. No part is left after a
/// failure.
///
/// # Errors
/// `DocumentAltered`, when the vault's document is another; `Envelope.Damaged` or
/// `Envelope.WrongSecret`, when the document does not open; `File`, when `out` is there already or the disk
/// fails; `VaultUnreachable`; `Vault.*`.
pub fn fetch_and_open(
	vault: &Vault,
	version: &Version,
	secret: &DocumentSecret,
	out: &Path,
	progress: &dyn Progress,
) -> Outcome<u64> {
	let mut sealed = temporary()?;
	let work = progress.begin("fetching", Size::Bytes(version.size));
	vault.get_document(&version.ciphertext, version.size, &mut sealed, |moved| {
		work.advance(moved);
	})?;
	drop(work);

	sealed.seek(SeekFrom::Start(0)).map_err(unusable_file)?;
	let mut pending = Pending::begin(out)?;
	let work = progress.begin("opening", Size::Bytes(version.size));
	let size = assent_envelope::open(secret, Counted::new(sealed, &*work), pending.writer())
		.map_err(sealing)?;
	drop(work);
	pending.writer().flush().map_err(|error| Failure::file(out, error))?;
	pending.finish()?;
	Ok(size)
}

/// A salted commitment (keyed BLAKE3) to the content of a file.
///
/// # Errors
/// `File`.
pub fn commit(salt: &[u8; 32], file: &Path) -> Outcome<Hash> {
	assent_envelope::commit(salt, files::open(file)?)
		.map(Hash::from)
		.map_err(|error| Failure::file(file, error))
}

/// Draws a salt of 32 random bytes.
///
/// # Errors
/// `Randomness`, when the system gives no random bytes.
pub fn draw_salt() -> Outcome<Zeroizing<[u8; 32]>> {
	let mut salt = Zeroizing::new([0; 32]);
	getrandom::fill(&mut *salt).map_err(|error| {
		Failure::environment("Randomness", format!("no random numbers to be had: {error}"))
	})?;
	Ok(salt)
}

fn temporary() -> Outcome<File> {
	tempfile::tempfile()
		.map_err(|error| Failure::environment("File", format!("no temporary file: {error}")))
}

fn unusable_file(error: std::io::Error) -> Failure {
	Failure::environment("File", error.to_string())
}

/// A failure of the envelope.
pub(crate) fn sealing(error: assent_envelope::Error) -> Failure {
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
