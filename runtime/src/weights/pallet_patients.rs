//! What `pallet_patients` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_patients::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 2 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::ByController`: 1 read, 1 written
	/// - `Patients::EnrolmentNumber`: 1 read, 1 written
	/// - `Patients::Patients`: 2 read, 1 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn enrol() -> Weight {
		Weight::from_parts(189_111_000, 2_128)
			.saturating_add(T::DbWeight::get().reads_writes(12, 6))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Patients::ByController`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::PrincipalsOf`: 4 read, 4 written
	/// - `Patients::WardsOf`: 4 read, 4 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn leave() -> Weight {
		Weight::from_parts(90_913_000, 4_705)
			.saturating_add(T::DbWeight::get().reads_writes(14, 11))
	}

	/// - `Consortium::ByAgent`: 2 read, 0 written
	/// - `Consortium::Organisations`: 2 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::Standings`: 4 read, 4 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn propose_guardian() -> Weight {
		Weight::from_parts(96_038_000, 3_619).saturating_add(T::DbWeight::get().reads_writes(11, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 2 read, 0 written
	/// - `Consortium::Organisations`: 2 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::WardsOf`: 1 read, 1 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn confirm_guardian() -> Weight {
		Weight::from_parts(93_075_000, 3_366).saturating_add(T::DbWeight::get().reads_writes(12, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::Standings`: 1 read, 1 written
	/// - `Patients::WardsOf`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn end_guardian() -> Weight {
		Weight::from_parts(70_000_000, 1_924).saturating_add(T::DbWeight::get().reads_writes(7, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::PrincipalsOf`: 1 read, 1 written
	/// - `Patients::Standings`: 4 read, 4 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn name_delegate() -> Weight {
		Weight::from_parts(133_890_000, 3_528)
			.saturating_add(T::DbWeight::get().reads_writes(14, 9))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `Patients::PrincipalsOf`: 1 read, 1 written
	/// - `Patients::Standings`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn end_delegate() -> Weight {
		Weight::from_parts(63_014_000, 1_854).saturating_add(T::DbWeight::get().reads_writes(7, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 2 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::ByController`: 1 read, 0 written
	/// - `Patients::EnrolmentNumber`: 1 read, 1 written
	/// - `Patients::Patients`: 2 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn propose_recovery() -> Weight {
		Weight::from_parts(177_476_000, 2_546)
			.saturating_add(T::DbWeight::get().reads_writes(11, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::History`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn support_recovery() -> Weight {
		Weight::from_parts(71_751_000, 2_909).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::History`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn veto_recovery() -> Weight {
		Weight::from_parts(77_145_000, 2_921).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 2 read, 0 written
	/// - `Patients::ByController`: 1 read, 2 written
	/// - `Patients::History`: 1 read, 1 written
	/// - `Patients::Patients`: 2 read, 1 written
	/// - `Patients::PrincipalsOf`: 4 read, 4 written
	/// - `Patients::Standings`: 5 read, 5 written
	/// - `System::Account`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn finish_recovery() -> Weight {
		Weight::from_parts(179_706_000, 6_163)
			.saturating_add(T::DbWeight::get().reads_writes(21, 16))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn report_condition() -> Weight {
		Weight::from_parts(60_859_000, 2_201).saturating_add(T::DbWeight::get().reads_writes(7, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 2 read, 0 written
	/// - `Patients::History`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn confirm_condition() -> Weight {
		Weight::from_parts(83_132_000, 3_520).saturating_add(T::DbWeight::get().reads_writes(9, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::History`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn mark_private() -> Weight {
		Weight::from_parts(91_124_000, 2_795).saturating_add(T::DbWeight::get().reads_writes(8, 4))
	}

	/// - `Patients::History`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn relation() -> Weight {
		Weight::from_parts(27_956_000, 1_444).saturating_add(T::DbWeight::get().reads_writes(3, 0))
	}
}
