//! `practitioner show`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::account,
	printer::fields,
	show::{or_empty, Practitioner},
};
use assent_client::{reads, Outcome};
use assent_policy::Token;
use clap::Args;
use serde::Serialize;
use sp_runtime::AccountId32;

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
	type Answer = Shown;

	async fn run(self, options: &Options) -> Outcome<Shown> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let credential = reads::consortium::credential(&chain, &self.account, at).await?;
		Ok(Shown(Practitioner::new(&self.account, &credential, now)))
	}
}
