//! The configuration. The vault reads the configuration once, from flags and, with `--config`,
//! from a TOML file. The keys of the file are the names of the flags. A flag wins over a key. The
//! vault checks the whole configuration and names every problem found.

use assent_protocol::documents::{is_token, TOKEN_RULE};
use assent_protocol::endpoint::{Malformed, Url};
use serde::Deserialize;
use std::fmt;
use std::io::Read;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tracing::level_filters::LevelFilter;
use zeroize::Zeroizing;

/// The most bytes that the vault reads of a token file. Every valid token file is smaller.
const MAX_TOKEN_FILE: u64 = 4096;

/// The operator's settings. Every key may come from the command line or the file.
#[derive(Clone, Debug, Default, Deserialize, clap::Args)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
	/// Directory for ciphertext and wraps. The vault creates a missing directory
	#[arg(long, value_name = "DIR")]
	pub store: Option<PathBuf>,
	/// Address to listen on, in clear HTTP/1.1. Put a TLS proxy in front. Port 0 takes a free port
	/// [default: 127.0.0.1:8480]
	#[arg(long, value_name = "ADDRESS:PORT")]
	pub listen: Option<SocketAddr>,
	/// File with the organisation's token (32 to 512 characters). The file must be readable by the
	/// owner only
	#[arg(long, value_name = "FILE")]
	pub organisation_token_file: Option<PathBuf>,
	/// JSON-RPC of the organisation's own node, http://host:port (the vault takes ws:// as
	/// http://). Without a node no wrap leaves
	#[arg(long, value_name = "URL")]
	pub node: Option<String>,
	/// Largest document in bytes [default: 1073741824]
	#[arg(long, value_name = "BYTES")]
	pub max_document_bytes: Option<u64>,
	/// Uploads at a time [default: 16]
	#[arg(long, value_name = "COUNT")]
	pub max_uploads: Option<u32>,
	/// Connections at a time [default: 512]
	#[arg(long, value_name = "COUNT")]
	pub max_connections: Option<u32>,
	/// Seconds within which a request's headers must arrive, also the longest time of an idle
	/// connection [default: 10]
	#[arg(long, value_name = "SECONDS")]
	pub header_timeout: Option<u32>,
	/// Seconds without progress after which the vault cuts off a body, up or down [default: 30]
	#[arg(long, value_name = "SECONDS")]
	pub body_timeout: Option<u32>,
	/// Seconds for the node's answer [default: 5]
	#[arg(long, value_name = "SECONDS")]
	pub node_timeout: Option<u32>,
	/// Seconds for running requests to end after a signal to stop [default: 20]
	#[arg(long, value_name = "SECONDS")]
	pub drain_timeout: Option<u32>,
	/// Log on stderr: error, warn, info, debug or trace [default: info]
	#[arg(long, value_name = "LEVEL")]
	pub log: Option<String>,
}

impl Settings {
	/// Reads a configuration file. The function refuses unknown keys.
	pub fn from_file(path: &Path) -> Result<Self, ConfigError> {
		let failed = |why: String| ConfigError(vec![format!("{}: {why}", path.display())]);
		let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
		toml::from_str(&text).map_err(|error| failed(error.to_string()))
	}

	/// The settings of `self`. The settings of `other` fill the gaps.
	pub fn or(self, other: Self) -> Self {
		Self {
			store: self.store.or(other.store),
			listen: self.listen.or(other.listen),
			organisation_token_file: self.organisation_token_file.or(other.organisation_token_file),
			node: self.node.or(other.node),
			max_document_bytes: self.max_document_bytes.or(other.max_document_bytes),
			max_uploads: self.max_uploads.or(other.max_uploads),
			max_connections: self.max_connections.or(other.max_connections),
			header_timeout: self.header_timeout.or(other.header_timeout),
			body_timeout: self.body_timeout.or(other.body_timeout),
			node_timeout: self.node_timeout.or(other.node_timeout),
			drain_timeout: self.drain_timeout.or(other.drain_timeout),
			log: self.log.or(other.log),
		}
	}

