//! `policy campaign open`.

use crate::{commands::prelude::*, show::version_text};
use pallet_acceptances::{Call, CampaignId, Event};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let from = self.from;
		let signed = options.signed().await?;
		let organisation = signed.organisation().await?;
		let until = self.until.resolve(signed.state.now().await?);
		let included = signed.submit(Call::open_campaign { from, until }).await?;
		let (campaign, to) = found!(included,
			Acceptances(Event::CampaignOpened { campaign, to, .. }) => (*campaign, *to))?;
		let opened = Opened { campaign, organisation, from, to, until: time::write(until) };
		Ok(Done::new(&included, opened))
	}
}
