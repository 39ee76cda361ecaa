//! Looking things up: rows, pages, block hashes, and whether an emergency is active.

use crate::{pallet::*, types::*};
use assent_policy::{Moment, PatientId, Practitioner, Role};
use assent_support::{first_after, Act, Trail};
use frame_support::traits::{Get, Time};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::UniqueSaturatedInto, AccountId32};

impl<T: Config> Pallet<T> {
	pub(crate) fn now() -> Moment {
		T::Time::now()
	}

	/// The number of the present block.
	pub(crate) fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().unique_saturated_into()
	}

	/// The block whose hash decides the next draw. The hash is still unknown.
	pub(crate) fn draw_block() -> u32 {
		Self::block().saturating_add(T::DrawDelay::get())
	}

	/// The hash of an earlier block. `None` if the chain no longer keeps the hash.
	pub(crate) fn hash_of(block: u32) -> Option<sp_core::H256> {
		let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(block));
		(!hash.is_zero()).then_some(hash)
	}

	pub(crate) fn load(emergency: EmergencyId) -> Result<EmergencyRow, Error<T>> {
		Emergencies::<T>::get(emergency).ok_or(Error::<T>::EmergencyNotFound)
	}

	/// Writes a line into the sequences of two organisations. The line of the declarer's
	/// organisation names the patient. The line of the other organisation does not name the
	/// patient.
	pub(crate) fn write_for_both(
		row: &EmergencyRow,
		other: assent_policy::OrganisationId,
		actor: Option<AccountId32>,
		act: Act,
	) {
		T::Trail::write(Some(row.patient), Some(row.organisation), actor.clone(), act.clone());
		T::Trail::write(None, Some(other), actor, act);
	}

	/// Whether the patient's rows hold an emergency that was active at the past moment and passes
	/// `counts`.
	fn was_active(patient: PatientId, at: Moment, counts: impl Fn(&EmergencyRow) -> bool) -> bool {
		let row_at =
			|position| EmergenciesOf::<T>::get(patient, position).and_then(Emergencies::<T>::get);
		let end = first_after(EmergencyCount::<T>::get(patient), |position| {
			row_at(position).is_some_and(|row| row.declared <= at)
		});
		// No emergency lasts longer than four hours, so earlier declarations are over by then.
		(0..end)
			.rev()
			.map_while(row_at)
			.take_while(|row| row.declared.saturating_add(MAX_EMERGENCY) > at)
			.any(|row| row.is_active(at) && counts(&row))
	}
}

impl<T: Config> assent_support::Emergencies for Pallet<T> {
	fn active(practitioner: &Practitioner, patient: PatientId, at: Moment) -> bool {
		if !practitioner.roles.contains(&Role::EmergencyClinician) {
			return false;
		}
		let account: AccountId32 = practitioner.account.into();
		let open = Unjustified::<T>::get(&account);
		// The role is suspended from the deadline on, noted or not. A note ends the emergencies
		// that were active at the deadline, and the rows say so.
		if open.iter().any(|one| one.justify_by <= at) {
			return false;
		}
		if at < Self::now() {
			return Self::was_active(patient, at, |row| {
				row.practitioner == account && row.organisation == practitioner.organisation
			});
		}
		open.iter().any(|one| {
			one.patient == patient && one.organisation == practitioner.organisation && at < one.over
		})
	}
}
