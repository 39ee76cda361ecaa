//! `practitioner`: the people for whom an organisation vouches.

mod consent;
mod credential;
mod list;
mod resign;
mod revoke;
mod show;

verbs! {
	/// The verbs.
	Practitioner {
		Consent(consent::Consent),
		Credential(credential::Credential),
		Revoke(revoke::Revoke),
		Resign(resign::Resign),
		Show(show::Show),
		List(list::List),
	}
}
