//! The worker: the work of a validator's node after each block. The worker checks documents of
//! other organisations.
//!
//! A run looks at the due entries in order, from the end of the run before. The run skips entries
//! for which its organisation has nothing to do now. The run fetches a few documents and attests
//! the findings. Runs start at every best block, overlap, and may look at different forks. Four
//! rules follow:
//! - Documents of one custodian are fetched one at a time, under a lock with a deadline that
//!   outlasts the fetch. Another run goes on with other custodians, so a slow vault delays only its
//!   own documents.
//! - A vault without an answer is left alone for a while. A silent vault costs one time-out, and
//!   not one for each of its documents.
//! - A look is noted by version and round, and the record is left alone for [`RETRY_TIME`]. A note
//!   of one fork never hides another fork's round.
//! - An attestation names version and round. An attestation for another version or round is
//!   refused.
//!
//! Locks and notes live in the node's persistent local storage, shared by all runs. Each custodian
//! in question has a lock. Each record has a note, and the next look overwrites the note. A run
//! takes over a lock that outlived its deadline. At worst a document is fetched twice, and the
//! second vote is refused.

use crate::{
	crypto::AttestationPublic,
	endpoint::{Endpoint, NoEndpoint},
	*,
};
use alloc::{string::String, vec, vec::Vec};
use assent_policy::{OrganisationId, RecordId, VersionNumber};
use assent_support::Finding;
use codec::{Decode, Encode};
use frame_system::offchain::SubmitTransaction;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::offchain::{Duration, HttpError, Timestamp};
use sp_runtime::offchain::{
	http,
	storage::StorageValueRef,
	storage_lock::{StorageLock, Time},
};

/// Persistent local storage: the hosts and ports that the node's operator allows, as a SCALE
/// `Vec<Vec<u8>>` of `host:port`. The node writes the list at its start. Without the list the
/// worker fetches no document.
pub const ALLOWED_HOSTS: &[u8] = b"assent/allowed-hosts";
/// Persistent local storage: one lock for each custodian with a fetch in progress.
const LANES: &[u8] = b"assent/worker/lane/";
/// Persistent local storage: the last look at each record. The record's id follows.
pub const NOTES: &[u8] = b"assent/worker/note/";
/// Persistent local storage: the last time at which a custodian's vault gave no answer. The
/// custodian's number follows, most significant byte first.
pub const SILENCES: &[u8] = b"assent/worker/silence/";
/// Persistent local storage: the key of [`Due`] after which the next run goes on.
const CURSOR: &[u8] = b"assent/worker/cursor";
const LOG: &str = "assent::worker";

/// The maximum number of documents that a run fetches.
pub const MAX_FETCHES: u32 = 8;
/// The maximum number of due entries at which a run looks. A run goes on after the end of the run
/// before. The backlog of a vault that is down hides no other due entry.
pub const MAX_LOOKS: u32 = 256;
/// The time, in milliseconds, after which a run starts no further fetch.
pub const RUN_TIME: u64 = 20_000;
/// The time in which a vault must answer, in milliseconds.
pub const ANSWER_TIME: u64 = 10_000;
/// The slowest permitted delivery, in bytes per second. The time for a document is [`ANSWER_TIME`]
/// and the time for its size at this rate.
pub const FLOOR_RATE: u64 = 1024 * 1024;
/// The time by which a lock outlasts its fetch, in milliseconds.
const LOCK_MARGIN: u64 = 5_000;
/// The time, in milliseconds, for which a document stays alone after a look without a vote on the
/// chain. Such a look had no result, or its attestation was lost. A vault without an answer is left
/// alone for the same time, with all its documents.
pub const RETRY_TIME: u64 = 30_000;
/// The number of bytes of a document in memory at a time.
const CHUNK: usize = 64 * 1024;

/// The causes for which a look has no result. The worker attests none of the causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
	/// There is no address to ask.
	NoEndpoint(NoEndpoint),
	/// The vault is unreachable, or does not answer in time.
	NoAnswer,
	/// The connection broke during the delivery.
	Broken,
	/// The document came too slowly.
	Slow,
	/// The vault redirected the request. The worker follows no redirection.
	Redirected(u16),
	/// The status tells neither presence nor absence of the document.
	Status(u16),
	/// The vault sent the document in a coding of its own.
	Encoded,
}

/// A local key, and the organisation of the key.
struct Identity {
	organisation: OrganisationId,
	key: AttestationPublic,
}

