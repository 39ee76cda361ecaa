//! The decision, and the check of a directive before a pallet stores the directive.

use crate::{
	Action, Actor, BasePolicy, Basis, Criterion, Decision, Directive, Effect, Kinds, Maker, Moment,
	Month, Months, Period, PolicyVersion, Practitioner, Private, Provision, ProvisionRef, Purpose,
	RecordAttributes, Request, Requester, Stored, Token,
};

/// The reason for which [`check`] refuses a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MalformedDirective {
	/// A period ends before the beginning, or at the beginning. Swap or correct the ends.
	PeriodEmpty,
	/// A period is already over. Give the period an end in the future, or no end.
	PeriodPast,
	/// A span of months ends before the beginning. Swap or correct the ends.
	MonthsEmpty,
	/// An exception can't change an outcome, and would only mislead a reader. Leave the
	/// exception out. This is the case for every permit exception to a permit base. This is
	/// also the case for a deny exception to a deny base without a permit exception.
	ExceptionIdle,
}

/// Checks a directive that is to be stored at `now`.
///
/// The base and each exception must keep these rules:
///
/// - A period with both ends begins before the end.
/// - A period with an end ends after `now`.
/// - A span of months with both ends does not end before the beginning.
///
/// An exception with the effect of the base is accepted only if the exception can change an
/// outcome. Among exceptions a deny wins. A deny exception to a deny base therefore narrows
/// the permit exceptions of the same directive ("nobody, except cardiologists, but not this
/// one").
///
/// Errors: the first rule that a provision breaks, in the order base, exceptions.
pub fn check(directive: &Directive, now: Moment) -> Result<(), MalformedDirective> {
	check_provision(&directive.base, now)?;
	let narrows = directive.exceptions.iter().any(|other| other.effect == Effect::Permit);
	for exception in &directive.exceptions {
		check_provision(exception, now)?;
		let idle = match (directive.base.effect, exception.effect) {
			(Effect::Permit, Effect::Permit) => true,
			(Effect::Deny, Effect::Deny) => !narrows,
			(Effect::Permit, Effect::Deny) | (Effect::Deny, Effect::Permit) => false,
		};
		if idle {
			return Err(MalformedDirective::ExceptionIdle);
		}
	}
	Ok(())
}

fn check_provision(provision: &Provision, now: Moment) -> Result<(), MalformedDirective> {
	let Period { from, until } = provision.period;
	if let Some(until) = until {
		if from.is_some_and(|from| from >= until) {
			return Err(MalformedDirective::PeriodEmpty);
		}
		if until <= now {
			return Err(MalformedDirective::PeriodPast);
		}
	}
	if let Months { from: Some(from), to: Some(to) } = provision.authored {
		if from > to {
			return Err(MalformedDirective::MonthsEmpty);
		}
	}
	Ok(())
}

/// Decides a request for a record.
///
/// `directives` are the patient's directives, in any order and with unique numbers. A
/// directive that is not in force at the moment of the request has no effect. The list can
/// therefore be longer than the list of directives in force. `base_policy` is the custodian's
/// base policy as it stands for this patient. The documentation of this crate has the order
/// of evaluation and the meaning of every criterion.
pub fn decide<'a>(
	request: &Request,
	attributes: &RecordAttributes,
	directives: impl IntoIterator<Item = Stored<'a>>,
	base_policy: BasePolicy<'_>,
) -> Decision {
	let private = request.private.covers(attributes);
	let practitioner = match &request.requester {
		Requester::Patient => return permit(Basis::OwnAccess),
		// The same answer as for a record that does not exist: the answer does not reveal
		// private records.
		Requester::Guardian | Requester::Delegate if private => return deny(Basis::NoRule),
		Requester::Guardian => return permit(Basis::GuardianAccess),
		Requester::Delegate => return permit(Basis::DelegateAccess),
		Requester::Stranger => return deny(Basis::NoCredential),
		Requester::Practitioner(practitioner) => practitioner,
	};
	let emergency = request.emergency
		&& matches!(request.purpose, Purpose::BreakGlass | Purpose::EmergencyTreatment);
	let question = Question {
		practitioner,
		purpose: if emergency { Purpose::BreakGlass } else { request.purpose },
		action: request.action,
		time: request.time,
		record: attributes,
		private,
	};
	let by_directive = question.ask(directives);
	if emergency {
		return match by_directive {
			Some(decision) if decision.effect == Effect::Deny => decision,
			_ => permit(Basis::Emergency),
		};
	}
	by_directive.or_else(|| question.ask_policy(base_policy)).unwrap_or(deny(Basis::NoRule))
}

