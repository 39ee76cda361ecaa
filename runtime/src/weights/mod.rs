//! The costs of the calls of our pallets, written by `scripts/weights`. The SDK's pallets keep the
//! weights that they come with.

pub mod pallet_acceptances;
pub mod pallet_allowance;
pub mod pallet_consent;
pub mod pallet_consortium;
pub mod pallet_emergencies;
pub mod pallet_patients;
pub mod pallet_records;
pub mod pallet_trail;
pub mod pallet_validators;
