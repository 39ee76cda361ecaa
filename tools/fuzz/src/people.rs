//! The accounts that act, and the small pools of identifiers that calls share.

use assent_policy::{PatientId, RecordId, Token};
use assent_runtime::{genesis::members::MEMBERS, AccountId};
use sp_core::{sr25519, Pair};

/// The number of patient ids. The accounts are more than the ids, so accounts compete for ids.
pub const PATIENTS: u8 = 6;
/// The number of record ids.
pub const RECORDS: u8 = 8;
/// The number of blinded codes.
pub const TOKENS: u8 = 4;
/// The number of accounts beside those of the members.
const OTHERS: usize = 16;

/// The numbers of the accounts that act in the prelude.
pub mod cast {
	use super::MEMBERS;

	/// The first account that belongs to no member.
	const FIRST: usize = 2 * MEMBERS.len();
	/// A clinician of the first member.
	pub const CLINICIAN: usize = FIRST;
	/// A clinician of the second member who may declare emergencies.
	pub const EMERGENCY: usize = FIRST + 1;
	/// A researcher of the third member.
	pub const RESEARCHER: usize = FIRST + 2;
	/// The controller of the first patient. The controllers of three other patients follow.
	pub const CONTROLLERS: usize = FIRST + 3;
	/// A guardian of the first two patients.
	pub const GUARDIAN: usize = FIRST + 7;
	/// Another guardian of the first patient.
	pub const SECOND_GUARDIAN: usize = FIRST + 8;
	/// The account that is proposed as a guardian of the second patient.
	pub const PROPOSED: usize = FIRST + 9;
	/// A delegate of the first two patients.
	pub const DELEGATE: usize = FIRST + 10;
	/// The account that is to take over the third patient.
	pub const SUCCESSOR: usize = FIRST + 11;
	/// A clinician of the fourth member who may declare emergencies and justified no
	/// emergency.
	pub const FORGETFUL: usize = FIRST + 12;
	/// The account that is proposed to take over the first patient.
	pub const HEIR: usize = FIRST + 13;
	/// An agent of the first member.
	pub const AGENT: usize = FIRST + 14;
}

/// Every account that can sign: the controllers of the members, the validators of the members,
/// and other accounts. The other accounts become practitioners, patients or guardians, or stay
/// strangers.
pub struct People {
	pairs: Vec<sr25519::Pair>,
}

impl Default for People {
	fn default() -> Self {
		let controllers = MEMBERS.iter().map(|member| member.seed.to_string());
		let validators = MEMBERS.iter().map(|member| format!("{}//validator", member.seed));
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
	/// The number of accounts.
	pub fn len(&self) -> usize {
		self.pairs.len()
	}

	/// Whether no account exists: always false.
	pub fn is_empty(&self) -> bool {
		self.pairs.is_empty()
	}

	/// The key of the account with this number. A number past the end begins anew.
	pub fn pair(&self, number: usize) -> &sr25519::Pair {
		&self.pairs[number % self.pairs.len()]
	}

	/// The account with this number.
	pub fn account(&self, number: usize) -> AccountId {
		self.pair(number).public().into()
	}

	/// All accounts.
	pub fn accounts(&self) -> impl Iterator<Item = AccountId> + '_ {
		(0..self.len()).map(|number| self.account(number))
	}

	/// The key of an account, if the account is one of the pool.
	pub fn key_of(&self, account: &AccountId) -> Option<&sr25519::Pair> {
		self.pairs.iter().find(|pair| AccountId::from(pair.public()) == *account)
	}

	/// The keys of the validators. Each key is also the attestation key of the validator.
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
