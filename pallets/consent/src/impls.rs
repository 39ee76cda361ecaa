//! The lives of directives: checks first, then writes that can't fail.

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

/// How many of a patient's directives in force may permit.
pub(crate) const MAX_PERMISSIONS: u32 = MAX_DIRECTIVES - SLOTS_FOR_DENIALS;

/// What a call over the patient's list did, for its weight.
pub(crate) struct Made {
	/// The number of the new directive.
	pub directive: DirectiveId,
	/// How many of those listed stay in force, the replaced one aside.
	pub kept: u32,
	/// How many were noted as expired.
	pub expired: u32,
}

/// Where a new directive comes from.
#[derive(Default)]
pub(crate) struct Source {
	/// The version of a base policy that it is built on.
	pub policy: Option<PolicyRef>,
	/// The directive in whose place it comes.
	pub replaced: Option<(DirectiveId, DirectiveRow)>,
	/// The request that it answers, and whose practitioner asked.
	pub asked: Option<(RequestId, OrganisationId)>,
}

/// How much of the patient's list a call worked through, for its weight.
pub(crate) struct Retired {
	/// How many of those listed stay in force.
	pub kept: u32,
	/// How many were noted as expired.
	pub expired: u32,
}

/// The patient's list, sorted into what stays and what has expired.
struct Sorted {
	kept: Vec<DirectiveId>,
	permissions: u32,
	expired: Vec<(DirectiveId, DirectiveRow, Moment)>,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn now() -> Moment {
		T::Time::now()
	}

	/// The numbers of one page.
	pub(crate) fn page(from: u32, limit: u32, end: u32) -> core::ops::Range<u32> {
		from..end.min(from.saturating_add(limit.min(MAX_PAGE)))
	}

	/// The caller may do this in the patient's name. Tells in whose right.
	pub(crate) fn ensure_may(
		who: &AccountId32,
		patient: PatientId,
		deed: Deed,
		now: Moment,
	) -> Result<Maker, Error<T>> {
		T::Patients::may(who, patient, deed, now)
			.map(|relation| relation.maker())
			.map_err(|refusal| match refusal {
				Refusal::Stranger if !T::Patients::exists(patient) => Error::<T>::PatientNotFound,
				refusal => refusal.into(),
			})
	}

	/// One call grants to somebody, for something: never to everybody by an empty list.
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

	/// The directive's row, if the caller may end it and that would change something. Reads
	/// the row and the caller's standing to the patient, nothing else.
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

	/// Notes the end of a directive in its row and in the trail.
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
		T::Trail::write(
			Some(patient),
			None,
			actor,
			Act::DirectiveEnded { directive, reason },
		);
	}

	/// Reads the patient's list but for `without`.
	fn sort(patient: PatientId, now: Moment, without: Option<DirectiveId>) -> Sorted {
		let list = InForce::<T>::get(patient);
		let mut sorted = Sorted {
			kept: Vec::with_capacity(list.len()),
			permissions: 0,
			expired: Vec::new(),
		};
		for id in list.into_iter().filter(|id| Some(*id) != without) {
			let Some(row) = Directives::<T>::get(patient, id) else {
				continue;
			};
			match row.end(now) {
				Some(ended) => sorted.expired.push((id, row, ended.at)),
				None => {
					sorted.kept.push(id);
					sorted.permissions += u32::from(row.directive.base.effect == Effect::Permit);
				}
			}
		}
		sorted
	}

	/// Notes that directives have expired: each ended with its period.
	fn note_expired(patient: PatientId, expired: Vec<(DirectiveId, DirectiveRow, Moment)>) {
		for (directive, row, at) in expired {
			Self::end(patient, directive, row, at, EndReason::Expired, None);
			Self::deposit_event(Event::DirectiveExpired {
				patient,
				directive,
				at,
			});
		}
	}

	/// Takes the expired directives off the patient's list.
	pub(crate) fn retire(patient: PatientId, now: Moment) -> Result<Retired, DispatchError> {
		let sorted = Self::sort(patient, now, None);
		ensure!(!sorted.expired.is_empty(), Error::<T>::NothingExpired);
		let retired = Retired {
			kept: sorted.kept.len() as u32,
			expired: sorted.expired.len() as u32,
		};
		InForce::<T>::insert(patient, Self::bounded(sorted.kept)?);
		Self::note_expired(patient, sorted.expired);
		Ok(retired)
	}

	fn bounded(list: Vec<DirectiveId>) -> Result<InForceList, Error<T>> {
		list.try_into()
			.map_err(|_| Error::<T>::MaxDirectivesExceeded)
	}

	/// A refusal before the patient's list was read: the rest of the weight is given back.
	/// Until then no more is done than a withdrawal does, which reads and writes one of the
	/// largest directives.
	pub(crate) fn refused_early(error: Error<T>) -> DispatchErrorWithPostInfo {
		error.with_weight(T::WeightInfo::withdraw())
	}

	/// Stores a new directive, in the place of another if one is given, and notes what has
	/// expired meanwhile.
	pub(crate) fn make(
		who: AccountId32,
		made_as: Maker,
		patient: PatientId,
		directive: Directive,
		source: Source,
		now: Moment,
	) -> Result<Made, DispatchErrorWithPostInfo> {
		let Source {
			policy,
			replaced,
			asked,
		} = source;
		Self::ensure_well_formed(&directive, now).map_err(Self::refused_early)?;
		Self::ensure_known(patient, policy).map_err(Self::refused_early)?;
		let effect = directive.base.effect;
		let until = directive.base.period.until;
		let sorted = Self::sort(patient, now, replaced.as_ref().map(|(id, _)| *id));
		ensure!(
			(sorted.kept.len() as u32) < MAX_DIRECTIVES,
			Error::<T>::MaxDirectivesExceeded
		);
		ensure!(
			effect == Effect::Deny || sorted.permissions < MAX_PERMISSIONS,
			Error::<T>::MaxPermissionsExceeded
		);
		let id = NextDirective::<T>::get(patient);
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let made = Made {
			directive: id,
			kept: sorted.kept.len() as u32,
			expired: sorted.expired.len() as u32,
		};
		let mut kept = sorted.kept;
		kept.push(id);
		let in_force = Self::bounded(kept)?;

		// Nothing fails from here on.
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
				made_by: who.clone(),
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
			Some(who.clone()),
			Act::DirectiveMade { directive: id },
		);
		Self::deposit_event(Event::DirectiveMade {
			patient,
			directive: id,
			made_by: who.clone(),
			effect,
			until,
			request,
		});
		if let Some((old, row)) = replaced {
			Self::end(patient, old, row, now, EndReason::Replaced(id), Some(who));
			Self::deposit_event(Event::DirectiveReplaced {
				patient,
				directive: old,
				replacement: id,
			});
		}
		Ok(made)
	}
}

impl<T: Config> From<Refusal> for Error<T> {
	fn from(refusal: Refusal) -> Self {
		match refusal {
			Refusal::Stranger => Self::NotAuthorized,
			Refusal::NotInMandate => Self::NotInMandate,
			Refusal::Left => Self::PatientLeft,
			Refusal::InRecovery => Self::RecoveryRunning,
			Refusal::Incapable => Self::PatientIncapable,
			Refusal::Deceased => Self::PatientDeceased,
		}
	}
}
