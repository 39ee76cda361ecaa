//! A runtime with the real session pallet, its historical roots, and the real offences.

use crate as pallet_validators;
use assent_policy::{Moment, OrganisationId};
use assent_support::NoCurrency;
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{ConstU128, ConstU64, KeyOwnerProofSystem, OnInitialize},
};
use frame_system::{limits::BlockWeights, EnsureRoot};
use sp_runtime::{
	impl_opaque_keys,
	key_types::DUMMY,
	testing::{TestSignature, UintAuthorityId},
	traits::IdentityLookup,
	AccountId32, BuildStorage, Perbill,
};
use sp_staking::{
	offence::{Offence, OffenceError, OffenceSeverity, ReportOffence},
	SessionIndex,
};

pub use assent_support::testing::world::{account, World};

type Block = frame_system::mocking::MockBlockU32<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Validators: pallet_validators,
		Session: pallet_session,
		Historical: pallet_session::historical,
		Offences: pallet_offences,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Block = Block;
	type BlockWeights = Weights;
	type DbWeight = frame_support::weights::constants::ParityDbWeight;
	type Lookup = IdentityLookup<AccountId32>;
}

impl pallet_timestamp::Config for Test {
	type MinimumPeriod = ConstU64<1>;
	type Moment = Moment;
	type OnTimestampSet = ();
	type WeightInfo = ();
}

impl_opaque_keys! {
	pub struct MockSessionKeys {
		pub dummy: UintAuthorityId,
	}
}

parameter_types! {
	/// Tests of `integrity_test` and `try_state` change these.
	pub static MinValidators: u32 = 4;
	pub static MaxValidators: u32 = 7;
	pub static MaxPerOrganisation: u32 = 2;
	pub const KeepSessions: u32 = 3;
	pub static Weights: BlockWeights = BlockWeights::default();
	pub const Period: u32 = PERIOD;
	pub const Offset: u32 = 0;
}

impl pallet_session::Config for Test {
	type Currency = NoCurrency<RuntimeHoldReason>;
	type DisablingStrategy = pallet_session::disabling::UpToLimitDisablingStrategy;
	type KeyDeposit = ConstU128<0>;
	type Keys = MockSessionKeys;
	type NextSessionRotation = pallet_session::PeriodicSessions<Period, Offset>;
	type RuntimeEvent = RuntimeEvent;
	type SessionHandler = pallet_session::TestSessionHandler;
	type SessionManager = pallet_session::historical::NoteHistoricalRoot<Test, Validators>;
	type ShouldEndSession = pallet_session::PeriodicSessions<Period, Offset>;
	type ValidatorId = AccountId32;
	type ValidatorIdOf = crate::ValidatorOf<Test>;
	type WeightInfo = ();
}

impl pallet_session::historical::Config for Test {
	type FullIdentification = AccountId32;
	type FullIdentificationOf = crate::ValidatorOf<Test>;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_offences::Config for Test {
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Test>;
	type OnOffenceHandler = Validators;
	type RuntimeEvent = RuntimeEvent;
}

impl crate::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId32>;
	type KeepSessions = KeepSessions;
	type MaxPerOrganisation = MaxPerOrganisation;
	type MaxValidators = MaxValidators;
	type Members = World;
	type MinValidators = MinValidators;
	type Session = Session;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks set up the session.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper for Fixture {
	fn organisation(number: u32) -> OrganisationId {
		number
	}

	fn set_keys(validator: &AccountId32, number: u32) {
		let dummy = UintAuthorityId(number.into());
		pallet_session::NextKeys::<Test>::insert(validator, MockSessionKeys { dummy });
	}

	fn run(validators: Vec<AccountId32>, last_disabled: bool) {
		let last = validators.len() as u32 - 1;
		let others = last / 3 - u32::from(last >= 3);
		let disabled: Vec<_> = (0..others)
			.chain(last_disabled.then_some(last))
			.map(|index| (index, OffenceSeverity::max_severity()))
			.collect();
		pallet_session::Validators::<Test>::put(validators);
		pallet_session::DisabledValidators::<Test>::put(disabled);
	}
}

/// Two conflicting votes of a validator in a round.
#[derive(Clone, Encode, Decode)]
pub struct Equivocation {
	pub offender: AccountId32,
	pub session: SessionIndex,
	pub round: u64,
}

impl Offence<(AccountId32, AccountId32)> for Equivocation {
	const ID: [u8; 16] = *b"test:equivocatio";
	type Slot = (SessionIndex, u64);

