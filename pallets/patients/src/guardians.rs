//! Guardians: proposed by the enrolling organisation, confirmed by another organisation, until a
//! date or until ended.

use crate::{
	rights::State, Config, Deeds, Error, Event, Guardian, Pallet, PastRole, PatientStatus,
	Patients, Ward, WardsOf,
};
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::{hold_account, Act, Deed, Members, Relation, Trail};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// Checks and notes the proposal.
	pub(crate) fn do_propose_guardian(
		organisation: OrganisationId,
		patient: PatientId,
		guardian: AccountId32,
		until: Option<Moment>,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(row.enrolled_by == organisation, Error::<T>::NotAuthorized);
		ensure!(row.status == PatientStatus::Active, Error::<T>::PatientLeft);
		let proposed = Guardian {
			account: guardian.clone(),
			until,
			named: now,
			proposed_by: organisation,
			confirmed_by: None,
		};
		ensure!(!proposed.has_lapsed(now), Error::<T>::TermPast);
		ensure!(guardian != row.controller, Error::<T>::SelfGuardian);
		ensure!(
			Self::is_independent(&guardian, organisation, now),
			Error::<T>::GuardianNotIndependent
		);
		let lapsed: alloc::vec::Vec<_> =
			row.guardians.iter().filter(|one| one.has_lapsed(now)).cloned().collect();
		row.guardians.retain(|one| !one.has_lapsed(now));
		ensure!(
			row.guardians.iter().all(|one| one.account != guardian),
			Error::<T>::AlreadyGuardian
		);
		row.guardians.try_push(proposed).map_err(|_| Error::<T>::MaxGuardiansExceeded)?;

		for one in &lapsed {
			Self::remember_guardian(patient, one, now);
		}
		Patients::<T>::insert(patient, row);
		Self::deposit_event(Event::GuardianProposed { patient, guardian, until, organisation });
		Ok(())
	}

	/// Makes the proposed account a guardian.
	pub(crate) fn do_confirm_guardian(
		agent: AccountId32,
		organisation: OrganisationId,
		patient: PatientId,
		guardian: AccountId32,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		ensure!(row.enrolled_by != organisation, Error::<T>::NotAuthorized);
		ensure!(row.status == PatientStatus::Active, Error::<T>::PatientLeft);
		let one = row
			.guardians
			.iter_mut()
			.find(|one| one.account == guardian)
			.ok_or(Error::<T>::GuardianNotFound)?;
		ensure!(one.confirmed_by.is_none(), Error::<T>::AlreadyConfirmed);
		ensure!(!one.has_lapsed(now), Error::<T>::TermPast);
		// Both may have changed since the proposal.
		ensure!(guardian != row.controller, Error::<T>::SelfGuardian);
		ensure!(
			Self::is_independent(&guardian, row.enrolled_by, now),
			Error::<T>::GuardianNotIndependent
		);
		one.named = now;
		one.confirmed_by = Some(organisation);
		let until = one.until;
		let mut wards = WardsOf::<T>::get(&guardian);
		wards.retain(|ward| !ward.has_lapsed(now));
		wards.try_push(Ward { patient, until }).map_err(|_| Error::<T>::MaxWardsExceeded)?;

		WardsOf::<T>::insert(&guardian, wards);
		Patients::<T>::insert(patient, row);
		hold_account::<T>(&guardian);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(agent),
			Act::GuardianNamed { guardian: guardian.clone() },
		);
		Self::deposit_event(Event::GuardianNamed { patient, guardian, until, organisation });
		Ok(())
	}

	/// Ends a guardian, or a proposal.
	pub(crate) fn do_end_guardian(
		by: AccountId32,
		patient: PatientId,
		guardian: AccountId32,
	) -> DispatchResult {
		let now = T::Time::now();
		let mut row = Patients::<T>::get(patient).ok_or(Error::<T>::NotFound)?;
		if by != guardian {
			ensure!(by == row.controller, Error::<T>::NotAuthorized);
			// A stolen key must not end the guardians who can take the id back. An id that was left
			// makes no difference here.
			let state = State { left: false, ..row.state() };
			state.allows(Relation::Controller, Deed::Share).map_err(Error::<T>::from)?;
		}
		let position = row
			.guardians
			.iter()
			.position(|one| one.account == guardian)
			.ok_or(Error::<T>::GuardianNotFound)?;
		let ended = row.guardians.remove(position);
		let organisation = row.enrolled_by;
		Patients::<T>::insert(patient, row);
		if ended.confirmed_by.is_none() {
			Self::deposit_event(Event::ProposalEnded { patient, guardian, by });
			return Ok(());
		}

		Self::remember_guardian(patient, &ended, now);
		Self::drop_ward(&guardian, patient);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(by.clone()),
			Act::GuardianEnded { guardian: guardian.clone() },
		);
		Self::deposit_event(Event::GuardianEnded { patient, guardian, by });
		Ok(())
	}

	/// Keeps the period of a former guardian. A proposal is not kept.
	fn remember_guardian(patient: PatientId, guardian: &Guardian, now: Moment) {
		if guardian.confirmed_by.is_none() {
			return;
		}
		Self::remember(
			patient,
			&guardian.account,
			PastRole {
				relation: Relation::Guardian,
				deeds: Deeds::default(),
				from: guardian.named,
				until: guardian.until.map_or(now, |until| until.min(now)),
			},
		);
	}

	/// Whether the account is neither an agent nor a practitioner of the organisation.
	pub(crate) fn is_independent(
		account: &AccountId32,
		organisation: OrganisationId,
		now: Moment,
	) -> bool {
		T::Members::agent_of(account) != Some(organisation)
			&& T::Members::practitioner(account, now)
				.is_none_or(|practitioner| practitioner.organisation != organisation)
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
