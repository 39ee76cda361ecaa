//! A runtime with the register alone.

use crate::{
	self as pallet_records,
	crypto::{AttestationPair, AttestationPublic},
	*,
};
use assent_policy::{
	Class, Confidentiality, Moment, OrganisationId, PatientId, RecordId, Token, Word,
};
use assent_support::{Deed, Finding};
use codec::Encode;
use frame_support::{
	derive_impl,
	dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
	parameter_types,
	traits::{ConstU32, ConstU64, Contains},
	weights::{constants::RocksDbWeight, Weight},
};
use frame_system::{
	limits::BlockWeights,
	offchain::{CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase},
	AuthorizeCall,
};
use sp_core::{
	crypto::{ByteArray, Pair},
	H256,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic,
	traits::{Applyable, BlakeTwo256, Checkable, IdentityLookup},
	transaction_validity::{TransactionSource, TransactionValidityError, ValidTransaction},
	AccountId32, BuildStorage, MultiSignature,
};

pub use assent_support::testing::world::{account, trail, Entry, Notebook, World};

mod node;
pub use node::{Answer, Node};

pub type TxExtension = (AuthorizeCall<Test>,);
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<AccountId32, RuntimeCall, MultiSignature, TxExtension>;
type Block = generic::Block<generic::Header<u32, BlakeTwo256>, UncheckedExtrinsic>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;

	#[runtime::pallet_index(1)]
	pub type Clock = pallet_timestamp::Pallet<Test>;

	#[runtime::pallet_index(2)]
	pub type Register = pallet_records::Pallet<Test>;
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const LABORATORY: OrganisationId = 2;
pub const INSTITUTE: OrganisationId = 3;

pub const PATIENT: PatientId = PatientId([1; 16]);
/// A patient of the clinic.
pub const OTHER_PATIENT: PatientId = PatientId([2; 16]);
pub const RECORD: RecordId = RecordId([9; 16]);

pub const CONTROLLER: AccountId32 = account(20);
pub const GUARDIAN: AccountId32 = account(21);
/// With a mandate to do everything.
pub const DELEGATE: AccountId32 = account(24);
/// With a mandate for everything but disputes.
pub const HELPER: AccountId32 = account(23);
pub const STRANGER: AccountId32 = account(22);

pub const GENESIS: H256 = H256([0xaa; 32]);
/// 15 June 2026, noon UTC.
pub const START: Moment = 1_781_524_800_000;
/// June 2026.
pub const THIS_MONTH: u16 = 56 * 12 + 5;

pub const CONTENT: &[u8] = b"age-encryption.org/v1 ... the sealed report";

pub fn agent(organisation: OrganisationId) -> AccountId32 {
	account(10 + organisation as u8)
}

