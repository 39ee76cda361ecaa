//! Two organisations with their patients. Tables outside of the storage play the other pallets.

use crate::{self as pallet_acceptances, *};
use assent_policy::{
	Directive, Effect, Moment, OrganisationId, PatientId, PolicyVersion, Provision,
};
use assent_support::Deed;
use frame_support::{
	construct_runtime, derive_impl, traits::Time, weights::constants::RocksDbWeight,
};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use std::collections::BTreeSet;

pub use assent_support::testing::world::{
	account, trail, Clock, Entry, Notebook, World, DAY, START,
};

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Accepting: pallet_acceptances,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type DbWeight = RocksDbWeight;
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;

/// Enrolled by the hospital under its first version.
pub const ADA: PatientId = PatientId([1; 16]);
/// The same.
pub const BEN: PatientId = PatientId([2; 16]);
/// Enrolled by the hospital before it had a base policy.
pub const OLD: PatientId = PatientId([3; 16]);
/// Enrolled by the clinic, which has none.
pub const OTHER: PatientId = PatientId([4; 16]);
pub const UNKNOWN: PatientId = PatientId([5; 16]);

/// Guardian of everybody.
pub const GUARDIAN: AccountId32 = account(90);
/// Of everybody, with a mandate to answer requests and nothing else.
pub const DELEGATE: AccountId32 = account(91);
pub const STRANGER: AccountId32 = account(99);
pub const HOSPITAL_AGENT: AccountId32 = account(50);
pub const CLINIC_AGENT: AccountId32 = account(51);

pub fn controller(patient: PatientId) -> AccountId32 {
	AccountId32::new([patient.0[0]; 32])
}

impl Config for Test {
	type Time = Clock;
	type Members = World;
	type Patients = World;
	type Trail = Notebook;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks add to the world.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper for Fixture {
	fn set_time(now: Moment) {
		World::set_time(now);
	}

	fn agent() -> (AccountId32, OrganisationId) {
		(HOSPITAL_AGENT, HOSPITAL)
	}

	fn register(organisation: OrganisationId, versions: u32) {
		let all = (1..=versions).map(|version| (START, Some(rules(version))));
		World::with(|world| world.policies.insert(organisation, all.collect()));
	}

	fn patient(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32) {
		let patient = PatientId(assent_support::testing::fullest::id("patient", number));
		enrol(patient, organisation, Some(1));
		(patient, controller(patient))
	}
}

/// Enrols a patient, whose guardian and delegate are everybody's.
pub fn enrol(patient: PatientId, organisation: OrganisationId, policy: Option<PolicyVersion>) {
	World::enrol(patient, controller(patient), organisation, policy);
	World::guardian(patient, GUARDIAN, Moment::MAX);
	World::delegate(patient, DELEGATE, &[Deed::AnswerRequests]);
}

/// The rules of a version: told apart by the end of their period.
pub fn rules(version: PolicyVersion) -> Directive {
	let mut base = Provision::any(Effect::Permit);
	base.period.until = Some(Moment::MAX - Moment::from(version));
	Directive { base, exceptions: Default::default() }
}

/// The organisation registers its next version, now.
pub fn register(organisation: OrganisationId) -> PolicyVersion {
	let next = World::with(|world| world.policies.get(&organisation).map_or(0, Vec::len)) + 1;
	World::register(organisation, rules(next as PolicyVersion))
}

pub fn now() -> Moment {
	Clock::now()
}

pub fn wait(milliseconds: Moment) {
	World::advance(milliseconds);
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn asked(patients: impl IntoIterator<Item = PatientId>) -> Asked {
	let patients: BTreeSet<_> = patients.into_iter().collect();
	patients.try_into().expect("not too many")
}

/// The hospital opens a campaign for everybody, for a day, and asks these.
pub fn ask(patients: impl IntoIterator<Item = PatientId>) {
	let until = now() + DAY;
	Accepting::open_campaign(signed(HOSPITAL_AGENT), None, until).unwrap();
	Accepting::ask(signed(HOSPITAL_AGENT), asked(patients)).unwrap();
}

pub fn accept(patient: PatientId, version: PolicyVersion) {
	Accepting::accept(signed(controller(patient)), patient, version).unwrap();
}

pub fn campaign() -> Campaign {
	Accepting::campaign_of(HOSPITAL).expect("one was opened").1
}

pub fn accepted(patient: PatientId) -> Option<PolicyVersion> {
	Accepting::status_of(patient).expect("the patient is enrolled").accepted
}

pub fn assert_last_event(event: crate::Event<Test>) {
	System::assert_last_event(event.into());
}

/// The hospital has a first version since the start.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		World::reset([HOSPITAL, CLINIC]);
		World::name_agent(HOSPITAL_AGENT, HOSPITAL);
		World::name_agent(CLINIC_AGENT, CLINIC);
		enrol(ADA, HOSPITAL, Some(1));
		enrol(BEN, HOSPITAL, Some(1));
		enrol(OLD, HOSPITAL, None);
		enrol(OTHER, CLINIC, None);
		register(HOSPITAL);
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs the test a second after the start; afterwards the state must hold together.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			wait(1_000);
			test();
			Accepting::do_try_state().expect("the state holds together");
		});
	}
}

/// A state for the benchmarks.
pub fn benchmarks() -> sp_io::TestExternalities {
	ExtBuilder.build()
}
