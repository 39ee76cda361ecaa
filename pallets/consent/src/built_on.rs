//! The directives in force, by the version of a base policy on which each is built.

use crate::pallet::*;
use alloc::vec::Vec;
use assent_policy::{DirectiveId, PatientId};
use assent_support::{page_size, Acceptances, PolicyRef};
use frame_support::ensure;

impl<T: Config> Pallet<T> {
	/// Fails unless the organisation that enrolled the patient registered the version. A directive
	/// can be built on no other version.
	pub(crate) fn ensure_known(
		patient: PatientId,
		policy: Option<PolicyRef>,
	) -> Result<(), Error<T>> {
		ensure!(
			policy.is_none_or(|policy| T::Acceptances::can_build_on(patient, policy)),
			Error::<T>::PolicyNotFound
		);
		Ok(())
	}

	/// Lists a new directive under the version on which the directive is built.
	pub(crate) fn list_built(
		patient: PatientId,
		directive: DirectiveId,
		policy: Option<PolicyRef>,
	) {
		if let Some(PolicyRef { organisation, version }) = policy {
			BuiltOn::<T>::insert((organisation, version, patient, directive), ());
		}
	}

	/// Takes an ended directive off the list.
	pub(crate) fn unlist_built(
		patient: PatientId,
		directive: DirectiveId,
		policy: Option<PolicyRef>,
	) {
		if let Some(PolicyRef { organisation, version }) = policy {
			BuiltOn::<T>::remove((organisation, version, patient, directive));
		}
	}

	/// A page of the directives listed under a version.
	pub(crate) fn page_of_built(
		policy: PolicyRef,
		after: Option<(PatientId, DirectiveId)>,
		limit: u32,
	) -> Vec<(PatientId, DirectiveId)> {
		let PolicyRef { organisation, version } = policy;
		let listed = (organisation, version);
		let keys = match after {
			Some((patient, directive)) => BuiltOn::<T>::iter_key_prefix_from(
				listed,
				BuiltOn::<T>::hashed_key_for((organisation, version, patient, directive)),
			),
			None => BuiltOn::<T>::iter_key_prefix(listed),
		};
		keys.take(page_size(limit)).collect()
	}
}
