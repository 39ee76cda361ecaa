//! The lives of directives. Each function checks first, and then writes without a possible failure.

use crate::{pallet::*, types::*, WeightInfo};
use alloc::vec::Vec;
use assent_policy::{
	check, Directive, DirectiveId, Effect, Maker, MalformedDirective, Moment, OrganisationId,
	PatientId, MAX_DIRECTIVES, SLOTS_FOR_DENIALS,
};
use assent_support::{Act, Deed, EndReason, Patients, PolicyRef, Refusal, Trail};
use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
	ensure,
	traits::Time,
};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

/// The maximum number of a patient's directives in force with a base that permits.
pub(crate) const MAX_PERMISSIONS: u32 = MAX_DIRECTIVES - SLOTS_FOR_DENIALS;

/// How much of the patient's list a call worked through, for the weight of the call.
pub(crate) struct ListWork {
	/// The number of directives that stay in force, without a replaced directive.
	pub staying: u32,
	/// The number of directives with an expiry noted by the call.
	pub expired: u32,
}

/// A directive to store.
pub(crate) struct NewDirective {
	/// The rules.
	pub directive: Directive,
	/// The account that makes the directive.
	pub made_by: AccountId32,
	/// In whose right the account makes the directive.
	pub made_as: Maker,
	/// The version of a base policy on which the directive is built.
	pub policy: Option<PolicyRef>,
	/// The directive to replace.
	pub replaced: Option<(DirectiveId, DirectiveRow)>,
	/// The request answered by the directive, and the organisation of the practitioner.
	pub asked: Option<(RequestId, OrganisationId)>,
}

/// The patient's list, divided into directives that stay and directives that have expired.
struct Sorted {
	staying: Vec<DirectiveId>,
	permissions: u32,
	expired: Vec<(DirectiveId, DirectiveRow, Moment)>,
}

