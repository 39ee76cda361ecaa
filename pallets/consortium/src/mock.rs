//! A runtime with the real scheduler, preimages and council.

use crate as pallet_consortium;
use crate::{day_of, Capacity, Consent, GenesisOrganisation, Name, OrganisationKind, Uri, Url};
use assent_policy::{Groups, Moment, OrganisationId, Role, Roles};
use assent_protocol::messages::Engagement;
use codec::Encode;
use frame_support::{
	derive_impl, parameter_types,
	storage::unhashed,
	traits::{ConstU32, ConstU64, Contains, EqualPrivilegeOnly, OnInitialize},
	weights::Weight,
	BoundedVec,
};
use frame_system::{limits::BlockWeights, EnsureRoot};
use sp_core::{sr25519, Pair, H256};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, DispatchResult};
use std::{cell::RefCell, collections::BTreeMap};

pub use assent_support::testing::world::{trail, Entry, Notebook, DAY};

type Block = frame_system::mocking::MockBlockU32<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Scheduler: pallet_scheduler,
		Preimage: pallet_preimage,
		Council: pallet_collective,
		Consortium: pallet_consortium,
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

parameter_types! {
	pub const MaximumSchedulerWeight: Weight = Weight::from_parts(500_000_000_000, 2 * 1024 * 1024);
	pub const MaxEnactWeight: Weight = Weight::from_parts(250_000_000_000, 1024 * 1024);
	/// Tests of `integrity_test` change these values.
	pub static EnactDelay: u32 = DELAY;
	pub static MinEnactDelay: u32 = 2;
	pub static MaxOrganisations: u32 = 5;
	pub static Weights: BlockWeights = BlockWeights::default();
}

impl pallet_scheduler::Config for Test {
	type BlockNumberProvider = System;
	type MaxScheduledPerBlock = ConstU32<3>;
	type MaximumWeight = MaximumSchedulerWeight;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type PalletsOrigin = OriginCaller;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type ScheduleOrigin = EnsureRoot<AccountId32>;
	type WeightInfo = ();
}

impl pallet_preimage::Config for Test {
	type Consideration = ();
	type Currency = ();
	type ManagerOrigin = EnsureRoot<AccountId32>;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
}

impl pallet_collective::Config for Test {
	type Consideration = ();
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type DisapproveOrigin = EnsureRoot<AccountId32>;
	type KillOrigin = EnsureRoot<AccountId32>;
	type MaxMembers = ConstU32<100>;
	type MaxProposalWeight = MaximumSchedulerWeight;
	type MaxProposals = ConstU32<8>;
	type MotionDuration = ConstU32<100>;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type SetMembersOrigin = frame_support::traits::NeverEnsureOrigin<()>;
	type WeightInfo = ();
}

/// Membership and authorised upgrades; remarks and storage writes are not listed.
pub struct Enactable;

impl Contains<RuntimeCall> for Enactable {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(
			call,
			RuntimeCall::Consortium(
				crate::Call::admit { .. }
					| crate::Call::suspend { .. }
					| crate::Call::remove { .. }
			) | RuntimeCall::System(
				frame_system::Call::authorize_upgrade { .. }
					| frame_system::Call::kill_prefix { .. }
					| frame_system::Call::set_heap_pages { .. }
			)
		)
	}
}

