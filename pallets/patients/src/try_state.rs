//! The invariants of the stored state.

use crate::{
	ByController, Config, EnrolmentNumber, History, Pallet, PastRoles, Patient, PatientStatus,
	Patients, PrincipalsOf, RecoveryPath, WardsOf,
};
use assent_policy::{Moment, PatientId};
use frame_support::{ensure, traits::Time};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks that patients, accounts, wards and principals agree, both ways, and that accounts can
	/// sign. Checks that the enrolling organisation proposed every guardian, and another
	/// organisation confirmed. Checks that recoveries and reports are possible, and that the newest
	/// history is the state of the patient.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_patients()?;
		Self::check_controllers()?;
		Self::check_guardians()?;
		Self::check_wards()?;
		Self::check_delegates()?;
		Self::check_principals()?;
		Self::check_recoveries()?;
		Self::check_history()?;
		Self::check_past_roles()
	}

	fn check_patients() -> Result<(), TryRuntimeError> {
		for (patient, row) in Patients::<T>::iter() {
			ensure!(
				row.enrolled <= row.controller_since,
				TryRuntimeError::Other("patients: an id was controlled before its enrolment")
			);
			// An account that takes another id, or loses the id, has no row for an id that was
			// left.
			if row.status != PatientStatus::Active {
				continue;
			}
			let newest = ByController::<T>::get(&row.controller)
				.ok_or(TryRuntimeError::Other("patients: a controller has no id"))?;
			ensure!(
				newest == patient,
				TryRuntimeError::Other("patients: an account controls two ids in use")
			);
		}
		Ok(())
	}

	fn check_controllers() -> Result<(), TryRuntimeError> {
		for (account, patient) in ByController::<T>::iter() {
			ensure!(
				Patients::<T>::get(patient).is_some_and(|row| row.controller == account),
				TryRuntimeError::Other("patients: an id is not its account's")
			);
			ensure!(
				EnrolmentNumber::<T>::get(&account) > 0,
				TryRuntimeError::Other("patients: an enrolment was not counted")
			);
			Self::check_reference(&account)?;
		}
		Ok(())
	}

	fn check_guardians() -> Result<(), TryRuntimeError> {
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
				Self::check_reference(&one.account)?;
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

	fn check_wards() -> Result<(), TryRuntimeError> {
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

	fn check_delegates() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (patient, row) in Patients::<T>::iter() {
			for (position, one) in row.delegates.iter().enumerate() {
				let others = row.delegates.iter().skip(position.saturating_add(1));
				ensure!(
					others.into_iter().all(|other| other.account != one.account),
					TryRuntimeError::Other("patients: an account is delegate twice")
				);
				ensure!(
					one.account != row.controller,
					TryRuntimeError::Other("patients: an account is its own delegate")
				);
				ensure!(
					!one.deeds.is_empty() && one.named < one.until,
					TryRuntimeError::Other("patients: a delegate never had a mandate")
				);
				Self::check_reference(&one.account)?;
				let listed = PrincipalsOf::<T>::get(&one.account)
					.iter()
					.any(|ward| ward.patient == patient && ward.until == Some(one.until));
				ensure!(
					listed || one.has_lapsed(now) || row.status != PatientStatus::Active,
					TryRuntimeError::Other("patients: a delegate does not list the principal")
				);
			}
		}
		Ok(())
	}

	fn check_principals() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (account, principals) in PrincipalsOf::<T>::iter() {
			ensure!(
				!principals.is_empty(),
				TryRuntimeError::Other("patients: an empty list of principals is stored")
			);
			for principal in principals.iter().filter(|one| !one.has_lapsed(now)) {
				let known = Patients::<T>::get(principal.patient).is_some_and(|row| {
					row.status == PatientStatus::Active
						&& row
							.delegates
							.iter()
							.any(|one| one.account == account && Some(one.until) == principal.until)
				});
				ensure!(
					known,
					TryRuntimeError::Other("patients: a listed principal has no such delegate")
				);
			}
		}
		Ok(())
	}

	fn check_recoveries() -> Result<(), TryRuntimeError> {
		for (_, row) in Patients::<T>::iter() {
			ensure!(
				row.report.as_ref().is_none_or(|report| report.condition != row.condition),
				TryRuntimeError::Other("patients: a report would change nothing")
			);
			let Some(recovery) = &row.recovery else {
				continue;
			};
			ensure!(
				row.status == PatientStatus::Active,
				TryRuntimeError::Other("patients: a left id is being recovered")
			);
			ensure!(
				recovery.controller != row.controller,
				TryRuntimeError::Other("patients: an id is recovered for its own account")
			);
			let brought_forward = match &recovery.path {
				RecoveryPath::Guardians(supporters) => !supporters.is_empty(),
				RecoveryPath::Organisations(second) => {
					second.is_some() == recovery.effective.is_some()
						&& *second != Some(row.enrolled_by)
				}
			};
			ensure!(
				brought_forward,
				TryRuntimeError::Other("patients: a recovery started without its support")
			);
		}
		Ok(())
	}

	fn check_history() -> Result<(), TryRuntimeError> {
		for (patient, number, _) in History::<T>::iter() {
			ensure!(
				Patients::<T>::get(patient).is_some_and(|row| number < row.changes),
				TryRuntimeError::Other("patients: a change was not counted")
			);
		}
		for (patient, row) in Patients::<T>::iter() {
			Self::check_history_of(patient, &row)?;
		}
		Ok(())
	}

	fn check_history_of(patient: PatientId, row: &Patient) -> Result<(), TryRuntimeError> {
		let mut since: Moment = row.enrolled;
		for number in 0..row.changes {
			let noted = History::<T>::get(patient, number)
				.ok_or(TryRuntimeError::Other("patients: a change is missing"))?;
			ensure!(
				since <= noted.since,
				TryRuntimeError::Other("patients: changes are not in the order of time")
			);
			since = noted.since;
		}
		let newest = Self::newest(patient, row);
		ensure!(
			newest.condition == row.condition && newest.recovering == row.is_recovering(),
			TryRuntimeError::Other("patients: the newest change is not what counts")
		);
		Ok(())
	}

	fn check_past_roles() -> Result<(), TryRuntimeError> {
		for (patient, _, roles) in PastRoles::<T>::iter() {
			ensure!(
				Patients::<T>::contains_key(patient),
				TryRuntimeError::Other("patients: somebody was something to nobody")
			);
			ensure!(
				!roles.is_empty() && roles.iter().all(|past| past.from < past.until),
				TryRuntimeError::Other("patients: a past role never was")
			);
		}
		Ok(())
	}

	fn check_reference(account: &T::AccountId) -> Result<(), TryRuntimeError> {
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			TryRuntimeError::Other("patients: an account can't sign")
		);
		Ok(())
	}
}
