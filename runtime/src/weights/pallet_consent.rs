//! What `pallet_consent` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_consent::WeightInfo for WeightInfo<T> {
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 32 written
	/// - `Consent::Directives`: 63 read, 33 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `k` from 0 to 31
	/// - `e` from 0 to 32
	fn grant(k: u32, e: u32) -> Weight {
		Weight::from_parts(508_291_935, 1_056)
			.saturating_add(T::DbWeight::get().reads_writes(6, 5))
			.saturating_add(Weight::from_parts(179_246_281, 19_118).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(k.into()))
			.saturating_add(Weight::from_parts(311_359_973, 19_118).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 2).saturating_mul(e.into()))
	}

	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 33 written
	/// - `Consent::Directives`: 63 read, 33 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `k` from 0 to 31
	/// - `e` from 0 to 32
	fn make_directive(k: u32, e: u32) -> Weight {
		Weight::from_parts(741_742_109, 20_529)
			.saturating_add(T::DbWeight::get().reads_writes(7, 6))
			.saturating_add(Weight::from_parts(109_956_167, 19_118).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(k.into()))
			.saturating_add(Weight::from_parts(302_490_720, 19_118).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 2).saturating_mul(e.into()))
	}

	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 1 written
	/// - `Consent::Directives`: 1 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn withdraw() -> Weight {
		Weight::from_parts(296_442_000, 21_144)
			.saturating_add(T::DbWeight::get().reads_writes(6, 4))
	}

	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 34 written
	/// - `Consent::Directives`: 64 read, 34 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `k` from 0 to 31
	/// - `e` from 0 to 32
	fn replace(k: u32, e: u32) -> Weight {
		Weight::from_parts(703_913_000, 39_650)
			.saturating_add(T::DbWeight::get().reads_writes(8, 8))
			.saturating_add(Weight::from_parts(192_260_377, 19_118).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(k.into()))
			.saturating_add(Weight::from_parts(215_775_871, 19_118).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 2).saturating_mul(e.into()))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::NextRequest`: 1 read, 1 written
	/// - `Consent::OpenRequests`: 1 read, 1 written
	/// - `Consent::Requests`: 16 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 17 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn request() -> Weight {
		Weight::from_parts(617_600_000, 25_392)
			.saturating_add(T::DbWeight::get().reads_writes(42, 5))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 33 written
	/// - `Consent::Directives`: 63 read, 33 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Consent::OpenRequests`: 1 read, 1 written
	/// - `Consent::Requests`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `k` from 0 to 31
	/// - `e` from 0 to 32
	fn approve_request(k: u32, e: u32) -> Weight {
		Weight::from_parts(617_441_262, 21_916)
			.saturating_add(T::DbWeight::get().reads_writes(10, 9))
			.saturating_add(Weight::from_parts(145_607_082, 19_118).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(k.into()))
			.saturating_add(Weight::from_parts(252_840_222, 19_118).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 2).saturating_mul(e.into()))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::OpenRequests`: 1 read, 1 written
	/// - `Consent::Requests`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn refuse_request() -> Weight {
		Weight::from_parts(88_616_000, 2_281).saturating_add(T::DbWeight::get().reads_writes(7, 4))
	}

	/// - `Trail::OrganisationHeads`: 1 read, 1 written
	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::Directives`: 64 read, 0 written
	/// - `Consent::InForce`: 1 read, 0 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Emergencies::Unjustified`: 1 read, 0 written
	/// - `Patients::History`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Acceptances::AcceptanceCount`: 1 read, 0 written
	/// - `Records::Records`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 1 to 65
	fn access(d: u32) -> Weight {
		Weight::from_parts(303_225_000, 3_364)
			.saturating_add(T::DbWeight::get().reads_writes(12, 2))
			.saturating_add(Weight::from_parts(172_540_038, 19_118).saturating_mul(d.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(d.into()))
	}

	/// - `Trail::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 32 written
	/// - `Consent::Directives`: 64 read, 32 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `k` from 0 to 32
	/// - `e` from 1 to 32
	fn retire_expired(k: u32, e: u32) -> Weight {
		Weight::from_parts(330_082_352, 421)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(Weight::from_parts(132_920_415, 19_118).saturating_mul(k.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 0).saturating_mul(k.into()))
			.saturating_add(Weight::from_parts(234_417_440, 19_118).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads_writes(1, 2).saturating_mul(e.into()))
	}
}
