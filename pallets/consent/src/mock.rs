//! A small world around the pallet: three organisations, a patient with a guardian, another
//! patient, practitioners, records. Tables outside of the storage play the other pallets.

use crate::{self as pallet_consent, *};
use assent_policy::{
	Account, Action, Actor, Class, Confidentiality, Criterion, Decision, Directive, DirectiveId,
	Effect, Moment, OrganisationId, PatientId, Practitioner, Provision, Purpose, RecordAttributes,
	RecordId, Role, Token, VersionNumber,
};
use assent_support::{
	testing::fullest, Acceptances, Act, Deed, Emergencies, Patients, PolicyInForce, PolicyRef,
	Records,
};
use frame_support::{
	construct_runtime, derive_impl,
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	parameter_types,
	traits::Time,
	weights::constants::RocksDbWeight,
};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};

pub use assent_support::testing::world::*;

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
	pub enum Test {
		System: frame_system,
		Consent: pallet_consent,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type DbWeight = RocksDbWeight;
}

parameter_types! {
	pub const RequestPeriod: Moment = 30 * DAY;
	/// The test of `integrity_test` changes the window.
	pub static DeliveryWindow: u32 = 200;
}

impl Config for Test {
	type Time = Clock;
	type Members = World;
	type Patients = World;
	type Records = Register;
	type Acceptances = Register;
	type Emergencies = Register;
	type Trail = Notebook;
	type RequestPeriod = RequestPeriod;
	type DeliveryWindow = DeliveryWindow;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Register;
}

impl crate::benchmarking::BenchmarkHelper for Register {
	fn set_time(now: Moment) {
		World::set_time(now);
		// The guardian's term runs then, too.
		World::guardian(PATIENT, GUARDIAN, Moment::MAX);
	}

	fn patient() -> (PatientId, AccountId32) {
		(PATIENT, GUARDIAN)
	}

	fn practitioner(number: u32) -> (AccountId32, OrganisationId) {
		let who = account(100 + number as u8);
		let roles: Vec<Role> = fullest::roles().into_iter().collect();
		credential(who.clone(), HOSPITAL, &roles, 0, Moment::MAX);
		(who, HOSPITAL)
	}

	fn register(patient: PatientId, record: RecordId) {
		let all = fullest::attributes(record, HOSPITAL);
		Self::with(|register| register.records.insert(record, (patient, all)));
		let rules = fullest::directive(Effect::Permit, HOSPITAL, record, Moment::MAX);
		Self::set_base_policy(HOSPITAL, rules);
	}
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const INSTITUTE: OrganisationId = 2;

pub const PATIENT: PatientId = PatientId([1; 16]);
pub const OTHER_PATIENT: PatientId = PatientId([2; 16]);
pub const UNKNOWN_PATIENT: PatientId = PatientId([3; 16]);

/// Controls `PATIENT`.
pub const CONTROLLER: AccountId32 = account(1);
/// Guardian of `PATIENT` for a hundred days.
pub const GUARDIAN: AccountId32 = account(2);
/// Delegate of `PATIENT` once a test says so.
pub const DELEGATE: AccountId32 = account(4);
/// Controls `OTHER_PATIENT`.
pub const OTHER_CONTROLLER: AccountId32 = account(3);
/// Clinician of `HOSPITAL`.
pub const CLINICIAN: AccountId32 = account(10);
/// Clinician of `CLINIC`.
pub const SECOND_CLINICIAN: AccountId32 = account(11);
/// Nurse of `CLINIC`.
pub const NURSE: AccountId32 = account(12);
/// Researcher of `INSTITUTE`.
pub const RESEARCHER: AccountId32 = account(13);
/// Emergency clinician of `CLINIC`.
pub const EMERGENCY_CLINICIAN: AccountId32 = account(14);
/// Nobody anywhere.
pub const STRANGER: AccountId32 = account(99);

/// A laboratory result of `PATIENT` at `HOSPITAL`, in version 3.
pub const RECORD: RecordId = RecordId([21; 16]);
/// An image of `PATIENT` at `HOSPITAL`.
pub const IMAGE: RecordId = RecordId([22; 16]);
/// A laboratory result of `OTHER_PATIENT` at `HOSPITAL`.
pub const OTHER_RECORD: RecordId = RecordId([23; 16]);
pub const UNKNOWN_RECORD: RecordId = RecordId([24; 16]);

pub const CARE_TEAM: Token = Token([31; 16]);

/// The tables of the pallets that only this one asks.
#[derive(Default)]
pub struct Register {
	policies: BTreeMap<OrganisationId, PolicyInForce>,
	records: BTreeMap<RecordId, (PatientId, RecordAttributes)>,
	emergencies: Vec<(AccountId32, PatientId, Moment, Moment)>,
}

thread_local! {
	static REGISTER: RefCell<Register> = RefCell::new(Register::default());
}

impl Register {
	fn with<R>(f: impl FnOnce(&mut Register) -> R) -> R {
		REGISTER.with(|register| f(&mut register.borrow_mut()))
	}

