//! Measures what the pallets' calls cost and writes `runtime/src/weights/`.
//!
//! Runs each benchmark of the runtime in wasm, compiled as on a node, over the SDK's database
//! for benchmarks, and lets the SDK's analysis fit the results. It does what the SDK's
//! `benchmark pallet` does, without what that brings along (parachains, networking, another
//! client library: some two hundred crates, and most of the client compiled a second time).
//!
//! Sizes of proofs are as measured, not the worst that encodings allow: this chain does not
//! limit them, because nobody executes its blocks from proofs.

mod measure;
mod write;

use anyhow::{ensure, Context};
use clap::Parser;
use std::path::PathBuf;

/// The runtime with its benchmarks.
#[allow(dead_code, missing_docs)]
mod runtime {
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

/// What is measured, and where it goes.
#[derive(Debug, Parser)]
#[command(about = "Measures the pallets' calls and writes the runtime's weights")]
pub struct Options {
	/// A pallet to measure, such as pallet_trail; repeat for more. Without it, all.
	#[arg(long = "pallet", value_name = "NAME")]
	pub pallets: Vec<String>,

	/// How many values of each component are tried, from the lowest to the highest.
	#[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(2..))]
	pub steps: u32,

	/// How often each is measured.
	#[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
	pub repeat: u32,

	/// The folder that the files are written to, one for each pallet.
	#[arg(long, value_name = "FOLDER")]
	pub output: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
	let options = Options::parse();
	let code = runtime::WASM_BINARY.context(
		"the runtime was not built: unset SKIP_WASM_BUILD and build again with scripts/weights",
	)?;
	let measured = measure::all(code, &options)?;
	ensure!(
		!measured.pallets.is_empty(),
		"no pallet of this name has benchmarks: see runtime/src/benchmarks.rs"
	);
	for pallet in &measured.pallets {
		let text = write::file(pallet, &measured.storage, &options)?;
		match &options.output {
			Some(folder) => {
				let path = folder.join(format!("{}.rs", pallet.name));
				std::fs::write(&path, text)
					.with_context(|| format!("{} can't be written", path.display()))?;
				eprintln!("wrote {}", path.display());
			}
			None => print!("{text}"),
		}
	}
	Ok(())
}
