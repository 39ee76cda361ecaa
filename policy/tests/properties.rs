//! Properties of the decision function. All domains are small on purpose: two or three
//! values each, so that rules, requests and records meet often. What the cases reach is
//! itself asserted at the end.

mod model;

use assent_policy::*;
use codec::{Decode, Encode, MaxEncodedLen};
use model::{decide_slowly, Row};
use proptest::{
	collection::vec,
	option,
	prelude::*,
	sample::{select, subsequence},
	strategy::ValueTree,
	test_runner::TestRunner,
};
use std::collections::BTreeSet;

const LAST: Moment = 6;

fn some_of<T: Ord + Clone + std::fmt::Debug + 'static, const N: u32>(
	domain: Vec<T>,
) -> impl Strategy<Value = bounded_collections::BoundedBTreeSet<T, bounded_collections::ConstU32<N>>>
{
	let most = domain.len();
	subsequence(domain, 0..=most).prop_map(|list| {
		list.into_iter()
			.collect::<BTreeSet<_>>()
			.try_into()
			.unwrap()
	})
}

/// A criterion: mostly empty, so that whole provisions match often.
fn criterion<T: Ord + Clone + std::fmt::Debug + 'static>(
	domain: Vec<T>,
) -> impl Strategy<Value = Criterion<T>> {
	prop_oneof![
		5 => Just(Criterion::default()),
		1 => some_of(domain),
	]
}

fn tokens() -> Vec<Token> {
	vec![Token([1; 16]), Token([2; 16])]
}

fn purposes() -> Vec<Purpose> {
	vec![
		Purpose::Treatment,
		Purpose::EmergencyTreatment,
		Purpose::BreakGlass,
		Purpose::Other(Token([1; 16])),
	]
}

fn actors() -> Vec<Actor> {
	let at = |role, organisation| Actor::RoleAt(RoleAt { role, organisation });
	vec![
		Actor::Practitioner([1; 32]),
		Actor::Practitioner([2; 32]),
		Actor::Organisation(1),
		Actor::Organisation(2),
		Actor::Role(Role::Clinician),
		Actor::Role(Role::Nurse),
		Actor::Group(Token([1; 16])),
		at(Role::Clinician, 1),
		at(Role::Nurse, 2),
	]
}

fn provision(effects: Vec<Effect>) -> impl Strategy<Value = Provision> {
	let who = (
		select(effects),
		criterion(actors()),
		criterion(purposes()),
		criterion(vec![Action::Access, Action::Use]),
	);
	let what = (
		criterion(vec![Class::LabResult, Class::Imaging]),
		criterion(tokens()),
		criterion(vec![Confidentiality::Normal, Confidentiality::Restricted]),
		criterion(tokens()),
		criterion(tokens()),
		criterion(tokens()),
		criterion(vec![RecordId([1; 16]), RecordId([2; 16])]),
	);
	let when = (
		option::weighted(0.15, 0..=2u16),
		option::weighted(0.15, 0..=2u16),
		option::weighted(0.15, 0..=LAST),
		option::weighted(0.15, 0..=LAST),
	);
	(who, what, when).prop_map(|(who, what, when)| Provision {
		effect: who.0,
		actors: who.1,
		purposes: who.2,
		actions: who.3,
		classes: what.0,
		codes: what.1,
		confidentialities: what.2,
		sensitivities: what.3,
		authors: what.4,
		encounters: what.5,
		records: what.6,
		authored: Months {
			from: when.0,
			to: when.1,
		},
		period: Period {
			from: when.2,
			until: when.3,
		},
	})
}

fn both() -> Vec<Effect> {
	vec![Effect::Permit, Effect::Deny]
}

fn directive_of(
	base: Vec<Effect>,
	exceptions: Vec<Effect>,
	most: usize,
) -> impl Strategy<Value = Directive> {
	(provision(base), vec(provision(exceptions), 0..=most)).prop_map(|(base, exceptions)| {
		Directive {
			base,
			exceptions: exceptions.try_into().unwrap(),
		}
	})
}

