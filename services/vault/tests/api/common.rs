//! A vault, a node and clients for tests.

use assent_vault::config::Settings;
use assent_vault::decisions::WrapRequest;
use assent_vault::ids::{EntryHash, WrapAddress};
use assent_vault::request::{message, now};
use assent_vault::server::Server;
use jsonrpsee_server::types::ErrorObjectOwned;
use jsonrpsee_server::{RpcModule, ServerHandle};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{json, Value};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub const TOKEN: &str = "test-token-0123456789-abcdefghijkl";
/// A time limit. A step that takes longer never ends.
pub const LONG: Duration = Duration::from_secs(60);
pub const GENESIS: [u8; 32] = [0x0a; 32];
pub const RECORD: &str = "00112233445566778899aabbccddeeff";
pub const WRAP: [u8; 80] = [7; 80];

/// A vault in this process.
pub struct Vault {
	pub address: SocketAddr,
	pub dir: TempDir,
	pub client: Client,
	stop: Option<oneshot::Sender<()>>,
	task: Option<JoinHandle<bool>>,
}

/// A folder with a token file, and settings for a store in it.
pub fn settings() -> (TempDir, Settings) {
	let dir = tempfile::tempdir().unwrap();
	let token = dir.path().join("token");
	std::fs::write(&token, format!("{TOKEN}\n")).unwrap();
	std::fs::set_permissions(&token, PermissionsExt::from_mode(0o600)).unwrap();
	let settings = Settings {
		store: Some(dir.path().join("store")),
		listen: Some("127.0.0.1:0".parse().unwrap()),
		organisation_token_file: Some(token),
		..Default::default()
	};
	(dir, settings)
}

/// A client with a new connection for each request. A stopping vault may close a kept connection
/// at the moment of the next request.
pub fn client() -> Client {
	Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap()
}

impl Vault {
	pub async fn start() -> Self {
		Self::start_with(|_| ()).await
	}

	pub async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
		let (dir, mut settings) = settings();
		change(&mut settings);
		let server = Server::bind(settings.check().unwrap()).await.unwrap();
		let address = server.address();
		let (stop, stopped) = oneshot::channel();
		let task = tokio::spawn(server.run(async {
			let _ = stopped.await;
		}));
		Self { address, dir, client: client(), stop: Some(stop), task: Some(task) }
	}

	/// Asks the vault to stop, as a signal would.
	pub fn stop(&mut self) {
		self.stop.take().unwrap().send(()).unwrap();
	}

	/// Waits for the end of the vault. Returns whether every request ended in time.
	pub async fn ended(&mut self) -> bool {
		self.task.take().unwrap().await.unwrap()
	}

	pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
		self.client.request(method, format!("http://{}{path}", self.address))
	}

	pub async fn get(&self, path: &str) -> Response {
		self.request(Method::GET, path).send().await.unwrap()
	}

	pub async fn put(&self, path: &str, body: impl Into<reqwest::Body>) -> Response {
		let body = body.into();
		let mut request = self.request(Method::PUT, path).bearer_auth(TOKEN);
		// The client omits the length of an empty body.
		if body.as_bytes().is_some_and(<[u8]>::is_empty) {
			request = request.header("Content-Length", 0);
		}
		request.body(body).send().await.unwrap()
	}

	pub async fn delete(&self, path: &str) -> Response {
		self.request(Method::DELETE, path).bearer_auth(TOKEN).send().await.unwrap()
	}

	pub fn files(&self, shelf: &str) -> Vec<PathBuf> {
		files(&self.dir.path().join("store").join(shelf))
	}

	/// Puts a document into the store as an upload would, without the limits of uploads. Returns
	/// the path.
	pub fn place(&self, content: &[u8]) -> String {
		let path = document_path(content);
		let name = path.rsplit('/').next().unwrap();
		let shelf = self.dir.path().join("store/documents").join(&name[..2]);
		std::fs::create_dir_all(&shelf).unwrap();
		std::fs::write(shelf.join(name), content).unwrap();
		path
	}

	/// Asserts that the store is empty and no upload is running.
	pub fn assert_empty(&self) {
		for shelf in ["documents", "wraps", "incoming"] {
			assert_eq!(self.files(shelf), Vec::<PathBuf>::new());
		}
	}

	/// Waits until no upload is running. The vault notices a cut connection soon, not at once.
	pub async fn settled(&self) {
		until("nothing is being written", || self.files("incoming").is_empty()).await;
	}

	/// Waits until `count` uploads are running.
	pub async fn uploading(&self, count: usize) {
		until("uploads began", || self.files("incoming").len() == count).await;
	}

	/// Waits until the vault says that the shutdown has begun.
	pub async fn draining(&self) {
		draining(&self.client, self.address).await;
	}

	pub fn raw(&self) -> Raw {
		Raw::connect(self.address)
	}
}

/// Waits for a condition that becomes true soon. Machines under load take longer.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
	let began = Instant::now();
	while !holds() {
		assert!(began.elapsed() < LONG, "in vain: {what}");
		tokio::time::sleep(Duration::from_millis(20)).await;
	}
}

