//! The rules that hold for the state at the end of every block.

use crate::{check_name, check_url, pallet::*, OrganisationStatus};
use alloc::{collections::BTreeSet, vec::Vec};
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use sp_runtime::{AccountId32, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks the indexes both ways, the counters, the seats and the references.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		ensure!(
			EnactAfter::<T>::get().is_none_or(|delay| delay >= T::MinEnactDelay::get()),
			TryRuntimeError::Other("consortium: what is enacted takes effect too soon")
		);
		Self::check_organisations()?;
		Self::check_agents()?;
		Self::check_policies()?;
		Self::check_endpoints()?;
		Self::check_practitioners()?;
		Self::check_engagements()?;
		Self::check_past()
	}

	fn check_organisations() -> Result<(), TryRuntimeError> {
		let mut seats = BTreeSet::new();
		let mut count = 0u32;
		let next = NextOrganisation::<T>::get();
		for (organisation, row) in Organisations::<T>::iter() {
			ensure!(
				organisation < next,
				TryRuntimeError::Other("consortium: an organisation has a number not handed out")
			);
			ensure!(
				check_name(&row.name),
				TryRuntimeError::Other("consortium: an organisation has an invalid name")
			);
			ensure!(
				!row.agents.contains(&row.controller),
				TryRuntimeError::Other("consortium: a controller is an agent of its organisation")
			);
			match row.status {
				OrganisationStatus::Removed => {
					ensure!(
						row.agents.is_empty(),
						TryRuntimeError::Other("consortium: a removed organisation has agents")
					);
					ensure!(
						ByAgent::<T>::get(&row.controller) != Some(organisation),
						TryRuntimeError::Other(
							"consortium: an account acts for a removed organisation"
						)
					);
					continue;
				}
				OrganisationStatus::Active => {
					ensure!(
						seats.insert(row.controller.clone()),
						TryRuntimeError::Other("consortium: two seats of one account")
					);
				}
				OrganisationStatus::Suspended => {}
			}
			count = count.saturating_add(1);
			for account in row.agents.iter().chain([&row.controller]) {
				ensure!(
					ByAgent::<T>::get(account) == Some(organisation),
					TryRuntimeError::Other(
						"consortium: an account that acts for an organisation is not in the index"
					)
				);
			}
		}
		ensure!(
			count == OrganisationCount::<T>::get(),
			TryRuntimeError::Other("consortium: the organisations are counted wrong")
		);
		ensure!(
			count <= T::MaxOrganisations::get(),
			TryRuntimeError::Other("consortium: too many organisations")
		);
		ensure!(
			count == 0 || !seats.is_empty(),
			TryRuntimeError::Other("consortium: no organisation is active")
		);
		ensure!(
			seats == Seats::<T>::get().into_inner(),
			TryRuntimeError::Other("consortium: the seats are not the controllers")
		);
		Ok(())
	}

	fn check_agents() -> Result<(), TryRuntimeError> {
		for (account, organisation) in ByAgent::<T>::iter() {
			let row = Organisations::<T>::get(organisation).ok_or(TryRuntimeError::Other(
				"consortium: an account acts for an unknown organisation",
			))?;
			ensure!(
				row.controller == account || row.agents.contains(&account),
				TryRuntimeError::Other(
					"consortium: an account in the index does not act for its organisation"
				)
			);
			Self::check_held(&account)?;
		}
		Ok(())
	}

	fn check_held(account: &AccountId32) -> Result<(), TryRuntimeError> {
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			TryRuntimeError::Other("consortium: an account that acts has no reference")
		);
		Ok(())
	}

	fn check_policies() -> Result<(), TryRuntimeError> {
		for (organisation, version, policy) in BasePolicies::<T>::iter() {
			ensure!(
				policy.version == version,
				TryRuntimeError::Other("consortium: a policy stands under another version")
			);
			let current = Organisations::<T>::get(organisation).and_then(|row| row.policy).ok_or(
				TryRuntimeError::Other("consortium: a policy of an organisation that has none"),
			)?;
			ensure!(
				(1..=current).contains(&version),
				TryRuntimeError::Other("consortium: a policy has a version not handed out")
			);
		}
		for (organisation, row) in Organisations::<T>::iter() {
			let kept: Vec<u32> = BasePolicies::<T>::iter_key_prefix(organisation).collect();
			ensure!(
				kept.len() == row.policy.unwrap_or_default() as usize,
				TryRuntimeError::Other("consortium: a version of a policy is missing")
			);
		}
		Ok(())
	}

	fn check_endpoints() -> Result<(), TryRuntimeError> {
		for (organisation, endpoint) in Endpoints::<T>::iter() {
			ensure!(
				Organisations::<T>::contains_key(organisation),
				TryRuntimeError::Other("consortium: an endpoint of an unknown organisation")
			);
			ensure!(
				endpoint.approved.iter().chain(&endpoint.proposed).all(|url| check_url(url)),
				TryRuntimeError::Other("consortium: an endpoint is not an address")
			);
			ensure!(
				endpoint.proposed.is_none() || endpoint.proposed != endpoint.approved,
				TryRuntimeError::Other("consortium: an endpoint in use is proposed")
			);
		}
		Ok(())
	}

	fn check_practitioners() -> Result<(), TryRuntimeError> {
		for (account, credential) in Practitioners::<T>::iter() {
			ensure!(
				Organisations::<T>::contains_key(credential.organisation),
				TryRuntimeError::Other("consortium: an unknown organisation vouches")
			);
			ensure!(
				PractitionersOf::<T>::contains_key(credential.organisation, &account),
				TryRuntimeError::Other("consortium: a practitioner is not in the index")
			);
			ensure!(
				!credential.roles.is_empty(),
				TryRuntimeError::Other("consortium: a credential without a role")
			);
			ensure!(
				credential.from < credential.until,
				TryRuntimeError::Other("consortium: a credential without a time")
			);
			ensure!(
				credential.revoked.is_none_or(|revoked| revoked < credential.until),
				TryRuntimeError::Other("consortium: a lapsed credential was revoked")
			);
			Self::check_held(&account)?;
		}
		for (organisation, account, ()) in PractitionersOf::<T>::iter() {
			ensure!(
				Practitioners::<T>::get(&account)
					.is_some_and(|credential| credential.organisation == organisation),
				TryRuntimeError::Other(
					"consortium: the index names a practitioner of another organisation"
				)
			);
		}
		Ok(())
	}

	/// Every account with a credential agreed to the credential, and the count of consents never
	/// goes back to 0.
	fn check_engagements() -> Result<(), TryRuntimeError> {
		for (account, count) in Engagements::<T>::iter() {
			ensure!(
				count > 0,
				TryRuntimeError::Other("consortium: an account without a consent has a count")
			);
			Self::check_held(&account)?;
		}
		ensure!(
			Practitioners::<T>::iter_keys().all(|account| Engagements::<T>::get(account) > 0),
			TryRuntimeError::Other("consortium: a practitioner never agreed")
		);
		Ok(())
	}

	/// The rows of the history are numbered without gaps, in the order of time. Every row records a
	/// change.
	fn check_past() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (account, number, past) in PastCredentials::<T>::iter() {
			ensure!(
				number < PastCredentialCount::<T>::get(&account)
					&& Practitioners::<T>::contains_key(&account),
				TryRuntimeError::Other(
					"consortium: a past credential is not counted, or of an account that has none"
				)
			);
			let earlier = number.checked_sub(1).map_or(Some(0), |before| {
				PastCredentials::<T>::get(&account, before).map(|past| past.until)
			});
			ensure!(
				earlier.is_some_and(|earlier| earlier <= past.until) && past.until <= now,
				TryRuntimeError::Other("consortium: a past credential is missing or out of order")
			);
		}
		for (account, count) in PastCredentialCount::<T>::iter() {
			ensure!(
				PastCredentials::<T>::iter_key_prefix(&account).count() == count as usize,
				TryRuntimeError::Other("consortium: past credentials are counted wrong")
			);
		}
		for (organisation, row) in Organisations::<T>::iter() {
			let count = PastStandingCount::<T>::get(organisation);
			ensure!(
				PastStandings::<T>::iter_key_prefix(organisation).count() == count as usize,
				TryRuntimeError::Other("consortium: past standings are counted wrong")
			);
			let mut after = (row.status, now);
			for number in (0..count).rev() {
				let past = PastStandings::<T>::get(organisation, number)
					.ok_or(TryRuntimeError::Other("consortium: a past standing is missing"))?;
				ensure!(
					past.value != after.0 && past.value != OrganisationStatus::Removed,
					TryRuntimeError::Other(
						"consortium: a past standing changed nothing, or a removed organisation \
						came back"
					)
				);
				ensure!(
					past.until <= after.1,
					TryRuntimeError::Other("consortium: past standings are out of order")
				);
				after = (past.value, past.until);
			}
		}
		ensure!(
			PastStandings::<T>::iter_keys()
				.all(|(organisation, _)| Organisations::<T>::contains_key(organisation)),
			TryRuntimeError::Other("consortium: a past standing of an unknown organisation")
		);
		Ok(())
	}
}
