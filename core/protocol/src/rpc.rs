//! The node's JSON-RPC methods beyond the SDK's own, with their parameters and answers.

/// The most rows of one page: of a runtime API's list, and of [`PATIENT_TRAIL`].
pub const MAX_PAGE: u32 = 100;

/// Whether a vault may deliver a wrap now. Parameters: [`DeliveryParams`]. Answer:
/// [`crate::delivery::Answer`].
pub const DELIVERY: &str = "assent_delivery";
/// An entry of the trail by its hash. Answer: the entry's SCALE bytes, or null.
pub const TRAIL_ENTRY: &str = "assent_trailEntry";
/// Entries of a patient's trail, newest first. Answer: a list of `StoredEntry`.
pub const PATIENT_TRAIL: &str = "assent_patientTrail";
/// Every method of Assent.
pub const METHODS: [&str; 3] = [DELIVERY, PATIENT_TRAIL, TRAIL_ENTRY];

/// The SDK's method that gives the hash of a block by its number.
pub const BLOCK_HASH: &str = "chain_getBlockHash";

/// The parameters of [`DELIVERY`]: a JSON array of the record, its document version, the
/// account, the entry and the vault's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryParams<'a> {
	/// The record.
	pub record: [u8; 16],
	/// The record's document version.
	pub version: u32,
	/// The account in SS58, as the SDK's JSON-RPC writes accounts.
	pub account: &'a str,
	/// The hash of the entry of the trail that permits the access.
	pub entry: [u8; 32],
	/// The vault's clock, in milliseconds since 1970.
	pub clock: u64,
}

#[cfg(feature = "serde")]
impl serde::Serialize for DeliveryParams<'_> {
	fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
		use crate::Hex;
		use alloc::format;
		let Self { record, version, account, entry, clock } = self;
		let (record, entry) = (format!("{:#}", Hex(record)), format!("{:#}", Hex(entry)));
		(record, version, account, entry, clock).serialize(to)
	}
}

/// An entry of the trail as a node gives the entry: its hash and its SCALE bytes, in the
/// types of the program.
#[cfg(feature = "serde")]
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredEntry<Hash, Bytes> {
	/// The entry's hash.
	pub hash: Hash,
	/// The entry's SCALE bytes.
	pub entry: Bytes,
}

#[cfg(all(test, feature = "serde"))]
mod tests {
	use super::*;
	use alloc::{format, string::String};
	use serde_json::json;

	#[test]
	fn delivery_params_should_be_an_array_in_the_documented_order() {
		let params = DeliveryParams {
			record: [0x22; 16],
			version: 3,
			account: "5Account",
			entry: [0x44; 32],
			clock: 1_800_000_000_000,
		};
		let expected = json!([
			format!("0x{}", "22".repeat(16)),
			3,
			"5Account",
			format!("0x{}", "44".repeat(32)),
			1_800_000_000_000u64,
		]);
		assert_eq!(serde_json::to_value(params).unwrap(), expected);
	}

	#[test]
	fn stored_entry_should_have_the_documented_fields() {
		let stored = StoredEntry { hash: String::from("0x01"), entry: String::from("0x02") };
		let expected = json!({ "hash": "0x01", "entry": "0x02" });
		assert_eq!(serde_json::to_value(stored).unwrap(), expected);
	}
}
