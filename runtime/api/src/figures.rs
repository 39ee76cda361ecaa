//! What a block tells the operators' metrics.

pub use pallet_emergencies::Owed;

use assent_policy::{OrganisationId, RecordId, VersionNumber};
use assent_support::Finding;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::AccountId32;

/// A change that operators watch and that the SDK does not count.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Notice {
	/// The workers agreed on a new state of a document.
	DocumentFound {
		/// The record.
		record: RecordId,
		/// The custodian of the document.
		custodian: OrganisationId,
		/// The record's document version.
		version: VersionNumber,
		/// The finding.
		finding: Finding,
	},
	/// A worker attested a document.
	Attested {
		/// The organisation whose worker attested.
		organisation: OrganisationId,
	},
	/// A validator was proven to have signed two conflicting votes.
	Offended {
		/// The validator.
		validator: AccountId32,
	},
}
