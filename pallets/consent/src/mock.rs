//! A small world around the pallet: three organisations, a patient with a guardian, another
//! patient, practitioners, records. The other pallets are played by tables outside of the
//! storage; the trail is kept in the storage, so that a refused call can't have written.

use crate::{self as pallet_consent, *};
use assent_policy::{
	Account, Action, Actor, Class, Confidentiality, Criterion, Decision, Directive, DirectiveId,
	Effect, Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Private, Provision,
	Purpose, RecordAttributes, RecordId, Role, Token, VersionNumber,
};
use assent_support::{
	Acceptances, Act, Deed, Emergencies, Members, Patients, Phase, PolicyInForce, PolicyRef,
	Records, Refusal, Relation, Trail,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	construct_runtime, derive_impl,
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	parameter_types,
	traits::Time,
	weights::constants::RocksDbWeight,
};
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

pub const MINUTE: Moment = 60_000;
pub const DAY: Moment = 24 * 60 * 60 * 1000;
/// When every test begins.
pub const START: Moment = 1_760_000_000_000;

parameter_types! {
	pub const RequestPeriod: Moment = 30 * DAY;
	pub const DeliveryWindow: u32 = 200;
}

impl Config for Test {
	type Time = Clock;
	type Members = World;
	type Patients = World;
	type Records = World;
	type Acceptances = World;
	type Emergencies = World;
	type Trail = MockTrail;
	type RequestPeriod = RequestPeriod;
	type DeliveryWindow = DeliveryWindow;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = World;
}

impl crate::benchmarking::BenchmarkHelper for World {
	fn set_time(now: Moment) {
		Self::set_time(now);
		// The guardian's term runs then, too.
		Self::with(|world| world.guardians.insert((PATIENT, GUARDIAN), Moment::MAX));
	}

	fn patient() -> (PatientId, AccountId32) {
		(PATIENT, GUARDIAN)
	}

	fn practitioner(number: u32) -> (AccountId32, OrganisationId) {
		let who = account(100 + number as u8);
		let roles = assent_support::benchmarking::roles();
		let roles: Vec<Role> = roles.into_iter().collect();
		Self::credential(who.clone(), HOSPITAL, &roles, 0, Moment::MAX);
		(who, HOSPITAL)
	}

	fn register(patient: PatientId, record: RecordId) {
		use assent_support::benchmarking::{attributes, directive};
		let all = attributes(record, HOSPITAL);
		Self::with(|world| world.records.insert(record, (patient, all)));
		let rules = directive(Effect::Permit, HOSPITAL, record, Moment::MAX);
		Self::set_base_policy(HOSPITAL, rules);
	}
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const INSTITUTE: OrganisationId = 2;

pub const PATIENT: PatientId = PatientId([1; 16]);
pub const OTHER_PATIENT: PatientId = PatientId([2; 16]);
pub const UNKNOWN_PATIENT: PatientId = PatientId([3; 16]);

const fn account(seed: u8) -> AccountId32 {
	AccountId32::new([seed; 32])
}
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

/// The tables of the other pallets.
#[derive(Default)]
pub struct World {
	now: Moment,
	credentials: BTreeMap<AccountId32, Vec<(Practitioner, Moment, Moment)>>,
	suspended: BTreeSet<OrganisationId>,
	policies: BTreeMap<OrganisationId, PolicyInForce>,
	controllers: BTreeMap<PatientId, AccountId32>,
	guardians: BTreeMap<(PatientId, AccountId32), Moment>,
	/// Of `PATIENT`, with what they may do.
	delegates: BTreeMap<AccountId32, Vec<Deed>>,
	/// What `PATIENT` is open to, and why its own account may only withdraw.
	phase: Option<Phase>,
	closed: Option<Refusal>,
	/// What is private to `PATIENT`.
	private: Private,
	records: BTreeMap<RecordId, (PatientId, RecordAttributes)>,
	emergencies: Vec<(AccountId32, PatientId, Moment, Moment)>,
	questions: u32,
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

