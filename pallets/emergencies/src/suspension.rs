//! Losing the emergency role, and getting it back.

use crate::{pallet::*, types::*};
use assent_policy::Moment;
use assent_support::{Act, SuspensionCause, Trail};
use frame_support::{dispatch::DispatchResult, ensure};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Notes that an emergency was not justified in time, with the deadline as the moment.
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

	/// Takes an emergency off its declarer's list. If the declarer lost the role while it was
	/// active, by another one's overdue justification that nobody has noted yet, it ended then:
	/// noting that later ends only what is still listed.
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

	/// Suspends the role of an emergency's declarer since then, and ends what the declarer had
	/// active at that moment: at most as many as one practitioner may have active.
	pub(crate) fn suspend(
		actor: Option<AccountId32>,
		emergency: EmergencyId,
		row: &EmergencyRow,
		cause: SuspensionCause,
		since: Moment,
	) {
		let practitioner = &row.practitioner;
		if !Suspensions::<T>::contains_key(practitioner) {
			let suspension = Suspension {
				since,
				emergency,
				cause,
			};
			Suspensions::<T>::insert(practitioner, suspension);
		}
		T::Trail::write(
			Some(row.patient),
			Some(row.organisation),
			actor,
			Act::EmergencyRoleSuspended {
				practitioner: practitioner.clone(),
				emergency,
				cause,
			},
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

	/// Gives the role back.
	pub(crate) fn do_reinstate(practitioner: AccountId32) -> DispatchResult {
		let suspension = Suspensions::<T>::take(&practitioner).ok_or(Error::<T>::NotSuspended)?;
		T::Trail::write(
			None,
			Emergencies::<T>::get(suspension.emergency).map(|row| row.organisation),
			None,
			Act::EmergencyRoleReinstated {
				practitioner: practitioner.clone(),
			},
		);
		Self::deposit_event(Event::RoleReinstated { practitioner });
		Ok(())
	}
}
