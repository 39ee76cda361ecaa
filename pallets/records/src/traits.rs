//! The questions of the register to the runtime.

use crate::crypto::AttestationPublic;
use alloc::vec::Vec;
use assent_policy::OrganisationId;

/// The attesting organisations: those with validators, by their attestation keys.
pub trait Attestors {
	/// The organisation of the validator with this session key, if the validator is in the set now.
	fn organisation(key: &AttestationPublic) -> Option<OrganisationId>;
	/// Every organisation with a validator in the set now, each once. Organisations after the
	/// hundredth are left out.
	fn organisations() -> Vec<OrganisationId>;
}

/// The addresses of the organisations' vaults.
pub trait Endpoints {
	/// The endpoint that the council approved for the organisation. Asked off chain only.
	fn url(organisation: OrganisationId) -> Option<Vec<u8>>;
}
