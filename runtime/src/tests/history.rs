//! Then and now. `check_access_at` gives the answer of a past moment as given at the end of the
//! moment. Later changes have no influence. Every pallet that takes part is real.

use super::{
	blocks::{account, consent_of},
	chain,
};
use crate::{genesis::members::MEMBERS, *};
use assent_policy::{
	Action, Actor, Basis, Class, Confidentiality, Decision, Directive, Effect, Moment,
	OrganisationId, PatientId, Period, PolicyVersion, Provision, ProvisionRef, Purpose, RecordId,
	Role,
};
use assent_support::{Condition, Deed, EmergencyReason};
use frame_support::{assert_ok, storage::with_storage_layer};
use pallet_consortium::Capacity;
use pallet_records::{Document, Labels};
use proptest::prelude::*;
use sp_core::{sr25519, Pair};
use sp_runtime::{DispatchError, MultiSignature};
use std::collections::BTreeSet;

const START: Moment = 1_790_000_000_000;
const DAY: Moment = 24 * 60 * 60 * 1000;
const YEAR: Moment = 365 * DAY;
const HOSPITAL: OrganisationId = 0;
const CLINIC: OrganisationId = 1;
const PATIENT: PatientId = PatientId([7; 16]);
const NOTE: RecordId = RecordId([1; 16]);
const RESULT: RecordId = RecordId([2; 16]);

fn wallet() -> sr25519::Pair {
	sr25519::Pair::from_seed(&[77; 32])
}

fn patient() -> AccountId {
	wallet().public().into()
}

const GUARDIAN: AccountId = AccountId::new([60; 32]);
const DELEGATE: AccountId = AccountId::new([64; 32]);
const STRANGER: AccountId = AccountId::new([63; 32]);

/// The key of a practitioner of the hospital.
const CLINICIAN_KEY: &str = "//History//clinician";
/// The key of a practitioner of the clinic.
const VISITOR_KEY: &str = "//History//visitor";

fn clinician() -> AccountId {
	account(CLINICIAN_KEY)
}

fn visitor() -> AccountId {
	account(VISITOR_KEY)
}

fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn agent(organisation: OrganisationId) -> RuntimeOrigin {
	signed(MEMBERS[organisation as usize].controller.into())
}

fn now() -> Moment {
	pallet_timestamp::Now::<Runtime>::get()
}

fn set_time(moment: Moment) {
	pallet_timestamp::Now::<Runtime>::put(moment);
}

fn set<T: Ord, const N: u32>(
	values: impl IntoIterator<Item = T>,
) -> frame_support::BoundedBTreeSet<T, frame_support::traits::ConstU32<N>> {
	let values: BTreeSet<T> = values.into_iter().collect();
	values.try_into().unwrap_or_else(|_| panic!("too many"))
}

fn rules(effect: Effect, actors: impl IntoIterator<Item = Actor>, classes: &[Class]) -> Directive {
	let mut base = Provision::any(effect);
	base.actors = set(actors);
	base.classes = set(classes.iter().copied());
	Directive { base, exceptions: Default::default() }
}

fn labels(class: Class) -> Labels {
	Labels {
		class,
		confidentiality: Confidentiality::Normal,
		sensitivities: Default::default(),
		code: None,
		author: None,
		encounter: None,
		authored: 600,
	}
}

/// The hospital's patient with two records. No other person has a role yet.
fn world(test: impl FnOnce()) {
	chain().execute_with(|| {
		set_time(START);
		assert_ok!(enrol());
		for (record, class) in [(NOTE, Class::ClinicalNote), (RESULT, Class::LabResult)] {
			let document = Document {
				ciphertext: record.0.repeat(2).try_into().unwrap(),
				size: 1,
				cid: None,
				commitment: [0; 32],
			};
			assert_ok!(Records::register(
				agent(HOSPITAL),
				record,
				PATIENT,
				labels(class),
				document
			));
		}
		test();
		sound();
	});
}

