//! `guardian`: accounts that act for a patient by right, by the word of two organisations.

mod confirm;
mod end;
mod propose;
mod wards;

verbs! {
	/// The verbs.
	Guardian {
		Propose(propose::Propose),
		Confirm(confirm::Confirm),
		End(end::End),
		Wards(wards::Wards),
	}
}
