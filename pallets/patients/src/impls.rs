//! What other pallets ask, and what several calls share.

use crate::{ByController, Config, Error, Pallet, PatientStatus, Patients, WardsOf, WeightInfo};
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
use assent_support::{Members, Relation};
use frame_support::{ensure, weights::Weight};
use frame_system::{ensure_signed, pallet_prelude::*};
use sp_core::H256;
use sp_runtime::{traits::Zero, AccountId32, DispatchError};

impl<T: Config> Pallet<T> {
	/// The hash of the chain's first block, which an enrolment's signature binds.
	pub fn genesis_hash() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// Whether the id is enrolled and was not left.
	pub fn is_in_use(patient: PatientId) -> bool {
		Patients::<T>::get(patient).is_some_and(|row| row.status == PatientStatus::Active)
	}

	/// Whether the account controlled a patient id and left: it may only withdraw.
	pub fn has_left(account: &AccountId32) -> bool {
		ByController::<T>::get(account).is_some_and(|patient| !Self::is_in_use(patient))
	}

	/// Whether the account controls a patient id that is in use. Two reads.
	pub fn is_patient(account: &AccountId32) -> bool {
		ByController::<T>::get(account).is_some_and(Self::is_in_use)
	}

	/// Whether the account is a guardian, at `at`, of a patient id that is in use. One read.
	pub fn is_guardian(account: &AccountId32, at: Moment) -> bool {
		WardsOf::<T>::get(account)
			.iter()
			.any(|ward| !ward.has_lapsed(at))
	}

	/// The account that signed and the active organisation that it acts for.
	pub(crate) fn ensure_agent(
		origin: OriginFor<T>,
	) -> Result<(AccountId32, OrganisationId), DispatchError> {
		let agent = ensure_signed(origin)?;
		let organisation = T::Members::agent_of(&agent).ok_or(Error::<T>::NotAuthorized)?;
		Ok((agent, organisation))
	}

	/// A guardian is not one of the enrolling organisation's own accounts.
	pub(crate) fn ensure_independent(
		guardian: &AccountId32,
		organisation: OrganisationId,
		now: Moment,
	) -> Result<(), Error<T>> {
		ensure!(
			T::Members::agent_of(guardian) != Some(organisation),
			Error::<T>::GuardianNotIndependent
		);
		ensure!(
			T::Members::practitioner(guardian, now)
				.is_none_or(|practitioner| practitioner.organisation != organisation),
			Error::<T>::GuardianNotIndependent
		);
		Ok(())
	}

	/// Takes the patient from the guardian's wards.
	pub(crate) fn drop_ward(guardian: &AccountId32, patient: PatientId) {
		WardsOf::<T>::mutate_exists(guardian, |wards| {
			let Some(left) = wards else { return };
			left.retain(|ward| ward.patient != patient);
			if left.is_empty() {
				*wards = None;
			}
		});
	}
}

impl<T: Config> assent_support::Patients for Pallet<T> {
	fn exists(patient: PatientId) -> bool {
		Patients::<T>::contains_key(patient)
	}

	fn relation(account: &AccountId32, patient: PatientId, at: Moment) -> Option<Relation> {
		let row = Patients::<T>::get(patient).filter(|row| row.enrolled <= at)?;
		if row.controller == *account {
			return Some(Relation::Controller);
		}
		let mut guardians = row.guardians.iter();
		guardians
			.any(|one| one.account == *account && one.is_in_office(at))
			.then_some(Relation::Guardian)
	}

	fn enrolled_by(patient: PatientId) -> Option<OrganisationId> {
		Patients::<T>::get(patient).map(|row| row.enrolled_by)
	}

	fn signed_policy(patient: PatientId) -> Option<PolicyVersion> {
		Patients::<T>::get(patient)?.policy
	}

	fn worst_weight() -> Weight {
		T::WeightInfo::relation()
	}
}
