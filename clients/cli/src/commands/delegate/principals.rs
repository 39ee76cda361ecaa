//! `delegate principals`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::ids::{account, address},
	show::ActsFor,
};
use assent_client::{reads, Outcome};
use clap::Args;
use serde::Serialize;
use sp_runtime::AccountId32;

/// List the patients for whom an account is a delegate
#[derive(Debug, Args)]
pub struct Principals {
	/// The account
	#[arg(value_parser = account)]
	delegate: AccountId32,
}

/// The patients of a delegate.
#[derive(Debug, Serialize)]
pub struct Listed {
	delegate: String,
	principals: Vec<ActsFor>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		ActsFor::table(&self.principals, "no principals")
	}
}

impl Verb for Principals {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let listed = reads::patients::principals_of(&chain, &self.delegate, at).await?;
		Ok(Listed { delegate: address(&self.delegate), principals: ActsFor::current(&listed, now) })
	}
}