/// Waits until a vault says that the shutdown has begun.
pub async fn draining(client: &Client, address: SocketAddr) {
	let began = Instant::now();
	loop {
		let url = format!("http://{address}/readyz");
		// A stopping vault closes a connection that has had no request yet.
		if let Ok(ready) = client.get(url).send().await {
			let status = ready.status();
			if status == 503 && ready.text().await.unwrap().contains("shutting down") {
				return;
			}
		}
		assert!(began.elapsed() < LONG, "still ready");
		tokio::time::sleep(Duration::from_millis(20)).await;
	}
}

/// Every file below a folder.
pub fn files(dir: &Path) -> Vec<PathBuf> {
	let mut found = Vec::new();
	for entry in std::fs::read_dir(dir).unwrap() {
		let path = entry.unwrap().path();
		if path.is_dir() {
			found.extend(files(&path));
		} else {
			found.push(path);
		}
	}
	found
}

pub fn document_path(content: &[u8]) -> String {
	format!("/v1/documents/{}", blake3::hash(content).to_hex())
}

pub async fn code(response: Response) -> (u16, String) {
	let status = response.status().as_u16();
	assert_eq!(response.headers()["content-type"], "application/json");
	let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
	assert!(!body["error"]["message"].as_str().unwrap().is_empty());
	(status, body["error"]["code"].as_str().unwrap().to_owned())
}

#[track_caller]
pub fn assert_code(answer: (u16, String), status: u16, code: &str) {
	assert_eq!((answer.0, answer.1.as_str()), (status, code));
}

/// A connection on which a test writes any bytes.
pub struct Raw(pub TcpStream);

impl Raw {
	pub fn connect(address: SocketAddr) -> Self {
		let stream = TcpStream::connect(address).unwrap();
		stream.set_read_timeout(Some(LONG)).unwrap();
		stream.set_write_timeout(Some(LONG)).unwrap();
		Self(stream)
	}

	pub fn send(&mut self, text: impl AsRef<[u8]>) {
		self.0.write_all(text.as_ref()).unwrap();
	}

	/// All bytes until the other side closes.
	pub fn rest(mut self) -> Vec<u8> {
		let mut answer = Vec::new();
		let _ = self.0.read_to_end(&mut answer);
		answer
	}

	/// The head of an answer, or the received part of the head.
	pub fn head(&mut self) -> String {
		let mut head = Vec::new();
		let mut byte = [0];
		while !head.ends_with(b"\r\n\r\n") {
			match self.0.read(&mut byte) {
				Ok(1) => head.push(byte[0]),
				_ => break,
			}
		}
		String::from_utf8(head).unwrap()
	}

	/// Sends one request that closes the connection. Returns the whole answer as text.
	pub fn ask(mut self, head: &str) -> String {
		self.send(format!("{head}\r\nHost: vault\r\nConnection: close\r\n\r\n"));
		String::from_utf8_lossy(&self.rest()).into_owned()
	}
}

/// The head of an upload with the token.
pub fn put_head(path: &str, length: usize) -> String {
	format!(
		"PUT {path} HTTP/1.1\r\nHost: vault\r\nAuthorization: Bearer {TOKEN}\r\n\
		 Content-Length: {length}\r\n\r\n"
	)
}

pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
	tokio::task::spawn_blocking(work).await.unwrap()
}

/// The node's reply to one question.
#[derive(Clone)]
pub enum Say {
	/// A well-formed answer of a node.
	Answer(Answer),
	/// Any other JSON.
	Json(Value),
	Error,
	Nothing,
}

/// A node's answer. The time in the answer is relative to the moment of the answer, because
/// machines under load take longer.
#[derive(Clone)]
pub struct Answer {
	pub permitted: bool,
	pub finalised: bool,
	pub reason: String,
	/// The lead of the chain's time over this machine's time, in milliseconds.
	pub ahead: i64,
	pub emergency: bool,
	/// The remaining time of the permit, in milliseconds. The later of the chain's time and the
	/// vault's clock decides.
	pub lasts: Option<i64>,
}

pub fn permit() -> Answer {
	Answer {
		permitted: true,
		finalised: true,
		reason: "directive".into(),
		ahead: 0,
		emergency: false,
		lasts: None,
	}
}

pub fn deny(reason: &str) -> Answer {
	Answer { permitted: false, reason: reason.into(), ..permit() }
}

impl From<Answer> for Say {
	fn from(answer: Answer) -> Self {
		Self::Answer(answer)
	}
}

impl Answer {
	/// The answer to a vault with the given clock.
	fn given(&self, clock: u64) -> Value {
		let at = now().saturating_add_signed(self.ahead);
		let expired =
			self.lasts.is_some_and(|lasts| at.max(clock) >= now().saturating_add_signed(lasts));
		json!({
			"permitted": self.permitted && !expired,
			"final": self.finalised,
			"reason": self.reason,
			"at": at,
			"emergency": self.emergency,
		})
	}
}

