//! What `pallet_consent` costs. Written by `scripts/weights`: don't edit.
//!
//! Measured 2026-11-27 on Intel(R) Xeon(R) Processor in wasm, in 50 steps, each 20 times.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Measured weights, for the database of the runtime `T`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_consent::WeightInfo for WeightInfo<T> {
	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 32 written
	/// - `Consent::Directives`: 63 read, 33 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 32 to 63
	/// - `e` from 0 to 32
	fn grant(d: u32, e: u32) -> Weight {
		Weight::from_parts(6_601_753_000, 1_072)
			.saturating_add(T::DbWeight::get().reads_writes(6, 5))
			.saturating_add(Weight::from_parts(67_528_499, 19_117).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
			.saturating_add(Weight::from_parts(4_000_725, 0).saturating_mul(e.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(0, 2)
					.saturating_mul(e.into()),
			)
	}

	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 33 written
	/// - `Consent::Directives`: 63 read, 33 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 32 to 63
	/// - `e` from 0 to 32
	fn make_directive(d: u32, e: u32) -> Weight {
		Weight::from_parts(7_034_611_000, 20_545)
			.saturating_add(T::DbWeight::get().reads_writes(7, 6))
			.saturating_add(Weight::from_parts(110_645_726, 19_117).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
			.saturating_add(Weight::from_parts(30_080_954, 0).saturating_mul(e.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(0, 2)
					.saturating_mul(e.into()),
			)
	}

	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 1 written
	/// - `Consent::Directives`: 1 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn withdraw() -> Weight {
		Weight::from_parts(492_076_000, 21_144)
			.saturating_add(T::DbWeight::get().reads_writes(6, 4))
	}

	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 34 written
	/// - `Consent::Directives`: 64 read, 34 written
	/// - `Consent::InForceWhenMade`: 0 read, 1 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `Consent::NextDirective`: 1 read, 1 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 33 to 64
	/// - `e` from 0 to 32
	fn replace(d: u32, e: u32) -> Weight {
		Weight::from_parts(878_274_888, 20_544)
			.saturating_add(T::DbWeight::get().reads_writes(7, 8))
			.saturating_add(Weight::from_parts(136_676_572, 19_118).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
			.saturating_add(Weight::from_parts(80_318_067, 0).saturating_mul(e.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(0, 2)
					.saturating_mul(e.into()),
			)
	}

	/// - `Audit::OrganisationHeads`: 1 read, 1 written
	/// - `Audit::PatientHeads`: 1 read, 1 written
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
		Weight::from_parts(580_381_000, 25_392)
			.saturating_add(T::DbWeight::get().reads_writes(42, 5))
	}

	/// - `Audit::OrganisationHeads`: 1 read, 1 written
	/// - `Audit::PatientHeads`: 1 read, 1 written
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
	/// - `d` from 32 to 63
	/// - `e` from 0 to 32
	fn approve_request(d: u32, e: u32) -> Weight {
		Weight::from_parts(6_326_841_000, 21_933)
			.saturating_add(T::DbWeight::get().reads_writes(10, 9))
			.saturating_add(Weight::from_parts(58_560_168, 19_117).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(0, 2)
					.saturating_mul(e.into()),
			)
	}

	/// - `Audit::OrganisationHeads`: 1 read, 1 written
	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::OpenRequests`: 1 read, 1 written
	/// - `Consent::Requests`: 1 read, 1 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	fn refuse_request() -> Weight {
		Weight::from_parts(87_275_000, 2_281).saturating_add(T::DbWeight::get().reads_writes(7, 4))
	}

	/// - `Audit::OrganisationHeads`: 1 read, 1 written
	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::Directives`: 64 read, 0 written
	/// - `Consent::InForce`: 1 read, 0 written
	/// - `Consortium::BasePolicies`: 1 read, 0 written
	/// - `Consortium::Organisations`: 1 read, 0 written
	/// - `Consortium::Practitioners`: 1 read, 0 written
	/// - `Emergencies::Unjustified`: 1 read, 0 written
	/// - `Patients::History`: 1 read, 0 written
	/// - `Patients::Patients`: 1 read, 0 written
	/// - `Policies::AcceptanceCount`: 1 read, 0 written
	/// - `Records::Records`: 1 read, 0 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 1 to 65
	fn access(d: u32) -> Weight {
		Weight::from_parts(186_095_605, 3_364)
			.saturating_add(T::DbWeight::get().reads_writes(12, 2))
			.saturating_add(Weight::from_parts(148_098_956, 19_118).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
	}

	/// - `Audit::PatientHeads`: 1 read, 1 written
	/// - `Consent::BuiltOn`: 0 read, 32 written
	/// - `Consent::Directives`: 64 read, 32 written
	/// - `Consent::InForce`: 1 read, 1 written
	/// - `System::BlockHash`: 1 read, 0 written
	/// - `Timestamp::Now`: 1 read, 0 written
	/// - `d` from 32 to 64
	/// - `e` from 1 to 32
	fn retire_expired(d: u32, e: u32) -> Weight {
		Weight::from_parts(1_977_564_576, 433)
			.saturating_add(T::DbWeight::get().reads_writes(4, 2))
			.saturating_add(Weight::from_parts(92_379_906, 19_118).saturating_mul(d.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(1, 0)
					.saturating_mul(d.into()),
			)
			.saturating_add(Weight::from_parts(47_420_660, 0).saturating_mul(e.into()))
			.saturating_add(
				T::DbWeight::get()
					.reads_writes(0, 2)
					.saturating_mul(e.into()),
			)
	}
}
