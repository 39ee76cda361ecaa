//! The kept inputs, on every run of the tests.

use assent_fuzz::{search::replay, Outcomes};
use assent_runtime::RuntimeCall;
use frame_support::traits::GetCallMetadata;
use std::path::Path;

/// The pallets of ours whose calls people send.
const OURS: &[&str] = &[
	"Consortium",
	"Patients",
	"Policies",
	"Records",
	"Consent",
	"Emergencies",
];

fn reached() -> Outcomes {
	let here = Path::new(env!("CARGO_MANIFEST_DIR"));
	let failures = std::env::temp_dir().join("assent-fuzz-failures");
	let report = replay(&here.join("corpus"), &failures).expect("the corpus is readable");
	assert!(report.broken.is_empty(), "{:?}", report.broken);
	assert!(report.inputs > 20, "only {} inputs", report.inputs);
	report.outcomes
}

#[test]
fn corpus_should_break_nothing_and_carry_out_and_refuse_calls_of_every_pallet() {
	let reached = reached();
	for pallet in OURS {
		let of = |how: fn(&str) -> bool| {
			RuntimeCall::get_call_names(pallet)
				.iter()
				.filter(|call| {
					let prefix = format!("{pallet}.{call}: ");
					reached
						.iter()
						.filter_map(|outcome| outcome.strip_prefix(&prefix))
						.any(how)
				})
				.count()
		};
		let calls = RuntimeCall::get_call_names(pallet).len();
		let done = of(|outcome| outcome.ends_with("done"));
		let refused = of(|outcome| outcome.contains("error"));
		assert!(
			2 * done >= calls,
			"{pallet}: {done} of {calls} calls were carried out"
		);
		assert!(
			2 * refused >= calls,
			"{pallet}: {refused} of {calls} calls were refused"
		);
	}
}