fn sound() {
	Consortium::do_try_state().unwrap();
	Patients::do_try_state().unwrap();
	Acceptances::do_try_state().unwrap();
	Records::do_try_state().unwrap();
	Consent::do_try_state().unwrap();
	Emergencies::do_try_state().unwrap();
}

fn enrol() -> Result<(), DispatchError> {
	let (number, message) = Patients::enrolment_to_sign(HOSPITAL, PATIENT, patient());
	let signature = MultiSignature::from(wallet().sign(&message));
	Patients::enrol(agent(HOSPITAL), PATIENT, patient(), number, signature)
}

fn credential(
	organisation: OrganisationId,
	who: AccountId,
	role: Role,
	from: Moment,
	until: Moment,
) -> Result<(), DispatchError> {
	let key = if who == clinician() { CLINICIAN_KEY } else { VISITOR_KEY };
	let consent = Some(consent_of(key, organisation, Capacity::Practitioner));
	let (by, roles) = (agent(organisation), set([role]));
	Consortium::credential(by, who, roles, Default::default(), from, until, consent)
}

fn register_policy(rules: Directive) -> Result<(), DispatchError> {
	let uri = b"urn:policy".to_vec().try_into().unwrap();
	Consortium::set_base_policy(agent(HOSPITAL), uri, [0; 32], Box::new(rules))
}

fn name_guardian(until: Option<Moment>) -> Result<(), DispatchError> {
	Patients::propose_guardian(agent(HOSPITAL), PATIENT, GUARDIAN, until)?;
	Patients::confirm_guardian(agent(CLINIC), PATIENT, GUARDIAN)
}

fn direct(directive: Directive) -> Result<(), DispatchError> {
	Consent::make_directive(signed(patient()), PATIENT, Box::new(directive), None)
		.map(drop)
		.map_err(|error| error.error)
}

fn asked(who: &AccountId, record: RecordId, purpose: Purpose, at: Moment) -> Decision {
	Consent::check_access(who.clone(), PATIENT, record, purpose, Action::Access, at)
}

/// The decision about opening the result for treatment.
fn treated(who: &AccountId, at: Moment) -> Decision {
	asked(who, RESULT, Purpose::Treatment, at)
}

const fn permit(basis: Basis) -> Decision {
	Decision { effect: Effect::Permit, basis }
}

const fn deny(basis: Basis) -> Decision {
	Decision { effect: Effect::Deny, basis }
}

const fn by_directive(directive: u32) -> Basis {
	Basis::Directive { directive, provision: ProvisionRef::Base }
}

const fn by_policy(version: PolicyVersion) -> Basis {
	Basis::BasePolicy { version, provision: ProvisionRef::Base }
}

/// Checks the answers around the moment: `before` right before the moment, `after` from the moment
/// on. Asks in the block of the change, and again a year later.
fn turned_at(who: &AccountId, moment: Moment, before: Decision, after: Decision) {
	let told = now();
	for later in [told, told + YEAR] {
		set_time(later);
		assert_eq!(treated(who, moment - 1), before, "before, told at {later}");
		assert_eq!(treated(who, moment), after, "at, told at {later}");
		assert_eq!(treated(who, moment + 1), after, "after, told at {later}");
	}
	set_time(told);
}

/// Goes on by a day.
fn next_day() -> Moment {
	set_time(now() + DAY);
	now()
}

#[test]
fn answer_should_be_by_the_labels_of_the_moment() {
	world(|| {
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, START, START + YEAR));
		assert_ok!(direct(rules(Effect::Permit, [], &[Class::LabResult])));
		let changed = next_day();
		assert_ok!(Records::relabel(agent(HOSPITAL), RESULT, labels(Class::Genetics)));
		turned_at(&clinician(), changed, permit(by_directive(0)), deny(Basis::NoRule));
		let back = next_day();
		assert_ok!(Records::relabel(agent(HOSPITAL), RESULT, labels(Class::LabResult)));
		turned_at(&clinician(), back, deny(Basis::NoRule), permit(by_directive(0)));
		turned_at(&clinician(), changed, permit(by_directive(0)), deny(Basis::NoRule));
	});
}

