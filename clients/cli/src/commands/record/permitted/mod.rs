//! `record wrap-permitted`: the custodian's service. The service follows final blocks and keeps a
//! wrap in the vault for each permitted reader, as long as the reader is permitted.
//!
//! A wrap is made when a reader was permitted, not when a patient grants: a grant may name
//! everybody with a role, and most of them never ask. A wrap is made from the secret of `record
//! add`. A wrap alone permits no reading: the vault asks the chain again.
//!
//! The service looks at a wrap again after a change of the patient, of the record, of a credential
//! or of an organisation, and with every sweep, because time alone may end a permit. A wrap without
//! a permit is removed. The service takes over a wrap of `record add` or `record share` once an
//! access of the reader was permitted. Before, the service leaves such a wrap alone.
//!
//! A decision is delivered on for [`delivery_window`] blocks. After a stop the service reads these
//! blocks again, and keeps only the notes about the wraps: an access read twice is served once. The
//! log names records, versions and entries, never readers or secrets.

mod blocks;
mod notes;

use crate::{arguments::VaultArgs, commands::prelude::*, printer::log};
use assent_client::{
	documents::{Reader, Wrapping},
	reads::consent::{delivery_window, Access},
	secrets::{path_of, Kept},
	vault::WrapAddress,
	Chain, Kind, State, Vault,
};
use assent_policy::{Action, Effect, Purpose};
use blocks::{found, Job};
use notes::{Note, Notes};
use std::{
	collections::{BTreeSet, VecDeque},
	time::{Duration, Instant},
};

/// How many accesses may wait for what they lack: a published key, a secret, the vault.
const MAX_WAITING: usize = 1024;
/// How often every wrap is looked at: for what time alone ends.
const SWEEP: Duration = Duration::from_secs(30 * 60);
/// How long no block may become final before the connection is tried.
const QUIET: Duration = Duration::from_secs(30);
/// How long to wait before connecting again: at first, and at most.
const AGAIN: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));

/// Run the custodian's service that wraps documents for readers as they are permitted, and
/// removes the wraps once nothing permits them
#[derive(Debug, Args)]
pub struct WrapPermitted {
	/// The custodian: the organisation of the records
	#[arg(long, value_name = "NUMBER")]
	organisation: OrganisationId,
	/// Directory in which the secrets are kept, as RECORD-VERSION.json
	#[arg(long, value_name = "DIR", default_value = "secrets")]
	secrets: PathBuf,
	/// Directory for the service's notes about wraps
	#[arg(long, value_name = "DIR", default_value = "permitted")]
	notes: PathBuf,
	/// End once the blocks that are final now are done, instead of following the chain
	#[arg(long)]
	once: bool,
	#[command(flatten)]
	vault: VaultArgs,
}

/// The work of the service up to a block.
#[derive(Debug, Serialize)]
pub struct Worked {
	organisation: OrganisationId,
	block: BlockNumber,
	wrapped: u64,
	removed: u64,
	waiting: usize,
}

impl Answer for Worked {
	fn text(&self) -> String {
		fields(&[
			("up to block", self.block.to_string()),
			("wrapped", self.wrapped.to_string()),
			("removed", self.removed.to_string()),
			("waiting", self.waiting.to_string()),
		])
	}
}

impl Verb for WrapPermitted {
	/// Without --once, the service works until a signal ends it, or something that it needs is
	/// missing.
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let mut service = Service {
			organisation: self.organisation,
			secrets: self.secrets,
			notes: Notes::open(&self.notes)?,
			vault: self.vault.open()?,
			next: 0,
			waiting: VecDeque::new(),
			changed: BTreeSet::new(),
			swept: None,
			made: 0,
			removed: 0,
		};
		let mut pause = AGAIN.0;
		loop {
			let before = service.next;
			match service.follow(options, self.once).await {
				Ok(()) => return Ok(service.worked()),
				Err(failure) if !self.once && passes(&failure) => {
					if service.next > before {
						pause = AGAIN.0;
					}
					log(format!("{failure}; trying again in {} s", pause.as_secs()));
					tokio::time::sleep(pause).await;
					pause = pause.saturating_mul(2).min(AGAIN.1);
				}
				Err(failure) => return Err(failure),
			}
		}
	}
}

