//! Declaring an emergency within bounds and for a time, and ending an emergency early.

use crate::{pallet::*, types::*};
use assent_policy::{Moment, OrganisationId, PatientId, Role};
use assent_support::{Act, EmergencyReason, Members, Patients, Phase, Reviewers, Trail};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Defensive, Get},
	BoundedVec,
};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

/// The values that a declaration writes, without the row.
struct Place<T: Config> {
	emergency: EmergencyId,
	next: EmergencyId,
	position: u32,
	count: u32,
	open: BoundedVec<Open, T::MaxUnjustified>,
	of_practitioner: DayCount,
	of_organisation: DayCount,
}

impl<T: Config> Pallet<T> {
	/// Checks and stores a declaration.
	pub(crate) fn do_declare(
		who: AccountId32,
		patient: PatientId,
		reason: EmergencyReason,
		minutes: u16,
		now: Moment,
	) -> DispatchResult {
		let practitioner = T::Members::practitioner(&who, now).ok_or(Error::<T>::NoCredential)?;
		ensure!(
			practitioner.roles.contains(&Role::EmergencyClinician),
			Error::<T>::NoEmergencyRole
		);
		ensure!((1..=MAX_EMERGENCY_MINUTES).contains(&minutes), Error::<T>::MinutesOutOfRange);
		ensure!(!Suspensions::<T>::contains_key(&who), Error::<T>::RoleSuspended);
		let organisation = practitioner.organisation;
		let until = now
			.checked_add(Moment::from(minutes).saturating_mul(MINUTE))
			.ok_or(ArithmeticError::Overflow)?;
		let justify_by =
			until.checked_add(T::JustificationPeriod::get()).ok_or(ArithmeticError::Overflow)?;
		let place = Self::find_place(&who, organisation, patient, until, justify_by, now)?;

		// No later step fails.
		let emergency = place.emergency;
		NextEmergency::<T>::put(place.next);
		EmergencyCount::<T>::insert(patient, place.count);
		EmergenciesOf::<T>::insert(patient, place.position, emergency);
		Unjustified::<T>::insert(&who, place.open);
		OfPractitioner::<T>::insert(&who, place.of_practitioner);
		OfOrganisation::<T>::insert(organisation, place.of_organisation);
		Emergencies::<T>::insert(
			emergency,
			EmergencyRow {
				patient,
				practitioner: who.clone(),
				organisation,
				reason,
				declared: now,
				until,
				ended: None,
				justify_by,
				justified: None,
				stage: Stage::Declared,
			},
		);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::EmergencyDeclared { emergency, reason, until },
		);
		Self::deposit_event(Event::EmergencyDeclared {
			emergency,
			patient,
			practitioner: who,
			organisation,
			reason,
			until,
		});
		Ok(())
	}

	/// Checks the declarer's list and the caps, and hands out numbers. Writes no storage.
	fn find_place(
		who: &AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		until: Moment,
		justify_by: Moment,
		now: Moment,
	) -> Result<Place<T>, DispatchError> {
		let mut open = Unjustified::<T>::get(who);
		ensure!(open.iter().all(|one| now < one.justify_by), Error::<T>::JustificationOverdue);
		let phase = T::Patients::phase(patient).ok_or(Error::<T>::PatientNotFound)?;
		ensure!(phase != Phase::Deceased, Error::<T>::PatientDeceased);
		let active = open.iter().filter(|one| now < one.over);
		ensure!(active.clone().all(|one| one.patient != patient), Error::<T>::AlreadyDeclared);
		ensure!(active.count() < T::MaxActive::get() as usize, Error::<T>::MaxActiveExceeded);
		let emergency = NextEmergency::<T>::get();
		let next = emergency.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let position = EmergencyCount::<T>::get(patient);
		let count = position.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		open.try_push(Open { emergency, patient, organisation, over: until, justify_by })
			.map_err(|_| Error::<T>::MaxUnjustifiedExceeded)?;
		let of_practitioner = OfPractitioner::<T>::get(who)
			.on(now)
			.one_more(T::MaxOfDay::get())
			.ok_or(Error::<T>::MaxOfDayExceeded)?;
		let of_organisation = OfOrganisation::<T>::get(organisation)
			.on(now)
			.one_more(OrganisationCap::<T>::get())
			.ok_or(Error::<T>::MaxOfOrganisationExceeded)?;
		ensure!(T::Reviewers::has_other(organisation), Error::<T>::NoReviewer);
		Ok(Place { emergency, next, position, count, open, of_practitioner, of_organisation })
	}

	/// Ends an emergency for the declarer. The credential of the declarer plays no part: a declarer
	/// can always end an emergency.
	pub(crate) fn do_end(who: AccountId32, emergency: EmergencyId, now: Moment) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		ensure!(row.practitioner == who, Error::<T>::NotAuthorized);
		ensure!(row.is_active(now), Error::<T>::EmergencyOver);
		let justify_by = now.saturating_add(T::JustificationPeriod::get());
		row.ended = Some(now);
		// The deadline never becomes later: a runtime upgrade may have lengthened the period since.
		row.justify_by = row.justify_by.min(justify_by);
		Unjustified::<T>::mutate(&who, |open| {
			let listed = open.iter_mut().find(|one| one.emergency == emergency);
			if let Some(one) = listed.defensive() {
				one.over = now;
				one.justify_by = row.justify_by;
			}
		});
		Self::note_end(Some(who), emergency, &row, now);
		Emergencies::<T>::insert(emergency, row);
		Ok(())
	}

	/// Writes the line and the event of an early end. `actor` is the declarer, or `None` for a loss
	/// of the role.
	pub(crate) fn note_end(
		actor: Option<AccountId32>,
		emergency: EmergencyId,
		row: &EmergencyRow,
		at: Moment,
	) {
		T::Trail::write(
			Some(row.patient),
			Some(row.organisation),
			actor,
			Act::EmergencyEnded { emergency },
		);
		Self::deposit_event(Event::EmergencyEnded {
			emergency,
			patient: row.patient,
			practitioner: row.practitioner.clone(),
			at,
		});
	}
}
