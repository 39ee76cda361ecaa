//! `policy campaign open`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
	parse::time::{self, When},
	show::version_text,
};
use assent_client::{reads, reads::consortium::acting_for, Outcome};
use assent_policy::{OrganisationId, PolicyVersion};
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_acceptances::{Call, CampaignId, Event};
use serde::Serialize;

/// Begin to ask the patients of the organisation of --key
#[derive(Debug, Args)]
pub struct Open {
	/// The oldest version with patients to ask; if not given, also patients without any version
	#[arg(long, value_name = "VERSION")]
	from: Option<PolicyVersion>,
	/// The end: 2026-12-31T00:00:00Z, or +30d from now
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: When,
}

/// A campaign that is open.
#[derive(Debug, Serialize)]
pub struct Opened {
	campaign: CampaignId,
	organisation: OrganisationId,
	from: Option<PolicyVersion>,
	to: PolicyVersion,
	until: String,
}

impl Change for Opened {
	fn rows(&self) -> Vec<Row> {
		vec![
			("campaign", self.campaign.to_string()),
			("from version", version_text(self.from)),
			("to version", self.to.to_string()),
			("until", self.until.clone()),
			("next", "ask the patients: policy campaign ask".into()),
		]
	}
}

impl Verb for Open {
	type Answer = Done<Opened>;

	async fn run(self, options: &Options) -> Outcome<Done<Opened>> {
		let from = self.from;
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let organisation = acting_for(&chain, &signer).await?;
		let until = self.until.resolve(reads::system::best_now(&chain).await?);
		let call = Call::open_campaign { from, until };
		let included = options.submit(&chain, &signer, call).await?;
		let (campaign, to) = included.find(|event| match event {
			RuntimeEvent::Acceptances(Event::CampaignOpened { campaign, to, .. }) => {
				Some((*campaign, *to))
			}
			_ => None,
		})?;
		let opened = Opened { campaign, organisation, from, to, until: time::write(until) };
		Ok(Done::new(&included, opened))
	}
}
