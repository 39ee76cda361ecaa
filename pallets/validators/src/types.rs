//! The stored types: the row and the status of a validator.

use assent_policy::OrganisationId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_staking::SessionIndex;

/// The status of a validator.
#[frame_support::stored]
#[derive(Copy)]
pub enum ValidatorStatus {
	/// The validator takes part after its session keys are set, while its organisation is active.
	Active,
	/// The validator was proven to have signed two conflicting votes. The validator takes no part
	/// until the council reinstates it, except disabled, to keep the minimum.
	Offended {
		/// The session of the offence.
		session: SessionIndex,
	},
	/// The council removed the validator. The validator goes when the running session is without
	/// it.
	Leaving,
}

/// A validator.
#[frame_support::stored]
pub struct ValidatorInfo {
	/// The organisation of the validator.
	pub organisation: OrganisationId,
	/// The status.
	pub status: ValidatorStatus,
	/// The session in which the council last reinstated the validator, or 0. Offences of earlier
	/// sessions are settled. A later report of another validator that names such an offence again
	/// has no effect.
	pub cleared: SessionIndex,
}

/// The consequence of an offence for the validator.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum OffenceOutcome {
	/// The validator is not in the next plan.
	Leaves,
	/// Without the validator there would be fewer validators than the minimum. The validator stays,
	/// disabled, until another one is added.
	Stays,
}