	pub fn credential(
		account: AccountId32,
		organisation: OrganisationId,
		roles: &[Role],
		from: Moment,
		until: Moment,
	) {
		let practitioner = Practitioner {
			account: account.clone().into(),
			organisation,
			roles: roles
				.iter()
				.copied()
				.collect::<BTreeSet<_>>()
				.try_into()
				.unwrap(),
			groups: BTreeSet::from([CARE_TEAM]).try_into().unwrap(),
		};
		Self::with(|world| {
			world
				.credentials
				.entry(account)
				.or_default()
				.push((practitioner, from, until))
		});
	}

	/// Ends every credential of the account now.
	pub fn revoke(account: &AccountId32) {
		Self::with(|world| {
			let now = world.now;
			for (_, _, until) in world.credentials.get_mut(account).into_iter().flatten() {
				*until = now.min(*until);
			}
		});
	}

	pub fn suspend(organisation: OrganisationId) {
		Self::with(|world| world.suspended.insert(organisation));
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

	/// The organisation's base policy stands so for every patient.
	pub fn set_policies(organisation: OrganisationId, standing: PolicyInForce) {
		Self::with(|world| world.policies.insert(organisation, standing));
	}

	/// Another patient.
	pub fn enrol(patient: PatientId, controller: AccountId32) {
		Self::with(|world| world.controllers.insert(patient, controller));
	}

	/// Gives an account the mandate to do these things for `PATIENT`.
	pub fn delegate(account: AccountId32, deeds: &[Deed]) {
		Self::with(|world| world.delegates.insert(account, deeds.to_vec()));
	}

	pub fn set_phase(phase: Phase) {
		Self::with(|world| world.phase = Some(phase));
	}

	/// Lets `PATIENT`'s account only withdraw from now on, for this reason.
	pub fn close(refusal: Refusal) {
		Self::with(|world| world.closed = Some(refusal));
	}

	pub fn set_private(private: Private) {
		Self::with(|world| world.private = private);
	}

	pub fn erase(record: RecordId) {
		Self::with(|world| world.records.remove(&record));
	}

	/// An emergency of that practitioner for that patient, from now until then.
	pub fn emergency(who: AccountId32, patient: PatientId, until: Moment) {
		Self::with(|world| world.emergencies.push((who, patient, world.now, until)));
	}

	/// How often anyone was asked about members or records since the last time.
	pub fn questions() -> u32 {
		Self::with(|world| core::mem::take(&mut world.questions))
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
		Self::with(|world| world.records.insert(record, (patient, attributes)));
	}

	/// A new world with everybody in it.
	fn reset() {
		Self::with(|world| {
			*world = World {
				now: START,
				..Default::default()
			}
		});
		let forever = Moment::MAX;
		for (who, organisation, role) in [
			(CLINICIAN, HOSPITAL, Role::Clinician),
			(SECOND_CLINICIAN, CLINIC, Role::Clinician),
			(NURSE, CLINIC, Role::Nurse),
			(RESEARCHER, INSTITUTE, Role::Researcher),
			(EMERGENCY_CLINICIAN, CLINIC, Role::EmergencyClinician),
		] {
			Self::credential(who, organisation, &[role], 0, forever);
		}
		Self::with(|world| {
			world.controllers.insert(PATIENT, CONTROLLER);
			world.controllers.insert(OTHER_PATIENT, OTHER_CONTROLLER);
			world
				.guardians
				.insert((PATIENT, GUARDIAN), START + 100 * DAY);
		});
		Self::record(RECORD, PATIENT, Class::LabResult);
		Self::record(IMAGE, PATIENT, Class::Imaging);
		Self::record(OTHER_RECORD, OTHER_PATIENT, Class::LabResult);
	}
}

impl Members for World {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		Self::with(|world| {
			world.questions += 1;
			world
				.credentials
				.get(account)?
				.iter()
				.find(|(_, from, until)| *from <= at && at < *until)
				.map(|(practitioner, _, _)| practitioner)
				.filter(|practitioner| !world.suspended.contains(&practitioner.organisation))
				.cloned()
		})
	}