	/// Checks all settings and reads the token.
	pub fn check(self) -> Result<Config, ConfigError> {
		let mut problems = Problems::default();
		let store = problems.required("store", self.store);
		let token_file = problems.required("organisation-token-file", self.organisation_token_file);
		let token = token_file.and_then(|path| problems.keep(Token::read(&path)));
		let node = self.node.and_then(|url| problems.keep(node_url(&url)));
		let max_document_bytes = problems.within(
			"max-document-bytes",
			self.max_document_bytes.unwrap_or(1 << 30),
			1..=1 << 40,
		);
		let max_uploads = problems.within("max-uploads", self.max_uploads.unwrap_or(16), 1..=1024);
		let max_connections =
			problems.within("max-connections", self.max_connections.unwrap_or(512), 1..=65_536);
		let mut seconds = |name, set: Option<u32>, default| {
			let seconds = problems.within(name, set.unwrap_or(default), 1..=3600);
			Duration::from_secs(seconds.into())
		};
		let header_timeout = seconds("header-timeout", self.header_timeout, 10);
		let body_timeout = seconds("body-timeout", self.body_timeout, 30);
		let node_timeout = seconds("node-timeout", self.node_timeout, 5);
		let drain_timeout = seconds("drain-timeout", self.drain_timeout, 20);
		let log = problems
			.keep(log_level(self.log.as_deref().unwrap_or("info")))
			.unwrap_or(LevelFilter::INFO);
		match (store, token, problems.0.is_empty()) {
			(Some(store), Some(token), true) => Ok(Config {
				store,
				listen: self.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8480))),
				token,
				node,
				max_document_bytes,
				max_uploads,
				max_connections,
				header_timeout,
				body_timeout,
				node_timeout,
				drain_timeout,
				log,
			}),
			_ => Err(ConfigError(problems.0)),
		}
	}
}

/// The checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
	/// Directory of the store.
	pub store: PathBuf,
	/// The address to listen on.
	pub listen: SocketAddr,
	/// The organisation's token.
	pub token: Token,
	/// The node's URL, `http://`.
	pub node: Option<String>,
	/// Largest document.
	pub max_document_bytes: u64,
	/// Uploads at a time.
	pub max_uploads: u32,
	/// Connections at a time.
	pub max_connections: u32,
	/// The time for a request's headers.
	pub header_timeout: Duration,
	/// The time for progress of a body.
	pub body_timeout: Duration,
	/// The time for the node's answer.
	pub node_timeout: Duration,
	/// The time for running requests at the end.
	pub drain_timeout: Duration,
	/// The level of the log.
	pub log: LevelFilter,
}

/// Every problem of the configuration.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
	fn required<T>(&mut self, name: &str, value: Option<T>) -> Option<T> {
		if value.is_none() {
			self.0.push(format!("--{name} is missing"));
		}
		value
	}

	fn keep<T>(&mut self, value: Result<T, String>) -> Option<T> {
		value.map_err(|problem| self.0.push(problem)).ok()
	}

	fn within<T: PartialOrd + fmt::Display>(
		&mut self,
		name: &str,
		value: T,
		range: RangeInclusive<T>,
	) -> T {
		if !range.contains(&value) {
			let (from, to) = (range.start(), range.end());
			self.0.push(format!("--{name} is {value}, must be from {from} to {to}"));
		}
		value
	}
}

/// The organisation's token. The vault keeps the hash of the token only.
#[derive(Clone)]
pub struct Token(blake3::Hash);

impl fmt::Debug for Token {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("Token(..)")
	}
}

