//! `policy campaign end`.

use crate::commands::prelude::*;
use pallet_acceptances::{Call, CampaignId, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let included = options.send(Call::end_campaign {}).await?;
		let campaign = found!(included,
			Acceptances(Event::CampaignEnded { campaign, .. }) => *campaign)?;
		Ok(Done::new(&included, Ended { campaign }))
	}
}
