//! What `pallet_acceptances` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_acceptances::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Acceptances::AcceptanceCount`: 1 read, 1 written
	/// - `Acceptances::Acceptances`: 1 read, 1 written
	/// - `Acceptances::Campaigns`: 1 read, 1 written
	/// - `Acceptances::Invitations`: 1 read, 1 written
	/// - `Acceptances::LatestCampaign`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn accept() -> Weight {
		Weight::from_parts(106_829_000, 2_267)
			.saturating_add(T::DbWeight::get().reads_writes(11, 6))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Acceptances::Campaigns`: 1 read, 1 written
	/// - `Acceptances::Invitations`: 1 read, 1 written
	/// - `Acceptances::LatestCampaign`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn refuse() -> Weight {
		Weight::from_parts(72_144_000, 1_135).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Acceptances::Campaigns`: 1 read, 1 written
	/// - `Acceptances::LatestCampaign`: 1 read, 1 written
	/// - `Acceptances::NextCampaign`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn open_campaign() -> Weight {
		Weight::from_parts(72_689_000, 1_600).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 32 read, 32 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::Patients`: 32 read, 0 written
	/// - `Acceptances::AcceptanceCount`: 32 read, 0 written
	/// - `Acceptances::Acceptances`: 32 read, 0 written
	/// - `Acceptances::Campaigns`: 1 read, 1 written
	/// - `Acceptances::Invitations`: 32 read, 32 written
	/// - `Acceptances::LatestCampaign`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `n` from 1 to 32
	fn ask(n: u32) -> Weight {
		Weight::from_parts(72_286_127, 1_706)
			.saturating_add(T::DbWeight::get().reads_writes(7, 2))
			.saturating_add(Weight::from_parts(35_795_416, 697).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads_writes(5, 2).saturating_mul(n.into()))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Acceptances::Campaigns`: 1 read, 1 written
	/// - `Acceptances::LatestCampaign`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn end_campaign() -> Weight {
		Weight::from_parts(53_732_000, 1_600).saturating_add(T::DbWeight::get().reads_writes(7, 2))
	}
}
