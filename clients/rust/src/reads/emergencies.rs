//! Emergencies and reviews.

use super::MAX_PAGE;
use crate::{Chain, Failure, Outcome};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::Hash;
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, ReviewCount};
use sp_runtime::AccountId32;

/// An emergency with its number.
pub type Numbered = (EmergencyId, EmergencyRow);

/// An emergency, and its state now.
///
/// # Errors
/// `NotFound`.
pub async fn emergency(
	chain: &Chain,
	emergency: EmergencyId,
	at: Hash,
) -> Outcome<(EmergencyRow, EmergencyState)> {
	let found: Option<(EmergencyRow, EmergencyState)> =
		chain.call("EmergenciesApi_emergency", emergency, at).await?;
	found.ok_or_else(|| Failure::not_found(format!("emergency {emergency}")))
}

/// Every emergency of a patient, oldest first, past ones too.
pub async fn of_patient(chain: &Chain, patient: PatientId, at: Hash) -> Outcome<Vec<Numbered>> {
	let mut rows: Vec<Numbered> = Vec::new();
	loop {
		// Pages go by position, not by number.
		let from = u32::try_from(rows.len()).unwrap_or(u32::MAX);
		let arguments = (patient, from, MAX_PAGE);
		let page: Vec<Numbered> =
			chain.call("EmergenciesApi_emergencies_of", arguments, at).await?;
		if page.is_empty() {
			return Ok(rows);
		}
		rows.extend(page);
	}
}

/// The emergencies that an organisation is to review, by number.
pub async fn reviews_of(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<Vec<Numbered>> {
	let mut rows: Vec<Numbered> = chain
		.pages(|last: Option<&Numbered>| {
			let after = last.map(|(number, _)| *number);
			let arguments = (organisation, after, MAX_PAGE);
			chain.call("EmergenciesApi_reviews_of", arguments, at)
		})
		.await?;
	rows.sort_unstable_by_key(|(number, _)| *number);
	Ok(rows)
}

/// How many reviews an organisation was drawn for, gave and missed.
pub async fn review_count(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<ReviewCount> {
	chain.call("EmergenciesApi_review_count", organisation, at).await
}

/// The state of a practitioner as a declarer of emergencies: suspension, emergencies still to be
/// justified, and how many were declared today.
pub async fn declarer(chain: &Chain, practitioner: AccountId32, at: Hash) -> Outcome<Declarer> {
	chain.call("EmergenciesApi_declarer", practitioner, at).await
}
