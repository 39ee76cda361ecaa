//! The laws of every decision: one function a law. A function panics if the law is broken. The
//! property tests try the laws on settings of proptest. The fuzzer and the corpus try the laws
//! on settings made from bytes ([`super::cases`]).

use super::{decide_slowly, Policy, Row};
use assent_policy::*;
use codec::{Decode, Encode};
use std::collections::BTreeSet;

/// A request, and everything that the decision reads.
#[derive(Clone, Debug)]
pub struct Setting {
	pub request: Request,
	pub record: RecordAttributes,
	/// The patient's directives. The numbers are unique, and smaller than the number of
	/// directives.
	pub rows: Vec<Row>,
	pub policy: Policy,
}

/// The moment of the beginning, the moment of the end, and the person in whose right.
pub type Life = (Moment, Option<Moment>, Maker);

impl Setting {
	/// The engine's decision.
	pub fn decide(&self) -> Decision {
		decide(&self.request, &self.record, self.rows.iter().map(Row::stored), self.policy.stands())
	}

	fn with_rows(&self, rows: Vec<Row>) -> Self {
		Self { rows, ..self.clone() }
	}

	fn with_policy(&self, policy: Policy) -> Self {
		Self { policy, ..self.clone() }
	}

	fn with_private(&self, private: Private) -> Self {
		let mut setting = self.clone();
		setting.request.private = private;
		setting
	}

	/// The setting with one more directive, under a free number.
	fn and(&self, directive: Directive, (made, ended, maker): Life) -> Self {
		let mut setting = self.clone();
		setting.rows.push(Row {
			id: self.rows.len() as DirectiveId,
			directive,
			maker,
			made,
			ended,
		});
		setting
	}

	fn is_private(&self) -> bool {
		self.request.private.covers(&self.record)
	}
}

/// The engine and the slow model decide alike.
pub fn equals_the_model(setting: &Setting) {
	let slowly =
		decide_slowly(&setting.request, &setting.record, &setting.rows, setting.policy.stands());
	assert_eq!(setting.decide(), slowly);
}

/// An encoded and decoded copy of a request gets the same decision.
pub fn says_the_same_about_copies(setting: &Setting) {
	let mut copy = setting.clone();
	copy.record = RecordAttributes::decode(&mut &setting.record.encode()[..]).unwrap();
	copy.request = Request::decode(&mut &setting.request.encode()[..]).unwrap();
	assert_eq!(copy.decide(), setting.decide());
}

/// The order of the directives has no influence. `order` names places in the list. The
/// directives are taken from these places one by one.
pub fn does_not_care_for_the_order(setting: &Setting, order: &[usize]) {
	let mut left = setting.rows.clone();
	let mut rows = Vec::new();
	for place in order.iter().chain(core::iter::repeat(&0)) {
		if left.is_empty() {
			break;
		}
		rows.push(left.swap_remove(place % left.len()));
	}
	assert_eq!(setting.with_rows(rows).decide(), setting.decide());
}

/// The order has no influence either if directives have the same number.
pub fn does_not_care_for_the_order_of_one_number(setting: &Setting, order: &[usize]) {
	let mut doubled = setting.clone();
	doubled.rows.iter_mut().for_each(|row| row.id /= 2);
	does_not_care_for_the_order(&doubled, order);
}

/// The decision without any rule.
fn without_rules(setting: &Setting) -> (Effect, Basis) {
	let request = &setting.request;
	let urgent = matches!(request.purpose, Purpose::BreakGlass | Purpose::EmergencyTreatment);
	match request.requester {
		Requester::Patient => (Effect::Permit, Basis::OwnAccess),
		Requester::Guardian | Requester::Delegate if setting.is_private() => {
			(Effect::Deny, Basis::NoRule)
		}
		Requester::Guardian => (Effect::Permit, Basis::GuardianAccess),
		Requester::Delegate => (Effect::Permit, Basis::DelegateAccess),
		Requester::Stranger => (Effect::Deny, Basis::NoCredential),
		Requester::Practitioner(_) if request.emergency && urgent => {
			(Effect::Permit, Basis::Emergency)
		}
		Requester::Practitioner(_) => (Effect::Deny, Basis::NoRule),
	}
}

/// Without directives and base policy, the requester and the emergency alone decide.
pub fn denies_without_rules(setting: &Setting) {
	let bare = setting.with_rows(Vec::new()).with_policy(Policy::default()).decide();
	assert_eq!((bare.effect, bare.basis), without_rules(setting));
}

/// Rules for other records have no influence. The rules are changed to name a record that no
/// request asks for.
pub fn denies_when_all_rules_are_for_others(setting: &Setting) {
	let elsewhere = |directive: &mut Directive| {
		let nobodys = BTreeSet::from([RecordId([9; 16])]);
		directive.base.records = nobodys.try_into().unwrap();
	};
	let mut setting = setting.clone();
	if setting.record.record == RecordId([9; 16]) {
		setting.record.record = RecordId([1; 16]);
	}
	for row in &mut setting.rows {
		elsewhere(&mut row.directive);
	}
	for (_, rules) in &mut setting.policy.versions {
		elsewhere(rules);
	}
	let decision = setting.decide();
	assert_eq!((decision.effect, decision.basis), without_rules(&setting));
}

