//! Properties of the decision function. All domains are small on purpose. With two or three
//! values each, rules, requests and records meet often. The last tests assert the outcomes
//! that the cases reach.

mod model;

use assent_policy::*;
use model::{
	cases::{self, outcome, outcomes, Case},
	laws::{self, Life, Setting},
	Policy, Row,
};
use proptest::{
	collection::vec,
	option,
	prelude::*,
	sample::{select, subsequence},
	strategy::ValueTree,
	test_runner::TestRunner,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs,
	path::Path,
};

const LAST: Moment = 6;

fn some_of<T: Ord + Clone + std::fmt::Debug + 'static, const N: u32>(
	domain: Vec<T>,
) -> impl Strategy<Value = bounded_collections::BoundedBTreeSet<T, bounded_collections::ConstU32<N>>>
{
	let most = domain.len();
	subsequence(domain, 0..=most)
		.prop_map(|list| list.into_iter().collect::<BTreeSet<_>>().try_into().unwrap())
}

/// A criterion, mostly empty. Whole provisions therefore match often.
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
		authored: Months { from: when.0, to: when.1 },
		period: Period { from: when.2, until: when.3 },
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
		Directive { base, exceptions: exceptions.try_into().unwrap() }
	})
}

fn directive() -> impl Strategy<Value = Directive> {
	directive_of(both(), both(), 4)
}

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
		.prop_map(|(classes, sensitivities)| Kinds { classes, sensitivities })
}

fn private() -> impl Strategy<Value = Private> {
	(kinds(), kinds())
		.prop_map(|(by_patient, by_organisation)| Private { by_patient, by_organisation })
}

/// A patient's directives, with unique numbers in any order.
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
			Requester::Practitioner(Practitioner { account, organisation, roles, groups })
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
		.prop_map(|(requester, purpose, action, time, emergency, private)| Request {
			requester,
			purpose,
			action,
			time,
			emergency,
			private,
		})
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

/// Mostly the oldest version handed in is the accepted version, as on the chain. Otherwise no
/// version is accepted, another version is, or the version before all of them. A version that
/// is not registered can't be accepted.
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
	// Versions often have the same rules, so the versions often permit together. In other
	// cases one version differs.
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
			Accepted::Place(place) => {
				versions.get(place).map(|(version, _): &(PolicyVersion, Directive)| *version)
			}
		};
		let (accepted, accepted_by_patient) = (number(by_any), number(by_patient));
		Policy { accepted, accepted_by_patient, versions }
	})
}

fn setting() -> impl Strategy<Value = Setting> {
	(request(), record(), rows(), policy()).prop_map(|(request, record, rows, policy)| Setting {
		request,
		record,
		rows,
		policy,
	})
}

