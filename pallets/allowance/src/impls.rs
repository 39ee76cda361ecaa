//! The arithmetic over both buckets, and what must hold of the constants.

use crate::{
	priority, Allowance, Bucket, Buckets, Charge, Config, Level, Limit, OrganisationBuckets,
	Pallet, Payer, PayerOf, WeightInfo, Withdrawal,
};
use assent_policy::OrganisationId;
use frame_support::{
	dispatch::{DispatchClass, DispatchInfo, PostDispatchInfo},
	traits::Get,
};
use sp_runtime::{traits::SaturatedConversion, AccountId32};

/// A single grant with all that signs it, in bytes, and some: no transaction of this length may
/// be refused for it.
const LEAST_LENGTH: u32 = 4 * 1024;

/// How many blocks an empty bucket may take to fill: a day of blocks of two seconds.
const MAX_BLOCKS_TO_FILL: u64 = 43_200;

const _: () = assert!(
	priority::WITHDRAWAL > priority::EMERGENCY
		&& priority::EMERGENCY > priority::ACCESS
		&& priority::ACCESS > priority::GOVERNANCE
		&& priority::GOVERNANCE > priority::NORMAL
		&& priority::NORMAL > 0,
	"priorities are in order"
);

impl<T: Config> Pallet<T> {
	/// What a transaction of this weight and length costs before it is dispatched.
	pub fn cost(info: &DispatchInfo, length: usize) -> u64 {
		let bytes = T::PerByte::get().saturating_mul(length.saturated_into());
		info.total_weight().ref_time().saturating_add(bytes)
	}

	/// What an account with this payer may spend now.
	pub fn allowance(who: &AccountId32, payer: Payer) -> Allowance {
		let now = Self::now();
		let level = |bucket: Bucket, limit| Level {
			available: bucket.available_at(limit, now),
			limit,
		};
		Allowance {
			account: level(Buckets::<T>::get(who), Self::limit_of(payer)),
			organisation: Self::organisation_of(payer).map(|organisation| {
				level(
					OrganisationBuckets::<T>::get(organisation),
					T::OrganisationLimit::get(),
				)
			}),
		}
	}

	/// Takes the charge from the buckets.
	pub(crate) fn draw(charge: &Charge) {
		let now = Self::now();
		Buckets::<T>::mutate(&charge.who, |bucket| {
			*bucket = bucket.drawn(Self::limit_of(charge.payer), now, charge.cost);
		});
		if let Some(organisation) = Self::organisation_of(charge.payer) {
			OrganisationBuckets::<T>::mutate(organisation, |bucket| {
				*bucket = bucket.drawn(T::OrganisationLimit::get(), now, charge.cost);
			});
		}
	}

	/// Gives back what of the charge was not used.
	pub(crate) fn give_back(charge: &Charge, info: &DispatchInfo, post_info: &PostDispatchInfo) {
		let unspent = post_info.calc_unspent(info).ref_time().min(charge.cost);
		if unspent == 0 {
			return;
		}
		Buckets::<T>::mutate(&charge.who, |bucket| *bucket = bucket.given_back(unspent));
		if let Some(organisation) = Self::organisation_of(charge.payer) {
			OrganisationBuckets::<T>::mutate(organisation, |bucket| {
				*bucket = bucket.given_back(unspent);
			});
		}
	}

	/// The limit of an account's own bucket.
	pub fn limit_of(payer: Payer) -> Limit {
		match payer {
			Payer::Patient => T::PatientLimit::get(),
			Payer::Practitioner(_) => T::PractitionerLimit::get(),
			Payer::Agent(_) => T::AgentLimit::get(),
			Payer::Validator => T::ValidatorLimit::get(),
		}
	}

	/// The organisation whose bucket is drawn on too.
	fn organisation_of(payer: Payer) -> Option<OrganisationId> {
		match payer {
			Payer::Practitioner(organisation) | Payer::Agent(organisation) => Some(organisation),
			Payer::Patient | Payer::Validator => None,
		}
	}

	pub(crate) fn now() -> u32 {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// Refuses constants under which the allowance would be none, or endless.
	pub(crate) fn check_constants() {
		let organisation = T::OrganisationLimit::get();
		let limits = [
			T::PatientLimit::get(),
			T::PractitionerLimit::get(),
			T::AgentLimit::get(),
			T::ValidatorLimit::get(),
			organisation,
		];
		for Limit { capacity, refill } in limits {
			assert!(refill > 0, "allowance: a bucket never refills");
			assert!(
				refill <= capacity,
				"allowance: a bucket regains more than it holds"
			);
			assert!(
				capacity / refill <= MAX_BLOCKS_TO_FILL,
				"allowance: a bucket takes more than a day to fill"
			);
		}
		for member in [T::PractitionerLimit::get(), T::AgentLimit::get()] {
			assert!(
				member.capacity <= organisation.capacity,
				"allowance: a member's bucket holds more than the organisation's"
			);
		}
		assert!(T::PerByte::get() > 0, "allowance: length costs nothing");
		assert!(T::MaxPending::get() > 0, "allowance: nothing may wait");
		assert!(
			T::MaxLength::get() >= LEAST_LENGTH,
			"allowance: a transaction must be shorter than a single grant"
		);

		let charging = T::WeightInfo::draw().saturating_add(T::Payers::worst_weight());
		let worst =
			T::WeightInfo::check().saturating_add(charging.max(T::Withdrawal::worst_weight()));
		let blocks = T::BlockWeights::get();
		let largest = blocks
			.get(DispatchClass::Normal)
			.max_extrinsic
			.unwrap_or(blocks.max_block);
		assert!(
			worst.all_lte(largest.saturating_div(20)),
			"allowance: checking a transaction takes more than 5% of the largest one"
		);
	}
}
