//! Campaigns: an organisation asks its patients, a bounded number in a call.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion};
use assent_support::{Act, BasePolicies, Members, Patients, Trail};
use frame_support::{dispatch::DispatchResult, ensure};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{AccountId32, DispatchError};

impl<T: Config> Pallet<T> {
	/// The account that signed, and the active organisation of that account.
	pub(crate) fn ensure_agent(
		origin: OriginFor<T>,
	) -> Result<(AccountId32, OrganisationId), DispatchError> {
		let agent = ensure_signed(origin)?;
		let organisation = T::Members::agent_of(&agent).ok_or(Error::<T>::NotAuthorized)?;
		Ok((agent, organisation))
	}

	/// The organisation's campaign, if one is open.
	pub(crate) fn open_campaign_of(
		organisation: OrganisationId,
		now: Moment,
	) -> Option<(CampaignId, Campaign)> {
		let number = LatestCampaign::<T>::get(organisation)?;
		let campaign = Campaigns::<T>::get(number).filter(|campaign| campaign.is_open(now))?;
		Some((number, campaign))
	}

	/// Opens a campaign for the newest version of the organisation's base policy.
	pub(crate) fn do_open_campaign(
		agent: AccountId32,
		organisation: OrganisationId,
		from: Option<PolicyVersion>,
		until: Moment,
		now: Moment,
	) -> DispatchResult {
		let to = T::Members::newest(organisation, now).ok_or(Error::<T>::NoPolicy)?;
		ensure!(from < Some(to), Error::<T>::NotOlder);
		ensure!(now < until, Error::<T>::PeriodPast);
		ensure!(Self::open_campaign_of(organisation, now).is_none(), Error::<T>::AlreadyOpen);
		let number = NextCampaign::<T>::get();
		let next = number.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;

		NextCampaign::<T>::put(next);
		LatestCampaign::<T>::insert(organisation, number);
		let campaign = Campaign {
			organisation,
			from,
			to,
			opened: now,
			until,
			ended: None,
			asked: 0,
			accepted: 0,
			refused: 0,
		};
		Campaigns::<T>::insert(number, campaign);
		T::Trail::write(
			None,
			Some(organisation),
			Some(agent),
			Act::CampaignOpened { campaign: number, version: to },
		);
		Self::deposit_event(Event::CampaignOpened {
			campaign: number,
			organisation,
			from,
			to,
			until,
		});
		Ok(())
	}

	/// Asks the patients whose accepted version is in the campaign, unless they were asked before.
	pub(crate) fn do_ask(
		agent: AccountId32,
		organisation: OrganisationId,
		patients: Asked,
		now: Moment,
	) -> DispatchResult {
		let (number, mut campaign) =
			Self::open_campaign_of(organisation, now).ok_or(Error::<T>::NotOpen)?;
		let mut to_ask: Vec<PatientId> = Vec::with_capacity(patients.len());
		for patient in patients {
			let enrolled_by =
				T::Patients::enrolled_by(patient).ok_or(Error::<T>::PatientNotFound)?;
			ensure!(enrolled_by == organisation, Error::<T>::NotEnrolledHere);
			if campaign.is_for(Self::accepted_at(patient, now).0)
				&& !Invitations::<T>::contains_key(number, patient)
			{
				to_ask.push(patient);
			}
		}
		ensure!(!to_ask.is_empty(), Error::<T>::NobodyToAsk);
		campaign.asked = campaign.asked.saturating_add(to_ask.len() as u32);
		Campaigns::<T>::insert(number, campaign);
		for patient in to_ask {
			let invitation = Invitation { asked: now, answer: Answer::None };
			Invitations::<T>::insert(number, patient, invitation);
			T::Trail::write(
				Some(patient),
				Some(organisation),
				Some(agent.clone()),
				Act::PolicyAsked { campaign: number, version: campaign.to },
			);
			Self::deposit_event(Event::PatientAsked {
				campaign: number,
				patient,
				version: campaign.to,
			});
		}
		Ok(())
	}

	/// Ends the open campaign before the planned end.
	pub(crate) fn do_end_campaign(
		agent: AccountId32,
		organisation: OrganisationId,
		now: Moment,
	) -> DispatchResult {
		let (number, mut campaign) =
			Self::open_campaign_of(organisation, now).ok_or(Error::<T>::NotOpen)?;
		campaign.ended = Some(now);
		Campaigns::<T>::insert(number, campaign);
		T::Trail::write(
			None,
			Some(organisation),
			Some(agent),
			Act::CampaignEnded { campaign: number },
		);
		Self::deposit_event(Event::CampaignEnded { campaign: number, organisation });
		Ok(())
	}

	/// Counts the acceptance as the answer in the open campaign, if the patient was asked about
	/// this version. A patient who refused may still accept.
	pub(crate) fn note_accepted(
		organisation: OrganisationId,
		patient: PatientId,
		version: PolicyVersion,
		now: Moment,
	) {
		let Some((number, mut campaign)) = Self::open_campaign_of(organisation, now) else {
			return;
		};
		if campaign.to != version {
			return;
		}
		let Some(mut invitation) = Invitations::<T>::get(number, patient) else {
			return;
		};
		match invitation.answer {
			Answer::Accepted(_) => return,
			Answer::Refused(_) => campaign.refused = campaign.refused.saturating_sub(1),
			Answer::None => {}
		}
		campaign.accepted = campaign.accepted.saturating_add(1);
		invitation.answer = Answer::Accepted(now);
		Invitations::<T>::insert(number, patient, invitation);
		Campaigns::<T>::insert(number, campaign);
	}
}
