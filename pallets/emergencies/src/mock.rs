//! A small world around the pallet: organisations, patients, practitioners. Tables outside of the
//! storage play the other pallets. The trail is in the storage, so a refused call leaves no entry.

use crate::{self as pallet_emergencies, *};
use assent_policy::{
	Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Private, Role,
};
use assent_support::{
	Act, Deed, EmergencyReason, Justification, Members, Patients, Phase, Refusal, Relation,
	ReviewFinding, Reviewers, Trail,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	assert_ok, construct_runtime, derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{ConstU32, ConstU64, Time},
	weights::constants::RocksDbWeight,
};
use frame_system::EnsureRoot;
use scale_info::TypeInfo;
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
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

pub const HOUR: Moment = 60 * MINUTE;
/// The moment at which every test begins.
pub const START: Moment = 1_760_000_000_000;

/// The time for a justification.
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
	type Trail = MockTrail;
	type MaxActive = MaxActive;
	type MaxUnjustified = ConstU32<TO_JUSTIFY>;
	type MaxOfDay = MaxOfDay;
	type DefaultOrganisationCap = ConstU32<CAP>;
	type JustificationPeriod = JustificationPeriod;
	type ReviewPeriod = ConstU64<REVIEW>;
	type DrawDelay = DrawDelay;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = World;
}

impl crate::benchmarking::BenchmarkHelper for World {
	fn set_time(now: Moment) {
		Self::set_time(now);
	}

	fn patient(number: u32) -> PatientId {
		let patient = PatientId(assent_support::benchmarking::id("patient", number));
		Self::enrol(patient);
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
			Self::admit(organisation);
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

pub const fn account(seed: u8) -> AccountId32 {
	AccountId32::new([seed; 32])
}
/// The controller of `PATIENT`.
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

/// The tables of the other pallets.
#[derive(Default)]
pub struct World {
	now: Moment,
	credentials: BTreeMap<AccountId32, (Practitioner, Moment)>,
	active: BTreeSet<OrganisationId>,
	agents: BTreeMap<AccountId32, OrganisationId>,
	patients: BTreeSet<PatientId>,
	/// The dead patients.
	dead: BTreeSet<PatientId>,
}

thread_local! {
	static WORLD: RefCell<World> = RefCell::new(World::default());
}

impl World {
	fn with<R>(f: impl FnOnce(&mut World) -> R) -> R {
		WORLD.with(|world| f(&mut world.borrow_mut()))
	}

	pub fn set_time(now: Moment) {
		Self::with(|world| world.now = now);
	}

	pub fn advance(by: Moment) {
		Self::with(|world| world.now += by);
	}

	/// Puts a credential in the place of the one before.
	pub fn credential(who: AccountId32, organisation: OrganisationId, roles: &[Role]) {
		let practitioner = Practitioner {
			account: who.clone().into(),
			organisation,
			roles: roles
				.iter()
				.copied()
				.collect::<BTreeSet<_>>()
				.try_into()
				.unwrap(),
			groups: Default::default(),
		};
		Self::with(|world| world.credentials.insert(who, (practitioner, Moment::MAX)));
	}

	/// Ends the credential of the account now.
	pub fn revoke(who: &AccountId32) {
		Self::with(|world| {
			let now = world.now;
			if let Some((_, until)) = world.credentials.get_mut(who) {
				*until = now;
			}
		});
	}

	pub fn suspend(organisation: OrganisationId) {
		Self::with(|world| world.active.remove(&organisation));
	}

	/// Adds a member, or brings a member back.
	pub fn admit(organisation: OrganisationId) {
		Self::with(|world| {
			world.active.insert(organisation);
			world.agents.insert(agent(organisation), organisation);
		});
	}

	pub fn name_agent(who: AccountId32, organisation: OrganisationId) {
		Self::with(|world| world.agents.insert(who, organisation));
	}

	pub fn enrol(patient: PatientId) {
		Self::with(|world| world.patients.insert(patient));
	}

	/// Makes the patient dead, as two organisations say.
	pub fn bury(patient: PatientId) {
		Self::with(|world| world.dead.insert(patient));
	}

	/// Sets up a new world with all organisations, patients and practitioners.
	fn reset() {
		Self::with(|world| {
			*world = World {
				now: START,
				..Default::default()
			}
		});
		for (who, role) in [
			(CLINICIAN, Role::Clinician),
			(DECLARER, Role::EmergencyClinician),
			(COLLEAGUE, Role::EmergencyClinician),
		] {
			Self::credential(who, CLINIC, &[role]);
		}
		for patient in [PATIENT, OTHER_PATIENT] {
			Self::enrol(patient);
		}
		for organisation in [HOSPITAL, CLINIC, LABORATORY, INSURER] {
			Self::admit(organisation);
		}
		MaxActive::set(ACTIVE_AT_A_TIME);
		MaxOfDay::set(IN_A_DAY);
		JustificationPeriod::set(JUSTIFY);
		DrawDelay::set(DELAY);
	}
}

impl Members for World {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		Self::with(|world| {
			world
				.credentials
				.get(account)
				.filter(|(_, until)| at < *until)
				.map(|(practitioner, _)| practitioner)
				.filter(|practitioner| world.active.contains(&practitioner.organisation))
				.cloned()
		})
	}

	fn agent_of(account: &AccountId32) -> Option<OrganisationId> {
		Self::with(|world| {
			let organisation = world.agents.get(account)?;
			world.active.get(organisation).copied()
		})
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Self::with(|world| world.active.contains(&organisation))
	}
}

impl Reviewers for World {
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId> {
		Self::with(|world| {
			let others: Vec<_> = world
				.active
				.iter()
				.filter(|organisation| !excluded.contains(organisation))
				.collect();
			let drawn = seed.to_low_u64_be().checked_rem(others.len() as u64)?;
			others.get(drawn as usize).copied().copied()
		})
	}

