//! The grammar of URLs and hosts.
//!
//! One address has one spelling. A program can compare two addresses byte by byte, and an
//! HTTP client connects to the very host that the program compared.
//!
//! | Part | Spelling |
//! |---|---|
//! | scheme | `https://` or `http://` |
//! | host | a name of lower-case letters, digits, `-` and `.`, at most 253 characters; an IPv4 address; or an IPv6 address in its shortest form, in brackets |
//! | port | may be absent; else `:` and a number from 1 to 65535 without zeros in front |
//! | path | may be absent; else segments of letters, digits, `-`, `_`, `~` and `.`, each after a `/`, none of them `.` or `..`, without a `/` at the end |
//!
//! A URL has no user name, no query and no fragment. These parts could carry data that must
//! not stand on the chain.

use crate::documents::document_path;
use alloc::{format, string::String};
use core::{
	fmt,
	net::{Ipv4Addr, Ipv6Addr},
};

/// The most characters of a host's name.
const MAX_HOST: usize = 253;
/// The most characters of one label of the name.
const MAX_LABEL: usize = 63;

/// How a client connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
	/// With TLS.
	Https,
	/// In clear.
	Http,
}

impl Scheme {
	/// The port where a URL names none.
	pub const fn port(self) -> u16 {
		match self {
			Self::Https => 443,
			Self::Http => 80,
		}
	}

	/// The beginning of a URL with this scheme.
	pub const fn prefix(self) -> &'static str {
		match self {
			Self::Https => "https://",
			Self::Http => "http://",
		}
	}
}

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
	/// The text begins with another scheme, or with none.
	Scheme,
	/// The text holds a user name, a query or a fragment.
	Excess,
	/// The host is missing or spelled in another way.
	Host,
	/// The port is missing where a port must be, or spelled in another way.
	Port,
	/// The path is spelled in another way.
	Path,
}

impl fmt::Display for Malformed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Scheme => "it must begin with https:// or http://",
			Self::Excess => "it must not hold a user name, a password, a query or a fragment",
			Self::Host => {
				"its host must be a lower-case name, an IPv4 address, or an IPv6 address in \
				 brackets and in its shortest form"
			}
			Self::Port => "its port must be a number from 1 to 65535 without zeros in front",
			Self::Path => {
				"its path must be plain segments of letters, digits, -, _, ~ and dots, without a \
				 slash at the end"
			}
		})
	}
}

impl core::error::Error for Malformed {}

/// A URL in its one spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
	text: &'a str,
	scheme: Scheme,
	host: &'a str,
	port: Option<u16>,
	path: &'a str,
}

impl<'a> Url<'a> {
	/// Reads the one accepted spelling.
	pub fn parse(text: &'a str) -> Result<Self, Malformed> {
		let (scheme, rest) = [Scheme::Https, Scheme::Http]
			.into_iter()
			.find_map(|scheme| Some((scheme, text.strip_prefix(scheme.prefix())?)))
			.ok_or(Malformed::Scheme)?;
		if rest.contains(['@', '?', '#']) {
			return Err(Malformed::Excess);
		}
		let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
		let (host, port) = split(authority).ok_or(Malformed::Host)?;
		check_host(host)?;
		let port = port.map(read_port).transpose()?;
		check_path(path)?;
		Ok(Self { text, scheme, host, port, path })
	}

	/// The scheme.
	pub fn scheme(&self) -> Scheme {
		self.scheme
	}

	/// The host, an IPv6 address with its brackets.
	pub fn host(&self) -> &'a str {
		self.host
	}

	/// The path; empty if the URL has none.
	pub fn path(&self) -> &'a str {
		self.path
	}

	/// The host and the port to which a client connects.
	pub fn host_port(&self) -> HostPort<'a> {
		HostPort { host: self.host, port: self.port.unwrap_or(self.scheme.port()) }
	}

	/// The URL of a document in the vault at this URL, by the hash of its ciphertext.
	pub fn document(&self, hash: &[u8; 32]) -> String {
		format!("{}{}", self.text, document_path(hash))
	}
}

impl fmt::Display for Url<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.text)
	}
}

/// A host and a port: `vault.example:443`. The port is never absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostPort<'a> {
	host: &'a str,
	port: u16,
}

impl<'a> HostPort<'a> {
	/// Reads the one accepted spelling.
	pub fn parse(text: &'a str) -> Result<Self, Malformed> {
		let (host, port) = split(text).ok_or(Malformed::Host)?;
		check_host(host)?;
		let port = read_port(port.ok_or(Malformed::Port)?)?;
		Ok(Self { host, port })
	}

	/// The host, an IPv6 address with its brackets.
	pub fn host(&self) -> &'a str {
		self.host
	}

	/// The port.
	pub fn port(&self) -> u16 {
		self.port
	}
}

impl fmt::Display for HostPort<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}:{}", self.host, self.port)
	}
}

/// The host, and the text after the colon that follows the host. `None` if something other
/// than a colon follows an address in brackets.
fn split(authority: &str) -> Option<(&str, Option<&str>)> {
	let end = match authority.starts_with('[') {
		true => authority.find(']')?.checked_add(1)?,
		false => authority.find(':').unwrap_or(authority.len()),
	};
	let (host, rest) = authority.split_at(end);
	match rest.strip_prefix(':') {
		None if rest.is_empty() => Some((host, None)),
		None => None,
		port => Some((host, port)),
	}
}

fn check_host(host: &str) -> Result<(), Malformed> {
	let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
	let good = match bracketed {
		Some(address) => {
			address.parse::<Ipv6Addr>().is_ok_and(|parsed| format!("{parsed}") == address)
		}
		None => is_name(host),
	};
	good.then_some(()).ok_or(Malformed::Host)
}

