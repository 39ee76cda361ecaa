//! What is kept of a validator.

use assent_policy::OrganisationId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_staking::SessionIndex;

/// How a validator stands.
#[frame_support::stored]
#[derive(Copy)]
pub enum ValidatorStatus {
	/// Takes part once its session keys are set and while its organisation is active.
	Active,
	/// Was proven to have signed two conflicting votes. Takes no part until the council
	/// reinstates it, except disabled, to keep the minimum.
	Offended {
		/// The session of the offence.
		session: SessionIndex,
	},
	/// Removed by the council; goes when the running session no longer has it.
	Leaving,
}

/// A validator.
#[frame_support::stored]
pub struct ValidatorInfo {
	/// The organisation that runs it.
	pub organisation: OrganisationId,
	/// How it stands.
	pub status: ValidatorStatus,
	/// The session in which the council last reinstated it, or 0. Offences of earlier
	/// sessions are settled: a report of another's that brings them up again does nothing.
	pub cleared: SessionIndex,
}

/// What becomes of a validator that offended.
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
	/// It is not in the set that is planned next.
	Leaves,
	/// Without it there would be fewer validators than the minimum: it stays, disabled,
	/// until another one is added.
	Stays,
}
