//! `organisation endpoint`.

use crate::commands::prelude::*;
use pallet_consortium::{check_url, Call, Url, MAX_URL};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let url = url_of(&self.url)?;
		let signed = options.signed().await?;
		let organisation = signed.organisation().await?;
		let included = signed.submit(Call::propose_endpoint { url }).await?;
		Ok(Done::new(&included, Proposed { organisation, proposed_endpoint: self.url }))
	}
}
