//! # The runtime of Assent
//!
//! The runtime selects the pallets, joins the pallets and sets the limits. The runtime does nothing
//! else. The rules live in the pallets and in `assent-policy`.
//!
//! - `configs`: the configuration of the pallets, by concern.
//! - `extensions`: the checks of every transaction before dispatch.
//! - `calls`: one table of everything that the runtime knows of each call.
//! - `payer`: the payer of an account's transactions.
//! - `apis`: the reads for nodes and clients.
//! - `genesis`: the chains that this repository can start.

#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]
// The macros that compose a runtime expand to public items without documentation. The modules below
// check every item that is written by hand.
#![allow(missing_docs)]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
#[warn(missing_docs)]
pub mod benchmarks;
#[warn(missing_docs)]
pub mod calls;
#[warn(missing_docs)]
pub mod configs;
#[warn(missing_docs)]
pub mod extensions;
#[warn(missing_docs)]
pub mod genesis;
#[warn(missing_docs)]
pub mod payer;
#[warn(missing_docs)]
pub mod weights;

#[cfg(test)]
mod tests;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use extensions::TxExtension;

/// A wallet's signature: sr25519, ed25519 or ECDSA.
pub type Signature = MultiSignature;
/// An account: 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// The number of transactions that an account has sent.
pub type Nonce = u32;
/// A block's number.
pub type BlockNumber = u32;
/// BLAKE2-256.
pub type Hash = sp_core::H256;
/// The form in which a call names an account.
pub type Address = MultiAddress<AccountId, ()>;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A transaction in the form that travels between nodes.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// The payload that a wallet signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// Carries out blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types for the node, which does not need the content of a transaction.
pub mod opaque {
	use super::*;
	use sp_runtime::generic;
	pub use sp_runtime::OpaqueExtrinsic;

	/// A block with opaque transactions.
	pub type Block = generic::Block<Header, OpaqueExtrinsic>;
}

impl_opaque_keys! {
	/// A validator's session keys.
	pub struct SessionKeys {
		/// Authors blocks (sr25519).
		pub aura: Aura,
		/// Votes on finality (ed25519).
		pub grandpa: Grandpa,
		/// Attests documents (sr25519).
		pub attestation: Records,
	}
}

/// Identifies this runtime to nodes and wallets.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("assent"),
	impl_name: Cow::Borrowed("assent-node"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// The length of a slot, and of the time between two blocks, in milliseconds.
pub const MILLISECS_PER_BLOCK: u64 = 2_000;
/// Blocks in a minute.
pub const MINUTES: BlockNumber = 60_000 / (MILLISECS_PER_BLOCK as BlockNumber);
/// Blocks in an hour.
pub const HOURS: BlockNumber = MINUTES * 60;
/// Blocks in a day.
pub const DAYS: BlockNumber = HOURS * 24;

#[frame_support::runtime]
mod runtime {
	/// The composition, in the order of the indices. Genesis and hooks run in the same order.
	/// `Consortium` and `Validators` stand before `Session`, because the genesis of `Session` asks
	/// both for the validators.
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Consortium = pallet_consortium;
	#[runtime::pallet_index(3)]
	pub type Validators = pallet_validators;
	#[runtime::pallet_index(4)]
	pub type Authorship = pallet_authorship;
	// Before `Session`. The validators of the old session make and check the block that begins a
	// new session.
	#[runtime::pallet_index(5)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(6)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(7)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(8)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(9)]
	pub type Offences = pallet_offences;
	#[runtime::pallet_index(10)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(11)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(12)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(13)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(14)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(15)]
	pub type TxPause = pallet_tx_pause;
	#[runtime::pallet_index(20)]
	pub type Patients = pallet_patients;
	#[runtime::pallet_index(21)]
	pub type Records = pallet_records;
	#[runtime::pallet_index(22)]
	pub type Consent = pallet_consent;
	#[runtime::pallet_index(23)]
	pub type Trail = pallet_trail;
	#[runtime::pallet_index(24)]
	pub type Allowance = pallet_allowance;
	#[runtime::pallet_index(25)]
	pub type Emergencies = pallet_emergencies;
	#[runtime::pallet_index(26)]
	pub type Acceptances = pallet_acceptances;
}
