//! Bytes from anywhere: an error or a call, never a panic.

use crate::{mock::*, Call, Guardian, Guardians, Patient, MAX_GUARDIANS};
use codec::{Compact, Decode, DecodeAll, Encode};
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_runtime::traits::Dispatchable;

fn enrol_call() -> RuntimeCall {
	RuntimeCall::Patients(Call::enrol {
		patient: ADA,
		controller: of("Ada"),
		number: 0,
		signature: enrolment("Ada", ADA, 0),
	})
}

#[test]
fn call_should_not_decode_when_it_is_cut_or_too_long() {
	let call = enrol_call();
	let encoded = call.encode();
	for length in 0..encoded.len() {
		assert!(RuntimeCall::decode_all(&mut &encoded[..length]).is_err(), "{length}");
	}
	assert!(RuntimeCall::decode_all(&mut &[&encoded[..], &[0]].concat()[..]).is_err());
	assert_eq!(RuntimeCall::decode_all(&mut &encoded[..]), Ok(call));
}

#[test]
fn guardians_should_not_decode_when_there_are_too_many() {
	let one =
		Guardian { account: mother(), until: None, named: 0, proposed_by: 0, confirmed_by: None };
	let of_length = |length: u32| {
		let mut encoded = Compact(length).encode();
		(0..length).for_each(|_| one.encode_to(&mut encoded));
		Guardians::decode(&mut &encoded[..])
	};
	assert_ok!(of_length(MAX_GUARDIANS));
	assert!(of_length(MAX_GUARDIANS + 1).is_err());
	// A length without the items, like a flooding attempt.
	assert!(Guardians::decode(&mut &Compact(u32::MAX).encode()[..]).is_err());
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn any_bytes_should_decode_to_an_error_or_a_call_that_does_not_panic(
		bytes in prop::collection::vec(any::<u8>(), 0..200),
		call in 0u8..15,
		caller in any::<u8>(),
	) {
		let _ = Patient::decode(&mut &bytes[..]);
		let _ = RuntimeCall::decode(&mut &bytes[..]);
		// Bytes that begin as a call of this pallet get further.
		let pallet = enrol_call().encode()[0];
		let bytes = [&[pallet, call][..], &bytes].concat();
		if let Ok(call) = RuntimeCall::decode(&mut &bytes[..]) {
			ExtBuilder::default().patient("Ada", ADA).run(|| {
				let _ = call.dispatch(signed(account(caller)));
			});
		}
	}
}