impl Sorted {
	fn work(&self) -> ListWork {
		ListWork { staying: self.staying.len() as u32, expired: self.expired.len() as u32 }
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn now() -> Moment {
		T::Time::now()
	}

	/// In whose right the caller may do this for the patient. Fails if the caller may not.
	pub(crate) fn ensure_may(
		who: &AccountId32,
		patient: PatientId,
		deed: Deed,
		now: Moment,
	) -> Result<Maker, Error<T>> {
		T::Patients::may(who, patient, deed, now).map(|relation| relation.maker()).map_err(
			|refusal| match refusal {
				Refusal::Stranger if !T::Patients::exists(patient) => Error::<T>::PatientNotFound,
				refusal => refusal.into(),
			},
		)
	}

	/// Fails unless the terms name an actor and a purpose: an empty list would mean everybody.
	pub(crate) fn ensure_specific(terms: &Terms) -> Result<(), Error<T>> {
		ensure!(!terms.actors.is_empty(), Error::<T>::NoActors);
		ensure!(!terms.purposes.is_empty(), Error::<T>::NoPurposes);
		Ok(())
	}

	pub(crate) fn ensure_well_formed(directive: &Directive, now: Moment) -> Result<(), Error<T>> {
		check(directive, now).map_err(|malformed| match malformed {
			MalformedDirective::PeriodEmpty => Error::<T>::PeriodEmpty,
			MalformedDirective::PeriodPast => Error::<T>::PeriodPast,
			MalformedDirective::MonthsEmpty => Error::<T>::MonthsEmpty,
			MalformedDirective::ExceptionIdle => Error::<T>::ExceptionIdle,
		})
	}

	/// Makes a directive that permits, from the terms of one call.
	pub(crate) fn do_grant(
		who: AccountId32,
		patient: PatientId,
		terms: Terms,
		now: Moment,
	) -> Result<ListWork, DispatchErrorWithPostInfo> {
		let made_as =
			Self::ensure_may(&who, patient, Deed::Share, now).map_err(Self::refused_early)?;
		Self::ensure_specific(&terms).map_err(Self::refused_early)?;
		let new = NewDirective {
			directive: terms.directive(),
			made_by: who,
			made_as,
			policy: None,
			replaced: None,
			asked: None,
		};
		Ok(Self::store_directive(patient, new, now)?.1)
	}

	/// Makes a directive with any rules.
	pub(crate) fn do_make_directive(
		who: AccountId32,
		patient: PatientId,
		directive: Directive,
		policy: Option<PolicyRef>,
		now: Moment,
	) -> Result<ListWork, DispatchErrorWithPostInfo> {
		let made_as =
			Self::ensure_may(&who, patient, Deed::Share, now).map_err(Self::refused_early)?;
		let new =
			NewDirective { directive, made_by: who, made_as, policy, replaced: None, asked: None };
		Ok(Self::store_directive(patient, new, now)?.1)
	}

	/// Ends a directive and takes the directive off the patient's list.
	pub(crate) fn do_withdraw(
		who: AccountId32,
		patient: PatientId,
		directive: DirectiveId,
		now: Moment,
	) -> Result<(), Error<T>> {
		let row = Self::withdrawable(&who, patient, directive, now)?;
		Self::end(patient, directive, row, now, EndReason::Withdrawn, Some(who.clone()));
		InForce::<T>::mutate(patient, |listed| listed.retain(|id| *id != directive));
		Self::deposit_event(Event::DirectiveWithdrawn { patient, directive, withdrawn_by: who });
		Ok(())
	}

	/// Ends a directive and makes another one at the same moment.
	pub(crate) fn do_replace(
		who: AccountId32,
		patient: PatientId,
		directive_id: DirectiveId,
		directive: Directive,
		policy: Option<PolicyRef>,
		now: Moment,
	) -> Result<ListWork, DispatchErrorWithPostInfo> {
		let row =
			Self::withdrawable(&who, patient, directive_id, now).map_err(Self::refused_early)?;
		let made_as =
			Self::ensure_may(&who, patient, Deed::Share, now).map_err(Self::refused_early)?;
		let new = NewDirective {
			directive,
			made_by: who,
			made_as,
			policy,
			replaced: Some((directive_id, row)),
			asked: None,
		};
		Ok(Self::store_directive(patient, new, now)?.1)
	}

	/// Takes the expired directives off the patient's list.
	pub(crate) fn do_retire_expired(
		patient: PatientId,
		now: Moment,
	) -> Result<ListWork, DispatchError> {
		let sorted = Self::sort(patient, now, None);
		ensure!(!sorted.expired.is_empty(), Error::<T>::NothingExpired);
		let work = sorted.work();
		InForce::<T>::insert(patient, Self::bounded(sorted.staying)?);
		Self::note_expired(patient, sorted.expired);
		Ok(work)
	}

	/// The directive's row, if the caller may end the directive and the end would change something.
	/// Reads only the row and the caller's relation to the patient.
	pub(crate) fn withdrawable(
		who: &AccountId32,
		patient: PatientId,
		directive: DirectiveId,
		now: Moment,
	) -> Result<DirectiveRow, Error<T>> {
		let row = Directives::<T>::get(patient, directive).ok_or(Error::<T>::DirectiveNotFound)?;
		T::Patients::may(who, patient, Deed::Withdraw, now).map_err(Error::<T>::from)?;
		ensure!(row.end(now).is_none(), Error::<T>::AlreadyEnded);
		Ok(row)
	}

	/// Notes the end of a directive in the row and in the trail.
	pub(crate) fn end(
		patient: PatientId,
		directive: DirectiveId,
		mut row: DirectiveRow,
		at: Moment,
		reason: EndReason,
		actor: Option<AccountId32>,
	) {
		row.ended = Some(Ended { at, reason });
		Self::unlist_built(patient, directive, row.policy);
		Directives::<T>::insert(patient, directive, row);
		T::Trail::write(Some(patient), None, actor, Act::DirectiveEnded { directive, reason });
	}

	/// Reads the patient's list without the directive `without`.
	fn sort(patient: PatientId, now: Moment, without: Option<DirectiveId>) -> Sorted {
		let list = InForce::<T>::get(patient);
		let mut sorted =
			Sorted { staying: Vec::with_capacity(list.len()), permissions: 0, expired: Vec::new() };
		for id in list.into_iter().filter(|id| Some(*id) != without) {
			let Some(row) = Directives::<T>::get(patient, id) else {
				continue;
			};
			match row.end(now) {
				Some(ended) => sorted.expired.push((id, row, ended.at)),
				None => {
					sorted.staying.push(id);
					sorted.permissions += u32::from(row.directive.base.effect == Effect::Permit);
				}
			}
		}
		sorted
	}

	/// Notes the expiry of directives. Each ended at the end of the period.
	fn note_expired(patient: PatientId, expired: Vec<(DirectiveId, DirectiveRow, Moment)>) {
		for (directive, row, at) in expired {
			Self::end(patient, directive, row, at, EndReason::Expired, None);
			Self::deposit_event(Event::DirectiveExpired { patient, directive, at });
		}
	}

	fn bounded(list: Vec<DirectiveId>) -> Result<InForceList, Error<T>> {
		list.try_into().map_err(|_| Error::<T>::MaxDirectivesExceeded)
	}

	/// A refusal before the read of the patient's list: the call gives the rest of the weight back.
	/// The work until then is at most a withdrawal's work, which reads and writes one of the
	/// largest directives.
	pub(crate) fn refused_early(error: Error<T>) -> DispatchErrorWithPostInfo {
		error.with_weight(T::WeightInfo::withdraw())
	}

	/// Stores a new directive, and ends the replaced directive if there is one. Notes the patient's
	/// expired directives.
	pub(crate) fn store_directive(
		patient: PatientId,
		new: NewDirective,
		now: Moment,
	) -> Result<(DirectiveId, ListWork), DispatchErrorWithPostInfo> {
		let NewDirective { directive, made_by, made_as, policy, replaced, asked } = new;
		Self::ensure_well_formed(&directive, now).map_err(Self::refused_early)?;
		Self::ensure_known(patient, policy).map_err(Self::refused_early)?;
		let effect = directive.base.effect;
		let until = directive.base.period.until;
		let sorted = Self::sort(patient, now, replaced.as_ref().map(|(id, _)| *id));
		ensure!((sorted.staying.len() as u32) < MAX_DIRECTIVES, Error::<T>::MaxDirectivesExceeded);
		ensure!(
			effect == Effect::Deny || sorted.permissions < MAX_PERMISSIONS,
			Error::<T>::MaxPermissionsExceeded
		);
		let id = NextDirective::<T>::get(patient);
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let work = sorted.work();
		let mut listed = sorted.staying;
		listed.push(id);
		let in_force = Self::bounded(listed)?;

		// No step after this line fails.
		Self::note_expired(patient, sorted.expired);
		NextDirective::<T>::insert(patient, next);
		InForceWhenMade::<T>::insert(patient, id, &in_force);
		InForce::<T>::insert(patient, in_force);
		let request = asked.map(|(request, _)| request);
		Directives::<T>::insert(
			patient,
			id,
			DirectiveRow {
				directive,
				made: now,
				made_by: made_by.clone(),
				made_as,
				ended: None,
				request,
				policy,
			},
		);
		Self::list_built(patient, id, policy);
		T::Trail::write(
			Some(patient),
			asked.map(|(_, organisation)| organisation),
			Some(made_by.clone()),
			Act::DirectiveMade { directive: id },
		);
		Self::deposit_event(Event::DirectiveMade {
			patient,
			directive: id,
			made_by: made_by.clone(),
			effect,
			until,
			request,
		});
		if let Some((old, row)) = replaced {
			Self::end(patient, old, row, now, EndReason::Replaced(id), Some(made_by));
			Self::deposit_event(Event::DirectiveReplaced {
				patient,
				directive: old,
				replacement: id,
			});
		}
		Ok((id, work))
	}
}
