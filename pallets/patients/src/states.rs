//! What two organisations say of a patient, what is private to the patient, and how it was
//! before.
//!
//! - **Unable to decide**: the key, perhaps in other hands, withdraws and opens documents;
//!   guardians act for the patient, and delegates only withdraw. The organisations name a
//!   guardian if there is none.
//! - **Dead**: nothing new is granted, asked for, or declared urgent; an emergency that runs
//!   ends with its time. Directives stay as the patient made them, until their ends; guardians
//!   open documents and withdraw, as executors do, and can be named after the death. The key can
//!   still withdraw: the report may be wrong.
//! - Both end as they began: the enrolling organisation reports the patient as able to decide,
//!   another confirms. A report alone changes nothing and lapses.
//! - **Private kinds** have two lists, and both count: the patient's, and the enrolling
//!   organisation's, for what the law of the place keeps from the guardians of somebody of that
//!   age. Neither can shorten the other's.

use crate::{Circumstances, Config, Error, Event, History, Pallet, Patient, Patients, Report};
use assent_policy::{Kinds, Moment, OrganisationId, PatientId, Private};
use assent_support::{first_after, Act, Condition, Members, Trail};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{AccountId32, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Notes what the enrolling organisation reports, or that it takes its report back.
	pub(crate) fn report(
		agent: AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		condition: Condition,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(row.enrolled_by == organisation, Error::<T>::NotAuthorized);
		let takes_back = condition == row.condition;
		ensure!(
			!takes_back || row.report.is_some(),
			Error::<T>::ConditionUnchanged
		);

		let lapses = now.saturating_add(T::ProposalPeriod::get());
		row.report = (!takes_back).then_some(Report { condition, lapses });
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(agent),
			Act::ConditionReported { condition },
		);
		Self::deposit_event(if takes_back {
			Event::ReportTakenBack {
				patient,
				condition,
				organisation,
			}
		} else {
			Event::ConditionReported {
				patient,
				condition,
				organisation,
				lapses,
			}
		});
		Ok(())
	}

	/// Makes a reported condition count.
	pub(crate) fn attest(
		agent: AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		condition: Condition,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(row.enrolled_by != organisation, Error::<T>::NotAuthorized);
		let report = row
			.report
			.take()
			.filter(|report| report.condition == condition)
			.ok_or(Error::<T>::ReportNotFound)?;
		ensure!(now < report.lapses, Error::<T>::ReportLapsed);
		// What a suspended organisation said does not count any more.
		ensure!(
			T::Members::is_active(row.enrolled_by),
			Error::<T>::OrganisationNotActive
		);

		row.condition = condition;
		Self::note_change(patient, &mut row, now, |_| ())?;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(agent),
			Act::ConditionChanged { condition },
		);
		Self::deposit_event(Event::ConditionChanged {
			patient,
			condition,
			organisation,
		});
		Ok(())
	}

	/// Takes a list of private kinds for the caller's: the patient's, or the enrolling
	/// organisation's.
	pub(crate) fn mark(by: AccountId32, patient: PatientId, kinds: Kinds) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let before = Self::newest(patient, &row).private;
		let mut private = before.clone();
		if by == row.controller {
			Self::ensure_key_counts(&row)?;
			private.by_patient = kinds;
		} else {
			ensure!(
				T::Members::agent_of(&by) == Some(row.enrolled_by),
				Error::<T>::NotAuthorized
			);
			private.by_organisation = kinds;
		}
		ensure!(private != before, Error::<T>::PrivateUnchanged);

		Self::note_change(patient, &mut row, now, |noted| {
			noted.private = private.clone()
		})?;
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::PrivateChanged,
		);
		Self::deposit_event(Event::PrivateChanged {
			patient,
			by,
			private,
		});
		Ok(())
	}

	/// Adds what counts from now on to the patient's history. The row is the caller's to store.
	pub(crate) fn note_change(
		patient: PatientId,
		row: &mut Patient,
		now: Moment,
		change: impl FnOnce(&mut Circumstances),
	) -> Result<(), DispatchError> {
		let mut noted = Circumstances {
			since: now,
			condition: row.condition,
			recovering: row.is_recovering(),
			..Self::newest(patient, row)
		};
		change(&mut noted);
		let number = row.changes;
		row.changes = number.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		History::<T>::insert(patient, number, noted);
		Ok(())
	}

	/// What counts of the patient since the last change.
	pub(crate) fn newest(patient: PatientId, row: &Patient) -> Circumstances {
		row.changes
			.checked_sub(1)
			.and_then(|last| History::<T>::get(patient, last))
			.unwrap_or_else(|| Circumstances::at_first(row.enrolled))
	}

	/// What counted of the patient at the end of a past moment, by halving: the rows are in
	/// the order of time.
	pub(crate) fn circumstances(patient: PatientId, row: &Patient, at: Moment) -> Circumstances {
		first_after(row.changes, |number| {
			History::<T>::get(patient, number).is_some_and(|noted| noted.since <= at)
		})
		.checked_sub(1)
		.and_then(|last| History::<T>::get(patient, last))
		.unwrap_or_else(|| Circumstances::at_first(row.enrolled))
	}

	/// What is private to the patient at a moment.
	pub(crate) fn private_at(patient: PatientId, at: Moment) -> Private {
		match Patients::<T>::get(patient) {
			None => Private::default(),
			Some(row) if at >= T::Time::now() => Self::newest(patient, &row).private,
			Some(row) => Self::circumstances(patient, &row, at).private,
		}
	}
}
