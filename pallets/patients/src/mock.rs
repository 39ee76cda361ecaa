//! A runtime with patients and a clock, in a world of three organisations.

use crate as pallet_patients;
use crate::{enrolment_message, recovery_message, Config, Deeds, Patients as Rows};
use assent_policy::{Groups, Moment, OrganisationId, PatientId, PolicyVersion};
use assent_support::{BasePolicies, Condition, Deed, Relation};
use frame_support::{derive_impl, parameter_types, traits::ConstU64};
use sp_core::{sr25519, Pair, H256};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::IdentityLookup, AccountId32, BuildStorage, DispatchResult, MultiSignature,
};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
};

pub use assent_support::testing::world::{
	account, forget_trail, trail, Entry, Notebook, World, DAY, START,
};

type Block = frame_system::mocking::MockBlockU32<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Patients: pallet_patients,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId32>;
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

impl Config for Test {
	type Members = World;
	type ProposalPeriod = ProposalPeriod;
	type RecoveryDelay = RecoveryDelay;
	type Trail = Notebook;
	type Time = Timestamp;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks add to the world.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper for Fixture {
	fn agent(number: u32) -> (AccountId32, OrganisationId) {
		let who = account(100 + number as u8);
		admit(100 + number, who.clone());
		(who, 100 + number)
	}

	fn practitioner() -> AccountId32 {
		other_clinician()
	}

	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Test>::put(now);
	}
}

parameter_types! {
	pub static ProposalPeriod: Moment = 30 * DAY;
	pub static RecoveryDelay: Moment = 7 * DAY;
}

pub const GENESIS: H256 = H256([7; 32]);
pub const ADA: PatientId = PatientId([0xad; 16]);
pub const BEN: PatientId = PatientId([0xbe; 16]);
pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const INSTITUTE: OrganisationId = 2;

/// An agent of the hospital, which enrols.
pub fn agent() -> AccountId32 {
	account(10)
}

/// An agent of the clinic, another organisation.
pub fn other_agent() -> AccountId32 {
	account(11)
}

/// An agent of the institute, a third organisation.
pub fn third_agent() -> AccountId32 {
	account(12)
}

/// A practitioner of the hospital.
pub fn clinician() -> AccountId32 {
	account(20)
}

/// A practitioner of the clinic.
pub fn other_clinician() -> AccountId32 {
	account(21)
}

pub fn mother() -> AccountId32 {
	account(30)
}

pub fn father() -> AccountId32 {
	account(31)
}

/// Somebody to name as delegate.
pub fn friend() -> AccountId32 {
	account(35)
}

pub fn stranger() -> AccountId32 {
	account(40)
}

/// Admits an organisation for which this account acts.
pub fn admit(organisation: OrganisationId, agent: AccountId32) {
	World::admit(organisation);
	World::name_agent(agent, organisation);
}

/// The organisation credentials a practitioner without roles.
pub fn credential(who: AccountId32, organisation: OrganisationId) {
	World::credential(who, organisation, &[], Groups::default(), 0, Moment::MAX);
}

/// The newest version of the organisation's base policy is this one.
pub fn set_newest_policy(organisation: OrganisationId, version: PolicyVersion) {
	let versions = (0..version).map(|_| (START, None)).collect();
	World::with(|world| world.policies.insert(organisation, versions));
}

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

thread_local! {
	/// Wallets made before: deriving one is slow.
	static WALLETS: RefCell<BTreeMap<String, sr25519::Pair>> = const { RefCell::new(BTreeMap::new()) };
}

/// A wallet.
pub fn wallet(name: &str) -> sr25519::Pair {
	WALLETS.with_borrow_mut(|wallets| {
		let derive = || sr25519::Pair::from_string(&format!("//{name}"), None).unwrap();
		wallets.entry(name.into()).or_insert_with(derive).clone()
	})
}

/// The wallet's account.
pub fn of(name: &str) -> AccountId32 {
	wallet(name).public().into()
}

/// What the wallet signs to be enrolled by the hospital.
pub fn enrolment(name: &str, patient: PatientId, number: u32) -> MultiSignature {
	let policy = World::newest(HOSPITAL, Moment::MAX);
	let message = enrolment_message(GENESIS, HOSPITAL, policy, patient, &of(name), number);
	wallet(name).sign(&message).into()
}

/// Enrols the wallet with the hospital.
pub fn enrol(name: &str, patient: PatientId, number: u32) -> DispatchResult {
	let signature = enrolment(name, patient, number);
	Patients::enrol(signed(agent()), patient, of(name), number, signature)
}

/// What the wallet signs to take over an id of the hospital's.
pub fn consent_to_recover(name: &str, patient: PatientId, number: u32) -> MultiSignature {
	let message = recovery_message(GENESIS, HOSPITAL, patient, &of(name), number);
	wallet(name).sign(&message).into()
}

