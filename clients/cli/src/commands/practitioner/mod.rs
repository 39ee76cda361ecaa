//! `practitioner`: the people for whom an organisation vouches.

mod credential;
mod list;
mod revoke;
mod show;

verbs! {
	/// The verbs.
	Practitioner {
		Credential(credential::Credential),
		Revoke(revoke::Revoke),
		Show(show::Show),
		List(list::List),
	}
}
