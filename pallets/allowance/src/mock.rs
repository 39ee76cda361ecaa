//! A runtime with the extensions as a node applies them, with the SDK's batches, and with calls of
//! a given weight.

use crate::{
	self as pallet_allowance, Allowance, CheckAllowance, CheckNonce, Config, Limit, NoPayer, Payer,
	PayerOf, PriorityOf, Urgency, Withdrawal,
};
use assent_policy::{DirectiveId, OrganisationId, PatientId};
use codec::Encode;
use frame_support::{
	derive_impl,
	dispatch::{DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo},
	parameter_types,
	storage::{with_transaction_unchecked, TransactionOutcome},
	weights::{constants::RocksDbWeight, Weight},
};
use frame_system::{
	limits::BlockWeights, AuthorizeCall, CheckNonZeroSender, CheckWeight, WeightReclaim,
};
use sp_io::TestExternalities;
use sp_runtime::{
	traits::{DispatchTransaction, IdentityLookup, TransactionExtension},
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	AccountId32, BuildStorage,
};
use std::collections::BTreeMap;

/// Calls with a given weight, a given refund and a given result; a withdrawal; an authorised call.
#[frame_support::pallet]
pub mod work {
	use assent_policy::{DirectiveId, PatientId};
	use frame_support::{dispatch::WithPostDispatchInfo, pallet_prelude::*};
	use frame_system::pallet_prelude::*;
	use sp_runtime::AccountId32;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32> {}

	/// The directives that each account may withdraw.
	#[pallet::storage]
	pub type InForce<T: Config> =
		StorageMap<_, Blake2_128Concat, (AccountId32, PatientId, DirectiveId), ()>;

	#[pallet::error]
	pub enum Error<T> {
		AsTold,
		NotFound,
	}

	#[derive(
		Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo,
	)]
	pub enum Outcome {
		Pass,
		Fail,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		#[pallet::call_index(0)]
		#[pallet::weight(Weight::from_parts(*declared, 0))]
		pub fn spend(
			origin: OriginFor<T>,
			declared: u64,
			spent: Option<u64>,
			outcome: Outcome,
		) -> DispatchResultWithPostInfo {
			let _ = (ensure_signed(origin)?, declared);
			let spent = spent.map(|spent| Weight::from_parts(spent, 0));
			match (outcome, spent) {
				(Outcome::Pass, spent) => Ok(spent.into()),
				(Outcome::Fail, Some(spent)) => Err(Error::<T>::AsTold.with_weight(spent)),
				(Outcome::Fail, None) => Err(Error::<T>::AsTold.into()),
			}
		}

		#[pallet::call_index(1)]
		#[pallet::weight((Weight::from_parts(1_000_000_000, 0), DispatchClass::Operational))]
		pub fn withdraw(
			origin: OriginFor<T>,
			patient: PatientId,
			directive: DirectiveId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			InForce::<T>::take((who, patient, directive)).ok_or(Error::<T>::NotFound)?;
			Ok(())
		}

		#[pallet::call_index(2)]
		#[pallet::weight(Weight::from_parts(1_000_000_000, 0))]
		#[pallet::authorize(|_| Ok((
			ValidTransaction { provides: vec![vec![1]], priority: 7, ..Default::default() },
			Weight::zero(),
		)))]
		#[pallet::weight_of_authorize(Weight::from_parts(1_000_000, 0))]
		pub fn attest(origin: OriginFor<T>) -> DispatchResult {
			ensure_authorized(origin)?;
			Ok(())
		}

		#[pallet::call_index(3)]
		#[pallet::weight(Weight::from_parts(1_000_000_000, 0))]
		pub fn declare_emergency(origin: OriginFor<T>) -> DispatchResult {
			let _ = ensure_signed(origin)?;
			Ok(())
		}
	}
}

type Block = frame_system::mocking::MockBlockU32<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Utility: pallet_utility,
		Work: work,
		Allowances: pallet_allowance,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId32;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId32>;
	type DbWeight = RocksDbWeight;
	type BlockWeights = Weights;
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

impl work::Config for Test {}

/// A millisecond, in picoseconds of execution.
pub const MS: u64 = 1_000_000_000;

