//! `policy status`.

use crate::{
	commands::prelude::*,
	show::{version_text, Invited},
};
use pallet_acceptances::CampaignId;

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let patient = self.patient;
		let state = options.state().await?;
		let status = state.acceptance_of(patient).await?;
		let question = state.question_to(patient).await?;
		let history = state.acceptances_of(patient).await?;
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
