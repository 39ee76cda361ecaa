//! A vault, over HTTP. Bodies are streamed both ways. Redirections are not followed. A transfer
//! without movement for 30 seconds is given up.

use crate::{files, ids::hex, Failure, Outcome};
use assent_envelope::{HashingWriter, WRAP_LEN};
use assent_policy::{RecordId, VersionNumber};
use assent_protocol::{
	delivery::{Reason, Request, ACCOUNT_HEADER, ISSUED_HEADER, SIGNATURE_HEADER},
	documents::{self, is_token, TOKEN_RULE},
	endpoint::{Malformed, Scheme, Url},
};
use serde::Deserialize;
use sp_runtime::AccountId32;
use std::{
	io::{self, Read, Write},
	net::IpAddr,
	path::Path,
	time::Duration,
};
use ureq::{
	http::Response,
	tls::{Certificate, RootCerts, TlsConfig},
	Agent, Body, SendBody,
};
use zeroize::Zeroizing;

/// How long connecting, or an answer's head, may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a body may stand still.
const STALL: Duration = Duration::from_secs(30);
/// The most bytes of an error's text.
const MAX_ERROR: u64 = 16 * 1024;
/// How much is copied at a time.
const CHUNK: usize = 64 * 1024;

/// A vault.
pub struct Vault {
	url: String,
	agent: Agent,
	token: Option<Zeroizing<String>>,
}

/// A wrap's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapAddress {
	/// The record.
	pub record: RecordId,
	/// Its document version.
	pub version: VersionNumber,
	/// The reader.
	pub reader: AccountId32,
}

impl WrapAddress {
	fn path(&self) -> String {
		documents::wrap_path(&self.record.0, self.version, self.reader.as_ref())
	}
}

/// A reader's signed request for a wrap.
#[derive(Clone, Debug)]
pub struct Delivery {
	/// Which wrap.
	pub wrap: WrapAddress,
	/// The entry of the trail with the permission.
	pub entry: [u8; 32],
	/// The moment of signing, in milliseconds since 1970.
	pub issued: u64,
	/// The reader's signature, as a SCALE `MultiSignature`.
	pub signature: Vec<u8>,
}

/// The text that a reader signs to get a wrap.
pub fn delivery_message(
	genesis: &[u8; 32],
	wrap: &WrapAddress,
	entry: &[u8; 32],
	issued: u64,
) -> String {
	let request = Request {
		genesis: *genesis,
		record: wrap.record.0,
		version: wrap.version,
		entry: *entry,
		issued,
	};
	request.message()
}

impl Vault {
	/// The vault at this URL: `https`, or `http` on this machine or a private network.
	/// `token_file` holds the organisation's token; puts and deletions need the token.
	///
	/// # Errors
	/// `Usage`, when the URL is no such URL; `File` or `FilePermissions`, when the token's file
	/// cannot be used.
	pub fn new(url: &str, token_file: Option<&Path>) -> Outcome<Self> {
		let url = url.trim_end_matches('/');
		let scheme = check_url(url)?;
		let token = token_file.map(read_token).transpose()?;
		let mut config = Agent::config_builder()
			.user_agent(concat!("assent/", env!("CARGO_PKG_VERSION")))
			.http_status_as_error(false)
			.max_redirects(0)
			.max_redirects_will_error(false)
			.timeout_resolve(Some(PATIENCE))
			.timeout_connect(Some(PATIENCE))
			.timeout_recv_response(Some(PATIENCE))
			.timeout_per_read(Some(STALL))
			.timeout_per_write(Some(STALL));
		if scheme == Scheme::Https {
			config = config.tls_config(system_roots());
		}
		let agent = config.build().new_agent();
		Ok(Self { url: url.into(), agent, token })
	}

	/// The vault's URL.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// Puts a document of `size` bytes under the BLAKE3 hash of the ciphertext.
	///
	/// # Errors
	/// `Usage` without a token; `VaultUnreachable`; `Vault.*` as the vault answers.
	pub fn put_document(&self, hash: &[u8; 32], size: u64, mut content: impl Read) -> Outcome<()> {
		self.put(&documents::document_path(hash), size, &mut content)
	}

