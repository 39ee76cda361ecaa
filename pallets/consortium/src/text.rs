//! What may stand in the few texts that the chain holds: legal names and addresses.

use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

/// Whether `name` may be an organisation's legal name: UTF-8, not empty, without control
/// characters and without white space at its ends.
pub fn check_name(name: &[u8]) -> bool {
	core::str::from_utf8(name).is_ok_and(|name| {
		!name.is_empty() && name.trim() == name && !name.chars().any(char::is_control)
	})
}

/// Whether `uri` may say where a base policy's text stands: printable ASCII without spaces.
pub fn check_uri(uri: &[u8]) -> bool {
	!uri.is_empty() && uri.iter().all(u8::is_ascii_graphic)
}

/// Whether `url` may be the endpoint of a document vault: `http://` or `https://`, a host, a
/// port if wanted, and a plain path if wanted, as in `https://vault.example:8443/assent`.
///
/// One address has one spelling, so that the operators' lists of allowed hosts can be
/// compared byte by byte: the host is a lower-case name, an IPv4 address or an IPv6 address
/// in brackets; the port is a number from 1 without leading zeros; a path consists of
/// segments of letters, digits, `-`, `_`, `~` and `.`, none of them `.` or `..`, without a
/// slash at its end. No user, query or fragment: they could carry what must not be on chain.
pub fn check_url(url: &[u8]) -> bool {
	let Ok(url) = core::str::from_utf8(url) else {
		return false;
	};
	let Some(rest) = url
		.strip_prefix("https://")
		.or_else(|| url.strip_prefix("http://"))
	else {
		return false;
	};
	let (authority, path) = match rest.find('/') {
		Some(slash) => rest.split_at(slash),
		None => (rest, ""),
	};
	let (host, port) = match authority.strip_prefix('[') {
		Some(bracketed) => match bracketed.split_once(']') {
			Some((address, "")) => (check_ipv6(address), None),
			Some((address, port)) => (check_ipv6(address), Some(port)),
			None => return false,
		},
		None => match authority.find(':') {
			Some(colon) => {
				let (host, port) = authority.split_at(colon);
				(check_host(host), Some(port))
			}
			None => (check_host(authority), None),
		},
	};
	host && port.is_none_or(check_port) && check_path(path)
}

/// An IPv6 address in its one canonical spelling.
fn check_ipv6(address: &str) -> bool {
	address
		.parse::<Ipv6Addr>()
		.is_ok_and(|parsed| alloc::format!("{parsed}") == address)
}

/// A lower-case DNS name or an IPv4 address.
fn check_host(host: &str) -> bool {
	let labels: Vec<&str> = host.split('.').collect();
	let label = |label: &&str| {
		(1..=63).contains(&label.len())
			&& label
				.bytes()
				.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
			&& !label.starts_with('-')
			&& !label.ends_with('-')
	};
	let numeric = labels
		.last()
		.is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
	labels.iter().all(label) && (!numeric || host.parse::<Ipv4Addr>().is_ok())
}

/// A colon and a port number.
fn check_port(port: &str) -> bool {
	port.strip_prefix(':').is_some_and(|digits| {
		digits.bytes().all(|b| b.is_ascii_digit())
			&& !digits.starts_with('0')
			&& digits.parse::<u16>().is_ok()
	})
}

/// Nothing, or segments that each begin with a slash.
fn check_path(path: &str) -> bool {
	let segment = |segment: &str| {
		!matches!(segment, "" | "." | "..")
			&& segment
				.bytes()
				.all(|b| b.is_ascii_alphanumeric() || b"-_~.".contains(&b))
	};
	match path.strip_prefix('/') {
		Some(segments) => segments.split('/').all(segment),
		None => path.is_empty(),
	}
}