impl Token {
	/// Reads a token from a file. The owner of the file must be the only reader.
	pub fn read(path: &Path) -> Result<Self, String> {
		let failed = |why: &str| format!("--organisation-token-file {}: {why}", path.display());
		let file = std::fs::File::open(path).map_err(|error| failed(&error.to_string()))?;
		let meta = file.metadata().map_err(|error| failed(&error.to_string()))?;
		if !meta.is_file() {
			return Err(failed("not a file"));
		}
		if meta.mode() & 0o077 != 0 {
			return Err(failed("readable by others than its owner; chmod 600 it"));
		}
		let mut text = Zeroizing::new(String::new());
		file.take(MAX_TOKEN_FILE)
			.read_to_string(&mut text)
			.map_err(|error| failed(&error.to_string()))?;
		let token = text.strip_suffix('\n').unwrap_or(&text);
		if !is_token(token) {
			return Err(failed(&format!("not a token: {TOKEN_RULE}")));
		}
		Ok(Self(blake3::hash(token.as_bytes())))
	}

	/// Whether `presented` is the token. The time is the same wherever the two differ: the
	/// function compares hashes, in constant time.
	pub fn is(&self, presented: &[u8]) -> bool {
		self.0 == blake3::hash(presented)
	}
}

/// The node's URL with the scheme http, because a node answers HTTP and WebSocket at the same
/// port. A slash at the end makes no difference.
fn node_url(text: &str) -> Result<String, String> {
	let failed = |why: &str| format!("--node: {why}");
	let text = match text.split_once("://") {
		Some(("http" | "ws", rest)) => format!("http://{}", rest.trim_end_matches('/')),
		Some(("https" | "wss", _)) => {
			return Err(failed("no TLS: use the node's own http:// port on a private network"))
		}
		_ => return Err(failed("must begin with http:// or ws://")),
	};
	match Url::parse(&text) {
		Ok(url) if url.path().is_empty() => Ok(format!("{url}/")),
		Ok(url) => Ok(url.to_string()),
		Err(Malformed::Excess) => Err(failed("must not hold a user name, password or query")),
		Err(why) => Err(failed(&why.to_string())),
	}
}

