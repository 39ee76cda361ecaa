//! The relations of accounts to patients: the role of an account, and the deeds permitted in this
//! role.

use crate::{
	rights::State, ByController, Config, Deeds, Error, Pallet, PastRole, PastRoles, Patient,
	PatientStatus, Patients, PrincipalsOf, Ward, WardsOf,
};
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion, Private};
use assent_support::{Deed, Members, Phase, Refusal, Relation};
use frame_support::{ensure, traits::Time};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{AccountId32, DispatchError};

impl<T: Config> Pallet<T> {
	/// Whether the id is enrolled and was not left.
	pub fn is_in_use(patient: PatientId) -> bool {
		Patients::<T>::get(patient).is_some_and(|row| row.status == PatientStatus::Active)
	}

	/// Whether the account controls a patient id in use. Two reads.
	pub fn is_patient(account: &AccountId32) -> bool {
		ByController::<T>::get(account).is_some_and(Self::is_in_use)
	}

	/// Whether the account is a guardian or a delegate, at `at`, of a patient id in use. Two reads.
	pub fn is_representative(account: &AccountId32, at: Moment) -> bool {
		Self::represented(account, at).is_some()
	}

	/// A patient id for which the account acts at `at`: its own id in use, or else the first id in
	/// use that it guards or is a delegate of. Three reads, and one more for the status.
	pub fn own_id(account: &AccountId32, at: Moment) -> Option<PatientId> {
		ByController::<T>::get(account)
			.filter(|patient| Self::is_in_use(*patient))
			.or_else(|| Self::represented(account, at))
	}

	/// The first patient of the account's wards, then of its principals, whose term runs at `at`.
	fn represented(account: &AccountId32, at: Moment) -> Option<PatientId> {
		let runs = |ward: &Ward| !ward.has_lapsed(at);
		let first = |list: &[Ward]| list.iter().find(|ward| runs(ward)).map(|ward| ward.patient);
		first(&WardsOf::<T>::get(account)).or_else(|| first(&PrincipalsOf::<T>::get(account)))
	}

	/// The patients of a list whose term is not over now.
	pub(crate) fn running(list: impl IntoIterator<Item = Ward>) -> Vec<PatientId> {
		let now = T::Time::now();
		list.into_iter().filter(|ward| !ward.has_lapsed(now)).map(|ward| ward.patient).collect()
	}

	/// The account that signed, and the active organisation of that account.
	pub(crate) fn ensure_agent(
		origin: OriginFor<T>,
	) -> Result<(AccountId32, OrganisationId), DispatchError> {
		let agent = ensure_signed(origin)?;
		let organisation = T::Members::agent_of(&agent).ok_or(Error::<T>::NotAuthorized)?;
		Ok((agent, organisation))
	}

	/// Fails if the controller may not share: the id was left or is being recovered, or the
	/// patient is dead or unable to decide.
	pub(crate) fn ensure_key_counts(row: &Patient) -> Result<(), Error<T>> {
		row.state().allows(Relation::Controller, Deed::Share).map_err(Error::<T>::from)
	}

	/// Keeps a former role of an account. If the list is full, the oldest role goes.
	pub(crate) fn remember(patient: PatientId, account: &AccountId32, past: PastRole) {
		// A role that began and ended in one block was never valid.
		if past.from >= past.until {
			return;
		}
		PastRoles::<T>::mutate(patient, account, |roles| {
			if roles.is_full() {
				roles.remove(0);
			}
			// There is room now.
			let _ = roles.try_push(past);
		});
	}

	/// The account's role for this patient at `at`, and the deeds permitted in this role. An
	/// account that was guardian and delegate at the same time is treated as guardian.
	pub(crate) fn role(
		row: &Patient,
		account: &AccountId32,
		patient: PatientId,
		at: Moment,
	) -> Option<(Relation, Deeds)> {
		let by_row = row.role(account, at);
		if at >= T::Time::now() {
			return by_row;
		}
		PastRoles::<T>::get(patient, account)
			.into_iter()
			.filter(|past| past.from <= at && at < past.until)
			.map(|past| (past.relation, past.deeds))
			.chain(by_row)
			.min_by_key(|(relation, _)| *relation)
	}

	/// The state of the patient at a moment.
	fn state_at(row: &Patient, patient: PatientId, at: Moment) -> State {
		if at >= T::Time::now() {
			return row.state();
		}
		let then = Self::circumstances(patient, row, at);
		State { left: row.has_left(at), recovering: then.recovering, condition: then.condition }
	}

	/// The account's relation to the patient at `at`, if the account may do this deed for the
	/// patient.
	pub(crate) fn may_do(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal> {
		let row = Patients::<T>::get(patient).ok_or(Refusal::Stranger)?;
		let (relation, deeds) = Self::role(&row, account, patient, at).ok_or(Refusal::Stranger)?;
		ensure!(relation != Relation::Delegate || deeds.contains(&deed), Refusal::NotInMandate);
		Self::state_at(&row, patient, at).allows(relation, deed)?;
		Ok(relation)
	}
}

/// At the present moment each answer reads at most the rows in `WeightInfo::relation`. At a past
/// moment an answer reads more, up to 34 rows. No call asks about a past moment, only reads do.
impl<T: Config> assent_support::Patients for Pallet<T> {
	fn exists(patient: PatientId) -> bool {
		Patients::<T>::contains_key(patient)
	}

	fn phase(patient: PatientId) -> Option<Phase> {
		Patients::<T>::get(patient).map(|row| row.phase())
	}

	fn may(
		account: &AccountId32,
		patient: PatientId,
		deed: Deed,
		at: Moment,
	) -> Result<Relation, Refusal> {
		Self::may_do(account, patient, deed, at)
	}

	fn private(patient: PatientId, at: Moment) -> Private {
		Self::private_at(patient, at)
	}

	fn enrolled_by(patient: PatientId) -> Option<OrganisationId> {
		Patients::<T>::get(patient).map(|row| row.enrolled_by)
	}

	fn signed_policy(patient: PatientId) -> Option<PolicyVersion> {
		Patients::<T>::get(patient)?.policy
	}
}
