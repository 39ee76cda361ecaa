//! A small world around the pallet: organisations, patients, practitioners. Tables outside of
//! the storage play the other pallets.

use crate::{self as pallet_emergencies, *};
use assent_policy::{Groups, Moment, OrganisationId, PatientId, Role};
use assent_support::{Act, EmergencyReason, Justification, Members, Phase, ReviewFinding};
use frame_support::{
	assert_ok, construct_runtime, derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{ConstU32, ConstU64, Time},
	weights::constants::RocksDbWeight,
};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};

pub use assent_support::testing::world::{
	account, last_entry, trail, Clock, Entry, Notebook, World, HOUR, START,
};

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		BreakGlass: pallet_emergencies,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type DbWeight = RocksDbWeight;
}

/// How long a justification may take.
pub const JUSTIFY: Moment = 3 * DAY;
/// The time for a review.
pub const REVIEW: Moment = 14 * DAY;
pub const ACTIVE_AT_A_TIME: u32 = 4;
pub const TO_JUSTIFY: u32 = 6;
pub const IN_A_DAY: u32 = 8;
pub const CAP: u32 = 500;
/// Blocks from the justification to the block with the deciding hash.
pub const DELAY: u32 = 3;

parameter_types! {
	// Constants that one test at a time makes unusable.
	pub static MaxActive: u32 = ACTIVE_AT_A_TIME;
	pub static MaxOfDay: u32 = IN_A_DAY;
	pub static JustificationPeriod: Moment = JUSTIFY;
	pub static DrawDelay: u32 = DELAY;
}

impl Config for Test {
	type AdminOrigin = EnsureRoot<AccountId32>;
	type Time = Clock;
	type Members = World;
	type Reviewers = World;
	type Patients = World;
	type Trail = Notebook;
	type MaxActive = MaxActive;
	type MaxUnjustified = ConstU32<TO_JUSTIFY>;
	type MaxOfDay = MaxOfDay;
	type DefaultOrganisationCap = ConstU32<CAP>;
	type JustificationPeriod = JustificationPeriod;
	type ReviewPeriod = ConstU64<REVIEW>;
	type DrawDelay = DrawDelay;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks add to the world.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper for Fixture {
	fn set_time(now: Moment) {
		World::set_time(now);
	}

	fn patient(number: u32) -> PatientId {
		let patient = PatientId(assent_support::testing::fullest::id("patient", number));
		enrol(patient);
		patient
	}

	fn practitioner() -> (AccountId32, OrganisationId) {
		(DECLARER, CLINIC)
	}

	fn agent() -> (AccountId32, OrganisationId) {
		(agent(INSURER), INSURER)
	}

	fn fill_organisations() {
		for organisation in 10..20 {
			admit(organisation);
		}
	}
}

pub const HOSPITAL: OrganisationId = 0;
/// The organisation of the declarer.
pub const CLINIC: OrganisationId = 1;
pub const LABORATORY: OrganisationId = 2;
pub const INSURER: OrganisationId = 3;

pub const PATIENT: PatientId = PatientId([1; 16]);
pub const OTHER_PATIENT: PatientId = PatientId([2; 16]);
pub const UNKNOWN_PATIENT: PatientId = PatientId([3; 16]);

/// Controls `PATIENT`.
pub const CONTROLLER: AccountId32 = account(1);
/// A clinician of `CLINIC`.
pub const CLINICIAN: AccountId32 = account(11);
/// An emergency clinician of `CLINIC`.
pub const DECLARER: AccountId32 = account(14);
/// Another emergency clinician of `CLINIC`.
pub const COLLEAGUE: AccountId32 = account(15);
/// An account without any part in the world.
pub const STRANGER: AccountId32 = account(99);

pub const REASON: EmergencyReason = EmergencyReason::UnableToConsent;
pub const COMMITMENT: H256 = H256::repeat_byte(7);

/// The agent of the organisation.
pub const fn agent(organisation: OrganisationId) -> AccountId32 {
	account(200 + organisation as u8)
}

/// Gives a practitioner a credential, in the place of those before.
pub fn credential(who: AccountId32, organisation: OrganisationId, roles: &[Role]) {
	World::with(|world| world.credentials.remove(&who));
	World::credential(who, organisation, roles, Groups::default(), 0, Moment::MAX);
}

/// Admits an organisation whose agent is [`agent`].
pub fn admit(organisation: OrganisationId) {
	World::admit(organisation);
	World::name_agent(agent(organisation), organisation);
}

/// Enrols a patient with the hospital.
pub fn enrol(patient: PatientId) {
	World::enrol(patient, CONTROLLER, HOSPITAL, None);
}

/// The patient is dead, as two organisations say.
pub fn bury(patient: PatientId) {
	World::patient(patient, |row| row.phase = Phase::Deceased);
}

/// A new world with everybody in it.
fn reset() {
	World::reset([]);
	for (who, role) in [
		(CLINICIAN, Role::Clinician),
		(DECLARER, Role::EmergencyClinician),
		(COLLEAGUE, Role::EmergencyClinician),
	] {
		credential(who, CLINIC, &[role]);
	}
	for patient in [PATIENT, OTHER_PATIENT] {
		enrol(patient);
	}
	for organisation in [HOSPITAL, CLINIC, LABORATORY, INSURER] {
		admit(organisation);
	}
	MaxActive::set(ACTIVE_AT_A_TIME);
	MaxOfDay::set(IN_A_DAY);
	JustificationPeriod::set(JUSTIFY);
	DrawDelay::set(DELAY);
}

/// An entry of `PATIENT`'s trail.
pub fn entry(organisation: Option<OrganisationId>, actor: Option<AccountId32>, act: Act) -> Entry {
	Entry { patient: Some(PATIENT), organisation, actor, act }
}

/// Prepares the state in which a test begins.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		reset();
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs the test. Checks the state at the end.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			BreakGlass::do_try_state().expect("the state holds together");
		});
	}
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn now() -> Moment {
	Clock::now()
}

