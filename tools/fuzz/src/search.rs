//! The replay of a corpus, and the search for inputs that reach something new.

use crate::{
	coverage::{self, Edge},
	run, Outcomes,
};
use sp_core::{Blake2Hasher, Hasher};
use std::{
	collections::BTreeSet,
	fs, io,
	panic::{catch_unwind, AssertUnwindSafe},
	path::{Path, PathBuf},
	time::{Duration, Instant},
};

/// The length of the longest input in bytes.
const MAX_LENGTH: usize = 4_096;

/// The end of a search. The replay before the search does not count.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
	/// The search ends after this time. The number of inputs depends on the machine.
	Time(Duration),
	/// The search ends after so many inputs. With the same seed and corpus, every machine
	/// plays the same inputs.
	Inputs(u64),
}

/// The results of a replay or a search.
#[derive(Debug, Default, Clone)]
pub struct Report {
	/// The number of inputs that were played.
	pub inputs: u64,
	/// The outcomes of the inputs.
	pub outcomes: Outcomes,
	/// The edges of the control flow that the inputs passed, if edges are counted.
	pub edges: BTreeSet<Edge>,
	/// The inputs that broke something, each with the message of the panic.
	pub broken: Vec<(PathBuf, String)>,
}

impl Report {
	/// Plays one input and adds the outcomes and edges. Returns whether one of these is new.
	fn add(&mut self, input: &[u8], failures: &Path) -> io::Result<bool> {
		let before = (self.outcomes.len(), self.edges.len());
		coverage::take();
		let outcomes = self.play(input, failures)?;
		self.outcomes.extend(outcomes);
		self.edges.extend(coverage::take());
		Ok(before != (self.outcomes.len(), self.edges.len()))
	}

	/// Plays one input. Keeps an input that breaks something in `failures`.
	fn play(&mut self, input: &[u8], failures: &Path) -> io::Result<Outcomes> {
		self.inputs += 1;
		match catch_unwind(AssertUnwindSafe(|| run(input))) {
			Ok(outcomes) => Ok(outcomes),
			Err(panic) => {
				let what = panic
					.downcast_ref::<String>()
					.cloned()
					.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
					.unwrap_or_else(|| "a panic without words".into());
				fs::create_dir_all(failures)?;
				let path = failures.join(name(input));
				fs::write(&path, input)?;
				self.broken.push((path, what));
				Ok(Outcomes::new())
			}
		}
	}
}

/// Plays every input of a folder, in the order of the names.
pub fn replay(corpus: &Path, failures: &Path) -> io::Result<Report> {
	let mut report = Report::default();
	for input in inputs(corpus)? {
		report.add(&input, failures)?;
	}
	Ok(report)
}

/// Replays the corpus, then searches for new inputs up to the limit. The search adds an input
/// to the corpus if the input reaches an outcome, or passes an edge, that no earlier input
/// did. The same seed searches the same way.
pub fn search(
	corpus: &Path,
	failures: &Path,
	seed: u64,
	limit: Limit,
	mut tell: impl FnMut(&Report),
) -> io::Result<Report> {
	let mut dice = Dice(seed | 1);
	let mut kept = inputs(corpus)?;
	let mut report = replay(corpus, failures)?;
	let (started, replayed) = (Instant::now(), report.inputs);
	let mut told = started;
	let goes_on = |inputs: u64| match limit {
		Limit::Time(time) => started.elapsed() < time,
		Limit::Inputs(most) => inputs.saturating_sub(replayed) < most,
	};
	while goes_on(report.inputs) {
		let input = next(&kept, &mut dice);
		if report.add(&input, failures)? {
			fs::create_dir_all(corpus)?;
			fs::write(corpus.join(name(&input)), &input)?;
			kept.push(input);
		}
		if told.elapsed() > Duration::from_secs(10) {
			tell(&report);
			told = Instant::now();
		}
	}
	Ok(report)
}