/// An added directive whose base and exceptions deny never turns a denial into a permission.
/// The law holds in emergencies too.
pub fn more_denials_never_permit_more(setting: &Setting, mut added: Directive, life: Life) {
	let denied: Vec<_> = added
		.exceptions
		.iter()
		.cloned()
		.map(|exception| Provision { effect: Effect::Deny, ..exception })
		.collect();
	added.base.effect = Effect::Deny;
	added.exceptions = denied.try_into().unwrap();
	if setting.decide().effect == Effect::Deny {
		assert_eq!(setting.and(added, life).decide().effect, Effect::Deny);
	}
}

/// An added directive that permits without exceptions never turns a permission into a denial.
pub fn more_permissions_never_deny_more(setting: &Setting, mut added: Directive, life: Life) {
	added.base.effect = Effect::Permit;
	added.exceptions = Default::default();
	if setting.decide().effect == Effect::Permit {
		assert_eq!(setting.and(added, life).decide().effect, Effect::Permit);
	}
}

/// An added directive changes the effect only if the basis names the directive.
pub fn what_changes_the_effect_is_named(setting: &Setting, added: Directive, life: Life) {
	let after = setting.and(added, life).decide();
	if setting.decide().effect != after.effect {
		let number = setting.rows.len() as DirectiveId;
		match after.basis {
			Basis::Directive { directive, .. } => assert_eq!(directive, number),
			basis => panic!("decided by {basis:?}"),
		}
	}
}

/// A directive that was withdrawn, is expired, is not yet made or has not begun has no
/// influence. `earlier`: the milliseconds since the end, or until the beginning.
pub fn only_what_is_in_force_counts(setting: &Setting, added: Directive, earlier: Moment) {
	let before = setting.decide();
	let with = |directive: &Directive, life| setting.and(directive.clone(), life).decide();
	let time = setting.request.time;
	let maker = Maker::Patient;
	let ended = Some(time.saturating_sub(earlier));
	assert_eq!(with(&added, (0, ended, maker)), before, "withdrawn");
	let mut expired = added.clone();
	expired.base.period = Period { from: None, until: ended };
	assert_eq!(with(&expired, (0, None, maker)), before, "expired");
	let later = time.saturating_add(1).saturating_add(earlier);
	if later > time {
		assert_eq!(with(&added, (later, None, maker)), before, "not yet made");
		let mut ahead = added;
		ahead.base.period = Period { from: Some(later), until: None };
		assert_eq!(with(&ahead, (0, None, maker)), before, "not yet begun");
	}
}

/// A decision about a past moment stays the same for ever. Three events have no influence: a
/// later end of a directive, a later directive, and the removal of rows that had ended.
pub fn history_goes_on_without_changing_what_was(
	setting: &Setting,
	added: Directive,
	later: Moment,
) {
	let time = setting.request.time;
	let Some(after) = time.checked_add(1).and_then(|one| one.checked_add(later)) else {
		return;
	};
	let mut on = setting.and(added, (after, None, Maker::Patient));
	for row in &mut on.rows {
		if row.ended.is_none_or(|ended| ended > time) {
			row.ended = Some(after);
		}
	}
	assert_eq!(on.decide(), setting.decide(), "ended later");
	let mut kept = setting.clone();
	kept.rows.retain(|row| row.made <= time && row.ended.is_none_or(|ended| time < ended));
	assert_eq!(kept.decide(), setting.decide(), "without what was over");
}

/// A mark of a private kind permits nothing to representatives. For practitioners, the
/// patient's own directives and acceptance keep all effects.
pub fn marks_only_take_from_representatives(setting: &Setting, private: Private) {
	let open = setting.with_private(Private::default());
	let closed = setting.with_private(private);
	let (before, after) = (open.decide(), closed.decide());
	match closed.request.requester {
		Requester::Guardian | Requester::Delegate => {
			assert_eq!(before.effect, Effect::Permit);
			let denied = Decision { effect: Effect::Deny, basis: Basis::NoRule };
			let expected = if closed.is_private() { denied } else { before };
			assert_eq!(after, expected);
		}
		Requester::Patient | Requester::Stranger => assert_eq!(after, before),
		Requester::Practitioner(_) if closed.is_private() => {
			let mut own = open;
			own.rows.retain(|row| row.maker == Maker::Patient);
			own.policy.accepted = own.policy.accepted_by_patient;
			assert_eq!(after, own.decide());
		}
		Requester::Practitioner(_) => assert_eq!(after, before),
	}
}

/// A directive of a representative neither permits nor denies access to a private record.
pub fn representatives_have_no_hand_in_what_is_private(
	setting: &Setting,
	added: Directive,
	(made, ended, _): Life,
	by_patient: bool,
	by_class: bool,
) {
	let mut kinds = Kinds::default();
	match setting.record.sensitivities.first() {
		Some(token) if !by_class => {
			kinds.sensitivities = BTreeSet::from([*token]).try_into().unwrap();
		}
		_ => kinds.classes = BTreeSet::from([setting.record.class]).try_into().unwrap(),
	}
	let mut private = Private::default();
	if by_patient {
		private.by_patient = kinds;
	} else {
		private.by_organisation = kinds;
	}
	let setting = setting.with_private(private);
	let life = (made, ended, Maker::Representative);
	assert_eq!(setting.and(added, life).decide(), setting.decide());
}

