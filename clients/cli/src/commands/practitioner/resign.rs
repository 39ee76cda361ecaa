//! `practitioner resign`.

use crate::commands::prelude::*;
use pallet_consortium::{Call, Event};

/// End the credential of --key, and the right of --key to act for an organisation
#[derive(Debug, Args)]
pub struct Resign {}

/// The engagements that ended.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resigned {
	account: String,
	/// The organisation whose credential ended.
	practitioner_of: Option<OrganisationId>,
	/// The organisation for which the account acted.
	agent_of: Option<OrganisationId>,
}

impl Change for Resigned {
	fn rows(&self) -> Vec<Row> {
		let of = |organisation: Option<OrganisationId>| {
			organisation.map_or_else(String::new, |number| format!("organisation {number}"))
		};
		vec![
			("account", self.account.clone()),
			("practitioner no longer of", of(self.practitioner_of)),
			("agent no longer of", of(self.agent_of)),
		]
	}
}

impl Verb for Resign {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let signed = options.signed().await?;
		let included = signed.submit(Call::resign {}).await?;
		// Either of the two may be missing: an account may be only practitioner, or only agent.
		let practitioner_of = found!(
			included,
			Consortium(Event::PractitionerResigned { organisation, .. }) => *organisation
		);
		let agent_of =
			found!(included, Consortium(Event::AgentRemoved { organisation, .. }) => *organisation);
		let resigned = Resigned {
			account: address(&signed.account()),
			practitioner_of: practitioner_of.ok(),
			agent_of: agent_of.ok(),
		};
		Ok(Done::new(&included, resigned))
	}
}
