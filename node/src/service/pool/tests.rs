//! The bound on a real pool of the SDK. A chain of two blocks stands for the runtime's checks.

use super::{
	waiters::{PER_ENROLLER, PER_ORGANISATION, PER_PATIENT, RESERVED, WITHDRAWALS_PER_ACCOUNT},
	*,
};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::{opaque::Block, BlockNumber, Hash, Header};
use codec::{Decode, Encode};
use futures::{
	executor::block_on,
	future::{join_all, poll_fn},
};
use jsonrpsee::types::ErrorObjectOwned;
use sc_transaction_pool::{BasicPool, ChainApi, ValidateTransactionPriority};
use sp_blockchain::{HashAndNumber, TreeRoute};
use sp_runtime::{
	generic::BlockId,
	traits::{BlakeTwo256, Hash as _, Header as _},
	transaction_validity::{InvalidTransaction, TransactionValidity, ValidTransaction},
	AccountId32, OpaqueExtrinsic,
};
use std::task::Poll;

const GENESIS: Hash = Hash::zero();
const FIRST: Hash = Hash::repeat_byte(1);

const HOSPITAL: OrganisationId = 0;
const CLINIC: OrganisationId = 1;
const ADA: PatientId = PatientId([0xad; 16]);

/// The content of a transaction of the tests.
#[derive(Clone, Encode, Decode)]
struct Sent {
	waiting: Option<Waiting>,
	/// The runtime tells for whom the transaction waits.
	told: bool,
	priority: u64,
	refused: Option<InvalidTransaction>,
	/// Makes the bytes of two equal transactions different.
	salt: u32,
}

impl Sent {
	fn by(account: u32, nonce: u32, principal: Principal) -> Self {
		let waiting =
			Waiting { signer: signer(account), nonce, principal, urgency: Urgency::Normal };
		Self { waiting: Some(waiting), told: true, priority: 100, refused: None, salt: account }
	}

	fn withdrawal(account: u32, nonce: u32, patient: PatientId) -> Self {
		Self::by(account, nonce, of(patient, HOSPITAL)).urgent(Urgency::Withdrawal)
	}

	fn urgent(mut self, urgency: Urgency) -> Self {
		if let Some(waiting) = &mut self.waiting {
			waiting.urgency = urgency;
		}
		self
	}

	fn refused(mut self, refused: InvalidTransaction) -> Self {
		self.refused = Some(refused);
		self
	}

	fn bytes(&self) -> OpaqueExtrinsic {
		OpaqueExtrinsic::from_blob(self.encode())
	}

	fn read(transaction: &OpaqueExtrinsic) -> Self {
		Self::decode(&mut transaction.inner()).unwrap()
	}
}

fn signer(account: u32) -> AccountId32 {
	let mut bytes = [0; 32];
	bytes[..4].copy_from_slice(&account.to_le_bytes());
	AccountId32::new(bytes)
}

fn of(id: PatientId, enrolled_by: OrganisationId) -> Principal {
	Principal::Patient { id, enrolled_by }
}

fn ada() -> Principal {
	of(ADA, HOSPITAL)
}

/// A patient of the hospital, by number.
fn patient(number: u32) -> PatientId {
	let mut bytes = [0; 16];
	bytes[..4].copy_from_slice(&number.to_le_bytes());
	PatientId(bytes)
}

/// A chain of the genesis and one block.
#[derive(Default)]
struct Chain {
	/// The transactions of the block.
	body: Mutex<Vec<OpaqueExtrinsic>>,
}

