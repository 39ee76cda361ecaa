//! The council: one seat per member organisation. The council dispatches with its own origin, never
//! as root. Two thirds may enact the calls that `calls::Enactable` lists, after a public delay.

use crate::{
	calls::AlwaysAllowed, AccountId, OriginCaller, Preimage, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeHoldReason, RuntimeOrigin, System, DAYS, HOURS,
};
use assent_support::NoCurrency;
use core::cmp::Ordering;
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOf, MapSuccess, NeverEnsureOrigin, PrivilegeCmp},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, RawOrigin};
use sp_runtime::{traits::Replace, Perbill};

/// The council's instance of the collective.
pub type CouncilInstance = pallet_collective::Instance1;
/// Two thirds of the council.
pub type TwoThirds = pallet_collective::EnsureProportionAtLeast<AccountId, CouncilInstance, 2, 3>;
/// Root (through `consortium.enact`) or two thirds of the council at once.
pub type RootOrTwoThirds = EitherOf<EnsureRoot<AccountId>, TwoThirds>;

parameter_types! {
	/// The time for which a motion is open.
	pub const MotionDuration: u32 = 3 * DAYS;
	/// The largest weight of one motion: half a block.
	pub MaxProposalWeight: Weight =
		Perbill::from_percent(50) * super::system::MAXIMUM_BLOCK_WEIGHT;
	/// The largest weight of scheduled calls in one block: half of the block.
	pub MaximumSchedulerWeight: Weight =
		Perbill::from_percent(50) * super::system::MAXIMUM_BLOCK_WEIGHT;
	/// Safe mode lasts six hours unless it is ended or extended.
	pub const SafeModeDuration: u32 = 6 * HOURS;
}

impl pallet_collective::Config<CouncilInstance> for Runtime {
	type Consideration = ();
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type MaxMembers = ConstU32<100>;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxProposals = ConstU32<32>;
	type MotionDuration = MotionDuration;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	/// Seats follow membership, and `pallet-consortium` alone changes membership.
	type SetMembersOrigin = NeverEnsureOrigin<()>;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
}

/// Two thirds of the council may call off a call that waits as root's. Two thirds enacted the
/// waiting call. An enacted call that calls off another call would wait as long as the other call,
/// and come too late.
pub struct CouncilCallsOff;

impl PrivilegeCmp<OriginCaller> for CouncilCallsOff {
	fn cmp_privilege(left: &OriginCaller, right: &OriginCaller) -> Option<Ordering> {
		// `ScheduleOrigin` has already required two thirds.
		let calls_off = matches!(
			(left, right),
			(OriginCaller::Council(_), OriginCaller::system(RawOrigin::Root))
		);
		(left == right || calls_off).then_some(Ordering::Equal)
	}
}

impl pallet_scheduler::Config for Runtime {
	type BlockNumberProvider = System;
	type MaxScheduledPerBlock = ConstU32<64>;
	type MaximumWeight = MaximumSchedulerWeight;
	type OriginPrivilegeCmp = CouncilCallsOff;
	type PalletsOrigin = OriginCaller;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	/// For calling off alone. `calls::Refused` refuses every other call of the scheduler.
	type ScheduleOrigin = RootOrTwoThirds;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
}

impl pallet_preimage::Config for Runtime {
	type Consideration = ();
	type Currency = NoCurrency<RuntimeHoldReason>;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// Safe mode cannot be bought: there is no token.
	pub const NoDeposit: Option<u128> = None;
	/// No deposit is held, so no deposit is released.
	pub const NoRelease: Option<u32> = None;
}

impl pallet_safe_mode::Config for Runtime {
	type Currency = NoCurrency<RuntimeHoldReason>;
	type EnterDepositAmount = NoDeposit;
	type EnterDuration = SafeModeDuration;
	type ExtendDepositAmount = NoDeposit;
	type ExtendDuration = SafeModeDuration;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type ForceEnterOrigin = EitherOf<
		EnsureRootWithSuccess<AccountId, SafeModeDuration>,
		MapSuccess<TwoThirds, Replace<SafeModeDuration>>,
	>;
	type ForceExitOrigin = RootOrTwoThirds;
	type ForceExtendOrigin = EitherOf<
		EnsureRootWithSuccess<AccountId, SafeModeDuration>,
		MapSuccess<TwoThirds, Replace<SafeModeDuration>>,
	>;
	type Notify = ();
	type ReleaseDelay = NoRelease;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WeightInfo = pallet_safe_mode::weights::SubstrateWeight<Runtime>;
	type WhitelistedCalls = AlwaysAllowed;
}

impl pallet_tx_pause::Config for Runtime {
	type MaxNameLen = ConstU32<64>;
	type PauseOrigin = RootOrTwoThirds;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type UnpauseOrigin = RootOrTwoThirds;
	type WeightInfo = pallet_tx_pause::weights::SubstrateWeight<Runtime>;
	type WhitelistedCalls = AlwaysAllowed;
}