/// A JSON-RPC server that plays the node. The server gives the answers in turn, and repeats the
/// last answer.
pub struct Node {
	pub url: String,
	pub asked: Arc<Mutex<Vec<Value>>>,
	pub genesis_asked: Arc<Mutex<usize>>,
	handle: ServerHandle,
}

impl Node {
	pub async fn start(answers: impl IntoIterator<Item = impl Into<Say>>) -> Self {
		Self::start_at("127.0.0.1:0".parse().unwrap(), answers).await
	}

	pub async fn start_at(
		at: SocketAddr,
		answers: impl IntoIterator<Item = impl Into<Say>>,
	) -> Self {
		let server = jsonrpsee_server::Server::builder().build(at).await.unwrap();
		let url = format!("http://{}", server.local_addr().unwrap());
		let asked = Arc::new(Mutex::new(Vec::new()));
		let genesis_asked = Arc::new(Mutex::new(0));
		let answers: VecDeque<Say> = answers.into_iter().map(Into::into).collect();
		let mut module = RpcModule::new((asked.clone(), Mutex::new(answers)));
		let counter = genesis_asked.clone();
		module
			.register_method("chain_getBlockHash", move |params, _, _| {
				let number: u32 = params.one()?;
				assert_eq!(number, 0);
				*counter.lock().unwrap() += 1;
				Ok::<_, ErrorObjectOwned>(format!("0x{}", hex::encode(GENESIS)))
			})
			.unwrap();
		module
			.register_async_method("assent_delivery", |params, context, _| async move {
				let question: Value = params.parse()?;
				let clock = question[4].as_u64().expect("the vault tells its clock");
				let say = {
					let (asked, answers) = &*context;
					asked.lock().unwrap().push(question);
					let mut answers = answers.lock().unwrap();
					match answers.len() {
						1 => answers[0].clone(),
						_ => answers.pop_front().unwrap(),
					}
				};
				match say {
					Say::Answer(answer) => Ok(answer.given(clock)),
					Say::Json(value) => Ok(value),
					Say::Error => Err(ErrorObjectOwned::owned(1, "broken", None::<()>)),
					Say::Nothing => std::future::pending().await,
				}
			})
			.unwrap();
		Self { url, asked, genesis_asked, handle: server.start(module) }
	}

	pub fn questions(&self) -> usize {
		self.asked.lock().unwrap().len()
	}

	pub async fn stop(self) {
		self.handle.stop().unwrap();
		self.handle.stopped().await;
	}
}

/// A reader with an sr25519 account.
pub struct Reader(pub schnorrkel::Keypair);

impl Reader {
	pub fn new(seed: u8) -> Self {
		let secret = schnorrkel::MiniSecretKey::from_bytes(&[seed; 32]).unwrap();
		Self(secret.expand_to_keypair(schnorrkel::ExpansionMode::Ed25519))
	}

	pub fn account(&self) -> String {
		hex::encode(self.0.public.to_bytes())
	}

	/// The account in the notation of Substrate's RPC.
	pub fn ss58(&self) -> String {
		use blake2::{Blake2b512, Digest};
		let bytes = [&[42][..], &self.0.public.to_bytes()].concat();
		let checksum = Blake2b512::digest([b"SS58PRE", &bytes[..]].concat());
		bs58::encode([&bytes, &checksum[..2]].concat()).into_string()
	}

	pub fn path(&self) -> String {
		format!("/v1/wraps/{RECORD}/1/{}", self.account())
	}

	pub fn sign(&self, text: &str) -> String {
		let signature = self.0.sign_simple(b"substrate", text.as_bytes());
		format!("0x01{}", hex::encode(signature.to_bytes()))
	}

	/// A good request for the reader's wrap.
	pub fn ask(&self) -> Ask {
		let issued = now();
		Ask {
			path: self.path(),
			entry: "e7".repeat(32),
			account: self.account(),
			issued: issued.to_string(),
			signature: self.sign(&self.text(GENESIS, &"e7".repeat(32), issued)),
		}
	}

	pub fn text(&self, genesis: [u8; 32], entry: &str, issued: u64) -> String {
		let request = WrapRequest {
			wrap: WrapAddress::parse(RECORD, "1", &self.account()).unwrap(),
			entry: EntryHash::parse(entry).unwrap(),
		};
		message(&genesis, &request, issued)
	}
}

/// A request for a wrap. Tests change the parts.
#[derive(Clone)]
pub struct Ask {
	pub path: String,
	pub entry: String,
	pub account: String,
	pub issued: String,
	pub signature: String,
}

impl Ask {
	pub async fn send(&self, vault: &Vault) -> Response {
		vault
			.request(Method::GET, &format!("{}?entry={}", self.path, self.entry))
			.header("Assent-Account", &self.account)
			.header("Assent-Issued", &self.issued)
			.header("Assent-Signature", &self.signature)
			.send()
			.await
			.unwrap()
	}
}
