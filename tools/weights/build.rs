//! Builds the runtime with its benchmarks, apart from the one that nodes run.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::init_with_defaults()
		.enable_feature("wasm")
		.build();
}
