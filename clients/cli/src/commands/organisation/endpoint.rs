//! `organisation endpoint`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
};
use assent_client::{reads::consortium::acting_for, Failure, Outcome};
use assent_policy::OrganisationId;
use clap::Args;
use pallet_consortium::{check_url, Call, Url, MAX_URL};
use serde::Serialize;

/// Propose the address of the organisation's vault; the council approves it
#[derive(Debug, Args)]
pub struct Endpoint {
	/// The URL, for instance https://vault.example:8443
	url: String,
}

/// An address that was proposed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Proposed {
	organisation: OrganisationId,
	proposed_endpoint: String,
}

impl Change for Proposed {
	fn rows(&self) -> Vec<Row> {
		vec![
			("organisation", self.organisation.to_string()),
			("proposed endpoint", self.proposed_endpoint.clone()),
			("next", "the council approves it".into()),
		]
	}
}

fn url_of(text: &str) -> Outcome<Url> {
	if !check_url(text.as_bytes()) {
		return Err(Failure::usage(format!(
			"{text:?} is not the address of a vault: write https://host:port/path in lower case, \
			 without a slash at the end"
		)));
	}
	Url::try_from(text.as_bytes().to_vec())
		.map_err(|_| Failure::usage(format!("the address is longer than {MAX_URL} bytes")))
}

impl Verb for Endpoint {
	type Answer = Done<Proposed>;

	async fn run(self, options: &Options) -> Outcome<Done<Proposed>> {
		let url = url_of(&self.url)?;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let organisation = acting_for(&chain, &signer).await?;
		let call = Call::propose_endpoint { url };
		let included = options.submit(&chain, &signer, call).await?;
		let proposed = Proposed { organisation, proposed_endpoint: self.url };
		Ok(Done::new(&included, proposed))
	}
}
