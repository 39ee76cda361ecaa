//! The binary from the side of an operator.

use crate::common::*;
use futures_util::stream;
use reqwest::{Body, Method};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Process {
	child: Child,
	address: SocketAddr,
}

fn command(dir: &Path) -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_assent-vault"));
	command
		.arg("serve")
		.arg("--store")
		.arg(dir.join("store"))
		.args(["--listen", "127.0.0.1:0", "--organisation-token-file"])
		.arg(dir.join("token"))
		.stdout(Stdio::piped())
		.stderr(Stdio::piped());
	command
}

impl Process {
	fn start(dir: &Path, more: &[&str]) -> Self {
		let mut child = command(dir).args(more).spawn().unwrap();
		let mut line = String::new();
		BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
		let address = line.trim().strip_prefix("listening on http://").expect(&line);
		let address = address.parse().unwrap();
		Self { child, address }
	}

	fn url(&self, path: &str) -> String {
		format!("http://{}{path}", self.address)
	}

	fn signal(&self, name: &str) {
		let pid = self.child.id().to_string();
		assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
	}

	/// Waits for the end of the process. Returns the exit code and the text of stderr.
	fn ended(mut self) -> (Option<i32>, String) {
		let began = Instant::now();
		let status = loop {
			match self.child.try_wait().unwrap() {
				Some(status) => break status,
				None if began.elapsed() > LONG => panic!("did not end"),
				None => std::thread::sleep(Duration::from_millis(20)),
			}
		};
		let mut log = String::new();
		self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
		(status.code(), log)
	}

	/// The largest memory of the process so far, in KiB.
	fn peak(&self) -> u64 {
		let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
		let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
		line.split_whitespace().nth(1).unwrap().parse().unwrap()
	}
}

