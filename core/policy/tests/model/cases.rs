//! Settings made from bytes, for the fuzzer.
//!
//! A [`Case`] takes each value from a small domain, so rules, requests and records meet often.
//! [`decode`] decodes the bytes as the chain does. Every string of bytes makes a case. After
//! the end of the string, every draw gives the simplest value.

use super::{
	laws::{self, Life, Setting},
	Policy, Row,
};
use arbitrary::{Result, Unstructured};
use assent_policy::*;
use bounded_collections::{BoundedBTreeSet, ConstU32};
use codec::{Decode, Encode, MaxEncodedLen};
use std::collections::BTreeSet;

/// The last moment in the domain of moments.
const LAST: Moment = 6;
const TOKENS: [Token; 2] = [Token([1; 16]), Token([2; 16])];
const RECORDS: [RecordId; 2] = [RecordId([1; 16]), RecordId([2; 16])];
const ACTIONS: [Action; 2] = [Action::Access, Action::Use];
const CLASSES: [Class; 2] = [Class::LabResult, Class::Imaging];
const ROLES: [Role; 2] = [Role::Clinician, Role::Nurse];
const LEVELS: [Confidentiality; 2] = [Confidentiality::Normal, Confidentiality::Restricted];
const PURPOSES: [Purpose; 4] = [
	Purpose::Treatment,
	Purpose::EmergencyTreatment,
	Purpose::BreakGlass,
	Purpose::Other(TOKENS[0]),
];
const ACTORS: [Actor; 8] = [
	Actor::Practitioner([1; 32]),
	Actor::Practitioner([2; 32]),
	Actor::Organisation(1),
	Actor::Organisation(2),
	Actor::Role(Role::Clinician),
	Actor::Group(TOKENS[0]),
	Actor::RoleAt(RoleAt { role: Role::Clinician, organisation: 1 }),
	Actor::RoleAt(RoleAt { role: Role::Nurse, organisation: 2 }),
];

/// A setting, with the changes that the laws make to the setting.
#[derive(Clone, Debug)]
pub struct Case {
	pub setting: Setting,
	added: Directive,
	life: Life,
	order: Vec<usize>,
	private: Private,
	rules: Vec<Directive>,
	back: usize,
	earlier: Moment,
	accepted: Option<PolicyVersion>,
	by_patient: bool,
	by_class: bool,
}

impl Case {
	/// The case that the bytes make.
	pub fn of(bytes: &[u8]) -> Option<Self> {
		Self::draw(&mut Unstructured::new(bytes)).ok()
	}

	fn draw(u: &mut Unstructured) -> Result<Self> {
		Ok(Self {
			setting: setting(u)?,
			added: directive(u)?,
			life: life(u)?,
			order: several(u, 6, |u| u.int_in_range(0..=5))?,
			private: private(u)?,
			rules: several(u, 4, directive)?,
			back: u.int_in_range(0..=3)?,
			earlier: u.int_in_range(0..=LAST)?,
			accepted: maybe(u, |u| u.int_in_range(1..=6))?,
			by_patient: u.arbitrary()?,
			by_class: u.arbitrary()?,
		})
	}

	/// Tries every law on the case. Panics if a law does not hold.
	pub fn check(&self) {
		let Self { setting, life, .. } = self;
		let added = || self.added.clone();
		laws::equals_the_model(setting);
		laws::says_the_same_about_copies(setting);
		laws::does_not_care_for_the_order(setting, &self.order);
		laws::does_not_care_for_the_order_of_one_number(setting, &self.order);
		laws::denies_without_rules(setting);
		laws::denies_when_all_rules_are_for_others(setting);
		laws::more_denials_never_permit_more(setting, added(), *life);
		laws::more_permissions_never_deny_more(setting, added(), *life);
		laws::what_changes_the_effect_is_named(setting, added(), *life);
		laws::only_what_is_in_force_counts(setting, added(), self.earlier);
		laws::history_goes_on_without_changing_what_was(setting, added(), self.earlier);
		laws::marks_only_take_from_representatives(setting, self.private.clone());
		laws::representatives_have_no_hand_in_what_is_private(
			setting,
			added(),
			*life,
			self.by_patient,
			self.by_class,
		);
		laws::representatives_accept_nothing_of_what_is_private(setting, self.accepted);
		laws::a_new_version_never_permits_more(setting, added());
		laws::base_policy_permits_only_what_was_accepted(setting);
		laws::going_back_never_permits_more(setting, self.rules.clone(), self.back);
		laws::base_policy_permits_nothing_when_nothing_was_accepted(setting);
		laws::exceptions_count_only_where_the_base_applies(setting, &self.added);
		laws::what_is_checked_can_be_reached(&self.added, self.earlier);
		laws::idle_exceptions_change_nothing(setting, &self.added);
	}
}

