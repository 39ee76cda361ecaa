//! The code that an input reaches, if `scripts/fuzz-long` compiled the workspace. LLVM then
//! counts in a byte for every edge of the control flow, and tells once where these bytes are.
//! In every other build no counters exist, and the coverage is empty.

#![allow(unsafe_code)]

use std::{
	collections::BTreeSet,
	sync::{Mutex, MutexGuard, PoisonError},
};

/// The counters of the parts of the program: first address and length in bytes.
static COUNTERS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// Takes note of the counters of one part. Instrumented code calls this function before
/// `main`, once for each part.
///
/// # Safety
///
/// The bytes from `start` up to `stop` are counters that live as long as the program.
#[no_mangle]
pub unsafe extern "C" fn __sanitizer_cov_8bit_counters_init(start: *mut u8, stop: *mut u8) {
	let part = (start as usize, stop as usize - start as usize);
	let mut parts = counters();
	if !parts.contains(&part) {
		parts.push(part);
	}
}

fn counters() -> MutexGuard<'static, Vec<(usize, usize)>> {
	COUNTERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An edge of the control flow, by its place among the counters.
pub type Edge = usize;

/// The number of edges that are counted.
pub fn edges() -> usize {
	counters().iter().map(|(_, length)| length).sum()
}

/// The edges passed since the last call of this function. Sets the counters back to 0.
pub fn take() -> BTreeSet<Edge> {
	let mut passed = BTreeSet::new();
	let mut before = 0;
	for (start, length) in counters().iter().copied() {
		for place in 0..length {
			let counter = (start + place) as *mut u8;
			// SAFETY: the instrumented code told where the counters are, and the counters live as
			// long as the program. The code that is counted runs in this thread alone. A count
			// that another thread adds or loses does no harm.
			let count = unsafe { counter.read_volatile() };
			if count != 0 {
				passed.insert(before + place);
				// SAFETY: as above.
				unsafe { counter.write_volatile(0) };
			}
		}
		before += length;
	}
	passed
}
