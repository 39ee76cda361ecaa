//! Two organisations with their patients. The other pallets are played by tables outside of
//! the storage; the trail is kept in the storage, so that a refused call can't have written.

use crate::{self as pallet_acceptances, *};
use assent_policy::{
	Directive, Effect, Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Private,
	Provision,
};
use assent_support::{Act, BasePolicies, Deed, Members, Patients, Phase, Refusal, Relation, Trail};
use frame_support::{
	construct_runtime, derive_impl, parameter_types, traits::Time,
	weights::constants::RocksDbWeight,
};
use sp_core::H256;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use std::collections::{BTreeMap, BTreeSet};

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Acceptances: pallet_acceptances,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type DbWeight = RocksDbWeight;
}

pub const DAY: Moment = 24 * 60 * 60 * 1000;
/// When every test begins.
pub const START: Moment = 1_760_000_000_000;

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

const fn account(seed: u8) -> AccountId32 {
	AccountId32::new([seed; 32])
}
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

parameter_types! {
	pub static Now: Moment = START;
	/// When each version was registered.
	pub static Registered: BTreeMap<OrganisationId, Vec<Moment>> = BTreeMap::new();
	/// Since when an organisation is suspended.
	pub static Suspended: BTreeMap<OrganisationId, Moment> = BTreeMap::new();
	/// Who enrolled a patient, and under which version.
	pub static Enrolled: BTreeMap<PatientId, (OrganisationId, Option<PolicyVersion>)> =
		BTreeMap::new();
	/// Rules that can't be read.
	pub static Lost: BTreeSet<PolicyVersion> = BTreeSet::new();
	/// Why nobody may do anything for a patient.
	pub static Closed: Option<Refusal> = None;
	/// What was written into the trail.
	pub storage Written: Vec<Line> = Vec::new();
}

pub type Line = (
	Option<PatientId>,
	Option<OrganisationId>,
	Option<AccountId32>,
	Act,
);

impl Config for Test {
	type Time = Clock;
	type Members = World;
	type Patients = World;
	type Trail = Notebook;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = World;
}

impl crate::benchmarking::BenchmarkHelper for World {
	fn set_time(now: Moment) {
		Now::set(now);
	}

	fn agent() -> (AccountId32, OrganisationId) {
		(HOSPITAL_AGENT, HOSPITAL)
	}

	fn register(organisation: OrganisationId, versions: u32) {
		Registered::mutate(|all| {
			let registered = all.entry(organisation).or_default();
			registered.resize(versions as usize, START);
		});
	}

	fn patient(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32) {
		let patient = PatientId(assent_support::benchmarking::id("patient", number));
		Enrolled::mutate(|all| all.insert(patient, (organisation, Some(1))));
		(patient, controller(patient))
	}
}

pub struct Clock;
impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		Now::get()
	}
}

pub struct World;

impl Members for World {
	fn practitioner(_: &AccountId32, _: Moment) -> Option<Practitioner> {
		None
	}

	fn agent_of(account: &AccountId32) -> Option<OrganisationId> {
		[(HOSPITAL_AGENT, HOSPITAL), (CLINIC_AGENT, CLINIC)]
			.into_iter()
			.find(|(agent, _)| agent == account)
			.map(|(_, organisation)| organisation)
			.filter(|organisation| Self::is_active(*organisation))
	}

	fn is_active(organisation: OrganisationId) -> bool {
		!Suspended::get().contains_key(&organisation)
	}
}

impl BasePolicies for World {
	fn newest(organisation: OrganisationId, at: Moment) -> Option<PolicyVersion> {
		if Suspended::get()
			.get(&organisation)
			.is_some_and(|since| *since <= at)
		{
			return None;
		}
		let registered = Registered::get().remove(&organisation)?;
		let count = registered.iter().filter(|since| **since <= at).count();
		(count > 0).then_some(count as PolicyVersion)
	}