parameter_types! {
	pub static Weights: BlockWeights =
		BlockWeights::simple_max(Weight::from_parts(2_000_000_000_000, 5 * 1024 * 1024));
	pub static RecheckPeriod: u32 = 100;
	/// The attesting organisations and their keys.
	pub storage Attesting: Vec<(OrganisationId, AttestationPublic)> = Vec::new();
	/// The approved endpoints.
	pub storage Urls: Vec<(OrganisationId, Vec<u8>)> = vec![
		(HOSPITAL, b"https://vault.example".to_vec()),
		(CLINIC, b"http://10.0.0.2:8080/vault".to_vec()),
	];
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type BlockWeights = Weights;
	type DbWeight = RocksDbWeight;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

impl Config for Test {
	type AdminOrigin = frame_system::EnsureRoot<AccountId32>;
	type Time = Clock;
	type Trail = Notebook;
	type Members = World;
	type Patients = World;
	type Attestors = MockAttestors;
	type Endpoints = MockEndpoints;
	type MayHoldKey = Enrolled;
	type MaxDocumentSize = ConstU64<{ 64 * 1024 * 1024 }>;
	type RecheckPeriod = RecheckPeriod;
	type RecoveryPeriod = ConstU32<20>;
	type ReviseAfter = ConstU32<50>;
	type AttestationLifetime = ConstU32<64>;
	type AttestationPriority = ConstU64<1_000>;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = Fixture;
}

/// Lets benchmarks find what they need.
pub struct Fixture;

impl crate::benchmarking::BenchmarkHelper for Fixture {
	fn agent() -> (AccountId32, OrganisationId) {
		Clock::set_timestamp(START);
		(agent(HOSPITAL), HOSPITAL)
	}

	fn patient(_: OrganisationId) -> (PatientId, AccountId32) {
		(PATIENT, GUARDIAN)
	}

	fn attestors(custodian: OrganisationId, key: &AttestationPublic) -> OrganisationId {
		let mut all: Vec<_> = (0..MAX_VOTES)
			.map(|organisation| (organisation, pair(organisation).public()))
			.collect();
		assert_eq!(custodian, HOSPITAL);
		let last = MAX_VOTES - 1;
		all[last as usize].1 = key.clone();
		Attesting::set(&all);
		last
	}

	fn reader() -> AccountId32 {
		GUARDIAN
	}
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<LocalCall> CreateTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

impl<LocalCall> CreateAuthorizedTransaction<LocalCall> for Test
where
	RuntimeCall: From<LocalCall>,
{
	fn create_extension() -> TxExtension {
		(AuthorizeCall::new(),)
	}
}

pub struct MockAttestors;
impl Attestors for MockAttestors {
	fn organisation(key: &AttestationPublic) -> Option<OrganisationId> {
		Attesting::get().into_iter().find(|(_, known)| known == key).map(|(owner, _)| owner)
	}

	fn organisations() -> Vec<OrganisationId> {
		let mut all: Vec<_> = Attesting::get().into_iter().map(|(owner, _)| owner).collect();
		all.sort_unstable();
		all.dedup();
		all
	}
}

pub struct MockEndpoints;
impl Endpoints for MockEndpoints {
	fn url(organisation: OrganisationId) -> Option<Vec<u8>> {
		Urls::get().into_iter().find(|(owner, _)| *owner == organisation).map(|(_, url)| url)
	}
}

pub struct Enrolled;
impl Contains<AccountId32> for Enrolled {
	fn contains(account: &AccountId32) -> bool {
		*account != STRANGER
	}
}

// --- arguments of calls ----------------------------------------------------------------

pub fn signed(who: AccountId32) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn labels() -> Labels {
	Labels {
		class: Class::LabResult,
		confidentiality: Confidentiality::Normal,
		sensitivities: Default::default(),
		code: Some(Token([3; 16])),
		author: None,
		encounter: None,
		authored: THIS_MONTH,
	}
}

pub fn document(content: &[u8]) -> Document {
	Document {
		ciphertext: *blake3::hash(content).as_bytes(),
		size: content.len() as u64,
		cid: None,
		commitment: [7; 32],
	}
}

/// The address of a content in the hospital's vault.
pub fn url(content: &[u8]) -> String {
	format!("https://vault.example/v1/documents/{}", blake3::hash(content).to_hex())
}

pub fn record_id(number: u32) -> RecordId {
	let mut id = [0; 16];
	id[..4].copy_from_slice(&number.to_be_bytes());
	RecordId(id)
}

pub fn register(record: RecordId, content: &[u8]) {
	Register::register(signed(agent(HOSPITAL)), record, PATIENT, labels(), document(content))
		.expect("the hospital registers a record");
}

pub fn current(record: RecordId) -> Version {
	let number = Records::<Test>::get(record).expect("registered").version;
	Versions::<Test>::get(record, number).expect("current versions are kept")
}

pub fn state(record: RecordId) -> AnchorState {
	current(record).state
}

/// The organisation stops its last validator.
pub fn leave(organisation: OrganisationId) {
	let mut left = Attesting::get();
	left.retain(|(owner, _)| *owner != organisation);
	Attesting::set(&left);
}

// --- blocks, attestations, transactions ------------------------------------------------

pub fn go_to(block: u32) {
	System::set_block_number(block);
	Clock::set_timestamp(START + u64::from(block) * 2_000);
}

/// The time of the block.
pub fn now() -> Moment {
	Clock::get()
}

/// The seed of an organisation's attestation key. A phrase would take long to stretch.
fn seed(organisation: OrganisationId) -> [u8; 32] {
	[100 + organisation as u8; 32]
}

pub fn pair(organisation: OrganisationId) -> AttestationPair {
	AttestationPair::from_seed(&seed(organisation))
}

/// The attestation of the organisation's worker about the record now.
pub fn attestation(
	organisation: OrganisationId,
	record: RecordId,
	finding: Finding,
) -> Attestation {
	Attestation {
		record,
		version: Records::<Test>::get(record).expect("registered").version,
		round: current(record).due,
		at: System::block_number(),
		finding,
		key: pair(organisation).public(),
	}
}

/// The transaction with an attestation signed by an organisation's key on a chain.
pub fn transaction(
	attestation: Attestation,
	signer: OrganisationId,
	genesis: H256,
) -> UncheckedExtrinsic {
	let signature = pair(signer).sign(&attestation.message(genesis));
	let call = RuntimeCall::Register(Call::attest { attestation, signature });
	UncheckedExtrinsic::new_transaction(call, (AuthorizeCall::new(),))
}

/// The answer of the pool to a transaction.
pub fn validate(
	transaction: &UncheckedExtrinsic,
) -> Result<ValidTransaction, TransactionValidityError> {
	let info = transaction.get_dispatch_info();
	let length = transaction.encoded_size();
	transaction
		.clone()
		.check(&frame_system::ChainContext::<Test>::default())
		.expect("general transactions carry no signature of their own")
		.validate::<Test>(TransactionSource::External, &info, length)
}

/// Puts a transaction into the block. The result is a refusal, or the result of the dispatch.
pub fn apply(
	transaction: UncheckedExtrinsic,
) -> Result<DispatchResultWithPostInfo, TransactionValidityError> {
	let info = transaction.get_dispatch_info();
	let length = transaction.encoded_size();
	transaction
		.check(&frame_system::ChainContext::<Test>::default())
		.expect("general transactions carry no signature of their own")
		.apply::<Test>(&info, length)
}

/// Puts an organisation's attestation into the block.
pub fn attest(
	organisation: OrganisationId,
	record: RecordId,
	finding: Finding,
) -> Result<(), TransactionValidityError> {
	let attestation = attestation(organisation, record, finding);
	apply(transaction(attestation, organisation, GENESIS)).map(|dispatched| {
		dispatched.expect("what is authorised is dispatched");
	})
}

/// Clinic and laboratory agree. Two of the three others are the quorum.
pub fn conclude(record: RecordId, finding: Finding) {
	attest(CLINIC, record, finding).expect("the clinic attests");
	attest(LABORATORY, record, finding).expect("the laboratory attests");
}

pub fn last_event() -> RuntimeEvent {
	System::events().pop().expect("an event was deposited").event
}

// --- the chain of a test ---------------------------------------------------------------

#[derive(Default)]
pub struct ExtBuilder {
	node: Option<Node>,
	registered: bool,
}

impl ExtBuilder {
	/// Runs as this node's off-chain worker would, with the node's keys, storage, pool and network.
	pub fn node(mut self, node: &Node) -> Self {
		self.node = Some(node.clone());
		self
	}

	/// Registers `RECORD` at block 1. `CONTENT` is version 1.
	pub fn registered(mut self) -> Self {
		self.registered = true;
		self
	}

	pub fn build(self) -> TestExternalities {
		let storage = frame_system::GenesisConfig::<Test>::default()
			.build_storage()
			.expect("the default is sound");
		let mut ext = TestExternalities::new(storage);
		if let Some(node) = self.node {
			node.connect(&mut ext);
		}
		World::reset(HOSPITAL..=INSTITUTE);
		for organisation in HOSPITAL..=INSTITUTE {
			World::name_agent(agent(organisation), organisation);
		}
		World::enrol(PATIENT, CONTROLLER, HOSPITAL, None);
		World::enrol(OTHER_PATIENT, STRANGER, CLINIC, None);
		World::guardian(PATIENT, GUARDIAN, Moment::MAX);
		World::delegate(PATIENT, DELEGATE, Deed::ALL);
		let helps: Vec<_> =
			Deed::ALL.iter().copied().filter(|deed| *deed != Deed::Dispute).collect();
		World::delegate(PATIENT, HELPER, &helps);
		ext.execute_with(|| {
			frame_system::BlockHash::<Test>::insert(0, GENESIS);
			let keys: Vec<_> = (HOSPITAL..=INSTITUTE).map(|o| (o, pair(o).public())).collect();
			Attesting::set(&keys);
			go_to(1);
			if self.registered {
				register(RECORD, CONTENT);
			}
		});
		ext
	}

	pub fn run(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			Register::do_try_state().expect("the state is consistent after the test");
		});
	}
}

/// A state for the benchmarks. The workers sign with a keystore.
pub fn benchmarks() -> TestExternalities {
	let mut ext = ExtBuilder::default().build();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.commit_all().expect("the state is sound");
	ext
}

/// The organisation of an attestation key.
pub fn owner(key: &AttestationPublic) -> OrganisationId {
	(HOSPITAL..=INSTITUTE)
		.find(|organisation| pair(*organisation).public().as_slice() == key.as_slice())
		.expect("a key of the mock")
}
