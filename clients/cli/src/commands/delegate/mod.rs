//! `delegate`: accounts that act for a patient by mandate, within limits.

mod end;
mod name;
mod principals;

verbs! {
	/// The verbs.
	Delegate {
		Name(name::Name),
		End(end::End),
		Principals(principals::Principals),
	}
}