/// Whether a failure may pass: the node or the vault is away.
fn passes(failure: &Failure) -> bool {
	match failure.code.as_str() {
		"Node" | "NodeAnswer" | "VaultUnreachable" => true,
		_ => is_one_wraps(failure),
	}
}

/// Whether the vault failed on one wrap and still answers: the other wraps need not wait.
fn is_one_wraps(failure: &Failure) -> bool {
	failure.kind == Kind::Unusable && failure.code.starts_with("Vault.")
}

/// The way to put a reader's wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
	/// A wrap in the vault stays: the wrap is to the present key.
	Offer,
	/// A wrap in the vault goes: the wrap may be to an older key.
	Replace,
}

/// How a wrap to this version of the reader's key is put, given the note about it.
fn way(note: &Note, key_version: u32) -> Way {
	match note.key_version {
		known if known == key_version => Way::Offer,
		// There was no other key for an earlier wrap.
		0 if key_version == 1 => Way::Offer,
		_ => Way::Replace,
	}
}

/// The end of the work for an access.
#[derive(Debug, PartialEq, Eq)]
enum Done {
	/// The reader has a wrap.
	Wrapped,
	/// None is due: the record is another custodian's, or the permit is over.
	NotDue,
	/// Something is missing and may still come.
	Lacks(String),
}

/// A waiting access, and the last word about the missing thing.
struct Waiting {
	job: Job,
	lacks: Option<String>,
}

struct Service {
	organisation: OrganisationId,
	secrets: PathBuf,
	notes: Notes,
	vault: Vault,
	/// The first block not yet read.
	next: BlockNumber,
	waiting: VecDeque<Waiting>,
	changed: BTreeSet<PatientId>,
	swept: Option<Instant>,
	made: u64,
	removed: u64,
}

impl Service {
	/// Follows the chain over one connection.
	async fn follow(&mut self, options: &Options, once: bool) -> Outcome<()> {
		let chain = options.chain().await?;
		// First, so that no block falls between what is read and what is told.
		let mut heads = chain.heads(true).await?;
		let first = chain.number(chain.last_final().await?).await?;
		let resumes = self.next > 0;
		log(format!("connected; final block {first}"));
		loop {
			let at = chain.last_final().await?;
			let last = chain.number(at).await?;
			self.next = self.next.max(last.saturating_sub(delivery_window())).max(1);
			while self.next <= last {
				match self.read(&chain, self.next).await {
					Err(failure) if !resumes && self.next <= first && passes(&failure) => {
						// A node that came late has no state of what was before. If it is the
						// connection that is broken, this fails too.
						chain.last_final().await?;
						log(format!("block {} is passed over: {failure}", self.next));
					}
					other => other?,
				}
				self.next = self.next.saturating_add(1);
			}
			self.settle(&chain.state(at), last).await?;
			if once {
				return Ok(());
			}
			match tokio::time::timeout(QUIET, heads.next()).await {
				Ok(Ok(_)) | Err(_) => {}
				Ok(Err(failure)) => return Err(failure),
			}
		}
	}

	/// Reads a block and keeps the work to do.
	async fn read(&mut self, chain: &Chain, number: BlockNumber) -> Outcome<()> {
		let hash = chain.block(number).await?;
		// A block's events are of the runtime in the state before it.
		let parent = chain.block(number.saturating_sub(1)).await?;
		if !chain.is_runtime_at(parent).await? {
			log(format!("block {number} is an older runtime's: passed over"));
			return Ok(());
		}
		let found = found(number, chain.events_of(hash).await?);
		for job in found.jobs {
			if self.waiting.len() >= MAX_WAITING {
				self.waiting.pop_front();
				log(format!("more than {MAX_WAITING} accesses wait: the oldest is let go"));
			}
			self.waiting.push_back(Waiting { job, lacks: None });
		}
		self.changed.extend(found.changed);
		if found.everybody {
			self.changed.extend(self.notes.patients()?);
		}
		Ok(())
	}

