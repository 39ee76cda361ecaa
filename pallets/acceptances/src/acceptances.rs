//! Acceptances of versions, and the versions valid for a patient.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use assent_policy::{
	Directive, Maker, Moment, OrganisationId, PatientId, PolicyVersion, MAX_POLICY_VERSIONS,
};
use assent_support::{
	first_after, Act, BasePolicies, Deed, Patients, PolicyInForce, PolicyRef, Trail,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Time};
use sp_runtime::AccountId32;

impl<T: Config> Pallet<T> {
	/// The organisation that enrolled the patient, and in whose right the caller acts for the
	/// patient. Fails if the caller may not do this.
	fn ensure_may(
		who: &AccountId32,
		patient: PatientId,
		deed: Deed,
		now: Moment,
	) -> Result<(OrganisationId, Maker), Error<T>> {
		let organisation = T::Patients::enrolled_by(patient).ok_or(Error::<T>::PatientNotFound)?;
		let relation = T::Patients::may(who, patient, deed, now).map_err(Error::<T>::from)?;
		Ok((organisation, relation.maker()))
	}

	/// The versions accepted at the end of the moment `at`: the last one, and the last one by the
	/// patient.
	pub(crate) fn accepted_at(
		patient: PatientId,
		at: Moment,
	) -> (Option<PolicyVersion>, Option<PolicyVersion>) {
		let count = AcceptanceCount::<T>::get(patient);
		let given = if at < T::Time::now() {
			first_after(count, |number| {
				Acceptances::<T>::get(patient, number).is_some_and(|row| row.at <= at)
			})
		} else {
			count
		};
		match given.checked_sub(1) {
			Some(last) => Acceptances::<T>::get(patient, last)
				.map_or((None, None), |row| (Some(row.version), row.by_patient)),
			None => {
				let signed = T::Patients::signed_policy(patient);
				(signed, signed)
			}
		}
	}

	pub(crate) fn do_accept(
		who: AccountId32,
		patient: PatientId,
		version: PolicyVersion,
		now: Moment,
	) -> DispatchResult {
		let (organisation, made_as) = Self::ensure_may(&who, patient, Deed::Share, now)?;
		let newest = T::Members::newest(organisation, now).unwrap_or_default();
		ensure!((1..=newest).contains(&version), Error::<T>::VersionNotFound);
		let (before, before_by_patient) = Self::accepted_at(patient, now);
		let by_patient = match made_as {
			Maker::Patient => Some(version),
			Maker::Representative => before_by_patient,
		};
		// A representative may have accepted the version before. The patient may still accept the
		// version for private kinds.
		ensure!(
			(before, before_by_patient) != (Some(version), by_patient),
			Error::<T>::AlreadyAccepted
		);
		let number = AcceptanceCount::<T>::get(patient);
		let count = number.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;

		AcceptanceCount::<T>::insert(patient, count);
		let row = Acceptance { version, by_patient, at: now, by: who.clone() };
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
		let (organisation, _) = Self::ensure_may(&who, patient, Deed::AnswerRequests, now)?;
		let (number, mut campaign) = Self::open_campaign_of(organisation, now)
			.filter(|(_, campaign)| campaign.to == version)
			.ok_or(Error::<T>::NotAsked)?;
		let mut invitation = Invitations::<T>::get(number, patient).ok_or(Error::<T>::NotAsked)?;
		ensure!(invitation.answer == Answer::None, Error::<T>::AlreadyAnswered);

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
		Self::deposit_event(Event::PolicyRefused { patient, organisation, version, by: who });
		Ok(())
	}
}

impl<T: Config> assent_support::Acceptances for Pallet<T> {
	fn standing(patient: PatientId, organisation: OrganisationId, at: Moment) -> PolicyInForce {
		// A patient id belongs to one organisation: the rules of another organisation open nothing.
		if T::Patients::enrolled_by(patient) != Some(organisation) {
			return PolicyInForce::default();
		}
		let Some(newest) = T::Members::newest(organisation, at) else {
			return PolicyInForce::default();
		};
		let (accepted, accepted_by_patient) = Self::accepted_at(patient, at);
		let reach = newest.saturating_sub(MAX_POLICY_VERSIONS.saturating_sub(1));
		let oldest = accepted.into_iter().chain(accepted_by_patient).min();
		let first = oldest.map_or(newest, |oldest| oldest.clamp(reach, newest));
		let rules = |version| Some((version, T::Members::rules(organisation, version)?));
		let versions: Option<Vec<(PolicyVersion, Directive)>> =
			(first..=newest).map(rules).collect();
		// A version that can't be read could be the version that denies.
		versions.map_or_else(PolicyInForce::default, |versions| PolicyInForce {
			accepted,
			accepted_by_patient,
			versions,
		})
	}

	fn can_build_on(patient: PatientId, policy: PolicyRef) -> bool {
		T::Patients::enrolled_by(patient) == Some(policy.organisation)
			&& T::Members::rules(policy.organisation, policy.version).is_some()
	}
}
