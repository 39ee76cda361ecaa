//! `delegate principals`.

use crate::{commands::prelude::*, show::ActsFor};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let listed = state.principals_of(&self.delegate).await?;
		Ok(Listed { delegate: address(&self.delegate), principals: ActsFor::current(&listed, now) })
	}
}