/// Answers a request for a record that does not exist, or is not a record of the patient. A
/// practitioner or stranger gets the same denial for a record without an applicable rule. The
/// answer therefore does not reveal whether a record exists.
pub const fn decide_without_record(requester: &Requester) -> Decision {
	match requester {
		Requester::Stranger => deny(Basis::NoCredential),
		Requester::Patient
		| Requester::Guardian
		| Requester::Delegate
		| Requester::Practitioner(_) => deny(Basis::NoRule),
	}
}

const fn permit(basis: Basis) -> Decision {
	Decision { effect: Effect::Permit, basis }
}

const fn deny(basis: Basis) -> Decision {
	Decision { effect: Effect::Deny, basis }
}

/// A practitioner's request, with the purpose that the rules are read with.
struct Question<'a> {
	practitioner: &'a Practitioner,
	purpose: Purpose,
	action: Action,
	time: Moment,
	record: &'a RecordAttributes,
	/// Whether the record is private to the patient.
	private: bool,
}

/// The effect of one directive on a question, and the deciding provision.
#[derive(Clone, Copy)]
struct Verdict {
	effect: Effect,
	provision: ProvisionRef,
}

impl Verdict {
	/// The smaller rank wins: a deny before a permit, then the earlier provision.
	fn rank(&self) -> (bool, Option<u8>) {
		let position = match self.provision {
			ProvisionRef::Base => None,
			ProvisionRef::Exception(index) => Some(index),
		};
		(self.effect == Effect::Permit, position)
	}
}

impl Question<'_> {
	/// The answer of the patient's directives, or `None` if no directive applies.
	fn ask<'d>(&self, directives: impl IntoIterator<Item = Stored<'d>>) -> Option<Decision> {
		directives
			.into_iter()
			.filter(|stored| in_force(stored, self.time))
			.filter(|stored| !self.private || stored.maker == Maker::Patient)
			.filter_map(|stored| Some((stored.id, self.verdict(stored.directive)?)))
			// Numbers are unique in a patient's list. A caller could still hand in a number
			// twice. The provision as the last part of the rank keeps the outcome independent
			// of the order.
			.min_by_key(|(id, verdict)| {
				let (permits, position) = verdict.rank();
				(permits, *id, position)
			})
			.map(|(directive, Verdict { effect, provision })| Decision {
				effect,
				basis: Basis::Directive { directive, provision },
			})
	}

	/// The answer of the custodian's base policy, or `None` if no version applies. The base
	/// policy permits only if the accepted version and every version since permit.
	fn ask_policy(&self, policy: BasePolicy<'_>) -> Option<Decision> {
		// A representative's acceptance is not valid for a private record.
		let counts = if self.private { policy.accepted_by_patient } else { policy.accepted };
		let last = policy.versions.iter().map(|(version, _)| *version).max()?;
		let oldest = counts.unwrap_or(last).min(last);
		let mut unanimous = true;
		let mut newest: Option<(PolicyVersion, bool)> = None;
		let mut accepted: Option<Basis> = None;
		let mut denial: Option<(PolicyVersion, ProvisionRef)> = None;
		let since = policy.versions.iter();
		for (version, rules) in since.filter(|(version, _)| oldest <= *version) {
			let version = *version;
			let verdict = self.verdict(rules);
			let permits = verdict.is_some_and(|verdict| verdict.effect == Effect::Permit);
			unanimous &= permits;
			if newest.is_none_or(|(last, _)| last <= version) {
				newest = Some((version, permits));
			}
			let Some(Verdict { effect, provision }) = verdict else {
				continue;
			};
			match effect {
				Effect::Deny if denial.is_none_or(|(last, _)| last <= version) => {
					denial = Some((version, provision));
				}
				Effect::Permit if counts == Some(version) => {
					accepted = Some(Basis::BasePolicy { version, provision });
				}
				Effect::Deny | Effect::Permit => {}
			}
		}
		if let Some((version, provision)) = denial {
			return Some(deny(Basis::BasePolicy { version, provision }));
		}
		match (accepted, newest) {
			(Some(basis), _) if unanimous => Some(permit(basis)),
			(_, Some((version, true))) => Some(deny(Basis::NotAccepted { version })),
			_ => None,
		}
	}

	/// The effect of a directive, in force or not. `None` if the base does not apply.
	fn verdict(&self, directive: &Directive) -> Option<Verdict> {
		if !self.applies(&directive.base) {
			return None;
		}
		(0..=u8::MAX)
			.zip(&directive.exceptions)
			.filter(|(_, exception)| self.applies(exception))
			.map(|(index, exception)| Verdict {
				effect: exception.effect,
				provision: ProvisionRef::Exception(index),
			})
			.min_by_key(Verdict::rank)
			.or(Some(Verdict { effect: directive.base.effect, provision: ProvisionRef::Base }))
	}

	/// Whether the period and all criteria of a provision match.
	fn applies(&self, provision: &Provision) -> bool {
		let Self { record, .. } = self;
		let carries = |token: &Token| record.sensitivities.contains(token);
		let named = |actor: &Actor| is(self.practitioner, actor);
		includes(&provision.period, self.time)
			&& accepts(&provision.purposes, &self.purpose)
			&& accepts(&provision.actions, &self.action)
			&& accepts(&provision.classes, &record.class)
			&& accepts(&provision.confidentialities, &record.confidentiality)
			&& accepts(&provision.records, &record.record)
			&& accepts_optional(&provision.codes, &record.code)
			&& accepts_optional(&provision.authors, &record.author)
			&& accepts_optional(&provision.encounters, &record.encounter)
			&& spans(&provision.authored, record.authored)
			&& accepts_any(&provision.sensitivities, carries)
			&& accepts_any(&provision.actors, named)
	}
}