fn directive() -> impl Strategy<Value = Directive> {
	directive_of(both(), both(), 4)
}

/// Since when, until when, and in whose right.
type Life = (Moment, Option<Moment>, Maker);

fn life() -> impl Strategy<Value = Life> {
	(
		prop_oneof![3 => Just(0), 1 => 0..=LAST],
		option::weighted(0.3, 0..=LAST),
		prop_oneof![2 => Just(Maker::Patient), 1 => Just(Maker::Representative)],
	)
}

fn kinds() -> impl Strategy<Value = Kinds> {
	(
		prop_oneof![2 => Just(Listed::default()), 1 => some_of(vec![Class::LabResult, Class::Imaging])],
		prop_oneof![2 => Just(Listed::default()), 1 => some_of(tokens())],
	)
		.prop_map(|(classes, sensitivities)| Kinds {
			classes,
			sensitivities,
		})
}

fn private() -> impl Strategy<Value = Private> {
	(kinds(), kinds()).prop_map(|(by_patient, by_organisation)| Private {
		by_patient,
		by_organisation,
	})
}

/// A patient's directives: numbers are unique and in no order.
fn rows() -> impl Strategy<Value = Vec<Row>> {
	vec((directive(), life()), 0..6).prop_flat_map(|list| {
		let numbers: Vec<DirectiveId> = (0..list.len() as DirectiveId).collect();
		(Just(list), Just(numbers).prop_shuffle()).prop_map(|(list, numbers)| {
			list.into_iter()
				.zip(numbers)
				.map(|((directive, (made, ended, maker)), id)| Row {
					id,
					directive,
					maker,
					made,
					ended,
				})
				.collect()
		})
	})
}

fn requester() -> impl Strategy<Value = Requester> {
	let practitioner = (
		select(vec![[1; 32], [2; 32]]),
		1..=2u32,
		some_of(vec![Role::Clinician, Role::Nurse]),
		some_of(tokens()),
	)
		.prop_map(|(account, organisation, roles, groups)| {
			Requester::Practitioner(Practitioner {
				account,
				organisation,
				roles,
				groups,
			})
		});
	prop_oneof![
		1 => Just(Requester::Patient),
		1 => Just(Requester::Guardian),
		1 => Just(Requester::Delegate),
		1 => Just(Requester::Stranger),
		12 => practitioner,
	]
}

fn request() -> impl Strategy<Value = Request> {
	(
		requester(),
		select(purposes()),
		select(vec![Action::Access, Action::Use]),
		0..=LAST,
		any::<bool>(),
		prop_oneof![1 => Just(Private::default()), 1 => private()],
	)
		.prop_map(
			|(requester, purpose, action, time, emergency, private)| Request {
				requester,
				purpose,
				action,
				time,
				emergency,
				private,
			},
		)
}

fn record() -> impl Strategy<Value = RecordAttributes> {
	(
		select(vec![RecordId([1; 16]), RecordId([2; 16])]),
		select(vec![Class::LabResult, Class::Imaging]),
		select(vec![Confidentiality::Normal, Confidentiality::Restricted]),
		some_of(tokens()),
		option::of(select(tokens())),
		option::of(select(tokens())),
		option::of(select(tokens())),
		0..=2u16,
	)
		.prop_map(
			|(record, class, confidentiality, sensitivities, code, author, encounter, authored)| {
				RecordAttributes {
					record,
					custodian: 1,
					class,
					confidentiality,
					sensitivities,
					code,
					author,
					encounter,
					authored,
				}
			},
		)
}

/// A custodian's base policy as it stands for a patient, owning its versions.
#[derive(Clone, Debug, Default)]
struct Policy {
	accepted: Option<PolicyVersion>,
	accepted_by_patient: Option<PolicyVersion>,
	versions: Vec<(PolicyVersion, Directive)>,
}

