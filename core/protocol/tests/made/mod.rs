//! The test vectors: what this crate makes of fixed values. Shared by `tests/vectors.rs` and
//! `examples/vectors.rs`.

#![allow(dead_code, missing_docs)]

use assent_protocol::{delivery::*, documents::*, endpoint::*, messages::*, rpc::*, Hex};
use serde_json::{json, Value};
use std::path::PathBuf;

pub const GENESIS: [u8; 32] = [0x11; 32];
pub const RECORD: [u8; 16] = [0x22; 16];
pub const ACCOUNT: [u8; 32] = [0x33; 32];
pub const ENTRY: [u8; 32] = [0x44; 32];
pub const PATIENT: [u8; 16] = [0x55; 16];
pub const DOCUMENT: [u8; 32] = [0xab; 32];
/// An account as the SDK's JSON-RPC writes accounts.
pub const SS58: &str = "5DDqWU3pDgJsbH5BDsKoY2d8g5SD7jaAZVaYN3YJjtHygLwZ";

/// URLs of vaults that every program accepts.
pub const URLS: [&str; 12] = [
	"http://127.0.0.1:9001",
	"https://vault.example",
	"https://vault.example:8443",
	"https://v",
	"https://vault-1.north.example/assent",
	"https://vault.example/a/b_c/~d/v1.2",
	"http://[::1]:9001",
	"https://[2001:db8::7]/vault",
	"https://vault.example:65535",
	"https://3com.example",
	"http://localhost:8480",
	"http://10.0.0.2",
];

/// Texts that every program refuses as a URL.
pub const NO_URLS: [&str; 60] = [
	"",
	"vault.example",
	"//vault.example",
	"ftp://vault.example",
	"ws://vault.example",
	"HTTPS://vault.example",
	"https:/vault.example",
	"https://",
	"https:///path",
	"https://:8443",
	"https://user@vault.example",
	"https://user:secret@vault.example",
	"https://vault.example@10.0.0.1",
	"https://vault.example:443@10.0.0.1",
	"https://vault.example\\@10.0.0.1",
	"https://vault.example?patient=1",
	"https://vault.example/a?b",
	"https://vault.example/a#b",
	"https://vault.example/",
	"https://vault.example/a/",
	"https://vault.example//a",
	"https://vault.example/../a",
	"https://vault.example/./a",
	"https://vault.example/%2e%2e",
	"https://vault.example/a b",
	"https://vault.example\\a",
	"https://Vault.example",
	"https://vault..example",
	"https://.example",
	"https://vault.example.",
	"https://-vault.example",
	"https://vault-.example",
	"https://vault_1.example",
	"https://vault.example:",
	"https://vault.example:0",
	"https://vault.example:080",
	"https://vault.example:+80",
	"https://vault.example:65536",
	"https://vault.example:80:80",
	"https://vault.example:8o",
	"https://256.0.0.1",
	"https://1.2.3",
	"https://127.0.0.01",
	"https://0x7f.1",
	"https://[::1",
	"https://[::1]9001",
	"https://[0:0:0:0:0:0:0:1]",
	"https://[2001:DB8::1]",
	"https://[::FFFF]",
	"https://[fe80::1%eth0]",
	"https://[vault.example]",
	"https://[]",
	"https://::1",
	"https://v\u{e4}ult.example",
	"https://vault.example\n",
	"https://vault.example\r\nhost: x",
	"https://vault.example\0",
	" https://vault.example",
	"https://vault.example/\u{e4}",
	"https://vault.example/a;b",
];

/// Hosts with a port that every program accepts.
pub const HOSTS: [&str; 6] = [
	"127.0.0.1:8080",
	"vault.hospital.example:443",
	"[::1]:9000",
	"localhost:1",
	"v:65535",
	"[2001:db8::7]:443",
];

/// Texts that every program refuses as a host with a port.
pub const NO_HOSTS: [&str; 18] = [
	"",
	"vault",
	":80",
	"vault:",
	"vault:0",
	"vault:080",
	"vault:+80",
	"vault:70000",
	"vault:80:80",
	"http://vault:80",
	"Vault:80",
	"vault_1:80",
	"a b:80",
	"a/b:80",
	"::1:80",
	"[::1]",
	"[::1]80",
	"[0:0:0:0:0:0:0:1]:80",
];

