//! Recovery: another account takes over a patient id, in public and with delay.
//!
//! - It takes more than half of the guardians in office and at least two, or the enrolling and
//!   one other organisation. A single parent goes with the organisations.
//! - Before it has that support it changes nothing. From then until it is finished the old key,
//!   which may be stolen, only withdraws, ends the mandate of delegates, and vetoes; delegates
//!   only withdraw; the new account can do nothing yet. Guardians act as ever.
//! - A proposal takes the place of an earlier one of the same path only. While one of the other
//!   path can still be supported it must be vetoed first, which stands in the trail: guardians
//!   may veto any, an organisation only its own.
//! - A veto ends it for good: it is proposed anew, with a new signature, and has its whole delay
//!   again. That the old key can veto protects its owner from organisations that agree, and a
//!   thief from its owner; the crate's documentation says why that is so.
//! - Finishing ends every delegate: the thief may have named them. What the thief shared stays
//!   until the new key withdraws it.
//! - No organisation of a recovery may be suspended when it is finished; if the enrolling one
//!   is no longer active, guardians are the only way.

use crate::{
	recovery_message, ByController, Config, Deeds, EnrolmentNumber, Error, Event, Pallet, PastRole,
	Patient, PatientStatus, Patients, Recovery, RecoveryPath, Supporters, MIN_GUARDIANS_TO_RECOVER,
};
use assent_policy::PatientId;
use assent_support::{hold_account, verify_wrapped, Act, Condition, Members, Relation, Trail};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{AccountId32, DispatchError, MultiSignature};

impl<T: Config> Pallet<T> {
	/// Notes that a guardian, or the enrolling organisation, wants the account to control the
	/// id. The account has signed that it is willing.
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
			supporters
				.try_push(by.clone())
				.map_err(|_| Error::<T>::MaxGuardiansExceeded)?;
			RecoveryPath::Guardians(supporters)
		} else {
			ensure!(
				T::Members::agent_of(&by) == Some(row.enrolled_by),
				Error::<T>::NotAuthorized
			);
			RecoveryPath::Organisations(None)
		};
		Self::ensure_recoverable(&row)?;
		ensure!(!row.is_recovering(), Error::<T>::AlreadyRecovering);
		// The one path must not undo what the other brought forward, or an organisation could
		// keep guardians from ever agreeing, and without a word in the place of their veto.
		let other_waits = row.recovery.as_ref().is_some_and(|waiting| {
			now < waiting.lapses
				&& core::mem::discriminant(&waiting.path) != core::mem::discriminant(&path)
		});
		ensure!(!other_waits, Error::<T>::AlreadyProposed);
		Self::ensure_may_take_over(&row, &controller)?;
		let next = Self::next_number(&controller, number)?;
		let message = recovery_message(
			Self::genesis_hash(),
			row.enrolled_by,
			patient,
			&controller,
			number,
		);
		ensure!(
			verify_wrapped(signature, &message, &controller),
			Error::<T>::BadSignature
		);

		EnrolmentNumber::<T>::insert(&controller, next);
		let lapses = now.saturating_add(T::ProposalPeriod::get());
		row.recovery = Some(Recovery {
			controller: controller.clone(),
			path,
			lapses,
			effective: None,
		});
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::RecoveryProposed {
				controller: controller.clone(),
			},
		);
		Self::deposit_event(Event::RecoveryProposed {
			patient,
			controller,
			by,
			lapses,
		});
		Ok(())
	}

	/// Adds a guardian's, or the second organisation's, support, and starts the recovery when
	/// that is enough.
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
				supporters
					.try_push(by.clone())
					.map_err(|_| Error::<T>::MaxGuardiansExceeded)?;
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
				Some(effective) => Act::RecoveryStarted {
					controller: controller.clone(),
					effective,
				},
				None => Act::RecoverySupported {
					controller: controller.clone(),
				},
			},
		);
		Self::deposit_event(match effective {
			Some(effective) => Event::RecoveryStarted {
				patient,
				controller,
				by,
				effective,
			},
			None => Event::RecoverySupported {
				patient,
				controller,
				by,
			},
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
			Act::RecoveryVetoed {
				controller: controller.clone(),
			},
		);
		Self::deposit_event(Event::RecoveryVetoed {
			patient,
			controller,
			by,
		});
		Ok(())
	}

	/// Hands the id over when its time has come.
	pub(crate) fn do_finish_recovery(by: AccountId32, patient: PatientId) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		let recovery = row.recovery.take().ok_or(Error::<T>::RecoveryNotFound)?;
		let effective = recovery.effective.ok_or(Error::<T>::RecoveryUnsupported)?;
		ensure!(effective <= now, Error::<T>::RecoveryTooEarly);
		Self::ensure_recoverable(&row)?;
		if let RecoveryPath::Organisations(second) = recovery.path {
			// The council may have suspended one of them for this very recovery.
			ensure!(
				T::Members::is_active(row.enrolled_by) && second.is_some_and(T::Members::is_active),
				Error::<T>::OrganisationNotActive
			);
		}
		let controller = recovery.controller;
		// Any of it may have changed since it was proposed.
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
		// Whoever stole the key may have named them.
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
			Act::ControllerChanged {
				controller: controller.clone(),
			},
		);
		Self::deposit_event(Event::ControllerChanged {
			patient,
			former,
			controller,
		});
		Ok(())
	}

	/// Of a left or dead patient nothing is left to control; withdrawing stays with guardians.
	fn ensure_recoverable(row: &Patient) -> Result<(), Error<T>> {
		ensure!(row.status == PatientStatus::Active, Error::<T>::PatientLeft);
		ensure!(
			row.condition != Condition::Deceased,
			Error::<T>::PatientDeceased
		);
		Ok(())
	}

	/// The account may become the patient's: as at enrolment, and it is no guardian of this
	/// one.
	fn ensure_may_take_over(row: &Patient, account: &AccountId32) -> Result<(), DispatchError> {
		Self::ensure_may_control(account, row.enrolled_by)?;
		ensure!(
			row.guardians.iter().all(|one| one.account != *account),
			Error::<T>::SelfGuardian
		);
		Ok(())
	}
}

/// How many of so many guardians in office must support a recovery: more than half, and never
/// one alone.
pub(crate) fn guardians_needed(in_office: usize) -> usize {
	(in_office / 2)
		.saturating_add(1)
		.max(MIN_GUARDIANS_TO_RECOVER as usize)
}
