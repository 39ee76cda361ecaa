//! `guardian wards`.

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

/// List the patients for whom an account is a guardian
#[derive(Debug, Args)]
pub struct Wards {
	/// The account
	#[arg(value_parser = account)]
	guardian: AccountId32,
}

/// The wards of a guardian.
#[derive(Debug, Serialize)]
pub struct Listed {
	guardian: String,
	wards: Vec<ActsFor>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		ActsFor::table(&self.wards, "no wards")
	}
}

impl Verb for Wards {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let listed = reads::patients::wards_of(&chain, &self.guardian, at).await?;
		Ok(Listed { guardian: address(&self.guardian), wards: ActsFor::current(&listed, now) })
	}
}
