//! What the calls share, and what other pallets may ask.

use crate::{
	check_name, check_url, pallet::*, Credential, Endpoint, GenesisOrganisation, Name,
	Organisation, OrganisationKind, OrganisationStatus, Url, WeightInfo, MAX_PAGE,
};
use alloc::{collections::BTreeSet, vec::Vec};
use assent_policy::{Moment, OrganisationId, Practitioner};
use assent_support::{assert_fits, hold_account, Act, Members, Removals, Reviewers, Trail};
use frame_support::{
	ensure,
	traits::{
		schedule::{v3::Anon, DispatchTime, HARD_DEADLINE},
		ChangeMembers, Get, QueryPreimage, StorePreimage,
	},
	BoundedBTreeSet, BoundedVec,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::Hash, AccountId32, DispatchError, DispatchResult, Saturating};

impl<T: Config> Pallet<T> {
	/// The approved endpoint of an organisation, whatever its standing: the documents of a
	/// suspended or removed member are still checked.
	pub fn endpoint(organisation: OrganisationId) -> Option<Url> {
		Endpoints::<T>::get(organisation).approved
	}

	/// Refuses calls that fill too much of a block.
	pub(crate) fn check_weights() {
		assert_fits::<T>(&[
			("admit", T::WeightInfo::admit()),
			("suspend", T::WeightInfo::suspend()),
			("reinstate", T::WeightInfo::reinstate()),
			("remove", T::WeightInfo::remove()),
			("add_agent", T::WeightInfo::add_agent()),
			("remove_agent", T::WeightInfo::remove_agent()),
			("propose_endpoint", T::WeightInfo::propose_endpoint()),
			("approve_endpoint", T::WeightInfo::approve_endpoint()),
			("set_base_policy", T::WeightInfo::set_base_policy()),
			("credential", T::WeightInfo::credential()),
			("revoke", T::WeightInfo::revoke()),
			("enact", T::WeightInfo::enact()),
			("transfer_control", T::WeightInfo::transfer_control()),
			("replace_controller", T::WeightInfo::replace_controller()),
			("look_up", T::WeightInfo::look_up()),
		]);
	}

	/// The row of an organisation.
	pub(crate) fn load(organisation: OrganisationId) -> Result<Organisation, Error<T>> {
		Organisations::<T>::get(organisation).ok_or(Error::<T>::NotFound)
	}

	/// The active organisation for which `who` acts, as controller or agent.
	pub(crate) fn acts_for(who: &AccountId32) -> Result<OrganisationId, Error<T>> {
		let organisation = ByAgent::<T>::get(who).ok_or(Error::<T>::NotAuthorized)?;
		let row = Self::load(organisation)?;
		ensure!(
			row.status == OrganisationStatus::Active,
			Error::<T>::NotActive
		);
		Ok(organisation)
	}

	/// The active organisation that `who` controls.
	pub(crate) fn controlled_by(
		who: &AccountId32,
	) -> Result<(OrganisationId, Organisation), Error<T>> {
		let organisation = ByAgent::<T>::get(who).ok_or(Error::<T>::NotAuthorized)?;
		let row = Self::load(organisation)?;
		ensure!(row.controller == *who, Error::<T>::NotAuthorized);
		ensure!(
			row.status == OrganisationStatus::Active,
			Error::<T>::NotActive
		);
		Ok((organisation, row))
	}

	/// What to say of an act that would bring an organisation where it stands, or can't
	/// because it is gone.
	pub(crate) fn already(status: OrganisationStatus) -> Error<T> {
		match status {
			OrganisationStatus::Active => Error::<T>::AlreadyActive,
			OrganisationStatus::Suspended => Error::<T>::AlreadySuspended,
			OrganisationStatus::Removed => Error::<T>::AlreadyRemoved,
		}
	}

	/// A page of an organisation's practitioners, after `from`.
	pub(crate) fn page(
		organisation: OrganisationId,
		from: Option<AccountId32>,
		limit: u32,
	) -> Vec<(AccountId32, Credential)> {
		let accounts = match from {
			Some(last) => PractitionersOf::<T>::iter_key_prefix_from(
				organisation,
				PractitionersOf::<T>::hashed_key_for(organisation, last),
			),
			None => PractitionersOf::<T>::iter_key_prefix(organisation),
		};
		accounts
			.take(limit.min(MAX_PAGE) as usize)
			.filter_map(|account| {
				Practitioners::<T>::get(&account).map(|credential| (account, credential))
			})
			.collect()
	}

