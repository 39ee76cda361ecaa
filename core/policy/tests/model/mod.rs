//! The slow, obvious model, made of lists and filters. The model follows the words of the
//! design and shares only the types with the engine. The engine compares and takes the least.
//! The model writes everything down and then looks for the answer.

pub mod cases;
pub mod laws;

use assent_policy::*;

/// A stored directive that owns its content.
#[derive(Clone, Debug)]
pub struct Row {
	pub id: DirectiveId,
	pub directive: Directive,
	pub maker: Maker,
	pub made: Moment,
	pub ended: Option<Moment>,
}

impl Row {
	/// The row as the decision function reads the row.
	pub fn stored(&self) -> Stored<'_> {
		Stored {
			id: self.id,
			directive: &self.directive,
			maker: self.maker,
			made: self.made,
			ended: self.ended,
		}
	}
}

/// A custodian's base policy as it stands for a patient, with the versions.
#[derive(Clone, Debug, Default)]
pub struct Policy {
	pub accepted: Option<PolicyVersion>,
	pub accepted_by_patient: Option<PolicyVersion>,
	pub versions: Vec<(PolicyVersion, Directive)>,
}

impl Policy {
	/// The base policy as the decision function reads the base policy.
	pub fn stands(&self) -> BasePolicy<'_> {
		BasePolicy {
			accepted: self.accepted,
			accepted_by_patient: self.accepted_by_patient,
			versions: &self.versions,
		}
	}

	/// The policy with one more version that the patient did not accept. The number is higher
	/// than the registered and the accepted numbers. `None` if no number is left.
	pub fn registering(&self, rules: Directive) -> Option<Self> {
		let registered = self.versions.iter().map(|(version, _)| *version);
		let newest = registered.chain(self.accepted).chain(self.accepted_by_patient).max();
		let version = newest.unwrap_or(0).checked_add(1)?;
		let mut policy = self.clone();
		policy.versions.push((version, rules));
		Some(policy)
	}

	/// The policy with this version alone, accepted.
	pub fn alone(version: PolicyVersion, rules: &Directive) -> Self {
		Self {
			accepted: Some(version),
			accepted_by_patient: Some(version),
			versions: vec![(version, rules.clone())],
		}
	}
}

/// Every actor of a provision that the practitioner matches.
fn everything_it_is(practitioner: &Practitioner) -> Vec<Actor> {
	let mut list = vec![
		Actor::Practitioner(practitioner.account),
		Actor::Organisation(practitioner.organisation),
	];
	for role in practitioner.roles.iter() {
		list.push(Actor::Role(*role));
		list.push(Actor::RoleAt(RoleAt { role: *role, organisation: practitioner.organisation }));
	}
	for group in practitioner.groups.iter() {
		list.push(Actor::Group(*group));
	}
	list
}

/// One criterion: the named values, against the values of the request or record.
fn matches<T: Ord + Clone>(named: &Criterion<T>, there: &[T]) -> bool {
	let named: Vec<T> = named.iter().cloned().collect();
	if named.is_empty() {
		return true;
	}
	let common: Vec<&T> = named.iter().filter(|value| there.contains(value)).collect();
	!common.is_empty()
}

/// Every reason why a provision does not apply.
fn objections(
	provision: &Provision,
	practitioner: &Practitioner,
	purpose: Purpose,
	action: Action,
	time: Moment,
	record: &RecordAttributes,
) -> Vec<&'static str> {
	let mut list = Vec::new();
	if !matches(&provision.actors, &everything_it_is(practitioner)) {
		list.push("another actor");
	}
	if !matches(&provision.purposes, &[purpose]) {
		list.push("another purpose");
	}
	if !matches(&provision.actions, &[action]) {
		list.push("another action");
	}
	if !matches(&provision.classes, &[record.class]) {
		list.push("another class");
	}
	if !matches(&provision.codes, &record.code.into_iter().collect::<Vec<_>>()) {
		list.push("another code");
	}
	if !matches(&provision.confidentialities, &[record.confidentiality]) {
		list.push("another level");
	}
	if !matches(&provision.sensitivities, &record.sensitivities.iter().cloned().collect::<Vec<_>>())
	{
		list.push("other sensitivities");
	}
	if !matches(&provision.authors, &record.author.into_iter().collect::<Vec<_>>()) {
		list.push("another author");
	}
	if !matches(&provision.encounters, &record.encounter.into_iter().collect::<Vec<_>>()) {
		list.push("another encounter");
	}
	if !matches(&provision.records, &[record.record]) {
		list.push("another record");
	}
	match provision.authored.from {
		Some(first) if record.authored < first => list.push("authored before"),
		_ => (),
	}
	match provision.authored.to {
		Some(last) if record.authored > last => list.push("authored after"),
		_ => (),
	}
	match provision.period.from {
		Some(first) if time < first => list.push("not yet"),
		_ => (),
	}
	match provision.period.until {
		Some(end) if time >= end => list.push("no longer"),
		_ => (),
	}
	list
}

