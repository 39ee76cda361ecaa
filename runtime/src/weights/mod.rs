//! What the calls cost, as measured on this runtime: a file for each pallet, written by
//! `scripts/weights`. A pallet without a file here still has weights declared by counting.

pub mod pallet_allowance;
pub mod pallet_audit;
pub mod pallet_validators;
