//! Recovery: another account takes over a patient id, in public and with delay.
//!
//! - A recovery needs more than half of the guardians in office and at least two, or the enrolling
//!   organisation and one other organisation. A single parent acts together with the organisations.
//! - A recovery without enough support changes nothing.
//! - Between the support and the finish, the old key may be a thief's. The old key only withdraws,
//!   ends the mandates of delegates, and vetoes. Delegates only withdraw. The new account can do
//!   nothing yet. Guardians act as before.
//! - A proposal replaces only an earlier proposal of the same path. A proposal of the other path,
//!   while support is possible, must be vetoed first, and the trail records the veto. Guardians may
//!   veto any recovery, an organisation only its own.
//! - A veto ends a recovery for good. A new proposal needs a new signature and has the whole delay
//!   again. The old key or any guardian can veto, up to the block of the finish.
//! - **A thief can veto as well.** The reason for this price: organisations that agree to take an id
//!   over fail as long as the owner looks once a week. The veto also protects a thief from the
//!   owner.
//! - Trying again is not limited, on purpose. A thief has to notice and veto each attempt, and only
//!   withdraws meanwhile. The trail records every attempt and every veto, and the council sees the
//!   trail.
//! - A person with a thief who never sleeps leaves the id to the guardians' withdrawals and enrols
//!   under a new id.
//! - The finish ends every delegate: the thief may have named them. Documents shared by the thief
//!   stay shared until the new key withdraws.
//! - At the finish, no organisation behind the recovery may be suspended. If the enrolling
//!   organisation is no longer active, guardians are the only way.

use crate::{
	recovery_message, ByController, Config, Deeds, EnrolmentNumber, Error, Event, Pallet, PastRole,
	Patient, PatientStatus, Patients, Recovery, RecoveryPath, Supporters, MIN_GUARDIANS_TO_RECOVER,
};
use alloc::vec::Vec;
use assent_policy::PatientId;
use assent_support::{hold_account, verify_wrapped, Act, Condition, Members, Relation, Trail};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{AccountId32, DispatchError, MultiSignature};

impl<T: Config> Pallet<T> {
	/// The account's next number, and the message with this number for a recovery now.
	pub(crate) fn next_recovery(
		patient: PatientId,
		controller: &AccountId32,
	) -> Option<(u32, Vec<u8>)> {
		let organisation = Patients::<T>::get(patient)?.enrolled_by;
		let number = EnrolmentNumber::<T>::get(controller);
		let genesis = Self::genesis_hash();
		let message = recovery_message(genesis, organisation, patient, controller, number);
		Some((number, message))
	}