fn one<T: Copy>(u: &mut Unstructured, domain: &[T]) -> Result<T> {
	u.choose(domain).copied()
}

fn maybe<T>(
	u: &mut Unstructured,
	draw: impl FnOnce(&mut Unstructured) -> Result<T>,
) -> Result<Option<T>> {
	u.arbitrary::<bool>()?.then(|| draw(u)).transpose()
}

fn several<T>(
	u: &mut Unstructured,
	most: usize,
	draw: impl Fn(&mut Unstructured) -> Result<T>,
) -> Result<Vec<T>> {
	let count = u.int_in_range(0..=most)?;
	(0..count).map(|_| draw(u)).collect()
}

/// The values of the domain whose bits are set in one byte.
fn some<T: Ord + Copy, const N: u32>(
	u: &mut Unstructured,
	domain: &[T],
) -> Result<BoundedBTreeSet<T, ConstU32<N>>> {
	let mask: u8 = u.arbitrary()?;
	let chosen: BTreeSet<T> = domain
		.iter()
		.enumerate()
		.filter(|(place, _)| mask & (1 << place) != 0)
		.map(|(_, value)| *value)
		.collect();
	let chosen = chosen.try_into();
	Ok(chosen.unwrap_or_else(|_| panic!("the domains are small")))
}

/// The criteria of a provision that name values, one bit each. Few criteria do, so whole
/// provisions match.
struct Named(u16);

impl Named {
	fn criterion<T: Ord + Copy>(
		&mut self,
		u: &mut Unstructured,
		domain: &[T],
	) -> Result<Criterion<T>> {
		if self.next() {
			some(u, domain)
		} else {
			Ok(Criterion::default())
		}
	}

	fn next(&mut self) -> bool {
		let named = self.0 & 1 == 1;
		self.0 >>= 1;
		named
	}

	fn end<T>(
		&mut self,
		u: &mut Unstructured,
		draw: impl FnOnce(&mut Unstructured) -> Result<T>,
	) -> Result<Option<T>> {
		self.next().then(|| draw(u)).transpose()
	}
}

fn provision(u: &mut Unstructured) -> Result<Provision> {
	let bits = u.arbitrary::<u16>()?;
	let mut named = Named(bits & u.arbitrary::<u16>()?);
	Ok(Provision {
		effect: one(u, &[Effect::Permit, Effect::Deny])?,
		actors: named.criterion(u, &ACTORS)?,
		purposes: named.criterion(u, &PURPOSES)?,
		actions: named.criterion(u, &ACTIONS)?,
		classes: named.criterion(u, &CLASSES)?,
		codes: named.criterion(u, &TOKENS)?,
		confidentialities: named.criterion(u, &LEVELS)?,
		sensitivities: named.criterion(u, &TOKENS)?,
		authored: Months {
			from: named.end(u, |u| u.int_in_range(0..=2))?,
			to: named.end(u, |u| u.int_in_range(0..=2))?,
		},
		authors: named.criterion(u, &TOKENS)?,
		encounters: named.criterion(u, &TOKENS)?,
		records: named.criterion(u, &RECORDS)?,
		period: Period {
			from: named.end(u, |u| u.int_in_range(0..=LAST))?,
			until: named.end(u, |u| u.int_in_range(0..=LAST))?,
		},
	})
}

fn directive(u: &mut Unstructured) -> Result<Directive> {
	let exceptions = several(u, MAX_EXCEPTIONS as usize, provision)?;
	Ok(Directive {
		base: provision(u)?,
		exceptions: exceptions.try_into().expect("no more than may be"),
	})
}

