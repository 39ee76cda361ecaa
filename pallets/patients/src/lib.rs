//! # Patients
//!
//! Knows the patient ids: which account acts as the patient, which organisation enrolled
//! them, and who acts for them by right.
//!
//! ## Terms
//! - **Patient**: an id of 16 random bytes. A person has one for each organisation that
//!   treats them, each with an account of its own; only the person knows they belong
//!   together.
//! - **Controller**: the account that acts as the patient.
//! - **Enrolment**: an organisation takes up a patient, with the patient's signature.
//! - **Guardian**: an account that acts for the patient by right, such as a parent's, until
//!   a date or until ended. Proposed by the enrolling organisation, confirmed by another.
//! - **Ward**: a patient, seen from the guardian.
//!
//! ## A scenario
//! A hospital takes up Ada, twelve. Her wallet signs seven lines: the chain, the hospital, the
//! version of its base policy, the new patient id, her account and the number 0. The
//! hospital's agent sends them with `enrol`,
//! and Ada's account can sign transactions from then on. The hospital proposes her mother's
//! account as guardian until Ada's eighteenth birthday. It is none of the hospital's own
//! accounts, and the health authority confirms it: from that block on her mother can share
//! and withdraw for her. On her birthday that ends without a transaction. At twenty Ada moves
//! away and leaves: her id grants nothing new, but what she granted she can still withdraw.
//! Should the hospital treat her again, her account signs again, with number 1 and a new id.
//!
//! ## What is stored
//! - [`Patients`]: a row for each id, never removed.
//! - [`ByController`]: the newest id of each account; [`EnrolmentNumber`]: how many
//!   enrolments the account signed, so that no signature serves twice.
//! - [`WardsOf`]: the wards of each guardian.
//!
//! | Call | Who | Event |
//! | --- | --- | --- |
//! | [`enrol`](Pallet::enrol) | an agent of an active organisation, with the patient's signature | [`Event::PatientEnrolled`] |
//! | [`leave`](Pallet::leave) | the controller | [`Event::PatientLeft`] |
//! | [`propose_guardian`](Pallet::propose_guardian) | an agent of the enrolling organisation | [`Event::GuardianProposed`] |
//! | [`confirm_guardian`](Pallet::confirm_guardian) | an agent of another active organisation | [`Event::GuardianNamed`] |
//! | [`end_guardian`](Pallet::end_guardian) | the controller, or the guardian | [`Event::GuardianEnded`] or [`Event::ProposalEnded`] |
//!
//! ## Assumptions
//! - An account known here keeps the reference that lets it sign, for good: dropping it would
//!   reset its nonce and revive old transactions. Leaving takes the allowance away instead.
//! - Nothing here shows who a patient is; that an organisation enrolled somebody on a day, it
//!   does.
//! - Organisations can invent patients by making up accounts. They can't take over one.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod impls;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod try_state;
pub mod types;
pub mod weights;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Moment, OrganisationId, PatientId};
	use assent_support::{hold_account, verify_wrapped, Act, BasePolicies, Members, Trail};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::{AccountId32, MultiSignature};

	/// The patient ids.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId32, Hash = H256> {
		/// Who acts for which organisation, and by which base policy it takes up patients.
		type Members: Members + BasePolicies;
		/// Where changes are remembered.
		type Trail: Trail;
		/// The wall clock, in milliseconds since the Unix epoch.
		type Time: Time<Moment = Moment>;
		/// What the calls cost, without what the trail and the members cost.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every patient id.
	///
	/// Written by `enrol`, changed by the other calls, never removed: what was decided for
	/// an id must stay explicable. Hasher: the ids come from outside.
	#[pallet::storage]
	pub type Patients<T: Config> = StorageMap<_, Blake2_128Concat, PatientId, Patient>;

	/// The newest patient id of an account: the one in use, or the last one that was left.
	///
	/// Written by `enrol`, never removed. At most one row for each enrolled account.
	#[pallet::storage]
	pub type ByController<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, PatientId>;

	/// How many enrolments an account signed: the number that its next one must carry.
	///
	/// Written by `enrol`, never removed. At most one row for each enrolled account.
	#[pallet::storage]
	pub type EnrolmentNumber<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, u32, ValueQuery>;

	/// The patient ids in use of which an account is a confirmed guardian. Lapsed ones may
	/// still be listed; they go when the list is next written.
	///
	/// Written by `confirm_guardian`; a ward is removed by `end_guardian` and `leave`, the row
	/// with its last ward. At most [`MAX_WARDS`] in a row.
	#[pallet::storage]
	pub type WardsOf<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Wards, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A patient id was enrolled.
		PatientEnrolled {
			/// The new id.
			patient: PatientId,
			/// The organisation that enrolled it.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A patient id was taken out of use by its controller.
		PatientLeft {
			/// The id.
			patient: PatientId,
			/// The organisation that had enrolled it.
			organisation: OrganisationId,
			/// The account that acts as the patient.
			controller: AccountId32,
		},
		/// A guardian was proposed. The proposal does nothing until it is confirmed.
		GuardianProposed {
			/// The patient.
			patient: PatientId,
			/// The proposed guardian.
			guardian: AccountId32,
			/// First moment at which the guardian no longer is one.
			until: Option<Moment>,
			/// The enrolling organisation, which proposed.
			organisation: OrganisationId,
		},
		/// A proposed guardian was confirmed and acts for the patient from now on.
		GuardianNamed {
			/// The patient.
			patient: PatientId,
			/// The guardian.
			guardian: AccountId32,
			/// First moment at which the guardian no longer is one.
			until: Option<Moment>,
			/// The organisation that confirmed.
			organisation: OrganisationId,
		},
		/// A guardian was ended and no longer acts for the patient.
		GuardianEnded {
			/// The patient.
			patient: PatientId,
			/// The guardian.
			guardian: AccountId32,
			/// Who ended it: the patient's controller or the guardian.
			by: AccountId32,
		},
		/// The proposal of a guardian ended without having been confirmed.
		ProposalEnded {
			/// The patient.
			patient: PatientId,
			/// The guardian who had been proposed.
			guardian: AccountId32,
			/// Who ended it: the patient's controller or the proposed guardian.
			by: AccountId32,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such patient id, or the account never controlled one. Check the id.
		NotFound,
		/// The caller is not one of those who may make this call: see its description.
		NotAuthorized,
		/// The patient id is taken. Draw another at random.
		AlreadyEnrolled,
		/// The account already controls a patient id that is in use. Let the patient use
		/// another account, or leave the first id.
		AlreadyController,
		/// The account acts for the organisation itself. Let the patient use an account of
		/// their own.
		NotIndependent,
		/// The number is not how many enrolments the account signed so far. Read it, and let
		/// the patient sign again with it.
		WrongNumber,
		/// The signature is not the account's over the message for these very values and the
		/// newest base policy. Let the patient sign what the message function returns now.
		BadSignature,
		/// The account signed as many enrolments as can be counted. Let the patient use
		/// another account.
		MaxEnrolmentsExceeded,
		/// The patient id was left. Enrol the patient again, under a new id.
		AlreadyLeft,
		/// The end of the term has come already. Give a later one, or none.
		TermPast,
		/// The account is that of the patient. Name somebody else as guardian.
		SelfGuardian,
		/// The account is one of the enrolling organisation's, as agent or practitioner. A
		/// guardian must not be: name somebody else.
		GuardianNotIndependent,
		/// The account already is a guardian of this patient, or proposed as one. End that
		/// first to change its term.
		AlreadyGuardian,
		/// There is no such guardian, nor such a proposal, for this patient. Check the account.
		GuardianNotFound,
		/// The guardian is confirmed. Nothing is left to do.
		AlreadyConfirmed,
		/// The patient has as many guardians and proposals as allowed. Let the patient end one.
		MaxGuardiansExceeded,
		/// The account is guardian of as many patients as allowed. Let it end one.
		MaxWardsExceeded,
	}

	#[pallet::extra_constants]
	impl<T: Config> Pallet<T> {
		/// How many guardians a patient id has at most, proposals included.
		fn max_guardians() -> u32 {
			MAX_GUARDIANS
		}

		/// Of how many patient ids an account is guardian at most, at a time.
		fn max_wards() -> u32 {
			MAX_WARDS
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The patient id in use that an account controls.
		pub fn patient_of(account: AccountId32) -> Option<PatientId> {
			ByController::<T>::get(account).filter(|patient| Self::is_in_use(*patient))
		}

		/// The patient ids in use of which an account is a guardian now.
		pub fn wards_of(account: AccountId32) -> Vec<PatientId> {
			let now = T::Time::now();
			let wards = WardsOf::<T>::get(account).into_iter();
			wards
				.filter(|ward| !ward.has_lapsed(now))
				.map(|ward| ward.patient)
				.collect()
		}

		/// What the account's wallet must sign now, as raw bytes, for this organisation to
		/// enrol it under this patient id, and the number to pass along.
		pub fn enrolment_to_sign(
			organisation: OrganisationId,
			patient: PatientId,
			controller: AccountId32,
		) -> (u32, Vec<u8>) {
			let number = EnrolmentNumber::<T>::get(&controller);
			let message = enrolment_message(
				Self::genesis_hash(),
				organisation,
				T::Members::newest(organisation, T::Time::now()),
				patient,
				&controller,
				number,
			);
			(number, message)
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Enrol a patient with your organisation: the account becomes the patient's, can sign
		/// transactions from now on, and decides who sees the records registered under the id.
		/// The patient has signed this with that account, and with it the version of your base
		/// policy that is the newest now.
		///
		/// patient: the new id, 16 random bytes. controller: the patient's account. number: how
		/// many enrolments the account signed before. signature: the account's, over the
		/// enrolment message.
		/// Who: the controller account or an agent of an active organisation. Fails:
		/// NotAuthorized, AlreadyEnrolled, NotIndependent, AlreadyController, WrongNumber,
		/// MaxEnrolmentsExceeded, BadSignature. Event: PatientEnrolled.
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::enrol()
				.saturating_add(T::Members::worst_weight().saturating_mul(2))
				.saturating_add(T::Members::worst_policy_weight())
				.saturating_add(T::Trail::weight())
		)]
		pub fn enrol(
			origin: OriginFor<T>,
			patient: PatientId,
			controller: AccountId32,
			number: u32,
			signature: MultiSignature,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			ensure!(
				!Patients::<T>::contains_key(patient),
				Error::<T>::AlreadyEnrolled
			);
			ensure!(
				T::Members::agent_of(&controller) != Some(organisation),
				Error::<T>::NotIndependent
			);
			ensure!(
				!ByController::<T>::get(&controller).is_some_and(Self::is_in_use),
				Error::<T>::AlreadyController
			);
			let signed_before = EnrolmentNumber::<T>::get(&controller);
			ensure!(number == signed_before, Error::<T>::WrongNumber);
			let signed_now = number
				.checked_add(1)
				.ok_or(Error::<T>::MaxEnrolmentsExceeded)?;
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
			ensure!(
				verify_wrapped(&signature, &message, &controller),
				Error::<T>::BadSignature
			);

			hold_account::<T>(&controller);
			EnrolmentNumber::<T>::insert(&controller, signed_now);
			ByController::<T>::insert(&controller, patient);
			Patients::<T>::insert(
				patient,
				Patient {
					controller: controller.clone(),
					enrolled_by: organisation,
					policy,
					enrolled: now,
					status: PatientStatus::Active,
					guardians: Default::default(),
				},
			);
			T::Trail::write(
				Some(patient),
				Some(organisation),
				Some(agent),
				Act::Enrolled,
			);
			Self::deposit_event(Event::PatientEnrolled {
				patient,
				organisation,
				controller,
			});
			Ok(())
		}

		/// Take your patient id out of use: nothing new can be shared or signed with it, and it
		/// does not come back. What you shared before stays shared until it ends; you can still
		/// withdraw it, free of charge.
		///
		/// Who: the patient's account. Fails: NotFound, AlreadyLeft. Event: PatientLeft.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::leave().saturating_add(T::Trail::weight()))]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let controller = ensure_signed(origin)?;
			let patient = ByController::<T>::get(&controller).ok_or(Error::<T>::NotFound)?;
			let row = Patients::<T>::try_mutate(patient, |row| {
				let row = row.as_mut().ok_or(Error::<T>::NotFound)?;
				ensure!(row.status == PatientStatus::Active, Error::<T>::AlreadyLeft);
				row.status = PatientStatus::Left(T::Time::now());
				Ok::<_, Error<T>>(row.clone())
			})?;
			for guardian in row
				.guardians
				.iter()
				.filter(|one| one.confirmed_by.is_some())
			{
				Self::drop_ward(&guardian.account, patient);
			}

			let organisation = row.enrolled_by;
			T::Trail::write(
				Some(patient),
				Some(organisation),
				Some(controller.clone()),
				Act::Left,
			);
			Self::deposit_event(Event::PatientLeft {
				patient,
				organisation,
				controller,
			});
			Ok(())
		}

		/// Propose a guardian for a patient of your organisation. Nothing changes until another
		/// organisation confirms it. Guardians and proposals whose term is over make room.
		///
		/// patient: the ward. guardian: the account that is to act for the patient. until: when
		/// that ends by itself, such as the day of majority; nothing if it stays open.
		/// Who: the controller account or an agent of the organisation that enrolled the
		/// patient. Fails: NotAuthorized, NotFound, AlreadyLeft, TermPast, SelfGuardian,
		/// GuardianNotIndependent, AlreadyGuardian, MaxGuardiansExceeded. Event:
		/// GuardianProposed.
		#[pallet::call_index(2)]
		#[pallet::weight(
			T::WeightInfo::propose_guardian()
				.saturating_add(T::Members::worst_weight().saturating_mul(3))
		)]
		pub fn propose_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
			until: Option<Moment>,
		) -> DispatchResult {
			let (_, organisation) = Self::ensure_agent(origin)?;
			let now = T::Time::now();
			Patients::<T>::try_mutate(patient, |row| {
				let row = row.as_mut().ok_or(Error::<T>::NotFound)?;
				ensure!(row.enrolled_by == organisation, Error::<T>::NotAuthorized);
				ensure!(row.status == PatientStatus::Active, Error::<T>::AlreadyLeft);
				let proposed = Guardian {
					account: guardian.clone(),
					until,
					named: now,
					proposed_by: organisation,
					confirmed_by: None,
				};
				ensure!(!proposed.has_lapsed(now), Error::<T>::TermPast);
				ensure!(guardian != row.controller, Error::<T>::SelfGuardian);
				Self::ensure_independent(&guardian, organisation, now)?;
				row.guardians.retain(|one| !one.has_lapsed(now));
				ensure!(
					row.guardians.iter().all(|one| one.account != guardian),
					Error::<T>::AlreadyGuardian
				);
				row.guardians
					.try_push(proposed)
					.map_err(|_| Error::<T>::MaxGuardiansExceeded)
			})?;

			Self::deposit_event(Event::GuardianProposed {
				patient,
				guardian,
				until,
				organisation,
			});
			Ok(())
		}

		/// Confirm a guardian that another organisation proposed for its patient: from now on
		/// the guardian can share and withdraw for the patient, until the term is over or one
		/// of the two ends it.
		///
		/// patient: the ward. guardian: the proposed account.
		/// Who: the controller account or an agent of an active organisation other than the one
		/// that enrolled the patient. Fails: NotAuthorized, NotFound, AlreadyLeft,
		/// GuardianNotFound, AlreadyConfirmed, TermPast, SelfGuardian, GuardianNotIndependent,
		/// MaxWardsExceeded. Event: GuardianNamed.
		#[pallet::call_index(3)]
		#[pallet::weight(
			T::WeightInfo::confirm_guardian()
				.saturating_add(T::Members::worst_weight().saturating_mul(3))
				.saturating_add(T::Trail::weight())
		)]
		pub fn confirm_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
		) -> DispatchResult {
			let (agent, organisation) = Self::ensure_agent(origin)?;
			let now = T::Time::now();
			let until = Patients::<T>::try_mutate(patient, |row| {
				let row = row.as_mut().ok_or(Error::<T>::NotFound)?;
				ensure!(row.enrolled_by != organisation, Error::<T>::NotAuthorized);
				ensure!(row.status == PatientStatus::Active, Error::<T>::AlreadyLeft);
				let one = row
					.guardians
					.iter_mut()
					.find(|one| one.account == guardian)
					.ok_or(Error::<T>::GuardianNotFound)?;
				ensure!(one.confirmed_by.is_none(), Error::<T>::AlreadyConfirmed);
				ensure!(!one.has_lapsed(now), Error::<T>::TermPast);
				// Either may have changed since it was proposed.
				ensure!(guardian != row.controller, Error::<T>::SelfGuardian);
				Self::ensure_independent(&guardian, row.enrolled_by, now)?;
				one.named = now;
				one.confirmed_by = Some(organisation);
				Ok::<_, Error<T>>(one.until)
			})?;
			WardsOf::<T>::try_mutate(&guardian, |wards| {
				wards.retain(|ward| !ward.has_lapsed(now));
				wards
					.try_push(Ward { patient, until })
					.map_err(|_| Error::<T>::MaxWardsExceeded)
			})?;

			hold_account::<T>(&guardian);
			T::Trail::write(
				Some(patient),
				Some(organisation),
				Some(agent),
				Act::GuardianNamed {
					guardian: guardian.clone(),
				},
			);
			Self::deposit_event(Event::GuardianNamed {
				patient,
				guardian,
				until,
				organisation,
			});
			Ok(())
		}

		/// End a guardian: the account no longer acts for the patient. What it did stays. Ends
		/// a proposal as well.
		///
		/// patient: the ward. guardian: the account to end.
		/// Who: the patient's account, or the guardian. Fails: NotFound, NotAuthorized,
		/// GuardianNotFound. Event: GuardianEnded, or ProposalEnded if it was not confirmed.
		#[pallet::call_index(4)]
		#[pallet::weight(
			T::WeightInfo::end_guardian().saturating_add(T::Trail::weight())
		)]
		pub fn end_guardian(
			origin: OriginFor<T>,
			patient: PatientId,
			guardian: AccountId32,
		) -> DispatchResult {
			let by = ensure_signed(origin)?;
			let (ended, organisation) = Patients::<T>::try_mutate(patient, |row| {
				let row = row.as_mut().ok_or(Error::<T>::NotFound)?;
				ensure!(
					by == row.controller || by == guardian,
					Error::<T>::NotAuthorized
				);
				let position = row
					.guardians
					.iter()
					.position(|one| one.account == guardian)
					.ok_or(Error::<T>::GuardianNotFound)?;
				Ok::<_, Error<T>>((row.guardians.remove(position), row.enrolled_by))
			})?;
			if ended.confirmed_by.is_none() {
				Self::deposit_event(Event::ProposalEnded {
					patient,
					guardian,
					by,
				});
				return Ok(());
			}

			Self::drop_ward(&guardian, patient);
			T::Trail::write(
				Some(patient),
				Some(organisation),
				Some(by.clone()),
				Act::GuardianEnded {
					guardian: guardian.clone(),
				},
			);
			Self::deposit_event(Event::GuardianEnded {
				patient,
				guardian,
				by,
			});
			Ok(())
		}
	}
}
