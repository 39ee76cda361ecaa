//! Who acts, and the small pools of identifiers that calls share.

use assent_policy::{PatientId, RecordId, Token};
use assent_runtime::{identities::MEMBERS, AccountId};
use sp_core::{sr25519, Pair};

/// How many patient ids there are. Fewer than patients' accounts, so that they are fought for.
pub const PATIENTS: u8 = 6;
/// How many record ids there are.
pub const RECORDS: u8 = 8;
/// How many blinded codes there are.
pub const TOKENS: u8 = 4;
/// How many accounts there are beside those of the members.
const OTHERS: usize = 12;

/// Everybody who can sign: the members' controllers, their validators, and accounts that
/// become practitioners, patients, guardians, or stay strangers.
pub struct People {
	pairs: Vec<sr25519::Pair>,
}

impl Default for People {
	fn default() -> Self {
		let controllers = MEMBERS.iter().map(|member| member.seed.to_string());
		let validators = MEMBERS
			.iter()
			.map(|member| format!("{}//validator", member.seed));
		let others = (0..OTHERS).map(|number| format!("//Fuzz//{number}"));
		let pairs = controllers
			.chain(validators)
			.chain(others)
			.map(|seed| sr25519::Pair::from_string(&seed, None).expect("a seed of ours"))
			.collect();
		Self { pairs }
	}
}

impl People {
	/// How many there are.
	pub fn len(&self) -> usize {
		self.pairs.len()
	}

	/// Whether there is nobody: never.
	pub fn is_empty(&self) -> bool {
		self.pairs.is_empty()
	}

	/// One of them; numbers past the end begin anew.
	pub fn pair(&self, number: usize) -> &sr25519::Pair {
		&self.pairs[number % self.pairs.len()]
	}

	/// The account of one of them.
	pub fn account(&self, number: usize) -> AccountId {
		self.pair(number).public().into()
	}

	/// All accounts.
	pub fn accounts(&self) -> impl Iterator<Item = AccountId> + '_ {
		(0..self.len()).map(|number| self.account(number))
	}

	/// The key of an account, if it is one of ours.
	pub fn key_of(&self, account: &AccountId) -> Option<&sr25519::Pair> {
		self.pairs
			.iter()
			.find(|pair| AccountId::from(pair.public()) == *account)
	}

	/// The validators' keys, which are their attestation keys too.
	pub fn validators(&self) -> &[sr25519::Pair] {
		&self.pairs[MEMBERS.len()..2 * MEMBERS.len()]
	}

	/// The number of the first account that is no member's.
	pub fn first_other(&self) -> usize {
		2 * MEMBERS.len()
	}
}

/// A patient id of the pool.
pub fn patient(number: u8) -> PatientId {
	PatientId([number % PATIENTS + 1; 16])
}

/// A record id of the pool.
pub fn record(number: u8) -> RecordId {
	RecordId([number % RECORDS + 1; 16])
}

/// A blinded code of the pool.
pub fn token(number: u8) -> Token {
	Token([number % TOKENS + 1; 16])
}
