//! Acceptances of base policies by patients, and campaigns that ask.

use super::MAX_PAGE;
use crate::{Chain, Failure, Outcome};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::Hash;
use pallet_acceptances::{Acceptance, AcceptanceStatus, Campaign, CampaignId, Invitation};

/// The version that a patient accepted, and the newest one, of the organisation that enrolled the
/// patient.
///
/// # Errors
/// `NotFound`, when there is no such patient.
pub async fn status_of(chain: &Chain, patient: PatientId, at: Hash) -> Outcome<AcceptanceStatus> {
	let found: Option<AcceptanceStatus> =
		chain.call("AcceptancesApi_status_of", patient, at).await?;
	found.ok_or_else(|| Failure::not_found(format!("patient {patient}")))
}

/// Every acceptance of a patient after enrolment, oldest first.
pub async fn acceptances_of(
	chain: &Chain,
	patient: PatientId,
	at: Hash,
) -> Outcome<Vec<Acceptance>> {
	let numbered: Vec<(u32, Acceptance)> = chain
		.pages(|last: Option<&(u32, Acceptance)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			async move {
				let arguments = (patient, from, MAX_PAGE);
				let page: Vec<Acceptance> =
					chain.call("AcceptancesApi_acceptances_of", arguments, at).await?;
				Ok((from..).zip(page).collect())
			}
		})
		.await?;
	Ok(numbered.into_iter().map(|(_, row)| row).collect())
}

/// The campaign in which a patient is asked now, answered or not; none if the patient is not
/// asked.
pub async fn question_to(
	chain: &Chain,
	patient: PatientId,
	at: Hash,
) -> Outcome<Option<(CampaignId, Campaign, Invitation)>> {
	chain.call("AcceptancesApi_question_to", patient, at).await
}

/// The campaign that an organisation opened last, open or over.
///
/// # Errors
/// `NotFound`, when the organisation opened none.
pub async fn campaign_of(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<(CampaignId, Campaign)> {
	let found: Option<(CampaignId, Campaign)> =
		chain.call("AcceptancesApi_campaign_of", organisation, at).await?;
	found.ok_or_else(|| Failure::not_found(format!("campaign of organisation {organisation}")))
}

/// Every patient who was asked in a campaign, in storage order, with the answer.
pub async fn invitations_of(
	chain: &Chain,
	campaign: CampaignId,
	at: Hash,
) -> Outcome<Vec<(PatientId, Invitation)>> {
	chain
		.pages(|last: Option<&(PatientId, Invitation)>| {
			let after = last.map(|(patient, _)| *patient);
			let arguments = (campaign, after, MAX_PAGE);
			chain.call("AcceptancesApi_invitations_of", arguments, at)
		})
		.await
}