	/// Does the due work: removals first, then new wraps.
	async fn settle(&mut self, state: &State, last: BlockNumber) -> Outcome<()> {
		if self.swept.is_none_or(|swept| swept.elapsed() >= SWEEP) {
			self.changed.extend(self.notes.patients()?);
			self.swept = Some(Instant::now());
		}
		while let Some(patient) = self.changed.first().copied() {
			match self.review(state, patient).await {
				// The next sweep tries again; the other wraps do not wait.
				Err(failure) if is_one_wraps(&failure) => {
					log(format!("a wrap could not be removed: {failure}"));
				}
				other => other?,
			}
			self.changed.remove(&patient);
		}
		for _ in 0..self.waiting.len() {
			let Some(Waiting { job, lacks }) = self.waiting.front() else {
				break;
			};
			let (job, lacks) = (job.clone(), lacks.clone());
			// The access stays in its place until the end, also after a failure.
			let done = match self.serve(state, &job).await {
				Err(failure) if is_one_wraps(&failure) => Done::Lacks(failure.to_string()),
				other => other?,
			};
			self.waiting.pop_front();
			let Done::Lacks(what) = done else {
				continue;
			};
			if last.saturating_sub(job.block) > delivery_window() {
				log(format!("{}: given up, {what}", told(&job)));
				continue;
			}
			if lacks.as_ref() != Some(&what) {
				log(format!("{}: waits, {what}", told(&job)));
			}
			let lacks = Some(what);
			self.waiting.push_back(Waiting { job, lacks });
		}
		Ok(())
	}

	/// Sees that a permitted reader has a wrap.
	async fn serve(&mut self, state: &State, job: &Job) -> Outcome<Done> {
		let Job { patient, wrap, .. } = job;
		let row = state.record_row(wrap.record).await?;
		let ours = row.filter(|row| {
			row.attributes.custodian == self.organisation && row.version == wrap.version
		});
		if ours.is_none() || !permits(state, *patient, wrap, job.asked).await? {
			return Ok(Done::NotDue);
		}
		let Some(key) = state.encryption_key(&wrap.reader).await? else {
			return Ok(Done::Lacks("the reader has published no key".into()));
		};
		let (record, version) = (wrap.record, wrap.version);
		let row = state.find_version(record, version).await?;
		let kept = match Kept::read(&path_of(&self.secrets, record, version)) {
			Ok(kept) if row.is_some_and(|row| row.ciphertext == kept.ciphertext) => kept,
			Ok(_) => return Ok(Done::Lacks("its secret is another document's".into())),
			Err(failure) => return Ok(Done::Lacks(failure.to_string())),
		};

		let mut note = self.notes.read(*patient, wrap)?.unwrap_or_default();
		note.remember(job.asked);
		self.notes.write(*patient, wrap, &note)?;
		let reader = Reader { account: wrap.reader.clone(), key };
		let (chain, vault, secret) = (&state.chain, &self.vault, &kept.secret);
		let wrapping = Wrapping { chain, vault, secret, record, version };
		let new = match way(&note, key.version) {
			Way::Offer => wrapping.offer(&reader)?,
			Way::Replace => wrapping.hand_out(&reader).map(|()| true)?,
		};
		if note.key_version != key.version {
			note.key_version = key.version;
			self.notes.write(*patient, wrap, &note)?;
		}
		if new {
			self.made = self.made.saturating_add(1);
			log(format!("{}: wrapped", told(job)));
		}
		Ok(Done::Wrapped)
	}

