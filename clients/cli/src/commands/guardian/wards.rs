//! `guardian wards`.

use crate::{commands::prelude::*, show::ActsFor};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let listed = state.wards_of(&self.guardian).await?;
		Ok(Listed { guardian: address(&self.guardian), wards: ActsFor::current(&listed, now) })
	}
}