	fn has_other(organisation: OrganisationId) -> bool {
		Self::with(|world| world.active.iter().any(|other| *other != organisation))
	}
}

impl Patients for World {
	fn exists(patient: PatientId) -> bool {
		Self::with(|world| world.patients.contains(&patient))
	}

	fn phase(patient: PatientId) -> Option<Phase> {
		let dead = Self::with(|world| world.dead.contains(&patient));
		Self::exists(patient).then_some(if dead { Phase::Deceased } else { Phase::InUse })
	}

	fn may(_: &AccountId32, _: PatientId, _: Deed, _: Moment) -> Result<Relation, Refusal> {
		Err(Refusal::Stranger)
	}

	fn private(_: PatientId, _: Moment) -> Private {
		Private::default()
	}

	fn enrolled_by(_: PatientId) -> Option<OrganisationId> {
		Some(HOSPITAL)
	}

	fn signed_policy(_: PatientId) -> Option<PolicyVersion> {
		None
	}
}

/// The time of the tests.
pub struct Clock;

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		World::with(|world| world.now)
	}
}

/// An entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Entry {
	pub patient: Option<PatientId>,
	pub organisation: Option<OrganisationId>,
	pub actor: Option<AccountId32>,
	pub act: Act,
}

/// A trail with numbered entries.
pub struct MockTrail;

const TRAIL: &[u8] = b":mock:trail";

fn entry_key(number: u32) -> Vec<u8> {
	[TRAIL, &number.to_le_bytes()].concat()
}

fn entries() -> u32 {
	frame_support::storage::unhashed::get_or_default(TRAIL)
}

impl Trail for MockTrail {
	fn write(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> H256 {
		let entry = Entry {
			patient,
			organisation,
			actor,
			act,
		};
		let number = entries();
		frame_support::storage::unhashed::put(TRAIL, &(number + 1));
		frame_support::storage::unhashed::put(&entry_key(number), &entry);
		blake2_256(&entry.encode()).into()
	}
}

/// All entries of the trail.
pub fn trail() -> Vec<Entry> {
	(0..entries())
		.filter_map(|number| frame_support::storage::unhashed::get(&entry_key(number)))
		.collect()
}

/// The latest entry.
pub fn last_entry() -> Entry {
	trail().pop().expect("an entry was written")
}

/// An entry of `PATIENT`'s trail.
pub fn entry(organisation: Option<OrganisationId>, actor: Option<AccountId32>, act: Act) -> Entry {
	Entry {
		patient: Some(PATIENT),
		organisation,
		actor,
		act,
	}
}

/// Prepares the state in which a test begins.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		World::reset();
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
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
