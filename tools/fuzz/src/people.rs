//! Who acts, and the small pools of identifiers that calls share.

use assent_policy::{PatientId, RecordId, Token};
use assent_runtime::{genesis::members::MEMBERS, AccountId};
use sp_core::{sr25519, Pair};

/// How many patient ids there are. Fewer than patients' accounts, so that they are fought for.
pub const PATIENTS: u8 = 6;
/// How many record ids there are.
pub const RECORDS: u8 = 8;
/// How many blinded codes there are.
pub const TOKENS: u8 = 4;
/// How many accounts there are beside those of the members.
const OTHERS: usize = 16;

/// The numbers of those who have a part in what happened before an input begins.
pub mod cast {
	use super::MEMBERS;

	/// The first account that is no member's.
	const FIRST: usize = 2 * MEMBERS.len();
	/// A clinician of the first member.
	pub const CLINICIAN: usize = FIRST;
	/// A clinician of the second member who may declare emergencies.
	pub const EMERGENCY: usize = FIRST + 1;
	/// A researcher of the third member.
	pub const RESEARCHER: usize = FIRST + 2;
	/// The controller of the first patient; those of three others follow.
	pub const CONTROLLERS: usize = FIRST + 3;
	/// A guardian of the first two patients.
	pub const GUARDIAN: usize = FIRST + 7;
	/// Another guardian of the first patient.
	pub const SECOND_GUARDIAN: usize = FIRST + 8;
	/// Proposed as a guardian of the second patient.
	pub const PROPOSED: usize = FIRST + 9;
	/// A delegate of the first two patients.
	pub const DELEGATE: usize = FIRST + 10;
	/// The account that is to take over the third patient.
	pub const SUCCESSOR: usize = FIRST + 11;
	/// A clinician of the fourth member who may declare emergencies and justified none.
	pub const FORGETFUL: usize = FIRST + 12;
	/// The account that is proposed to take over the first patient.
	pub const HEIR: usize = FIRST + 13;
	/// An agent of the first member.
	pub const AGENT: usize = FIRST + 14;
}

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