#[test]
fn answer_should_be_by_the_register_of_the_moment_when_the_record_was_erased_since() {
	world(|| {
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, START, START + YEAR));
		assert_ok!(direct(rules(Effect::Permit, [], &[])));
		let erased = next_day();
		assert_ok!(Records::erase(agent(HOSPITAL), RESULT));
		turned_at(&clinician(), erased, permit(by_directive(0)), deny(Basis::NoRule));
		turned_at(&clinician(), START, deny(Basis::NoCredential), permit(by_directive(0)));
	});
}

#[test]
fn answer_should_be_by_the_credential_of_the_moment() {
	world(|| {
		assert_ok!(direct(rules(Effect::Permit, [Actor::Role(Role::Clinician)], &[])));
		let given = next_day();
		let year = given + YEAR;
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, given, year));
		let permitted = permit(by_directive(0));
		turned_at(&clinician(), given, deny(Basis::NoCredential), permitted);
		// Another role.
		let changed = next_day();
		assert_ok!(credential(HOSPITAL, clinician(), Role::Nurse, changed, year));
		turned_at(&clinician(), changed, permitted, deny(Basis::NoRule));
		let back = next_day();
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, back, year));
		turned_at(&clinician(), back, deny(Basis::NoRule), permitted);
		// Revoked.
		let revoked = next_day();
		assert_ok!(Consortium::revoke(agent(HOSPITAL), clinician()));
		turned_at(&clinician(), revoked, permitted, deny(Basis::NoCredential));
		// Another organisation's credential, which lapses by time.
		let moved = next_day();
		assert_ok!(credential(CLINIC, clinician(), Role::Clinician, moved, moved + DAY));
		turned_at(&clinician(), moved, deny(Basis::NoCredential), permitted);
		turned_at(&clinician(), moved + DAY, permitted, deny(Basis::NoCredential));
		turned_at(&clinician(), revoked, permitted, deny(Basis::NoCredential));
		turned_at(&clinician(), changed, permitted, deny(Basis::NoRule));
	});
}

#[test]
fn answer_should_be_by_the_standing_of_the_moment() {
	world(|| {
		assert_ok!(credential(CLINIC, visitor(), Role::Clinician, START, START + YEAR));
		assert_ok!(direct(rules(Effect::Permit, [], &[])));
		let permitted = permit(by_directive(0));
		let denied = deny(Basis::NoCredential);
		let fell = next_day();
		assert_ok!(Consortium::suspend(RuntimeOrigin::root(), CLINIC));
		turned_at(&visitor(), fell, permitted, denied);
		let rose = next_day();
		assert_ok!(Consortium::reinstate(RuntimeOrigin::root(), CLINIC));
		turned_at(&visitor(), rose, denied, permitted);
		let gone = next_day();
		assert_ok!(Consortium::remove(RuntimeOrigin::root(), CLINIC));
		turned_at(&visitor(), gone, permitted, denied);
		turned_at(&visitor(), fell, permitted, denied);
		turned_at(&visitor(), rose, denied, permitted);
	});
}