	/// Refuses to take its standing from the only active organisation: nobody would be left
	/// to decide anything.
	pub(crate) fn ensure_not_last(row: &Organisation) -> Result<(), Error<T>> {
		let last = row.status == OrganisationStatus::Active && Seats::<T>::get().len() <= 1;
		ensure!(!last, Error::<T>::LastOrganisation);
		Ok(())
	}

	/// Whether a credential still keeps other organisations from vouching for its account.
	/// One of a suspended organisation does, because that one may come back.
	pub(crate) fn binds(held: &Credential, now: Moment) -> bool {
		held.is_held(now)
			&& Organisations::<T>::get(held.organisation)
				.is_some_and(|row| row.status != OrganisationStatus::Removed)
	}

	/// A line in the organisation's trail.
	pub(crate) fn note_change(organisation: OrganisationId, actor: Option<AccountId32>) {
		T::Trail::write(None, Some(organisation), actor, Act::OrganisationChanged);
	}

	/// Puts a credential in the place of the one before, unless another organisation's still
	/// binds the account.
	pub(crate) fn vouch(
		practitioner: &AccountId32,
		credential: Credential,
		now: Moment,
	) -> DispatchResult {
		if let Some(held) = Practitioners::<T>::get(practitioner) {
			if held.organisation != credential.organisation {
				ensure!(!Self::binds(&held, now), Error::<T>::AlreadyCredentialed);
				PractitionersOf::<T>::remove(held.organisation, practitioner);
			}
			Self::keep_credential(practitioner, held, now);
		}
		PractitionersOf::<T>::insert(credential.organisation, practitioner, ());
		Practitioners::<T>::insert(practitioner, credential);
		hold_account::<T>(practitioner);
		Ok(())
	}

