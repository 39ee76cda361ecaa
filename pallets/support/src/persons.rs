//! Who acts for a patient, and what that allows.

use assent_policy::{vocabulary, Maker};

vocabulary! {
	/// How an account stands to a patient id, the stronger first.
	Relation: "relation" {
		/// It controls the id.
		Controller = "controller",
		/// It is a guardian whose term runs: acts by right.
		Guardian = "guardian",
		/// It is a delegate whose term runs: acts by mandate.
		Delegate = "delegate",
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

vocabulary! {
	/// Something done in a patient's name.
	Deed: "deed" {
		/// Make a directive: let somebody in, or keep somebody out.
		Share = "share",
		/// Approve or refuse a request.
		AnswerRequests = "answer-requests",
		/// Withdraw a directive.
		Withdraw = "withdraw",
		/// Dispute what a record says.
		Dispute = "dispute",
		/// Open the patient's documents.
		OpenDocuments = "open-documents",
	}
}

vocabulary! {
	/// What two organisations say of a patient.
	Condition: "condition" {
		/// Able to decide: what holds of everybody of whom nothing else is said.
		Capable = "capable",
		/// Unable to decide for the time being.
		Incapable = "incapable",
		/// Dead.
		Deceased = "deceased",
	}
}

vocabulary! {
	/// What a patient id is open to.
	Phase: "phase" {
		/// In use.
		InUse = "in-use",
		/// Taken out of use by its controller: nothing new can be granted under it.
		Left = "left",
		/// Of a patient who is dead: nothing new can be granted, nothing is urgent.
		Deceased = "deceased",
	}
}

vocabulary! {
	/// Why an account may not do something in a patient's name.
	Refusal: "refusal" {
		/// It does not act for the patient, or there is no such patient.
		Stranger = "stranger",
		/// It is a delegate whose mandate lacks this.
		NotInMandate = "not-in-mandate",
		/// The id was left.
		Left = "left",
		/// The id's control is being recovered: only withdrawing goes on.
		InRecovery = "in-recovery",
		/// The patient can't decide: a guardian acts.
		Incapable = "incapable",
		/// The patient is dead.
		Deceased = "deceased",
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