/// The last look at a record.
#[derive(Encode, Decode)]
struct Note {
	version: VersionNumber,
	round: Round,
	at: Timestamp,
}

impl Note {
	fn key(record: &RecordId) -> Vec<u8> {
		[NOTES, &record.0].concat()
	}

	/// Whether a recent look covered this round.
	fn covers(record: &RecordId, version: VersionNumber, round: Round) -> bool {
		let note = StorageValueRef::persistent(&Self::key(record)).get::<Self>().ok().flatten();
		note.is_some_and(|note| {
			note.version == version && note.round == round && is_recent(note.at)
		})
	}
}

/// Whether the time is recent. A time in the future, possible after the clock was set back, is not
/// recent.
fn is_recent(at: Timestamp) -> bool {
	let now = now();
	at <= now && now.diff(&at).millis() < RETRY_TIME
}

impl<T: Config> Pallet<T> {
	/// One run, on the state of the block with this number.
	pub(crate) fn run_worker(block: u32) {
		let identities = Self::identities();
		if identities.is_empty() {
			return;
		}
		let allowed = StorageValueRef::persistent(ALLOWED_HOSTS)
			.get::<Vec<Vec<u8>>>()
			.ok()
			.flatten()
			.unwrap_or_default();
		let stop = now().add(Duration::from_millis(RUN_TIME));
		let mut cursor = StorageValueRef::persistent(CURSOR);
		let entries = match cursor.get::<Vec<u8>>().ok().flatten() {
			Some(after) => Due::<T>::iter_from(after),
			None => Due::<T>::iter(),
		};
		let mut fetches = 0;
		for (looks, (due, record, version)) in entries.enumerate() {
			if Round::from_be_bytes(due) > block {
				break;
			}
			if look::<T>(block, record, version, &identities, &allowed) {
				fetches += 1;
			}
			if looks as u32 + 1 >= MAX_LOOKS || fetches >= MAX_FETCHES || now() >= stop {
				cursor.set(&Due::<T>::hashed_key_for(due, record));
				return;
			}
		}
		cursor.clear();
	}

	/// The node's keys that belong to attesting validators now, one of each organisation.
	fn identities() -> Vec<Identity> {
		let mut identities = Vec::<Identity>::new();
		for key in AttestationPublic::all() {
			if let Some(organisation) = T::Attestors::organisation(&key) {
				if identities.iter().all(|identity| identity.organisation != organisation) {
					identities.push(Identity { organisation, key });
				}
			}
		}
		identities
	}
}

/// Looks at one due entry. Returns whether the look took a request.
fn look<T: Config>(
	block: u32,
	record: RecordId,
	number: VersionNumber,
	identities: &[Identity],
	allowed: &[Vec<u8>],
) -> bool {
	let Some(row) = Records::<T>::get(record) else {
		return false;
	};
	let Some(version) = Versions::<T>::get(record, number) else {
		return false;
	};
	let custodian = row.attributes.custodian;
	let votes = Votes::<T>::get(record);
	let voters: Vec<&Identity> = identities
		.iter()
		.filter(|identity| identity.organisation != custodian)
		.filter(|identity| {
			let vote = votes.iter().find(|vote| vote.organisation == identity.organisation);
			vote.is_none_or(|vote| Pallet::<T>::revisable_from(vote) <= block)
		})
		.collect();
	if voters.is_empty() || Note::covers(&record, number, version.due) {
		return false;
	}
	let silence = [SILENCES, &custodian.to_be_bytes()].concat();
	let silence = StorageValueRef::persistent(&silence);
	if silence.get::<Timestamp>().ok().flatten().is_some_and(is_recent) {
		return false;
	}

	let time = time_for(version.size);
	let lane = [LANES, &custodian.to_be_bytes()].concat();
	let held = Duration::from_millis(time.saturating_add(LOCK_MARGIN));
	let mut lock = StorageLock::<Time>::with_deadline(&lane, held);
	let Ok(_guard) = lock.try_lock() else {
		return false;
	};
	// The run that just held the lock may have looked at this very document.
	if Note::covers(&record, number, version.due) {
		return false;
	}
	let url = locate::<T>(custodian, &version.ciphertext, allowed);
	let requested = url.is_ok();
	let outcome = url.map_err(Unknown::NoEndpoint).and_then(|url| fetch(&url, &version, time));
	let note = Note { version: number, round: version.due, at: now() };
	StorageValueRef::persistent(&Note::key(&record)).set(&note);
	if matches!(outcome, Err(Unknown::NoEndpoint(_) | Unknown::NoAnswer)) {
		silence.set(&now());
	}
	match outcome {
		Ok(finding) => {
			for voter in voters {
				submit::<T>(Attestation {
					record,
					version: number,
					round: version.due,
					at: block,
					finding,
					key: voter.key.clone(),
				});
			}
		}
		Err(why) => log::warn!(
			target: LOG,
			"record {record} version {number} of organisation {custodian} not checked: {why:?}",
		),
	}
	requested
}