impl Policy {
	fn stands(&self) -> BasePolicy<'_> {
		BasePolicy {
			accepted: self.accepted,
			accepted_by_patient: self.accepted_by_patient,
			versions: &self.versions,
		}
	}

	/// With a newer version, which the patient did not accept.
	fn registering(&self, rules: Directive) -> Self {
		let newest = self.versions.iter().map(|(version, _)| *version).max();
		let version = newest.unwrap_or(0) + 1;
		let mut policy = self.clone();
		policy.versions.push((version, rules));
		policy
	}

	/// Under this version, accepted, alone.
	fn alone(version: PolicyVersion, rules: &Directive) -> Self {
		Self {
			accepted: Some(version),
			accepted_by_patient: Some(version),
			versions: vec![(version, rules.clone())],
		}
	}
}

/// Mostly the oldest version handed in is the accepted one, as the chain does it; else none
/// is, or another of them, or one before them all. Nobody accepts what is not registered.
fn policy() -> impl Strategy<Value = Policy> {
	#[derive(Clone, Debug)]
	enum Accepted {
		Nothing,
		Before,
		Place(usize),
	}
	let accepted = || {
		prop_oneof![
			8 => Just(Accepted::Place(0)),
			1 => Just(Accepted::Nothing),
			1 => Just(Accepted::Before),
			2 => (0..3usize).prop_map(Accepted::Place),
		]
	};
	// Versions often say the same, so that they often permit together; or all but one do.
	let rules = prop_oneof![
		1 => vec(directive(), 0..=3),
		2 => (directive(), 1..=3usize).prop_map(|(rules, times)| vec![rules; times]),
		1 => (directive(), directive()).prop_map(|(rules, other)| vec![rules.clone(), other, rules]),
	];
	(2..5u32, accepted(), accepted(), rules).prop_map(|(first, by_any, by_patient, rules)| {
		let versions: Vec<_> = (first..).zip(rules).collect();
		let number = |accepted| match accepted {
			Accepted::Nothing => None,
			Accepted::Before => Some(first - 1),
			Accepted::Place(place) => versions
				.get(place)
				.map(|(version, _): &(PolicyVersion, Directive)| *version),
		};
		let (accepted, accepted_by_patient) = (number(by_any), number(by_patient));
		Policy {
			accepted,
			accepted_by_patient,
			versions,
		}
	})
}

fn decide_rows(
	request: &Request,
	record: &RecordAttributes,
	rows: &[Row],
	policy: &Policy,
) -> Decision {
	decide(
		request,
		record,
		rows.iter().map(Row::stored),
		policy.stands(),
	)
}