impl crate::Config for Test {
	type AdminOrigin = EnsureRoot<AccountId32>;
	type Council = Council;
	type CouncilOrigin = pallet_collective::EnsureProportionAtLeast<AccountId32, (), 2, 3>;
	type EnactDelay = EnactDelay;
	type Enactable = Enactable;
	type MaxEnactWeight = MaxEnactWeight;
	type MaxOrganisations = MaxOrganisations;
	type MinEnactDelay = MinEnactDelay;
	type Preimages = Preimage;
	type RuntimeCall = RuntimeCall;
	type Scheduler = Scheduler;
	type Time = Timestamp;
	type Trail = Notebook;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks set up council and scheduler.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper<Test> for Fixture {
	fn set_time(now: Moment) {
		set_time(now);
	}

	fn open_motions(seats: &[AccountId32]) {
		let hashes: Vec<_> = (0..8).map(H256::repeat_byte).collect();
		for hash in &hashes {
			let votes = (0u32, seats.len() as u32, seats, Vec::<AccountId32>::new(), 100u32);
			let key = pallet_collective::Voting::<Test>::hashed_key_for(hash);
			unhashed::put_raw(&key, &votes.encode());
		}
		pallet_collective::Proposals::<Test>::put(BoundedVec::try_from(hashes).unwrap());
		pallet_collective::Members::<Test>::put(seats.to_vec());
	}

	fn council() -> RuntimeOrigin {
		two_thirds()
	}

	fn enactable() -> RuntimeCall {
		RuntimeCall::Consortium(crate::Call::admit {
			name: name(&"n".repeat(64)),
			kind: OrganisationKind::Hospital,
			controller: stranger(),
		})
	}

	fn fill_agenda(at: u32) {
		for _ in 0..2 {
			frame_support::assert_ok!(Scheduler::schedule(
				root(),
				at,
				None,
				63,
				Box::new(Self::enactable()),
			));
		}
	}
}

pub const DELAY: u32 = 10;
pub const NOW: Moment = 1_700_000_000_000;

/// The founding members, by number, and the accounts that act for them.
pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const INSTITUTE: OrganisationId = 2;

pub fn hospital_controller() -> AccountId32 {
	account(1)
}

pub fn hospital_agent() -> AccountId32 {
	account(11)
}

pub fn clinic_controller() -> AccountId32 {
	account(2)
}

pub fn clinic_agent() -> AccountId32 {
	account(12)
}

pub fn institute_controller() -> AccountId32 {
	account(3)
}

pub fn clinician() -> AccountId32 {
	account(21)
}

pub fn stranger() -> AccountId32 {
	account(99)
}

/// Accounts in the order of the council.
pub fn sorted<const N: usize>(mut accounts: [AccountId32; N]) -> Vec<AccountId32> {
	accounts.sort();
	accounts.to_vec()
}

thread_local! {
	/// Wallets made before: deriving one is slow.
	static WALLETS: RefCell<BTreeMap<u8, sr25519::Pair>> = const { RefCell::new(BTreeMap::new()) };
}

/// The wallet with this number.
pub fn wallet(number: u8) -> sr25519::Pair {
	WALLETS.with_borrow_mut(|wallets| {
		wallets.entry(number).or_insert_with(|| sr25519::Pair::from_seed(&[number; 32])).clone()
	})
}

/// The account of the wallet with this number.
pub fn account(number: u8) -> AccountId32 {
	wallet(number).public().into()
}

/// The wallet of an account that [`account`] made.
fn wallet_of(who: &AccountId32) -> sr25519::Pair {
	let number = (0..=u8::MAX).find(|number| account(*number) == *who);
	wallet(number.expect("an account of the tests"))
}

/// The day of the wall clock.
pub fn today() -> u32 {
	day_of(Timestamp::get())
}

/// The text that an account signs, with the account's present number. A test changes one field.
pub fn engagement<'a>(
	who: &AccountId32,
	organisation: OrganisationId,
	name: &'a str,
	capacity: Capacity,
) -> Engagement<'a> {
	Engagement {
		genesis: System::block_hash(0).0,
		organisation,
		name,
		capacity,
		account: who.clone().into(),
		last_day: today(),
		number: Consortium::engagements(who.clone()),
	}
}

/// The account's signature over the text.
pub fn sign(who: &AccountId32, engagement: &Engagement) -> Consent {
	let signature = wallet_of(who).sign(engagement.message().as_bytes());
	Consent { last_day: engagement.last_day, signature: signature.into() }
}

/// The account's consent to an organisation's engagement, for today. A consent to an unknown
/// organisation names the organisation by no name.
pub fn consent(who: &AccountId32, organisation: OrganisationId, capacity: Capacity) -> Consent {
	let row = Consortium::organisation(organisation);
	let name = row.map_or_else(String::new, |row| String::from_utf8(row.name.into()).unwrap());
	sign(who, &engagement(who, organisation, &name, capacity))
}

/// The controller adds an agent, with the consent of the account to the controller's organisation.
pub fn add_agent(controller: AccountId32, agent: AccountId32) -> DispatchResult {
	let organisation = Consortium::organisation_of(controller.clone()).unwrap_or(HOSPITAL);
	let consent = consent(&agent, organisation, Capacity::Agent);
	Consortium::add_agent(signed(controller), agent, consent)
}

