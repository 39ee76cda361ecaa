//! Organisations: their rows, the accounts that act for them, and the founding members.

use crate::{
	check_name, check_url, pallet::*, Capacity, Consent, Endpoint, GenesisOrganisation, Name,
	Organisation, OrganisationKind, OrganisationStatus, Url,
};
use assent_policy::{Moment, OrganisationId};
use assent_support::{hold_account, Act, Trail};
use frame_support::{ensure, traits::Get, BoundedVec};
use sp_runtime::{AccountId32, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The approved endpoint of an organisation. The standing of the organisation plays no part:
	/// validators still check the documents of a suspended or removed member.
	pub fn endpoint(organisation: OrganisationId) -> Option<Url> {
		Endpoints::<T>::get(organisation).approved
	}

	/// The row of an organisation.
	pub(crate) fn load(organisation: OrganisationId) -> Result<Organisation, Error<T>> {
		Organisations::<T>::get(organisation).ok_or(Error::<T>::NotFound)
	}

	/// The active organisation for which `who` acts, as controller or agent. The name
	/// `ensure_agent` includes the controller, who has every right of an agent.
	pub(crate) fn ensure_agent(who: &AccountId32) -> Result<OrganisationId, Error<T>> {
		let organisation = ByAgent::<T>::get(who).ok_or(Error::<T>::NotAuthorized)?;
		let row = Self::load(organisation)?;
		ensure!(row.status == OrganisationStatus::Active, Error::<T>::NotActive);
		Ok(organisation)
	}

	/// The active organisation with the controller `who`.
	pub(crate) fn ensure_controller(
		who: &AccountId32,
	) -> Result<(OrganisationId, Organisation), Error<T>> {
		let organisation = ByAgent::<T>::get(who).ok_or(Error::<T>::NotAuthorized)?;
		let row = Self::load(organisation)?;
		ensure!(row.controller == *who, Error::<T>::NotAuthorized);
		ensure!(row.status == OrganisationStatus::Active, Error::<T>::NotActive);
		Ok((organisation, row))
	}

	/// The error of an act that the present standing of the organisation rules out.
	pub(crate) fn already(status: OrganisationStatus) -> Error<T> {
		match status {
			OrganisationStatus::Active => Error::<T>::AlreadyActive,
			OrganisationStatus::Suspended => Error::<T>::AlreadySuspended,
			OrganisationStatus::Removed => Error::<T>::AlreadyRemoved,
		}
	}

	/// Writes a line into the organisation's trail.
	pub(crate) fn note_change(organisation: OrganisationId, actor: Option<AccountId32>) {
		T::Trail::write(None, Some(organisation), actor, Act::OrganisationChanged);
	}

	/// Adds an organisation: the number, the row, the controller and the seat.
	pub(crate) fn add_organisation(
		name: Name,
		kind: OrganisationKind,
		controller: AccountId32,
		admitted: Moment,
	) -> Result<OrganisationId, DispatchError> {
		ensure!(check_name(&name), Error::<T>::InvalidName);
		ensure!(!ByAgent::<T>::contains_key(&controller), Error::<T>::AlreadyAgent);
		let count = OrganisationCount::<T>::get();
		ensure!(count < T::MaxOrganisations::get(), Error::<T>::MaxOrganisationsExceeded);
		let organisation = NextOrganisation::<T>::get();
		let next = organisation.checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;
		Self::change_seats(Some(&controller), None)?;
		NextOrganisation::<T>::put(next);
		OrganisationCount::<T>::put(count.saturating_add(1));
		ByAgent::<T>::insert(&controller, organisation);
		hold_account::<T>(&controller);
		Organisations::<T>::insert(
			organisation,
			Organisation {
				name,
				kind,
				status: OrganisationStatus::Active,
				controller,
				agents: Default::default(),
				admitted,
				policy: None,
			},
		);
		Ok(organisation)
	}

	/// Adds an agent to the caller's organisation. The account signs for this.
	pub(crate) fn do_add_agent(
		who: AccountId32,
		agent: AccountId32,
		consent: &Consent,
	) -> DispatchResult {
		let (organisation, mut row) = Self::ensure_controller(&who)?;
		ensure!(!ByAgent::<T>::contains_key(&agent), Error::<T>::AlreadyAgent);
		row.agents.try_insert(agent.clone()).map_err(|_| Error::<T>::MaxAgentsExceeded)?;
		Self::engage(&agent, organisation, &row.name, Capacity::Agent, consent)?;
		Organisations::<T>::insert(organisation, row);
		ByAgent::<T>::insert(&agent, organisation);
		hold_account::<T>(&agent);
		Self::note_change(organisation, Some(who));
		Self::deposit_event(Event::AgentAdded { organisation, agent });
		Ok(())
	}

	/// Adds a founding member with its agents and its endpoint.
	pub(crate) fn found(founder: &GenesisOrganisation) -> DispatchResult {
		let name = BoundedVec::try_from(founder.name.clone().into_bytes())
			.map_err(|_| Error::<T>::InvalidName)?;
		let organisation =
			Self::add_organisation(name, founder.kind, founder.controller.clone(), 0)?;
		let mut row = Self::load(organisation)?;
		for agent in &founder.agents {
			ensure!(!ByAgent::<T>::contains_key(agent), Error::<T>::AlreadyAgent);
			row.agents.try_insert(agent.clone()).map_err(|_| Error::<T>::MaxAgentsExceeded)?;
			ByAgent::<T>::insert(agent, organisation);
			hold_account::<T>(agent);
		}
		Organisations::<T>::insert(organisation, row);
		if let Some(url) = &founder.endpoint {
			ensure!(check_url(url.as_bytes()), Error::<T>::InvalidUrl);
			let url: Url = BoundedVec::try_from(url.clone().into_bytes())
				.map_err(|_| Error::<T>::InvalidUrl)?;
			Endpoints::<T>::insert(organisation, Endpoint { approved: Some(url), proposed: None });
		}
		Ok(())
	}

	/// Puts another account in the controller's place. An agent that becomes controller is no
	/// longer an agent.
	pub(crate) fn set_controller(
		organisation: OrganisationId,
		mut row: Organisation,
		controller: AccountId32,
		actor: Option<AccountId32>,
	) -> DispatchResult {
		if !row.agents.remove(&controller) {
			ensure!(!ByAgent::<T>::contains_key(&controller), Error::<T>::AlreadyAgent);
		}
		let previous = core::mem::replace(&mut row.controller, controller.clone());
		if row.status == OrganisationStatus::Active {
			Self::change_seats(Some(&controller), Some(&previous))?;
		}
		ByAgent::<T>::remove(&previous);
		ByAgent::<T>::insert(&controller, organisation);
		hold_account::<T>(&controller);
		Organisations::<T>::insert(organisation, row);
		Self::note_change(organisation, actor);
		Self::deposit_event(Event::ControlTransferred { organisation, previous, controller });
		Ok(())
	}
}
