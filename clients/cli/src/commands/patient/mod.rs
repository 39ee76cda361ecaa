//! `patient`: patient ids. For the accounts that act for them see `guardian` and `delegate`.

mod consent_to_enrol;
mod enrol;
mod leave;
mod mark_private;
mod show;

verbs! {
	/// The verbs.
	Patient {
		Enrol(enrol::Enrol),
		ConsentToEnrol(consent_to_enrol::ConsentToEnrol),
		Show(show::Show),
		MarkPrivate(mark_private::MarkPrivate),
		Leave(leave::Leave),
	}
}