/// A caller credentials an account, with the consent of the account to the caller's organisation.
pub fn credential(
	caller: AccountId32,
	practitioner: AccountId32,
	roles: Roles,
	from: Moment,
	until: Moment,
) -> DispatchResult {
	let organisation = Consortium::organisation_of(caller.clone()).unwrap_or(HOSPITAL);
	let consent = consent(&practitioner, organisation, Capacity::Practitioner);
	Consortium::credential(
		signed(caller),
		practitioner,
		roles,
		no_groups(),
		from,
		until,
		Some(consent),
	)
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// Two of the three seats.
pub fn two_thirds() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId32, ()>::Members(2, 3).into()
}

pub fn name(text: &str) -> Name {
	Name::try_from(text.as_bytes().to_vec()).unwrap()
}

pub fn url(text: &str) -> Url {
	Url::try_from(text.as_bytes().to_vec()).unwrap()
}

pub fn uri(text: &str) -> Uri {
	Uri::try_from(text.as_bytes().to_vec()).unwrap()
}

pub fn roles(roles: &[Role]) -> Roles {
	Roles::try_from(roles.iter().copied().collect::<std::collections::BTreeSet<_>>()).unwrap()
}

pub fn no_groups() -> Groups {
	Groups::default()
}

/// The hospital's credential of a clinician, from now on for a day.
pub fn credential_clinician() {
	frame_support::assert_ok!(credential(
		hospital_agent(),
		clinician(),
		roles(&[Role::Clinician]),
		NOW,
		NOW + DAY,
	));
}

/// Whether the encoded call decodes, as the pool decodes bytes from outside.
pub fn decodes(call: impl Encode) -> bool {
	use codec::DecodeAll;
	RuntimeCall::decode_all(&mut &call.encode()[..]).is_ok()
}

/// Asserts that the last event is the given one.
pub fn assert_last_event(event: crate::Event<Test>) {
	System::assert_last_event(event.into());
}

/// Lets blocks pass. The scheduler works in each block.
pub fn run_to_block(to: u32) {
	while System::block_number() < to {
		let next = System::block_number() + 1;
		System::set_block_number(next);
		Scheduler::on_initialize(next);
	}
}

/// Sets the wall clock.
pub fn set_time(now: Moment) {
	pallet_timestamp::Now::<Test>::put(now);
}

pub fn founder(
	name: &str,
	kind: OrganisationKind,
	controller: AccountId32,
	agents: &[AccountId32],
) -> GenesisOrganisation {
	GenesisOrganisation {
		name: name.into(),
		kind,
		controller,
		agents: agents.to_vec(),
		endpoint: None,
	}
}

pub struct ExtBuilder {
	pub organisations: Vec<GenesisOrganisation>,
	pub enact_delay: Option<u32>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		use OrganisationKind::*;
		Self {
			organisations: vec![
				founder("Hospital", Hospital, hospital_controller(), &[hospital_agent()]),
				founder("Clinic", Hospital, clinic_controller(), &[clinic_agent()]),
				founder("Institute", ResearchInstitute, institute_controller(), &[]),
			],
			enact_delay: None,
		}
	}
}

impl ExtBuilder {
	pub fn empty() -> Self {
		Self { organisations: Vec::new(), enact_delay: None }
	}

	pub fn enact_delay(mut self, blocks: u32) -> Self {
		self.enact_delay = Some(blocks);
		self
	}

	pub fn founder(mut self, founder: GenesisOrganisation) -> Self {
		self.organisations.push(founder);
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		RuntimeGenesisConfig {
			consortium: crate::GenesisConfig {
				organisations: self.organisations,
				enact_delay: self.enact_delay,
				_config: Default::default(),
			},
			..Default::default()
		}
		.build_storage()
		.unwrap()
		.into()
	}

	/// Runs a test in block 1 at `NOW`. Checks the state at the end.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			System::set_block_number(1);
			set_time(NOW);
			test();
			Consortium::do_try_state().unwrap();
		});
	}
}

/// A state for the benchmarks, whose wallets sign with a keystore.
pub fn benchmarks() -> sp_io::TestExternalities {
	let mut ext = ExtBuilder::default().build();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext
}