#[test]
fn answer_should_be_by_the_base_policy_of_the_moment_and_what_was_accepted_of_it() {
	world(|| {
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, START, START + YEAR));
		let clinicians = [Actor::Role(Role::Clinician)];
		let nothing = deny(Basis::NoRule);
		// A version registered after the enrolment waits for the patient.
		let first = next_day();
		assert_ok!(register_policy(rules(Effect::Permit, clinicians, &[])));
		let waits = |version| deny(Basis::NotAccepted { version });
		turned_at(&clinician(), first, nothing, waits(1));
		let accepted = next_day();
		assert_ok!(Acceptances::accept(signed(patient()), PATIENT, 1));
		turned_at(&clinician(), accepted, waits(1), permit(by_policy(1)));
		// A narrower version is valid at once.
		let narrowed = next_day();
		assert_ok!(register_policy(rules(Effect::Deny, clinicians, &[])));
		turned_at(&clinician(), narrowed, permit(by_policy(1)), deny(by_policy(2)));
		// A wider version is valid after acceptance, even with the rules that the patient accepted
		// before.
		let widened = next_day();
		assert_ok!(register_policy(rules(Effect::Permit, clinicians, &[])));
		turned_at(&clinician(), widened, deny(by_policy(2)), deny(by_policy(2)));
		let again = next_day();
		assert_ok!(Acceptances::accept(signed(patient()), PATIENT, 3));
		turned_at(&clinician(), again, deny(by_policy(2)), permit(by_policy(3)));
		// The patient goes back to the first version.
		let back = next_day();
		assert_ok!(Acceptances::accept(signed(patient()), PATIENT, 1));
		turned_at(&clinician(), back, permit(by_policy(3)), deny(by_policy(2)));
		turned_at(&clinician(), accepted, waits(1), permit(by_policy(1)));
		turned_at(&clinician(), first, nothing, waits(1));
	});
}

#[test]
fn answer_should_be_by_the_version_signed_for_at_enrolment() {
	chain().execute_with(|| {
		set_time(START);
		let everybody = || rules(Effect::Permit, [], &[]);
		assert_ok!(register_policy(everybody()));
		assert_ok!(enrol());
		// Registered at the moment of the enrolment, but after the enrolment: the patient did not
		// sign for the second version.
		assert_ok!(register_policy(everybody()));
		let standing = Acceptances::status_of(PATIENT).unwrap();
		assert_eq!((standing.accepted, standing.newest), (Some(1), Some(2)));
	});
}

#[test]
fn answer_should_be_by_the_guardians_term() {
	world(|| {
		let named = next_day();
		let until = named + 3 * DAY;
		assert_ok!(name_guardian(Some(until)));
		let (guards, nobody) = (permit(Basis::GuardianAccess), deny(Basis::NoCredential));
		turned_at(&GUARDIAN, named, nobody, guards);
		turned_at(&GUARDIAN, until, guards, nobody);
		// Ended before the time, and named again.
		let ended = next_day();
		assert_ok!(Patients::end_guardian(signed(patient()), PATIENT, GUARDIAN));
		turned_at(&GUARDIAN, ended, guards, nobody);
		let again = next_day();
		assert_ok!(name_guardian(None));
		turned_at(&GUARDIAN, again, nobody, guards);
		turned_at(&GUARDIAN, ended, guards, nobody);
		turned_at(&GUARDIAN, named, nobody, guards);
	});
}

#[test]
fn answer_should_be_by_what_was_private_at_the_moment() {
	world(|| {
		assert_ok!(name_guardian(None));
		let (guards, hidden) = (permit(Basis::GuardianAccess), deny(Basis::NoRule));
		let mark = |classes: &[Class]| {
			let classes = set(classes.iter().copied());
			Patients::mark_private(signed(patient()), PATIENT, classes, Default::default())
		};
		let marked = next_day();
		assert_ok!(mark(&[Class::LabResult]));
		turned_at(&GUARDIAN, marked, guards, hidden);
		let opened = next_day();
		assert_ok!(mark(&[]));
		turned_at(&GUARDIAN, opened, hidden, guards);
		turned_at(&GUARDIAN, marked, guards, hidden);
	});
}

#[test]
fn answer_should_follow_the_patients_own_acceptance_when_the_record_is_private() {
	world(|| {
		assert_ok!(credential(HOSPITAL, clinician(), Role::Clinician, START, START + YEAR));
		assert_ok!(name_guardian(None));
		assert_ok!(register_policy(rules(Effect::Permit, [], &[])));
		let waits = deny(Basis::NotAccepted { version: 1 });
		let by_guardian = next_day();
		assert_ok!(Acceptances::accept(signed(GUARDIAN), PATIENT, 1));
		turned_at(&clinician(), by_guardian, waits, permit(by_policy(1)));
		let marked = next_day();
		let classes = set([Class::LabResult]);
		assert_ok!(Patients::mark_private(signed(patient()), PATIENT, classes, Default::default()));
		turned_at(&clinician(), marked, permit(by_policy(1)), waits);
		let by_patient = next_day();
		assert_ok!(Acceptances::accept(signed(patient()), PATIENT, 1));
		turned_at(&clinician(), by_patient, waits, permit(by_policy(1)));
	});
}

