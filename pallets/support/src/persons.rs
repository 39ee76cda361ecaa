//! The accounts that act for a patient, and the rights of each.

use assent_policy::{vocabulary, Maker};

vocabulary! {
	/// The relation of an account to a patient id, the strongest first.
	Relation: "relation" {
		/// The account controls the id.
		Controller = "controller",
		/// The account is a guardian with a running term. A guardian acts by right.
		Guardian = "guardian",
		/// The account is a delegate with a running term. A delegate acts by mandate.
		Delegate = "delegate",
	}
}

impl Relation {
	/// The maker of a directive that the account makes.
	pub const fn maker(self) -> Maker {
		match self {
			Self::Controller => Maker::Patient,
			Self::Guardian | Self::Delegate => Maker::Representative,
		}
	}
}

vocabulary! {
	/// A deed in a patient's name.
	Deed: "deed" {
		/// Make a directive, which permits or denies access.
		Share = "share",
		/// Approve or refuse a request.
		AnswerRequests = "answer-requests",
		/// Withdraw a directive.
		Withdraw = "withdraw",
		/// Dispute the content of a record.
		Dispute = "dispute",
		/// Open the patient's documents.
		OpenDocuments = "open-documents",
	}
}

vocabulary! {
	/// The condition of a patient, as two organisations say.
	Condition: "condition" {
		/// Able to decide. The condition of everybody about whom no other condition is confirmed.
		Capable = "capable",
		/// Unable to decide for the time being.
		Incapable = "incapable",
		/// Dead.
		Deceased = "deceased",
	}
}

vocabulary! {
	/// The phase of a patient id, which limits the deeds.
	Phase: "phase" {
		/// In use.
		InUse = "in-use",
		/// Taken out of use by the controller. New grants under the id are impossible.
		Left = "left",
		/// The patient is dead. New grants and emergencies are impossible.
		Deceased = "deceased",
	}
}

vocabulary! {
	/// Why an account may not do a deed in a patient's name.
	Refusal: "refusal" {
		/// The account does not act for the patient, or there is no such patient.
		Stranger = "stranger",
		/// The account is a delegate whose mandate lacks the deed.
		NotInMandate = "not-in-mandate",
		/// The controller took the id out of use.
		Left = "left",
		/// The control of the id is being recovered. The account may only withdraw.
		InRecovery = "in-recovery",
		/// The patient cannot decide. A guardian acts.
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
