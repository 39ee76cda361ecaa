//! `practitioner resign`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::ids::address,
};
use assent_client::Outcome;
use assent_policy::OrganisationId;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_consortium::{Call, Event};
use serde::Serialize;

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
	type Answer = Done<Resigned>;

	async fn run(self, options: &Options) -> Outcome<Done<Resigned>> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let included = options.submit(&chain, &signer, Call::resign {}).await?;
		// Either of the two may be missing: an account may be only practitioner, or only agent.
		let practitioner_of = included.find(|event| match event {
			RuntimeEvent::Consortium(Event::PractitionerResigned { organisation, .. }) => {
				Some(*organisation)
			}
			_ => None,
		});
		let agent_of = included.find(|event| match event {
			RuntimeEvent::Consortium(Event::AgentRemoved { organisation, .. }) => {
				Some(*organisation)
			}
			_ => None,
		});
		let resigned = Resigned {
			account: address(&signer.account()),
			practitioner_of: practitioner_of.ok(),
			agent_of: agent_of.ok(),
		};
		Ok(Done::new(&included, resigned))
	}
}