	/// Puts a wrap, in place of a wrap at the same address. To make a wrap twice never gives the
	/// same bytes, and the organisation decides for the new wrap. Fails as [`Self::put_document`].
	pub fn put_wrap(&self, at: &WrapAddress, wrap: &[u8; WRAP_LEN]) -> Outcome<()> {
		let put = || self.put(&at.path(), WRAP_LEN as u64, &mut &wrap[..]);
		match put() {
			Err(failure) if failure.code == "Vault.conflict" => {
				self.delete(&at.path())?;
				put()
			}
			other => other,
		}
	}

	/// Puts a wrap unless one is there. Returns whether the wrap was put. Fails as
	/// [`Self::put_document`].
	pub fn offer_wrap(&self, at: &WrapAddress, wrap: &[u8; WRAP_LEN]) -> Outcome<bool> {
		match self.put(&at.path(), WRAP_LEN as u64, &mut &wrap[..]) {
			Ok(()) => Ok(true),
			Err(failure) if failure.code == "Vault.conflict" => Ok(false),
			Err(failure) => Err(failure),
		}
	}

	/// Removes a wrap. Returns whether there was one. Fails as [`Self::put_document`].
	pub fn delete_wrap(&self, at: &WrapAddress) -> Outcome<bool> {
		self.delete(&at.path())
	}

	/// Removes every wrap of a record. Returns whether there was any. Fails as
	/// [`Self::put_document`].
	pub fn delete_wraps(&self, record: RecordId) -> Outcome<bool> {
		self.delete(&documents::wraps_path(&record.0))
	}

	/// Removes a document. Returns whether there was one. Fails as [`Self::put_document`].
	pub fn delete_document(&self, hash: &[u8; 32]) -> Outcome<bool> {
		self.delete(&documents::document_path(hash))
	}

	/// Asks for a wrap, with the reader's signature. No token is needed.
	///
	/// # Errors
	/// `Vault.not_final`, while the decision is not final; `Vault.not_found`, when there is no
	/// wrap; `Vault.refused` with the reason; `VaultUnreachable`; other `Vault.*`.
	pub fn get_wrap(&self, delivery: &Delivery) -> Outcome<[u8; WRAP_LEN]> {
		let WrapAddress { record, version, reader } = &delivery.wrap;
		let reader: &[u8; 32] = reader.as_ref();
		let path = documents::wrap_request(&record.0, *version, reader, &delivery.entry);
		let response = self
			.agent
			.get(format!("{}{path}", self.url))
			.header(ACCOUNT_HEADER, hex(reader))
			.header(ISSUED_HEADER, delivery.issued.to_string())
			.header(SIGNATURE_HEADER, hex(&delivery.signature))
			.call()
			.map_err(|error| self.broken(error))?;
		let mut body = accept(response, 200)?.into_body().into_reader().take(WRAP_LEN as u64 + 1);
		let mut bytes = Vec::with_capacity(WRAP_LEN + 1);
		body.read_to_end(&mut bytes).map_err(|error| self.broken(error))?;
		bytes.try_into().map_err(|_| {
			Failure::environment("Vault.malformed", "the vault sent something that is no wrap")
		})
	}

