//! Acceptances of base policies by patients, and campaigns that ask.

use super::{known, position, State};
use crate::Outcome;
use assent_policy::{OrganisationId, PatientId};
use pallet_acceptances::{Acceptance, AcceptanceStatus, Campaign, CampaignId, Invitation};

impl State {
	/// The version that a patient accepted, and the newest one, of the organisation that enrolled
	/// the patient.
	///
	/// # Errors
	/// `NotFound`, when there is no such patient.
	pub async fn acceptance_of(&self, patient: PatientId) -> Outcome<AcceptanceStatus> {
		let found = self.call("AcceptancesApi_status_of", patient).await?;
		known(found, format_args!("patient {patient}"))
	}

	/// Every acceptance of a patient after enrolment, oldest first.
	pub async fn acceptances_of(&self, patient: PatientId) -> Outcome<Vec<Acceptance>> {
		self.list("AcceptancesApi_acceptances_of", patient, position).await
	}

	/// The campaign in which a patient is asked now, answered or not; none if the patient is not
	/// asked.
	pub async fn question_to(
		&self,
		patient: PatientId,
	) -> Outcome<Option<(CampaignId, Campaign, Invitation)>> {
		self.call("AcceptancesApi_question_to", patient).await
	}

	/// The campaign that an organisation opened last, open or over.
	///
	/// # Errors
	/// `NotFound`, when the organisation opened none.
	pub async fn campaign_of(
		&self,
		organisation: OrganisationId,
	) -> Outcome<(CampaignId, Campaign)> {
		let found = self.call("AcceptancesApi_campaign_of", organisation).await?;
		known(found, format_args!("campaign of organisation {organisation}"))
	}

	/// Every patient who was asked in a campaign, in storage order, with the answer.
	pub async fn invitations_of(
		&self,
		campaign: CampaignId,
	) -> Outcome<Vec<(PatientId, Invitation)>> {
		let after = |rows: &[(PatientId, _)]| rows.last().map(|(patient, _)| *patient);
		self.list("AcceptancesApi_invitations_of", campaign, after).await
	}
}
