//! The world around a pallet under test: time, members, practitioners, patients and who acts for
//! them, each a table outside of the storage. A trail in the storage, so that a refused call
//! leaves no entry. Only for tests.

use crate::{
	Act, BasePolicies, Deed, Members, Patients, Phase, Refusal, Relation, Removals, Reviewers,
	Trail,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use assent_policy::{
	Directive, Groups, Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Private,
	Role,
};
use codec::{Decode, Encode};
use core::cell::RefCell;
use frame_support::{storage::unhashed, traits::Time};
use sp_core::H256;
use sp_runtime::{
	traits::{BlakeTwo256, Hash},
	AccountId32,
};

/// A second, in milliseconds.
pub const SECOND: Moment = 1_000;
/// A minute.
pub const MINUTE: Moment = 60 * SECOND;
/// An hour.
pub const HOUR: Moment = 60 * MINUTE;
/// A day.
pub const DAY: Moment = 24 * HOUR;
/// The moment at which tests begin: 9 October 2025.
pub const START: Moment = 1_760_000_000_000;

/// An account made of one byte.
pub const fn account(byte: u8) -> AccountId32 {
	AccountId32::new([byte; 32])
}

/// A patient id as its organisation enrolled it.
#[derive(Clone, Debug)]
pub struct Enrolment {
	/// The account that controls the id.
	pub controller: AccountId32,
	/// The organisation that enrolled the id.
	pub organisation: OrganisationId,
	/// The version of the base policy that the patient signed for.
	pub policy: Option<PolicyVersion>,
	/// What the id is open to.
	pub phase: Phase,
	/// Why the controller may only withdraw, if that is so.
	pub closed: Option<Refusal>,
	/// What is private to the patient.
	pub private: Private,
}

/// A credential, and from when until when it is valid.
pub type Credential = (Practitioner, Moment, Moment);

/// The tables. A test thread has a world of its own.
#[derive(Default)]
pub struct World {
	/// The time on the wall.
	pub now: Moment,
	/// The active organisations.
	pub active: BTreeSet<OrganisationId>,
	/// The suspended organisations, each with the moment of the suspension.
	pub suspended: BTreeMap<OrganisationId, Moment>,
	/// The organisations that left for good.
	pub removed: BTreeSet<OrganisationId>,
	/// The versions of each organisation's base policy, each with the moment of its registration.
	/// Rules that are lost can't be read.
	pub policies: BTreeMap<OrganisationId, Vec<(Moment, Option<Directive>)>>,
	/// The accounts that act for an organisation.
	pub agents: BTreeMap<AccountId32, OrganisationId>,
	/// The credentials of each practitioner.
	pub credentials: BTreeMap<AccountId32, Vec<Credential>>,
	/// The patient ids.
	pub patients: BTreeMap<PatientId, Enrolment>,
	/// The guardians, each with the end of the term.
	pub guardians: BTreeMap<(PatientId, AccountId32), Moment>,
	/// The delegates, each with the mandate.
	pub delegates: BTreeMap<(PatientId, AccountId32), Vec<Deed>>,
	/// How often a pallet asked about members.
	pub questions: u32,
}

std::thread_local! {
	static WORLD: RefCell<World> = RefCell::new(World::default());
}

impl World {
	/// Reads or changes the tables.
	pub fn with<R>(f: impl FnOnce(&mut World) -> R) -> R {
		WORLD.with(|world| f(&mut world.borrow_mut()))
	}

	/// A new world at [`START`] with these active organisations.
	pub fn reset(organisations: impl IntoIterator<Item = OrganisationId>) {
		let active = organisations.into_iter().collect();
		Self::with(|world| *world = World { now: START, active, ..Default::default() });
	}

	/// Sets the time on the wall.
	pub fn set_time(now: Moment) {
		Self::with(|world| world.now = now);
	}

	/// Lets time pass.
	pub fn advance(by: Moment) {
		Self::with(|world| world.now = world.now.saturating_add(by));
	}

	/// Admits an organisation, or lets a suspended one back.
	pub fn admit(organisation: OrganisationId) {
		Self::with(|world| {
			world.suspended.remove(&organisation);
			world.active.insert(organisation);
		});
	}

	/// Suspends an organisation from now on.
	pub fn suspend(organisation: OrganisationId) {
		Self::with(|world| {
			world.active.remove(&organisation);
			world.suspended.insert(organisation, world.now);
		});
	}

	/// Removes an organisation for good.
	pub fn remove(organisation: OrganisationId) {
		Self::with(|world| {
			world.active.remove(&organisation);
			world.removed.insert(organisation);
		});
	}

	/// Registers the next version of an organisation's base policy now, and returns its number.
	pub fn register(organisation: OrganisationId, rules: Directive) -> PolicyVersion {
		Self::with(|world| {
			let versions = world.policies.entry(organisation).or_default();
			versions.push((world.now, Some(rules)));
			versions.len() as PolicyVersion
		})
	}

	/// Lets an account act for an organisation.
	pub fn name_agent(who: AccountId32, organisation: OrganisationId) {
		Self::with(|world| world.agents.insert(who, organisation));
	}

	/// Gives a practitioner one more credential.
	pub fn credential(
		who: AccountId32,
		organisation: OrganisationId,
		roles: &[Role],
		groups: Groups,
		from: Moment,
		until: Moment,
	) {
		let roles: BTreeSet<Role> = roles.iter().copied().collect();
		let practitioner = Practitioner {
			account: who.clone().into(),
			organisation,
			roles: roles.try_into().expect("there are not more roles than fit"),
			groups,
		};
		Self::with(|world| {
			let credentials = world.credentials.entry(who).or_default();
			credentials.push((practitioner, from, until));
		});
	}

	/// Ends every credential of the account now.
	pub fn revoke(who: &AccountId32) {
		Self::with(|world| {
			let now = world.now;
			for (_, _, until) in world.credentials.get_mut(who).into_iter().flatten() {
				*until = now.min(*until);
			}
		});
	}

	/// Enrols a patient id.
	pub fn enrol(
		patient: PatientId,
		controller: AccountId32,
		organisation: OrganisationId,
		policy: Option<PolicyVersion>,
	) {
		let enrolment = Enrolment {
			controller,
			organisation,
			policy,
			phase: Phase::InUse,
			closed: None,
			private: Private::default(),
		};
		Self::with(|world| world.patients.insert(patient, enrolment));
	}

	/// Changes what is known of an enrolled patient.
	pub fn patient(patient: PatientId, change: impl FnOnce(&mut Enrolment)) {
		Self::with(|world| change(world.patients.get_mut(&patient).expect("enrolled")));
	}

	/// Names a guardian until a moment.
	pub fn guardian(patient: PatientId, who: AccountId32, until: Moment) {
		Self::with(|world| world.guardians.insert((patient, who), until));
	}

	/// Gives an account the mandate to do these things for the patient.
	pub fn delegate(patient: PatientId, who: AccountId32, mandate: &[Deed]) {
		Self::with(|world| world.delegates.insert((patient, who), mandate.to_vec()));
	}

	/// How often a pallet asked about members since the last time.
	pub fn questions() -> u32 {
		Self::with(|world| core::mem::take(&mut world.questions))
	}
}

impl Members for World {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		Self::with(|world| {
			world.questions += 1;
			let mut credentials = world.credentials.get(account)?.iter();
			let (practitioner, ..) =
				credentials.find(|(_, from, until)| (*from..*until).contains(&at))?;
			let vouched = world.active.contains(&practitioner.organisation);
			vouched.then(|| practitioner.clone())
		})
	}

	fn agent_of(account: &AccountId32) -> Option<OrganisationId> {
		Self::with(|world| {
			world.questions += 1;
			world.active.get(world.agents.get(account)?).copied()
		})
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Self::with(|world| {
			world.questions += 1;
			world.active.contains(&organisation)
		})
	}
}

