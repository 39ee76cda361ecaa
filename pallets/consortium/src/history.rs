//! Earlier standings and credentials. A question about a past moment gets the answer of that
//! moment.

use crate::{pallet::*, Credential, OrganisationStatus};
use assent_policy::{Moment, OrganisationId};
use assent_support::{past_at, Past};
use frame_support::traits::Time;
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Keeps the standing of an organisation, right before the standing changes.
	pub(crate) fn keep_standing(organisation: OrganisationId, status: OrganisationStatus) {
		let number = PastStandingCount::<T>::get(organisation);
		let past = Past { value: status, until: T::Time::now() };
		PastStandings::<T>::insert(organisation, number, past);
		PastStandingCount::<T>::insert(organisation, number.saturating_add(1));
	}

	/// Keeps a credential, right before another credential takes its place.
	pub(crate) fn keep_credential(practitioner: &AccountId32, credential: Credential, now: Moment) {
		let number = PastCredentialCount::<T>::get(practitioner);
		let past = Past { value: credential, until: now };
		PastCredentials::<T>::insert(practitioner, number, past);
		PastCredentialCount::<T>::insert(practitioner, number.saturating_add(1));
	}

	/// Whether the moment has passed. The history is read for past moments only.
	pub(crate) fn is_past(at: Moment) -> bool {
		at < T::Time::now()
	}

	/// Whether the organisation was an active member at the end of the moment.
	pub(crate) fn was_active(organisation: OrganisationId, at: Moment) -> bool {
		let Some(row) = Organisations::<T>::get(organisation) else {
			return false;
		};
		let status = if Self::is_past(at) {
			let count = PastStandingCount::<T>::get(organisation);
			past_at(count, at, |number| PastStandings::<T>::get(organisation, number))
		} else {
			None
		};
		row.admitted <= at && status.unwrap_or(row.status) == OrganisationStatus::Active
	}

	/// The credential of the account at the end of the moment, valid then or not.
	pub(crate) fn credential_at(practitioner: &AccountId32, at: Moment) -> Option<Credential> {
		let past = if Self::is_past(at) {
			let count = PastCredentialCount::<T>::get(practitioner);
			past_at(count, at, |number| PastCredentials::<T>::get(practitioner, number))
		} else {
			None
		};
		past.or_else(|| Practitioners::<T>::get(practitioner))
	}
}
