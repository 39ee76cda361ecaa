//! What an account signs outside of transactions: to be enrolled, or to take an id over.

use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	keys::Signer,
	parse::ids::{address, hex},
	printer::{fields, Report},
};
use assent_runtime::Runtime;
use codec::{DecodeAll, Encode};
use serde_json::{json, Value};
use sp_core::sr25519;
use sp_runtime::{AccountId32, MultiSignature};

/// Reads a signature: a SCALE `MultiSignature`, or 64 bytes of sr25519.
pub fn signature(text: &str) -> Result<MultiSignature, String> {
	let wrong = || format!("{text:?} is not a signature: give 65 bytes as a wallet returns them");
	let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(text)).map_err(|_| wrong())?;
	match <[u8; 64]>::try_from(bytes.as_slice()) {
		Ok(bare) => Ok(MultiSignature::Sr25519(sr25519::Signature::from_raw(bare))),
		Err(_) => MultiSignature::decode_all(&mut bytes.as_slice()).map_err(|_| wrong()),
	}
}

/// How many such messages an account signed before: the number that the next one carries.
pub async fn number_of(chain: &Chain, account: &AccountId32) -> Outcome<u32> {
	let key = pallet_patients::EnrolmentNumber::<Runtime>::hashed_key_for(account);
	Ok(chain
		.read(&key, chain.best().await?)
		.await?
		.unwrap_or_default())
}

/// The account that is to sign, and the key to sign with here, if it is that account's.
pub fn signing(
	options: &Options,
	account: Option<AccountId32>,
) -> Outcome<(AccountId32, Option<Signer>)> {
	let signer = options.signer_if_any()?;
	let account = match (account, &signer) {
		(Some(account), _) => account,
		(None, Some(signer)) => signer.account(),
		(None, None) => {
			return Err(Failure::usage(
				"name the account that signs with --account, or sign with --key",
			))
		}
	};
	let signer = signer.filter(|signer| signer.account() == account);
	Ok((account, signer))
}

/// The message, and the signature where it was made here. `data` holds what else there is to
/// tell a script, `rows` what there is to tell people.
pub fn report(
	message: &[u8],
	signer: Option<&Signer>,
	account: &AccountId32,
	number: u32,
	data: Value,
	rows: &[(&str, String)],
) -> Report {
	let signature = signer.map(|signer| hex(signer.sign(message).encode()));
	let message = String::from_utf8_lossy(message).into_owned();
	let next = match &signature {
		Some(_) => String::new(),
		None => "sign the lines above as they are, with the account's wallet".into(),
	};
	let own = [
		("account", address(account)),
		("number", number.to_string()),
		("signature", signature.clone().unwrap_or_default()),
		("next", next),
	];
	let shown = fields(&[rows, &own[..]].concat());
	let mut data = data;
	if let Value::Object(fields) = &mut data {
		fields.insert("message".into(), message.clone().into());
		fields.insert("account".into(), address(account).into());
		fields.insert("number".into(), number.into());
		fields.insert("signature".into(), json!(signature));
	}
	Report::new(data, format!("{message}\n\n{shown}"))
}

#[cfg(test)]
mod tests {
	use super::*;

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

	#[test]
	fn report_should_hold_the_message_and_say_who_is_still_to_sign() {
		let account = AccountId32::new([3; 32]);
		let report = report(
			b"Assent recovery\nnumber 2",
			None,
			&account,
			2,
			json!({ "patient": "0x01" }),
			&[("patient", "0x01".into())],
		);
		assert_eq!(report.data["message"], "Assent recovery\nnumber 2");
		assert_eq!(report.data["patient"], "0x01");
		assert_eq!(report.data["number"], 2);
		assert_eq!(report.data["signature"], Value::Null);
		assert!(report.text.starts_with("Assent recovery\nnumber 2\n\n"));
		assert!(report.text.contains("with the account's wallet"));
	}
}