	/// The organisation has one version, and everybody accepted it.
	pub fn set_base_policy(organisation: OrganisationId, rules: Directive) {
		Self::set_policies(
			organisation,
			PolicyInForce {
				accepted: Some(1),
				accepted_by_patient: Some(1),
				versions: vec![(1, rules)],
			},
		);
	}

	/// The base policy of the organisation, as it is for every patient.
	pub fn set_policies(organisation: OrganisationId, policy: PolicyInForce) {
		Self::with(|register| register.policies.insert(organisation, policy));
	}

	pub fn erase(record: RecordId) {
		Self::with(|register| register.records.remove(&record));
	}

	/// An emergency of that practitioner for that patient, from now until then.
	pub fn emergency(who: AccountId32, patient: PatientId, until: Moment) {
		Self::with(|register| register.emergencies.push((who, patient, now(), until)));
	}

	fn record(record: RecordId, patient: PatientId, class: Class) {
		let attributes = RecordAttributes {
			record,
			custodian: HOSPITAL,
			class,
			confidentiality: Confidentiality::Normal,
			sensitivities: Default::default(),
			code: None,
			author: None,
			encounter: None,
			authored: 600,
		};
		Self::with(|register| register.records.insert(record, (patient, attributes)));
	}
}

/// Gives a member of the care team a credential.
pub fn credential(
	who: AccountId32,
	organisation: OrganisationId,
	roles: &[Role],
	from: Moment,
	until: Moment,
) {
	let groups = BTreeSet::from([CARE_TEAM]).try_into().unwrap();
	World::credential(who, organisation, roles, groups, from, until);
}

/// Gives an account the mandate to do these things for `PATIENT`.
pub fn delegate(who: AccountId32, mandate: &[Deed]) {
	World::delegate(PATIENT, who, mandate);
}

/// A new world with everybody in it.
fn reset() {
	World::reset([HOSPITAL, CLINIC, INSTITUTE]);
	Register::with(|register| *register = Register::default());
	for (who, organisation, role) in [
		(CLINICIAN, HOSPITAL, Role::Clinician),
		(SECOND_CLINICIAN, CLINIC, Role::Clinician),
		(NURSE, CLINIC, Role::Nurse),
		(RESEARCHER, INSTITUTE, Role::Researcher),
		(EMERGENCY_CLINICIAN, CLINIC, Role::EmergencyClinician),
	] {
		credential(who, organisation, &[role], 0, Moment::MAX);
	}
	World::enrol(PATIENT, CONTROLLER, HOSPITAL, None);
	World::enrol(OTHER_PATIENT, OTHER_CONTROLLER, HOSPITAL, None);
	World::guardian(PATIENT, GUARDIAN, START + 100 * DAY);
	Register::record(RECORD, PATIENT, Class::LabResult);
	Register::record(IMAGE, PATIENT, Class::Imaging);
	Register::record(OTHER_RECORD, OTHER_PATIENT, Class::LabResult);
}

/// Counts a question to another pallet.
fn asked() {
	World::with(|world| world.questions += 1);
}

impl Acceptances for Register {
	fn standing(_: PatientId, organisation: OrganisationId, _: Moment) -> PolicyInForce {
		asked();
		Self::with(|register| {
			let policy = register.policies.get(&organisation);
			policy.cloned().unwrap_or_default()
		})
	}

	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool {
		Self::with(|register| {
			let in_force = register.policies.get(&policy.organisation);
			let mut versions = in_force.iter().flat_map(|in_force| &in_force.versions);
			World::enrolled_by(patient) == Some(policy.organisation)
				&& versions.any(|(version, _)| *version == policy.version)
		})
	}
}

impl Records for Register {
	fn attributes(record: RecordId, _: Moment) -> Option<(PatientId, RecordAttributes)> {
		asked();
		Self::with(|register| register.records.get(&record).cloned())
	}

