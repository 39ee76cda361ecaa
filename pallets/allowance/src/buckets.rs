//! The buckets: a transaction's cost, an account's allowance, drawing and giving back.

use crate::{
	Allowance, Bucket, Buckets, Charge, Config, Level, Limit, OrganisationBuckets, Pallet,
	PatientBuckets, Payer,
};
use assent_policy::OrganisationId;
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	traits::Get,
};
use sp_runtime::{traits::SaturatedConversion, AccountId32};

impl<T: Config> Pallet<T> {
	/// The cost of a transaction with this weight and length, before the dispatch.
	pub fn cost(info: &DispatchInfo, length: usize) -> u64 {
		let bytes = T::PerByte::get().saturating_mul(length.saturated_into());
		info.total_weight().ref_time().saturating_add(bytes)
	}

	/// The amount that an account with this payer may spend now.
	pub fn allowance(who: &AccountId32, payer: Payer) -> Allowance {
		let now = Self::now();
		let level =
			|bucket: Bucket, limit| Level { available: bucket.available_at(limit, now), limit };
		Allowance {
			account: level(Self::own_bucket(who, payer), Self::limit_of(payer)),
			organisation: Self::organisation_of(payer).map(|organisation| {
				level(OrganisationBuckets::<T>::get(organisation), T::OrganisationLimit::get())
			}),
		}
	}

	/// Takes the charge from the buckets.
	pub(crate) fn draw(charge: &Charge) {
		let now = Self::now();
		Self::change_own(charge, |bucket| {
			bucket.drawn(Self::limit_of(charge.payer), now, charge.cost)
		});
		if let Some(organisation) = Self::organisation_of(charge.payer) {
			OrganisationBuckets::<T>::mutate(organisation, |bucket| {
				*bucket = bucket.drawn(T::OrganisationLimit::get(), now, charge.cost);
			});
		}
	}

	/// Gives the unused part of the charge back.
	pub(crate) fn give_back(charge: &Charge, info: &DispatchInfo, post_info: &PostDispatchInfo) {
		let unspent = post_info.calc_unspent(info).ref_time().min(charge.cost);
		if unspent == 0 {
			return;
		}
		Self::change_own(charge, |bucket| bucket.given_back(unspent));
		if let Some(organisation) = Self::organisation_of(charge.payer) {
			OrganisationBuckets::<T>::mutate(organisation, |bucket| {
				*bucket = bucket.given_back(unspent);
			});
		}
	}

	/// The bucket of the patient id, or of the account.
	fn own_bucket(who: &AccountId32, payer: Payer) -> Bucket {
		match payer {
			Payer::Patient(patient) => PatientBuckets::<T>::get(patient),
			_ => Buckets::<T>::get(who),
		}
	}

	/// Changes the bucket of the patient id, or of the account.
	fn change_own(charge: &Charge, change: impl FnOnce(Bucket) -> Bucket) {
		match charge.payer {
			Payer::Patient(patient) => {
				PatientBuckets::<T>::mutate(patient, |bucket| *bucket = change(*bucket))
			}
			_ => Buckets::<T>::mutate(&charge.who, |bucket| *bucket = change(*bucket)),
		}
	}

	/// The limit of the bucket of the patient id, or of the account.
	pub fn limit_of(payer: Payer) -> Limit {
		match payer {
			Payer::Patient(_) => T::PatientLimit::get(),
			Payer::Practitioner(_) => T::PractitionerLimit::get(),
			Payer::Agent(_) => T::AgentLimit::get(),
			Payer::Validator => T::ValidatorLimit::get(),
		}
	}

	/// The organisation that pays too, from its own bucket.
	fn organisation_of(payer: Payer) -> Option<OrganisationId> {
		match payer {
			Payer::Practitioner(organisation) | Payer::Agent(organisation) => Some(organisation),
			Payer::Patient(_) | Payer::Validator => None,
		}
	}

	pub(crate) fn now() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}
}
