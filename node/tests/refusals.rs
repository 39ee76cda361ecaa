//! Tests of a node that can't start. The node must end and say why, because an operator reads the
//! message at night. Every refusal is one message on standard error. The message names the mistake
//! and the way out. The exit code is 1, or 2 for a wrong command line.

use std::{
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Command, Output, Stdio},
	time::{Duration, Instant},
};

/// A folder of one test. The end of the test removes the folder.
struct Folder(PathBuf);

impl Folder {
	fn new(name: &str) -> Self {
		let path = std::env::temp_dir().join(format!("assent-node-{name}-{}", std::process::id()));
		let _ = std::fs::remove_dir_all(&path);
		std::fs::create_dir_all(&path).unwrap();
		Self(path)
	}

	fn file(&self, name: &str, content: &str) -> PathBuf {
		let path = self.0.join(name);
		std::fs::write(&path, content).unwrap();
		path
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = std::fs::remove_dir_all(&self.0);
	}
}

/// Runs the node. The node must end by itself within 30 seconds.
fn run(arguments: &[&str]) -> Output {
	let mut node = Command::new(env!("CARGO_BIN_EXE_assent-node"))
		.args(arguments)
		.stdout(Stdio::piped())
		.stderr(Stdio::piped())
		.spawn()
		.unwrap();
	let started = Instant::now();
	while node.try_wait().unwrap().is_none() {
		if started.elapsed() > Duration::from_secs(30) {
			node.kill().unwrap();
			panic!("still running: {:?}", node.wait_with_output().unwrap());
		}
		std::thread::sleep(Duration::from_millis(50));
	}
	node.wait_with_output().unwrap()
}

/// Runs the node. The node must refuse with the exit code `code`. Returns the text on standard
/// error.
fn refused(code: i32, arguments: &[&str]) -> String {
	let output = run(arguments);
	let said = String::from_utf8_lossy(&output.stderr).into_owned();
	assert_eq!(output.status.code(), Some(code), "{said}");
	said
}

/// A validator's options, on ports that no other program has.
fn validator<'a>(base: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
	let mut arguments = vec![
		"--chain=dev",
		"--validator",
		"--no-telemetry",
		"--no-mdns",
		"--port=0",
		"--rpc-port=0",
		"--no-prometheus",
		"--base-path",
		base.to_str().unwrap(),
	];
	arguments.retain(|default| {
		let option = default.split('=').next().unwrap_or_default();
		!more.iter().any(|own| own.split('=').next() == Some(option))
	});
	arguments.extend(more);
	arguments
}

#[test]
fn node_should_say_how_to_make_a_network_key_when_a_validator_has_none() {
	let folder = Folder::new("no-key");
	let said = refused(1, &validator(&folder.0, &["--chain=local"]));
	assert!(said.contains("assent-node: a validator needs a network key"), "{said}");
	assert!(said.contains("scripts/make-keys"), "{said}");
}

#[test]
fn node_should_name_the_file_when_the_network_key_is_none() {
	let folder = Folder::new("bad-key");
	let key = folder.file("node.key", "not a key");
	let said = refused(1, &validator(&folder.0, &["--node-key-file", key.to_str().unwrap()]));
	assert!(said.contains("node.key can't be read"), "{said}");
	assert!(said.contains("backup"), "{said}");
}

#[test]
fn node_should_name_the_file_when_the_specification_is_none() {
	let folder = Folder::new("bad-spec");
	for (name, content) in
		[("cut.json", "{\"name\": \"Ass"), ("empty.json", "{}"), ("text.json", "hello")]
	{
		let spec = folder.file(name, content);
		let said = refused(1, &["--chain", spec.to_str().unwrap()]);
		assert!(said.contains(&format!("{name} is no chain specification")), "{said}");
		assert!(said.contains("scripts/make-spec"), "{said}");
	}
	let said = refused(1, &["--chain", "no-such-chain"]);
	assert!(said.contains("no-such-chain is no chain specification"), "{said}");
}

#[test]
fn node_should_name_the_port_and_the_option_when_it_is_taken() {
	let folder = Folder::new("ports");
	let taken = TcpListener::bind("127.0.0.1:0").unwrap();
	let port = taken.local_addr().unwrap().port();
	let rpc = format!("--rpc-port={port}");
	let metrics = format!("--prometheus-port={port}");
	let peers = format!("--listen-addr=/ip4/127.0.0.1/tcp/{port}");
	for (what, option) in [("RPC", &rpc), ("metrics", &metrics), ("peer-to-peer", &peers)] {
		let mut arguments =
			validator(&folder.0, &[option.as_str(), "--unsafe-force-node-key-generation"]);
		arguments.retain(|argument| match what {
			"metrics" => *argument != "--no-prometheus",
			"peer-to-peer" => *argument != "--port=0",
			_ => true,
		});
		let said = refused(1, &arguments);
		assert!(said.contains(&format!("the {what} port {port} is in use")), "{said}");
		let named = option.split('=').next().unwrap();
		assert!(said.contains(named), "{said}");
	}
}

#[test]
fn node_should_explain_host_and_port_when_a_vault_is_neither() {
	let said = refused(2, &["--dev", "--allow-vault", "http://vault:80"]);
	assert!(said.contains("--allow-vault"), "{said}");
}