/// Whether the text is a lower-case name, or an IPv4 address. A name whose last label is a
/// number is an IPv4 address or nothing, because clients read the name as an address.
fn is_name(host: &str) -> bool {
	let is_label = |label: &str| {
		(1..=MAX_LABEL).contains(&label.len())
			&& label
				.bytes()
				.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
			&& !label.starts_with('-')
			&& !label.ends_with('-')
	};
	let is_number =
		host.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
	host.len() <= MAX_HOST
		&& host.split('.').all(is_label)
		&& (!is_number || host.parse::<Ipv4Addr>().is_ok())
}

fn read_port(digits: &str) -> Result<u16, Malformed> {
	let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
	digits.parse().ok().filter(|_| plain).ok_or(Malformed::Port)
}

fn check_path(path: &str) -> Result<(), Malformed> {
	let is_segment = |segment: &str| {
		!matches!(segment, "" | "." | "..")
			&& segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_~.".contains(&byte))
	};
	let good = match path.strip_prefix('/') {
		Some(segments) => segments.split('/').all(is_segment),
		None => path.is_empty(),
	};
	good.then_some(()).ok_or(Malformed::Path)
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{string::ToString, vec::Vec};
	use proptest::prelude::*;

	#[test]
	fn url_should_be_taken_apart() {
		let host_port = |text| Url::parse(text).unwrap().host_port().to_string();
		for (text, expected) in [
			("https://vault.example", "vault.example:443"),
			("http://vault.example", "vault.example:80"),
			("https://vault.example:8443/store", "vault.example:8443"),
			("http://10.0.0.2:8080", "10.0.0.2:8080"),
			("https://[2001:db8::1]", "[2001:db8::1]:443"),
			("https://[2001:db8::1]:9000/x", "[2001:db8::1]:9000"),
		] {
			assert_eq!(host_port(text), expected, "{text}");
		}
		let url = Url::parse("http://[::1]:9001/a/b").unwrap();
		assert_eq!((url.scheme(), url.host(), url.path()), (Scheme::Http, "[::1]", "/a/b"));
		assert_eq!(url.to_string(), "http://[::1]:9001/a/b");
	}

	#[test]
	fn malformed_should_name_the_part() {
		for (text, expected) in [
			("", Malformed::Scheme),
			("HTTPS://vault.example", Malformed::Scheme),
			("https://user:word@vault.example", Malformed::Excess),
			("https://vault.example/?x=1", Malformed::Excess),
			("https://", Malformed::Host),
			("https://[::1]80", Malformed::Host),
			("https://Vault.example", Malformed::Host),
			("https://vault.example:", Malformed::Port),
			("https://vault.example:080", Malformed::Port),
			("https://vault.example/", Malformed::Path),
			("https://vault.example/a b", Malformed::Path),
		] {
			assert_eq!(Url::parse(text), Err(expected), "{text}");
			assert!(!expected.to_string().is_empty());
		}
	}

	#[test]
	fn host_should_be_refused_when_longer_than_a_name_can_be() {
		let label = "a".repeat(MAX_LABEL);
		let longest = [&label[..], &label, &label, &label[2..]].join(".");
		assert_eq!(longest.len(), MAX_HOST);
		assert!(HostPort::parse(&format!("{longest}:1")).is_ok());
		assert!(HostPort::parse(&format!("a{longest}:1")).is_err());
		assert!(HostPort::parse(&format!("a{label}:1")).is_err());
	}

	proptest! {
		#[test]
		fn url_should_be_read_when_put_together(
			scheme in "https?",
			labels in proptest::collection::vec("[a-z]([a-z0-9-]{0,8}[a-z0-9])?", 1..4),
			port in proptest::option::of(1u16..),
			path in proptest::collection::vec("[A-Za-z0-9_~-]{1,6}", 0..4),
		) {
			let host = labels.join(".");
			let written = port.map(|port| format!(":{port}")).unwrap_or_default();
			let path: String = path.iter().map(|segment| format!("/{segment}")).collect();
			let text = format!("{scheme}://{host}{written}{path}");
			let url = Url::parse(&text).unwrap();
			let expected = port.unwrap_or(if scheme == "http" { 80 } else { 443 });
			prop_assert_eq!(url.host_port().to_string(), format!("{}:{}", host, expected));
			prop_assert_eq!(url.path(), path);
			let written = url.host_port().to_string();
			prop_assert_eq!(HostPort::parse(&written), Ok(url.host_port()));
		}

		#[test]
		fn url_should_be_refused_when_a_byte_has_no_place(
			before in "[a-z0-9./:-]{0,20}",
			wrong in r"[^a-zA-Z0-9./:\[\]_~-]",
			after in "[a-z0-9./:-]{0,20}",
		) {
			let text = format!("https://{before}{wrong}{after}");
			prop_assert!(Url::parse(&text).is_err(), "{}", text);
		}

		#[test]
		fn host_should_be_the_text_before_the_path(
			name in "[a-z0-9.\\-@:\\[\\]?#/%]{1,24}",
		) {
			let text = format!("http://{name}");
			if let Ok(url) = Url::parse(&text) {
				let authority = name.split('/').next().unwrap_or_default();
				let host_port = url.host_port().to_string();
				let same = [authority.to_string(), format!("{authority}:80")];
				prop_assert!(same.contains(&host_port), "{} read as {}", name, host_port);
			}
		}

		#[test]
		fn parsing_should_never_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
			let text = format!("{text}{}", String::from_utf8_lossy(&bytes));
			for prefix in ["", "https://", "https://[", "http://a:"] {
				let _ = Url::parse(&format!("{prefix}{text}"));
				let _ = HostPort::parse(&format!("{prefix}{text}"));
			}
		}
	}
}