parameter_types! {
	/// One second of execution in a block, three quarters of it for normal transactions.
	pub static Weights: BlockWeights = BlockWeights::default();
	pub static PatientLimit: Limit = Limit { capacity: 50 * MS, refill: 5 * MS };
	pub static PractitionerLimit: Limit = Limit { capacity: 100 * MS, refill: 10 * MS };
	pub static AgentLimit: Limit = Limit { capacity: 120 * MS, refill: 12 * MS };
	pub static OrganisationLimit: Limit = Limit { capacity: 150 * MS, refill: 15 * MS };
	pub static ValidatorLimit: Limit = Limit { capacity: 40 * MS, refill: 4 * MS };
	pub static PerByte: u64 = 1_000;
	pub static MaxPending: u32 = 16;
	pub static MaxLength: u32 = 64 * 1024;
	/// The payers of the accounts.
	pub static Payers: BTreeMap<AccountId32, Payer> = BTreeMap::new();
	/// Whether the calls of every batch have several payers.
	pub static Mixed: bool = false;
	/// Whether the runtime, by mistake, refuses withdrawals too.
	pub static RefuseAll: bool = false;
}

impl Config for Test {
	type Payers = Register;
	type Withdrawal = Withdrawals;
	type Priority = Urgencies;
	type PatientLimit = PatientLimit;
	type PractitionerLimit = PractitionerLimit;
	type AgentLimit = AgentLimit;
	type OrganisationLimit = OrganisationLimit;
	type ValidatorLimit = ValidatorLimit;
	type PerByte = PerByte;
	type MaxLength = MaxLength;
	type MaxPending = MaxPending;
	type WeightInfo = crate::weights::MockWeights;
	type BenchmarkHelper = FreeText;
}

pub struct Register;

impl PayerOf<RuntimeCall> for Register {
	fn payer(who: &AccountId32, call: &RuntimeCall) -> Result<Payer, NoPayer> {
		if FreeText::within(call, 3) {
			return Err(NoPayer::Refused);
		}
		match Self::usual(who) {
			// Only practitioners may declare an emergency.
			Some(Payer::Patient(_)) if declares(call) => Err(NoPayer::NotForSender),
			Some(_) if Mixed::get() => Err(NoPayer::Mixed),
			usual => usual.ok_or(NoPayer::NotEnrolled),
		}
	}

	fn usual(who: &AccountId32) -> Option<Payer> {
		Payers::get().get(who).copied()
	}

	fn weight(_: &RuntimeCall) -> Weight {
		RocksDbWeight::get().reads(4)
	}
}

fn declares(call: &RuntimeCall) -> bool {
	matches!(call, RuntimeCall::Work(work::Call::declare_emergency {}))
}

pub struct Withdrawals;

impl Withdrawal<RuntimeCall> for Withdrawals {
	type Object = (PatientId, DirectiveId);

	fn of(call: &RuntimeCall) -> Option<Self::Object> {
		match call {
			RuntimeCall::Work(work::Call::withdraw { patient, directive }) => {
				Some((*patient, *directive))
			}
			_ => None,
		}
	}

	fn may(who: &AccountId32, (patient, directive): &Self::Object) -> bool {
		work::InForce::<Test>::contains_key((who, patient, directive))
	}

	fn tag(_: &AccountId32, object: &Self::Object) -> Vec<u8> {
		object.encode()
	}

	fn worst_weight() -> Weight {
		RocksDbWeight::get().reads(2)
	}
}

/// Looks into batches, three deep. A deeper batch is refused.
pub struct FreeText;

impl FreeText {
	fn within(call: &RuntimeCall, depth: u8) -> bool {
		use pallet_utility::Call::{as_derivative, batch, batch_all, force_batch};
		match call {
			RuntimeCall::System(
				frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. },
			) => true,
			RuntimeCall::Utility(_) if depth == 0 => true,
			RuntimeCall::Utility(batch { calls } | batch_all { calls } | force_batch { calls }) => {
				calls.iter().any(|call| Self::within(call, depth - 1))
			}
			RuntimeCall::Utility(as_derivative { call, .. }) => Self::within(call, depth - 1),
			_ => RefuseAll::get(),
		}
	}
}