impl Chain {
	fn validate(transaction: &OpaqueExtrinsic) -> TransactionValidity {
		let sent = Sent::read(transaction);
		if let Some(refused) = sent.refused {
			return Err(refused.into());
		}
		let mut validity = ValidTransaction {
			priority: sent.priority,
			longevity: u64::MAX,
			propagate: true,
			..Default::default()
		};
		match &sent.waiting {
			Some(Waiting { signer, nonce, .. }) => {
				validity.provides = vec![(signer, nonce).encode()];
				if let Some(before) = nonce.checked_sub(1) {
					validity.requires = vec![(signer, before).encode()];
				}
			}
			None => validity.provides = vec![transaction.encode()],
		}
		Ok(validity)
	}
}

#[async_trait]
impl ChainApi for Chain {
	type Block = Block;
	type Error = PoolError;

	async fn validate_transaction(
		&self,
		_: Hash,
		_: TransactionSource,
		transaction: Arc<OpaqueExtrinsic>,
		_: ValidateTransactionPriority,
	) -> Result<TransactionValidity, PoolError> {
		// Others go on while the runtime validates.
		let mut begun = false;
		poll_fn(|context| match std::mem::replace(&mut begun, true) {
			true => Poll::Ready(()),
			false => {
				context.waker().wake_by_ref();
				Poll::Pending
			}
		})
		.await;
		Ok(Self::validate(&transaction))
	}

	fn validate_transaction_blocking(
		&self,
		_: Hash,
		_: TransactionSource,
		transaction: Arc<OpaqueExtrinsic>,
	) -> Result<TransactionValidity, PoolError> {
		Ok(Self::validate(&transaction))
	}

	fn block_id_to_number(&self, at: &BlockId<Block>) -> Result<Option<BlockNumber>, PoolError> {
		Ok(match at {
			BlockId::Number(number) => Some(*number),
			BlockId::Hash(hash) => Some(u32::from(*hash == FIRST)),
		})
	}

	fn block_id_to_hash(&self, at: &BlockId<Block>) -> Result<Option<Hash>, PoolError> {
		Ok(Some(match at {
			BlockId::Number(0) => GENESIS,
			BlockId::Number(_) => FIRST,
			BlockId::Hash(hash) => *hash,
		}))
	}

	fn hash_and_length(&self, transaction: &OpaqueExtrinsic) -> (Hash, usize) {
		let bytes = transaction.encode();
		(BlakeTwo256::hash(&bytes), bytes.len())
	}

	async fn block_body(&self, at: Hash) -> Result<Option<Vec<OpaqueExtrinsic>>, PoolError> {
		Ok(Some(match at == FIRST {
			true => self.body.lock().unwrap().clone(),
			false => Vec::new(),
		}))
	}

	fn block_header(&self, at: Hash) -> Result<Option<Header>, PoolError> {
		let number = u32::from(at == FIRST);
		let none = Hash::default();
		Ok(Some(Header::new(number, none, none, GENESIS, Default::default())))
	}

	fn tree_route(&self, from: Hash, to: Hash) -> Result<TreeRoute<Block>, PoolError> {
		let block = |hash| HashAndNumber { hash, number: u32::from(hash == FIRST) };
		let route = if from == to { vec![block(from)] } else { vec![block(from), block(to)] };
		Ok(TreeRoute::new(route, 0).unwrap())
	}
}

/// Reads the principal from the transaction, as the runtime does.
struct Register;

impl Asks<Block> for Register {
	fn waiting(&self, transaction: &OpaqueExtrinsic) -> Result<Option<Waiting>, ApiError> {
		let sent = Sent::read(transaction);
		match sent.told {
			true => Ok(sent.waiting),
			false => Err(ApiError::Application("no answer".into())),
		}
	}
}

type Bounded = BoundedPool<BasicPool<Chain, Block>, Register, false>;
type Answer = Result<Hash, Refusal<PoolError, false>>;

/// A pool, with the chain.
fn pool() -> (Bounded, Arc<Chain>) {
	let chain = Arc::new(Chain::default());
	let (inner, _) = BasicPool::new_test(chain.clone(), GENESIS, GENESIS, Default::default());
	let pool = BoundedPool::new(inner, Register, Some(&Registry::new())).unwrap();
	(pool, chain)
}

