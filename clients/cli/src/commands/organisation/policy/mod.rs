//! `organisation policy`: the base policy of an organisation.

mod set;

verbs! {
	/// The verbs.
	Policy {
		Set(set::Set),
	}
}