	fn rules(organisation: OrganisationId, version: PolicyVersion) -> Option<Directive> {
		let registered = Registered::get().remove(&organisation)?.len() as PolicyVersion;
		let known = (1..=registered).contains(&version) && !Lost::get().contains(&version);
		known.then(|| rules(version))
	}
}

impl Patients for World {
	fn exists(patient: PatientId) -> bool {
		Enrolled::get().contains_key(&patient)
	}

	fn phase(patient: PatientId) -> Option<Phase> {
		Self::exists(patient).then_some(Phase::InUse)
	}

	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		_: Moment,
	) -> Result<Relation, Refusal> {
		if !Self::exists(patient) {
			Err(Refusal::Stranger)
		} else if let Some(refusal) = Closed::get() {
			Err(refusal)
		} else if *account == controller(patient) {
			Ok(Relation::Controller)
		} else if *account == GUARDIAN {
			Ok(Relation::Guardian)
		} else if *account == DELEGATE {
			let covered = deed == Deed::AnswerRequests;
			covered
				.then_some(Relation::Delegate)
				.ok_or(Refusal::NotInMandate)
		} else {
			Err(Refusal::Stranger)
		}
	}

	fn private(_: PatientId, _: Moment) -> Private {
		Private::default()
	}

	fn enrolled_by(patient: PatientId) -> Option<OrganisationId> {
		Enrolled::get()
			.get(&patient)
			.map(|(organisation, _)| *organisation)
	}

	fn signed_policy(patient: PatientId) -> Option<PolicyVersion> {
		Enrolled::get().get(&patient)?.1
	}
}

pub struct Notebook;
impl Trail for Notebook {
	fn write(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> H256 {
		let mut lines = Written::get();
		lines.push((patient, organisation, actor, act));
		Written::set(&lines);
		H256::zero()
	}
}

/// The rules of a version: told apart by the end of their period.
pub fn rules(version: PolicyVersion) -> Directive {
	let mut base = Provision::any(Effect::Permit);
	base.period.until = Some(Moment::MAX - Moment::from(version));
	Directive {
		base,
		exceptions: Default::default(),
	}
}

/// The organisation registers its next version, now.
pub fn register(organisation: OrganisationId) -> PolicyVersion {
	Registered::mutate(|all| {
		let versions = all.entry(organisation).or_default();
		versions.push(Now::get());
		versions.len() as PolicyVersion
	})
}

pub fn wait(milliseconds: Moment) {
	Now::mutate(|now| *now += milliseconds);
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
	let until = Now::get() + DAY;
	Acceptances::open_campaign(signed(HOSPITAL_AGENT), None, until).unwrap();
	Acceptances::ask(signed(HOSPITAL_AGENT), asked(patients)).unwrap();
}

pub fn accept(patient: PatientId, version: PolicyVersion) {
	Acceptances::accept(signed(controller(patient)), patient, version).unwrap();
}

pub fn campaign() -> Campaign {
	Acceptances::campaign_of(HOSPITAL)
		.expect("one was opened")
		.1
}

pub fn accepted(patient: PatientId) -> Option<PolicyVersion> {
	Acceptances::standing_of(patient)
		.expect("the patient is enrolled")
		.accepted
}

pub fn assert_last_event(event: crate::Event<Test>) {
	System::assert_last_event(event.into());
}

/// The hospital has a first version since the start.
#[derive(Default)]
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		Now::set(START);
		Registered::set([(HOSPITAL, vec![START])].into());
		Suspended::take();
		Lost::take();
		Closed::take();
		Enrolled::set(
			[
				(ADA, (HOSPITAL, Some(1))),
				(BEN, (HOSPITAL, Some(1))),
				(OLD, (HOSPITAL, None)),
				(OTHER, (CLINIC, None)),
			]
			.into(),
		);
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs the test a second after the start; afterwards the state must hold together.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			wait(1_000);
			test();
			Acceptances::do_try_state().expect("the state holds together");
		});
	}
}

/// A state for the benchmarks.
pub fn benchmarks() -> sp_io::TestExternalities {
	ExtBuilder.build()
}
