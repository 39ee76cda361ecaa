//! The chains that the node knows by name. A consortium makes a specification from a template: see
//! `chain-specs/` and `scripts/make-spec`.

use assent_runtime::{genesis::presets, WASM_BINARY};
use sc_service::{ChainType, GenericChainSpec, Properties};

/// A chain specification.
pub type ChainSpec = GenericChainSpec;

fn properties() -> Properties {
	[("ss58Format".into(), 42.into())].into_iter().collect()
}

fn from_preset(id: &str, name: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let wasm = WASM_BINARY.ok_or("this node was built without a runtime (SKIP_WASM_BUILD)")?;
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_protocol_id(id)
		.with_chain_type(kind)
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// One validator of one organisation, for experiments.
pub fn development() -> Result<ChainSpec, String> {
	from_preset("assent_dev", "Assent Development", ChainType::Development, presets::DEV)
}

/// Four validators of four organisations on one machine.
pub fn local() -> Result<ChainSpec, String> {
	from_preset("assent_local", "Assent Local Consortium", ChainType::Local, presets::LOCAL)
}

/// The local consortium with documents re-checked often, for the demo and end-to-end tests.
pub fn demo() -> Result<ChainSpec, String> {
	from_preset("assent_demo", "Assent Demo Consortium", ChainType::Local, presets::DEMO)
}

/// The specification that a consortium edits. The members of the consortium replace four
/// placeholders.
pub fn template() -> Result<ChainSpec, String> {
	from_preset("assent_consortium", "Assent Consortium", ChainType::Live, presets::LOCAL)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::BuildStorage;

	#[test]
	fn every_named_spec_should_build_its_genesis() {
		if WASM_BINARY.is_none() {
			panic!("build the runtime: unset SKIP_WASM_BUILD");
		}
		for spec in [development(), local(), demo(), template()] {
			assert!(!spec.unwrap().build_storage().unwrap().top.is_empty());
		}
	}
}
