//! Emergencies and reviews.

use super::{known, position, State};
use crate::Outcome;
use assent_policy::{OrganisationId, PatientId};
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, ReviewCount};
use sp_runtime::AccountId32;

/// An emergency with its number.
pub type Numbered = (EmergencyId, EmergencyRow);

impl State {
	/// An emergency, and its state now.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn emergency(&self, number: EmergencyId) -> Outcome<(EmergencyRow, EmergencyState)> {
		let found = self.call("EmergenciesApi_emergency", number).await?;
		known(found, format_args!("emergency {number}"))
	}

	/// Every emergency of a patient, oldest first, past ones too.
	pub async fn emergencies_of(&self, patient: PatientId) -> Outcome<Vec<Numbered>> {
		self.list("EmergenciesApi_emergencies_of", patient, position).await
	}

	/// The emergencies that an organisation is to review, by number.
	pub async fn reviews_of(&self, organisation: OrganisationId) -> Outcome<Vec<Numbered>> {
		let after = |rows: &[Numbered]| rows.last().map(|(number, _)| *number);
		let mut rows = self.list("EmergenciesApi_reviews_of", organisation, after).await?;
		rows.sort_unstable_by_key(|(number, _)| *number);
		Ok(rows)
	}

	/// How many reviews an organisation was drawn for, gave and missed.
	pub async fn review_count(&self, organisation: OrganisationId) -> Outcome<ReviewCount> {
		self.call("EmergenciesApi_review_count", organisation).await
	}

	/// The state of a practitioner as a declarer of emergencies: suspension, emergencies still to
	/// be justified, and how many were declared today.
	pub async fn declarer(&self, practitioner: &AccountId32) -> Outcome<Declarer> {
		self.call("EmergenciesApi_declarer", practitioner).await
	}
}
