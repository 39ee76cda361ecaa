//! `trail`: a sequence of the trail, walked back from a head proven against a final header.

mod show;

verbs! {
	/// The verbs.
	Trail {
		Show(show::Show),
	}
}
