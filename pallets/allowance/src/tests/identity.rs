//! Wallets see no change by the extensions.

use crate::{mock::*, CheckAllowance, CheckNonce};
use codec::{Compact, Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::traits::TransactionExtension;

#[test]
fn allowance_should_encode_as_nothing_and_sign_nothing() {
	let extension = CheckAllowance::<Test>::new();
	assert!(extension.encode().is_empty());
	assert_eq!(CheckAllowance::<Test>::decode(&mut &[][..]), Ok(extension.clone()));
	assert!(extension.implicit_bytes().is_empty());
	let scale_info::TypeDef::Composite(shape) = CheckAllowance::<Test>::type_info().type_def else {
		panic!("not a struct")
	};
	assert!(shape.fields.is_empty());
}

#[test]
fn nonce_should_look_like_the_sdks_from_outside() {
	for nonce in [0, 63, 64, 16_384, u32::MAX] {
		let ours = CheckNonce::<Test>::from(nonce);
		assert_eq!(ours.encode(), frame_system::CheckNonce::<Test>::from(nonce).encode());
		assert_eq!(ours.encode(), Compact(nonce).encode());
		assert_eq!(CheckNonce::<Test>::decode(&mut &ours.encode()[..]), Ok(ours));
	}
	assert_eq!(
		CheckNonce::<Test>::type_info().type_def,
		frame_system::CheckNonce::<Test>::type_info().type_def
	);
	assert!(CheckNonce::<Test>::from(0u32).implicit_bytes().is_empty());
}

trait ImplicitBytes {
	fn implicit_bytes(&self) -> Vec<u8>;
}

impl<E: TransactionExtension<RuntimeCall>> ImplicitBytes for E {
	fn implicit_bytes(&self) -> Vec<u8> {
		self.implicit().unwrap().encode()
	}
}

#[test]
fn identifiers_should_be_those_that_clients_know() {
	let identifiers: Vec<_> = <Extensions as TransactionExtension<RuntimeCall>>::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect();
	assert_eq!(
		identifiers,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckNonce",
			"CheckWeight",
			"CheckAllowance",
			"WeightReclaim",
		]
	);
}

#[test]
fn extensions_should_encode_as_the_nonce_alone() {
	assert_eq!(extensions(5).encode(), Compact(5u32).encode());
}