	fn agent_of(_: &AccountId32) -> Option<OrganisationId> {
		Self::with(|world| world.questions += 1);
		None
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Self::with(|world| {
			world.questions += 1;
			!world.suspended.contains(&organisation)
		})
	}
}

impl Acceptances for World {
	fn standing(_: PatientId, organisation: OrganisationId, _: Moment) -> PolicyInForce {
		Self::with(|world| {
			world.questions += 1;
			world
				.policies
				.get(&organisation)
				.cloned()
				.unwrap_or_default()
		})
	}

	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool {
		Self::with(|world| {
			let standing = world.policies.get(&policy.organisation);
			let mut versions = standing.iter().flat_map(|standing| &standing.versions);
			world.controllers.contains_key(&patient)
				&& policy.organisation == HOSPITAL
				&& versions.any(|(version, _)| *version == policy.version)
		})
	}
}

impl Patients for World {
	fn exists(patient: PatientId) -> bool {
		Self::with(|world| world.controllers.contains_key(&patient))
	}

	fn phase(patient: PatientId) -> Option<Phase> {
		Self::exists(patient).then(|| {
			Self::with(|world| world.phase.filter(|_| patient == PATIENT)).unwrap_or(Phase::InUse)
		})
	}

	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal> {
		Self::with(|world| {
			if world.controllers.get(&patient) == Some(account) {
				return match world.closed.filter(|_| patient == PATIENT) {
					Some(refusal) if deed != Deed::Withdraw => Err(refusal),
					_ => Ok(Relation::Controller),
				};
			}
			let until = world.guardians.get(&(patient, account.clone()));
			if until.is_some_and(|until| at < *until) {
				return Ok(Relation::Guardian);
			}
			match world.delegates.get(account).filter(|_| patient == PATIENT) {
				None => Err(Refusal::Stranger),
				Some(deeds) if deeds.contains(&deed) => Ok(Relation::Delegate),
				Some(_) => Err(Refusal::NotInMandate),
			}
		})
	}

	fn private(patient: PatientId, _: Moment) -> Private {
		Self::with(|world| match patient {
			PATIENT => world.private.clone(),
			_ => Private::default(),
		})
	}

	fn enrolled_by(_: PatientId) -> Option<OrganisationId> {
		Some(HOSPITAL)
	}

	fn signed_policy(_: PatientId) -> Option<PolicyVersion> {
		None
	}
}

impl Records for World {
	fn attributes(record: RecordId, _: Moment) -> Option<(PatientId, RecordAttributes)> {
		Self::with(|world| {
			world.questions += 1;
			world.records.get(&record).cloned()
		})
	}

	fn version(record: RecordId) -> Option<VersionNumber> {
		Self::with(|world| {
			world.questions += 1;
			world.records.contains_key(&record).then_some(3)
		})
	}
}

impl Emergencies for World {
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool {
		Self::with(|world| {
			world.emergencies.iter().any(|(who, of, from, until)| {
				Account::from(who.clone()) == practitioner.account
					&& *of == patient
					&& (*from..*until).contains(&at)
			})
		})
	}
}

/// Time that tests set.
pub struct Clock;

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		World::with(|world| world.now)
	}
}

/// An entry as written.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Entry {
	pub patient: Option<PatientId>,
	pub organisation: Option<OrganisationId>,
	pub actor: Option<AccountId32>,
	pub act: Act,
}

impl Entry {
	pub fn hash(&self) -> H256 {
		blake2_256(&self.encode()).into()
	}
}

/// A trail that lists its entries under one key.
pub struct MockTrail;

const TRAIL: &[u8] = b":mock:trail";

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
		let hash = entry.hash();
		let mut entries = trail();
		entries.push(entry);
		frame_support::storage::unhashed::put(TRAIL, &entries);
		hash
	}
}

/// Everything written so far.
pub fn trail() -> Vec<Entry> {
	frame_support::storage::unhashed::get(TRAIL).unwrap_or_default()
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
		World::reset();
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
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
	values
		.iter()
		.cloned()
		.collect::<BTreeSet<_>>()
		.try_into()
		.expect("at most 16 values")
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
	Directive {
		base,
		exceptions: Default::default(),
	}
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
	let Terms {
		actors,
		purposes,
		classes,
		until,
	} = terms;
	Consent::grant(signed(who), PATIENT, actors, purposes, classes, until)
}

pub fn request(who: AccountId32, terms: Terms) -> DispatchResult {
	let Terms {
		actors,
		purposes,
		classes,
		until,
	} = terms;
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
	Consent::check_access(
		SECOND_CLINICIAN,
		PATIENT,
		RECORD,
		Purpose::Treatment,
		Action::Access,
		at,
	)
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
