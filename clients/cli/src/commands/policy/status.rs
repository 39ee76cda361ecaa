//! `policy status`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	parse::{
		ids::{address, patient},
		time,
	},
	printer::fields,
	show::{version_text, Invited},
};
use assent_client::{reads::acceptances, Outcome};
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use clap::Args;
use pallet_acceptances::CampaignId;
use serde::Serialize;

/// Show the version that a patient accepted, and the open question
#[derive(Debug, Args)]
pub struct Status {
	/// The patient
	#[arg(value_parser = patient)]
	patient: PatientId,
}

#[derive(Debug, Serialize)]
struct Acceptance {
	version: PolicyVersion,
	at: String,
	by: String,
}

#[derive(Debug, Serialize)]
struct Question {
	campaign: CampaignId,
	version: PolicyVersion,
	until: String,
	#[serde(flatten)]
	invited: Invited,
}

impl Question {
	fn text(&self) -> String {
		format!("version {}, until {}, answer: {}", self.version, self.until, self.invited.answer)
	}
}

/// The acceptances of a patient, and the question that is open.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
	patient: PatientId,
	organisation: OrganisationId,
	accepted: Option<PolicyVersion>,
	accepted_by_patient: Option<PolicyVersion>,
	newest: Option<PolicyVersion>,
	acceptances: Vec<Acceptance>,
	question: Option<Question>,
}

impl Answer for State {
	fn text(&self) -> String {
		let question = self.question.as_ref();
		fields(&[
			("patient", self.patient.to_string()),
			("organisation", self.organisation.to_string()),
			("accepted", version_text(self.accepted)),
			("by the patient", version_text(self.accepted_by_patient)),
			("newest", version_text(self.newest)),
			("asked", question.map_or_else(|| "nothing".into(), Question::text)),
		])
	}
}

impl Verb for Status {
	type Answer = State;

	async fn run(self, options: &Options) -> Outcome<State> {
		let patient = self.patient;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let status = acceptances::status_of(&chain, patient, at).await?;
		let question = acceptances::question_to(&chain, patient, at).await?;
		let history = acceptances::acceptances_of(&chain, patient, at).await?;
		Ok(State {
			patient,
			organisation: status.organisation,
			accepted: status.accepted,
			accepted_by_patient: status.accepted_by_patient,
			newest: status.newest,
			acceptances: history
				.iter()
				.map(|row| Acceptance {
					version: row.version,
					at: time::write(row.at),
					by: address(&row.by),
				})
				.collect(),
			question: question.map(|(campaign, row, invitation)| Question {
				campaign,
				version: row.to,
				until: time::write(row.until),
				invited: Invited::from(&invitation),
			}),
		})
	}
}
