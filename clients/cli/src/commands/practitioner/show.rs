//! `practitioner show`.

use crate::{commands::prelude::*, show::Practitioner};

/// Show an account's credential
#[derive(Debug, Args)]
pub struct Show {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

impl Answer for Practitioner {
	fn text(&self) -> String {
		let groups: Vec<_> = self.groups.iter().map(Token::to_string).collect();
		fields(&[
			("practitioner", self.practitioner.clone()),
			("organisation", self.organisation.to_string()),
			("roles", self.roles_text()),
			("care teams", groups.join(", ")),
			("from", self.from.clone()),
			("until", self.until.clone()),
			("revoked", or_empty(&self.revoked)),
			("standing", self.standing.into()),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let credential = state.credential_of(&self.account).await?;
		Ok(Practitioner::new(&self.account, &credential, now))
	}
}
