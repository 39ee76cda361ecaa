//! `organisation agent`: the accounts that act for an organisation.

mod add;
mod consent;
mod remove;

use crate::commands::prelude::*;

verbs! {
	/// The verbs.
	Agent {
		Consent(consent::Consent),
		Add(add::Add),
		Remove(remove::Remove),
	}
}

/// An agent that was named or ended.
#[derive(Debug, Serialize)]
struct Changed {
	organisation: OrganisationId,
	agent: AccountId32,
}

impl Change for Changed {
	fn rows(&self) -> Vec<Row> {
		vec![("organisation", self.organisation.to_string()), ("agent", address(&self.agent))]
	}
}