/// Adds a directive with a number that is free.
fn and(rows: &[Row], directive: Directive, (made, ended, maker): Life) -> Vec<Row> {
	let id = rows.len() as DirectiveId;
	let mut rows = rows.to_vec();
	rows.push(Row {
		id,
		directive,
		maker,
		made,
		ended,
	});
	rows
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

	#[test]
	fn decide_should_equal_the_model_when_given_anything(
		request in request(), record in record(), rows in rows(), policy in policy(),
	) {
		let decision = decide_rows(&request, &record, &rows, &policy);
		prop_assert_eq!(decision, decide_slowly(&request, &record, &rows, policy.stands()));
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 384, ..ProptestConfig::default() })]

	#[test]
	fn decide_should_say_the_same_when_asked_again_about_copies(
		request in request(), record in record(), rows in rows(), policy in policy(),
	) {
		let again = Row::clone;
		let copies: Vec<Row> = rows.iter().map(again).collect();
		let recoded = RecordAttributes::decode(&mut &record.encode()[..]).unwrap();
		prop_assert_eq!(
			decide_rows(&request, &record, &rows, &policy),
			decide_rows(&request.clone(), &recoded, &copies, &policy.clone())
		);
	}

	#[test]
	fn decide_should_not_care_when_directives_come_in_another_order(
		request in request(),
		record in record(),
		(rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
		policy in policy(),
	) {
		prop_assert_eq!(
			decide_rows(&request, &record, &rows, &policy),
			decide_rows(&request, &record, &shuffled, &policy)
		);
	}

	#[test]
	fn decide_should_not_care_when_numbers_are_handed_in_twice(
		request in request(),
		record in record(),
		(rows, shuffled) in rows()
			.prop_map(|mut rows| {
				rows.iter_mut().for_each(|row| row.id /= 2);
				rows
			})
			.prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
		policy in policy(),
	) {
		prop_assert_eq!(
			decide_rows(&request, &record, &rows, &policy),
			decide_rows(&request, &record, &shuffled, &policy)
		);
	}

	#[test]
	fn decide_should_deny_when_there_are_no_rules(request in request(), record in record()) {
		let decision = decide_rows(&request, &record, &[], &Policy::default());
		let urgent = matches!(request.purpose, Purpose::BreakGlass | Purpose::EmergencyTreatment);
		let expected = match request.requester {
			Requester::Patient => (Effect::Permit, Basis::OwnAccess),
			Requester::Guardian | Requester::Delegate if request.private.covers(&record) =>
				(Effect::Deny, Basis::NoRule),
			Requester::Guardian => (Effect::Permit, Basis::GuardianAccess),
			Requester::Delegate => (Effect::Permit, Basis::DelegateAccess),
			Requester::Stranger => (Effect::Deny, Basis::NoCredential),
			Requester::Practitioner(_) if request.emergency && urgent =>
				(Effect::Permit, Basis::Emergency),
			Requester::Practitioner(_) => (Effect::Deny, Basis::NoRule),
		};
		prop_assert_eq!((decision.effect, decision.basis), expected);
	}

	#[test]
	fn decide_should_deny_when_only_rules_for_others_are_there(
		request in request(), record in record(), rows in rows(), policy in policy(),
	) {
		let elsewhere = |directive: &mut Directive| {
			directive.base.records = BTreeSet::from([RecordId([9; 16])]).try_into().unwrap();
		};
		let mut rows = rows;
		rows.iter_mut().for_each(|row| elsewhere(&mut row.directive));
		let mut policy = policy;
		policy.versions.iter_mut().for_each(|(_, rules)| elsewhere(rules));
		prop_assert_eq!(
			decide_rows(&request, &record, &rows, &policy),
			decide_rows(&request, &record, &[], &Policy::default())
		);
	}

	/// Emergencies included: a denial there stays a denial too.
	#[test]
	fn denying_directive_should_never_permit_more_when_added(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		added in directive_of(vec![Effect::Deny], vec![Effect::Deny], 3),
		life in life(),
	) {
		let before = decide_rows(&request, &record, &rows, &policy);
		let after = decide_rows(&request, &record, &and(&rows, added, life), &policy);
		if before.effect == Effect::Deny {
			prop_assert_eq!(after.effect, Effect::Deny);
		}
	}

	#[test]
	fn permitting_directive_should_never_deny_more_when_added(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		added in directive_of(vec![Effect::Permit], both(), 0),
		life in life(),
	) {
		let before = decide_rows(&request, &record, &rows, &policy);
		let after = decide_rows(&request, &record, &and(&rows, added, life), &policy);
		if before.effect == Effect::Permit {
			prop_assert_eq!(after.effect, Effect::Permit);
		}
	}

	/// An added directive changes the outcome only by deciding itself.
	#[test]
	fn directive_should_be_named_when_adding_it_changes_the_effect(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		added in directive(),
		life in life(),
	) {
		let before = decide_rows(&request, &record, &rows, &policy);
		let after = decide_rows(&request, &record, &and(&rows, added, life), &policy);
		if before.effect != after.effect {
			let number = rows.len() as DirectiveId;
			let Basis::Directive { directive, .. } = after.basis else {
				return Err(TestCaseError::fail(format!("decided by {:?}", after.basis)));
			};
			prop_assert_eq!(directive, number);
		}
	}

	#[test]
	fn directive_should_change_nothing_when_withdrawn_expired_or_not_yet_made(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		added in directive(),
		earlier in 0..=LAST,
	) {
		let before = decide_rows(&request, &record, &rows, &policy);
		let decide_with = |directive: &Directive, life| {
			decide_rows(&request, &record, &and(&rows, directive.clone(), life), &policy)
		};
		let time = request.time;
		let ended = Some(time.saturating_sub(earlier));
		let maker = Maker::Patient;
		prop_assert_eq!(decide_with(&added, (0, ended, maker)), before, "withdrawn");
		let later = (time + 1 + earlier, None, maker);
		prop_assert_eq!(decide_with(&added, later), before, "not yet made");
		let mut expired = added.clone();
		expired.base.period = Period { from: None, until: ended };
		prop_assert_eq!(decide_with(&expired, (0, None, maker)), before, "expired");
		let mut ahead = added;
		ahead.base.period = Period { from: Some(time + 1 + earlier), until: None };
		prop_assert_eq!(decide_with(&ahead, (0, None, maker)), before, "not yet begun");
	}

	/// Marking a kind private gives nothing to those who act for the patient, and takes nothing
	/// that they have by the patient's own directives from practitioners.
	#[test]
	fn private_kinds_should_only_take_from_representatives_when_more_are_marked(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		private in private(),
	) {
		let open = Request { private: Private::default(), ..request.clone() };
		let closed = Request { private, ..request };
		let before = decide_rows(&open, &record, &rows, &policy);
		let after = decide_rows(&closed, &record, &rows, &policy);
		match closed.requester {
			Requester::Guardian | Requester::Delegate => {
				prop_assert_eq!(before.effect, Effect::Permit);
				let denied = Decision { effect: Effect::Deny, basis: Basis::NoRule };
				let expected = if closed.private.covers(&record) { denied } else { before };
				prop_assert_eq!(after, expected);
			}
			Requester::Patient | Requester::Stranger => prop_assert_eq!(after, before),
			Requester::Practitioner(_) => {
				let mut own = rows;
				own.retain(|row| row.maker == Maker::Patient);
				let expected = if closed.private.covers(&record) {
					let accepted = policy.accepted_by_patient;
					let as_patient = Policy { accepted, ..policy };
					decide_rows(&open, &record, &own, &as_patient)
				} else {
					before
				};
				prop_assert_eq!(after, expected);
			}
		}
	}

	/// A representative can neither let anybody in to what is private nor keep anybody out.
	#[test]
	fn representatives_directive_should_change_nothing_when_the_record_is_private(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		added in directive(),
		(made, ended, _) in life(),
		by_patient in any::<bool>(),
		by_class in any::<bool>(),
	) {
		let mut kinds = Kinds::default();
		match record.sensitivities.first() {
			Some(token) if !by_class => kinds.sensitivities = BTreeSet::from([*token]).try_into().unwrap(),
			_ => kinds.classes = BTreeSet::from([record.class]).try_into().unwrap(),
		}
		let private = if by_patient {
			Private { by_patient: kinds, ..Private::default() }
		} else {
			Private { by_organisation: kinds, ..Private::default() }
		};
		let request = Request { private, ..request };
		let life = (made, ended, Maker::Representative);
		prop_assert_eq!(
			decide_rows(&request, &record, &and(&rows, added, life), &policy),
			decide_rows(&request, &record, &rows, &policy)
		);
	}

	/// Nor does what a representative accepted matter there.
	#[test]
	fn representatives_acceptance_should_change_nothing_when_the_record_is_private(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		other in policy(),
	) {
		let kinds = Kinds {
			classes: BTreeSet::from([record.class]).try_into().unwrap(),
			..Kinds::default()
		};
		let private = Private { by_patient: kinds, ..Private::default() };
		let request = Request { private, ..request };
		let without = Policy { accepted: other.accepted, ..policy.clone() };
		prop_assert_eq!(
			decide_rows(&request, &record, &rows, &without),
			decide_rows(&request, &record, &rows, &policy)
		);
	}

	/// Nothing widens silently, whatever the versions before say.
	#[test]
	fn version_should_never_permit_more_when_registered_and_not_accepted(
		request in request(),
		record in record(),
		rows in rows(),
		policy in policy(),
		rules in directive(),
	) {
		let before = decide_rows(&request, &record, &rows, &policy);
		let after = decide_rows(&request, &record, &rows, &policy.registering(rules));
		if before.effect == Effect::Deny {
			prop_assert_eq!(after.effect, Effect::Deny);
		}
	}

	/// What base policy permits stands in the version that the patient accepted.
	#[test]
	fn base_policy_should_permit_only_what_the_accepted_version_permits_alone(
		request in request(), record in record(), rows in rows(), policy in policy(),
	) {
		let decision = decide_rows(&request, &record, &rows, &policy);
		if let (Effect::Permit, Basis::BasePolicy { version, .. }) =
			(decision.effect, decision.basis)
		{
			let accepted = if request.private.covers(&record) {
				policy.accepted_by_patient
			} else {
				policy.accepted
			};
			prop_assert_eq!(accepted, Some(version));
			let found = policy.versions.iter().find(|(number, _)| *number == version);
			let alone = Policy::alone(version, &found.unwrap().1);
			prop_assert_eq!(decide_rows(&request, &record, &rows, &alone), decision);
		}
	}

	/// Under an older version more of them must permit.
	#[test]
	fn older_version_should_never_permit_more_when_the_patient_goes_back(
		request in request(), record in record(), rows in rows(), rules in vec(directive(), 1..=4),
		back in 0..4usize,
	) {
		let versions: Vec<_> = (1..).zip(rules).collect();
		let under = |first: usize| Policy {
			accepted: Some(versions[first].0),
			accepted_by_patient: Some(versions[first].0),
			versions: versions[first..].to_vec(),
		};
		let newest = versions.len() - 1;
		let before = decide_rows(&request, &record, &rows, &under(newest));
		let after = decide_rows(&request, &record, &rows, &under(back.min(newest)));
		if before.effect == Effect::Deny {
			prop_assert_eq!(after.effect, Effect::Deny);
		}
	}

	#[test]
	fn base_policy_should_permit_nothing_when_no_version_was_accepted(
		request in request(), record in record(), rows in rows(), policy in policy(),
	) {
		let policy = Policy { accepted: None, accepted_by_patient: None, ..policy };
		let decision = decide_rows(&request, &record, &rows, &policy);
		let without = decide_rows(&request, &record, &rows, &Policy::default());
		prop_assert_eq!(decision.effect, without.effect);
	}

	#[test]
	fn exceptions_should_change_nothing_when_the_directive_does_not_apply_without_them(
		request in request(), record in record(), directive in directive(),
	) {
		let bare = Directive { exceptions: Default::default(), ..directive.clone() };
		let nothing = decide(&request, &record, [], BasePolicy::default());
		let of = |directive| {
			let stored = Stored { id: 0, directive, maker: Maker::Patient, made: 0, ended: None };
			decide(&request, &record, [stored], BasePolicy::default())
		};
		if of(&bare).basis == Basis::NoRule {
			prop_assert_eq!(of(&directive), nothing);
		}
	}

	#[test]
	fn checked_directive_should_be_reachable_when_accepted(
		directive in directive(), now in 0..=LAST,
	) {
		if check(&directive, now).is_ok() {
			let reachable = |provision: &Provision| {
				let from = provision.period.from.unwrap_or(0).max(now);
				let first = provision.authored.from.unwrap_or(0);
				provision.period.until.is_none_or(|until| from < until)
					&& provision.authored.to.is_none_or(|last| first <= last)
			};
			prop_assert!(reachable(&directive.base));
			prop_assert!(directive.exceptions.iter().all(reachable));
		}
	}

	/// Dropping an exception that `check` calls idle changes no effect.
	#[test]
	fn idle_exception_should_change_no_effect_when_left_out(
		request in request(),
		record in record(),
		effect in select(both()),
		base in provision(both()),
		idle in vec(provision(both()), 1..=3),
	) {
		let base = Provision { effect, ..base };
		let idle: Vec<_> = idle.into_iter().map(|one| Provision { effect, ..one }).collect();
		let with = Directive { base: base.clone(), exceptions: idle.try_into().unwrap() };
		let without = Directive { base, exceptions: Default::default() };
		let of = |directive| {
			let stored = Stored { id: 0, directive, maker: Maker::Patient, made: 0, ended: None };
			decide(&request, &record, [stored], BasePolicy::default()).effect
		};
		prop_assert_eq!(of(&with), of(&without));
	}

	/// Total: whatever decodes is decided, and nothing that decodes is out of bounds.
	#[test]
	fn decide_should_not_panic_when_fed_what_happens_to_decode(
		bytes in vec(prop_oneof![3 => 0..=8u8, 1 => any::<u8>()], 0..400),
		request in request(),
		record in record(),
		id in any::<DirectiveId>(),
		time in any::<Moment>(),
	) {
		if let Ok(directive) = Directive::decode(&mut &bytes[..]) {
			prop_assert!(directive.encoded_size() <= Directive::max_encoded_len());
			let request = Request { time, ..request };
			let stored = Stored { id, directive: &directive, maker: Maker::Patient, made: 0, ended: None };
			let policy = Policy::alone(id, &directive);
			decide(&request, &record, [stored], policy.stands());
			let _ = check(&directive, time);
		}
	}
}