impl crate::benchmarking::BenchmarkHelper<RuntimeCall> for FreeText {
	fn wrapped() -> RuntimeCall {
		let calls = (0..100).map(|_| spend(MS)).collect();
		batch(vec![batch(vec![batch(calls)])])
	}
}

pub struct Urgencies;

impl PriorityOf<RuntimeCall> for Urgencies {
	fn urgency(call: &RuntimeCall, payer: Payer) -> Urgency {
		match (call, payer) {
			(RuntimeCall::Work(work::Call::declare_emergency {}), Payer::Practitioner(_)) => {
				Urgency::Emergency
			}
			(RuntimeCall::Work(work::Call::spend { declared: 1, .. }), _) => Urgency::Access,
			(RuntimeCall::Work(work::Call::spend { declared: 2, .. }), _) => Urgency::Governance,
			_ => Urgency::Normal,
		}
	}
}

/// The extensions, in the order in which a runtime has them.
pub type Extensions = (
	AuthorizeCall<Test>,
	CheckNonZeroSender<Test>,
	CheckNonce<Test>,
	CheckWeight<Test>,
	CheckAllowance<Test>,
	WeightReclaim<Test>,
);

pub fn extensions(nonce: u32) -> Extensions {
	(
		AuthorizeCall::new(),
		CheckNonZeroSender::new(),
		CheckNonce::from(nonce),
		CheckWeight::new(),
		CheckAllowance::new(),
		WeightReclaim::new(),
	)
}

pub const HOSPITAL: OrganisationId = 0;
pub const CLINIC: OrganisationId = 1;
pub const ADA: PatientId = PatientId([0xad; 16]);

/// The controller of Ada's id.
pub fn patient() -> AccountId32 {
	AccountId32::new([1; 32])
}

/// A delegate of Ada.
pub fn delegate() -> AccountId32 {
	AccountId32::new([9; 32])
}

/// Two practitioners and an agent of the hospital.
pub fn practitioner() -> AccountId32 {
	AccountId32::new([2; 32])
}

pub fn colleague() -> AccountId32 {
	AccountId32::new([3; 32])
}

pub fn agent() -> AccountId32 {
	AccountId32::new([4; 32])
}

/// A practitioner of the clinic.
pub fn elsewhere() -> AccountId32 {
	AccountId32::new([5; 32])
}

pub fn validator() -> AccountId32 {
	AccountId32::new([6; 32])
}

/// An account with a reference and without a payer, like an account that left.
pub fn left() -> AccountId32 {
	AccountId32::new([7; 32])
}

/// An account without a reference.
pub fn stranger() -> AccountId32 {
	AccountId32::new([8; 32])
}

/// The part of the priority of an account's first transaction.
pub const FIRST: u64 = 16;

/// A call that declares and spends this weight.
pub fn spend(declared: u64) -> RuntimeCall {
	RuntimeCall::Work(work::Call::spend { declared, spent: None, outcome: work::Outcome::Pass })
}

/// A call that declares more than it spends.
pub fn spend_less(declared: u64, spent: u64, outcome: work::Outcome) -> RuntimeCall {
	RuntimeCall::Work(work::Call::spend { declared, spent: Some(spent), outcome })
}

pub fn withdraw(directive: DirectiveId) -> RuntimeCall {
	RuntimeCall::Work(work::Call::withdraw { patient: ADA, directive })
}

pub fn remark() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark { remark: b"Ada was here".to_vec() })
}

pub fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Utility(pallet_utility::Call::batch { calls })
}

/// The weight and the length of a transaction with this call.
pub fn measure(call: &RuntimeCall) -> (DispatchInfo, usize) {
	let info =
		DispatchInfo { extension_weight: extensions(0).weight(call), ..call.get_dispatch_info() };
	// A signed transaction is about 110 bytes longer than its call.
	(info, call.encoded_size() + 110)
}

/// The cost of the transaction before the dispatch.
pub fn cost(call: &RuntimeCall) -> u64 {
	let (info, length) = measure(call);
	info.total_weight().ref_time() + length as u64 * PerByte::get()
}

pub fn nonce(who: &AccountId32) -> u32 {
	System::account_nonce(who)
}