impl Kinds {
	/// Whether the record is of a named class or carries a named sensitivity.
	pub fn cover(&self, record: &RecordAttributes) -> bool {
		self.classes.contains(&record.class)
			|| record.sensitivities.iter().any(|token| self.sensitivities.contains(token))
	}
}

impl Private {
	/// Whether the patient or the enrolling organisation marked the record as private.
	pub fn covers(&self, record: &RecordAttributes) -> bool {
		self.by_patient.cover(record) || self.by_organisation.cover(record)
	}
}

/// Whether a directive was made at or before `time` and had not ended at `time`.
fn in_force(stored: &Stored<'_>, time: Moment) -> bool {
	stored.made <= time && stored.ended.is_none_or(|ended| time < ended)
}

fn includes(period: &Period, time: Moment) -> bool {
	period.from.is_none_or(|from| from <= time) && period.until.is_none_or(|until| time < until)
}

fn spans(months: &Months, month: Month) -> bool {
	months.from.is_none_or(|from| from <= month) && months.to.is_none_or(|to| month <= to)
}

/// Whether the criterion is empty, or one value passes.
fn accepts_any<T: Ord>(criterion: &Criterion<T>, passes: impl FnMut(&T) -> bool) -> bool {
	criterion.is_empty() || criterion.iter().any(passes)
}

fn accepts<T: Ord>(criterion: &Criterion<T>, value: &T) -> bool {
	criterion.is_empty() || criterion.contains(value)
}

/// Like [`accepts`]. An absent value is in no list.
fn accepts_optional<T: Ord>(criterion: &Criterion<T>, value: &Option<T>) -> bool {
	criterion.is_empty() || value.as_ref().is_some_and(|value| criterion.contains(value))
}

fn is(practitioner: &Practitioner, actor: &Actor) -> bool {
	match actor {
		Actor::Practitioner(account) => practitioner.account == *account,
		Actor::Organisation(organisation) => practitioner.organisation == *organisation,
		Actor::Role(role) => practitioner.roles.contains(role),
		Actor::Group(group) => practitioner.groups.contains(group),
		Actor::RoleAt(at) => {
			practitioner.organisation == at.organisation && practitioner.roles.contains(&at.role)
		}
	}
}
