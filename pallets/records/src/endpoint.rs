//! The endpoint of a custodian's vault, as the worker reads the endpoint. The consortium
//! checked the same text by the same grammar. The host that the worker compares with the
//! operator's list is the host to which the HTTP client connects.

use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use assent_policy::OrganisationId;
use assent_protocol::endpoint::Url;

/// An endpoint taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint<'a> {
	url: Url<'a>,
	/// Host and port. The port is always named.
	pub(crate) host: String,
}

impl<'a> Endpoint<'a> {
	/// Reads a URL in the one spelling of [`assent_protocol::endpoint`].
	pub(crate) fn parse(url: &'a [u8]) -> Option<Self> {
		let url = Url::parse(core::str::from_utf8(url).ok()?).ok()?;
		let host = url.host_port().to_string();
		Some(Self { url, host })
	}

	/// Whether the operator allowed this host and port.
	pub(crate) fn is_allowed(&self, allowed: &[Vec<u8>]) -> bool {
		allowed.iter().any(|host| host.eq_ignore_ascii_case(self.host.as_bytes()))
	}

	/// The URL at which the worker fetches the document with this ciphertext.
	pub(crate) fn document(&self, ciphertext: &[u8; 32]) -> String {
		self.url.document(ciphertext)
	}
}

/// The reason for which the worker does not ask an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoEndpoint {
	/// The council approved no endpoint of the organisation.
	NotApproved(OrganisationId),
	/// The endpoint is no URL in the one spelling.
	Malformed(OrganisationId),
	/// The operator of this node did not allow the host and port.
	NotAllowed(String),
}
