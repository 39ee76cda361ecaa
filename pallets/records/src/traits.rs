//! What the register asks of the runtime.

use crate::crypto::AttestationPublic;
use alloc::vec::Vec;
use assent_policy::OrganisationId;

/// Who attests: the organisations that run validators, by their attestation keys.
pub trait Attestors {
	/// The organisation of the validator in the set now whose session key this is.
	fn organisation(key: &AttestationPublic) -> Option<OrganisationId>;
	/// Every organisation with a validator in the set now, each once. Those beyond the
	/// hundredth are not counted.
	fn organisations() -> Vec<OrganisationId>;
}

/// Where the organisations keep documents.
pub trait Endpoints {
	/// The endpoint that the council approved for the organisation. Asked off chain only.
	fn url(organisation: OrganisationId) -> Option<Vec<u8>>;
}
