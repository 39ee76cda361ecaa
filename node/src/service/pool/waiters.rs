//! The waiting transactions, counted by principal.

use assent_policy::{OrganisationId, PatientId};
use pallet_allowance::{invalid::Cause, Principal, Urgency, Waiting};
use sp_runtime::AccountId32;
use std::{
	collections::HashMap,
	hash::Hash,
	time::{Duration, Instant},
};

/// The maximum number of transactions, other than withdrawals, that wait for a patient id. A batch
/// is one transaction, so people need few.
pub const PER_PATIENT: usize = 24;
/// The maximum number of withdrawals and resignations of an account that wait: one for each directive
/// that can be in force. The number counts by account: a delegate who floods the pool must not keep
/// the patient from withdrawing, and an organisation must not keep an account from resigning.
pub const WITHDRAWALS_PER_ACCOUNT: usize = assent_policy::MAX_DIRECTIVES as usize;
/// The maximum number of transactions that wait for all patient ids that one organisation enrolled.
/// Withdrawals do not count.
pub const PER_ENROLLER: usize = 512;
/// The maximum number of transactions that wait for an organisation's own accounts.
pub const PER_ORGANISATION: usize = 512;
/// The places among these that only emergencies and the consortium's own affairs may take. A stolen
/// key that floods the pool must not keep the organisation from revoking, nor from an emergency.
pub const RESERVED: usize = 64;

/// The least time between two looks at the whole pool that are due to a refusal. Without the pause,
/// a flood of refused transactions would make the node look at the whole pool for each.
const PAUSE: Duration = Duration::from_millis(500);
/// The growth since the last look at the whole pool that makes another look due. The growth bounds
/// the memory while no blocks come.
const GROWTH: usize = 1024;

/// A number of transactions with a bound.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Tally {
	Patient(PatientId),
	Withdrawals(AccountId32),
	Enroller(OrganisationId),
	Organisation(OrganisationId),
	/// Of an organisation's own accounts, and without urgency or with the urgency of an access.
	Ordinary(OrganisationId),
}

impl Tally {
	/// The numbers in which the transaction counts. No organisation's bound refuses a withdrawal, so
	/// a withdrawal counts in no organisation's number.
	fn of(waiting: &Waiting) -> impl Iterator<Item = Self> {
		let tallies = match (waiting.principal, waiting.urgency) {
			(_, Urgency::Withdrawal) => [Some(Self::Withdrawals(waiting.signer.clone())), None],
			(Principal::Nobody, _) => [None, None],
			(Principal::Patient { id, enrolled_by }, _) => {
				[Some(Self::Patient(id)), Some(Self::Enroller(enrolled_by))]
			}
			(Principal::Organisation(id), Urgency::Emergency | Urgency::Governance) => {
				[Some(Self::Organisation(id)), None]
			}
			(Principal::Organisation(id), _) => {
				[Some(Self::Organisation(id)), Some(Self::Ordinary(id))]
			}
		};
		tallies.into_iter().flatten()
	}

	/// The bound, and the cause of a refusal above the bound.
	const fn bound(&self) -> (usize, Cause) {
		match self {
			Self::Patient(_) => (PER_PATIENT, Cause::TooManyOfPatient),
			Self::Withdrawals(_) => (WITHDRAWALS_PER_ACCOUNT, Cause::TooManyWithdrawals),
			Self::Enroller(_) => (PER_ENROLLER, Cause::TooManyOfEnrolled),
			Self::Organisation(_) => (PER_ORGANISATION, Cause::TooManyOfOrganisation),
			Self::Ordinary(_) => (PER_ORGANISATION - RESERVED, Cause::TooManyOfOrganisation),
		}
	}
}

/// The account and the number of a transaction. The pool keeps one ready transaction for each, and
/// any number of future ones.
type Slot = (AccountId32, u32);

fn slot(waiting: &Waiting) -> Slot {
	(waiting.signer.clone(), waiting.nonce)
}

/// A transaction in the pool.
struct Held {
	/// `None` for a transaction that counts for nobody.
	waiting: Option<Waiting>,
	/// The look at the whole pool before this transaction came.
	look: u64,
}

