//! Decodes the bytes as the types of the chain, and decides if the bytes decode.

#![no_main]

use assent_policy_fuzz::model::cases::decode;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
	decode(bytes);
});
