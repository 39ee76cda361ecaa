//! Declared emergencies: within bounds, for a time, ended by their declarer or by the clock.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use assent_policy::{Moment, PatientId, Role};
use assent_support::{Act, EmergencyReason, Members, Patients, Phase, Trail};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Checks and stores a declaration.
	pub(crate) fn declare(
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
		ensure!(
			(1..=MAX_EMERGENCY_MINUTES).contains(&minutes),
			Error::<T>::MinutesOutOfRange
		);
		let phase = T::Patients::phase(patient).ok_or(Error::<T>::PatientNotFound)?;
		ensure!(phase != Phase::Deceased, Error::<T>::PatientDeceased);
		let until = now
			.checked_add(Moment::from(minutes).saturating_mul(MINUTE))
			.ok_or(ArithmeticError::Overflow)?;
		let organisation = practitioner.organisation;
		let emergency = Self::list_emergency(&who, patient, now)?;
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
			},
		);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::EmergencyDeclared {
				emergency,
				reason,
				until,
			},
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

	/// Hands out the next number and puts it on the declarer's and the patient's lists; those
	/// of the declarer that are over leave them.
	fn list_emergency(
		who: &AccountId32,
		patient: PatientId,
		now: Moment,
	) -> Result<EmergencyId, DispatchError> {
		let mut active = ActiveByPractitioner::<T>::get(who);
		let mut over = Vec::new();
		let mut declared = false;
		active.retain(|id| match Emergencies::<T>::get(id) {
			Some(other) if other.is_active(now) => {
				declared |= other.patient == patient;
				true
			}
			Some(other) => {
				over.push(other.patient);
				false
			}
			None => false,
		});
		ensure!(!declared, Error::<T>::AlreadyDeclared);
		let emergency = NextEmergency::<T>::get();
		let next = emergency.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let position = EmergencyCount::<T>::get(patient);
		let count = position.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		active
			.try_push(emergency)
			.map_err(|_| Error::<T>::MaxEmergenciesExceeded)?;

		for past in over {
			ActiveEmergencies::<T>::remove(past, who);
		}
		NextEmergency::<T>::put(next);
		EmergencyCount::<T>::insert(patient, count);
		EmergenciesOf::<T>::insert(patient, position, emergency);
		ActiveEmergencies::<T>::insert(patient, who, emergency);
		ActiveByPractitioner::<T>::insert(who, active);
		Ok(emergency)
	}

	/// Notes that the declarer ended an emergency and takes it off the lists. Asks nothing
	/// about the declarer's credential: ending is always possible.
	pub(crate) fn stop(who: AccountId32, emergency: EmergencyId, now: Moment) -> DispatchResult {
		let mut row = Emergencies::<T>::get(emergency).ok_or(Error::<T>::EmergencyNotFound)?;
		ensure!(row.practitioner == who, Error::<T>::NotAuthorized);
		ensure!(row.is_active(now), Error::<T>::EmergencyOver);
		let (patient, organisation) = (row.patient, row.organisation);
		row.ended = Some(now);
		Emergencies::<T>::insert(emergency, row);
		ActiveEmergencies::<T>::remove(patient, &who);
		ActiveByPractitioner::<T>::mutate_exists(&who, |active| {
			if let Some(list) = active {
				list.retain(|id| *id != emergency);
				if list.is_empty() {
					*active = None;
				}
			}
		});
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::EmergencyEnded { emergency },
		);
		Self::deposit_event(Event::EmergencyEnded {
			emergency,
			patient,
			practitioner: who,
		});
		Ok(())
	}
}