	fn version(record: RecordId) -> Option<VersionNumber> {
		asked();
		Self::with(|register| register.records.contains_key(&record).then_some(3))
	}
}

impl Emergencies for Register {
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool {
		Self::with(|register| {
			register.emergencies.iter().any(|(who, of, from, until)| {
				Account::from(who.clone()) == practitioner.account
					&& *of == patient
					&& (*from..*until).contains(&at)
			})
		})
	}
}

/// An entry of `PATIENT`'s trail.
pub fn entry(organisation: Option<OrganisationId>, actor: Option<AccountId32>, act: Act) -> Entry {
	Entry { patient: Some(PATIENT), organisation, actor, act }
}

/// Prepares the state in which a test begins.
#[derive(Default)]
pub struct ExtBuilder {
	directives: Vec<Directive>,
}

impl ExtBuilder {
	/// A directive of `PATIENT`, made by the controller at the start; the first is number 0.
	pub fn directive(mut self, directive: Directive) -> Self {
		self.directives.push(directive);
		self
	}

	/// So many permissions of `PATIENT`, which last.
	pub fn permissions(mut self, count: u32) -> Self {
		self.directives.extend((0..count).map(|_| permission(None)));
		self
	}

	/// So many denials of `PATIENT`, which last.
	pub fn denials(mut self, count: u32) -> Self {
		self.directives.extend((0..count).map(|_| denial(None)));
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		reset();
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			for directive in self.directives {
				Consent::make_directive(signed(CONTROLLER), PATIENT, Box::new(directive), None)
					.unwrap();
			}
		});
		ext
	}

	/// Runs the test a second after the start; afterwards the state must hold together.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			World::advance(1_000);
			System::reset_events();
			World::questions();
			test();
			Consent::do_try_state().expect("the state holds together");
		});
	}
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn now() -> Moment {
	Clock::now()
}

pub fn set<T: Ord + Clone>(values: &[T]) -> Criterion<T> {
	values.iter().cloned().collect::<BTreeSet<_>>().try_into().expect("at most 16 values")
}

pub fn actor(who: &AccountId32) -> Actor {
	Actor::Practitioner(Account::from(who.clone()))
}

/// Everybody at `CLINIC`, for treatment, opening, until then.
pub fn permission(until: Option<Moment>) -> Directive {
	rule(Effect::Permit, until)
}

/// Nobody at `CLINIC`, for treatment, opening, until then.
pub fn denial(until: Option<Moment>) -> Directive {
	rule(Effect::Deny, until)
}

fn rule(effect: Effect, until: Option<Moment>) -> Directive {
	let mut base = Provision::any(effect);
	base.actors = set(&[Actor::Organisation(CLINIC)]);
	base.purposes = set(&[Purpose::Treatment]);
	base.actions = set(&[Action::Access]);
	base.period.until = until;
	Directive { base, exceptions: Default::default() }
}

/// The terms of a grant to `CLINIC` for treatment, as arguments of the calls.
pub fn clinic_terms(until: Option<Moment>) -> Terms {
	Terms {
		actors: set(&[Actor::Organisation(CLINIC)]),
		purposes: set(&[Purpose::Treatment]),
		classes: Default::default(),
		until,
	}
}

pub fn grant(who: AccountId32, terms: Terms) -> DispatchResultWithPostInfo {
	let Terms { actors, purposes, classes, until } = terms;
	Consent::grant(signed(who), PATIENT, actors, purposes, classes, until)
}

pub fn request(who: AccountId32, terms: Terms) -> DispatchResult {
	let Terms { actors, purposes, classes, until } = terms;
	Consent::request(signed(who), PATIENT, actors, purposes, classes, until, None)
}

/// What a call came to, whatever it cost.
pub trait Outcome {
	fn without_cost(self) -> DispatchResult;
}

impl Outcome for DispatchResult {
	fn without_cost(self) -> DispatchResult {
		self
	}
}

impl Outcome for DispatchResultWithPostInfo {
	fn without_cost(self) -> DispatchResult {
		self.map(|_| ()).map_err(|refused| refused.error)
	}
}

/// The call is refused with this error, whatever it cost, and changed nothing.
macro_rules! assert_refused {
	($call:expr, $error:expr $(,)?) => {
		frame_support::assert_noop!($crate::mock::Outcome::without_cost($call), $error)
	};
}
pub(crate) use assert_refused;

/// What the second clinician gets for the laboratory result, for treatment, at that moment.
pub fn decided(at: Moment) -> Decision {
	Consent::check_access(SECOND_CLINICIAN, PATIENT, RECORD, Purpose::Treatment, Action::Access, at)
}

/// Whether the second clinician is let in now.
pub fn let_in() -> bool {
	decided(now()).effect == Effect::Permit
}

pub fn row(directive: DirectiveId) -> DirectiveRow {
	Directives::<Test>::get(PATIENT, directive).expect("the directive exists")
}

pub fn in_force() -> Vec<DirectiveId> {
	InForce::<Test>::get(PATIENT).into_inner()
}

/// A state for the benchmarks.
pub fn benchmarks() -> sp_io::TestExternalities {
	ExtBuilder::default().build()
}
