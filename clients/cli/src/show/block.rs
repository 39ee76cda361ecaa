//! Blocks.

use crate::parse::ids::hex;
use assent_runtime::BlockNumber;
use serde::Serialize;
use std::fmt;

/// A block, and whether it was final when it was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Block {
	/// The hash.
	pub hash: String,
	/// The number.
	pub number: BlockNumber,
	/// Whether the block was final.
	#[serde(rename = "final")]
	pub is_final: bool,
}

impl From<assent_client::Block> for Block {
	fn from(block: assent_client::Block) -> Self {
		Self { hash: hex(block.hash), number: block.number, is_final: block.is_final }
	}
}

impl fmt::Display for Block {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let how = match self.is_final {
			true => "final",
			false => "not final yet",
		};
		write!(f, "{} ({how}) {}", self.number, self.hash)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::H256;

	#[test]
	fn block_should_say_whether_it_is_final() {
		let block =
			Block::from(assent_client::Block { hash: H256::zero(), number: 7, is_final: true });
		let json = serde_json::to_value(&block).unwrap();
		assert_eq!(json["final"], true);
		assert_eq!(json["number"], 7);
		assert!(block.to_string().starts_with("7 (final) 0x00"));
	}
}
