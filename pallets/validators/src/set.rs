//! The set of validators: the registered, the planned and the running ones.

use crate::{pallet::*, Sessions, ValidatorInfo, ValidatorStatus};
use alloc::{collections::BTreeSet, vec::Vec};
use assent_policy::OrganisationId;
use assent_support::{hold_account, Members, Removals};
use core::marker::PhantomData;
use frame_support::{ensure, traits::Get, BoundedBTreeSet};
use sp_core::H256;
use sp_runtime::{
	traits::{Convert, Hash},
	AccountId32,
};
use sp_staking::SessionIndex;

pub(crate) const LOG_TARGET: &str = "runtime::validators";

/// A registered validator account stands for itself. Every other account stands for no validator.
/// Serves the session pallet as `ValidatorIdOf` and `FullIdentificationOf`.
pub struct ValidatorOf<T>(PhantomData<T>);

impl<T: Config> Convert<AccountId32, Option<AccountId32>> for ValidatorOf<T> {
	fn convert(account: AccountId32) -> Option<AccountId32> {
		Validators::<T>::contains_key(&account).then_some(account)
	}
}

/// A set for a later session.
pub(crate) struct Plan {
	/// The validators, in the order of their accounts.
	pub set: Vec<AccountId32>,
	/// The validators in the set that only keep the minimum.
	pub kept: Vec<(AccountId32, ValidatorStatus)>,
}

impl Plan {
	/// Whether a validator is in the set.
	pub fn has(&self, validator: &AccountId32) -> bool {
		self.set.binary_search(validator).is_ok()
	}
}

/// The causes for which a validator with keys should not take part, from the least to the most
/// serious. To keep the minimum, validators with the least serious cause stay first. Among equal
/// causes, validators in the queued set stay first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Flaw {
	OrganisationNotActive,
	Leaving,
	Offended,
}

impl<T: Config> Pallet<T> {
	/// The organisation of a validator. The standing of both plays no part.
	pub fn organisation_of(validator: &AccountId32) -> Option<OrganisationId> {
		Validators::<T>::get(validator).map(|info| info.organisation)
	}

	/// The active organisations with a validator in the running session, in the order of their
	/// numbers. The nodes of these organisations watch the documents. At most `MaxValidators`.
	pub fn organisations() -> Vec<OrganisationId> {
		Running::<T>::get()
			.into_iter()
			.filter(|organisation| T::Members::is_active(*organisation))
			.collect()
	}

	/// The organisation for which a validator's node may attest. The validator has not offended and
	/// is not leaving, and its organisation is one of `organisations`.
	pub fn attestor(validator: &AccountId32) -> Option<OrganisationId> {
		let info = Validators::<T>::get(validator)?;
		let attests = info.status == ValidatorStatus::Active
			&& Running::<T>::get().contains(&info.organisation)
			&& T::Members::is_active(info.organisation);
		attests.then_some(info.organisation)
	}

	/// Registers a validator and gives the references that its account needs: a sufficient
	/// reference to send transactions, a provider for session keys. Neither reference is ever
	/// dropped, so the nonce is never reset.
	pub(crate) fn register(
		validator: &AccountId32,
		organisation: OrganisationId,
	) -> Result<(), Error<T>> {
		ensure!(T::Members::is_active(organisation), Error::<T>::OrganisationNotActive);
		ensure!(!Validators::<T>::contains_key(validator), Error::<T>::AlreadyAdded);
		ensure!(
			Validators::<T>::count() < T::MaxValidators::get(),
			Error::<T>::MaxValidatorsExceeded
		);
		ByOrganisation::<T>::try_mutate(organisation, |all| {
			all.try_insert(validator.clone()).map_err(|_| Error::<T>::MaxPerOrganisationExceeded)
		})?;
		Validators::<T>::insert(
			validator,
			ValidatorInfo { organisation, status: ValidatorStatus::Active, cleared: 0 },
		);
		hold_account::<T>(validator);
		if frame_system::Pallet::<T>::providers(validator) == 0 {
			frame_system::Pallet::<T>::inc_providers(validator);
		}
		Ok(())
	}

	/// The plan: every active validator with keys of an active organisation. Other validators with
	/// keys join only to keep the minimum.
	pub(crate) fn plan() -> Plan {
		let mut set = Vec::new();
		let mut flawed = Vec::new();
		for (validator, info) in Validators::<T>::iter() {
			if T::Session::keys(&validator).is_none() {
				continue;
			}
			let flaw = match info.status {
				ValidatorStatus::Offended { .. } => Flaw::Offended,
				ValidatorStatus::Leaving => Flaw::Leaving,
				ValidatorStatus::Active if T::Members::is_removed(info.organisation) => {
					Flaw::Leaving
				}
				ValidatorStatus::Active if !T::Members::is_active(info.organisation) => {
					Flaw::OrganisationNotActive
				}
				ValidatorStatus::Active => {
					set.push(validator);
					continue;
				}
			};
			flawed.push((flaw, validator, info.status));
		}
		let missing = (T::MinValidators::get() as usize).saturating_sub(set.len());
		// Among equally serious causes, queued validators stay: the node of another may long be
		// off.
		let queued = if missing > 0 { T::Session::queued() } else { Vec::new() };
		let rank = |(flaw, validator, _): &(Flaw, AccountId32, ValidatorStatus)| {
			(*flaw, !queued.contains(validator), validator.clone())
		};
		flawed.sort_by_key(rank);
		let kept: Vec<_> = flawed
			.into_iter()
			.take(missing)
			.map(|(_, validator, status)| (validator, status))
			.collect();
		set.extend(kept.iter().map(|(validator, _)| validator.clone()));
		set.sort();
		Plan { set, kept }
	}