	/// Removes every wrap of a patient's documents without a permit.
	async fn review(&mut self, state: &State, patient: PatientId) -> Outcome<()> {
		for wrap in self.notes.of(patient)? {
			let note = self.notes.read(patient, &wrap)?.unwrap_or_default();
			if self.stands(state, patient, &wrap, &note).await? {
				continue;
			}
			self.vault.delete_wrap(&wrap)?;
			self.notes.remove(patient, &wrap)?;
			self.removed = self.removed.saturating_add(1);
			let (record, version) = (hex(wrap.record.0), wrap.version);
			log(format!("record {record} version {version}: a wrap was removed"));
		}
		Ok(())
	}

	/// Whether a wrap is of the current document and a permit is still valid.
	async fn stands(
		&self,
		state: &State,
		patient: PatientId,
		wrap: &WrapAddress,
		note: &Note,
	) -> Outcome<bool> {
		let row = state.record_row(wrap.record).await?;
		if row.is_none_or(|row| row.version != wrap.version) {
			return Ok(false);
		}
		for asked in &note.asked {
			if permits(state, patient, wrap, *asked).await? {
				return Ok(true);
			}
		}
		Ok(false)
	}

	fn worked(&self) -> Worked {
		Worked {
			organisation: self.organisation,
			block: self.next.saturating_sub(1),
			wrapped: self.made,
			removed: self.removed,
			waiting: self.waiting.len(),
		}
	}
}

/// Whether the chain would permit the access now.
async fn permits(
	state: &State,
	patient: PatientId,
	wrap: &WrapAddress,
	(purpose, action): (Purpose, Action),
) -> Outcome<bool> {
	let access =
		Access { requester: wrap.reader.clone(), patient, record: wrap.record, purpose, action };
	let decision = state.check_access(access).await?;
	Ok(decision.effect == Effect::Permit)
}

/// An access, as the log tells it.
fn told(job: &Job) -> String {
	format!(
		"record {} version {} entry {}",
		hex(job.wrap.record.0),
		job.wrap.version,
		hex(job.entry)
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_runtime::Hash;

	#[test]
	fn wrap_should_be_replaced_only_when_it_may_be_to_an_older_key() {
		let note = |key_version| Note { key_version, ..Note::default() };
		for (known, current, expected) in [
			(0, 1, Way::Offer),
			(1, 1, Way::Offer),
			(2, 2, Way::Offer),
			(0, 2, Way::Replace),
			(1, 2, Way::Replace),
			(2, 3, Way::Replace),
		] {
			assert_eq!(way(&note(known), current), expected, "{known} {current}");
		}
	}

	#[test]
	fn failure_should_end_the_service_unless_it_may_pass() {
		for failure in [
			Failure::environment("Node", ""),
			Failure::environment("NodeAnswer", ""),
			Failure::environment("VaultUnreachable", ""),
			Failure::environment("Vault.busy", ""),
			Failure::environment("Vault.storage_full", ""),
		] {
			assert!(passes(&failure), "{failure}");
		}
		for failure in [
			Failure::environment("OtherRuntime", ""),
			Failure::environment("File", ""),
			Failure::refused("Vault.token_required", ""),
			Failure::usage(""),
		] {
			assert!(!passes(&failure), "{failure}");
		}
	}

	#[test]
	fn log_should_name_the_entry_and_not_the_reader() {
		let reader = sp_runtime::AccountId32::new([3; 32]);
		let job = Job {
			patient: PatientId([1; 16]),
			wrap: WrapAddress {
				record: assent_policy::RecordId([0x22; 16]),
				version: 4,
				reader: reader.clone(),
			},
			asked: (Purpose::Treatment, Action::Access),
			entry: Hash::repeat_byte(7),
			block: 9,
		};
		let text = told(&job);
		assert!(text.contains(&"22".repeat(16)) && text.contains(&"07".repeat(32)));
		for hidden in [reader.to_string(), "03".repeat(32), "01".repeat(16)] {
			assert!(!text.contains(&hidden), "{text}");
		}
	}
}
