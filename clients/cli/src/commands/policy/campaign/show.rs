//! `policy campaign show`.

use crate::{
	commands::prelude::*,
	show::{version_text, Invited},
};
use pallet_acceptances::CampaignId;

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
		let rows = self.invitations.iter().map(|Line { patient, invited }| {
			[patient.to_string(), invited.answer.into(), or_empty(&invited.answered)]
		});
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
		let listed = table(["patient", "answer", "at"], rows, "nobody was asked");
		format!("{shown}\n\n{listed}")
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let organisation = self.organisation;
		let state = options.state().await?;
		let (number, campaign) = state.campaign_of(organisation).await?;
		let invitations = state.invitations_of(number).await?;
		let now = state.now().await?;
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
