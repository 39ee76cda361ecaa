//! Making blocks, finalising blocks, and the consequences of an offence.

use crate::{
	weights, AccountId, Aura, Historical, Offences, Runtime, RuntimeEvent, Session, SessionKeys,
	Validators, MINUTES,
};
use frame_support::{
	parameter_types,
	traits::{ConstBool, ConstU128, ConstU32, ConstU64, FindAuthor},
};
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_runtime::{traits::OpaqueKeys, ConsensusEngineId};

/// The largest number of validators.
pub const MAX_VALIDATORS: u32 = 100;

/// The number of sessions of which the chain keeps the validators and their keys: a day of sessions.
const KEPT_SESSIONS: u32 = 720;

parameter_types! {
	/// A session lasts two minutes. A new validator starts within two sessions, and a removed
	/// validator is out within two sessions.
	pub const SessionPeriod: u32 = 2 * MINUTES;
	/// Sessions start at block 0.
	pub const SessionOffset: u32 = 0;
	/// An equivocation can be reported during a day of sessions.
	pub const MaxSetIdSessionEntries: u64 = KEPT_SESSIONS as u64;
	/// The number of blocks for which an equivocation report stays valid.
	pub const ReportLongevity: u64 = KEPT_SESSIONS as u64 * (2 * MINUTES) as u64;
}

/// Ends a session every `SessionPeriod` blocks.
pub type Sessions = pallet_session::PeriodicSessions<SessionPeriod, SessionOffset>;

impl pallet_session::Config for Runtime {
	type Currency = assent_support::NoCurrency<crate::RuntimeHoldReason>;
	type DisablingStrategy = pallet_session::disabling::UpToLimitDisablingStrategy;
	type KeyDeposit = ConstU128<0>;
	type Keys = SessionKeys;
	type NextSessionRotation = Sessions;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Runtime, Validators>;
	type ShouldEndSession = Sessions;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_validators::ValidatorOf<Runtime>;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
}

impl pallet_session::historical::Config for Runtime {
	type FullIdentification = AccountId;
	type FullIdentificationOf = pallet_validators::ValidatorOf<Runtime>;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_aura::Config for Runtime {
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type AuthorityId = AuraId;
	/// A disabled validator's slots stay empty.
	type DisabledValidators = Session;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type SlotDuration = ConstU64<{ crate::MILLISECS_PER_BLOCK }>;
}

/// Names the author of a block by its validator account.
pub struct AuthorOfSlot;

impl FindAuthor<AccountId> for AuthorOfSlot {
	fn find_author<'a, I>(digests: I) -> Option<AccountId>
	where
		I: 'a + IntoIterator<Item = (ConsensusEngineId, &'a [u8])>,
	{
		let index = Aura::find_author(digests)?;
		Session::validators().get(index as usize).cloned()
	}
}

impl pallet_authorship::Config for Runtime {
	type EventHandler = ();
	type FindAuthor = AuthorOfSlot;
}

impl pallet_grandpa::Config for Runtime {
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Runtime, Offences, Historical, ReportLongevity>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl pallet_offences::Config for Runtime {
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Runtime>;
	type OnOffenceHandler = Validators;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_validators::Config for Runtime {
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type KeepSessions = ConstU32<KEPT_SESSIONS>;
	type MaxPerOrganisation = ConstU32<4>;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type Members = crate::Consortium;
	/// With four validators one may fail. With three validators none may fail.
	type MinValidators = ConstU32<4>;
	type Session = Session;
	type WeightInfo = weights::pallet_validators::WeightInfo<Runtime>;
}