/// Plays the inputs of another folder, short inputs first. Adds an input to the corpus if the
/// input reaches an outcome that no input of the corpus reaches.
pub fn add(corpus: &Path, from: &Path, failures: &Path) -> io::Result<Report> {
	let mut report = replay(corpus, failures)?;
	let mut others = inputs(from)?;
	others.sort_by_key(Vec::len);
	for input in others {
		let outcomes = report.play(&input, failures)?;
		if !outcomes.is_subset(&report.outcomes) {
			report.outcomes.extend(outcomes);
			fs::create_dir_all(corpus)?;
			fs::write(corpus.join(name(&input)), &input)?;
		}
	}
	Ok(report)
}

/// Reduces a corpus to a small part that reaches the same outcomes, chosen greedily. Removes
/// the inputs that other inputs make superfluous. Returns the number of inputs that stay.
pub fn minimise(corpus: &Path, failures: &Path) -> io::Result<usize> {
	let mut report = Report::default();
	let mut reached: Vec<(Vec<u8>, Outcomes)> = inputs(corpus)?
		.into_iter()
		.map(|input| {
			let outcomes = report.play(&input, failures)?;
			Ok((input, outcomes))
		})
		.collect::<io::Result<_>>()?;
	let mut covered = Outcomes::new();
	let mut kept = 0;
	loop {
		let best = reached
			.iter()
			.enumerate()
			.max_by_key(|(_, (input, outcomes))| {
				(outcomes.difference(&covered).count(), usize::MAX - input.len())
			})
			.map(|(index, _)| index);
		let Some(index) = best else { break };
		let (input, outcomes) = reached.swap_remove(index);
		if outcomes.is_subset(&covered) {
			fs::remove_file(corpus.join(name(&input)))?;
		} else {
			covered.extend(outcomes);
			kept += 1;
		}
	}
	Ok(kept)
}

/// The inputs of a folder, in the order of the names. Without such a folder, no inputs.
pub fn inputs(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
	if !folder.exists() {
		return Ok(Vec::new());
	}
	let mut paths = fs::read_dir(folder)?
		.map(|entry| entry.map(|entry| entry.path()))
		.collect::<io::Result<Vec<_>>>()?;
	paths.sort();
	paths.iter().map(fs::read).collect()
}

fn name(input: &[u8]) -> String {
	hex::encode(&Blake2Hasher::hash(input)[..8])
}

/// A new input: invented, or a kept input with changed parts, or two kept inputs joined.
fn next(kept: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
	let mut input = match kept {
		[] => dice.bytes(MAX_LENGTH / 4),
		_ if dice.below(8) == 0 => dice.bytes(MAX_LENGTH / 4),
		_ => kept[dice.below(kept.len())].clone(),
	};
	if input.is_empty() {
		input.push(0);
	}
	for _ in 0..=dice.below(4) {
		let at = dice.below(input.len());
		match dice.below(6) {
			0 => input[at] = dice.byte(),
			1 => {
				let more = dice.bytes(64);
				input.splice(at..at, more);
			}
			2 => {
				let end = (at + dice.below(64)).min(input.len());
				input.drain(at..end);
			}
			3 if !kept.is_empty() => {
				let other = &kept[dice.below(kept.len())];
				let from = dice.below(other.len().max(1)).min(other.len());
				input.truncate(at);
				input.extend_from_slice(&other[from..]);
			}
			4 => {
				let end = (at + 16).min(input.len());
				input[at..end].fill_with(|| dice.byte());
			}
			_ => {
				let more = dice.bytes(256);
				input.extend(more);
			}
		}
		if input.is_empty() {
			input.push(dice.byte());
		}
	}
	input.truncate(MAX_LENGTH);
	input
}

/// Chance that can be repeated: xorshift64*.
struct Dice(u64);

impl Dice {
	fn next(&mut self) -> u64 {
		self.0 ^= self.0 >> 12;
		self.0 ^= self.0 << 25;
		self.0 ^= self.0 >> 27;
		self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
	}

	fn byte(&mut self) -> u8 {
		(self.next() >> 56) as u8
	}

	/// A number below `end`. 0 if `end` is 0.
	fn below(&mut self, end: usize) -> usize {
		((self.next() >> 33) as usize) % end.max(1)
	}

	fn bytes(&mut self, most: usize) -> Vec<u8> {
		let length = 1 + self.below(most);
		(0..length).map(|_| self.byte()).collect()
	}
}