fn life(u: &mut Unstructured) -> Result<Life> {
	Ok((
		maybe(u, |u| u.int_in_range(0..=LAST))?.unwrap_or(0),
		maybe(u, |u| u.int_in_range(0..=LAST))?,
		one(u, &[Maker::Patient, Maker::Representative])?,
	))
}

fn kinds(u: &mut Unstructured) -> Result<Kinds> {
	Ok(Kinds { classes: some(u, &CLASSES)?, sensitivities: some(u, &TOKENS)? })
}

fn private(u: &mut Unstructured) -> Result<Private> {
	Ok(Private {
		by_patient: maybe(u, kinds)?.unwrap_or_default(),
		by_organisation: maybe(u, kinds)?.unwrap_or_default(),
	})
}

fn requester(u: &mut Unstructured) -> Result<Requester> {
	Ok(match u.int_in_range(0..=11_u8)? {
		11 => Requester::Patient,
		10 => Requester::Guardian,
		9 => Requester::Delegate,
		8 => Requester::Stranger,
		_ => Requester::Practitioner(Practitioner {
			account: one(u, &[[1; 32], [2; 32]])?,
			organisation: u.int_in_range(1..=2)?,
			roles: some(u, &ROLES)?,
			groups: some(u, &TOKENS)?,
		}),
	})
}

fn request(u: &mut Unstructured) -> Result<Request> {
	Ok(Request {
		requester: requester(u)?,
		purpose: one(u, &PURPOSES)?,
		action: one(u, &ACTIONS)?,
		time: u.int_in_range(0..=LAST)?,
		emergency: u.arbitrary()?,
		private: private(u)?,
	})
}

fn record(u: &mut Unstructured) -> Result<RecordAttributes> {
	Ok(RecordAttributes {
		record: one(u, &RECORDS)?,
		custodian: 1,
		class: one(u, &CLASSES)?,
		confidentiality: one(u, &LEVELS)?,
		sensitivities: some(u, &TOKENS)?,
		code: maybe(u, |u| one(u, &TOKENS))?,
		author: maybe(u, |u| one(u, &TOKENS))?,
		encounter: maybe(u, |u| one(u, &TOKENS))?,
		authored: u.int_in_range(0..=2)?,
	})
}

/// The numbers follow one another. The list begins at any of the rows.
fn rows(u: &mut Unstructured) -> Result<Vec<Row>> {
	let mut rows = several(u, 7, |u| {
		let (made, ended, maker) = life(u)?;
		Ok(Row { id: 0, directive: directive(u)?, maker, made, ended })
	})?;
	for (row, id) in rows.iter_mut().zip(0..) {
		row.id = id;
	}
	let first = u.int_in_range(0..=7)? % rows.len().max(1);
	rows.rotate_left(first);
	Ok(rows)
}

/// The accepted version is one of those handed in, the version before, or none.
fn policy(u: &mut Unstructured) -> Result<Policy> {
	let first: PolicyVersion = u.int_in_range(2..=4)?;
	let mut versions: Vec<(PolicyVersion, Directive)> = Vec::new();
	for version in first..first + u.int_in_range(0..=3)? {
		let rules = match versions.last() {
			// Versions with the same rules permit together.
			Some((_, before)) if u.arbitrary()? => before.clone(),
			_ => directive(u)?,
		};
		versions.push((version, rules));
	}
	let last = first + versions.len() as PolicyVersion;
	let accepted = |u: &mut Unstructured| {
		Ok(match u.int_in_range(0..=5)? {
			5 => None,
			4 => Some(first - 1),
			place if first + place < last => Some(first + place),
			_ => Some(first),
		})
	};
	Ok(Policy { accepted: accepted(u)?, accepted_by_patient: accepted(u)?, versions })
}

fn setting(u: &mut Unstructured) -> Result<Setting> {
	Ok(Setting { request: request(u)?, record: record(u)?, rows: rows(u)?, policy: policy(u)? })
}

