//! A runtime with the trail and a clock, and an indexing node.

use crate as pallet_trail;
use crate::{entry_key, walk, Head, Sequence};
use assent_policy::{
	Action, Basis, Decision, Effect, OrganisationId, PatientId, Purpose, RecordId,
};
use assent_support::{Act, Trail as _};
use frame_support::{derive_impl, parameter_types, traits::ConstU64};
use frame_system::limits::BlockWeights;
use sp_core::{
	offchain::testing::{TestOffchainExt, TestPersistentOffchainDB},
	offchain::OffchainDbExt,
	H256,
};
use sp_io::TestExternalities;
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage};

type Block = frame_system::mocking::MockBlockU32<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Trail: pallet_trail,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Block = Block;
	type BlockWeights = Weights;
	type Lookup = IdentityLookup<AccountId32>;
}

parameter_types! {
	/// The test of `integrity_test` changes this value.
	pub static Weights: BlockWeights = BlockWeights::default();
}

impl pallet_timestamp::Config for Test {
	type Moment = u64;
	type OnTimestampSet = ();
	type MinimumPeriod = ConstU64<1>;
	type WeightInfo = ();
}

impl pallet_trail::Config for Test {
	type Time = Timestamp;
	type WeightInfo = crate::weights::MockWeights;
}

/// The time of the first block.
pub const START: u64 = 1_760_000_000_000;
pub const GENESIS: H256 = H256([7; 32]);
pub const ADA: PatientId = PatientId([0xad; 16]);
pub const BEN: PatientId = PatientId([0xbe; 16]);
pub const HOSPITAL: OrganisationId = 0;
pub const LABORATORY: OrganisationId = 1;

pub fn clinician() -> AccountId32 {
	AccountId32::new([1; 32])
}

pub fn denial(record: u8) -> Act {
	Act::AccessDecided {
		record: RecordId([record; 16]),
		version: None,
		purpose: Purpose::Treatment,
		action: Action::Access,
		decision: Decision { effect: Effect::Deny, basis: Basis::NoRule },
	}
}

pub fn write(patient: Option<PatientId>, organisation: Option<OrganisationId>, act: Act) -> H256 {
	Trail::write(patient, organisation, Some(clinician()), act)
}

/// Goes on to the next block, two seconds later.
pub fn next_block() {
	System::set_block_number(System::block_number() + 1);
	System::reset_events();
	pallet_timestamp::Now::<Test>::put(Timestamp::get() + 2_000);
}

/// Every key of the state, keys in the overlay included.
pub fn state_keys() -> usize {
	let mut keys = 0;
	let mut last = vec![];
	while let Some(key) = sp_io::storage::next_key(&last) {
		keys += 1;
		last = key;
	}
	keys
}

/// The head of a sequence.
pub fn head_of(sequence: Sequence) -> Head {
	match sequence {
		Sequence::Patient(id) => Trail::patient_head(id),
		Sequence::Organisation(id) => Trail::organisation_head(id),
	}
}

/// A node: a state and the index beside it.
pub struct Node(TestExternalities);

impl Node {
	/// A node at block 1.
	pub fn new() -> Self {
		let mut node = Self::at_genesis();
		node.run(|| {
			System::set_block_number(1);
			pallet_timestamp::Now::<Test>::put(START);
		});
		node
	}

	/// A node in the genesis block.
	pub fn at_genesis() -> Self {
		let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
		let mut ext = TestExternalities::new(storage);
		let (offchain, _) = TestOffchainExt::with_offchain_db(ext.offchain_db());
		ext.register_extension(OffchainDbExt::new(offchain));
		let mut node = Self(ext);
		node.run(|| frame_system::BlockHash::<Test>::insert(0, GENESIS));
		node
	}

	/// Runs, checks the state and brings the index up to date, as a block import does.
	pub fn run<R>(&mut self, run: impl FnOnce() -> R) -> R {
		let result = self.0.execute_with(|| {
			let result = run();
			Trail::do_try_state().unwrap();
			result
		});
		self.0.persist_offchain_overlay();
		result
	}

	/// The content of the index under a hash, read as a client of the node does.
	pub fn indexed(&mut self, hash: H256) -> Option<Vec<u8>> {
		self.0.execute_with(|| {
			sp_io::offchain::local_storage_get(
				sp_core::offchain::StorageKind::PERSISTENT,
				&entry_key(hash),
			)
		})
	}

	/// The index.
	pub fn index(&self) -> TestPersistentOffchainDB {
		self.0.offchain_db()
	}

	/// Walks a sequence from its head in the state through the index.
	pub fn walk(&mut self, sequence: Sequence) -> Result<Vec<walk::Step>, walk::WalkError> {
		let head = self.run(|| head_of(sequence));
		let index = self.index();
		walk::walk(GENESIS, sequence, head, |hash| index.get(&entry_key(hash)))
	}
}

/// A state for the benchmarks.
pub fn benchmarks() -> TestExternalities {
	let Node(mut ext) = Node::new();
	ext.commit_all().unwrap();
	ext
}
