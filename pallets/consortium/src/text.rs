//! The few texts that the chain holds: legal names and addresses.

use assent_protocol::endpoint::Url;

/// Whether `name` may be an organisation's legal name: UTF-8, not empty, without control
/// characters and without white space at its ends.
pub fn check_name(name: &[u8]) -> bool {
	core::str::from_utf8(name).is_ok_and(|name| {
		!name.is_empty() && name.trim() == name && !name.chars().any(char::is_control)
	})
}

/// Whether `uri` may be the address of a base policy's text: printable ASCII without spaces.
pub fn check_uri(uri: &[u8]) -> bool {
	!uri.is_empty() && uri.iter().all(u8::is_ascii_graphic)
}

/// Whether `url` may be the endpoint of a document vault: a URL in the one spelling of
/// [`assent_protocol::endpoint`], as in `https://vault.example:8443/assent`. The workers read
/// the endpoint by the same grammar, and operators list hosts in the same spelling.
pub fn check_url(url: &[u8]) -> bool {
	core::str::from_utf8(url).is_ok_and(|url| Url::parse(url).is_ok())
}
