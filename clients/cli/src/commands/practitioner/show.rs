//! `practitioner show`.

use crate::{commands::prelude::*, show::Practitioner};

/// Show an account's credential
#[derive(Debug, Args)]
pub struct Show {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

/// A practitioner.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Shown(Practitioner);

impl Answer for Shown {
	fn text(&self) -> String {
		let Self(one) = self;
		let groups: Vec<_> = one.groups.iter().map(Token::to_string).collect();
		fields(&[
			("practitioner", one.practitioner.clone()),
			("organisation", one.organisation.to_string()),
			("roles", one.roles_text()),
			("care teams", groups.join(", ")),
			("from", one.from.clone()),
			("until", one.until.clone()),
			("revoked", or_empty(&one.revoked)),
			("standing", one.standing.into()),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let credential = state.credential_of(&self.account).await?;
		Ok(Shown(Practitioner::new(&self.account, &credential, now)))
	}
}
