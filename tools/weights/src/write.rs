//! Writes the results as Rust.

use crate::{
	measure::{Benchmark, Pallet},
	Options,
};
use anyhow::Context;
use frame_benchmarking::{Analysis, BenchmarkSelector};
use frame_support::traits::StorageInfo;
use std::{collections::BTreeMap, fmt::Write, process::Command};

/// Picoseconds in a nanosecond. The times are in nanoseconds, the weights in picoseconds.
const PICOSECONDS: u128 = 1_000;

/// A value that grows with components: the value without components, and the growth for each.
struct Fit {
	base: u128,
	slopes: Vec<(String, u128)>,
}

impl Fit {
	fn of(
		results: &Vec<frame_benchmarking::BenchmarkResult>,
		what: BenchmarkSelector,
	) -> anyhow::Result<Self> {
		let analysis = Analysis::min_squares_iqr(results, what)?;
		// Times scatter, so a fitted line can begin below all times. The least time is the
		// floor.
		let least = match what {
			BenchmarkSelector::ExtrinsicTime => analysis.minimum.saturating_mul(PICOSECONDS),
			_ => 0,
		};
		Ok(Self {
			base: analysis.base.max(least),
			slopes: analysis
				.names
				.into_iter()
				.zip(analysis.slopes)
				.filter(|(_, slope)| *slope > 0)
				.collect(),
		})
	}
}

/// The file with the weights of a pallet.
pub fn file(pallet: &Pallet, storage: &[StorageInfo], options: &Options) -> anyhow::Result<String> {
	let mut text = String::new();
	let Pallet { name, benchmarks } = pallet;
	writeln!(
		text,
		"//! What `{name}` costs. Written by `scripts/weights`: don't edit.\n//!\n\
		//! Measured {} on {} in wasm, in {} steps, each {} times.\n\n\
		use core::marker::PhantomData;\nuse frame_support::{{traits::Get, weights::Weight}};\n\n\
		/// Measured weights, for the database of the runtime `T`.\n\
		pub struct WeightInfo<T>(PhantomData<T>);\n\n\
		impl<T: frame_system::Config> {name}::WeightInfo for WeightInfo<T> {{",
		today()?,
		processor(),
		options.steps,
		options.repeat,
	)?;
	for (position, benchmark) in benchmarks.iter().enumerate() {
		if position > 0 {
			text.push('\n');
		}
		function(&mut text, benchmark, storage)
			.with_context(|| format!("{name}::{}", benchmark.name))?;
	}
	text.push_str("}\n");
	Ok(text)
}

/// Writes the function of one benchmark.
fn function(
	text: &mut String,
	benchmark: &Benchmark,
	storage: &[StorageInfo],
) -> anyhow::Result<()> {
	let time = Fit::of(&benchmark.times, BenchmarkSelector::ExtrinsicTime)?;
	let proof = Fit::of(&benchmark.accesses, BenchmarkSelector::ProofSize)?;
	let reads = Fit::of(&benchmark.accesses, BenchmarkSelector::Reads)?;
	let writes = Fit::of(&benchmark.accesses, BenchmarkSelector::Writes)?;

	for line in touched(benchmark, storage) {
		writeln!(text, "\t/// - {line}")?;
	}
	for (name, low, high) in &benchmark.components {
		writeln!(text, "\t/// - `{name}` from {low} to {high}")?;
	}
	let parameters: Vec<String> = benchmark
		.components
		.iter()
		.map(|(name, ..)| {
			let name = name.to_string();
			let used = [&time, &proof, &reads, &writes]
				.iter()
				.any(|fit| fit.slopes.iter().any(|(other, _)| *other == name));
			format!("{}{name}: u32", if used { "" } else { "_" })
		})
		.collect();
	let mut terms = vec![weight(time.base, proof.base)];
	if reads.base > 0 || writes.base > 0 {
		terms.push(format!(
			"T::DbWeight::get().reads_writes({}, {})",
			grouped(reads.base),
			grouped(writes.base)
		));
	}
	for (name, ..) in &benchmark.components {
		let name = name.to_string();
		let slope = |fit: &Fit| {
			let found = fit.slopes.iter().find(|(other, _)| *other == name);
			found.map_or(0, |(_, slope)| *slope)
		};
		if slope(&time) > 0 || slope(&proof) > 0 {
			let each = weight(slope(&time), slope(&proof));
			terms.push(format!("{each}.saturating_mul({name}.into())"));
		}
		if slope(&reads) > 0 || slope(&writes) > 0 {
			terms.push(format!(
				"T::DbWeight::get().reads_writes({}, {}).saturating_mul({name}.into())",
				grouped(slope(&reads)),
				grouped(slope(&writes))
			));
		}
	}
	writeln!(text, "\tfn {}({}) -> Weight {{", benchmark.name, parameters.join(", "))?;
	let mut terms = terms.into_iter();
	write!(text, "\t\t{}", terms.next().unwrap_or_default())?;
	for term in terms {
		write!(text, "\n\t\t\t.saturating_add({term})")?;
	}
	text.push_str("\n\t}\n");
	Ok(())
}