fn order() -> impl Strategy<Value = Vec<usize>> {
	vec(0..6usize, 0..=6)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

	#[test]
	fn decide_should_equal_the_model_when_given_anything(setting in setting()) {
		laws::equals_the_model(&setting);
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 384, ..ProptestConfig::default() })]

	#[test]
	fn decide_should_say_the_same_when_asked_again_about_copies(setting in setting()) {
		laws::says_the_same_about_copies(&setting);
	}

	#[test]
	fn decide_should_not_care_when_directives_come_in_another_order(
		setting in setting(), order in order(),
	) {
		laws::does_not_care_for_the_order(&setting, &order);
	}

	#[test]
	fn decide_should_not_care_when_numbers_are_handed_in_twice(
		setting in setting(), order in order(),
	) {
		laws::does_not_care_for_the_order_of_one_number(&setting, &order);
	}

	#[test]
	fn decide_should_deny_when_there_are_no_rules(setting in setting()) {
		laws::denies_without_rules(&setting);
	}

	#[test]
	fn decide_should_deny_when_only_rules_for_others_are_there(setting in setting()) {
		laws::denies_when_all_rules_are_for_others(&setting);
	}

	#[test]
	fn denying_directive_should_never_permit_more_when_added(
		setting in setting(), added in directive(), life in life(),
	) {
		laws::more_denials_never_permit_more(&setting, added, life);
	}

	#[test]
	fn permitting_directive_should_never_deny_more_when_added(
		setting in setting(), added in directive(), life in life(),
	) {
		laws::more_permissions_never_deny_more(&setting, added, life);
	}

	#[test]
	fn directive_should_be_named_when_adding_it_changes_the_effect(
		setting in setting(), added in directive(), life in life(),
	) {
		laws::what_changes_the_effect_is_named(&setting, added, life);
	}

	#[test]
	fn directive_should_change_nothing_when_withdrawn_expired_or_not_yet_made(
		setting in setting(), added in directive(), earlier in 0..=LAST,
	) {
		laws::only_what_is_in_force_counts(&setting, added, earlier);
	}

	#[test]
	fn decision_should_stay_when_directives_end_and_are_made_later(
		setting in setting(), added in directive(), later in 0..=LAST,
	) {
		laws::history_goes_on_without_changing_what_was(&setting, added, later);
	}

	#[test]
	fn private_kinds_should_only_take_from_representatives_when_more_are_marked(
		setting in setting(), private in private(),
	) {
		laws::marks_only_take_from_representatives(&setting, private);
	}

	#[test]
	fn representatives_directive_should_change_nothing_when_the_record_is_private(
		setting in setting(),
		added in directive(),
		life in life(),
		by_patient in any::<bool>(),
		by_class in any::<bool>(),
	) {
		laws::representatives_have_no_hand_in_what_is_private(
			&setting, added, life, by_patient, by_class,
		);
	}

	#[test]
	fn representatives_acceptance_should_change_nothing_when_the_record_is_private(
		setting in setting(), other in policy(),
	) {
		laws::representatives_accept_nothing_of_what_is_private(&setting, other.accepted);
	}

	#[test]
	fn version_should_never_permit_more_when_registered_and_not_accepted(
		setting in setting(), rules in directive(),
	) {
		laws::a_new_version_never_permits_more(&setting, rules);
	}

	#[test]
	fn accepted_version_should_permit_alone_when_the_base_policy_permits(
		setting in setting(),
	) {
		laws::base_policy_permits_only_what_was_accepted(&setting);
	}

	#[test]
	fn older_version_should_never_permit_more_when_the_patient_goes_back(
		setting in setting(), rules in vec(directive(), 1..=4), back in 0..4usize,
	) {
		laws::going_back_never_permits_more(&setting, rules, back);
	}

	#[test]
	fn base_policy_should_permit_nothing_when_no_version_was_accepted(setting in setting()) {
		laws::base_policy_permits_nothing_when_nothing_was_accepted(&setting);
	}

	#[test]
	fn exceptions_should_change_nothing_when_the_directive_does_not_apply_without_them(
		setting in setting(), directive in directive(),
	) {
		laws::exceptions_count_only_where_the_base_applies(&setting, &directive);
	}

	#[test]
	fn checked_directive_should_be_reachable_when_accepted(
		directive in directive(), now in 0..=LAST,
	) {
		laws::what_is_checked_can_be_reached(&directive, now);
	}

	#[test]
	fn idle_exception_should_change_no_effect_when_left_out(
		setting in setting(), directive in directive(),
	) {
		laws::idle_exceptions_change_nothing(&setting, &directive);
	}

	/// The function is total: every value that decodes gets a decision and is within bounds.
	#[test]
	fn decide_should_not_panic_when_fed_what_happens_to_decode(
		bytes in vec(prop_oneof![3 => 0..=8u8, 1 => any::<u8>()], 0..400),
		setting in setting(),
		at in any::<usize>(),
	) {
		cases::decode(&bytes);
		let mut changed = cases::encode(&setting);
		let at = at % changed.len();
		changed[at] = bytes.first().copied().unwrap_or(0);
		cases::decode(&changed);
	}
}

fn reached(settings: impl IntoIterator<Item = Setting>) -> BTreeMap<String, u32> {
	let mut seen = BTreeMap::new();
	for outcome in settings.into_iter().filter_map(|one| outcome(&one)) {
		*seen.entry(outcome).or_default() += 1;
	}
	seen
}

/// The strategies have a value only if the cases often reach every basis, both effects and
/// both kinds of provision.
#[test]
fn cases_should_reach_every_outcome_when_drawn() {
	let mut runner = TestRunner::deterministic();
	let cases = setting();
	let seen = reached((0..6_000).map(|_| cases.new_tree(&mut runner).unwrap().current()));
	for outcome in outcomes() {
		let times = seen.get(&outcome).copied().unwrap_or(0);
		assert!(times >= 15, "{outcome}: {times} times; all: {seen:#?}");
	}
}

/// The inputs that the fuzzer kept (`core/policy/fuzz`).
fn corpus(target: &str) -> Vec<Vec<u8>> {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
	let mut paths: Vec<_> = fs::read_dir(&folder)
		.unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
		.map(|entry| entry.unwrap().path())
		.collect();
	paths.sort();
	paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn corpus_should_keep_every_law_and_reach_every_outcome_when_replayed() {
	let cases: Vec<Case> = corpus("decide")
		.iter()
		.map(|input| Case::of(input).expect("every input makes a case"))
		.collect();
	cases.iter().for_each(Case::check);
	let seen = reached(cases.into_iter().map(|case| case.setting));
	for outcome in outcomes() {
		assert!(seen.contains_key(&outcome), "{outcome}; all: {seen:#?}");
	}
}

#[test]
fn corpus_should_decode_to_decisions_when_replayed() {
	let decisions: Vec<Decision> =
		corpus("decode").iter().filter_map(|input| cases::decode(input)).collect();
	for effect in both() {
		assert!(
			decisions.iter().any(|decision| decision.effect == effect
				&& matches!(decision.basis, Basis::Directive { .. })),
			"no input decodes to a directive's {effect:?}"
		);
	}
}
