//! Enrolment of patients, and their leaving.

use crate::{
	enrolment_message, ByController, Config, EnrolmentNumber, Error, Event, Pallet, Patient,
	PatientStatus, Patients,
};
use alloc::vec::Vec;
use assent_policy::{OrganisationId, PatientId};
use assent_support::{hold_account, verify_wrapped, Act, BasePolicies, Condition, Members, Trail};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::Zero, AccountId32, MultiSignature};

impl<T: Config> Pallet<T> {
	/// The hash of the chain's first block. Every enrolment's signature contains this hash.
	pub fn genesis_hash() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// The account's next number, and the message with this number for an enrolment now.
	pub(crate) fn next_enrolment(
		organisation: OrganisationId,
		patient: PatientId,
		controller: &AccountId32,
	) -> (u32, Vec<u8>) {
		let number = EnrolmentNumber::<T>::get(controller);
		let policy = T::Members::newest(organisation, T::Time::now());
		let genesis = Self::genesis_hash();
		let message = enrolment_message(genesis, organisation, policy, patient, controller, number);
		(number, message)
	}

	/// Checks the patient's signature and stores the patient.
	pub(crate) fn do_enrol(
		agent: AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		controller: AccountId32,
		number: u32,
		signature: &MultiSignature,
	) -> DispatchResult {
		ensure!(!Patients::<T>::contains_key(patient), Error::<T>::AlreadyEnrolled);
		Self::ensure_may_control(&controller, organisation)?;
		let next = Self::next_number(&controller, number)?;
		let now = T::Time::now();
		let policy = T::Members::newest(organisation, now);
		let message = enrolment_message(
			Self::genesis_hash(),
			organisation,
			policy,
			patient,
			&controller,
			number,
		);
		ensure!(verify_wrapped(signature, &message, &controller), Error::<T>::BadSignature);

		hold_account::<T>(&controller);
		EnrolmentNumber::<T>::insert(&controller, next);
		ByController::<T>::insert(&controller, patient);
		Patients::<T>::insert(
			patient,
			Patient {
				controller: controller.clone(),
				controller_since: now,
				enrolled_by: organisation,
				policy,
				enrolled: now,
				status: PatientStatus::Active,
				guardians: Default::default(),
				delegates: Default::default(),
				condition: Condition::Capable,
				report: None,
				recovery: None,
				changes: 0,
			},
		);
		T::Trail::write(Some(patient), Some(organisation), Some(agent), Act::Enrolled);
		Self::deposit_event(Event::PatientEnrolled { patient, organisation, controller });
		Ok(())
	}

	/// Fails if the account belongs to the enrolling organisation or controls another id in use.
	/// Such an account can't act as the patient.
	pub(crate) fn ensure_may_control(
		account: &AccountId32,
		organisation: OrganisationId,
	) -> Result<(), Error<T>> {
		ensure!(T::Members::agent_of(account) != Some(organisation), Error::<T>::NotIndependent);
		ensure!(
			!ByController::<T>::get(account).is_some_and(Self::is_in_use),
			Error::<T>::AlreadyController
		);
		Ok(())
	}

	/// The number after `signed`, if `signed` is the account's next number.
	pub(crate) fn next_number(account: &AccountId32, signed: u32) -> Result<u32, Error<T>> {
		ensure!(signed == EnrolmentNumber::<T>::get(account), Error::<T>::WrongNumber);
		signed.checked_add(1).ok_or(Error::<T>::MaxEnrolmentsExceeded)
	}

	/// Takes the controller's id out of use. The accounts that acted for the patient can still
	/// withdraw, free of charge. These accounts have no allowance for anything else.
	pub(crate) fn do_leave(controller: AccountId32) -> DispatchResult {
		let patient = ByController::<T>::get(&controller).ok_or(Error::<T>::NotFound)?;
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		Self::ensure_key_counts(&row)?;

		row.status = PatientStatus::Left(T::Time::now());
		row.recovery = None;
		for guardian in row.guardians.iter().filter(|one| one.confirmed_by.is_some()) {
			Self::drop_ward(&guardian.account, patient);
		}
		for delegate in &row.delegates {
			Self::drop_principal(&delegate.account, patient);
		}
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		T::Trail::write(Some(patient), Some(organisation), Some(controller.clone()), Act::Left);
		Self::deposit_event(Event::PatientLeft { patient, organisation, controller });
		Ok(())
	}
}
