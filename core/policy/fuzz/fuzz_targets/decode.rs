//! Bytes decoded as the types of the chain, and decided on when they decode.

#![no_main]

use assent_policy_fuzz::model::cases::decode;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
	decode(bytes);
});