/// An acceptance by a representative has no influence on a private record.
pub fn representatives_accept_nothing_of_what_is_private(
	setting: &Setting,
	accepted: Option<PolicyVersion>,
) {
	let mut private = Private::default();
	private.by_patient.classes = BTreeSet::from([setting.record.class]).try_into().unwrap();
	let setting = setting.with_private(private);
	let mut other = setting.clone();
	other.policy.accepted = accepted;
	assert_eq!(other.decide(), setting.decide());
}

/// A new version that is not accepted permits nothing more, for any earlier versions.
pub fn a_new_version_never_permits_more(setting: &Setting, rules: Directive) {
	let Some(policy) = setting.policy.registering(rules) else {
		return;
	};
	if setting.decide().effect == Effect::Deny {
		assert_eq!(setting.with_policy(policy).decide().effect, Effect::Deny);
	}
}

/// The version that the patient accepted permits, alone, whatever the base policy permits.
pub fn base_policy_permits_only_what_was_accepted(setting: &Setting) {
	let decision = setting.decide();
	let policy = &setting.policy;
	if let (Effect::Permit, Basis::BasePolicy { version, .. }) = (decision.effect, decision.basis) {
		let accepted =
			if setting.is_private() { policy.accepted_by_patient } else { policy.accepted };
		assert_eq!(accepted, Some(version));
		let (_, rules) = policy
			.versions
			.iter()
			.find(|(number, _)| *number == version)
			.expect("the version that decided is there");
		let alone = setting.with_policy(Policy::alone(version, rules));
		assert_eq!(alone.decide(), decision);
	}
}

/// A return to an older version never permits more, because more versions must permit. `back`:
/// the place of the older version in `rules`.
pub fn going_back_never_permits_more(setting: &Setting, rules: Vec<Directive>, back: usize) {
	let versions: Vec<_> = (1..).zip(rules).collect();
	let Some(newest) = versions.len().checked_sub(1) else {
		return;
	};
	let under = |first: usize| {
		setting.with_policy(Policy {
			accepted: Some(versions[first].0),
			accepted_by_patient: Some(versions[first].0),
			versions: versions[first..].to_vec(),
		})
	};
	if under(newest).decide().effect == Effect::Deny {
		assert_eq!(under(back.min(newest)).decide().effect, Effect::Deny);
	}
}

/// Without an accepted version, the effect is that of a patient without base policy.
pub fn base_policy_permits_nothing_when_nothing_was_accepted(setting: &Setting) {
	let unasked = setting.with_policy(Policy {
		accepted: None,
		accepted_by_patient: None,
		..setting.policy.clone()
	});
	let without = setting.with_policy(Policy::default());
	assert_eq!(unasked.decide().effect, without.decide().effect);
}

/// The decision by one directive alone, for a patient without base policy.
fn alone(setting: &Setting, directive: &Directive) -> Decision {
	setting
		.with_rows(Vec::new())
		.with_policy(Policy::default())
		.and(directive.clone(), (0, None, Maker::Patient))
		.decide()
}

/// If a directive does not apply without the exceptions, the exceptions have no influence.
pub fn exceptions_count_only_where_the_base_applies(setting: &Setting, directive: &Directive) {
	let bare = Directive { exceptions: Default::default(), ..directive.clone() };
	if alone(setting, &bare).basis == Basis::NoRule {
		let (effect, basis) = without_rules(setting);
		assert_eq!(alone(setting, directive), Decision { effect, basis });
	}
}

/// Every provision that [`check`] accepts can apply to some request at `now` or later.
pub fn what_is_checked_can_be_reached(directive: &Directive, now: Moment) {
	if check(directive, now).is_ok() {
		let reachable = |provision: &Provision| {
			let from = provision.period.from.unwrap_or(0).max(now);
			let first = provision.authored.from.unwrap_or(0);
			provision.period.until.is_none_or(|until| from < until)
				&& provision.authored.to.is_none_or(|last| first <= last)
		};
		assert!(reachable(&directive.base));
		assert!(directive.exceptions.iter().all(reachable));
	}
}

/// Exceptions that [`check`] calls idle have no effect. The test gives all exceptions the
/// effect of the base, and compares with a directive without exceptions.
pub fn idle_exceptions_change_nothing(setting: &Setting, directive: &Directive) {
	let mut idle = directive.clone();
	let effect = idle.base.effect;
	let same: Vec<_> = idle
		.exceptions
		.iter()
		.cloned()
		.map(|exception| Provision { effect, ..exception })
		.collect();
	idle.exceptions = same.try_into().unwrap();
	let without = Directive { exceptions: Default::default(), ..idle.clone() };
	assert_eq!(alone(setting, &idle).effect, alone(setting, &without).effect);
}