pub fn declare(who: AccountId32, patient: PatientId, minutes: u16) -> DispatchResult {
	BreakGlass::declare(signed(who), patient, REASON, minutes)
}

/// Declares an emergency of `DECLARER` for `PATIENT`, waits until its end and justifies the
/// emergency. The first has number 0.
pub fn justified() {
	let emergency = NextEmergency::<Test>::get();
	assert_ok!(declare(DECLARER, PATIENT, 1));
	World::advance(MINUTE);
	assert_ok!(justify(DECLARER, emergency));
}

/// The same, with a drawn reviewer. Returns the reviewer.
pub fn drawn() -> OrganisationId {
	let emergency = NextEmergency::<Test>::get();
	justified();
	redraw(emergency)
}

/// Waits for the block of the draw, and draws a reviewer.
pub fn redraw(emergency: EmergencyId) -> OrganisationId {
	run_blocks(DELAY + 1);
	assert_ok!(BreakGlass::draw(signed(STRANGER), emergency));
	let Stage::UnderReview { reviewer, .. } = row(emergency).stage else {
		panic!("nobody was drawn")
	};
	reviewer
}

/// The reviewer that a hash draws for an emergency.
pub fn redraw_by(emergency: EmergencyId, hash: H256) -> OrganisationId {
	let Stage::AwaitingDraw { block, .. } = row(emergency).stage else {
		panic!("nobody is to be drawn")
	};
	System::set_block_number(u64::from(block) + 1);
	frame_system::BlockHash::<Test>::insert(u64::from(block), hash);
	assert_ok!(BreakGlass::draw(signed(STRANGER), emergency));
	let Stage::UnderReview { reviewer, .. } = row(emergency).stage else {
		panic!("nobody was drawn")
	};
	reviewer
}

pub fn justify(who: AccountId32, emergency: EmergencyId) -> DispatchResult {
	BreakGlass::justify(signed(who), emergency, Justification::Treated, COMMITMENT)
}

pub fn review(who: AccountId32, emergency: EmergencyId, finding: ReviewFinding) -> DispatchResult {
	BreakGlass::review(signed(who), emergency, finding)
}

pub fn row(emergency: EmergencyId) -> EmergencyRow {
	Emergencies::<Test>::get(emergency).expect("the emergency exists")
}

pub fn set_stage(emergency: EmergencyId, stage: Stage) {
	Emergencies::<Test>::mutate(emergency, |row| row.as_mut().unwrap().stage = stage);
}

/// Lets blocks pass, each with a hash of its own.
pub fn run_blocks(count: u32) {
	for _ in 0..count {
		let block = System::block_number();
		let hash: H256 = blake2_256(&block.to_le_bytes()).into();
		frame_system::BlockHash::<Test>::insert(block, hash);
		System::set_block_number(block + 1);
	}
}

/// Whether the practitioner has a valid emergency for the patient at the moment.
pub fn let_in_at(who: &AccountId32, patient: PatientId, at: Moment) -> bool {
	World::practitioner(who, at).is_some_and(|practitioner| {
		<BreakGlass as assent_support::Emergencies>::active(&practitioner, patient, at)
	})
}

/// Whether the practitioner has a valid emergency for the patient now.
pub fn let_in(who: AccountId32, patient: PatientId) -> bool {
	let_in_at(&who, patient, now())
}

/// A state for the benchmarks.
pub fn benchmarks() -> sp_io::TestExternalities {
	ExtBuilder.build()
}
