//! Delegates: named by the patient, within limits, until a date or until ended.

use crate::{
	Config, Deeds, Delegate, Error, Event, Pallet, PastRole, Patients, PrincipalsOf, Ward,
	MAX_MANDATE,
};
use alloc::vec::Vec;
use assent_policy::{Moment, PatientId};
use assent_support::{hold_account, Act, Relation, Trail};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Names a delegate, or changes the limits of a delegate.
	pub(crate) fn do_name_delegate(
		by: AccountId32,
		patient: PatientId,
		account: AccountId32,
		deeds: Deeds,
		until: Moment,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(by == row.controller, Error::<T>::NotAuthorized);
		Self::ensure_key_counts(&row)?;
		ensure!(!deeds.is_empty(), Error::<T>::NothingAllowed);
		ensure!(now < until, Error::<T>::TermPast);
		ensure!(until <= now.saturating_add(MAX_MANDATE), Error::<T>::TermTooLong);
		ensure!(account != row.controller, Error::<T>::SelfDelegate);
		ensure!(
			Self::is_independent(&account, row.enrolled_by, now),
			Error::<T>::DelegateNotIndependent
		);
		let goes = |one: &Delegate| one.has_lapsed(now) || one.account == account;
		let gone: Vec<_> = row.delegates.iter().filter(|one| goes(one)).cloned().collect();
		row.delegates.retain(|one| !goes(one));
		row.delegates
			.try_push(Delegate {
				account: account.clone(),
				deeds: deeds.clone(),
				named: now,
				until,
			})
			.map_err(|_| Error::<T>::MaxDelegatesExceeded)?;
		let mut principals = PrincipalsOf::<T>::get(&account);
		principals.retain(|one| !one.has_lapsed(now) && one.patient != patient);
		principals
			.try_push(Ward { patient, until: Some(until) })
			.map_err(|_| Error::<T>::MaxPrincipalsExceeded)?;

		for one in &gone {
			Self::remember_delegate(patient, one, now);
		}
		PrincipalsOf::<T>::insert(&account, principals);
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		hold_account::<T>(&account);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by),
			Act::DelegateNamed { delegate: account.clone() },
		);
		Self::deposit_event(Event::DelegateNamed { patient, delegate: account, deeds, until });
		Ok(())
	}

	/// Ends a delegate's mandate, in every state of the patient: the call only takes a right away.
	pub(crate) fn do_end_delegate(
		by: AccountId32,
		patient: PatientId,
		delegate: AccountId32,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(
			by == row.controller || by == delegate || row.has_guardian(&by, now),
			Error::<T>::NotAuthorized
		);
		let position = row
			.delegates
			.iter()
			.position(|one| one.account == delegate)
			.ok_or(Error::<T>::DelegateNotFound)?;
		let ended = row.delegates.remove(position);

		Self::remember_delegate(patient, &ended, now);
		Self::drop_principal(&delegate, patient);
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::DelegateEnded { delegate: delegate.clone() },
		);
		Self::deposit_event(Event::DelegateEnded { patient, delegate, by });
		Ok(())
	}

	/// Keeps the period and the deeds of a former delegate.
	pub(crate) fn remember_delegate(patient: PatientId, delegate: &Delegate, now: Moment) {
		Self::remember(
			patient,
			&delegate.account,
			PastRole {
				relation: Relation::Delegate,
				deeds: delegate.deeds.clone(),
				from: delegate.named,
				until: delegate.until.min(now),
			},
		);
	}

	/// Takes the patient from the delegate's principals.
	pub(crate) fn drop_principal(delegate: &AccountId32, patient: PatientId) {
		PrincipalsOf::<T>::mutate_exists(delegate, |principals| {
			let Some(left) = principals else { return };
			left.retain(|one| one.patient != patient);
			if left.is_empty() {
				*principals = None;
			}
		});
	}
}
