//! The check of the constants and the weights, when a runtime is tested.

use crate::{priority, Config, Limit, Pallet, PayerOf, WeightInfo, Withdrawal};
use frame_support::{dispatch::DispatchClass, traits::Get};

/// The length of a single grant with all its signatures, in bytes, and some more. No transaction of
/// this length may be refused for its length.
const LEAST_LENGTH: u32 = 4 * 1024;

/// The maximum number of blocks in which an empty bucket fills: a day of blocks of two seconds.
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
	/// Panics on a constant with which the allowance would be none or endless, and on extensions
	/// that weigh too much.
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
			assert!(refill <= capacity, "allowance: a bucket regains more than it holds");
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

		let call: T::RuntimeCall = frame_system::Call::remark { remark: Default::default() }.into();
		let charging = T::WeightInfo::draw().saturating_add(T::Payers::weight(&call));
		let worst =
			T::WeightInfo::check().saturating_add(charging.max(T::Withdrawal::worst_weight()));
		let blocks = T::BlockWeights::get();
		let largest = blocks.get(DispatchClass::Normal).max_extrinsic.unwrap_or(blocks.max_block);
		assert!(
			worst.all_lte(largest.saturating_div(20)),
			"allowance: checking a transaction takes more than 5% of the largest one"
		);
	}
}