/// The strategies are worth something only while they reach every basis, both effects and
/// both kinds of provision often.
#[test]
fn cases_should_reach_every_outcome_when_drawn() {
	let mut runner = TestRunner::deterministic();
	let cases = (request(), record(), rows(), policy());
	let mut seen = std::collections::BTreeMap::<String, u32>::new();
	for _ in 0..6_000 {
		let (request, record, rows, policy) = cases.new_tree(&mut runner).unwrap().current();
		let Decision { effect, basis } = decide_rows(&request, &record, &rows, &policy);
		let place = |provision| match provision {
			ProvisionRef::Base => "base",
			ProvisionRef::Exception(_) => "exception",
		};
		let represents = matches!(request.requester, Requester::Guardian | Requester::Delegate);
		let name = match basis {
			Basis::NoRule if represents => "what is private".into(),
			Basis::Directive { provision, .. } => format!("directive {}", place(provision)),
			Basis::BasePolicy { provision, .. } => format!("policy {}", place(provision)),
			Basis::Emergency => "emergency".into(),
			Basis::NotAccepted { .. } => "not accepted".into(),
			Basis::NoRule => "no rule".into(),
			Basis::GuardianAccess | Basis::DelegateAccess => "representative".into(),
			Basis::OwnAccess | Basis::NoCredential => continue,
		};
		let urgent = if request.emergency {
			" with emergency"
		} else {
			""
		};
		*seen
			.entry(format!("{effect:?} by {name}{urgent}"))
			.or_default() += 1;
	}
	for effect in ["Permit", "Deny"] {
		for name in [
			"directive base",
			"directive exception",
			"policy base",
			"policy exception",
		] {
			for urgent in ["", " with emergency"] {
				let outcome = format!("{effect} by {name}{urgent}");
				let times = seen.get(&outcome).copied().unwrap_or(0);
				assert!(times >= 15, "{outcome}: {times} times; all: {seen:#?}");
			}
		}
	}
	assert!(seen["Permit by representative"] >= 15);
	assert!(seen["Deny by what is private"] >= 15);
	assert!(seen["Permit by emergency with emergency"] >= 15);
	assert!(seen["Deny by no rule"] >= 15);
	assert!(seen["Deny by not accepted"] >= 15);
}