	/// Fetches a document into `writer` and checks its hash and size. Bytes in `writer` are the
	/// registered document only if this succeeds. `moved` hears of each transfer, in bytes.
	///
	/// # Errors
	/// `DocumentAltered`, when hash or size are others; `File`, when `writer` fails;
	/// `VaultUnreachable`; `Vault.*`.
	pub fn get_document(
		&self,
		hash: &[u8; 32],
		size: u64,
		writer: impl Write,
		moved: impl Fn(u64),
	) -> Outcome<()> {
		let url = format!("{}{}", self.url, documents::document_path(hash));
		let response = self.agent.get(url).call().map_err(|error| self.broken(error))?;
		let mut body = accept(response, 200)?.into_body().into_reader();
		let mut hashing = HashingWriter::new(writer);
		let mut chunk = vec![0; CHUNK];
		loop {
			let read = match body.read(&mut chunk) {
				Ok(0) => break,
				Ok(read) => read,
				Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
				Err(error) => return Err(self.broken(error)),
			};
			let bytes = chunk.get(..read).unwrap_or_default();
			hashing.write_all(bytes).map_err(|error| {
				Failure::environment("File", format!("the document could not be kept: {error}"))
			})?;
			if hashing.size() > size {
				return Err(not_as_registered(format!("it is longer than {size} bytes")));
			}
			moved(read as u64);
		}
		let (mut writer, found, length) = hashing.finish();
		writer.flush().map_err(|error| {
			Failure::environment("File", format!("the document could not be kept: {error}"))
		})?;
		if length != size {
			return Err(not_as_registered(format!("it has {length} bytes instead of {size}")));
		}
		if found != *hash {
			return Err(not_as_registered(format!("its hash is {}", hex(found))));
		}
		Ok(())
	}

	fn put(&self, path: &str, size: u64, content: &mut dyn Read) -> Outcome<()> {
		let response = self
			.agent
			.put(format!("{}{path}", self.url))
			.header("Authorization", self.authorization()?)
			.header("Content-Length", size.to_string())
			.header("Content-Type", "application/octet-stream")
			.send(SendBody::from_reader(content))
			.map_err(|error| self.broken(error))?;
		match response.status().as_u16() {
			200 | 201 => Ok(()),
			_ => Err(refused(response)),
		}
	}

	fn delete(&self, path: &str) -> Outcome<bool> {
		let response = self
			.agent
			.delete(format!("{}{path}", self.url))
			.header("Authorization", self.authorization()?)
			.call()
			.map_err(|error| self.broken(error))?;
		match response.status().as_u16() {
			204 => Ok(true),
			404 => Ok(false),
			_ => Err(refused(response)),
		}
	}

	fn authorization(&self) -> Outcome<String> {
		let token = self.token.as_ref().ok_or_else(|| {
			Failure::usage("this needs the organisation's token: name the token's file")
		})?;
		Ok(format!("Bearer {}", **token))
	}

	fn broken(&self, error: impl std::fmt::Display) -> Failure {
		Failure::environment(
			"VaultUnreachable",
			format!("the vault at {} did not do its part: {error}", self.url),
		)
	}
}

fn not_as_registered(why: String) -> Failure {
	Failure::refused(
		"DocumentAltered",
		format!("the vault's document is not the registered one: {why}; nothing was kept"),
	)
}

fn accept(response: Response<Body>, status: u16) -> Outcome<Response<Body>> {
	match response.status().as_u16() == status {
		true => Ok(response),
		false => Err(refused(response)),
	}
}

/// A vault's answer besides a status.
#[derive(Deserialize)]
struct Said {
	error: SaidError,
}

#[derive(Deserialize)]
struct SaidError {
	code: String,
	message: String,
	reason: Option<String>,
}

fn refused(response: Response<Body>) -> Failure {
	let status = response.status();
	let mut text = Vec::new();
	let read = response.into_body().into_reader().take(MAX_ERROR).read_to_end(&mut text);
	let said = read.ok().and_then(|_| serde_json::from_slice::<Said>(&text).ok());
	let Some(Said { error }) = said else {
		return Failure::environment(
			"VaultUnreachable",
			format!("what answered is no vault: {status}; check the vault's URL"),
		);
	};
	// A code unknown to this program is told unchanged.
	let reason = error
		.reason
		.map(|code| match Reason::parse(&code) {
			Reason::Other => format!(": {code}"),
			reason => format!(": {reason}"),
		})
		.unwrap_or_default();
	let message = format!("{}{reason}", error.message.trim_end_matches('.'));
	let code = format!("Vault.{}", error.code);
	match status.is_server_error() {
		true => Failure::environment(code, message),
		false => Failure::refused(code, message),
	}
}