/// Asks the pool, with the account's next nonce.
pub fn pool(who: &AccountId32, call: &RuntimeCall) -> Result<ValidTransaction, InvalidTransaction> {
	pool_with_nonce(who, call, nonce(who))
}

/// Asks the pool.
pub fn pool_with_nonce(
	who: &AccountId32,
	call: &RuntimeCall,
	nonce: u32,
) -> Result<ValidTransaction, InvalidTransaction> {
	let (info, length) = measure(call);
	extensions(nonce)
		.validate_only(
			RuntimeOrigin::signed(who.clone()),
			call,
			&info,
			length,
			TransactionSource::External,
			0,
		)
		.map(|(validity, ..)| validity)
		.map_err(invalid)
}

fn invalid(error: TransactionValidityError) -> InvalidTransaction {
	match error {
		TransactionValidityError::Invalid(invalid) => invalid,
		TransactionValidityError::Unknown(unknown) => panic!("{unknown:?}"),
	}
}

/// Applies a transaction as a block does, with any origin. An invalid transaction leaves no trace.
pub fn apply_from(
	origin: RuntimeOrigin,
	call: RuntimeCall,
	nonce: u32,
) -> Result<DispatchResultWithPostInfo, InvalidTransaction> {
	let (info, length) = measure(&call);
	with_transaction_unchecked(|| {
		let applied = extensions(nonce).dispatch_transaction(origin, call, &info, length, 0);
		match applied {
			Ok(result) => TransactionOutcome::Commit(Ok(result)),
			Err(error) => TransactionOutcome::Rollback(Err(invalid(error))),
		}
	})
}

/// Applies a transaction with the account's next nonce.
pub fn apply(
	who: &AccountId32,
	call: RuntimeCall,
) -> Result<DispatchResultWithPostInfo, InvalidTransaction> {
	apply_from(RuntimeOrigin::signed(who.clone()), call, nonce(who))
}

/// Empties the account's bucket: spends as much as still fits.
pub fn exhaust(who: &AccountId32) {
	let allowance = allowance(who);
	let shared = allowance.organisation.map_or(u64::MAX, |level| level.available);
	let rest = allowance.account.available.min(shared);
	let overhead = cost(&spend(0));
	if rest > overhead {
		apply(who, spend(rest - overhead)).unwrap().unwrap();
	}
}

pub fn allowance(who: &AccountId32) -> Allowance {
	Allowances::allowance_of(who.clone()).unwrap()
}

/// The amount in the account's own bucket.
pub fn available(who: &AccountId32) -> u64 {
	allowance(who).account.available
}

/// The amount in the organisation's bucket.
pub fn shared(who: &AccountId32) -> u64 {
	allowance(who).organisation.unwrap().available
}

/// Puts a directive of Ada in force, with the account's right to withdraw.
pub fn grant(who: &AccountId32, directive: DirectiveId) {
	work::InForce::<Test>::insert((who, ADA, directive), ());
}

/// Goes on by some blocks.
pub fn pass_blocks(blocks: u32) {
	System::set_block_number(System::block_number() + blocks);
	frame_system::BlockWeight::<Test>::kill();
	frame_system::BlockSize::<Test>::kill();
	System::reset_events();
}

/// Runs a test at block 1. Checks the state at the end.
pub fn run(test: impl FnOnce()) {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	Payers::set(BTreeMap::from([
		(patient(), Payer::Patient(ADA)),
		(delegate(), Payer::Patient(ADA)),
		(practitioner(), Payer::Practitioner(HOSPITAL)),
		(colleague(), Payer::Practitioner(HOSPITAL)),
		(agent(), Payer::Agent(HOSPITAL)),
		(elsewhere(), Payer::Practitioner(CLINIC)),
		(validator(), Payer::Validator),
	]));
	TestExternalities::new(storage).execute_with(|| {
		System::set_block_number(1);
		for who in Payers::get().keys().chain([&left()]) {
			System::inc_sufficients(who);
		}
		test();
		Allowances::do_try_state().unwrap();
	});
}

/// A state for the benchmarks.
pub fn benchmarks() -> TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	TestExternalities::new(storage)
}
