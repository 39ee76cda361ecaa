//! `practitioner revoke`.

use crate::commands::prelude::*;
use pallet_consortium::Call;

/// End a credential of the organisation
#[derive(Debug, Args, Serialize)]
pub struct Revoke {
	/// The account
	#[arg(value_parser = account)]
	#[serde(rename = "practitioner")]
	account: AccountId32,
}

impl Change for Revoke {
	fn rows(&self) -> Vec<Row> {
		vec![("practitioner", address(&self.account)), ("credential", "revoked".into())]
	}
}

impl Verb for Revoke {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let included = options.send(Call::revoke { practitioner: self.account.clone() }).await?;
		Ok(Done::new(&included, self))
	}
}
