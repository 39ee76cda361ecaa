//! `policy campaign show`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::time,
	printer::{fields, table},
	show::{moment, or_empty, version_text, Invited},
};
use assent_client::{reads, reads::acceptances, Outcome};
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use clap::Args;
use pallet_acceptances::CampaignId;
use serde::Serialize;

/// Show an organisation's last campaign: the patients and the answers
#[derive(Debug, Args)]
pub struct Show {
	/// The organisation's number
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
}

#[derive(Debug, Serialize)]
struct Line {
	patient: PatientId,
	#[serde(flatten)]
	invited: Invited,
}

/// A campaign with its answers.
#[derive(Debug, Serialize)]
pub struct Shown {
	campaign: CampaignId,
	organisation: OrganisationId,
	state: &'static str,
	from: Option<PolicyVersion>,
	to: PolicyVersion,
	opened: String,
	until: String,
	ended: Option<String>,
	asked: u32,
	accepted: u32,
	refused: u32,
	invitations: Vec<Line>,
}

impl Answer for Shown {
	fn text(&self) -> String {
		let rows: Vec<_> = self
			.invitations
			.iter()
			.map(|line| {
				vec![
					line.patient.to_string(),
					line.invited.answer.into(),
					or_empty(&line.invited.answered),
				]
			})
			.collect();
		let shown = fields(&[
			("campaign", format!("{}, {}", self.campaign, self.state)),
			("from version", version_text(self.from)),
			("to version", self.to.to_string()),
			("until", self.until.clone()),
			("ended", or_empty(&self.ended)),
			("asked", self.asked.to_string()),
			("accepted", self.accepted.to_string()),
			("refused", self.refused.to_string()),
		]);
		let listed = table(&["patient", "answer", "at"], &rows, "nobody was asked");
		format!("{shown}\n\n{listed}")
	}
}

impl Verb for Show {
	type Answer = Shown;

	async fn run(self, options: &Options) -> Outcome<Shown> {
		let organisation = self.organisation;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let (number, campaign) = acceptances::campaign_of(&chain, organisation, at).await?;
		let invitations = acceptances::invitations_of(&chain, number, at).await?;
		let now = reads::system::now(&chain, at).await?;
		Ok(Shown {
			campaign: number,
			organisation,
			state: match campaign.is_open(now) {
				true => "open",
				false => "over",
			},
			from: campaign.from,
			to: campaign.to,
			opened: time::write(campaign.opened),
			until: time::write(campaign.until),
			ended: moment(campaign.ended),
			asked: campaign.asked,
			accepted: campaign.accepted,
			refused: campaign.refused,
			invitations: invitations
				.iter()
				.map(|(patient, invitation)| Line {
					patient: *patient,
					invited: Invited::from(invitation),
				})
				.collect(),
		})
	}
}