fn send(pool: &Bounded, sent: &Sent) -> Answer {
	block_on(pool.submit_one(GENESIS, TransactionSource::External, sent.bytes()))
}

/// Sends a transaction that the pool takes.
fn taken(pool: &Bounded, sent: &Sent) -> Hash {
	send(pool, sent).unwrap_or_else(|refusal| panic!("refused: {refusal}"))
}

/// The cause for which the pool refuses a transaction.
fn refused(pool: &Bounded, sent: &Sent) -> Option<Cause> {
	send(pool, sent).expect_err("refused").cause()
}

/// The number of transactions in the SDK's pool.
fn waiting(pool: &Bounded) -> usize {
	let status = pool.status();
	status.ready + status.future
}

fn told(pool: &Bounded, cause: Cause) -> u64 {
	let refused = pool.shared.refused.as_ref().expect("registered");
	refused.with_label_values(&[cause.name()]).get()
}

/// Fills the places of Ada: the controller with the first half, a delegate with the others.
fn fill(pool: &Bounded) -> Vec<Sent> {
	let half = PER_PATIENT as u32 / 2;
	let of_account = |account| (0..half).map(move |nonce| Sent::by(account, nonce, ada()));
	let sent: Vec<Sent> = of_account(1).chain(of_account(2)).collect();
	for sent in &sent {
		taken(pool, sent);
	}
	assert_eq!(waiting(pool), PER_PATIENT);
	sent
}

#[test]
fn bound_of_patient_should_hold_for_all_accounts_that_act_for_the_patient() {
	let (pool, _) = pool();
	fill(&pool);
	// A third account, and a transaction that would wait for others.
	for sent in [Sent::by(3, 0, ada()), Sent::by(1, 15, ada())] {
		assert_eq!(refused(&pool, &sent), Some(Cause::TooManyOfPatient));
	}
	assert_eq!(waiting(&pool), PER_PATIENT);
	assert_eq!(told(&pool, Cause::TooManyOfPatient), 2);
	// Other patients, and the organisation, have places of their own.
	taken(&pool, &Sent::by(3, 0, of(patient(1), HOSPITAL)));
	taken(&pool, &Sent::by(4, 0, Principal::Organisation(HOSPITAL)));
}

#[test]
fn withdrawals_should_pass_when_the_other_places_are_taken() {
	let (pool, _) = pool();
	fill(&pool);
	// A delegate takes all places for withdrawals that an account has.
	for nonce in 0..WITHDRAWALS_PER_ACCOUNT as u32 {
		taken(&pool, &Sent::withdrawal(3, nonce, ADA));
	}
	let next = Sent::withdrawal(3, WITHDRAWALS_PER_ACCOUNT as u32, ADA);
	assert_eq!(refused(&pool, &next), Some(Cause::TooManyWithdrawals));
	// The patient withdraws all the same. An account without an organisation resigns.
	taken(&pool, &Sent::withdrawal(4, 0, ADA));
	taken(&pool, &Sent::by(5, 0, Principal::Nobody).urgent(Urgency::Withdrawal));
}

#[test]
fn future_transactions_should_count() {
	let (pool, _) = pool();
	for account in 0..PER_PATIENT as u32 {
		taken(&pool, &Sent::by(account, 1, ada()));
	}
	assert_eq!((pool.status().ready, pool.status().future), (0, PER_PATIENT));
	// A future transaction replaces no other, so another one of the same number needs a place.
	let other = Sent { priority: 1_000, ..Sent::by(1, 1, ada()) };
	assert_eq!(refused(&pool, &other), Some(Cause::TooManyOfPatient));
	assert_eq!(refused(&pool, &Sent::by(99, 0, ada())), Some(Cause::TooManyOfPatient));
}

