//! `organisation agent`: the accounts that act for an organisation.

mod add;
mod remove;

verbs! {
	/// The verbs.
	Agent {
		Add(add::Add),
		Remove(remove::Remove),
	}
}
