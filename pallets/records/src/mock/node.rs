//! A node, and a network with vaults that answer as a test wants.

use super::{seed, RuntimeCall, UncheckedExtrinsic};
use crate::{crypto::KEY_TYPE, *};
use assent_policy::OrganisationId;
use codec::{Decode, Encode};
use parking_lot::{Mutex, RwLock};
use sp_core::{
	hexdisplay::HexDisplay,
	offchain::{
		testing::{PoolState, TestOffchainExt},
		DbExternalities, Externalities, HttpError, HttpRequestId, HttpRequestStatus, OffchainDbExt,
		OffchainWorkerExt, OpaqueNetworkState, StorageKind, Timestamp, TransactionPoolExt,
	},
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use std::{
	collections::BTreeMap,
	sync::{
		mpsc::{Receiver, Sender},
		Arc,
	},
};

/// A node: keystore, local storage, pool and the network as the node sees the network.
#[derive(Clone)]
pub struct Node {
	pub network: Network,
	keystore: Arc<MemoryKeystore>,
	pool: Arc<RwLock<PoolState>>,
}

impl Node {
	/// A node with the attestation keys of these organisations. The operator allows the hospital's
	/// vault.
	pub fn of(organisations: &[OrganisationId]) -> Self {
		let keystore = Arc::new(MemoryKeystore::new());
		for organisation in organisations {
			keystore
				.sr25519_generate_new(
					KEY_TYPE,
					Some(&format!("0x{}", HexDisplay::from(&seed(*organisation).as_slice()))),
				)
				.expect("keys are made in memory");
		}
		let node = Self { network: Network::default(), keystore, pool: Default::default() };
		node.allow(&["vault.example:443"]);
		node
	}

	pub fn allow(&self, hosts: &[&str]) {
		let hosts: Vec<Vec<u8>> = hosts.iter().map(|host| host.as_bytes().to_vec()).collect();
		self.network.clone().local_storage_set(
			StorageKind::PERSISTENT,
			worker::ALLOWED_HOSTS,
			&hosts.encode(),
		);
	}

	/// Takes the transactions of the workers out of the pool.
	pub fn submitted(&self) -> Vec<UncheckedExtrinsic> {
		std::mem::take(&mut self.pool.write().transactions)
			.iter()
			.map(|bytes| UncheckedExtrinsic::decode(&mut &bytes[..]).expect("well-formed"))
			.collect()
	}

	/// Takes the attestations of the workers out of the pool.
	pub fn attested(&self) -> Vec<Attestation> {
		self.submitted()
			.into_iter()
			.map(|transaction| match transaction.function {
				RuntimeCall::Register(Call::attest { attestation, .. }) => attestation,
				other => panic!("a worker submitted {other:?}"),
			})
			.collect()
	}

	/// Lets the worker of this node run on a state.
	pub fn connect(&self, ext: &mut TestExternalities) {
		ext.register_extension(OffchainWorkerExt::new(self.network.clone()));
		ext.register_extension(OffchainDbExt::new(self.network.clone()));
		ext.register_extension(TransactionPoolExt::new(SharedPool(self.pool.clone())));
		ext.register_extension(KeystoreExt(self.keystore.clone()));
	}
}

/// The pool of a node, seen from several states at once.
struct SharedPool(Arc<RwLock<PoolState>>);

impl sp_core::offchain::TransactionPool for SharedPool {
	fn submit_transaction(&mut self, extrinsic: Vec<u8>) -> Result<(), ()> {
		self.0.write().transactions.push(extrinsic);
		Ok(())
	}
}

/// The answer of a vault to a request.
#[derive(Clone)]
pub struct Answer {
	pub status: u16,
	pub headers: Vec<(&'static str, &'static str)>,
	pub body: Arc<Vec<u8>>,
	/// The number of bytes that come at a time.
	pub chunk: usize,
	/// The time until the status comes, in milliseconds.
	pub answers_after: u64,
	/// The time until each chunk comes.
	pub pause: u64,
	/// The number of bytes after which the connection breaks.
	pub breaks_after: Option<usize>,
}

impl Answer {
	pub fn ok(body: &[u8]) -> Self {
		Self {
			status: 200,
			headers: Vec::new(),
			body: Arc::new(body.to_vec()),
			chunk: 16 * 1024,
			answers_after: 5,
			pause: 1,
			breaks_after: None,
		}
	}

	pub fn status(status: u16) -> Self {
		Self { status, ..Self::ok(b"") }
	}
}

/// The network of a node. Local storage and clock are those of the SDK's testing extension. The
/// extension knows no status but 200 and no deadline, so this network answers the requests.
#[derive(Clone, Default)]
pub struct Network {
	offchain: TestOffchainExt,
	state: Arc<Mutex<NetworkState>>,
}

#[derive(Default)]
struct NetworkState {
	answers: BTreeMap<String, Answer>,
	requests: Vec<String>,
	open: BTreeMap<u16, (Option<Answer>, usize)>,
	delivered: usize,
	gate: Option<(Sender<()>, Receiver<()>)>,
}

impl Network {
	pub fn answer(&self, url: impl Into<String>, answer: Answer) {
		self.state.lock().answers.insert(url.into(), answer);
	}

	/// The requests made so far.
	pub fn requests(&self) -> Vec<String> {
		self.state.lock().requests.clone()
	}

	/// The number of bytes of bodies that were read.
	pub fn delivered(&self) -> usize {
		self.state.lock().delivered
	}

	/// The next request signals its wait for the answer, and goes on after a signal.
	pub fn gate(&self, waits: Sender<()>, go: Receiver<()>) {
		self.state.lock().gate = Some((waits, go));
	}

	pub fn time(&self) -> u64 {
		self.offchain.0.read().timestamp.unix_millis()
	}

	pub fn set_time(&self, time: u64) {
		self.offchain.0.write().timestamp = Timestamp::from_unix_millis(time);
	}

	pub fn pass(&self, milliseconds: u64) {
		self.set_time(self.time() + milliseconds);
	}

	/// Lets the time pass, unless the deadline comes first.
	fn take_time(&self, milliseconds: u64, deadline: Option<Timestamp>) -> bool {
		let deadline = deadline.expect("a worker never waits without a deadline").unix_millis();
		let in_time = self.time() + milliseconds <= deadline;
		self.pass(if in_time { milliseconds } else { deadline.saturating_sub(self.time()) });
		in_time
	}
}

impl Externalities for Network {
	fn is_validator(&self) -> bool {
		true
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}

	fn timestamp(&mut self) -> Timestamp {
		self.offchain.timestamp()
	}

	fn sleep_until(&mut self, deadline: Timestamp) {
		self.offchain.sleep_until(deadline)
	}

	fn random_seed(&mut self) -> [u8; 32] {
		self.offchain.random_seed()
	}

	fn http_request_start(
		&mut self,
		method: &str,
		uri: &str,
		_meta: &[u8],
	) -> Result<HttpRequestId, ()> {
		assert_eq!(method, "GET");
		let mut state = self.state.lock();
		let id = state.requests.len() as u16;
		let answer = state.answers.get(uri).cloned();
		state.open.insert(id, (answer, 0));
		state.requests.push(uri.into());
		Ok(HttpRequestId(id))
	}

	fn http_request_add_header(
		&mut self,
		_id: HttpRequestId,
		_name: &str,
		_value: &str,
	) -> Result<(), ()> {
		Ok(())
	}

	fn http_request_write_body(
		&mut self,
		_id: HttpRequestId,
		_chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(deadline.is_some(), "a worker never waits without a deadline");
		Ok(())
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		let gate = self.state.lock().gate.take();
		if let Some((waits, go)) = gate {
			waits.send(()).expect("the test listens");
			go.recv().expect("the test says go");
		}
		ids.iter()
			.map(|id| match self.state.lock().open.get(&id.0).cloned() {
				None => HttpRequestStatus::Invalid,
				Some((None, _)) => HttpRequestStatus::IoError,
				Some((Some(answer), _)) if self.take_time(answer.answers_after, deadline) => {
					HttpRequestStatus::Finished(answer.status)
				}
				Some(_) => HttpRequestStatus::DeadlineReached,
			})
			.collect()
	}

	fn http_response_headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		match self.state.lock().open.get(&id.0) {
			Some((Some(answer), _)) => answer
				.headers
				.iter()
				.map(|(n, v)| (n.as_bytes().into(), v.as_bytes().into()))
				.collect(),
			_ => Vec::new(),
		}
	}

	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let (answer, read) = match self.state.lock().open.get(&id.0).cloned() {
			Some((Some(answer), read)) => (answer, read),
			_ => return Err(HttpError::Invalid),
		};
		if !self.take_time(answer.pause, deadline) {
			return Err(HttpError::DeadlineReached);
		}
		if answer.breaks_after.is_some_and(|after| read >= after) {
			return Err(HttpError::IoError);
		}
		let rest = &answer.body[read..];
		let length = rest.len().min(buffer.len()).min(answer.chunk);
		buffer[..length].copy_from_slice(&rest[..length]);
		let mut state = self.state.lock();
		state.delivered += length;
		state.open.insert(id.0, (Some(answer.clone()), read + length));
		Ok(length)
	}

	fn set_authorized_nodes(&mut self, _: Vec<sp_core::OpaquePeerId>, _: bool) {
		panic!("a worker names no nodes")
	}
}

impl DbExternalities for Network {
	fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
		self.offchain.local_storage_set(kind, key, value)
	}

	fn local_storage_clear(&mut self, kind: StorageKind, key: &[u8]) {
		self.offchain.local_storage_clear(kind, key)
	}

	fn local_storage_compare_and_set(
		&mut self,
		kind: StorageKind,
		key: &[u8],
		old_value: Option<&[u8]>,
		new_value: &[u8],
	) -> bool {
		self.offchain.local_storage_compare_and_set(kind, key, old_value, new_value)
	}

	fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
		self.offchain.local_storage_get(kind, key)
	}
}