#[test]
fn replacement_should_pass_when_the_places_are_taken() {
	let (pool, _) = pool();
	let sent = fill(&pool);
	let better = Sent { priority: 1_000, ..sent[0].clone() };
	taken(&pool, &better);
	// The SDK's pool refuses a transaction that is no better. The bound does not.
	let worse = Sent { priority: 1, ..sent[1].clone() };
	let refusal = send(&pool, &worse).expect_err("refused");
	assert!(matches!(refusal, Refusal::Pool(PoolError::TooLowPriority { .. }, None)));
	// The places are taken as before.
	assert_eq!(refused(&pool, &Sent::by(3, 0, ada())), Some(Cause::TooManyOfPatient));
	// A withdrawal in the place of a grant frees the place of the grant.
	taken(&pool, &Sent { priority: 1_000_000, ..Sent::withdrawal(2, 0, ADA) });
	taken(&pool, &Sent::by(3, 0, ada()));
}

#[test]
fn bound_of_enroller_should_hold_for_all_patients_together() {
	let (pool, _) = pool();
	for number in 0..PER_ENROLLER as u32 {
		taken(&pool, &Sent::by(number, 0, of(patient(number), HOSPITAL)));
	}
	let next = PER_ENROLLER as u32;
	let sent = Sent::by(next, 0, of(patient(next), HOSPITAL));
	assert_eq!(refused(&pool, &sent), Some(Cause::TooManyOfEnrolled));
	taken(&pool, &Sent::withdrawal(next, 0, patient(next)));
	taken(&pool, &Sent::by(next + 1, 0, of(patient(next + 1), CLINIC)));
	taken(&pool, &Sent::by(next + 2, 0, Principal::Organisation(HOSPITAL)));
}

#[test]
fn bound_of_organisation_should_hold_for_its_own_accounts() {
	let (pool, _) = pool();
	let by = |account| Sent::by(account, 0, Principal::Organisation(HOSPITAL));
	let next = PER_ORGANISATION as u32;
	let ordinary = next - RESERVED as u32;
	for account in 0..ordinary {
		let urgency = if account % 2 == 0 { Urgency::Normal } else { Urgency::Access };
		taken(&pool, &by(account).urgent(urgency));
	}
	for urgency in [Urgency::Normal, Urgency::Access] {
		let sent = by(next).urgent(urgency);
		assert_eq!(refused(&pool, &sent), Some(Cause::TooManyOfOrganisation));
	}
	// The other places are for emergencies and for the consortium's own affairs.
	for account in ordinary..next {
		let urgency = if account % 2 == 0 { Urgency::Emergency } else { Urgency::Governance };
		taken(&pool, &by(account).urgent(urgency));
	}
	let sent = by(next).urgent(Urgency::Emergency);
	assert_eq!(refused(&pool, &sent), Some(Cause::TooManyOfOrganisation));
	taken(&pool, &Sent::by(next, 0, Principal::Organisation(CLINIC)));
	// The patients of the organisation have places of their own.
	taken(&pool, &Sent::by(next + 1, 0, ada()));
}

#[test]
fn transactions_that_no_account_signed_should_not_count() {
	let (pool, _) = pool();
	let unsigned = |salt| Sent { waiting: None, salt, ..Sent::by(0, 0, ada()) };
	for salt in 0..2 * PER_PATIENT as u32 {
		taken(&pool, &unsigned(salt));
	}
	fill_is_possible(&pool);
}

/// Asserts that nothing counts for Ada.
fn fill_is_possible(pool: &Bounded) {
	for account in 0..PER_PATIENT as u32 {
		taken(pool, &Sent::by(500 + account, 0, ada()));
	}
	assert_eq!(refused(pool, &Sent::by(999, 0, ada())), Some(Cause::TooManyOfPatient));
}

#[test]
fn transactions_that_the_pool_refuses_should_not_count() {
	let (pool, _) = pool();
	for account in 0..2 * PER_PATIENT as u32 {
		let forged = Sent::by(account, 0, ada()).refused(InvalidTransaction::BadProof);
		assert_eq!(refused(&pool, &forged), None);
	}
	fill_is_possible(&pool);
}

