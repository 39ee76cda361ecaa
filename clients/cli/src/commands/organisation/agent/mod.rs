//! `organisation agent`: the accounts that act for an organisation.

mod add;
mod consent;
mod remove;

verbs! {
	/// The verbs.
	Agent {
		Consent(consent::Consent),
		Add(add::Add),
		Remove(remove::Remove),
	}
}