	/// Notes the proposal of a guardian, or of the enrolling organisation, to let the account
	/// control the id. The account's signature shows the account's agreement.
	pub(crate) fn do_propose_recovery(
		by: AccountId32,
		patient: PatientId,
		controller: AccountId32,
		number: u32,
		signature: &MultiSignature,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let path = if row.has_guardian(&by, now) {
			let mut supporters = Supporters::default();
			supporters.try_push(by.clone()).map_err(|_| Error::<T>::MaxGuardiansExceeded)?;
			RecoveryPath::Guardians(supporters)
		} else {
			ensure!(T::Members::agent_of(&by) == Some(row.enrolled_by), Error::<T>::NotAuthorized);
			RecoveryPath::Organisations(None)
		};
		Self::ensure_recoverable(&row)?;
		ensure!(!row.is_recovering(), Error::<T>::AlreadyRecovering);
		// One path must not undo the proposal of the other path. Otherwise an organisation could
		// keep guardians from ever agreeing, without the visible veto.
		let other_waits = row.recovery.as_ref().is_some_and(|waiting| {
			now < waiting.lapses
				&& core::mem::discriminant(&waiting.path) != core::mem::discriminant(&path)
		});
		ensure!(!other_waits, Error::<T>::AlreadyProposed);
		Self::ensure_may_take_over(&row, &controller)?;
		let next = Self::next_number(&controller, number)?;
		let message =
			recovery_message(Self::genesis_hash(), row.enrolled_by, patient, &controller, number);
		ensure!(verify_wrapped(signature, &message, &controller), Error::<T>::BadSignature);

		EnrolmentNumber::<T>::insert(&controller, next);
		let lapses = now.saturating_add(T::ProposalPeriod::get());
		row.recovery =
			Some(Recovery { controller: controller.clone(), path, lapses, effective: None });
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::RecoveryProposed { controller: controller.clone() },
		);
		Self::deposit_event(Event::RecoveryProposed { patient, controller, by, lapses });
		Ok(())
	}

	/// Adds the support of a guardian or of the second organisation. With enough support, starts
	/// the recovery.
	pub(crate) fn do_support_recovery(
		by: AccountId32,
		patient: PatientId,
		controller: AccountId32,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let mut recovery = row
			.recovery
			.clone()
			.filter(|recovery| recovery.controller == controller)
			.ok_or(Error::<T>::RecoveryNotFound)?;
		let enough = match &mut recovery.path {
			RecoveryPath::Guardians(supporters) => {
				ensure!(row.has_guardian(&by, now), Error::<T>::NotAuthorized);
				supporters.retain(|one| row.has_guardian(one, now));
				ensure!(!supporters.contains(&by), Error::<T>::AlreadySupported);
				supporters.try_push(by.clone()).map_err(|_| Error::<T>::MaxGuardiansExceeded)?;
				supporters.len() >= guardians_needed(row.guardians_at(now).count())
			}
			RecoveryPath::Organisations(second) => {
				let organisation = T::Members::agent_of(&by)
					.filter(|organisation| *organisation != row.enrolled_by)
					.ok_or(Error::<T>::NotAuthorized)?;
				*second = Some(organisation);
				true
			}
		};
		ensure!(recovery.effective.is_none(), Error::<T>::AlreadyRecovering);
		ensure!(now < recovery.lapses, Error::<T>::RecoveryLapsed);
		Self::ensure_recoverable(&row)?;

		let organisation = row.enrolled_by;
		let effective = enough.then(|| now.saturating_add(T::RecoveryDelay::get()));
		recovery.effective = effective;
		row.recovery = Some(recovery);
		if enough {
			Self::note_change(patient, &mut row, now, |_| ())?;
		}
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			match effective {
				Some(effective) => {
					Act::RecoveryStarted { controller: controller.clone(), effective }
				}
				None => Act::RecoverySupported { controller: controller.clone() },
			},
		);
		Self::deposit_event(match effective {
			Some(effective) => Event::RecoveryStarted { patient, controller, by, effective },
			None => Event::RecoverySupported { patient, controller, by },
		});
		Ok(())
	}

	/// Ends a recovery, proposed or under way.
	pub(crate) fn do_veto_recovery(by: AccountId32, patient: PatientId) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let recovery = row.recovery.take().ok_or(Error::<T>::RecoveryNotFound)?;
		let brought_it_forward = match recovery.path {
			RecoveryPath::Guardians(_) => false,
			RecoveryPath::Organisations(second) => T::Members::agent_of(&by)
				.is_some_and(|own| own == row.enrolled_by || Some(own) == second),
		};
		ensure!(
			by == row.controller || row.has_guardian(&by, now) || brought_it_forward,
			Error::<T>::NotAuthorized
		);

		if recovery.effective.is_some() {
			Self::note_change(patient, &mut row, now, |_| ())?;
		}
		let (organisation, controller) = (row.enrolled_by, recovery.controller);
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::RecoveryVetoed { controller: controller.clone() },
		);
		Self::deposit_event(Event::RecoveryVetoed { patient, controller, by });
		Ok(())
	}

	/// Gives the id to the new account after the delay.
	pub(crate) fn do_finish_recovery(by: AccountId32, patient: PatientId) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let recovery = row.recovery.take().ok_or(Error::<T>::RecoveryNotFound)?;
		let effective = recovery.effective.ok_or(Error::<T>::RecoveryUnsupported)?;
		ensure!(effective <= now, Error::<T>::RecoveryTooEarly);
		Self::ensure_recoverable(&row)?;
		if let RecoveryPath::Organisations(second) = recovery.path {
			// The council may have suspended an organisation because of this recovery.
			ensure!(
				T::Members::is_active(row.enrolled_by) && second.is_some_and(T::Members::is_active),
				Error::<T>::OrganisationNotActive
			);
		}
		let controller = recovery.controller;
		// Each of the checked facts may have changed since the proposal.
		Self::ensure_may_take_over(&row, &controller)?;

		let former = core::mem::replace(&mut row.controller, controller.clone());
		let since = core::mem::replace(&mut row.controller_since, now);
		Self::remember(
			patient,
			&former,
			PastRole {
				relation: Relation::Controller,
				deeds: Deeds::default(),
				from: since,
				until: now,
			},
		);
		// The thief of the key may have named the delegates.
		for delegate in core::mem::take(&mut row.delegates) {
			Self::remember_delegate(patient, &delegate, now);
			Self::drop_principal(&delegate.account, patient);
		}
		Self::note_change(patient, &mut row, now, |_| ())?;
		ByController::<T>::remove(&former);
		ByController::<T>::insert(&controller, patient);
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		hold_account::<T>(&controller);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by),
			Act::ControllerChanged { controller: controller.clone() },
		);
		Self::deposit_event(Event::ControllerChanged { patient, former, controller });
		Ok(())
	}

	/// Fails for a left or dead patient: such an id has nothing left to control. Guardians can
	/// still withdraw.
	fn ensure_recoverable(row: &Patient) -> Result<(), Error<T>> {
		ensure!(row.status == PatientStatus::Active, Error::<T>::PatientLeft);
		ensure!(row.condition != Condition::Deceased, Error::<T>::PatientDeceased);
		Ok(())
	}

	/// Fails if the account may not become the patient's: the rules of enrolment apply, and the
	/// account must not be a guardian of this patient.
	fn ensure_may_take_over(row: &Patient, account: &AccountId32) -> Result<(), DispatchError> {
		Self::ensure_may_control(account, row.enrolled_by)?;
		ensure!(row.guardians.iter().all(|one| one.account != *account), Error::<T>::SelfGuardian);
		Ok(())
	}
}

/// The number of guardians who must support a recovery: more than half of the guardians in office,
/// and never one alone.
pub(crate) fn guardians_needed(in_office: usize) -> usize {
	(in_office / 2).saturating_add(1).max(MIN_GUARDIANS_TO_RECOVER as usize)
}
