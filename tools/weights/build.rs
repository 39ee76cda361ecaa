//! Builds the runtime with benchmarks, apart from the runtime of the nodes.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::init_with_defaults().enable_feature("wasm").build();
}
