//! Members of the consortium.

use crate::{
	parse::{
		directive,
		ids::{address, hex},
		time,
	},
	show::moment,
};
use assent_policy::{Moment, OrganisationId, PolicyVersion};
use pallet_consortium::{BasePolicy, Endpoint, OrganisationKind, OrganisationStatus, Url};
use serde::Serialize;
use serde_json::Value;

/// A version of a base policy.
#[derive(Debug, Serialize)]
pub struct Policy {
	version: PolicyVersion,
	uri: String,
	hash: String,
	rules: Value,
	registered: String,
	#[serde(skip)]
	described: String,
}

impl From<&BasePolicy> for Policy {
	fn from(policy: &BasePolicy) -> Self {
		Self {
			version: policy.version,
			uri: text(&policy.uri),
			hash: hex(policy.hash),
			rules: directive::write(&policy.rules),
			registered: time::write(policy.registered),
			described: directive::describe(&policy.rules),
		}
	}
}

impl Policy {
	/// A row of a table: version, registered, uri, rules.
	pub fn row(&self) -> [String; 4] {
		[
			self.version.to_string(),
			self.registered.clone(),
			self.uri.clone(),
			self.described.clone(),
		]
	}
}

/// A member with its vault and its newest base policy.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
	/// The number.
	pub organisation: OrganisationId,
	/// The name.
	pub name: String,
	/// The kind.
	pub kind: OrganisationKind,
	/// The standing.
	pub status: OrganisationStatus,
	/// The controlling account.
	pub controller: String,
	/// The agents.
	pub agents: Vec<String>,
	/// The moment of admission; none for founding members.
	pub admitted: Option<String>,
	/// The approved address of the vault.
	pub endpoint: Option<String>,
	/// The proposed address of the vault.
	pub proposed_endpoint: Option<String>,
	policy: Option<Policy>,
}

impl Organisation {
	/// The member with this number.
	pub fn new(
		organisation: OrganisationId,
		row: &pallet_consortium::Organisation,
		endpoint: &Endpoint,
		policy: Option<&BasePolicy>,
	) -> Self {
		Self {
			organisation,
			name: text(&row.name),
			kind: row.kind,
			status: row.status,
			controller: address(&row.controller),
			agents: row.agents.iter().map(address).collect(),
			admitted: moment(admitted(row)),
			endpoint: url(endpoint.approved.as_ref()),
			proposed_endpoint: url(endpoint.proposed.as_ref()),
			policy: policy.map(Policy::from),
		}
	}

	/// The base policy for people.
	pub fn policy_text(&self) -> Option<String> {
		self.policy.as_ref().map(|policy| {
			format!(
				"version {}, {}, {}\n{}",
				policy.version, policy.uri, policy.hash, policy.described
			)
		})
	}
}

fn admitted(row: &pallet_consortium::Organisation) -> Option<Moment> {
	Some(row.admitted).filter(|at| *at > 0)
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

fn url(url: Option<&Url>) -> Option<String> {
	url.map(|url| text(url))
}