impl Drop for Process {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

fn folder() -> TempDir {
	settings().0
}

/// The text of stderr from a vault that does not start.
fn fails(mut command: Command) -> String {
	let mut child = command.spawn().unwrap();
	let began = Instant::now();
	while child.try_wait().unwrap().is_none() {
		if began.elapsed() > LONG {
			child.kill().unwrap();
			child.wait().unwrap();
			panic!("it runs");
		}
		std::thread::sleep(Duration::from_millis(20));
	}
	let output = child.wait_with_output().unwrap();
	assert_eq!(output.status.code(), Some(2));
	assert!(output.stdout.is_empty());
	String::from_utf8(output.stderr).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_should_stay_bounded_when_64_mib_go_up_and_down() {
	const PIECE: usize = 1 << 20;
	const PIECES: usize = 64;
	let dir = folder();
	let vault = Process::start(dir.path(), &[]);
	let piece = |at: usize| vec![at as u8; PIECE];
	let mut hasher = blake3::Hasher::new();
	(0..PIECES).for_each(|at| {
		hasher.update(&piece(at));
	});
	let hash = hasher.finalize();
	let url = vault.url(&format!("/v1/documents/{}", hash.to_hex()));
	let client = client();
	for expected in [201, 200] {
		let body = stream::iter((0..PIECES).map(move |at| Ok::<_, std::io::Error>(piece(at))));
		let response = client
			.put(&url)
			.bearer_auth(TOKEN)
			.header("Content-Length", PIECE * PIECES)
			.body(Body::wrap_stream(body))
			.send()
			.await
			.unwrap();
		assert_eq!(response.status(), expected);
	}
	let mut response = client.get(&url).send().await.unwrap();
	assert_eq!(response.headers()["content-length"], (PIECE * PIECES).to_string());
	let mut hasher = blake3::Hasher::new();
	while let Some(piece) = response.chunk().await.unwrap() {
		hasher.update(&piece);
	}
	assert_eq!(hasher.finalize(), hash);
	let peak = vault.peak();
	println!("peak: {peak} KiB");
	assert!(peak < 32 * 1024, "held {peak} KiB");
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_in_the_middle_of_an_upload_should_leave_nothing_visible() {
	let dir = folder();
	let mut vault = Process::start(dir.path(), &[]);
	let client = client();
	let kept = document_path(b"kept");
	let content: Vec<u8> = (0..3_000_000).map(|at| (at % 251) as u8).collect();
	let path = document_path(&content);
	let put = |url: String, body: Vec<u8>| {
		let request = client.request(Method::PUT, url).bearer_auth(TOKEN).body(body);
		async { request.send().await.unwrap().status() }
	};
	assert_eq!(put(vault.url(&kept), b"kept".to_vec()).await, 201);

	let mut raw = Raw::connect(vault.address);
	raw.send(put_head(&path, content.len()));
	raw.send(&content[..2_500_000]);
	let incoming = dir.path().join("store/incoming");
	let written = || files(&incoming).first().map_or(0, |part| part.metadata().unwrap().len());
	until("2 MB are written", || written() >= 2_000_000).await;
	assert_eq!(client.get(vault.url(&path)).send().await.unwrap().status(), 404);
	vault.child.kill().unwrap();
	vault.child.wait().unwrap();
	assert_eq!(files(&incoming).len(), 1, "the kill came too late to prove anything");
	assert_eq!(files(&dir.path().join("store/documents")).len(), 1);

	let vault = Process::start(dir.path(), &[]);
	assert!(files(&incoming).is_empty());
	assert_eq!(client.get(vault.url(&path)).send().await.unwrap().status(), 404);
	assert_eq!(client.get(vault.url(&kept)).send().await.unwrap().text().await.unwrap(), "kept");
	assert_eq!(put(vault.url(&path), content.clone()).await, 201);
	assert_eq!(client.get(vault.url(&path)).send().await.unwrap().bytes().await.unwrap(), content);
}

#[tokio::test(flavor = "multi_thread")]
async fn vault_should_stop_in_order_when_signalled() {
	for signal in ["-TERM", "-INT"] {
		let dir = folder();
		let vault = Process::start(dir.path(), &[]);
		let client = client();
		let path = document_path(b"0123456789");
		let mut raw = Raw::connect(vault.address);
		raw.send(put_head(&path, 10));
		raw.send("01234");
		let incoming = dir.path().join("store/incoming");
		until("the upload began", || !files(&incoming).is_empty()).await;
		vault.signal(signal);
		draining(&client, vault.address).await;
		raw.send("56789");
		assert!(blocking(move || raw.head()).await.starts_with("HTTP/1.1 201 "));
		let (code, log) = blocking(|| vault.ended()).await;
		assert_eq!(code, Some(0), "{log}");
		assert_eq!(files(&dir.path().join("store/documents")).len(), 1);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn log_should_name_no_token_account_or_signature() {
	let dir = folder();
	let answers = [permit(), permit(), deny("no-longer-permitted")].map(Say::Answer);
	let node = Node::start(answers.into_iter().chain([Say::Error])).await;
	let flags = ["--log", "trace", "--node", &node.url, "--node-timeout", "60"];
	let vault = Process::start(dir.path(), &flags);
	let client = client();
	let reader = Reader::new(1);
	let url = vault.url(&reader.path());
	client.put(&url).bearer_auth(TOKEN).body(WRAP.to_vec()).send().await.unwrap();
	client.put(&url).bearer_auth(TOKEN).body(vec![8; 80]).send().await.unwrap();
	client
		.put(&url)
		.bearer_auth("wrong-token-0123456789")
		.body(WRAP.to_vec())
		.send()
		.await
		.unwrap();
	let ask = reader.ask();
	let mut statuses = Vec::new();
	for signature in [&ask.signature, &ask.signature, &ask.signature, &reader.sign("other")] {
		let response = client
			.get(format!("{url}?entry={}", ask.entry))
			.header("Assent-Account", &ask.account)
			.header("Assent-Issued", &ask.issued)
			.header("Assent-Signature", signature)
			.send()
			.await
			.unwrap();
		statuses.push(response.status().as_u16());
	}
	assert_eq!(statuses, [200, 403, 503, 401]);
	vault.signal("-TERM");
	let (_, log) = blocking(|| vault.ended()).await;
	// The log has the facts that an operator needs to follow a delivery.
	for word in [
		RECORD,
		&ask.entry,
		"delivered",
		"not permitted: the access is no longer permitted",
		"/v1/wraps/",
	] {
		assert!(log.contains(word), "{word} is not in the log:\n{log}");
	}
	// The log names no person and no secret.
	let wrap = hex::encode(WRAP);
	let ss58 = reader.ss58();
	let secrets = [&ss58, TOKEN, "wrong-token", &ask.account, &ask.signature[4..20], &wrap[..16]];
	for secret in secrets {
		assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
	}
}

#[test]
fn start_should_fail_with_a_reason_when_the_environment_is_not_right() {
	let dir = folder();
	let with = |flags: &[&str]| {
		let mut command = command(dir.path());
		command.args(flags);
		fails(command)
	};

	let help = Command::new(env!("CARGO_BIN_EXE_assent-vault")).args(["serve", "--help"]).output();
	let help = String::from_utf8(help.unwrap().stdout).unwrap();
	for flag in
		["--store", "--listen", "--organisation-token-file", "--node", "--max-document-bytes"]
	{
		assert!(help.contains(flag), "{flag}");
	}

	assert!(with(&["--nonsense"]).contains("--nonsense"));
	assert!(with(&["--node", "https://node"]).contains("no TLS"));
	assert!(with(&["--max-uploads", "0"]).contains("--max-uploads is 0"));
	let mut bare = Command::new(env!("CARGO_BIN_EXE_assent-vault"));
	bare.arg("serve").stdout(Stdio::piped()).stderr(Stdio::piped());
	let problems = fails(bare);
	assert!(problems.contains("--store is missing"), "{problems}");
	assert!(problems.contains("--organisation-token-file is missing"), "{problems}");

	let file = dir.path().join("vault.toml");
	std::fs::write(&file, "max-upload = 3\n").unwrap();
	let config = file.to_str().unwrap();
	assert!(with(&["--config", config]).contains("max-upload"));

	let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
	let taken = other.local_addr().unwrap().to_string();
	let mut occupied = Command::new(env!("CARGO_BIN_EXE_assent-vault"));
	occupied.args(["serve", "--listen", &taken, "--store"]).arg(dir.path().join("store"));
	occupied
		.arg("--organisation-token-file")
		.arg(dir.path().join("token"))
		.stdout(Stdio::piped())
		.stderr(Stdio::piped());
	let problem = fails(occupied);
	assert!(problem.contains(&taken) && problem.contains("in use"), "{problem}");

	let _first = Process::start(dir.path(), &[]);
	assert!(with(&[]).contains("in use by another vault"));
}

#[test]
fn token_file_should_be_refused_when_others_can_read_it() {
	use std::os::unix::fs::PermissionsExt;
	let dir = folder();
	let token = dir.path().join("token");
	std::fs::set_permissions(&token, PermissionsExt::from_mode(0o644)).unwrap();
	let problem = fails(command(dir.path()));
	assert!(problem.contains("chmod 600"), "{problem}");
	assert!(!problem.contains(TOKEN));
	assert!(!dir.path().join("store").exists(), "nothing is touched before all is checked");
}

#[test]
fn configuration_file_should_serve_when_flags_say_nothing() {
	let dir = folder();
	let file = dir.path().join("vault.toml");
	let (store, token) = (dir.path().join("store"), dir.path().join("token"));
	let text = format!(
		"store = {store:?}\norganisation-token-file = {token:?}\nlisten = \"127.0.0.1:0\"\n"
	);
	std::fs::write(&file, text).unwrap();
	let mut command = Command::new(env!("CARGO_BIN_EXE_assent-vault"));
	command.args(["serve", "--config"]).arg(&file).stdout(Stdio::piped()).stderr(Stdio::null());
	let mut child = command.spawn().unwrap();
	let mut line = String::new();
	BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
	child.kill().unwrap();
	child.wait().unwrap();
	assert!(line.starts_with("listening on http://127.0.0.1:"), "{line}");
	assert!(store.join("vault.lock").exists());
}