	/// Takes up an organisation: number, row, controller, seat.
	pub(crate) fn add_organisation(
		name: Name,
		kind: OrganisationKind,
		controller: AccountId32,
		admitted: Moment,
	) -> Result<OrganisationId, DispatchError> {
		ensure!(check_name(&name), Error::<T>::InvalidName);
		ensure!(
			!ByAgent::<T>::contains_key(&controller),
			Error::<T>::AlreadyAgent
		);
		let count = OrganisationCount::<T>::get();
		ensure!(
			count < T::MaxOrganisations::get(),
			Error::<T>::MaxOrganisationsExceeded
		);
		let organisation = NextOrganisation::<T>::get();
		let next = organisation
			.checked_add(1)
			.ok_or(Error::<T>::NumbersExhausted)?;
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

	/// Takes up a founding member with its agents and endpoint.
	pub(crate) fn found(founder: &GenesisOrganisation) -> DispatchResult {
		let name = BoundedVec::try_from(founder.name.clone().into_bytes())
			.map_err(|_| Error::<T>::InvalidName)?;
		let organisation =
			Self::add_organisation(name, founder.kind, founder.controller.clone(), 0)?;
		let mut row = Self::load(organisation)?;
		for agent in &founder.agents {
			ensure!(!ByAgent::<T>::contains_key(agent), Error::<T>::AlreadyAgent);
			row.agents
				.try_insert(agent.clone())
				.map_err(|_| Error::<T>::MaxAgentsExceeded)?;
			ByAgent::<T>::insert(agent, organisation);
			hold_account::<T>(agent);
		}
		Organisations::<T>::insert(organisation, row);
		if let Some(url) = &founder.endpoint {
			ensure!(check_url(url.as_bytes()), Error::<T>::InvalidUrl);
			let url: Url = BoundedVec::try_from(url.clone().into_bytes())
				.map_err(|_| Error::<T>::InvalidUrl)?;
			Endpoints::<T>::insert(
				organisation,
				Endpoint {
					approved: Some(url),
					proposed: None,
				},
			);
		}
		Ok(())
	}

	/// Puts another account in the controller's place. An agent that rises is no longer one.
	pub(crate) fn set_controller(
		organisation: OrganisationId,
		mut row: Organisation,
		controller: AccountId32,
		actor: Option<AccountId32>,
	) -> DispatchResult {
		if !row.agents.remove(&controller) {
			ensure!(
				!ByAgent::<T>::contains_key(&controller),
				Error::<T>::AlreadyAgent
			);
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
		Self::deposit_event(Event::ControlTransferred {
			organisation,
			previous,
			controller,
		});
		Ok(())
	}

	/// Changes the seats and tells the council.
	pub(crate) fn change_seats(
		incoming: Option<&AccountId32>,
		outgoing: Option<&AccountId32>,
	) -> DispatchResult {
		let mut seats: BTreeSet<AccountId32> = Seats::<T>::get().into_inner();
		if let Some(outgoing) = outgoing {
			seats.remove(outgoing);
		}
		if let Some(incoming) = incoming {
			seats.insert(incoming.clone());
		}
		let sorted: Vec<AccountId32> = seats.iter().cloned().collect();
		let seats =
			BoundedBTreeSet::try_from(seats).map_err(|_| Error::<T>::MaxOrganisationsExceeded)?;
		Seats::<T>::put(seats);
		let slice = |account: Option<&AccountId32>| account.cloned().into_iter().collect();
		let (incoming, outgoing): (Vec<_>, Vec<_>) = (slice(incoming), slice(outgoing));
		T::Council::change_members_sorted(&incoming, &outgoing, &sorted);
		Ok(())
	}

	/// Hands a call to the scheduler, to be dispatched as root when the delay is over. Returns
	/// its hash and the block.
	pub(crate) fn schedule(
		call: <T as Config>::RuntimeCall,
	) -> Result<(H256, BlockNumberFor<T>), DispatchError> {
		let delay = EnactAfter::<T>::get().unwrap_or_else(T::EnactDelay::get);
		let at = frame_system::Pallet::<T>::block_number().saturating_add(delay);
		let hash = <T as frame_system::Config>::Hashing::hash_of(&call);
		// Noting a call that is wanted already does not count as another wish for it.
		let wanted = T::Preimages::is_requested(&hash);
		let kept = T::Preimages::bound(call)?;
		T::Scheduler::schedule(
			DispatchTime::At(at),
			None,
			HARD_DEADLINE,
			frame_system::RawOrigin::Root.into(),
			kept.clone(),
		)?;
		if !wanted {
			// The scheduler wants it now: ours would keep it for ever.
			T::Preimages::drop(&kept);
		}
		Ok((hash, at))
	}
}

impl<T: Config> From<assent_policy::MalformedDirective> for Error<T> {
	fn from(malformed: assent_policy::MalformedDirective) -> Self {
		use assent_policy::MalformedDirective::*;
		match malformed {
			PeriodEmpty => Self::PeriodEmpty,
			PeriodPast => Self::PeriodPast,
			MonthsEmpty => Self::MonthsEmpty,
			ExceptionIdle => Self::ExceptionIdle,
		}
	}
}

impl<T: Config> Members for Pallet<T> {
	fn practitioner(account: &AccountId32, at: Moment) -> Option<Practitioner> {
		let credential = Self::credential_at(account, at)?;
		let counts = credential.counts(at) && Self::was_active(credential.organisation, at);
		counts.then(|| credential.practitioner(account))
	}

	fn agent_of(account: &AccountId32) -> Option<OrganisationId> {
		ByAgent::<T>::get(account).filter(|organisation| Self::is_active(*organisation))
	}

	fn is_active(organisation: OrganisationId) -> bool {
		Organisations::<T>::get(organisation)
			.is_some_and(|row| row.status == OrganisationStatus::Active)
	}
}

impl<T: Config> Removals for Pallet<T> {
	fn is_removed(organisation: OrganisationId) -> bool {
		Organisations::<T>::get(organisation)
			.is_some_and(|row| row.status == OrganisationStatus::Removed)
	}
}

impl<T: Config> Reviewers for Pallet<T> {
	/// Every candidate gets a rank of the seed and its number, and the lowest is drawn. Not by
	/// position in the list of seats: that follows the controllers' accounts, and who changes
	/// its controller would move the lot.
	fn draw(seed: H256, excluded: &[OrganisationId]) -> Option<OrganisationId> {
		Seats::<T>::get()
			.iter()
			.filter_map(ByAgent::<T>::get)
			.filter(|organisation| !excluded.contains(organisation))
			.min_by_key(|organisation| {
				<T as frame_system::Config>::Hashing::hash_of(&(seed, organisation))
			})
	}

	fn has_other(organisation: OrganisationId) -> bool {
		Seats::<T>::get().len() > usize::from(Self::is_active(organisation))
	}
}
