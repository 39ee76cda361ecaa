//! Signatures that were made elsewhere.

use codec::DecodeAll;
use sp_core::sr25519;
use sp_runtime::MultiSignature;

/// Reads a signature: a SCALE `MultiSignature`, or 64 bytes of sr25519.
pub fn signature(text: &str) -> Result<MultiSignature, String> {
	let wrong = || format!("{text:?} is not a signature: give 65 bytes as a wallet returns them");
	let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|_| wrong())?;
	match <[u8; 64]>::try_from(bytes.as_slice()) {
		Ok(bare) => Ok(MultiSignature::Sr25519(sr25519::Signature::from_raw(bare))),
		Err(_) => MultiSignature::decode_all(&mut bytes.as_slice()).map_err(|_| wrong()),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::parse::ids::hex;
	use codec::Encode;

	#[test]
	fn signature_should_read_as_wallets_return_it() {
		let bare = [7u8; 64];
		let signed = MultiSignature::Sr25519(sr25519::Signature::from_raw(bare));
		assert_eq!(signature(&hex(bare)), Ok(signed.clone()));
		assert_eq!(signature(&hex(signed.encode())), Ok(signed));
		for text in ["", "0x", "0x00", &hex([9u8; 65]), &hex([0u8; 70])] {
			assert!(signature(text).is_err(), "{text}");
		}
	}
}
