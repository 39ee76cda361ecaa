//! What the consortium stores of its members and their practitioners.

use alloc::{string::String, vec::Vec};
use assent_policy::{
	Directive, Groups, Moment, OrganisationId, PolicyVersion, Practitioner, Roles,
};
use frame_support::{traits::ConstU32, BoundedBTreeSet, BoundedVec};
use serde::{Deserialize, Serialize};
use sp_runtime::AccountId32;

/// The longest legal name, in bytes of UTF-8.
pub const MAX_NAME: u32 = 64;
/// The longest endpoint or locator, in bytes.
pub const MAX_URL: u32 = 128;
/// The most agents of one organisation, its controller not counted.
pub const MAX_AGENTS: u32 = 16;
/// The largest page of a list of practitioners.
pub const MAX_PAGE: u32 = 100;
/// The largest page of versions of a base policy, each of which may have kilobytes.
pub const MAX_POLICY_PAGE: u32 = 10;

/// An organisation's legal name, UTF-8.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// Where a document vault answers: see [`crate::check_url`].
pub type Url = BoundedVec<u8, ConstU32<MAX_URL>>;
/// Where the text of a base policy stands: printable ASCII without spaces.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URL>>;
/// The accounts that act for an organisation beside its controller.
pub type Agents = BoundedBTreeSet<AccountId32, ConstU32<MAX_AGENTS>>;

/// What an organisation is.
#[frame_support::stored]
#[derive(Copy, Serialize, Deserialize)]
pub enum OrganisationKind {
	/// A hospital or practice.
	Hospital,
	/// A laboratory.
	Laboratory,
	/// A health insurer.
	Insurer,
	/// A research institute.
	ResearchInstitute,
	/// A public body.
	PublicBody,
}

/// How an organisation stands.
#[frame_support::stored]
#[derive(Copy)]
pub enum OrganisationStatus {
	/// A member: has a seat, acts, and its practitioners' credentials count.
	Active,
	/// Halted by the council until it is reinstated: no seat, no acts, no credentials.
	Suspended,
	/// Gone for good. What it registered stays under its number.
	Removed,
}

/// A member of the consortium.
#[frame_support::stored]
pub struct Organisation {
	/// Its legal name, on chain by design: members are known by name.
	pub name: Name,
	/// What it is.
	pub kind: OrganisationKind,
	/// How it stands.
	pub status: OrganisationStatus,
	/// The account that holds its council seat and names its agents. Of a removed
	/// organisation: the last one.
	pub controller: AccountId32,
	/// The accounts that act for it day by day. Empty once it is removed.
	pub agents: Agents,
	/// When it was admitted; 0 for those of the genesis block.
	pub admitted: Moment,
	/// The newest version of its base policy, if it registered one.
	pub policy: Option<PolicyVersion>,
}

/// The rules of an organisation for the documents it holds, in one version.
#[frame_support::stored]
pub struct BasePolicy {
	/// Where its text stands.
	pub uri: Uri,
	/// Its number, from 1.
	pub version: PolicyVersion,
	/// BLAKE3 of its text, so that a reader knows the text is the registered one.
	pub hash: [u8; 32],
	/// The rules as the chain decides by them.
	pub rules: Directive,
	/// When it was registered.
	pub registered: Moment,
}

/// Where an organisation's document vault answers.
#[frame_support::stored]
#[derive(Default)]
pub struct Endpoint {
	/// The one in use: approved by the council.
	pub approved: Option<Url>,
	/// The one that waits for the council.
	pub proposed: Option<Url>,
}

/// What an organisation vouches for: a practitioner's roles and care teams, for a time.
#[frame_support::stored]
pub struct Credential {
	/// The organisation that vouches.
	pub organisation: OrganisationId,
	/// The roles: at least one.
	pub roles: Roles,
	/// The care teams, blinded.
	pub groups: Groups,
	/// First moment that counts.
	pub from: Moment,
	/// First moment that no longer counts.
	pub until: Moment,
	/// When it was revoked, if it was.
	pub revoked: Option<Moment>,
}

impl Credential {
	/// Whether it counts at `at`, its organisation's standing left aside.
	pub fn counts(&self, at: Moment) -> bool {
		self.from <= at && at < self.until && self.revoked.is_none_or(|revoked| at < revoked)
	}

	/// Whether it counts at `now` or still will: then no other organisation may replace it.
	pub fn is_held(&self, now: Moment) -> bool {
		now < self.until && self.revoked.is_none()
	}

	/// The credential as the decision function reads it.
	pub fn practitioner(self, account: &AccountId32) -> Practitioner {
		Practitioner {
			account: account.clone().into(),
			organisation: self.organisation,
			roles: self.roles,
			groups: self.groups,
		}
	}
}

/// A founding member, as a chain specification names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisOrganisation {
	/// Its legal name.
	pub name: String,
	/// What it is.
	pub kind: OrganisationKind,
	/// Its controller.
	pub controller: AccountId32,
	/// Its agents.
	#[serde(default)]
	pub agents: Vec<AccountId32>,
	/// Where its document vault answers: approved from the start.
	#[serde(default)]
	pub endpoint: Option<String>,
}
