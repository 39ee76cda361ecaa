//! `policy campaign end`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
};
use assent_client::Outcome;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_acceptances::{Call, CampaignId, Event};
use serde::Serialize;

/// Stop asking before the time
#[derive(Debug, Args)]
pub struct End {}

/// A campaign that ended.
#[derive(Debug, Serialize)]
pub struct Ended {
	campaign: CampaignId,
}

impl Change for Ended {
	fn rows(&self) -> Vec<Row> {
		vec![("campaign", format!("{}, ended", self.campaign))]
	}
}

impl Verb for End {
	type Answer = Done<Ended>;

	async fn run(self, options: &Options) -> Outcome<Done<Ended>> {
		let included = options.send(Call::end_campaign {}).await?;
		let campaign = included.find(|event| match event {
			RuntimeEvent::Acceptances(Event::CampaignEnded { campaign, .. }) => Some(*campaign),
			_ => None,
		})?;
		Ok(Done::new(&included, Ended { campaign }))
	}
}
