//! The stored types: members, endpoints, base policies and credentials.

use alloc::{string::String, vec::Vec};
use assent_policy::{
	vocabulary, Directive, Groups, Moment, OrganisationId, PolicyVersion, Practitioner, Roles,
};
use assent_protocol::messages::{Capacity, Engagement};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedBTreeSet, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::{AccountId32, MultiSignature};

/// The longest legal name, in bytes of UTF-8.
pub const MAX_NAME: u32 = 64;
/// The longest endpoint or locator, in bytes.
pub const MAX_URL: u32 = 128;
/// The most agents of one organisation, its controller not counted.
pub const MAX_AGENTS: u32 = 16;
/// The number of days ahead for which an account can agree to an engagement. A longer consent is
/// one that the account may have forgotten.
pub const MAX_CONSENT_DAYS: u32 = 366;
/// The milliseconds of a day.
const DAY: Moment = 24 * 60 * 60 * 1_000;
/// The largest page of versions of a base policy. A version may have kilobytes.
pub const MAX_POLICY_PAGE: u32 = 10;

/// An organisation's legal name, UTF-8.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;
/// The address of a document vault: see [`crate::check_url`].
pub type Url = BoundedVec<u8, ConstU32<MAX_URL>>;
/// The address of a base policy's text: printable ASCII without spaces.
pub type Uri = BoundedVec<u8, ConstU32<MAX_URL>>;
/// The accounts of an organisation without the controller.
pub type Agents = BoundedBTreeSet<AccountId32, ConstU32<MAX_AGENTS>>;

vocabulary! {
	/// The kind of an organisation.
	OrganisationKind: "kind of organisation" {
		/// A hospital or practice.
		Hospital = "hospital",
		/// A laboratory.
		Laboratory = "laboratory",
		/// A health insurer.
		Insurer = "insurer",
		/// A research institute.
		ResearchInstitute = "research-institute",
		/// A public body.
		PublicBody = "public-body",
	}
}

vocabulary! {
	/// The standing of an organisation.
	OrganisationStatus: "standing" {
		/// A member: the organisation has a seat and acts, and the credentials of its practitioners are
		/// valid.
		Active = "active",
		/// Halted by the council until the council reinstates the organisation: no seat, no acts, no
		/// credentials.
		Suspended = "suspended",
		/// Removed for good. Everything that the organisation registered stays under its number.
		Removed = "removed",
	}
}

/// A member of the consortium.
#[frame_support::stored]
pub struct Organisation {
	/// The legal name. The name is on the chain by design: members are known by name.
	pub name: Name,
	/// The kind of organisation.
	pub kind: OrganisationKind,
	/// The standing.
	pub status: OrganisationStatus,
	/// The account that holds the council seat and names the agents. The last controller if the
	/// organisation is removed.
	pub controller: AccountId32,
	/// The accounts that act for the organisation day by day. Empty if the organisation is removed.
	pub agents: Agents,
	/// The moment of admission. 0 for organisations of the genesis block.
	pub admitted: Moment,
	/// The newest version of the base policy, if the organisation registered one.
	pub policy: Option<PolicyVersion>,
}

/// One version of an organisation's rules for the documents in its custody.
#[frame_support::stored]
pub struct BasePolicy {
	/// The address of the text.
	pub uri: Uri,
	/// The number of the version, from 1.
	pub version: PolicyVersion,
	/// BLAKE3 of the text. A reader compares the text with the hash.
	pub hash: [u8; 32],
	/// The rules by which the chain decides.
	pub rules: Directive,
	/// The moment of registration.
	pub registered: Moment,
}

/// The addresses of an organisation's document vault.
#[frame_support::stored]
#[derive(Default)]
pub struct Endpoint {
	/// The address in use, approved by the council.
	pub approved: Option<Url>,
	/// The address that waits for the council.
	pub proposed: Option<Url>,
}

/// The roles and care teams of a practitioner, for a time. An organisation vouches for them.
#[frame_support::stored]
pub struct Credential {
	/// The organisation that vouches.
	pub organisation: OrganisationId,
	/// The roles: at least one.
	pub roles: Roles,
	/// The care teams, blinded.
	pub groups: Groups,
	/// The first moment at which the credential is valid.
	pub from: Moment,
	/// The first moment at which the credential is no longer valid.
	pub until: Moment,
	/// The moment of revocation, if there is one.
	pub revoked: Option<Moment>,
}

impl Credential {
	/// Whether the credential is valid at `at`. The standing of the organisation plays no part.
	pub fn counts(&self, at: Moment) -> bool {
		self.from <= at && at < self.until && self.revoked.is_none_or(|revoked| at < revoked)
	}

	/// Whether the credential is valid at `now` or later. Another organisation may not replace a
	/// held credential.
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

/// The consent of an account to become an organisation's practitioner or agent: the account's
/// signature over [`engagement_message`].
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Consent {
	/// The last day on which the consent can be used, in days since 1970-01-01 by UTC. At most
	/// [`MAX_CONSENT_DAYS`] ahead.
	pub last_day: u32,
	/// The account's signature over the bare message, or over the message in `<Bytes>`.
	pub signature: MultiSignature,
}

/// The day of a moment, in days since 1970-01-01 by UTC.
pub fn day_of(moment: Moment) -> u32 {
	u32::try_from(moment / DAY).unwrap_or(u32::MAX)
}

/// The message that an account signs to become the organisation's practitioner or agent: lines that
/// a wallet shows unchanged.
///
/// The message contains the chain (by the genesis hash), the organisation with its legal name, the
/// capacity, the account and the last day of use. The message also contains the number of
/// engagements that the account had begun before. The signature therefore serves once and only
/// here. Seven lines, no line break at the end.
pub fn engagement_message(
	genesis: H256,
	organisation: OrganisationId,
	name: &Name,
	capacity: Capacity,
	account: &AccountId32,
	last_day: u32,
	number: u32,
) -> Vec<u8> {
	Engagement {
		genesis: genesis.0,
		organisation,
		name: &String::from_utf8_lossy(name),
		capacity,
		account: *account.as_ref(),
		last_day,
		number,
	}
	.message()
	.into_bytes()
}

/// A founding member, in the form of a chain specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisOrganisation {
	/// The legal name.
	pub name: String,
	/// The kind of organisation.
	pub kind: OrganisationKind,
	/// The controller.
	pub controller: AccountId32,
	/// The agents.
	#[serde(default)]
	pub agents: Vec<AccountId32>,
	/// The address of the document vault. The address is approved from the start.
	#[serde(default)]
	pub endpoint: Option<String>,
}
