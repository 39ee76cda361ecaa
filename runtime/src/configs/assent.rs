//! Assent's own pallets, and the connections between the pallets.

use super::governance::TwoThirds;
use crate::{
	calls::{Enactable, Urgencies, Withdrawals},
	payer::{HasPayer, Payers},
	weights, Acceptances, AccountId, Consortium, Council, Emergencies, Patients, Preimage, Records,
	Runtime, RuntimeCall, Scheduler, Session, Timestamp, Trail, Validators, HOURS, MINUTES,
};
use alloc::vec::Vec;
use assent_policy::OrganisationId;
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_records::crypto::AttestationPublic;
use sp_core::crypto::ByteArray;

/// The key under which the node gives the operator's list of vaults to the off-chain worker.
pub use pallet_records::worker::ALLOWED_HOSTS as ALLOWED_VAULTS_KEY;

impl pallet_trail::Config for Runtime {
	type Time = Timestamp;
	type WeightInfo = weights::pallet_trail::WeightInfo<Runtime>;
}

parameter_types! {
	/// A listed call that two thirds enacted waits an hour in public, unless the genesis sets
	/// another delay.
	pub const EnactDelay: u32 = HOURS;
	/// The shortest delay that can be set: 20 seconds. A delay so short is for trials.
	pub const MinEnactDelay: u32 = MINUTES / 3;
	/// The largest weight of an enacted call: half of the weight of scheduled calls in one block.
	pub MaxEnactWeight: Weight = super::governance::MaximumSchedulerWeight::get() / 2;
}

impl pallet_consortium::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type AdminOrigin = EnsureRoot<AccountId>;
	type Council = Council;
	type CouncilOrigin = TwoThirds;
	type EnactDelay = EnactDelay;
	type Enactable = Enactable;
	type MaxEnactWeight = MaxEnactWeight;
	type MaxOrganisations = ConstU32<100>;
	type MinEnactDelay = MinEnactDelay;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type Scheduler = Scheduler;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_consortium::WeightInfo<Runtime>;
}

impl pallet_patients::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type Members = Consortium;
	/// A proposed recovery or a reported condition lapses after thirty days if nobody joins.
	type ProposalPeriod = ConstU64<{ 30 * DAY }>;
	/// The patient has a week to notice and veto a recovery.
	type RecoveryDelay = ConstU64<{ 7 * DAY }>;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_patients::WeightInfo<Runtime>;
}

/// Attestation keys are session keys, so the session tells the owner of a key.
pub struct AttestationKeys;

impl pallet_records::Attestors for AttestationKeys {
	fn organisation(key: &AttestationPublic) -> Option<OrganisationId> {
		let validator = Session::key_owner(pallet_records::crypto::KEY_TYPE, key.as_slice())?;
		Validators::attestor(&validator)
	}

	fn organisations() -> Vec<OrganisationId> {
		Validators::organisations()
	}
}

/// The addresses of the vaults, as approved by the council.
pub struct ApprovedEndpoints;

impl pallet_records::Endpoints for ApprovedEndpoints {
	fn url(organisation: OrganisationId) -> Option<Vec<u8>> {
		Consortium::endpoint(organisation).map(|url| url.into_inner())
	}
}

impl pallet_records::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type AdminOrigin = EnsureRoot<AccountId>;
	/// Two minutes: the delay of a pool, and no longer.
	type AttestationLifetime = ConstU32<{ 2 * MINUTES }>;
	/// Below withdrawals and emergencies, and above calls that are less urgent for people.
	type AttestationPriority = ConstU64<{ pallet_allowance::priority::GOVERNANCE }>;
	type Attestors = AttestationKeys;
	type Endpoints = ApprovedEndpoints;
	/// 4 GiB.
	type MaxDocumentSize = ConstU64<{ 4 << 30 }>;
	type MayHoldKey = HasPayer;
	type Members = Consortium;
	type Patients = Patients;
	/// Six hours, unless the genesis or the council sets another period.
	type RecheckPeriod = ConstU32<{ 6 * HOURS }>;
	/// The workers see a repair within ten minutes.
	type RecoveryPeriod = ConstU32<{ 10 * MINUTES }>;
	type ReviseAfter = ConstU32<{ 5 * MINUTES }>;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_records::WeightInfo<Runtime>;
}