#[test]
fn answer_should_be_by_the_directives_of_the_moment() {
	world(|| {
		assert_ok!(credential(CLINIC, visitor(), Role::Clinician, START, START + YEAR));
		let nothing = deny(Basis::NoRule);
		let granted = next_day();
		let until = granted + 10 * DAY;
		let mut permission = rules(Effect::Permit, [Actor::Organisation(CLINIC)], &[]);
		permission.base.period = Period { from: None, until: Some(until) };
		assert_ok!(direct(permission.clone()));
		turned_at(&visitor(), granted, nothing, permit(by_directive(0)));
		// Replaced.
		let replaced = next_day();
		let denial = rules(Effect::Deny, [], &[]);
		let replace = |old, new: &Directive| {
			Consent::replace(signed(patient()), PATIENT, old, Box::new(new.clone()), None)
		};
		assert_ok!(replace(0, &denial));
		turned_at(&visitor(), replaced, permit(by_directive(0)), deny(by_directive(1)));
		let back = next_day();
		assert_ok!(replace(1, &permission));
		turned_at(&visitor(), back, deny(by_directive(1)), permit(by_directive(2)));
		// Expired, unnoted and noted.
		turned_at(&visitor(), until, permit(by_directive(2)), nothing);
		set_time(until + DAY);
		assert_ok!(Consent::retire_expired(signed(STRANGER), PATIENT));
		turned_at(&visitor(), until, permit(by_directive(2)), nothing);
		// Withdrawn.
		let again = next_day();
		permission.base.period.until = None;
		assert_ok!(direct(permission));
		turned_at(&visitor(), again, nothing, permit(by_directive(3)));
		let withdrawn = next_day();
		assert_ok!(Consent::withdraw(signed(patient()), PATIENT, 3));
		turned_at(&visitor(), withdrawn, permit(by_directive(3)), nothing);
		turned_at(&visitor(), granted, nothing, permit(by_directive(0)));
	});
}

#[test]
fn answer_should_be_by_the_emergencies_of_the_moment() {
	world(|| {
		let role = Role::EmergencyClinician;
		assert_ok!(credential(CLINIC, visitor(), role, START, START + YEAR));
		let declared = next_day();
		assert_ok!(Emergencies::declare(
			signed(visitor()),
			PATIENT,
			EmergencyReason::LifeThreatening,
			60
		));
		let over = declared + 60 * 60_000;
		set_time(over + DAY);
		let answer = |at| asked(&visitor(), RESULT, Purpose::EmergencyTreatment, at).basis;
		assert_eq!(answer(declared - 1), Basis::NoRule);
		assert_eq!(answer(declared), Basis::Emergency);
		assert_eq!(answer(over - 1), Basis::Emergency);
		assert_eq!(answer(over), Basis::NoRule);
	});
}

