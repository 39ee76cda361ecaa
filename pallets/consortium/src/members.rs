//! The answers of this pallet to other pallets' questions about members.

use crate::{pallet::*, OrganisationStatus};
use assent_policy::{Moment, OrganisationId, Practitioner};
use assent_support::{Members, Removals};
use sp_runtime::AccountId32;

impl<T: Config> Members for Pallet<T> {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		let credential = Self::credential_at(account, at)?;
		let counts = credential.counts(at) && Self::was_active(credential.organisation, at);
		counts.then(|| credential.practitioner(account))
	}

	fn agent_of(account: &AccountId32) -> Option<OrganisationId> {
		ByAgent::<T>::get(account).filter(|organisation| Self::is_active(*organisation))
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Organisations::<T>::get(organisation)
			.is_some_and(|row| row.status == OrganisationStatus::Active)
	}
}

impl<T: Config> Removals for Pallet<T> {
	fn is_removed(organisation: OrganisationId) -> bool {
		Organisations::<T>::get(organisation)
			.is_some_and(|row| row.status == OrganisationStatus::Removed)
	}
}