/// Reads a token file as the vault does.
fn read_token(path: &Path) -> Outcome<Zeroizing<String>> {
	let text = files::read_secret(path)?;
	let token = text.strip_suffix('\n').unwrap_or(&text);
	if !is_token(token) {
		return Err(Failure::file(path, format!("not a token: {TOKEN_RULE}")));
	}
	Ok(Zeroizing::new(token.into()))
}

/// Reads the vault's URL. HTTP in clear is accepted only where nobody else listens.
fn check_url(text: &str) -> Outcome<Scheme> {
	let wrong = |why: &str| Failure::usage(format!("the vault's URL {text:?}: {why}"));
	let url = Url::parse(text).map_err(|malformed| match malformed {
		Malformed::Scheme => wrong("write https://host:port"),
		Malformed::Excess => wrong("write a host, a port and a path, nothing else"),
		_ => wrong(&malformed.to_string()),
	})?;
	match url.scheme() {
		Scheme::Http if !is_near(url.host()) => Err(wrong(
			"http:// only on this machine or a private network: keys and tokens would travel in \
			 clear; write https://",
		)),
		scheme => Ok(scheme),
	}
}

fn is_near(host: &str) -> bool {
	let bare = host.trim_start_matches('[').trim_end_matches(']');
	match bare.parse::<IpAddr>() {
		Ok(IpAddr::V4(at)) => at.is_loopback() || at.is_private() || at.is_link_local(),
		Ok(IpAddr::V6(at)) => {
			at.is_loopback() || at.is_unique_local() || at.is_unicast_link_local()
		}
		Err(_) => host == "localhost",
	}
}