impl Removals for World {
	fn is_removed(organisation: OrganisationId) -> bool {
		Self::with(|world| world.removed.contains(&organisation))
	}
}

impl BasePolicies for World {
	fn newest(organisation: OrganisationId, at: Moment) -> Option<PolicyVersion> {
		Self::with(|world| {
			let suspended = world.suspended.get(&organisation);
			if suspended.is_some_and(|since| *since <= at) {
				return None;
			}
			let versions = world.policies.get(&organisation)?.iter();
			let count = versions.filter(|(registered, _)| *registered <= at).count();
			(count > 0).then_some(count as PolicyVersion)
		})
	}

	fn rules(organisation: OrganisationId, version: PolicyVersion) -> Option<Directive> {
		Self::with(|world| {
			let place = version.checked_sub(1)? as usize;
			world.policies.get(&organisation)?.get(place)?.1.clone()
		})
	}
}

impl Reviewers for World {
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId> {
		Self::with(|world| {
			let others: Vec<_> = (world.active.iter())
				.filter(|organisation| !excluded.contains(organisation))
				.collect();
			let drawn = seed.to_low_u64_be().checked_rem(others.len() as u64)?;
			others.get(drawn as usize).copied().copied()
		})
	}

	fn has_other(organisation: OrganisationId) -> bool {
		Self::with(|world| world.active.iter().any(|other| *other != organisation))
	}
}