pub fn folder() -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// The name and the content of each file.
pub fn files() -> [(&'static str, Value); 5] {
	[
		("delivery.json", delivery()),
		("documents.json", documents()),
		("endpoint.json", endpoint()),
		("messages.json", messages()),
		("rpc.json", rpc()),
	]
}

/// A file's text: indented, with a line break at its end.
pub fn to_text(value: &Value) -> String {
	format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}

fn hex(bytes: &[u8]) -> String {
	format!("{:#}", Hex(bytes))
}

fn text_of(bytes: Vec<u8>) -> String {
	String::from_utf8(bytes).unwrap()
}

fn delivery() -> Value {
	let request = Request {
		genesis: GENESIS,
		record: RECORD,
		version: 3,
		entry: ENTRY,
		issued: 1_800_000_000_000,
	};
	let largest = Request {
		genesis: [0xff; 32],
		record: [0; 16],
		version: u32::MAX,
		entry: [0x0a; 32],
		issued: 1,
	};
	let requests: Vec<Value> = [request, largest]
		.iter()
		.map(|request| {
			let message = request.message();
			json!({
				"genesis": hex(&request.genesis),
				"record": hex(&request.record),
				"version": request.version,
				"entry": hex(&request.entry),
				"issued": request.issued,
				"message": message,
				"wrapped": text_of(wrapped(message.as_bytes())),
			})
		})
		.collect();
	let reasons: Vec<Value> = Reason::ALL
		.iter()
		.map(|reason| json!({ "code": reason.code(), "words": reason.words() }))
		.collect();
	let permitted = Answer {
		permitted: true,
		is_final: true,
		reason: Reason::Directive,
		at: 1_800_000_000_000,
		emergency: false,
	};
	let refused =
		Answer { permitted: false, is_final: false, reason: Reason::NotFinal, ..permitted };
	json!({
		"windowMs": WINDOW_MS,
		"clocksMs": CLOCKS_MS,
		"headers": [ACCOUNT_HEADER, ISSUED_HEADER, SIGNATURE_HEADER],
		"requests": requests,
		"reasons": reasons,
		"answers": [permitted, refused],
	})
}

fn documents() -> Value {
	let token = "0123456789abcdefghijklmnopqrstuv";
	let accepted = [token.to_owned(), "~".repeat(512)];
	let refused = [
		String::new(),
		token[1..].to_owned(),
		"x".repeat(513),
		format!("{token} {token}"),
		format!("{token}\n"),
		"\u{e9}".repeat(20),
	];
	assert!(accepted.iter().all(|token| is_token(token)));
	assert!(!refused.iter().any(|token| is_token(token)));
	let wraps: Vec<Value> = [1, 3, u32::MAX]
		.into_iter()
		.map(|version| {
			json!({
				"record": hex(&RECORD),
				"version": version,
				"reader": hex(&ACCOUNT),
				"entry": hex(&ENTRY),
				"path": wrap_path(&RECORD, version, &ACCOUNT),
				"request": wrap_request(&RECORD, version, &ACCOUNT, &ENTRY),
			})
		})
		.collect();
	json!({
		"wrapBytes": WRAP_BYTES,
		"documents": [{ "hash": hex(&DOCUMENT), "path": document_path(&DOCUMENT) }],
		"records": [{ "record": hex(&RECORD), "path": wraps_path(&RECORD) }],
		"wraps": wraps,
		"tokens": { "accepted": accepted, "refused": refused },
	})
}

fn endpoint() -> Value {
	let urls: Vec<Value> = URLS
		.into_iter()
		.map(|text| {
			let url = Url::parse(text).unwrap();
			json!({
				"url": text,
				"hostPort": url.host_port().to_string(),
				"path": url.path(),
				"ciphertext": hex(&DOCUMENT),
				"document": url.document(&DOCUMENT),
			})
		})
		.collect();
	let hosts: Vec<Value> = HOSTS
		.into_iter()
		.map(|text| {
			let host_port = HostPort::parse(text).unwrap();
			json!({ "hostPort": text, "host": host_port.host(), "port": host_port.port() })
		})
		.collect();
	assert!(NO_URLS.iter().all(|text| Url::parse(text).is_err()));
	assert!(NO_HOSTS.iter().all(|text| HostPort::parse(text).is_err()));
	json!({
		"urls": { "accepted": urls, "refused": NO_URLS.as_slice() },
		"hosts": { "accepted": hosts, "refused": NO_HOSTS.as_slice() },
	})
}

fn messages() -> Value {
	let enrolment = Enrolment {
		genesis: GENESIS,
		organisation: 7,
		patient: PATIENT,
		account: ACCOUNT,
		number: 2,
	};
	let fields = |policy: Option<u32>, message: String| {
		json!({
			"genesis": hex(&GENESIS),
			"organisation": enrolment.organisation,
			"policy": policy,
			"patient": hex(&PATIENT),
			"account": hex(&ACCOUNT),
			"number": enrolment.number,
			"wrapped": text_of(wrapped(message.as_bytes())),
			"message": message,
		})
	};
	let enrolments = [None, Some(12)].map(|policy| fields(policy, enrolment.message(policy)));
	let engagements: Vec<Value> = [
		(Capacity::Practitioner, "Alpha Hospital", 20_818, 0),
		(Capacity::Agent, "Klinikum S\u{fc}d", 21_243, 2),
		// The day after 28 February 2100, and the first day.
		(Capacity::Agent, "Alpha Hospital", 47_541, 1),
		(Capacity::Practitioner, "Alpha Hospital", 0, u32::MAX),
	]
	.into_iter()
	.map(|(capacity, name, last_day, number)| {
		let message = Engagement {
			genesis: GENESIS,
			organisation: 7,
			name,
			capacity,
			account: ACCOUNT,
			last_day,
			number,
		}
		.message();
		json!({
			"genesis": hex(&GENESIS),
			"organisation": 7,
			"name": name,
			"as": capacity.word(),
			"account": hex(&ACCOUNT),
			"lastDay": last_day,
			"number": number,
			"wrapped": text_of(wrapped(message.as_bytes())),
			"message": message,
		})
	})
	.collect();
	json!({
		"engagements": engagements,
		"enrolments": enrolments,
		"recoveries": [fields(None, enrolment.recovery_message())],
	})
}

fn rpc() -> Value {
	let params = DeliveryParams {
		record: RECORD,
		version: 3,
		account: SS58,
		entry: ENTRY,
		clock: 1_800_000_000_000,
	};
	json!({
		"maxPage": MAX_PAGE,
		"methods": METHODS,
		"delivery": {
			"method": DELIVERY,
			"account": hex(&ACCOUNT),
			"params": params,
		},
	})
}
