//! Who acts for a patient, and what that allows.

use assent_policy::Maker;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

macro_rules! words {
	($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord,
			Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
		)]
		pub enum $name { $($(#[$vdoc])* $variant),+ }
	};
}

words! {
	/// How an account stands to a patient id, the stronger first.
	Relation {
		/// It controls the id.
		Controller,
		/// It is a guardian whose term runs: acts by right.
		Guardian,
		/// It is a delegate whose term runs: acts by mandate.
		Delegate,
	}
}

impl Relation {
	/// In whose right a directive counts that the account makes.
	pub const fn maker(self) -> Maker {
		match self {
			Self::Controller => Maker::Patient,
			Self::Guardian | Self::Delegate => Maker::Representative,
		}
	}
}

words! {
	/// Something done in a patient's name.
	Deed {
		/// Make a directive: let somebody in, or keep somebody out.
		Share,
		/// Approve or refuse a request.
		AnswerRequests,
		/// Withdraw a directive.
		Withdraw,
		/// Dispute what a record says.
		Dispute,
		/// Open the patient's documents.
		OpenDocuments,
	}
}

words! {
	/// What two organisations say of a patient.
	Condition {
		/// Able to decide: what holds of everybody of whom nothing else is said.
		Capable,
		/// Unable to decide for the time being.
		Incapable,
		/// Dead.
		Deceased,
	}
}

words! {
	/// What a patient id is open to.
	Phase {
		/// In use.
		InUse,
		/// Taken out of use by its controller: nothing new can be granted under it.
		Left,
		/// Of a patient who is dead: nothing new can be granted, nothing is urgent.
		Deceased,
	}
}

words! {
	/// Why an account may not do something in a patient's name.
	Refusal {
		/// It does not act for the patient, or there is no such patient.
		Stranger,
		/// It is a delegate whose mandate lacks this.
		NotInMandate,
		/// The id was left.
		Left,
		/// The id's control is being recovered: only withdrawing goes on.
		InRecovery,
		/// The patient can't decide: a guardian acts.
		Incapable,
		/// The patient is dead.
		Deceased,
	}
}

/// Gives each [`Refusal`] its name among the errors of a pallet. One cause has the same name in
/// every pallet.
///
/// The pallet passes its `Error` and its `Config`. The error has these six variants, and no
/// pallet gives a refusal a name of its own.
#[macro_export]
macro_rules! refusal_errors {
	($error:ident, $config:ident) => {
		impl<T: $config> From<$crate::Refusal> for $error<T> {
			fn from(refusal: $crate::Refusal) -> Self {
				match refusal {
					$crate::Refusal::Stranger => Self::NotAuthorized,
					$crate::Refusal::NotInMandate => Self::NotInMandate,
					$crate::Refusal::Left => Self::PatientLeft,
					$crate::Refusal::InRecovery => Self::RecoveryRunning,
					$crate::Refusal::Incapable => Self::PatientIncapable,
					$crate::Refusal::Deceased => Self::PatientDeceased,
				}
			}
		}
	};
}