/// The transactions in the pool, by hash.
pub struct Waiters<H> {
	held: HashMap<H, Held>,
	slots: HashMap<Slot, Vec<H>>,
	counts: HashMap<Tally, usize>,
	/// The number of looks at the whole pool, the moment of the last look, and the number of
	/// transactions that the look left.
	looks: u64,
	looked: Instant,
	left: usize,
}

impl<H: Hash + Eq + Clone> Waiters<H> {
	/// Nobody waits.
	pub fn new() -> Self {
		Self {
			held: HashMap::new(),
			slots: HashMap::new(),
			counts: HashMap::new(),
			looks: 0,
			looked: Instant::now(),
			left: 0,
		}
	}

	/// The transactions of the same account and number.
	pub fn beside(&self, waiting: &Waiting) -> Vec<H> {
		self.slots.get(&slot(waiting)).cloned().unwrap_or_default()
	}

	/// The cause for which the transaction may not come in. The transaction that this one replaces
	/// does not count.
	pub fn over(&self, waiting: &Waiting, replaced: Option<&H>) -> Option<Cause> {
		let replaced = replaced.and_then(|hash| self.held.get(hash)?.waiting.as_ref());
		Tally::of(waiting).find_map(|tally| {
			let spared = replaced.is_some_and(|held| Tally::of(held).any(|other| other == tally));
			let count = self.counts.get(&tally).copied().unwrap_or_default();
			let (bound, cause) = tally.bound();
			(count.saturating_sub(spared.into()) >= bound).then_some(cause)
		})
	}

	/// Whether the transaction is known.
	pub fn knows(&self, hash: &H) -> bool {
		self.held.contains_key(hash)
	}

	/// Notes a transaction that is in the pool.
	pub fn insert(&mut self, hash: H, waiting: Option<Waiting>) {
		if let Some(held) = self.held.get_mut(&hash) {
			held.look = self.looks;
			return;
		}
		if let Some(waiting) = &waiting {
			self.slots.entry(slot(waiting)).or_default().push(hash.clone());
			for tally in Tally::of(waiting) {
				*self.counts.entry(tally).or_default() += 1;
			}
		}
		self.held.insert(hash, Held { waiting, look: self.looks });
	}

	/// Forgets a transaction that is in the pool no longer.
	pub fn remove(&mut self, hash: &H) {
		let Some(waiting) = self.held.remove(hash).and_then(|held| held.waiting) else {
			return;
		};
		for tally in Tally::of(&waiting) {
			if let Some(count) = self.counts.get_mut(&tally) {
				*count -= 1;
				if *count == 0 {
					self.counts.remove(&tally);
				}
			}
		}
		let slot = slot(&waiting);
		if let Some(hashes) = self.slots.get_mut(&slot) {
			hashes.retain(|other| other != hash);
			if hashes.is_empty() {
				self.slots.remove(&slot);
			}
		}
	}

	/// Whether a refusal is reason enough for a look at the whole pool.
	pub fn stale(&self) -> bool {
		self.looked.elapsed() >= PAUSE
	}

	/// Whether the number of transactions is reason enough for a look at the whole pool.
	pub fn grown(&self) -> bool {
		self.held.len() >= 2 * self.left + GROWTH
	}

	/// Begins a look at the whole pool. Returns the number of the look.
	pub fn begin_look(&mut self) -> u64 {
		self.looks += 1;
		self.looked = Instant::now();
		self.looks
	}

	/// Ends a look at the whole pool: forgets the transactions that the look did not find. A
	/// transaction that came during the look stays.
	pub fn end_look(&mut self, look: u64, found: impl Fn(&H) -> bool) {
		let gone: Vec<H> = self
			.held
			.iter()
			.filter(|(hash, held)| held.look < look && !found(hash))
			.map(|(hash, _)| hash.clone())
			.collect();
		for hash in gone {
			self.remove(&hash);
		}
		self.left = self.held.len();
	}

	/// The number of transactions.
	#[cfg(test)]
	pub fn len(&self) -> usize {
		self.held.len()
	}
}
