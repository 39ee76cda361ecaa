//! # Emergencies
//!
//! Break-glass: a practitioner with the emergency role may open a patient's documents for a
//! time without the patient's permission, unless the patient has refused even that. This
//! pallet keeps who declared what for whom; `pallet-consent` asks it when an access is decided.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod impls;
pub mod try_state;
pub mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests {
	mod active;
	mod declare;
	mod end;
	mod integrity;
	mod lifecycle;
	mod reads;
	mod try_state;
}

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Moment, OrganisationId, PatientId};
	use assent_support::{EmergencyReason, Members, Patients, Trail};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
	{
		/// Wall-clock time in milliseconds.
		type Time: Time<Moment = Moment>;
		/// Who belongs to the consortium.
		type Members: Members;
		/// The patient ids.
		type Patients: Patients;
		/// The trail.
		type Trail: Trail;
		/// How many emergencies one practitioner may have active at a time. Lowering it makes
		/// the lists of those who have more undecodable: wait until they are over (four hours)
		/// or migrate.
		#[pallet::constant]
		type MaxActivePerPractitioner: Get<u32>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
	}

	/// Every emergency ever declared. Written by `declare`, changed once by `end`, never
	/// removed.
	#[pallet::storage]
	pub type Emergencies<T: Config> = StorageMap<_, Twox64Concat, EmergencyId, EmergencyRow>;

	/// The number of the next emergency.
	#[pallet::storage]
	pub type NextEmergency<T: Config> = StorageValue<_, EmergencyId, ValueQuery>;

	/// The patient's emergencies in the order of their declaration, by position from 0.
	/// Written by `declare`, never removed.
	#[pallet::storage]
	pub type EmergenciesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, EmergencyId>;

	/// How many emergencies the patient had: the next position in `EmergenciesOf`.
	#[pallet::storage]
	pub type EmergencyCount<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// The emergency that a practitioner has declared for a patient and not ended. One whose
	/// time is over may still be listed until the practitioner declares another. Written by
	/// `declare`, removed by it and by `end`.
	#[pallet::storage]
	pub type ActiveEmergencies<T: Config> = StorageDoubleMap<
		_,
		Blake2_128Concat,
		PatientId,
		Blake2_128Concat,
		AccountId32,
		EmergencyId,
	>;

	/// The same by practitioner. Bounded by `MaxActivePerPractitioner`.
	#[pallet::storage]
	pub type ActiveByPractitioner<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId32,
		BoundedVec<EmergencyId, T::MaxActivePerPractitioner>,
		ValueQuery,
	>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A practitioner declared an emergency.
		EmergencyDeclared {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner.
			practitioner: AccountId32,
			/// The organisation that vouches for the practitioner.
			organisation: OrganisationId,
			/// Why.
			reason: EmergencyReason,
			/// The first moment at which it is over.
			until: Moment,
		},
		/// A practitioner ended an emergency before its time.
		EmergencyEnded {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner.
			practitioner: AccountId32,
		},
	}

	/// Why a call was refused. Nothing changed.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id: check it with the organisation that enrolled the patient.
		PatientNotFound,
		/// There is no emergency of this number: list the patient's emergencies.
		EmergencyNotFound,
		/// The caller is not the one who may do this: sign with the account that the call's
		/// documentation names.
		NotAuthorized,
		/// The caller holds no credential valid now: ask the organisation to credential you.
		NoCredential,
		/// The caller's credential does not carry the emergency role: ask the organisation.
		NoEmergencyRole,
		/// An emergency lasts from 1 to 240 minutes: give a number between.
		MinutesOutOfRange,
		/// The caller has an active emergency for this patient: use it, or end it first.
		AlreadyDeclared,
		/// The caller has as many active emergencies as allowed: end one that is no longer
		/// needed.
		MaxEmergenciesExceeded,
		/// The emergency was ended, or its time is over.
		EmergencyOver,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(
				T::MaxActivePerPractitioner::get() > 0,
				"MaxActivePerPractitioner: at least one emergency must be possible"
			);
			let largest = T::BlockWeights::get()
				.get(DispatchClass::Normal)
				.max_extrinsic
				.unwrap_or(Weight::MAX);
			for weight in [T::WeightInfo::declare(), T::WeightInfo::end()] {
				assert!(
					weight.all_lte(largest / 2),
					"the worst call ({weight:?}) must fit in half of the largest extrinsic"
				);
			}
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Declare an emergency: for its time, you may open this patient's documents for
		/// emergency treatment without the patient's permission, unless the patient has refused
		/// even that. The patient sees it, and it is reviewed.
		///
		/// patient: who is treated. reason: why the patient cannot be asked. minutes: how long,
		/// from 1 to 240.
		/// Who: a practitioner whose credential, valid now, carries the emergency role.
		/// Fails: NoCredential, NoEmergencyRole, MinutesOutOfRange, PatientNotFound,
		/// AlreadyDeclared, MaxEmergenciesExceeded. Event: EmergencyDeclared.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::declare())]
		pub fn declare(
			origin: OriginFor<T>,
			patient: PatientId,
			reason: EmergencyReason,
			minutes: u16,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_declare(who, patient, reason, minutes, Self::now())
		}

		/// End an emergency that you declared before its time is over: from now on the patient's
		/// directives decide again.
		///
		/// emergency: its number.
		/// Who: the practitioner who declared it.
		/// Fails: EmergencyNotFound, NotAuthorized, EmergencyOver. Event: EmergencyEnded.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::end())]
		pub fn end(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_end(who, emergency, Self::now())
		}
	}

	/// Reads for wallets and services. A page holds at most 100 rows, whatever is asked for;
	/// an empty page is past the end.
	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The patient's emergencies in the order of their declaration, from this position on,
		/// past ones included, each with its number.
		pub fn emergencies_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			let end = EmergencyCount::<T>::get(patient);
			(from..end.min(from.saturating_add(limit.min(MAX_PAGE))))
				.filter_map(|position| {
					let id = EmergenciesOf::<T>::get(patient, position)?;
					Some((id, Emergencies::<T>::get(id)?))
				})
				.collect()
		}
	}
}