	fn offenders(&self) -> Vec<(AccountId32, AccountId32)> {
		vec![(self.offender.clone(), self.offender.clone())]
	}
	fn session_index(&self) -> SessionIndex {
		self.session
	}
	fn validator_set_count(&self) -> u32 {
		4
	}
	fn slot(&self) -> Self::Slot {
		(self.session, self.round)
	}
	fn slash_fraction(&self, _: u32) -> Perbill {
		Perbill::from_percent(100)
	}
}

pub const PERIOD: u32 = 5;

/// The validator of organisation `n` at genesis, for `n` from 0 to 3; another one otherwise.
pub const fn validator(n: u8) -> AccountId32 {
	account(100 + n)
}

/// The first `n` validators.
pub fn first(n: u8) -> Vec<AccountId32> {
	(0..n).map(validator).collect()
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Sets session keys as the validator's operator does, with proof of possession.
pub fn set_keys(who: AccountId32, key: u64) -> sp_runtime::DispatchResult {
	let proof = TestSignature(key, who.encode()).encode();
	Session::set_keys(signed(who), MockSessionKeys { dummy: UintAuthorityId(key) }, proof)
}

/// Adds validator `n` of organisation `n` and sets its keys.
pub fn join(n: u8) {
	assert_ok!(Validators::add(root(), u32::from(n), validator(n)));
	assert_ok!(set_keys(validator(n), u64::from(n)));
}

pub fn report(
	offender: AccountId32,
	session: SessionIndex,
	round: u64,
) -> Result<(), OffenceError> {
	Offences::report_offence(vec![], Equivocation { offender, session, round })
}

/// Lets blocks pass until the session has changed `times` times.
pub fn pass_sessions(times: u32) {
	let end = Session::current_index() + times;
	while Session::current_index() < end {
		let next = System::block_number() + 1;
		System::set_block_number(next);
		Session::on_initialize(next);
	}
}

/// The validators of the running session.
pub fn running() -> Vec<AccountId32> {
	Session::validators()
}

/// The validators of the next session.
pub fn queued() -> Vec<AccountId32> {
	Session::queued_keys().into_iter().map(|(validator, _)| validator).collect()
}

/// The disabled validators of the running session.
pub fn disabled() -> Vec<AccountId32> {
	let running = running();
	Session::disabled_validators()
		.into_iter()
		.map(|index| running[index as usize].clone())
		.collect()
}

/// Whether the owner of a key in the running session can be proven, with a proof made now.
pub fn proves(key: u64, owner: AccountId32) -> bool {
	let key = (DUMMY, UintAuthorityId(key));
	Historical::prove(key.clone())
		.and_then(|proof| Historical::check_proof(key, proof))
		.is_some_and(|(found, _)| found == owner)
}

pub fn has_event(event: crate::Event<Test>) -> bool {
	System::events().iter().any(|record| record.event == event.clone().into())
}

pub fn assert_last_event(event: crate::Event<Test>) {
	System::assert_last_event(event.into());
}

pub struct ExtBuilder {
	pub validators: Vec<(AccountId32, OrganisationId)>,
	pub keys: Vec<AccountId32>,
}

impl Default for ExtBuilder {
	/// Four validators of four organisations.
	fn default() -> Self {
		Self::of(4)
	}
}

impl ExtBuilder {
	pub fn of(n: u8) -> Self {
		Self { validators: (0..n).map(|n| (validator(n), u32::from(n))).collect(), keys: first(n) }
	}

	pub fn validator(mut self, who: AccountId32, organisation: OrganisationId) -> Self {
		self.validators.push((who, organisation));
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		// Organisations 0 to 9 are members.
		World::reset(0..10);
		MinValidators::set(4);
		MaxValidators::set(7);
		MaxPerOrganisation::set(2);
		let key = |who: &AccountId32| {
			let number = <AccountId32 as AsRef<[u8; 32]>>::as_ref(who)[0] - 100;
			MockSessionKeys { dummy: UintAuthorityId(number.into()) }
		};
		RuntimeGenesisConfig {
			validators: crate::GenesisConfig {
				validators: self.validators,
				_config: Default::default(),
			},
			session: pallet_session::GenesisConfig {
				keys: self.keys.iter().map(|who| (who.clone(), who.clone(), key(who))).collect(),
				..Default::default()
			},
			..Default::default()
		}
		.build_storage()
		.unwrap()
		.into()
	}

	/// Runs a test from the first block of session 1 on. Checks the state at the end.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			pass_sessions(1);
			test();
			Validators::do_try_state().unwrap();
		});
	}
}

/// A state for the benchmarks.
pub fn benchmarks() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}
