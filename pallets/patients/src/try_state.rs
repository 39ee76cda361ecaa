//! What must hold of the stored rows.

use crate::{ByController, Config, EnrolmentNumber, Pallet, PatientStatus, Patients, WardsOf};
use frame_support::{ensure, traits::Time};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Patients, accounts and wards agree, both ways; accounts can sign; every guardian was
	/// proposed by the enrolling organisation and confirmed by another.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_patients()?;
		Self::try_controllers()?;
		Self::try_guardians()?;
		Self::try_wards()
	}

	fn try_patients() -> Result<(), TryRuntimeError> {
		for (patient, row) in Patients::<T>::iter() {
			let newest = ByController::<T>::get(&row.controller)
				.ok_or(TryRuntimeError::Other("patients: a controller has no id"))?;
			ensure!(
				newest == patient || row.status != PatientStatus::Active,
				TryRuntimeError::Other("patients: an account controls two ids in use")
			);
		}
		Ok(())
	}

	fn try_controllers() -> Result<(), TryRuntimeError> {
		for (account, patient) in ByController::<T>::iter() {
			ensure!(
				Patients::<T>::get(patient).is_some_and(|row| row.controller == account),
				TryRuntimeError::Other("patients: an id is not its account's")
			);
			ensure!(
				EnrolmentNumber::<T>::get(&account) > 0,
				TryRuntimeError::Other("patients: an enrolment was not counted")
			);
			Self::try_reference(&account)?;
		}
		for account in EnrolmentNumber::<T>::iter_keys() {
			ensure!(
				ByController::<T>::contains_key(account),
				TryRuntimeError::Other("patients: an enrolment without an id was counted")
			);
		}
		Ok(())
	}

	fn try_guardians() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (patient, row) in Patients::<T>::iter() {
			for (position, one) in row.guardians.iter().enumerate() {
				let others = row.guardians.iter().skip(position.saturating_add(1));
				ensure!(
					others.into_iter().all(|other| other.account != one.account),
					TryRuntimeError::Other("patients: an account is guardian twice")
				);
				ensure!(
					one.account != row.controller,
					TryRuntimeError::Other("patients: an account is its own guardian")
				);
				ensure!(
					one.proposed_by == row.enrolled_by,
					TryRuntimeError::Other("patients: a guardian was proposed by a stranger")
				);
				ensure!(
					one.confirmed_by != Some(row.enrolled_by),
					TryRuntimeError::Other("patients: a guardian was not confirmed by another")
				);
				if one.confirmed_by.is_none() {
					continue;
				}
				Self::try_reference(&one.account)?;
				let listed = WardsOf::<T>::get(&one.account)
					.iter()
					.any(|ward| ward.patient == patient && ward.until == one.until);
				ensure!(
					listed || one.has_lapsed(now) || row.status != PatientStatus::Active,
					TryRuntimeError::Other("patients: a guardian does not list the ward")
				);
			}
		}
		Ok(())
	}

	fn try_wards() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (account, wards) in WardsOf::<T>::iter() {
			ensure!(
				!wards.is_empty(),
				TryRuntimeError::Other("patients: an empty list of wards is stored")
			);
			for ward in wards.iter().filter(|ward| !ward.has_lapsed(now)) {
				let known = Patients::<T>::get(ward.patient).is_some_and(|row| {
					row.status == PatientStatus::Active
						&& row.guardians.iter().any(|one| {
							one.account == account
								&& one.confirmed_by.is_some()
								&& one.until == ward.until
						})
				});
				ensure!(
					known,
					TryRuntimeError::Other("patients: a listed ward has no such guardian")
				);
			}
		}
		Ok(())
	}

	fn try_reference(account: &T::AccountId) -> Result<(), TryRuntimeError> {
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			TryRuntimeError::Other("patients: an account can't sign")
		);
		Ok(())
	}
}
