//! Measures the costs of the pallets' calls and writes `runtime/src/weights/`.
//!
//! The program runs each benchmark of the runtime in wasm, compiled as on a node, over the
//! SDK's database for benchmarks. The analysis of the SDK fits the results. The SDK's
//! `benchmark pallet` does the same, but also needs parachains, networking and another client
//! library. These are some two hundred crates, and cargo would compile most of the client a
//! second time.
//!
//! Sizes of proofs are as measured, not the worst case of the encodings. This chain does not
//! limit the sizes of proofs, because no node executes the blocks from proofs.

mod measure;
mod write;

use anyhow::{ensure, Context};
use clap::Parser;
use std::path::PathBuf;

/// The runtime with benchmarks.
#[allow(dead_code, missing_docs)]
mod runtime {
	include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
}

/// The pallets to measure, the numbers of measurements, and the folder for the files.
#[derive(Debug, Parser)]
#[command(about = "Measures the pallets' calls and writes the runtime's weights")]
pub struct Options {
	/// A pallet to measure, such as pallet_trail; repeat for more. Without a name, all
	/// pallets.
	#[arg(long = "pallet", value_name = "NAME")]
	pub pallets: Vec<String>,

	/// The number of values that each component takes, from the lowest to the highest.
	#[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(2..))]
	pub steps: u32,

	/// The number of measurements for each choice of values.
	#[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
	pub repeat: u32,

	/// The folder for the files, one file for each pallet. Without a folder, standard output.
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
