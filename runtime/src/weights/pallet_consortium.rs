//! What `pallet_consortium` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_consortium::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 1 written
	/// - `Consortium::NextOrganisation`: 1 read, 1 written
	/// - `Consortium::OrganisationCount`: 1 read, 1 written
	/// - `Consortium::Organisations`: 0 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn admit() -> Weight {
		Weight::from_parts(237_364_000, 10_344)
			.saturating_add(T::DbWeight::get().reads_writes(41, 41))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::PastStandingCount`: 1 read, 1 written
	/// - `Consortium::PastStandings`: 0 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn suspend() -> Weight {
		Weight::from_parts(262_388_000, 11_016)
			.saturating_add(T::DbWeight::get().reads_writes(39, 39))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::PastStandingCount`: 1 read, 1 written
	/// - `Consortium::PastStandings`: 0 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn reinstate() -> Weight {
		Weight::from_parts(227_222_000, 10_952)
			.saturating_add(T::DbWeight::get().reads_writes(39, 39))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 0 read, 17 written
	/// - `Consortium::OrganisationCount`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::PastStandingCount`: 1 read, 1 written
	/// - `Consortium::PastStandings`: 0 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn remove() -> Weight {
		Weight::from_parts(303_725_000, 11_032)
			.saturating_add(T::DbWeight::get().reads_writes(40, 57))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 2 read, 1 written
	/// - `Consortium::Engagements`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn add_agent() -> Weight {
		// A sum of measured figures, until `scripts/weights` measures the call and writes this anew.
		Weight::from_parts(191_670_000, 1_800).saturating_add(T::DbWeight::get().reads_writes(8, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn remove_agent() -> Weight {
		Weight::from_parts(57_546_000, 1_760).saturating_add(T::DbWeight::get().reads_writes(5, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Endpoints`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn propose_endpoint() -> Weight {
		Weight::from_parts(59_986_000, 2_204).saturating_add(T::DbWeight::get().reads_writes(6, 2))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::Endpoints`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn approve_endpoint() -> Weight {
		Weight::from_parts(51_988_000, 1_699).saturating_add(T::DbWeight::get().reads_writes(5, 2))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 0 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn set_base_policy() -> Weight {
		Weight::from_parts(187_680_000, 1_760).saturating_add(T::DbWeight::get().reads_writes(5, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Engagements`: 1 read, 1 written
	/// - `Consortium::Organisations`: 2 read, 0 written
	/// - `Consortium::PastCredentialCount`: 1 read, 1 written
	/// - `Consortium::PastCredentials`: 0 read, 1 written
	/// - `Consortium::PractitionersOf`: 0 read, 2 written
	/// - `Consortium::Practitioners`: 1 read, 1 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn credential() -> Weight {
		// A sum of measured figures, until `scripts/weights` measures the call and writes this anew.
		Weight::from_parts(213_501_000, 2_186)
			.saturating_add(T::DbWeight::get().reads_writes(10, 8))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn revoke() -> Weight {
		Weight::from_parts(62_965_000, 1_968).saturating_add(T::DbWeight::get().reads_writes(6, 2))
	}

	/// - `Consortium::EnactAfter`: 1 read, 0 written
	/// - `Preimage::PreimageFor`: 0 read, 1 written
	/// - `Preimage::RequestStatusFor`: 1 read, 1 written
	/// - `Preimage::StatusFor`: 1 read, 0 written
	/// - `Scheduler::Agenda`: 1 read, 1 written
	fn enact() -> Weight {
		Weight::from_parts(65_647_000, 8_152).saturating_add(T::DbWeight::get().reads_writes(4, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 2 read, 2 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn transfer_control() -> Weight {
		Weight::from_parts(270_686_000, 11_545)
			.saturating_add(T::DbWeight::get().reads_writes(41, 40))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 2 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::Seats`: 1 read, 1 written
	/// - `Council::Members`: 0 read, 1 written
	/// - `Council::Prime`: 0 read, 1 written
	/// - `Council::Proposals`: 1 read, 0 written
	/// - `Council::Voting`: 32 read, 32 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn replace_controller() -> Weight {
		Weight::from_parts(263_795_000, 11_484)
			.saturating_add(T::DbWeight::get().reads_writes(40, 40))
	}

	/// - `Trail::OrganisationHeads`: 2 read, 2 written
	/// - `Consortium::ByAgent`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 1 written
	/// - `Consortium::Practitioners`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn resign() -> Weight {
		// A sum of measured figures, until `scripts/weights` measures the call and writes this anew.
		Weight::from_parts(120_511_000, 3_728).saturating_add(T::DbWeight::get().reads_writes(7, 5))
	}

	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn look_up() -> Weight {
		Weight::from_parts(126_372_000, 20_208)
			.saturating_add(T::DbWeight::get().reads_writes(3, 0))
	}
}
