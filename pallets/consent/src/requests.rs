//! Practitioners' requests: made within bounds, answered once.

use crate::{
	directives::{ListWork, NewDirective},
	pallet::*,
	types::*,
};
use assent_policy::{Actor, Maker, Moment, OrganisationId, PatientId, Practitioner};
use assent_support::{Act, Deed, Members, Patients, Phase, PolicyRef, Trail};
use frame_support::{
	dispatch::{DispatchErrorWithPostInfo, DispatchResult},
	ensure,
	traits::Get,
};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Checks and stores a practitioner's request.
	pub(crate) fn do_request(
		who: AccountId32,
		patient: PatientId,
		terms: Terms,
		policy: Option<PolicyRef>,
		now: Moment,
	) -> DispatchResult {
		let practitioner = T::Members::practitioner(&who, now).ok_or(Error::<T>::NoCredential)?;
		let organisation = practitioner.organisation;
		// In any other phase, no account could approve the request.
		match T::Patients::phase(patient).ok_or(Error::<T>::PatientNotFound)? {
			Phase::InUse => {}
			Phase::Left => return Err(Error::<T>::PatientLeft.into()),
			Phase::Deceased => return Err(Error::<T>::PatientDeceased.into()),
		}
		Self::ensure_specific(&terms)?;
		ensure!(
			terms.actors.iter().all(|actor| Self::is_within(actor, &practitioner, now)),
			Error::<T>::ActorOutsideOrganisation
		);
		Self::ensure_well_formed(&terms.directive(), now)?;
		Self::ensure_known(patient, policy)?;
		let lasts = now.saturating_add(T::RequestPeriod::get());
		let expires = terms.until.map_or(lasts, |until| until.min(lasts));
		let request = Self::take_place(patient, organisation, now)?;
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::Requested { request },
		);
		Requests::<T>::insert(
			patient,
			request,
			RequestRow {
				by: who.clone(),
				organisation,
				terms,
				policy,
				made: now,
				expires,
				state: RequestState::Open,
			},
		);
		Self::deposit_event(Event::AccessRequested {
			patient,
			request,
			practitioner: who,
			organisation,
			expires,
		});
		Ok(())
	}

	/// Whether the actor is the practitioner, a colleague, the organisation or a role at the
	/// organisation.
	fn is_within(actor: &Actor, practitioner: &Practitioner, now: Moment) -> bool {
		let organisation = practitioner.organisation;
		match actor {
			Actor::Practitioner(account) if *account == practitioner.account => true,
			Actor::Practitioner(account) => {
				T::Members::practitioner(&AccountId32::new(*account), now)
					.is_some_and(|colleague| colleague.organisation == organisation)
			}
			Actor::Organisation(named) => *named == organisation,
			Actor::RoleAt(role_at) => role_at.organisation == organisation,
			Actor::Role(_) | Actor::Group(_) => false,
		}
	}

	/// Gives the next number and puts the number on the patient's list. Lapsed requests leave the
	/// list.
	fn take_place(
		patient: PatientId,
		organisation: OrganisationId,
		now: Moment,
	) -> Result<RequestId, DispatchError> {
		let mut of_organisation = 0u32;
		let mut open = OpenRequests::<T>::get(patient);
		open.retain(|id| {
			let Some(row) = Requests::<T>::get(patient, id).filter(|row| now < row.expires) else {
				return false;
			};
			of_organisation += u32::from(row.organisation == organisation);
			true
		});
		ensure!(
			of_organisation < MAX_OPEN_OF_ORGANISATION,
			Error::<T>::MaxRequestsOfOrganisationExceeded
		);
		let request = NextRequest::<T>::get(patient);
		let next = request.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		open.try_push(request).map_err(|_| Error::<T>::MaxRequestsExceeded)?;
		NextRequest::<T>::insert(patient, next);
		OpenRequests::<T>::insert(patient, open);
		Ok(request)
	}

	/// Notes the patient's approval, and makes the directive of the request.
	pub(crate) fn do_approve_request(
		who: AccountId32,
		patient: PatientId,
		request: RequestId,
		now: Moment,
	) -> Result<ListWork, DispatchErrorWithPostInfo> {
		let (row, made_as) =
			Self::answerable(&who, patient, request, now).map_err(Self::refused_early)?;
		let new = NewDirective {
			directive: row.terms.directive(),
			made_by: who,
			made_as,
			policy: row.policy,
			replaced: None,
			asked: Some((request, row.organisation)),
		};
		let (directive, work) = Self::store_directive(patient, new, now)?;
		Self::close_request(patient, request, row, RequestState::Approved(directive));
		Self::deposit_event(Event::RequestApproved { patient, request, directive });
		Ok(work)
	}

	/// Notes the patient's refusal.
	pub(crate) fn do_refuse_request(
		who: AccountId32,
		patient: PatientId,
		request: RequestId,
		now: Moment,
	) -> DispatchResult {
		let (row, _) = Self::answerable(&who, patient, request, now)?;
		let organisation = row.organisation;
		Self::close_request(patient, request, row, RequestState::Refused);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who),
			Act::RequestRefused { request },
		);
		Self::deposit_event(Event::RequestRefused { patient, request });
		Ok(())
	}

	/// The request's row, and in whose right the caller may answer. Fails if the caller may not
	/// answer, or if the request is closed.
	fn answerable(
		who: &AccountId32,
		patient: PatientId,
		request: RequestId,
		now: Moment,
	) -> Result<(RequestRow, Maker), Error<T>> {
		let row = Requests::<T>::get(patient, request).ok_or(Error::<T>::RequestNotFound)?;
		let made_as = Self::ensure_may(who, patient, Deed::AnswerRequests, now)?;
		ensure!(row.state == RequestState::Open, Error::<T>::AlreadyAnswered);
		ensure!(now < row.expires, Error::<T>::RequestExpired);
		Ok((row, made_as))
	}

	/// Notes the answer and takes the request off the list.
	fn close_request(
		patient: PatientId,
		request: RequestId,
		mut row: RequestRow,
		state: RequestState,
	) {
		row.state = state;
		Requests::<T>::insert(patient, request, row);
		OpenRequests::<T>::mutate(patient, |open| open.retain(|id| *id != request));
	}
}