impl Patients for World {
	fn exists(patient: PatientId) -> bool {
		Self::with(|world| world.patients.contains_key(&patient))
	}

	fn phase(patient: PatientId) -> Option<Phase> {
		Self::with(|world| world.patients.get(&patient).map(|row| row.phase))
	}

	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal> {
		Self::with(|world| {
			let row = world.patients.get(&patient).ok_or(Refusal::Stranger)?;
			if row.controller == *account {
				return match row.closed {
					Some(refusal) if deed != Deed::Withdraw => Err(refusal),
					_ => Ok(Relation::Controller),
				};
			}
			let relation = (patient, account.clone());
			if world.guardians.get(&relation).is_some_and(|until| at < *until) {
				return Ok(Relation::Guardian);
			}
			match world.delegates.get(&relation) {
				None => Err(Refusal::Stranger),
				Some(mandate) if mandate.contains(&deed) => Ok(Relation::Delegate),
				Some(_) => Err(Refusal::NotInMandate),
			}
		})
	}

	fn private(patient: PatientId, _: Moment) -> Private {
		Self::with(|world| {
			let row = world.patients.get(&patient);
			row.map(|row| row.private.clone()).unwrap_or_default()
		})
	}

	fn enrolled_by(patient: PatientId) -> Option<OrganisationId> {
		Self::with(|world| world.patients.get(&patient).map(|row| row.organisation))
	}

	fn signed_policy(patient: PatientId) -> Option<PolicyVersion> {
		Self::with(|world| world.patients.get(&patient)?.policy)
	}
}

/// The time that tests set.
pub struct Clock;

impl Time for Clock {
	type Moment = Moment;

	fn now() -> Moment {
		World::with(|world| world.now)
	}
}

/// An entry of the trail, as a pallet wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
	/// The patient in whose sequence the entry stands.
	pub patient: Option<PatientId>,
	/// The organisation in whose sequence the entry stands.
	pub organisation: Option<OrganisationId>,
	/// The account that acted.
	pub actor: Option<AccountId32>,
	/// What happened.
	pub act: Act,
}

impl Entry {
	/// An entry, from its parts.
	pub const fn of(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> Self {
		Self { patient, organisation, actor, act }
	}

	/// The hash that [`Notebook`] answers with.
	pub fn hash(&self) -> H256 {
		BlakeTwo256::hash_of(self)
	}
}

const COUNT: &[u8] = b":notebook:";

fn place(number: u32) -> Vec<u8> {
	[COUNT, &number.to_le_bytes()].concat()
}

/// A trail that keeps its entries in the storage, one under each number.
pub struct Notebook;

impl Trail for Notebook {
	fn write(
		patient: Option<PatientId>,
		organisation: Option<OrganisationId>,
		actor: Option<AccountId32>,
		act: Act,
	) -> H256 {
		let entry = Entry::of(patient, organisation, actor, act);
		let number: u32 = unhashed::get_or_default(COUNT);
		unhashed::put(COUNT, &(number + 1));
		unhashed::put(&place(number), &entry);
		entry.hash()
	}
}

/// Every entry, the oldest first.
pub fn trail() -> Vec<Entry> {
	let count: u32 = unhashed::get_or_default(COUNT);
	(0..count).filter_map(|number| unhashed::get(&place(number))).collect()
}

/// The newest entry.
///
/// # Panics
/// If nothing was written.
pub fn last_entry() -> Entry {
	trail().pop().expect("an entry was written")
}

/// Forgets what was written so far.
pub fn forget_trail() {
	let count: u32 = unhashed::get_or_default(COUNT);
	(0..count).for_each(|number| unhashed::kill(&place(number)));
	unhashed::kill(COUNT);
}
