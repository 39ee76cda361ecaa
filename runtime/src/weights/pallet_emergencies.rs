//! What `pallet_emergencies` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_emergencies::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Consortium::Seats`: 1 read, 0 written
	/// - `Emergencies::EmergenciesOf`: 0 read, 1 written
	/// - `Emergencies::Emergencies`: 0 read, 1 written
	/// - `Emergencies::EmergencyCount`: 1 read, 1 written
	/// - `Emergencies::NextEmergency`: 1 read, 1 written
	/// - `Emergencies::OfOrganisation`: 1 read, 1 written
	/// - `Emergencies::OfPractitioner`: 1 read, 1 written
	/// - `Emergencies::OrganisationCap`: 1 read, 0 written
	/// - `Emergencies::Suspensions`: 1 read, 0 written
	/// - `Emergencies::Unjustified`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn declare() -> Weight {
		Weight::from_parts(168_500_000, 8_261)
			.saturating_add(T::DbWeight::get().reads_writes(15, 9))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Emergencies::Emergencies`: 1 read, 1 written
	/// - `Emergencies::Unjustified`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn end() -> Weight {
		Weight::from_parts(61_519_000, 1_998).saturating_add(T::DbWeight::get().reads_writes(6, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Emergencies::Emergencies`: 1 read, 1 written
	/// - `Emergencies::Unjustified`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn justify() -> Weight {
		Weight::from_parts(87_144_000, 1_998).saturating_add(T::DbWeight::get().reads_writes(6, 4))
	}

	/// - `Trail::OrganisationHeads`: 2 read, 2 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 100 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Consortium::Seats`: 1 read, 0 written
	/// - `Emergencies::Emergencies`: 1 read, 1 written
	/// - `Emergencies::ReviewCounts`: 1 read, 1 written
	/// - `Emergencies::ReviewsOf`: 0 read, 1 written
	/// - `System::BlockHash`: 2 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn draw() -> Weight {
		Weight::from_parts(652_972_000, 15_353)
			.saturating_add(T::DbWeight::get().reads_writes(111, 6))
	}

	/// - `Trail::OrganisationHeads`: 2 read, 2 written
	/// - `Trail::PatientHeads`: 5 read, 5 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Emergencies::Emergencies`: 5 read, 5 written
	/// - `Emergencies::ReviewCounts`: 1 read, 1 written
	/// - `Emergencies::ReviewsOf`: 0 read, 1 written
	/// - `Emergencies::Suspensions`: 1 read, 1 written
	/// - `Emergencies::Unjustified`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn review() -> Weight {
		Weight::from_parts(218_680_000, 3_764)
			.saturating_add(T::DbWeight::get().reads_writes(19, 16))
	}

	/// - `Trail::OrganisationHeads`: 2 read, 2 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Emergencies::Emergencies`: 1 read, 1 written
	/// - `Emergencies::ReviewCounts`: 1 read, 1 written
	/// - `Emergencies::ReviewsOf`: 0 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn pass_on() -> Weight {
		Weight::from_parts(72_415_000, 1_113).saturating_add(T::DbWeight::get().reads_writes(7, 6))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 5 read, 5 written
	/// - `Emergencies::Emergencies`: 5 read, 5 written
	/// - `Emergencies::Suspensions`: 1 read, 1 written
	/// - `Emergencies::Unjustified`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn suspend_unjustified() -> Weight {
		Weight::from_parts(182_476_000, 2_407)
			.saturating_add(T::DbWeight::get().reads_writes(15, 13))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Emergencies::Emergencies`: 1 read, 0 written
	/// - `Emergencies::Suspensions`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn reinstate() -> Weight {
		Weight::from_parts(53_293_000, 1_083).saturating_add(T::DbWeight::get().reads_writes(5, 2))
	}

	/// - `Emergencies::OrganisationCap`: 0 read, 1 written
	fn set_organisation_cap() -> Weight {
		Weight::from_parts(5_361_000, 0).saturating_add(T::DbWeight::get().reads_writes(0, 1))
	}
}
