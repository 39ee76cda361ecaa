//! The invariants of acceptances and campaigns.

use crate::{pallet::*, types::*};
use alloc::collections::BTreeMap;
use assent_support::{BasePolicies, Patients};
use frame_support::{ensure, traits::Time};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks the acceptances: their numbers follow the order of time, each changes the accepted
	/// version, and each names a registered version. Checks that campaigns, invitations and
	/// counters agree.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_acceptances()?;
		Self::check_campaigns()
	}

	fn check_acceptances() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		let mut counts: BTreeMap<_, u32> = BTreeMap::new();
		for (patient, number, row) in Acceptances::<T>::iter() {
			ensure!(
				number < AcceptanceCount::<T>::get(patient),
				TryRuntimeError::Other("acceptances: an acceptance is not counted")
			);
			*counts.entry(patient).or_default() += 1;
			let organisation = T::Patients::enrolled_by(patient).ok_or(TryRuntimeError::Other(
				"acceptances: an acceptance is of an unknown patient",
			))?;
			ensure!(
				T::Members::rules(organisation, row.version).is_some(),
				TryRuntimeError::Other(
					"acceptances: an acceptance is of a version that nobody registered"
				)
			);
			let signed = T::Patients::signed_policy(patient);
			let (earlier, before) = match number.checked_sub(1) {
				Some(before) => Acceptances::<T>::get(patient, before)
					.map(|row| (row.at, (Some(row.version), row.by_patient)))
					.ok_or(TryRuntimeError::Other("acceptances: an acceptance is missing"))?,
				None => (0, (signed, signed)),
			};
			ensure!(
				earlier <= row.at && row.at <= now,
				TryRuntimeError::Other("acceptances: acceptances are out of order")
			);
			ensure!(
				before != (Some(row.version), row.by_patient),
				TryRuntimeError::Other("acceptances: an acceptance changed nothing")
			);
			ensure!(
				row.by_patient == Some(row.version) || row.by_patient == before.1,
				TryRuntimeError::Other(
					"acceptances: an acceptance speaks for the patient without the patient"
				)
			);
		}
		for (patient, count) in AcceptanceCount::<T>::iter() {
			ensure!(
				counts.get(&patient) == Some(&count),
				TryRuntimeError::Other("acceptances: acceptances are counted wrong")
			);
		}
		Ok(())
	}

	fn check_campaigns() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		let next = NextCampaign::<T>::get();
		ensure!(
			Campaigns::<T>::iter_keys().count() as u64 == u64::from(next),
			TryRuntimeError::Other("acceptances: campaigns' numbers and rows differ")
		);
		let mut counted: BTreeMap<CampaignId, (u32, u32, u32)> = BTreeMap::new();
		for (number, patient, invitation) in Invitations::<T>::iter() {
			let campaign = Campaigns::<T>::get(number)
				.ok_or(TryRuntimeError::Other("acceptances: an invitation is of no campaign"))?;
			ensure!(
				T::Patients::enrolled_by(patient) == Some(campaign.organisation),
				TryRuntimeError::Other("acceptances: another organisation's patient was asked")
			);
			let over = campaign.ended.unwrap_or(campaign.until);
			let answered = match invitation.answer {
				Answer::None => invitation.asked,
				Answer::Accepted(at) | Answer::Refused(at) => at,
			};
			ensure!(
				campaign.opened <= invitation.asked
					&& invitation.asked <= answered
					&& answered <= over
					&& answered <= now,
				TryRuntimeError::Other("acceptances: a patient was asked or answered out of time")
			);
			let (asked, accepted, refused) = counted.entry(number).or_default();
			*asked += 1;
			*accepted += u32::from(matches!(invitation.answer, Answer::Accepted(_)));
			*refused += u32::from(matches!(invitation.answer, Answer::Refused(_)));
		}
		for (number, campaign) in Campaigns::<T>::iter() {
			ensure!(
				number < next,
				TryRuntimeError::Other("acceptances: a campaign has a number not handed out")
			);
			ensure!(
				campaign.from < Some(campaign.to)
					&& T::Members::rules(campaign.organisation, campaign.to).is_some(),
				TryRuntimeError::Other("acceptances: a campaign asks about no newer version")
			);
			ensure!(
				campaign.opened < campaign.until
					&& campaign.opened <= now
					&& campaign.ended.is_none_or(|at| campaign.opened <= at && at < campaign.until),
				TryRuntimeError::Other("acceptances: a campaign ends before it begins")
			);
			ensure!(
				counted.get(&number).copied().unwrap_or_default()
					== (campaign.asked, campaign.accepted, campaign.refused),
				TryRuntimeError::Other("acceptances: a campaign is counted wrong")
			);
			let latest = LatestCampaign::<T>::get(campaign.organisation);
			ensure!(
				latest.is_some_and(|latest| number <= latest)
					&& (latest == Some(number) || !campaign.is_open(now)),
				TryRuntimeError::Other("acceptances: a campaign that is not the latest is open")
			);
		}
		for (organisation, latest) in LatestCampaign::<T>::iter() {
			ensure!(
				Campaigns::<T>::get(latest)
					.is_some_and(|campaign| campaign.organisation == organisation),
				TryRuntimeError::Other(
					"acceptances: the latest campaign is another organisation's"
				)
			);
		}
		Ok(())
	}
}
