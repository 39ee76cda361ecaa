//! The values that the pallets' benchmarks share: the largest values that the chain takes. A
//! decision over the values goes through every criterion to the last item.

use alloc::collections::BTreeSet;
use assent_policy::{
	Action, Actor, Class, Confidentiality, Criterion, Directive, Effect, Groups, Moment, Months,
	OrganisationId, Period, Provision, Purpose, RecordAttributes, RecordId, Role, RoleAt, Roles,
	Sensitivities, Token, MAX_EXCEPTIONS, MAX_GROUPS, MAX_ITEMS, MAX_SENSITIVITIES,
};
use frame_support::{traits::Get, BoundedBTreeSet};
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	AccountId32,
};

/// The token that every provision lists last. The record and the request carry the token.
pub const LAST: Token = Token([0xff; 16]);
/// The purpose of the costliest request: the longest purpose, listed last.
pub const PURPOSE: Purpose = Purpose::Other(LAST);
/// The action of the costliest request.
pub const ACTION: Action = Action::Correct;

/// A wall-clock moment late enough for every period that the benchmarks use.
pub const NOW: Moment = 1_800_000_000_000;
/// A day in milliseconds.
pub const DAY: Moment = 24 * 60 * 60 * 1_000;

/// Sixteen bytes, unique in a benchmark.
pub fn id(of: &str, number: u32) -> [u8; 16] {
	let hash = BlakeTwo256::hash_of(&(of, number)).0;
	core::array::from_fn(|position| hash[position])
}

/// An account, unique in a benchmark.
pub fn account(of: &str, number: u32) -> AccountId32 {
	BlakeTwo256::hash_of(&(of, number)).0.into()
}

/// A full set: `last`, and as many of `others` as the set has room for. With too few `others` the
/// set is smaller.
pub fn full<T: Ord, S: Get<u32>>(
	last: T,
	others: impl IntoIterator<Item = T>,
) -> BoundedBTreeSet<T, S> {
	let room = (S::get() as usize).saturating_sub(1);
	let mut set: BTreeSet<T> = others.into_iter().take(room).collect();
	set.insert(last);
	BoundedBTreeSet::try_from(set).unwrap_or_default()
}

/// A full set of tokens, with [`LAST`].
pub fn tokens<S: Get<u32>>(of: &str) -> BoundedBTreeSet<Token, S> {
	full(
		LAST,
		(0..MAX_ITEMS.max(MAX_GROUPS).max(MAX_SENSITIVITIES)).map(|number| Token(id(of, number))),
	)
}

/// Every role.
pub fn roles() -> Roles {
	full(
		Role::EmergencyClinician,
		[Role::Clinician, Role::Nurse, Role::Pharmacist, Role::Researcher, Role::PrivacyOfficer],
	)
}

/// The largest number of care teams of one practitioner.
pub fn groups() -> Groups {
	tokens("groups")
}

/// The largest attributes of a record.
pub fn attributes(record: RecordId, custodian: OrganisationId) -> RecordAttributes {
	let sensitivities: Sensitivities = tokens("sensitivities");
	RecordAttributes {
		record,
		custodian,
		class: Class::Other,
		confidentiality: Confidentiality::VeryRestricted,
		sensitivities,
		code: Some(LAST),
		author: Some(LAST),
		encounter: Some(LAST),
		authored: 600,
	}
}

/// The longest list of actors. The last actor is everybody with the emergency role at the
/// organisation.
pub fn actors(organisation: OrganisationId) -> Criterion<Actor> {
	full(
		Actor::RoleAt(RoleAt { role: Role::EmergencyClinician, organisation }),
		(0..MAX_ITEMS).map(|number| Actor::Practitioner(account("actor", number).into())),
	)
}

/// The longest list of purposes, with [`PURPOSE`] last.
pub fn purposes() -> Criterion<Purpose> {
	full(PURPOSE, (0..MAX_ITEMS).map(|number| Purpose::Other(Token(id("purpose", number)))))
}

/// Every class.
pub fn classes() -> Criterion<Class> {
	use Class::*;
	full(
		Other,
		[
			ClinicalNote,
			LabResult,
			Imaging,
			VitalSigns,
			Medication,
			Immunisation,
			Allergy,
			Condition,
			Procedure,
			CarePlan,
			Encounter,
			Device,
			History,
			Genetics,
			Financial,
		],
	)
}

/// The largest provision.
fn provision(
	effect: Effect,
	organisation: OrganisationId,
	record: RecordId,
	until: Moment,
) -> Provision {
	use Confidentiality::*;
	Provision {
		effect,
		actors: actors(organisation),
		purposes: purposes(),
		actions: full(ACTION, [Action::Collect, Action::Access, Action::Use, Action::Disclose]),
		classes: classes(),
		codes: tokens("codes"),
		confidentialities: full(VeryRestricted, [Unrestricted, Low, Moderate, Normal, Restricted]),
		sensitivities: full(LAST, (0..MAX_ITEMS).map(|number| Token(id("not carried", number)))),
		authored: Months { from: Some(0), to: Some(u16::MAX) },
		authors: tokens("authors"),
		encounters: tokens("encounters"),
		records: full(record, (0..MAX_ITEMS).map(|number| RecordId(id("record", number)))),
		period: Period { from: Some(0), until: Some(until) },
	}
}

/// The largest directive, with as many exceptions as allowed. Every exception has the opposite
/// effect of the base. Every exception applies where the base applies, so no exception is skipped.
///
/// The directive applies to [`attributes`] of the record before `until`, when somebody with every
/// role at the organisation asks for [`PURPOSE`] and [`ACTION`].
pub fn directive(
	effect: Effect,
	organisation: OrganisationId,
	record: RecordId,
	until: Moment,
) -> Directive {
	let other = match effect {
		Effect::Permit => Effect::Deny,
		Effect::Deny => Effect::Permit,
	};
	let exception = provision(other, organisation, record, until);
	let exceptions = alloc::vec![exception; MAX_EXCEPTIONS as usize];
	Directive {
		base: provision(effect, organisation, record, until),
		exceptions: exceptions.try_into().unwrap_or_default(),
	}
}
