//! Accepting versions, and which count for a patient.

use crate::{pallet::*, types::*, weights::WeightInfo};
use alloc::vec::Vec;
use assent_policy::{
	Directive, Moment, OrganisationId, PatientId, PolicyVersion, MAX_POLICY_VERSIONS,
};
use assent_support::{
	first_after, Act, BasePolicies, Patients, Policies, PolicyRef, StandingPolicy, Trail,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time, weights::Weight};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// The organisation that enrolled the patient for whom the caller acts.
	fn acts_for(
		who: &AccountId32,
		patient: PatientId,
		now: Moment,
	) -> Result<OrganisationId, Error<T>> {
		let organisation = T::Patients::enrolled_by(patient).ok_or(Error::<T>::PatientNotFound)?;
		ensure!(
			T::Patients::relation(who, patient, now).is_some(),
			Error::<T>::NotAuthorized
		);
		Ok(organisation)
	}

	/// The version that the patient had accepted at the end of the moment.
	pub(crate) fn accepted_at(patient: PatientId, at: Moment) -> Option<PolicyVersion> {
		let count = AcceptanceCount::<T>::get(patient);
		let given = if at < T::Time::now() {
			first_after(count, |number| {
				Acceptances::<T>::get(patient, number).is_some_and(|row| row.at <= at)
			})
		} else {
			count
		};
		match given.checked_sub(1) {
			Some(last) => Acceptances::<T>::get(patient, last).map(|row| row.version),
			None => T::Patients::signed_policy(patient),
		}
	}

	pub(crate) fn do_accept(
		who: AccountId32,
		patient: PatientId,
		version: PolicyVersion,
		now: Moment,
	) -> DispatchResult {
		let organisation = Self::acts_for(&who, patient, now)?;
		let newest = T::Members::newest(organisation, now).unwrap_or_default();
		ensure!((1..=newest).contains(&version), Error::<T>::VersionNotFound);
		let before = Self::accepted_at(patient, now);
		ensure!(before != Some(version), Error::<T>::AlreadyAccepted);
		let number = AcceptanceCount::<T>::get(patient);
		let count = number.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;

		AcceptanceCount::<T>::insert(patient, count);
		let row = Acceptance {
			version,
			at: now,
			by: who.clone(),
		};
		Acceptances::<T>::insert(patient, number, row);
		Self::note_accepted(organisation, patient, version, now);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::PolicyAccepted { version },
		);
		Self::deposit_event(Event::PolicyAccepted {
			patient,
			organisation,
			version,
			before,
			by: who,
		});
		Ok(())
	}

	pub(crate) fn do_refuse(
		who: AccountId32,
		patient: PatientId,
		version: PolicyVersion,
		now: Moment,
	) -> DispatchResult {
		let organisation = Self::acts_for(&who, patient, now)?;
		let (number, mut campaign) = Self::open_campaign_of(organisation, now)
			.filter(|(_, campaign)| campaign.to == version)
			.ok_or(Error::<T>::NotAsked)?;
		let mut invitation = Invitations::<T>::get(number, patient).ok_or(Error::<T>::NotAsked)?;
		ensure!(
			invitation.answer == Answer::None,
			Error::<T>::AlreadyAnswered
		);

		invitation.answer = Answer::Refused(now);
		campaign.refused = campaign.refused.saturating_add(1);
		Invitations::<T>::insert(number, patient, invitation);
		Campaigns::<T>::insert(number, campaign);
		T::Trail::write(
			Some(patient),
			Some(organisation),
			Some(who.clone()),
			Act::PolicyRefused { version },
		);
		Self::deposit_event(Event::PolicyRefused {
			patient,
			organisation,
			version,
			by: who,
		});
		Ok(())
	}
}

impl<T: Config> Policies for Pallet<T> {
	fn standing(patient: PatientId, organisation: OrganisationId, at: Moment) -> StandingPolicy {
		// A patient id has to do with one organisation: another's rules open nothing to it.
		if T::Patients::enrolled_by(patient) != Some(organisation) {
			return StandingPolicy::default();
		}
		let Some(newest) = T::Members::newest(organisation, at) else {
			return StandingPolicy::default();
		};
		let accepted = Self::accepted_at(patient, at);
		let reach = newest.saturating_sub(MAX_POLICY_VERSIONS.saturating_sub(1));
		let first = accepted.map_or(newest, |accepted| accepted.max(reach));
		let rules = |version| Some((version, T::Members::rules(organisation, version)?));
		let versions: Option<Vec<(PolicyVersion, Directive)>> =
			(first..=newest).map(rules).collect();
		// A version that can't be read could have been the one that denies.
		versions.map_or_else(StandingPolicy::default, |versions| StandingPolicy {
			accepted,
			versions,
		})
	}

	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool {
		T::Patients::enrolled_by(patient) == Some(policy.organisation)
			&& T::Members::rules(policy.organisation, policy.version).is_some()
	}

	fn worst_weight() -> Weight {
		T::WeightInfo::standing()
	}
}