/// Proposes that the wallet takes over the id.
pub fn propose_recovery(
	by: AccountId32,
	patient: PatientId,
	name: &str,
	number: u32,
) -> DispatchResult {
	let signature = consent_to_recover(name, patient, number);
	Patients::propose_recovery(signed(by), patient, of(name), number, signature)
}

/// The hospital and the clinic start that a wallet that signed nothing yet takes over Ada's id.
pub fn start_recovery(name: &str) {
	propose_recovery(agent(), ADA, name, 0).unwrap();
	Patients::support_recovery(signed(other_agent()), ADA, of(name)).unwrap();
}

/// The hospital and the clinic agree about Ada.
pub fn set_condition(condition: Condition) {
	Patients::report_condition(signed(agent()), ADA, condition).unwrap();
	Patients::confirm_condition(signed(other_agent()), ADA, condition).unwrap();
}

pub fn deeds(deeds: &[Deed]) -> Deeds {
	let set: BTreeSet<_> = deeds.iter().copied().collect();
	set.try_into().unwrap()
}

/// Everything that can be done in a patient's name.
pub const DEEDS: [Deed; 5] =
	[Deed::Share, Deed::AnswerRequests, Deed::Withdraw, Deed::Dispute, Deed::OpenDocuments];

/// As what the account acts for the patient at that moment.
pub fn relation(account: &AccountId32, patient: PatientId, at: Moment) -> Option<Relation> {
	let row = Rows::<Test>::get(patient)?;
	Patients::role(&row, account, patient, at).map(|(relation, _)| relation)
}

/// Goes on in time.
pub fn wait(milliseconds: Moment) {
	System::set_block_number(System::block_number() + 1);
	pallet_timestamp::Now::<Test>::put(Timestamp::get() + milliseconds);
}

/// The newest event of this pallet.
pub fn last_event() -> crate::Event<Test> {
	let mut events = System::events().into_iter().rev();
	events
		.find_map(|record| match record.event {
			RuntimeEvent::Patients(event) => Some(event),
			_ => None,
		})
		.unwrap()
}

#[derive(Default)]
pub struct ExtBuilder {
	enrolled: Vec<(&'static str, PatientId)>,
	guardians: Vec<(PatientId, AccountId32, Option<Moment>)>,
	proposals: Vec<(PatientId, AccountId32, Option<Moment>)>,
	delegates: Vec<(PatientId, AccountId32, Deeds, Moment)>,
}

impl ExtBuilder {
	/// Enrolled with the hospital.
	pub fn patient(mut self, name: &'static str, patient: PatientId) -> Self {
		self.enrolled.push((name, patient));
		self
	}

	/// Proposed by the hospital.
	pub fn proposal(
		mut self,
		patient: PatientId,
		guardian: AccountId32,
		until: Option<Moment>,
	) -> Self {
		self.proposals.push((patient, guardian, until));
		self
	}

	/// Proposed by the hospital and confirmed by the clinic.
	pub fn guardian(
		mut self,
		patient: PatientId,
		guardian: AccountId32,
		until: Option<Moment>,
	) -> Self {
		self.guardians.push((patient, guardian, until));
		self
	}

	/// Named by the controller.
	pub fn delegate(
		mut self,
		patient: PatientId,
		delegate: AccountId32,
		mandate: &[Deed],
		until: Moment,
	) -> Self {
		self.delegates.push((patient, delegate, deeds(mandate), until));
		self
	}

	/// At block 1.
	fn build(self) -> TestExternalities {
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		World::reset([]);
		for (organisation, agent) in
			[(HOSPITAL, agent()), (CLINIC, other_agent()), (INSTITUTE, third_agent())]
		{
			admit(organisation, agent);
		}
		credential(clinician(), HOSPITAL);
		credential(other_clinician(), CLINIC);
		let mut ext = TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			frame_system::BlockHash::<Test>::insert(0, GENESIS);
			pallet_timestamp::Now::<Test>::put(START);
			for (name, patient) in self.enrolled {
				enrol(name, patient, 0).unwrap();
			}
			for (patient, guardian, until) in self.guardians {
				Patients::propose_guardian(signed(agent()), patient, guardian.clone(), until)
					.unwrap();
				Patients::confirm_guardian(signed(other_agent()), patient, guardian).unwrap();
			}
			for (patient, guardian, until) in self.proposals {
				Patients::propose_guardian(signed(agent()), patient, guardian, until).unwrap();
			}
			for (patient, delegate, deeds, until) in self.delegates {
				let controller = Rows::<Test>::get(patient).unwrap().controller;
				Patients::name_delegate(signed(controller), patient, delegate, deeds, until)
					.unwrap();
			}
			Patients::do_try_state().unwrap();
			System::reset_events();
			forget_trail();
		});
		ext
	}

	/// Runs a test and checks the state at its end.
	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Patients::do_try_state().unwrap();
		});
	}
}

/// A state for the benchmarks, whose wallets sign with a keystore.
pub fn benchmarks() -> TestExternalities {
	let mut ext = ExtBuilder::default().build();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.commit_all().unwrap();
	ext
}