/// A step that changes which accesses are permitted.
#[derive(Clone, Debug)]
enum Step {
	Credential(OrganisationId, bool, Role, u64, u64),
	Revoke(OrganisationId, bool),
	Suspend(OrganisationId),
	Reinstate(OrganisationId),
	Relabel(bool, Class),
	Erase,
	Register(Effect, Option<Role>),
	Accept(PolicyVersion),
	Direct(Effect, Option<OrganisationId>, Option<Class>, Option<u64>),
	Withdraw(u32),
	Replace(u32, Effect),
	AcceptFor(PolicyVersion),
	Guardian(u64),
	EndGuardian,
	Delegate(u64, bool),
	EndDelegate,
	Private(Option<Class>),
	Condition(Condition),
	Declare(bool, u16),
	EndEmergency(u32, bool),
	Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
	use prop::{option, sample::select};
	let organisation = || select(vec![HOSPITAL, CLINIC]);
	let effect = || select(vec![Effect::Permit, Effect::Permit, Effect::Deny]);
	let roles =
		vec![Role::Clinician, Role::Nurse, Role::EmergencyClinician, Role::EmergencyClinician];
	let role = || select(roles.clone());
	let classes = vec![Class::ClinicalNote, Class::LabResult, Class::Genetics];
	let class = || select(classes.clone());
	let which = any::<bool>;
	// In hours.
	let time = || 0..60u64;
	prop_oneof![
		8 => (organisation(), which(), role(), 0..4u64, 0..200u64)
			.prop_map(|(by, who, role, from, lasts)| Step::Credential(by, who, role, from, lasts)),
		2 => (organisation(), which()).prop_map(|(by, who)| Step::Revoke(by, who)),
		1 => organisation().prop_map(Step::Suspend),
		2 => organisation().prop_map(Step::Reinstate),
		3 => (which(), class()).prop_map(|(record, class)| Step::Relabel(record, class)),
		1 => (0..8u8).prop_map(|n| if n == 0 { Step::Erase } else { Step::Wait(1) }),
		3 => (effect(), option::of(role())).prop_map(|(effect, role)| Step::Register(effect, role)),
		3 => (1..6u32).prop_map(Step::Accept),
		4 => (effect(), option::of(organisation()), option::of(class()), option::of(time()))
			.prop_map(|(effect, to, class, until)| Step::Direct(effect, to, class, until)),
		2 => (0..10u32).prop_map(Step::Withdraw),
		2 => (0..10u32, effect()).prop_map(|(old, effect)| Step::Replace(old, effect)),
		1 => (1..6u32).prop_map(Step::AcceptFor),
		3 => time().prop_map(Step::Guardian),
		1 => Just(Step::EndGuardian),
		3 => (time(), which()).prop_map(|(hours, opens)| Step::Delegate(hours, opens)),
		1 => Just(Step::EndDelegate),
		3 => option::of(class()).prop_map(Step::Private),
		1 => select(vec![Condition::Capable, Condition::Capable, Condition::Incapable])
			.prop_map(Step::Condition),
		6 => (which(), 1..=240u16).prop_map(|(who, minutes)| Step::Declare(who, minutes)),
		1 => (0..4u32, which()).prop_map(|(id, who)| Step::EndEmergency(id, who)),
		10 => (0..9u64).prop_map(Step::Wait),
	]
}

const HOUR: Moment = 60 * 60 * 1000;

fn practitioner(first: bool) -> AccountId {
	if first {
		clinician()
	} else {
		visitor()
	}
}