	/// The plan for a session, if the plan differs from the last one in a validator or a key.
	/// `None` in place of an empty plan: the set then stays as before.
	fn plan_session(session: SessionIndex) -> Option<Vec<AccountId32>> {
		let Plan { set, kept } = Self::plan();
		if set.is_empty() {
			log::error!(target: LOG_TARGET, "no validator has keys: the set stays as it is");
			return None;
		}
		for (validator, status) in kept {
			log::warn!(target: LOG_TARGET, "{validator:?} is kept for the minimum only");
			Self::deposit_event(Event::ValidatorKept { validator, status, session });
		}
		let plan = Self::hash_with_keys(&set);
		if Planned::<T>::get() == Some(plan) {
			return None;
		}
		Planned::<T>::put(plan);
		Some(set)
	}

	fn hash_with_keys(set: &[AccountId32]) -> H256 {
		let keys: Vec<_> = set.iter().map(T::Session::keys).collect();
		T::Hashing::hash_of(&(set, keys))
	}

	/// Takes an offender out of the held plan for the next session, unless the plan would then have
	/// fewer validators than the minimum.
	pub(crate) fn unplan(validator: &AccountId32) {
		let mut queued = T::Session::queued();
		let before = queued.len();
		queued.retain(|who| who != validator);
		if queued.len() == before || queued.len() < T::MinValidators::get() as usize {
			return;
		}
		T::Session::unqueue(validator);
		Planned::<T>::put(Self::hash_with_keys(&queued));
	}

	/// Follows the begin of a session. Lets validators go that are out of the set for good, because
	/// the council removed the validator or its organisation. Disables the offenders that are still
	/// in the set, because the session pallet forgets disabled validators when the set changes.
	/// Notes the organisations with running nodes.
	fn begin_session() {
		let running: BTreeSet<AccountId32> = T::Session::validators().into_iter().collect();
		for (validator, info) in Validators::<T>::iter().collect::<Vec<_>>() {
			let leaves = info.status == ValidatorStatus::Leaving
				|| T::Members::is_removed(info.organisation);
			let offended = matches!(info.status, ValidatorStatus::Offended { .. });
			match running.contains(&validator) {
				false if leaves => Self::let_go(validator, info.organisation),
				true if offended => T::Session::disable(&validator),
				_ => {}
			}
		}
		let organisations: BTreeSet<OrganisationId> =
			running.iter().filter_map(Self::organisation_of).collect();
		match BoundedBTreeSet::try_from(organisations) {
			Ok(organisations) => Running::<T>::put(organisations),
			Err(_) => log::error!(target: LOG_TARGET, "more validators than the maximum run"),
		}
		let kept = Self::first_kept_session();
		if kept > 0 {
			T::Session::forget(kept);
		}
	}

	/// The first session of which a double vote can still be reported.
	pub(crate) fn first_kept_session() -> SessionIndex {
		T::Session::index().saturating_sub(T::KeepSessions::get())
	}

	/// Purges the keys of a validator that is out of the set, and removes the validator.
	fn let_go(validator: AccountId32, organisation: OrganisationId) {
		T::Session::purge(&validator);
		Validators::<T>::remove(&validator);
		ByOrganisation::<T>::mutate_exists(organisation, |all| {
			if let Some(validators) = all {
				validators.remove(&validator);
				if validators.is_empty() {
					*all = None;
				}
			}
		});
		Self::deposit_event(Event::ValidatorRemoved { validator, organisation });
	}
}

impl<T: Config> pallet_session::SessionManager<AccountId32> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<AccountId32>> {
		Self::plan_session(session)
	}

	fn start_session(_: SessionIndex) {
		Self::begin_session();
	}

	fn end_session(_: SessionIndex) {}
}

impl<T: Config> pallet_session::historical::SessionManager<AccountId32, AccountId32> for Pallet<T> {
	fn new_session(session: SessionIndex) -> Option<Vec<(AccountId32, AccountId32)>> {
		let itself = |validator: AccountId32| (validator.clone(), validator);
		Self::plan_session(session).map(|set| set.into_iter().map(itself).collect())
	}

	fn start_session(_: SessionIndex) {
		Self::begin_session();
	}

	fn end_session(_: SessionIndex) {}
}
