//! Replays the kept inputs on every run of the tests.

use assent_fuzz::{
	course,
	reach::{never, Reach},
	search::{inputs, replay},
	Outcomes,
};
use std::{
	path::{Path, PathBuf},
	sync::OnceLock,
};

/// Our calls that no input carries out.
const NEVER_CARRIED_OUT: &[&str] = &[];

/// Calls of the SDK that some input must carry out. These are the calls of the council, the
/// calls that wrap calls, the calls that halt and resume the chain, and the calls for keys. No input
/// resumes a paused call: the tests of the runtime do.
const ALSO_CARRIED_OUT: &[&str] = &[
	"Council.propose",
	"Council.vote",
	"Council.close",
	"Utility.batch",
	"Utility.batch_all",
	"Utility.force_batch",
	"SafeMode.force_enter",
	"SafeMode.force_exit",
	"TxPause.pause",
	"Session.set_keys",
	"System.authorize_upgrade",
];

/// Calls that the pool and the pipeline refuse before the dispatch.
const REFUSED_BEFORE: &[&str] = &["Records.attest", "Consent.withdraw", "Consortium.enact"];

fn corpus() -> PathBuf {
	Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn reached() -> &'static Outcomes {
	static REACHED: OnceLock<Outcomes> = OnceLock::new();
	REACHED.get_or_init(|| {
		let failures = std::env::temp_dir().join("assent-fuzz-failures");
		let report = replay(&corpus(), &failures).expect("the corpus is readable");
		assert!(report.broken.is_empty(), "{:?}", report.broken);
		assert!(report.inputs > 20, "only {} inputs", report.inputs);
		report.outcomes
	})
}

#[test]
fn corpus_should_carry_out_every_call_of_ours_when_replayed() {
	for reach in Reach::of(reached()) {
		let name = reach.call.name.as_str();
		if reach.is_ours() {
			let expected = !NEVER_CARRIED_OUT.contains(&name);
			assert_eq!(reach.carried_out, expected, "{reach}");
		} else if ALSO_CARRIED_OUT.contains(&name) {
			assert!(reach.carried_out, "{reach}");
		}
	}
}

/// More than half of the documented errors of our calls refuse the call that names the error.
#[test]
fn corpus_should_refuse_calls_by_the_errors_they_name_when_replayed() {
	let reach = Reach::of(reached());
	let ours = || reach.iter().filter(|reach| reach.is_ours());
	let named: usize = ours().map(|call| call.call.errors.len()).sum();
	let refused: usize = ours().map(|call| call.named().count()).sum();
	assert!(2 * refused > named, "{refused} of {named} named errors refused a call");
	for call in ours().filter(|call| call.call.errors.len() > 1) {
		let name = call.call.name.as_str();
		let refused = if REFUSED_BEFORE.contains(&name) {
			let pool = format!("{name}: pool Invalid");
			reached().iter().any(|outcome| outcome.starts_with(&pool))
		} else {
			call.named().count() > 0
		};
		assert!(refused, "never refused: {call}");
	}
}

/// Signatures contain chance. No result of an input may depend on this chance.
#[test]
fn input_should_take_the_same_course_when_played_again() {
	for input in inputs(&corpus()).expect("the corpus is readable").iter().take(50) {
		assert_eq!(course(input), course(input));
	}
}

#[test]
fn corpus_should_make_nearly_every_event_of_ours_happen_when_replayed() {
	let (_, events) = never(reached());
	assert!(events.len() <= 3, "these never happened: {events:?}");
}
