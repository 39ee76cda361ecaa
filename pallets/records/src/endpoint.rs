//! Reads an endpoint's URL as strictly as the guard needs: what is compared with the
//! operator's list of hosts must be what the HTTP client connects to.

use alloc::{format, string::String};
use assent_policy::OrganisationId;
use sp_core::hexdisplay::HexDisplay;

/// The longest URL that is looked at.
const MAX_LENGTH: usize = 256;

/// An endpoint taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint<'a> {
	/// The URL up to the path of the documents, without a slash at its end.
	base: &'a str,
	/// Host and port, the port always named.
	pub(crate) host: String,
}

impl<'a> Endpoint<'a> {
	/// Reads `http://` or `https://`, a host name, an IPv4 address or an IPv6 address in
	/// brackets, maybe a port, maybe a path; nothing else, and no character that clients read
	/// in different ways.
	pub(crate) fn parse(url: &'a [u8]) -> Option<Self> {
		if url.len() > MAX_LENGTH {
			return None;
		}
		let url = core::str::from_utf8(url).ok()?;
		let (rest, default_port) = match url.strip_prefix("https://") {
			Some(rest) => (rest, 443),
			None => (url.strip_prefix("http://")?, 80),
		};
		let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
		if !path
			.bytes()
			.all(|byte| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte))
		{
			return None;
		}
		let (name, port) = match authority.strip_prefix('[') {
			Some(address) => {
				let (address, port) = address.split_once(']')?;
				let well_formed = address.contains(':')
					&& address
						.bytes()
						.all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
				if !well_formed {
					return None;
				}
				let port = if port.is_empty() {
					None
				} else {
					Some(port.strip_prefix(':')?)
				};
				(format!("[{address}]"), port)
			}
			None => {
				let (name, port) = match authority.split_once(':') {
					Some((name, port)) => (name, Some(port)),
					None => (authority, None),
				};
				let well_formed = !name.is_empty()
					&& name
						.bytes()
						.all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
				if !well_formed {
					return None;
				}
				(String::from(name), port)
			}
		};
		let port = match port {
			Some(digits) => {
				let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
				digits
					.parse::<u16>()
					.ok()
					.filter(|port| plain && *port > 0)?
			}
			None => default_port,
		};
		let mut host = format!("{name}:{port}");
		host.make_ascii_lowercase();
		Some(Self {
			base: url.trim_end_matches('/'),
			host,
		})
	}

	/// Whether the operator allowed this host and port.
	pub(crate) fn is_allowed(&self, allowed: &[alloc::vec::Vec<u8>]) -> bool {
		allowed
			.iter()
			.any(|host| host.eq_ignore_ascii_case(self.host.as_bytes()))
	}

	/// Where the document with this ciphertext is fetched.
	pub(crate) fn document(&self, ciphertext: &[u8; 32]) -> String {
		format!(
			"{}/v1/documents/{}",
			self.base,
			HexDisplay::from(ciphertext)
		)
	}
}

/// Why an endpoint is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoEndpoint {
	/// None is approved for the organisation.
	NotApproved(OrganisationId),
	/// It is not a URL that the worker reads.
	Malformed(OrganisationId),
	/// This node's operator did not allow the host and port.
	NotAllowed(String),
}
