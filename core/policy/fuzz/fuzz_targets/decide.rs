//! Compares settings made from the bytes with the model, and tries every law.

#![no_main]

use assent_policy_fuzz::model::cases::{outcome, outcomes, Case};
use std::sync::{
	atomic::{AtomicU8, Ordering},
	OnceLock,
};

/// One counter for each outcome. libFuzzer also looks here for new coverage. The fuzzer
/// therefore keeps an input with a new outcome, even if other inputs reached the same code.
#[allow(unsafe_code)]
#[used]
#[link_section = "__libfuzzer_extra_counters"]
static REACHED: [AtomicU8; 64] = [const { AtomicU8::new(0) }; 64];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
	static OUTCOMES: OnceLock<Vec<String>> = OnceLock::new();
	let Some(case) = Case::of(bytes) else { return };
	case.check();
	let place = outcome(&case.setting).and_then(|outcome| {
		let all = OUTCOMES.get_or_init(outcomes);
		all.iter().position(|one| *one == outcome)
	});
	if let Some(counter) = place.and_then(|place| REACHED.get(place)) {
		counter.store(1, Ordering::Relaxed);
	}
});
