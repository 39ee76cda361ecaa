//! Conditions of a patient, as two organisations say: able to decide, unable, or dead.
//!
//! - **Unable to decide**: the key, perhaps in other hands, withdraws and opens documents.
//!   Guardians act for the patient, and delegates only withdraw. The organisations name a guardian
//!   if there is none.
//! - **Dead**: nothing new is granted, asked for, or declared urgent. A running emergency ends at
//!   the planned time. Directives stay as the patient made them, until their ends. Guardians open
//!   documents and withdraw, as executors do, and can be named after the death. The key can still
//!   withdraw: the report may be wrong.
//! - **Able again**: the enrolling organisation reports the patient as able to decide, and another
//!   organisation confirms.
//!
//! A report alone changes nothing and lapses.

use crate::{Config, Error, Event, Pallet, Patients, Report};
use assent_policy::{OrganisationId, PatientId};
use assent_support::{Act, Condition, Members, Trail};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Notes the report of the enrolling organisation, or the end of an earlier report.
	pub(crate) fn do_report_condition(
		agent: AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		condition: Condition,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(row.enrolled_by == organisation, Error::<T>::NotAuthorized);
		let takes_back = condition == row.condition;
		ensure!(!takes_back || row.report.is_some(), Error::<T>::ConditionUnchanged);

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
			Event::ReportTakenBack { patient, condition, organisation }
		} else {
			Event::ConditionReported { patient, condition, organisation, lapses }
		});
		Ok(())
	}

	/// Confirms a reported condition.
	pub(crate) fn do_confirm_condition(
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
		// The report of a suspended organisation is not valid any more.
		ensure!(T::Members::is_active(row.enrolled_by), Error::<T>::OrganisationNotActive);

		row.condition = condition;
		Self::note_change(patient, &mut row, now, |_| ())?;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(agent),
			Act::ConditionChanged { condition },
		);
		Self::deposit_event(Event::ConditionChanged { patient, condition, organisation });
		Ok(())
	}
}