#[test]
fn bound_should_hold_when_transactions_come_at_once() {
	let (pool, _) = pool();
	let sent: Vec<Sent> = (0..100).map(|account| Sent::by(account, 0, ada())).collect();
	let answers: Vec<Answer> = block_on(join_all(
		sent.iter().map(|sent| pool.submit_one(GENESIS, TransactionSource::External, sent.bytes())),
	));
	let causes = answers.iter().filter_map(|answer| answer.as_ref().err()?.cause());
	assert_eq!(causes.filter(|cause| *cause == Cause::TooManyOfPatient).count(), 100 - PER_PATIENT);
	assert_eq!(waiting(&pool), PER_PATIENT);
}

#[test]
fn block_should_free_the_places_of_its_transactions() {
	let (pool, chain) = pool();
	let sent = fill(&pool);
	let included = 5;
	*chain.body.lock().unwrap() = sent[..included].iter().map(Sent::bytes).collect();
	block_on(pool.maintain(ChainEvent::NewBestBlock { hash: FIRST, tree_route: None }));
	assert_eq!(waiting(&pool), PER_PATIENT - included);
	for account in 0..included as u32 {
		taken(&pool, &Sent::by(100 + account, 0, ada()));
	}
	assert_eq!(refused(&pool, &Sent::by(200, 0, ada())), Some(Cause::TooManyOfPatient));
}

#[test]
fn transactions_that_came_another_way_should_count_after_the_next_block() {
	let (pool, _) = pool();
	for account in 0..PER_PATIENT as u32 {
		let bytes = Sent::by(account, 0, ada()).bytes();
		// A transaction of an abandoned block comes back inside the SDK's pool.
		block_on(pool.shared.inner.submit_one(GENESIS, TransactionSource::External, bytes))
			.unwrap();
	}
	block_on(pool.maintain(ChainEvent::NewBestBlock { hash: FIRST, tree_route: None }));
	assert_eq!(refused(&pool, &Sent::by(99, 0, ada())), Some(Cause::TooManyOfPatient));
}

#[test]
fn report_of_an_invalid_transaction_should_free_the_place() {
	let (pool, _) = pool();
	let sent = fill(&pool);
	// The last transaction of the controller: no other waits for this one.
	let last = pool.hash_of(&sent[PER_PATIENT / 2 - 1].bytes());
	assert_eq!(block_on(pool.report_invalid(None, [(last, None)].into_iter().collect())).len(), 1);
	taken(&pool, &Sent::by(3, 0, ada()));
	assert_eq!(refused(&pool, &Sent::by(4, 0, ada())), Some(Cause::TooManyOfPatient));
}

#[test]
fn transaction_should_not_stay_when_nobody_can_count_it() {
	let (pool, _) = pool();
	let untold = |sent: Sent| Sent { told: false, ..sent };
	let sent = untold(Sent::by(1, 0, ada()));
	assert_eq!(refused(&pool, &sent), Some(Cause::NotCounted));
	assert_eq!(waiting(&pool), 0);
	// The SDK's pool refuses first, and the peer pays.
	let forged = untold(Sent::by(2, 0, ada()).refused(InvalidTransaction::BadProof));
	let refusal = send(&pool, &forged).expect_err("refused");
	assert!(matches!(
		refusal.into_pool_error(),
		Ok(PoolError::InvalidTransaction(InvalidTransaction::BadProof))
	));
	// The node's own transaction stays.
	let own = untold(Sent::by(3, 0, ada()));
	block_on(pool.submit_one(GENESIS, TransactionSource::Local, own.bytes())).unwrap();
	assert_eq!(waiting(&pool), 1);
}

