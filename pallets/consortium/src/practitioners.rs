//! What organisations vouch for.

use crate::{pallet::*, Credential};
use assent_policy::{Groups, Moment, Roles};
use assent_support::{Act, Trail};
use frame_support::{ensure, traits::Time};
use sp_runtime::{AccountId32, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Gives a practitioner a credential of the organisation for which the caller acts.
	pub(crate) fn give_credential(
		who: AccountId32,
		practitioner: AccountId32,
		roles: Roles,
		groups: Groups,
		from: Moment,
		until: Moment,
	) -> DispatchResult {
		let organisation = Self::acts_for(&who)?;
		let now = T::Time::now();
		ensure!(!roles.is_empty(), Error::<T>::NoRoles);
		ensure!(from < until, Error::<T>::PeriodEmpty);
		ensure!(now < until, Error::<T>::PeriodPast);
		// Nothing is vouched for backwards: what was denied yesterday stays denied.
		let from = from.max(now);
		let credential = Credential {
			organisation,
			roles,
			groups,
			from,
			until,
			revoked: None,
		};
		Self::vouch(&practitioner, credential, now)?;
		T::Trail::write(
			None,
			Some(organisation),
			Some(who),
			Act::PractitionerCredentialed {
				practitioner: practitioner.clone(),
			},
		);
		Self::deposit_event(Event::PractitionerCredentialed {
			organisation,
			practitioner,
			from,
			until,
		});
		Ok(())
	}

	/// Ends the credential that the caller's organisation gave.
	pub(crate) fn end_credential(who: AccountId32, practitioner: AccountId32) -> DispatchResult {
		let organisation = Self::acts_for(&who)?;
		let mut credential = Practitioners::<T>::get(&practitioner).ok_or(Error::<T>::NotFound)?;
		ensure!(
			credential.organisation == organisation,
			Error::<T>::NotAuthorized
		);
		ensure!(credential.revoked.is_none(), Error::<T>::AlreadyRevoked);
		let now = T::Time::now();
		ensure!(now < credential.until, Error::<T>::AlreadyLapsed);
		credential.revoked = Some(now);
		Practitioners::<T>::insert(&practitioner, credential);
		T::Trail::write(
			None,
			Some(organisation),
			Some(who),
			Act::PractitionerRevoked {
				practitioner: practitioner.clone(),
			},
		);
		Self::deposit_event(Event::PractitionerRevoked {
			organisation,
			practitioner,
		});
		Ok(())
	}
}
