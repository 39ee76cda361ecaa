//! Base policies. Every version stays, so the newest version of any past moment can be found.

use crate::{check_uri, pallet::*, BasePolicy, Uri, MAX_POLICY_PAGE};
use alloc::vec::Vec;
use assent_policy::{Directive, Moment, OrganisationId, PolicyVersion};
use assent_support::first_after;
use frame_support::{ensure, traits::Time};
use sp_runtime::{AccountId32, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Stores the next version of the caller's base policy.
	pub(crate) fn do_set_base_policy(
		who: AccountId32,
		uri: Uri,
		hash: [u8; 32],
		rules: Directive,
	) -> DispatchResult {
		let (organisation, mut row) = Self::ensure_controller(&who)?;
		ensure!(check_uri(&uri), Error::<T>::InvalidUri);
		let registered = T::Time::now();
		assent_policy::check(&rules, registered).map_err(Error::<T>::from)?;
		let version =
			row.policy.unwrap_or_default().checked_add(1).ok_or(Error::<T>::NumbersExhausted)?;
		row.policy = Some(version);
		Organisations::<T>::insert(organisation, row);
		BasePolicies::<T>::insert(
			organisation,
			version,
			BasePolicy { uri, version, hash, rules, registered },
		);
		Self::note_change(organisation, Some(who));
		Self::deposit_event(Event::BasePolicySet { organisation, version, hash });
		Ok(())
	}

	/// A page of the versions of an organisation's base policy.
	pub(crate) fn page_of_policies(
		organisation: OrganisationId,
		from: PolicyVersion,
		limit: u32,
	) -> Vec<BasePolicy> {
		let first = from.max(1);
		(first..first.saturating_add(limit.min(MAX_POLICY_PAGE)))
			.map_while(|version| BasePolicies::<T>::get(organisation, version))
			.collect()
	}
}

impl<T: Config> assent_support::BasePolicies for Pallet<T> {
	fn newest(organisation: OrganisationId, at: Moment) -> Option<PolicyVersion> {
		let newest = Organisations::<T>::get(organisation)?.policy?;
		if !Self::was_active(organisation, at) {
			return None;
		}
		if !Self::is_past(at) {
			return Some(newest);
		}
		// Versions are numbered from 1, without gaps.
		let registered = first_after(newest, |before| {
			BasePolicies::<T>::get(organisation, before.saturating_add(1))
				.is_some_and(|policy| policy.registered <= at)
		});
		(registered > 0).then_some(registered)
	}

	fn rules(organisation: OrganisationId, version: PolicyVersion) -> Option<Directive> {
		BasePolicies::<T>::get(organisation, version).map(|policy| policy.rules)
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