/// The outcome of a setting in words: effect, step, kind of provision. `None` for the steps
/// that depend on the requester alone.
pub fn outcome(setting: &Setting) -> Option<String> {
	let Decision { effect, basis } = setting.decide();
	let place = |provision| match provision {
		ProvisionRef::Base => "base",
		ProvisionRef::Exception(_) => "exception",
	};
	let represents = matches!(setting.request.requester, Requester::Guardian | Requester::Delegate);
	let name = match basis {
		Basis::NoRule if represents => "what is private".into(),
		Basis::Directive { provision, .. } => format!("directive {}", place(provision)),
		Basis::BasePolicy { provision, .. } => format!("policy {}", place(provision)),
		Basis::Emergency => "emergency".into(),
		Basis::NotAccepted { .. } => "not accepted".into(),
		Basis::NoRule => "no rule".into(),
		Basis::GuardianAccess | Basis::DelegateAccess => "representative".into(),
		Basis::OwnAccess | Basis::NoCredential => return None,
	};
	let urgent = if setting.request.emergency { " with emergency" } else { "" };
	Some(format!("{effect:?} by {name}{urgent}"))
}

/// Every outcome that the settings of a good corpus or strategy reach.
pub fn outcomes() -> Vec<String> {
	let mut list: Vec<String> = [
		"Permit by representative",
		"Deny by what is private",
		"Permit by emergency with emergency",
		"Deny by no rule",
		"Deny by not accepted",
	]
	.map(Into::into)
	.into();
	for effect in ["Permit", "Deny"] {
		for name in ["directive base", "directive exception", "policy base", "policy exception"] {
			for urgent in ["", " with emergency"] {
				list.push(format!("{effect} by {name}{urgent}"));
			}
		}
	}
	list
}

/// A setting as bytes of SCALE, in the types that the chain decodes.
pub type Wire = (
	Request,
	RecordAttributes,
	Vec<(DirectiveId, Directive, Maker, Moment, Option<Moment>)>,
	(Option<PolicyVersion>, Option<PolicyVersion>),
	Vec<(PolicyVersion, Directive)>,
);

/// Encodes the setting of a case. The fuzzer changes these bytes.
pub fn encode(setting: &Setting) -> Vec<u8> {
	let rows = setting.rows.iter().cloned();
	let wire: Wire = (
		setting.request.clone(),
		setting.record.clone(),
		rows.map(|row| (row.id, row.directive, row.maker, row.made, row.ended)).collect(),
		(setting.policy.accepted, setting.policy.accepted_by_patient),
		setting.policy.versions.clone(),
	);
	wire.encode()
}

/// Decodes any bytes. A value that decodes is within the bounds, and is the same when decoded
/// again. The decision about the value does not panic and agrees with the model. Returns the
/// decision, if the bytes decode to a setting.
pub fn decode(bytes: &[u8]) -> Option<Decision> {
	keeps::<Directive>(bytes);
	keeps::<Provision>(bytes);
	keeps::<Private>(bytes);
	keeps::<Request>(bytes);
	keeps::<RecordAttributes>(bytes);
	keeps::<Decision>(bytes);
	let (request, record, rows, (accepted, accepted_by_patient), versions) =
		Wire::decode(&mut &bytes[..]).ok()?;
	// Numbers are unique on the chain, because the numbers are keys of maps.
	let mut numbers = BTreeSet::new();
	let rows: Vec<Row> = rows
		.into_iter()
		.filter(|row| numbers.insert(row.0))
		.map(|(id, directive, maker, made, ended)| Row { id, directive, maker, made, ended })
		.collect();
	let mut numbers = BTreeSet::new();
	let versions: Vec<_> =
		versions.into_iter().filter(|(number, _)| numbers.insert(*number)).collect();
	let setting = Setting {
		request,
		record,
		rows,
		policy: Policy { accepted, accepted_by_patient, versions },
	};
	laws::equals_the_model(&setting);
	laws::says_the_same_about_copies(&setting);
	laws::does_not_care_for_the_order(&setting, &[1, 2, 3]);
	laws::base_policy_permits_only_what_was_accepted(&setting);
	for row in &setting.rows {
		laws::what_is_checked_can_be_reached(&row.directive, setting.request.time);
	}
	Some(setting.decide())
}

/// A value that decodes fits into the maximum length of the type, and is the same when decoded
/// again.
fn keeps<T: Decode + Encode + MaxEncodedLen + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
	if let Ok(value) = T::decode(&mut &bytes[..]) {
		let again = value.encode();
		assert!(again.len() <= T::max_encoded_len(), "too long: {value:?}");
		assert_eq!(T::decode(&mut &again[..]).as_ref(), Ok(&value));
	}
}