/// The effect of a directive, and the deciding provision.
fn says(
	directive: &Directive,
	practitioner: &Practitioner,
	purpose: Purpose,
	action: Action,
	time: Moment,
	record: &RecordAttributes,
) -> Option<(Effect, ProvisionRef)> {
	let applies = |provision: &Provision| {
		objections(provision, practitioner, purpose, action, time, record).is_empty()
	};
	if !applies(&directive.base) {
		return None;
	}
	let mut speaking = Vec::new();
	for index in 0..directive.exceptions.len() {
		let exception = &directive.exceptions[index];
		if applies(exception) {
			speaking.push((exception.effect, ProvisionRef::Exception(index as u8)));
		}
	}
	if speaking.is_empty() {
		return Some((directive.base.effect, ProvisionRef::Base));
	}
	// The list is in the order of the positions. The first deny wins, or else the first
	// exception.
	for one in &speaking {
		if one.0 == Effect::Deny {
			return Some(*one);
		}
	}
	Some(speaking[0])
}

/// The decision of all directives together.
fn directives_say(
	rows: &[Row],
	practitioner: &Practitioner,
	purpose: Purpose,
	action: Action,
	time: Moment,
	record: &RecordAttributes,
) -> Option<Decision> {
	let mut living: Vec<Row> = Vec::new();
	for row in rows {
		let made = row.made <= time;
		let over = match row.ended {
			Some(ended) => ended <= time,
			None => false,
		};
		if made && !over {
			living.push(row.clone());
		}
	}
	living.sort_by_key(|row| row.id);
	for wanted in [Effect::Deny, Effect::Permit] {
		for row in &living {
			match says(&row.directive, practitioner, purpose, action, time, record) {
				Some((effect, provision)) if effect == wanted => {
					return Some(Decision {
						effect,
						basis: Basis::Directive { directive: row.id, provision },
					})
				}
				_ => (),
			}
		}
	}
	None
}

/// Every mark that names the record.
fn marks(private: &Private, record: &RecordAttributes) -> Vec<String> {
	let mut list = Vec::new();
	for (who, kinds) in
		[("patient", &private.by_patient), ("organisation", &private.by_organisation)]
	{
		for class in kinds.classes.iter() {
			if *class == record.class {
				list.push(format!("{who}: {class:?}"));
			}
		}
		for marked in kinds.sensitivities.iter() {
			for carried in record.sensitivities.iter() {
				if marked == carried {
					list.push(format!("{who}: {marked:?}"));
				}
			}
		}
	}
	list
}

/// The decision by the model. The rows have unique numbers.
pub fn decide_slowly(
	request: &Request,
	record: &RecordAttributes,
	rows: &[Row],
	base_policy: BasePolicy<'_>,
) -> Decision {
	let answer = |effect, basis| Decision { effect, basis };
	// Step 1.
	if request.requester == Requester::Patient {
		return answer(Effect::Permit, Basis::OwnAccess);
	}
	let is_private = !marks(&request.private, record).is_empty();
	for (requester, basis) in
		[(Requester::Guardian, Basis::GuardianAccess), (Requester::Delegate, Basis::DelegateAccess)]
	{
		if request.requester == requester && is_private {
			return answer(Effect::Deny, Basis::NoRule);
		}
		if request.requester == requester {
			return answer(Effect::Permit, basis);
		}
	}
	let Requester::Practitioner(who) = &request.requester else {
		return answer(Effect::Deny, Basis::NoCredential);
	};
	// Directives of representatives have no effect on a private record.
	let mut counting = rows.to_vec();
	if is_private {
		counting.retain(|row| row.maker != Maker::Representative);
	}
	let rows = &counting[..];
	// Step 2.
	let urgent = [Purpose::BreakGlass, Purpose::EmergencyTreatment].contains(&request.purpose);
	if request.emergency && urgent {
		let glass = Purpose::BreakGlass;
		let said = directives_say(rows, who, glass, request.action, request.time, record);
		return match said {
			Some(Decision { effect: Effect::Deny, basis }) => answer(Effect::Deny, basis),
			Some(_) | None => answer(Effect::Permit, Basis::Emergency),
		};
	}
	// Step 3.
	let said = directives_say(rows, who, request.purpose, request.action, request.time, record);
	if let Some(decision) = said {
		return decision;
	}
	// Step 4.
	let accepted = if is_private { base_policy.accepted_by_patient } else { base_policy.accepted };
	let mut numbers: Vec<_> = base_policy.versions.iter().map(|(number, _)| *number).collect();
	numbers.sort();
	let mut opinions = Vec::new();
	for (version, rules) in base_policy.versions {
		let before = match accepted {
			Some(accepted) => *version < accepted,
			None => true,
		};
		if before && numbers.last() != Some(version) {
			continue;
		}
		let said = says(rules, who, request.purpose, request.action, request.time, record);
		opinions.push((*version, said));
	}
	opinions.sort_by_key(|(version, _)| *version);
	for (version, said) in opinions.iter().rev() {
		if let Some((Effect::Deny, provision)) = *said {
			let version = *version;
			return answer(Effect::Deny, Basis::BasePolicy { version, provision });
		}
	}
	// No version denies from here on.
	let silent = opinions.iter().filter(|(_, said)| said.is_none()).count();
	if silent == 0 {
		for (version, said) in &opinions {
			if let (Some((Effect::Permit, provision)), true) = (*said, accepted == Some(*version)) {
				let version = *version;
				return answer(Effect::Permit, Basis::BasePolicy { version, provision });
			}
		}
	}
	if let Some((version, Some(_))) = opinions.last() {
		return answer(Effect::Deny, Basis::NotAccepted { version: *version });
	}
	// Step 5.
	answer(Effect::Deny, Basis::NoRule)
}