/// The trusted certificates of this system, an organisation's own among them.
fn system_roots() -> TlsConfig {
	let found = rustls_native_certs::load_native_certs().certs;
	let roots: Vec<Certificate<'static>> =
		found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect();
	let builder = TlsConfig::builder();
	match roots.is_empty() {
		true => builder.build(),
		false => builder.root_certs(RootCerts::from(roots)).build(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::Kind;
	use std::{
		io::{BufRead, BufReader},
		net::TcpListener,
		thread::JoinHandle,
	};

	const HASH: [u8; 32] = [0xab; 32];

	/// A request's head and body.
	type Asked = (String, Vec<u8>);

	/// Answers the requests that come, one after the other, and gives back what came: head
	/// and body.
	fn server(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<Asked>>) {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("http://{}", listener.local_addr().unwrap());
		let served = std::thread::spawn(move || {
			let mut requests = Vec::new();
			for answer in answers {
				let (mut stream, _) = listener.accept().unwrap();
				let mut reader = BufReader::new(stream.try_clone().unwrap());
				let (mut head, mut length) = (String::new(), 0);
				loop {
					let mut line = String::new();
					reader.read_line(&mut line).unwrap();
					if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
						length = value.trim().parse().unwrap();
					}
					if line.trim().is_empty() {
						break;
					}
					head.push_str(&line);
				}
				let mut body = vec![0; length];
				reader.read_exact(&mut body).unwrap();
				stream.write_all(&answer).unwrap();
				requests.push((head, body));
			}
			requests
		});
		(url, served)
	}

	fn answer(status: &str, body: &[u8]) -> Vec<u8> {
		let head = format!(
			"HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
			body.len()
		);
		[head.as_bytes(), body].concat()
	}

	fn token_file() -> tempfile::NamedTempFile {
		let mut file = tempfile::NamedTempFile::new().unwrap();
		file.write_all(&[b't'; 40]).unwrap();
		file
	}

	fn address() -> WrapAddress {
		WrapAddress {
			record: RecordId([0x22; 16]),
			version: 3,
			reader: AccountId32::new([0x33; 32]),
		}
	}

	#[test]
	fn document_should_be_put_with_token_length_and_content() {
		let (url, served) = server(vec![answer("201 Created", b"{}")]);
		let token = token_file();
		let vault = Vault::new(&url, Some(token.path())).unwrap();
		vault.put_document(&HASH, 5, &b"hello"[..]).unwrap();
		let (head, body) = served.join().unwrap().remove(0);
		assert!(head.starts_with(&format!("PUT /v1/documents/{} ", "ab".repeat(32))));
		let head = head.to_lowercase();
		assert!(head.contains(&format!("authorization: bearer {}", "t".repeat(40))));
		assert!(head.contains("content-length: 5"));
		assert!(!head.contains("chunked"));
		assert_eq!(body, b"hello");
	}

	#[test]
	fn wrap_should_be_replaced_when_another_is_there() {
		let said = br#"{"error":{"code":"conflict","message":"Another wrap."}}"#;
		let (url, served) = server(vec![
			answer("409 Conflict", said),
			answer("204 No Content", b""),
			answer("201 Created", b""),
		]);
		let token = token_file();
		let vault = Vault::new(&url, Some(token.path())).unwrap();
		vault.put_wrap(&address(), &[7; WRAP_LEN]).unwrap();
		let requests = served.join().unwrap();
		let methods: Vec<_> =
			requests.iter().map(|(head, _)| head.split(' ').next().unwrap()).collect();
		assert_eq!(methods, ["PUT", "DELETE", "PUT"]);
		assert_eq!(requests[2].1, [7; WRAP_LEN]);
	}

	#[test]
	fn wrap_should_be_left_alone_when_another_is_there_and_it_is_only_offered() {
		let said = br#"{"error":{"code":"conflict","message":"Another wrap."}}"#;
		let full = br#"{"error":{"code":"storage_full","message":"No space."}}"#;
		let (url, served) = server(vec![
			answer("201 Created", b""),
			answer("409 Conflict", said),
			answer("507 Insufficient Storage", full),
		]);
		let token = token_file();
		let vault = Vault::new(&url, Some(token.path())).unwrap();
		let offer = || vault.offer_wrap(&address(), &[7; WRAP_LEN]);
		assert_eq!(offer(), Ok(true));
		assert_eq!(offer(), Ok(false));
		assert_eq!(offer().unwrap_err().code, "Vault.storage_full");
		let requests = served.join().unwrap();
		assert!(requests.iter().all(|(head, _)| head.starts_with("PUT ")));
	}

	#[test]
	fn wrap_should_be_asked_for_with_entry_and_signature() {
		let (url, served) = server(vec![answer("200 OK", &[9; WRAP_LEN])]);
		let vault = Vault::new(&url, None).unwrap();
		let delivery = Delivery {
			wrap: address(),
			entry: [0x44; 32],
			issued: 1_800_000_000_000,
			signature: vec![1; 65],
		};
		assert_eq!(vault.get_wrap(&delivery).unwrap(), [9; WRAP_LEN]);
		let (head, _) = served.join().unwrap().remove(0);
		let wanted = format!(
			"GET /v1/wraps/{}/3/{}?entry={} ",
			"22".repeat(16),
			"33".repeat(32),
			"44".repeat(32)
		);
		assert!(head.starts_with(&wanted), "{head}");
		let head = head.to_lowercase();
		assert!(head.contains(&format!("assent-account: 0x{}", "33".repeat(32))));
		assert!(head.contains("assent-issued: 1800000000000"));
		assert!(head.contains(&format!("assent-signature: 0x{}", "01".repeat(65))));
	}

	#[test]
	fn delivery_message_should_read_as_the_vault_expects() {
		let expected = format!(
			"Assent delivery\nchain 0x{}\nrecord 0x{}\nversion 3\nentry 0x{}\nissued 1800000000000",
			"11".repeat(32),
			"22".repeat(16),
			"44".repeat(32)
		);
		let message = delivery_message(&[0x11; 32], &address(), &[0x44; 32], 1_800_000_000_000);
		assert_eq!(message, expected);
	}

	#[test]
	fn document_should_be_kept_only_when_it_is_the_registered_one() {
		let content = b"sealed".to_vec();
		let hash = *blake3::hash(&content).as_bytes();
		let get = |hash: [u8; 32], size, sent: &[u8]| {
			let (url, served) = server(vec![answer("200 OK", sent)]);
			let vault = Vault::new(&url, None).unwrap();
			let mut kept = Vec::new();
			let got = vault.get_document(&hash, size, &mut kept, |_| ());
			drop(served.join());
			got.map(|()| kept).map_err(|failure| failure.code)
		};
		assert_eq!(get(hash, 6, &content), Ok(content.clone()));
		assert_eq!(get(HASH, 6, &content), Err("DocumentAltered".into()));
		assert_eq!(get(hash, 5, &content), Err("DocumentAltered".into()));
		assert_eq!(get(hash, 7, &content), Err("DocumentAltered".into()));
	}

	#[test]
	fn refusal_should_carry_the_vaults_code_and_reason() {
		let said =
			br#"{"error":{"code":"refused","message":"Not permitted.","reason":"a denial"}}"#;
		let (url, served) = server(vec![answer("403 Forbidden", said)]);
		let vault = Vault::new(&url, None).unwrap();
		let failure = vault.get_document(&HASH, 1, io::sink(), |_| ()).unwrap_err();
		assert_eq!(failure.code, "Vault.refused");
		assert_eq!(failure.message, "Not permitted: a denial");
		assert_eq!(failure.kind, Kind::Refused);
		drop(served.join());
	}

	#[test]
	fn refusal_should_tell_a_known_reason_in_words() {
		let said =
			br#"{"error":{"code":"refused","message":"Not permitted.","reason":"not-fresh"}}"#;
		let (url, served) = server(vec![answer("403 Forbidden", said)]);
		let vault = Vault::new(&url, None).unwrap();
		let failure = vault.get_document(&HASH, 1, io::sink(), |_| ()).unwrap_err();
		let expected = format!("Not permitted: {}", Reason::NotFresh.words());
		assert_eq!(failure.message, expected);
		drop(served.join());
	}

	#[test]
	fn redirect_should_not_be_followed() {
		let elsewhere = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\
			Content-Length: 0\r\nConnection: close\r\n\r\n";
		let (url, served) = server(vec![elsewhere.to_vec()]);
		let vault = Vault::new(&url, None).unwrap();
		let failure = vault.get_document(&HASH, 1, io::sink(), |_| ()).unwrap_err();
		assert_eq!(failure.code, "VaultUnreachable");
		assert!(failure.message.contains("302"));
		drop(served.join());
	}

	#[test]
	fn missing_vault_and_missing_token_should_be_told() {
		let vault = Vault::new("http://127.0.0.1:1", None).unwrap();
		let failure = vault.get_document(&HASH, 1, io::sink(), |_| ()).unwrap_err();
		assert_eq!((failure.code.as_str(), failure.kind), ("VaultUnreachable", Kind::Unusable));
		let failure = vault.put_document(&HASH, 0, io::empty()).unwrap_err();
		assert_eq!((failure.code.as_str(), failure.kind), ("Usage", Kind::Unusable));
		assert!(failure.message.contains("token's file"));
	}

	#[test]
	fn url_should_be_refused_when_it_would_carry_secrets_in_clear() {
		for url in [
			"http://127.0.0.1:9810",
			"http://localhost",
			"http://[::1]:9810/assent",
			"http://10.0.0.7:80",
			"https://vault.example:8443",
		] {
			assert!(check_url(url).is_ok(), "{url}");
		}
		for url in [
			"",
			"vault.example",
			"http://vault.example",
			"http://8.8.8.8",
			"ftp://127.0.0.1",
			"https://user:word@vault.example",
			"https://vault.example/?x=1",
		] {
			assert_eq!(check_url(url).unwrap_err().code, "Usage", "{url}");
		}
	}
}
