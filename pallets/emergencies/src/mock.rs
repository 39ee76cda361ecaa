//! A small world around the pallet: organisations, patients, practitioners. The other pallets
//! are played by tables outside of the storage; the trail is kept in the storage, so that a
//! refused call can't have written.

use crate::{self as pallet_emergencies, *};
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion, Practitioner, Role};
use assent_support::{Act, EmergencyReason, Members, Patients, Relation, Trail};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
	construct_runtime, derive_impl,
	dispatch::DispatchResult,
	traits::{ConstU32, Time},
	weights::{constants::RocksDbWeight, Weight},
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
		BreakGlass: pallet_emergencies,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type Block = Block;
	type DbWeight = RocksDbWeight;
}

pub const HOUR: Moment = 60 * MINUTE;
pub const DAY: Moment = 24 * HOUR;
/// When every test begins.
pub const START: Moment = 1_760_000_000_000;

impl Config for Test {
	type Time = Clock;
	type Members = World;
	type Patients = World;
	type Trail = MockTrail;
	type MaxActivePerPractitioner = ConstU32<4>;
	type WeightInfo = weights::Declared<Test>;
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;

pub const PATIENT: PatientId = PatientId([1; 16]);
pub const OTHER_PATIENT: PatientId = PatientId([2; 16]);
pub const UNKNOWN_PATIENT: PatientId = PatientId([3; 16]);

pub const fn account(seed: u8) -> AccountId32 {
	AccountId32::new([seed; 32])
}
/// Controls `PATIENT`.
pub const CONTROLLER: AccountId32 = account(1);
/// Clinician of `CLINIC`.
pub const CLINICIAN: AccountId32 = account(11);
/// Emergency clinician of `CLINIC`.
pub const DECLARER: AccountId32 = account(14);
/// Nobody anywhere.
pub const STRANGER: AccountId32 = account(99);

pub const REASON: EmergencyReason = EmergencyReason::UnableToConsent;

/// The tables of the other pallets.
#[derive(Default)]
pub struct World {
	now: Moment,
	credentials: BTreeMap<AccountId32, (Practitioner, Moment)>,
	suspended: BTreeSet<OrganisationId>,
	patients: BTreeSet<PatientId>,
	heavy: bool,
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

	/// Puts a credential in the place of the one before.
	pub fn credential(who: AccountId32, organisation: OrganisationId, roles: &[Role]) {
		let practitioner = Practitioner {
			account: who.clone().into(),
			organisation,
			roles: roles
				.iter()
				.copied()
				.collect::<BTreeSet<_>>()
				.try_into()
				.unwrap(),
			groups: Default::default(),
		};
		Self::with(|world| world.credentials.insert(who, (practitioner, Moment::MAX)));
	}

	/// Ends the credential of the account now.
	pub fn revoke(who: &AccountId32) {
		Self::with(|world| {
			let now = world.now;
			if let Some((_, until)) = world.credentials.get_mut(who) {
				*until = now;
			}
		});
	}

	pub fn suspend(organisation: OrganisationId) {
		Self::with(|world| world.suspended.insert(organisation));
	}

	pub fn enrol(patient: PatientId) {
		Self::with(|world| world.patients.insert(patient));
	}

	/// Makes every question as expensive as a second of work.
	pub fn set_heavy() {
		Self::with(|world| world.heavy = true);
	}

	fn worst() -> Weight {
		if Self::with(|world| world.heavy) {
			Weight::from_parts(1_000_000_000_000, 0)
		} else {
			RocksDbWeight::get().reads(2)
		}
	}

	/// A new world with everybody in it.
	fn reset() {
		Self::with(|world| {
			*world = World {
				now: START,
				..Default::default()
			}
		});
		for (who, role) in [
			(CLINICIAN, Role::Clinician),
			(DECLARER, Role::EmergencyClinician),
		] {
			Self::credential(who, CLINIC, &[role]);
		}
		for patient in [PATIENT, OTHER_PATIENT] {
			Self::enrol(patient);
		}
	}
}

impl Members for World {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		Self::with(|world| {
			world
				.credentials
				.get(account)
				.filter(|(_, until)| at < *until)
				.map(|(practitioner, _)| practitioner)
				.filter(|practitioner| !world.suspended.contains(&practitioner.organisation))
				.cloned()
		})
	}

	fn agent_of(_: &AccountId32) -> Option<OrganisationId> {
		None
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Self::with(|world| !world.suspended.contains(&organisation))
	}

	fn worst_weight() -> Weight {
		Self::worst()
	}
}

impl Patients for World {
	fn exists(patient: PatientId) -> bool {
		Self::with(|world| world.patients.contains(&patient))
	}

	fn relation(_: &AccountId32, _: PatientId, _: Moment) -> Option<Relation> {
		None
	}

	fn enrolled_by(_: PatientId) -> Option<OrganisationId> {
		Some(HOSPITAL)
	}

	fn signed_policy(_: PatientId) -> Option<PolicyVersion> {
		None
	}

	fn worst_weight() -> Weight {
		Self::worst()
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

/// A trail that keeps its entries by number.
pub struct MockTrail;

const TRAIL: &[u8] = b":mock:trail";

fn entry_key(number: u32) -> Vec<u8> {
	[TRAIL, &number.to_le_bytes()].concat()
}

fn entries() -> u32 {
	frame_support::storage::unhashed::get_or_default(TRAIL)
}

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
		let number = entries();
		frame_support::storage::unhashed::put(TRAIL, &(number + 1));
		frame_support::storage::unhashed::put(&entry_key(number), &entry);
		blake2_256(&entry.encode()).into()
	}

	fn weight() -> Weight {
		RocksDbWeight::get().reads_writes(3, 3)
	}
}

/// Everything written so far.
pub fn trail() -> Vec<Entry> {
	(0..entries())
		.filter_map(|number| frame_support::storage::unhashed::get(&entry_key(number)))
		.collect()
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
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> sp_io::TestExternalities {
		World::reset();
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| System::set_block_number(1));
		ext
	}

	/// Runs the test; afterwards the state must hold together.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			BreakGlass::do_try_state().expect("the state holds together");
		});
	}
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn now() -> Moment {
	Clock::now()
}

pub fn declare(who: AccountId32, patient: PatientId, minutes: u16) -> DispatchResult {
	BreakGlass::declare(signed(who), patient, REASON, minutes)
}

/// Whether the practitioner has an emergency for the patient that counts at that moment.
pub fn let_in_at(who: &AccountId32, patient: PatientId, at: Moment) -> bool {
	World::practitioner(who, at).is_some_and(|practitioner| {
		<BreakGlass as assent_support::Emergencies>::active(&practitioner, patient, at)
	})
}

/// The same now.
pub fn let_in(who: AccountId32, patient: PatientId) -> bool {
	let_in_at(&who, patient, now())
}
