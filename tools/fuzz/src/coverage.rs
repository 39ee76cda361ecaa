//! Which code an input reaches, when the workspace was compiled to tell
//! (`scripts/fuzz-long`): LLVM then counts in a byte for every edge of the control flow, and
//! says once where these bytes are. Otherwise there are none, and nothing is told.

#![allow(unsafe_code)]

use std::{
	collections::BTreeSet,
	sync::{Mutex, MutexGuard, PoisonError},
};

/// The counters of the program's parts: first address and length.
static COUNTERS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// Called by instrumented code before `main`, once for each part.
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

/// How many edges are counted.
pub fn edges() -> usize {
	counters().iter().map(|(_, length)| length).sum()
}

/// The edges that were passed since this was last called.
pub fn take() -> BTreeSet<Edge> {
	let mut passed = BTreeSet::new();
	let mut before = 0;
	for (start, length) in counters().iter().copied() {
		for place in 0..length {
			let counter = (start + place) as *mut u8;
			// SAFETY: the instrumented code told that counters are there, for good. Only
			// this thread runs what is counted; a count that another one adds or loses
			// would do no harm.
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
