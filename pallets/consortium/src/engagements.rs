//! Engagements: an account becomes a practitioner or an agent by its own signature, and ends the
//! engagement by itself.

use crate::{
	day_of, engagement_message, pallet::*, Capacity, Consent, Credential, Name, MAX_CONSENT_DAYS,
};
use assent_policy::{Moment, OrganisationId};
use assent_support::{verify_wrapped, Act, Trail};
use frame_support::{ensure, traits::Time};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::Zero, AccountId32, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The hash of the chain's first block. Every engagement's signature contains this hash.
	pub fn genesis_hash() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// Checks the account's consent, and counts the engagement. No later call takes the same
	/// signature.
	pub(crate) fn engage(
		account: &AccountId32,
		organisation: OrganisationId,
		name: &Name,
		capacity: Capacity,
		consent: &Consent,
	) -> Result<(), Error<T>> {
		let Consent { last_day, signature } = consent;
		let today = day_of(T::Time::now());
		ensure!(today <= *last_day, Error::<T>::ConsentLapsed);
		ensure!(last_day.saturating_sub(today) <= MAX_CONSENT_DAYS, Error::<T>::ConsentTooLong);
		let number = Engagements::<T>::get(account);
		let next = number.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;
		let genesis = Self::genesis_hash();
		let message =
			engagement_message(genesis, organisation, name, capacity, account, *last_day, number);
		ensure!(verify_wrapped(signature, &message, account), Error::<T>::BadSignature);
		Engagements::<T>::insert(account, next);
		Ok(())
	}

	/// Whether `resign` changes something for the account. The runtime takes the call without
	/// charge then.
	pub fn can_resign(who: &AccountId32) -> bool {
		let now = T::Time::now();
		Self::held_by(who, now).is_some() || Self::agency_of(who).is_some()
	}

	/// Ends the caller's credential, and the caller's right to act for an organisation. The state
	/// of the organisation plays no part: no organisation can hold an account.
	pub(crate) fn do_resign(who: AccountId32) -> DispatchResult {
		let now = T::Time::now();
		let (held, agency) = (Self::held_by(&who, now), Self::agency_of(&who));
		ensure!(held.is_some() || agency.is_some(), Error::<T>::NotFound);
		if let Some(credential) = held {
			let organisation = credential.organisation;
			Practitioners::<T>::insert(&who, Credential { revoked: Some(now), ..credential });
			T::Trail::write(
				None,
				Some(organisation),
				Some(who.clone()),
				Act::PractitionerResigned { practitioner: who.clone() },
			);
			Self::deposit_event(Event::PractitionerResigned {
				organisation,
				practitioner: who.clone(),
			});
		}
		if let Some((organisation, mut row)) = agency {
			row.agents.remove(&who);
			Organisations::<T>::insert(organisation, row);
			ByAgent::<T>::remove(&who);
			Self::note_change(organisation, Some(who.clone()));
			Self::deposit_event(Event::AgentRemoved { organisation, agent: who });
		}
		Ok(())
	}

	/// The credential of the account, unless the credential is revoked or has lapsed.
	fn held_by(who: &AccountId32, now: Moment) -> Option<Credential> {
		Practitioners::<T>::get(who).filter(|credential| credential.is_held(now))
	}

	/// The organisation with the agent `who`. `None` for a controller, who hands the organisation
	/// over instead.
	fn agency_of(who: &AccountId32) -> Option<(OrganisationId, crate::Organisation)> {
		let organisation = ByAgent::<T>::get(who)?;
		let row = Organisations::<T>::get(organisation)?;
		row.agents.contains(who).then_some((organisation, row))
	}
}
