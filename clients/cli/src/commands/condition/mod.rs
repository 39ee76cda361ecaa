//! `condition`: the condition of a patient, by the word of two organisations.

mod confirm;
mod report;

verbs! {
	/// The verbs.
	Condition {
		Report(report::Report),
		Confirm(confirm::Confirm),
	}
}