/// A day in milliseconds, the unit of the pallets' wall clock.
const DAY: u64 = 24 * 60 * 60 * 1000;

impl pallet_consent::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	/// Some seven minutes. Every node keeps the state of 256 blocks at least.
	type DeliveryWindow = ConstU32<200>;
	type Emergencies = Emergencies;
	type Members = Consortium;
	type Patients = Patients;
	type Acceptances = Acceptances;
	type Records = Records;
	/// A request without an answer lapses after thirty days.
	type RequestPeriod = ConstU64<{ 30 * DAY }>;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_consent::WeightInfo<Runtime>;
}

impl pallet_acceptances::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type Members = Consortium;
	type Patients = Patients;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_acceptances::WeightInfo<Runtime>;
}

impl pallet_emergencies::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type AdminOrigin = EnsureRoot<AccountId>;
	/// One hospital may have all four hundred emergencies of a consortium's bad day, and some more.
	type DefaultOrganisationCap = ConstU32<500>;
	/// Ten seconds.
	type DrawDelay = ConstU32<5>;
	type JustificationPeriod = ConstU64<{ 3 * DAY }>;
	type MaxActive = ConstU32<4>;
	type MaxOfDay = ConstU32<24>;
	/// As many as in a whole day. Paperwork of the same day must not keep a practitioner from a
	/// patient.
	type MaxUnjustified = ConstU32<24>;
	type Members = Consortium;
	type Patients = Patients;
	type Reviewers = Consortium;
	type ReviewPeriod = ConstU64<{ 14 * DAY }>;
	type Time = Timestamp;
	type Trail = Trail;
	type WeightInfo = weights::pallet_emergencies::WeightInfo<Runtime>;
}

/// A thousandth of a second of execution, in the buckets' unit (picoseconds).
const MILLISECOND: u64 = 1_000_000_000;

parameter_types! {
	/// A patient: a handful of grants at once, even at the largest declared weight. Most of the
	/// declared weight is given back. Then one grant every few blocks.
	pub const PatientLimit: pallet_allowance::Limit =
		pallet_allowance::Limit { capacity: 400 * MILLISECOND, refill: MILLISECOND };
	/// A practitioner: a busy hour of accesses at once, then one access a block.
	pub const PractitionerLimit: pallet_allowance::Limit =
		pallet_allowance::Limit { capacity: 400 * MILLISECOND, refill: 2 * MILLISECOND };
	/// An organisation's controller or agent.
	pub const AgentLimit: pallet_allowance::Limit =
		pallet_allowance::Limit { capacity: 1_000 * MILLISECOND, refill: 20 * MILLISECOND };
	/// All of an organisation's accounts: four blocks' worth at once, then 4% of each block.
	pub const OrganisationLimit: pallet_allowance::Limit =
		pallet_allowance::Limit { capacity: 4_000 * MILLISECOND, refill: 40 * MILLISECOND };
	/// A validator's account, which sets session keys.
	pub const ValidatorLimit: pallet_allowance::Limit =
		pallet_allowance::Limit { capacity: 50 * MILLISECOND, refill: MILLISECOND / 10 };
}

impl pallet_allowance::Config for Runtime {
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Fullest;
	type AgentLimit = AgentLimit;
	/// A transaction of this length holds the fullest directive a dozen times. The transactions of
	/// one account that may wait in the pool take a megabyte. The pool has twenty.
	type MaxLength = ConstU32<{ 64 * 1024 }>;
	type MaxPending = ConstU32<16>;
	type OrganisationLimit = OrganisationLimit;
	type PatientLimit = PatientLimit;
	/// A block holds 5 MiB and one second: 200 nanoseconds a byte.
	type PerByte = ConstU64<200_000>;
	type PractitionerLimit = PractitionerLimit;
	type Priority = Urgencies;
	type Payers = Payers;
	type ValidatorLimit = ValidatorLimit;
	type WeightInfo = weights::pallet_allowance::WeightInfo<Runtime>;
	type Withdrawal = Withdrawals;
}
