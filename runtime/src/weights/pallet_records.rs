//! What `pallet_records` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_records::WeightInfo for WeightInfo<T> {
	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Records::ByPatient`: 0 read, 1 written
	/// - `Records::Due`: 0 read, 1 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `Records::Versions`: 0 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn register() -> Weight {
		Weight::from_parts(69_710_000, 2_103).saturating_add(T::DbWeight::get().reads_writes(8, 6))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Records::Due`: 0 read, 2 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `Records::Versions`: 1 read, 1 written
	/// - `Records::Votes`: 0 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn correct() -> Weight {
		Weight::from_parts(73_433_000, 2_074).saturating_add(T::DbWeight::get().reads_writes(8, 7))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Records::Due`: 0 read, 2 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `Records::Versions`: 1 read, 1 written
	/// - `Records::Votes`: 0 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn rotate() -> Weight {
		Weight::from_parts(80_068_000, 2_074).saturating_add(T::DbWeight::get().reads_writes(8, 7))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Records::PastLabelCount`: 1 read, 1 written
	/// - `Records::PastLabels`: 0 read, 1 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn relabel() -> Weight {
		Weight::from_parts(66_759_000, 1_891).saturating_add(T::DbWeight::get().reads_writes(8, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn dispute() -> Weight {
		Weight::from_parts(49_570_000, 1_276).saturating_add(T::DbWeight::get().reads_writes(6, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn settle_dispute() -> Weight {
		Weight::from_parts(64_508_000, 2_505).saturating_add(T::DbWeight::get().reads_writes(8, 3))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Records::Due`: 0 read, 1 written
	/// - `Records::Records`: 1 read, 1 written
	/// - `Records::Versions`: 1 read, 0 written
	/// - `Records::Votes`: 0 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn erase() -> Weight {
		Weight::from_parts(62_790_000, 2_074).saturating_add(T::DbWeight::get().reads_writes(8, 5))
	}

	/// - `Consortium::ByAgent`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Patients::ByController`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Patients::PrincipalsOf`: 1 read, 0 written
	/// - `Patients::WardsOf`: 1 read, 0 written
	/// - `Records::EncryptionKeyAt`: 0 read, 1 written
	/// - `Records::EncryptionKeys`: 1 read, 1 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn set_encryption_key() -> Weight {
		Weight::from_parts(53_897_000, 2_580).saturating_add(T::DbWeight::get().reads_writes(8, 2))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consortium::Organisations`: 100 read, 0 written
	/// - `Records::Due`: 0 read, 2 written
	/// - `Records::RecheckEvery`: 1 read, 0 written
	/// - `Records::Records`: 1 read, 0 written
	/// - `Records::Versions`: 1 read, 1 written
	/// - `Records::Votes`: 1 read, 1 written
	/// - `Session::KeyOwner`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `Validators::Running`: 1 read, 0 written
	/// - `Validators::Validators`: 1 read, 0 written
	fn attest() -> Weight {
		Weight::from_parts(702_800_000, 67_910)
			.saturating_add(T::DbWeight::get().reads_writes(111, 6))
	}

	/// - `Consortium::Organisations`: 100 read, 0 written
	/// - `Records::Records`: 1 read, 0 written
	/// - `Records::Versions`: 1 read, 0 written
	/// - `Records::Votes`: 1 read, 0 written
	/// - `Session::KeyOwner`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Validators::Running`: 1 read, 0 written
	/// - `Validators::Validators`: 1 read, 0 written
	fn authorize_attest() -> Weight {
		Weight::from_parts(683_505_000, 67_808)
			.saturating_add(T::DbWeight::get().reads_writes(107, 0))
	}

	/// - `Records::RecheckEvery`: 0 read, 1 written
	fn set_recheck_period() -> Weight {
		Weight::from_parts(6_246_000, 0).saturating_add(T::DbWeight::get().reads_writes(0, 1))
	}
}
