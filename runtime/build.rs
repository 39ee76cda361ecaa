//! Compiles the runtime to wasm.

#[cfg(feature = "std")]
fn main() {
	let builder = substrate_wasm_builder::WasmBuilder::init_with_defaults();
	let builder = without_paths(builder);
	// polkadot.js assumes these values for a chain that names no token, and wallets then compute
	// the same hash.
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("Unit", 0);
	builder.build();
}

#[cfg(not(feature = "std"))]
fn main() {}

/// The message of a panic names the place in the source. The place must not name the machine or the
/// home folder of the compilation.
#[cfg(feature = "std")]
fn without_paths(
	mut builder: substrate_wasm_builder::WasmBuilder,
) -> substrate_wasm_builder::WasmBuilder {
	use std::{env::var, path::PathBuf};
	let project = var("CARGO_MANIFEST_DIR")
		.ok()
		.and_then(|runtime| PathBuf::from(runtime).parent().map(PathBuf::from));
	let cargo = var("CARGO_HOME").ok().map(PathBuf::from);
	let home = var("HOME").ok().map(|home| PathBuf::from(home).join(".cargo"));
	for (path, name) in [(project, "assent"), (cargo.or(home), "cargo")] {
		let path = path.map(|path| path.display().to_string());
		// Flags are split at blanks.
		if let Some(path) = path.filter(|path| !path.contains(char::is_whitespace)) {
			builder = builder.append_to_rust_flags(format!("--remap-path-prefix={path}={name}"));
		}
	}
	builder
}
