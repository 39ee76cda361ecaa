//! `practitioner revoke`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::{account, address},
};
use assent_client::Outcome;
use clap::Args;
use pallet_consortium::Call;
use serde::Serialize;
use sp_runtime::AccountId32;

/// End a credential of the organisation
#[derive(Debug, Args)]
pub struct Revoke {
	/// The account
	#[arg(value_parser = account)]
	account: AccountId32,
}

/// A credential that was revoked.
#[derive(Debug, Serialize)]
pub struct Revoked {
	practitioner: String,
}

impl Change for Revoked {
	fn rows(&self) -> Vec<Row> {
		vec![("practitioner", self.practitioner.clone()), ("credential", "revoked".into())]
	}
}

impl Verb for Revoke {
	type Answer = Done<Revoked>;

	async fn run(self, options: &Options) -> Outcome<Done<Revoked>> {
		let practitioner = address(&self.account);
		let call = Call::revoke { practitioner: self.account };
		let included = options.send(call).await?;
		Ok(Done::new(&included, Revoked { practitioner }))
	}
}
