//! What must hold of the state at the end of every block.

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
			"what is enacted takes effect too soon"
		);
		Self::check_organisations()?;
		Self::check_agents()?;
		Self::check_policies()?;
		Self::check_endpoints()?;
		Self::check_practitioners()?;
		Self::check_past()
	}

	fn check_organisations() -> Result<(), TryRuntimeError> {
		let mut seats = BTreeSet::new();
		let mut count = 0u32;
		let next = NextOrganisation::<T>::get();
		for (organisation, row) in Organisations::<T>::iter() {
			ensure!(
				organisation < next,
				"an organisation has a number not handed out"
			);
			ensure!(check_name(&row.name), "an organisation has an invalid name");
			ensure!(
				!row.agents.contains(&row.controller),
				"a controller is an agent of its organisation"
			);
			match row.status {
				OrganisationStatus::Removed => {
					ensure!(row.agents.is_empty(), "a removed organisation has agents");
					ensure!(
						ByAgent::<T>::get(&row.controller) != Some(organisation),
						"an account acts for a removed organisation"
					);
					continue;
				}
				OrganisationStatus::Active => {
					ensure!(
						seats.insert(row.controller.clone()),
						"two seats of one account"
					);
				}
				OrganisationStatus::Suspended => {}
			}
			count = count.saturating_add(1);
			for account in row.agents.iter().chain([&row.controller]) {
				ensure!(
					ByAgent::<T>::get(account) == Some(organisation),
					"an account that acts for an organisation is not in the index"
				);
			}
		}
		ensure!(
			count == OrganisationCount::<T>::get(),
			"the organisations are counted wrong"
		);
		ensure!(
			count <= T::MaxOrganisations::get(),
			"too many organisations"
		);
		ensure!(count == 0 || !seats.is_empty(), "no organisation is active");
		ensure!(
			seats == Seats::<T>::get().into_inner(),
			"the seats are not the controllers"
		);
		Ok(())
	}

	fn check_agents() -> Result<(), TryRuntimeError> {
		for (account, organisation) in ByAgent::<T>::iter() {
			let row = Organisations::<T>::get(organisation)
				.ok_or("an account acts for an unknown organisation")?;
			ensure!(
				row.controller == account || row.agents.contains(&account),
				"an account in the index does not act for its organisation"
			);
			Self::check_held(&account)?;
		}
		Ok(())
	}

	fn check_held(account: &AccountId32) -> Result<(), TryRuntimeError> {
		ensure!(
			frame_system::Pallet::<T>::sufficients(account) > 0,
			"an account that acts has no reference"
		);
		Ok(())
	}

	fn check_policies() -> Result<(), TryRuntimeError> {
		for (organisation, version, policy) in BasePolicies::<T>::iter() {
			ensure!(
				policy.version == version,
				"a policy stands under another version"
			);
			let current = Organisations::<T>::get(organisation)
				.and_then(|row| row.policy)
				.ok_or("a policy of an organisation that has none")?;
			ensure!(
				(1..=current).contains(&version),
				"a policy has a version not handed out"
			);
		}
		for (organisation, row) in Organisations::<T>::iter() {
			let kept: Vec<u32> = BasePolicies::<T>::iter_key_prefix(organisation).collect();
			ensure!(
				kept.len() == row.policy.unwrap_or_default() as usize,
				"a version of a policy is missing"
			);
		}
		Ok(())
	}

	fn check_endpoints() -> Result<(), TryRuntimeError> {
		for (organisation, endpoint) in Endpoints::<T>::iter() {
			ensure!(
				Organisations::<T>::contains_key(organisation),
				"an endpoint of an unknown organisation"
			);
			ensure!(
				endpoint
					.approved
					.iter()
					.chain(&endpoint.proposed)
					.all(|url| check_url(url)),
				"an endpoint is not an address"
			);
			ensure!(
				endpoint.proposed.is_none() || endpoint.proposed != endpoint.approved,
				"an endpoint in use is proposed"
			);
		}
		Ok(())
	}

	fn check_practitioners() -> Result<(), TryRuntimeError> {
		for (account, credential) in Practitioners::<T>::iter() {
			ensure!(
				Organisations::<T>::contains_key(credential.organisation),
				"an unknown organisation vouches"
			);
			ensure!(
				PractitionersOf::<T>::contains_key(credential.organisation, &account),
				"a practitioner is not in the index"
			);
			ensure!(!credential.roles.is_empty(), "a credential without a role");
			ensure!(
				credential.from < credential.until,
				"a credential without a time"
			);
			ensure!(
				credential
					.revoked
					.is_none_or(|revoked| revoked < credential.until),
				"a lapsed credential was revoked"
			);
			Self::check_held(&account)?;
		}
		for (organisation, account, ()) in PractitionersOf::<T>::iter() {
			ensure!(
				Practitioners::<T>::get(&account)
					.is_some_and(|credential| credential.organisation == organisation),
				"the index names a practitioner of another organisation"
			);
		}
		Ok(())
	}

	/// The history's rows are numbered without gaps, in the order of time, and change
	/// something.
	fn check_past() -> Result<(), TryRuntimeError> {
		let now = T::Time::now();
		for (account, number, past) in PastCredentials::<T>::iter() {
			ensure!(
				number < PastCredentialCount::<T>::get(&account)
					&& Practitioners::<T>::contains_key(&account),
				"a past credential is not counted, or of an account that has none"
			);
			let earlier = number.checked_sub(1).map_or(Some(0), |before| {
				PastCredentials::<T>::get(&account, before).map(|past| past.until)
			});
			ensure!(
				earlier.is_some_and(|earlier| earlier <= past.until) && past.until <= now,
				"a past credential is missing or out of order"
			);
		}
		for (account, count) in PastCredentialCount::<T>::iter() {
			ensure!(
				PastCredentials::<T>::iter_key_prefix(&account).count() == count as usize,
				"past credentials are counted wrong"
			);
		}
		for (organisation, row) in Organisations::<T>::iter() {
			let count = PastStandingCount::<T>::get(organisation);
			ensure!(
				PastStandings::<T>::iter_key_prefix(organisation).count() == count as usize,
				"past standings are counted wrong"
			);
			let mut after = (row.status, now);
			for number in (0..count).rev() {
				let past = PastStandings::<T>::get(organisation, number)
					.ok_or("a past standing is missing")?;
				ensure!(
					past.value != after.0 && past.value != OrganisationStatus::Removed,
					"a past standing changed nothing, or a removed organisation came back"
				);
				ensure!(past.until <= after.1, "past standings are out of order");
				after = (past.value, past.until);
			}
		}
		ensure!(
			PastStandings::<T>::iter_keys()
				.all(|(organisation, _)| Organisations::<T>::contains_key(organisation)),
			"a past standing of an unknown organisation"
		);
		Ok(())
	}
}