/// Signs an attestation and gives the attestation to the pool, unless the chain would refuse it.
fn submit<T: Config>(attestation: Attestation) {
	let Attestation { record, version, finding, .. } = attestation;
	if let Err(refusal) = Pallet::<T>::check(&attestation) {
		log::debug!(target: LOG, "record {record} version {version}: {finding:?}, {refusal:?}");
		return;
	}
	let message = attestation.message(Pallet::<T>::genesis());
	let Some(signature) = attestation.key.sign(&message) else {
		log::error!(target: LOG, "the attestation key is not in the keystore any more");
		return;
	};
	let call = Call::<T>::attest { attestation, signature };
	let transaction = T::create_authorized_transaction(call.into());
	match SubmitTransaction::<T, Call<T>>::submit_transaction(transaction) {
		Ok(()) => log::info!(target: LOG, "record {record} version {version}: {finding:?}"),
		Err(()) => log::warn!(target: LOG, "record {record} version {version}: pool refused"),
	}
}

/// The address of the document.
fn locate<T: Config>(
	custodian: OrganisationId,
	ciphertext: &[u8; 32],
	allowed: &[Vec<u8>],
) -> Result<String, NoEndpoint> {
	let url = T::Endpoints::url(custodian).ok_or(NoEndpoint::NotApproved(custodian))?;
	let endpoint = Endpoint::parse(&url).ok_or(NoEndpoint::Malformed(custodian))?;
	if !endpoint.is_allowed(allowed) {
		return Err(NoEndpoint::NotAllowed(endpoint.host));
	}
	Ok(endpoint.document(ciphertext))
}

/// Fetches a document and compares the document with the register.
fn fetch(url: &str, version: &Version, time: u64) -> Result<Finding, Unknown> {
	let started = now();
	let answer_by = started.add(Duration::from_millis(ANSWER_TIME));
	let done_by = started.add(Duration::from_millis(time));
	let mut response = http::Request::get(url)
		.add_header("accept-encoding", "identity")
		.deadline(answer_by)
		.send()
		.map_err(|_| Unknown::NoAnswer)?
		.try_wait(answer_by)
		.map_err(|_| Unknown::NoAnswer)?
		.map_err(|_| Unknown::NoAnswer)?;
	match response.code {
		200 => {}
		404 | 410 => return Ok(Finding::Absent),
		code @ 300..=399 => return Err(Unknown::Redirected(code)),
		code => return Err(Unknown::Status(code)),
	}
	let coding = response.headers().find("content-encoding").unwrap_or("identity");
	if !coding.eq_ignore_ascii_case("identity") {
		return Err(Unknown::Encoded);
	}

	let mut hasher = blake3::Hasher::new();
	let mut size = 0u64;
	let mut chunk = vec![0; CHUNK];
	loop {
		if now() >= done_by {
			return Err(Unknown::Slow);
		}
		let read = sp_io::offchain::http_response_read_body(response.id, &mut chunk, Some(done_by))
			.map_err(|error| match error {
				HttpError::DeadlineReached => Unknown::Slow,
				HttpError::IoError | HttpError::Invalid => Unknown::Broken,
			})?;
		if read == 0 {
			break;
		}
		size = size.saturating_add(read.into());
		// The document is longer than declared, so no further byte is needed.
		if size > version.size {
			return Ok(Finding::Altered);
		}
		hasher.update(chunk.get(..read as usize).unwrap_or_default());
	}
	let intact = size == version.size && hasher.finalize().as_bytes() == &version.ciphertext;
	Ok(if intact { Finding::Intact } else { Finding::Altered })
}

/// The time in which a document of this size must be delivered, in milliseconds.
pub(crate) fn time_for(size: u64) -> u64 {
	(size / FLOOR_RATE).saturating_add(1).saturating_mul(1_000).saturating_add(ANSWER_TIME)
}

fn now() -> Timestamp {
	sp_io::offchain::timestamp()
}
