//! The loss and the return of the emergency role.

use crate::{pallet::*, types::*};
use assent_policy::Moment;
use assent_support::{Act, SuspensionCause, Trail};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Records the suspension after a missed justification, with the deadline as the moment.
	pub(crate) fn do_suspend_unjustified(
		who: AccountId32,
		emergency: EmergencyId,
		now: Moment,
	) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		match row.stage {
			Stage::Declared => ensure!(row.justify_by <= now, Error::<T>::JustificationNotOverdue),
			Stage::Unjustified => return Err(Error::<T>::AlreadyNoted.into()),
			Stage::AwaitingDraw { .. } | Stage::UnderReview { .. } | Stage::Reviewed { .. } => {
				return Err(Error::<T>::AlreadyJustified.into())
			}
		}
		row.stage = Stage::Unjustified;
		Self::close(emergency, &mut row);
		Emergencies::<T>::insert(emergency, &row);
		let cause = SuspensionCause::Unjustified;
		Self::suspend(Some(who), emergency, &row, cause, row.justify_by);
		Ok(())
	}

	/// Takes an emergency off its declarer's list. Another overdue justification, not noted yet,
	/// may have taken the role during the emergency. Then the emergency ended at that deadline. A
	/// later note ends listed emergencies only, so this function records the end.
	pub(crate) fn close(emergency: EmergencyId, row: &mut EmergencyRow) {
		let mut open = Unjustified::<T>::get(&row.practitioner);
		open.retain(|one| one.emergency != emergency);
		let lost = open.iter().map(|one| one.justify_by).min();
		if let Some(lost) = lost.filter(|lost| *lost < row.over()) {
			row.ended = Some(lost);
			Self::note_end(None, emergency, row, lost);
		}
		if open.is_empty() {
			Unjustified::<T>::remove(&row.practitioner);
		} else {
			Unjustified::<T>::insert(&row.practitioner, open);
		}
	}

	/// Suspends the role of an emergency's declarer from `since` on, and ends the emergencies that
	/// were active at `since`. The number is at most the maximum of active emergencies.
	pub(crate) fn suspend(
		actor: Option<AccountId32>,
		emergency: EmergencyId,
		row: &EmergencyRow,
		cause: SuspensionCause,
		since: Moment,
	) {
		let practitioner = &row.practitioner;
		if !Suspensions::<T>::contains_key(practitioner) {
			let suspension = Suspension { since, emergency, cause };
			Suspensions::<T>::insert(practitioner, suspension);
		}
		T::Trail::write(
			Some(row.patient),
			Some(row.organisation),
			actor,
			Act::EmergencyRoleSuspended { practitioner: practitioner.clone(), emergency, cause },
		);
		Self::deposit_event(Event::RoleSuspended {
			practitioner: practitioner.clone(),
			emergency,
			cause,
			since,
		});
		let mut open = Unjustified::<T>::get(practitioner);
		let mut ended = false;
		for one in open.iter_mut().filter(|one| since < one.over) {
			one.over = since;
			ended = true;
			Emergencies::<T>::mutate(one.emergency, |stored| {
				let Some(active) = stored else { return };
				active.ended = Some(since);
				Self::note_end(None, one.emergency, active, since);
			});
		}
		if ended {
			Unjustified::<T>::insert(practitioner, open);
		}
	}

	/// Gives the role back to the practitioner.
	pub(crate) fn do_reinstate(practitioner: AccountId32) -> DispatchResult {
		let suspension = Suspensions::<T>::take(&practitioner).ok_or(Error::<T>::NotSuspended)?;
		T::Trail::write(
			None,
			Emergencies::<T>::get(suspension.emergency).map(|row| row.organisation),
			None,
			Act::EmergencyRoleReinstated { practitioner: practitioner.clone() },
		);
		Self::deposit_event(Event::RoleReinstated { practitioner });
		Ok(())
	}
}