fn weight(time: u128, proof: u128) -> String {
	format!("Weight::from_parts({}, {})", grouped(time), grouped(proof))
}

/// The storage items that a benchmark touched, each with the highest numbers of reads and
/// writes.
fn touched(benchmark: &Benchmark, storage: &[StorageInfo]) -> Vec<String> {
	let mut most: BTreeMap<String, (u32, u32)> = BTreeMap::new();
	for result in &benchmark.accesses {
		let mut once: BTreeMap<String, (u32, u32)> = BTreeMap::new();
		for (key, reads, writes, whitelisted) in &result.keys {
			if *whitelisted {
				continue;
			}
			let info = storage.iter().find(|info| key.starts_with(&info.prefix));
			let name = info.map_or("an unknown key".into(), |info| {
				format!(
					"`{}::{}`",
					String::from_utf8_lossy(&info.pallet_name),
					String::from_utf8_lossy(&info.storage_name)
				)
			});
			let entry = once.entry(name).or_default();
			entry.0 = entry.0.saturating_add(*reads);
			entry.1 = entry.1.saturating_add(*writes);
		}
		for (name, (reads, writes)) in once {
			let entry = most.entry(name).or_default();
			*entry = (entry.0.max(reads), entry.1.max(writes));
		}
	}
	most.into_iter()
		.map(|(name, (reads, writes))| format!("{name}: {reads} read, {writes} written"))
		.collect()
}

/// A number with an underscore before each group of three digits.
fn grouped(number: u128) -> String {
	let digits = number.to_string();
	let mut text = String::new();
	for (position, digit) in digits.chars().enumerate() {
		if position > 0 && (digits.len() - position) % 3 == 0 {
			text.push('_');
		}
		text.push(digit);
	}
	text
}

fn today() -> anyhow::Result<String> {
	let date = Command::new("date")
		.args(["-u", "+%F"])
		.output()
		.context("the command `date` is not there")?;
	Ok(String::from_utf8(date.stdout)?.trim().to_owned())
}

/// The name of the processor, if the system knows the name.
fn processor() -> String {
	std::fs::read_to_string("/proc/cpuinfo")
		.ok()
		.and_then(|info| {
			let line = info.lines().find(|line| line.starts_with("model name"))?;
			Some(line.split_once(':')?.1.trim().to_owned())
		})
		.unwrap_or_else(|| "a processor without a name".into())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn grouped_should_put_underscores_when_a_number_has_thousands() {
		for (number, text) in [(0, "0"), (999, "999"), (1_000, "1_000"), (20_300_001, "20_300_001")]
		{
			assert_eq!(grouped(number), text);
		}
	}
}