fn apply(step: &Step) -> Result<(), DispatchError> {
	match step.clone() {
		Step::Credential(by, who, role, from, lasts) => {
			let from = now() + from * HOUR;
			credential(by, practitioner(who), role, from, from + lasts * HOUR)
		}
		Step::Revoke(by, who) => Consortium::revoke(agent(by), practitioner(who)),
		Step::Suspend(organisation) => Consortium::suspend(RuntimeOrigin::root(), organisation),
		Step::Reinstate(organisation) => Consortium::reinstate(RuntimeOrigin::root(), organisation),
		Step::Relabel(note, class) => {
			let record = if note { NOTE } else { RESULT };
			Records::relabel(agent(HOSPITAL), record, labels(class))
		}
		Step::Erase => Records::erase(agent(HOSPITAL), NOTE),
		Step::Register(effect, role) => register_policy(rules(effect, role.map(Actor::Role), &[])),
		Step::Accept(version) => Acceptances::accept(signed(patient()), PATIENT, version),
		Step::AcceptFor(version) => Acceptances::accept(signed(GUARDIAN), PATIENT, version),
		Step::Direct(effect, to, class, until) => {
			let class: Vec<Class> = class.into_iter().collect();
			let mut directive = rules(effect, to.map(Actor::Organisation), &class);
			directive.base.purposes = set([Purpose::Treatment]);
			directive.base.period.until = until.map(|hours| now() + hours * HOUR);
			direct(directive)
		}
		Step::Withdraw(directive) => Consent::withdraw(signed(patient()), PATIENT, directive),
		Step::Replace(old, effect) => {
			let new = Box::new(rules(effect, [Actor::Role(Role::Nurse)], &[]));
			Consent::replace(signed(patient()), PATIENT, old, new, None)
				.map(drop)
				.map_err(|error| error.error)
		}
		Step::Guardian(hours) => name_guardian(Some(now() + hours * HOUR)),
		Step::EndGuardian => Patients::end_guardian(signed(patient()), PATIENT, GUARDIAN),
		Step::Delegate(hours, opens) => {
			let deed = if opens { Deed::OpenDocuments } else { Deed::Withdraw };
			let until = now() + hours * HOUR;
			Patients::name_delegate(signed(patient()), PATIENT, DELEGATE, set([deed]), until)
		}
		Step::EndDelegate => Patients::end_delegate(signed(patient()), PATIENT, DELEGATE),
		Step::Private(class) => {
			let classes = set(class);
			Patients::mark_private(signed(patient()), PATIENT, classes, Default::default())
		}
		Step::Condition(condition) => {
			Patients::report_condition(agent(HOSPITAL), PATIENT, condition)?;
			Patients::confirm_condition(agent(CLINIC), PATIENT, condition)
		}
		Step::Declare(who, minutes) => Emergencies::declare(
			signed(practitioner(who)),
			PATIENT,
			EmergencyReason::UnableToConsent,
			minutes,
		),
		Step::EndEmergency(emergency, who) => {
			Emergencies::end(signed(practitioner(who)), emergency)
		}
		Step::Wait(hours) => {
			set_time(now() + hours * HOUR);
			Ok(())
		}
	}
}

/// The answers to all questions about a moment.
fn answers(at: Moment) -> Vec<Decision> {
	let mut answers = Vec::new();
	for who in [patient(), GUARDIAN, DELEGATE, clinician(), visitor(), STRANGER] {
		for record in [NOTE, RESULT] {
			for purpose in [Purpose::Treatment, Purpose::EmergencyTreatment] {
				answers.push(asked(&who, record, purpose, at));
			}
		}
	}
	answers
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn answers_should_be_those_given_live_whatever_changed_since(
		steps in prop::collection::vec(step(), 10..80),
	) {
		world(|| {
			let mut live = Vec::new();
			for step in &steps {
				if matches!(step, Step::Wait(1..)) {
					live.push((now(), answers(now())));
				}
				// A dispatch runs each call in a storage transaction too.
				let _ = with_storage_layer(|| apply(step));
			}
			set_time(now() + 1);
			for (at, given) in live {
				assert_eq!(answers(at), given, "at {at}");
			}
		});
	}
}

/// The property above proves little unless the steps reach every kind of answer often.
#[test]
fn steps_should_reach_every_kind_of_answer_when_drawn() {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	let steps = prop::collection::vec(step(), 10..80);
	let mut seen = std::collections::BTreeMap::<String, u32>::new();
	for _ in 0..64 {
		let steps = steps.new_tree(&mut runner).unwrap().current();
		world(|| {
			for step in &steps {
				let _ = with_storage_layer(|| apply(step));
				for Decision { effect, basis } in answers(now()) {
					let name = format!("{basis:?}");
					let kind = name.split([' ', '{']).next().unwrap();
					*seen.entry(format!("{effect:?} {kind}")).or_default() += 1;
				}
			}
		});
	}
	for kind in [
		"Permit OwnAccess",
		"Permit GuardianAccess",
		"Permit DelegateAccess",
		"Permit Emergency",
		"Permit Directive",
		"Deny Directive",
		"Permit BasePolicy",
		"Deny BasePolicy",
		"Deny NotAccepted",
		"Deny NoRule",
		"Deny NoCredential",
	] {
		let times = seen.get(kind).copied().unwrap_or(0);
		assert!(times >= 50, "{kind}: {times} times; all: {seen:#?}");
	}
}