/// The refusals of the runtime, with the cause of each. The last column: a payer pays.
const CAUSES: [(InvalidTransaction, Cause, bool); 9] = [
	(InvalidTransaction::BadSigner, Cause::NotEnrolled, false),
	(InvalidTransaction::Payment, Cause::NotEnrolled, false),
	(InvalidTransaction::Payment, Cause::AllowanceUsed, true),
	(InvalidTransaction::Call, Cause::NoSender, false),
	(InvalidTransaction::Custom(101), Cause::NothingToWithdraw, true),
	(InvalidTransaction::Custom(102), Cause::NeverFits, true),
	(InvalidTransaction::Custom(103), Cause::TooLong, true),
	(InvalidTransaction::Custom(104), Cause::NotForSender, false),
	(InvalidTransaction::Custom(105), Cause::SeveralPayers, false),
];

#[test]
fn rpc_methods_should_show_the_words_of_each_cause() {
	let (pool, _) = pool();
	let pool = pool.in_words();
	for (salt, (invalid, cause, pays)) in (0..).zip(CAUSES) {
		let principal = if pays { ada() } else { Principal::Nobody };
		let sent = Sent::by(salt, 0, principal).refused(invalid);
		let submitted = pool.submit_one(GENESIS, TransactionSource::External, sent.bytes());
		let refusal = block_on(submitted).expect_err("refused");
		let shown = refusal.into_pool_error().expect_err("an error of its own");
		// As `author_submitExtrinsic` does.
		let error = sc_rpc::author::error::Error::Verification(Box::new(shown));
		let answer = ErrorObjectOwned::from(error);
		assert_eq!(answer.code(), 1002);
		assert_eq!(answer.message(), format!("Verification Error: {}", cause.words()));
		assert_eq!(answer.data().unwrap().get(), format!("\"{}\"", cause.name()));
	}
}

#[test]
fn rpc_methods_should_show_the_texts_of_the_sdk_when_there_is_no_cause() {
	let (pool, _) = pool();
	let pool = pool.in_words();
	let sent = Sent::by(1, 0, ada()).refused(InvalidTransaction::BadProof);
	let submitted = pool.submit_one(GENESIS, TransactionSource::External, sent.bytes());
	let error = block_on(submitted).expect_err("refused").into_pool_error();
	assert!(matches!(error, Ok(PoolError::InvalidTransaction(InvalidTransaction::BadProof))));
}

#[test]
fn peer_should_pay_for_an_invalid_transaction_and_not_for_the_bound() {
	let (pool, _) = pool();
	for (salt, (invalid, cause, pays)) in (0..).zip(CAUSES) {
		let principal = if pays { ada() } else { Principal::Nobody };
		let sent = Sent::by(salt, 0, principal).refused(invalid);
		let before = told(&pool, cause);
		let refusal = send(&pool, &sent).expect_err("refused");
		assert_eq!(refusal.cause(), Some(cause));
		assert_eq!(told(&pool, cause), before + 1);
		// The network takes an error of the SDK for the fault of the peer.
		let error = refusal.into_pool_error().expect("an error of the SDK");
		assert!(matches!(error, PoolError::InvalidTransaction(other) if other == invalid));
	}
	fill(&pool);
	let refusal = send(&pool, &Sent::by(3, 0, ada())).expect_err("refused");
	assert!(refusal.into_pool_error().is_err());
}

#[test]
fn whole_pool_should_be_looked_at_when_the_count_has_grown() {
	let mut waiters = Waiters::<u32>::new();
	let mut last = 0;
	while !waiters.grown() {
		waiters.insert(last, None);
		last += 1;
	}
	let look = waiters.begin_look();
	// A transaction that comes during the look stays.
	waiters.insert(last, None);
	waiters.end_look(look, |hash| *hash == 0);
	assert_eq!(waiters.len(), 2);
	assert!(waiters.knows(&0) && waiters.knows(&last) && !waiters.grown());
}
