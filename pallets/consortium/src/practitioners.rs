//! Practitioners and the credentials that organisations give.

use crate::{pallet::*, Capacity, Consent, Credential, OrganisationStatus};
use alloc::vec::Vec;
use assent_policy::{Groups, Moment, OrganisationId, Roles};
use assent_support::{hold_account, Act, Trail};
use frame_support::{ensure, traits::Time};
use sp_runtime::{AccountId32, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Gives a practitioner a credential of the organisation for which the caller acts. The account
	/// signs for the first credential of the organisation. The organisation renews and changes a
	/// held credential without another signature.
	pub(crate) fn do_credential(
		who: AccountId32,
		practitioner: AccountId32,
		roles: Roles,
		groups: Groups,
		from: Moment,
		until: Moment,
		consent: Option<Consent>,
	) -> DispatchResult {
		let organisation = Self::ensure_agent(&who)?;
		let now = T::Time::now();
		ensure!(!roles.is_empty(), Error::<T>::NoRoles);
		ensure!(from < until, Error::<T>::PeriodEmpty);
		ensure!(now < until, Error::<T>::PeriodPast);
		let held = Practitioners::<T>::get(&practitioner);
		let elsewhere = held.as_ref().is_some_and(|held| held.organisation != organisation);
		if let Some(held) = held.as_ref().filter(|_| elsewhere) {
			ensure!(!Self::binds(held, now), Error::<T>::AlreadyCredentialed);
		}
		match &consent {
			Some(consent) => {
				let name = Self::load(organisation)?.name;
				let capacity = Capacity::Practitioner;
				Self::engage(&practitioner, organisation, &name, capacity, consent)?;
			}
			None => {
				let renews = held.as_ref().is_some_and(|held| !elsewhere && held.is_held(now));
				ensure!(renews, Error::<T>::ConsentMissing);
			}
		}
		// No credential begins in the past: a denial of yesterday stays a denial.
		let from = from.max(now);
		let credential = Credential { organisation, roles, groups, from, until, revoked: None };
		Self::vouch(&practitioner, held, credential, now);
		T::Trail::write(
			None,
			Some(organisation),
			Some(who),
			Act::PractitionerCredentialed { practitioner: practitioner.clone() },
		);
		Self::deposit_event(Event::PractitionerCredentialed {
			organisation,
			practitioner,
			from,
			until,
		});
		Ok(())
	}

	/// Ends a credential of the caller's organisation.
	pub(crate) fn do_revoke(who: AccountId32, practitioner: AccountId32) -> DispatchResult {
		let organisation = Self::ensure_agent(&who)?;
		let mut credential = Practitioners::<T>::get(&practitioner).ok_or(Error::<T>::NotFound)?;
		ensure!(credential.organisation == organisation, Error::<T>::NotAuthorized);
		ensure!(credential.revoked.is_none(), Error::<T>::AlreadyRevoked);
		let now = T::Time::now();
		ensure!(now < credential.until, Error::<T>::AlreadyLapsed);
		credential.revoked = Some(now);
		Practitioners::<T>::insert(&practitioner, credential);
		T::Trail::write(
			None,
			Some(organisation),
			Some(who),
			Act::PractitionerRevoked { practitioner: practitioner.clone() },
		);
		Self::deposit_event(Event::PractitionerRevoked { organisation, practitioner });
		Ok(())
	}

	/// Whether a credential still keeps other organisations from vouching for the account. A
	/// credential of a suspended organisation does, because the council may reinstate the
	/// organisation.
	pub(crate) fn binds(held: &Credential, now: Moment) -> bool {
		held.is_held(now)
			&& Organisations::<T>::get(held.organisation)
				.is_some_and(|row| row.status != OrganisationStatus::Removed)
	}

	/// Puts a credential in the place of the earlier one.
	fn vouch(
		practitioner: &AccountId32,
		earlier: Option<Credential>,
		credential: Credential,
		now: Moment,
	) {
		if let Some(earlier) = earlier {
			if earlier.organisation != credential.organisation {
				PractitionersOf::<T>::remove(earlier.organisation, practitioner);
			}
			Self::keep_credential(practitioner, earlier, now);
		}
		PractitionersOf::<T>::insert(credential.organisation, practitioner, ());
		Practitioners::<T>::insert(practitioner, credential);
		hold_account::<T>(practitioner);
	}

	/// A page of an organisation's practitioners, behind the account `after`.
	pub(crate) fn page_of_practitioners(
		organisation: OrganisationId,
		after: Option<AccountId32>,
		limit: u32,
	) -> Vec<(AccountId32, Credential)> {
		let accounts = match after {
			Some(last) => PractitionersOf::<T>::iter_key_prefix_from(
				organisation,
				PractitionersOf::<T>::hashed_key_for(organisation, last),
			),
			None => PractitionersOf::<T>::iter_key_prefix(organisation),
		};
		accounts
			.take(assent_support::page_size(limit))
			.filter_map(|account| {
				Practitioners::<T>::get(&account).map(|credential| (account, credential))
			})
			.collect()
	}
}