fn log_level(text: &str) -> Result<LevelFilter, String> {
	match text {
		"error" | "warn" | "info" | "debug" | "trace" => {
			text.parse().map_err(|_| format!("--log {text}: not a level"))
		}
		_ => Err(format!("--log {text}: must be error, warn, info, debug or trace")),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::os::unix::fs::PermissionsExt;

	const TOKEN: &str = "0123456789abcdefghijklmnopqrstuv";

	fn token_file(text: &[u8], mode: u32) -> tempfile::NamedTempFile {
		let file = tempfile::NamedTempFile::new().unwrap();
		std::fs::write(file.path(), text).unwrap();
		std::fs::set_permissions(file.path(), PermissionsExt::from_mode(mode)).unwrap();
		file
	}

	fn settings(token: &Path) -> Settings {
		Settings {
			store: Some("store".into()),
			organisation_token_file: Some(token.to_owned()),
			..Default::default()
		}
	}

	#[test]
	fn config_should_hold_the_documented_defaults() {
		let token = token_file(TOKEN.as_bytes(), 0o600);
		let config = settings(token.path()).check().unwrap();
		assert_eq!(config.listen, "127.0.0.1:8480".parse().unwrap());
		assert_eq!(config.max_document_bytes, 1 << 30);
		assert_eq!((config.max_uploads, config.max_connections), (16, 512));
		assert_eq!(config.body_timeout, Duration::from_secs(30));
		assert!(config.node.is_none());
	}

	#[test]
	fn config_should_name_every_problem_at_once() {
		let problems = Settings {
			node: Some("ftp://x".into()),
			max_uploads: Some(0),
			header_timeout: Some(0),
			log: Some("loud".into()),
			..Default::default()
		}
		.check()
		.unwrap_err()
		.0;
		let named = ["store", "organisation-token-file", "node", "max-uploads", "header-timeout"];
		for name in named.iter().chain(&["log"]) {
			let flag = format!("--{name}");
			assert_eq!(problems.iter().filter(|p| p.starts_with(&flag)).count(), 1, "{flag}");
		}
		assert_eq!(problems.len(), 6);
	}

	#[test]
	fn config_file_should_be_refused_when_a_key_is_unknown() {
		let file = tempfile::NamedTempFile::new().unwrap();
		std::fs::write(file.path(), "max-uploads = 3\nlog = \"warn\"\n").unwrap();
		let settings = Settings::from_file(file.path()).unwrap();
		assert_eq!(settings.max_uploads, Some(3));
		for text in ["max_uploads = 3", "maxuploads = 3", "[limits]\nmax-uploads = 3"] {
			std::fs::write(file.path(), text).unwrap();
			assert!(Settings::from_file(file.path()).is_err(), "{text}");
		}
	}

	#[test]
	fn flags_should_win_over_the_file() {
		let flags = Settings { max_uploads: Some(1), ..Default::default() };
		let file = Settings { max_uploads: Some(2), node_timeout: Some(3), ..Default::default() };
		let settings = flags.or(file);
		assert_eq!((settings.max_uploads, settings.node_timeout), (Some(1), Some(3)));
	}

	#[test]
	fn token_should_be_refused_when_others_can_read_the_file() {
		for mode in [0o600, 0o400] {
			assert!(Token::read(token_file(TOKEN.as_bytes(), mode).path()).is_ok());
		}
		for mode in [0o640, 0o604, 0o644, 0o660, 0o610] {
			assert!(Token::read(token_file(TOKEN.as_bytes(), mode).path()).is_err(), "{mode:o}");
		}
		assert!(Token::read(Path::new("/")).is_err());
		assert!(Token::read(Path::new("/nonexistent")).is_err());
	}

	#[test]
	fn token_should_be_refused_when_short_long_or_unprintable() {
		let spaced = format!("{TOKEN} {TOKEN}");
		let two_lines = format!("{TOKEN}\n\n");
		let long = "x".repeat(513);
		let bad = ["", "\n", &TOKEN[1..], &spaced, &two_lines, &long, &"é".repeat(20)];
		for text in bad {
			assert!(Token::read(token_file(text.as_bytes(), 0o600).path()).is_err(), "{text:?}");
		}
	}

	#[test]
	fn token_should_match_itself_only_and_never_print() {
		let file = token_file(format!("{TOKEN}\n").as_bytes(), 0o600);
		let token = Token::read(file.path()).unwrap();
		assert!(token.is(TOKEN.as_bytes()));
		for other in ["", &TOKEN[1..], &format!("{TOKEN}\n"), &format!("{TOKEN}x")] {
			assert!(!token.is(other.as_bytes()), "{other:?}");
		}
		let config = settings(file.path()).check().unwrap();
		let printed = format!("{config:?}");
		assert!(!printed.contains(TOKEN));
		assert!(!printed.contains(&blake3::hash(TOKEN.as_bytes()).to_hex().to_string()));
	}

	#[test]
	fn node_should_be_a_plain_url_without_secrets() {
		assert_eq!(node_url("http://127.0.0.1:9944").unwrap(), "http://127.0.0.1:9944/");
		assert_eq!(node_url("ws://node:9944").unwrap(), "http://node:9944/");
		assert_eq!(node_url("http://[::1]:9944/rpc").unwrap(), "http://[::1]:9944/rpc");
		assert_eq!(node_url("ws://node:9944/").unwrap(), "http://node:9944/");
		for url in [
			"",
			"node:9944",
			"/rpc",
			"https://node",
			"wss://node",
			"ftp://node",
			"http://u:p@node",
			"http://node?x",
			"http://no de",
			"http://node:0",
			"http://node#x",
			"http://node/../rpc",
		] {
			assert!(node_url(url).is_err(), "{url}");
		}
	}
}
