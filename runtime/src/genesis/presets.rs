//! The chains that this repository can start: one typed function, three presets.

use crate::{
	genesis::members::{Member, MEMBERS},
	AccountId, BlockNumber, RuntimeGenesisConfig, SessionKeys, HOURS,
};
use alloc::{format, vec, vec::Vec};
use frame_support::build_struct_json_patch;
use pallet_consortium::{GenesisOrganisation, OrganisationKind};
use serde_json::Value;
use sp_core::{ed25519, sr25519};
use sp_genesis_builder::PresetId;

/// One validator of one organisation.
pub const DEV: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// Four validators of four organisations on one machine. Also the template of a consortium.
pub const LOCAL: &str = sp_genesis_builder::LOCAL_TESTNET_RUNTIME_PRESET;
/// The local consortium, with documents re-checked every 20 blocks. The council's enacted calls
/// wait 20 blocks too, so the demo and the end-to-end tests see both happen.
pub const DEMO: &str = "demo";

/// The port of the first hospital's vault. The vaults of the other local members use the next
/// ports.
const FIRST_VAULT_PORT: usize = 9810;

fn session_keys(member: &Member) -> SessionKeys {
	SessionKeys {
		aura: sr25519::Public::from_raw(member.validator).into(),
		grandpa: ed25519::Public::from_raw(member.grandpa).into(),
		attestation: sr25519::Public::from_raw(member.validator).into(),
	}
}

fn kind(index: usize) -> OrganisationKind {
	match index {
		0 | 1 => OrganisationKind::Hospital,
		2 => OrganisationKind::ResearchInstitute,
		_ => OrganisationKind::Insurer,
	}
}

/// The genesis of a chain with these members, in order of their numbers.
fn genesis(members: &[Member], recheck_period: BlockNumber, enact_delay: BlockNumber) -> Value {
	let organisations: Vec<GenesisOrganisation> = members
		.iter()
		.enumerate()
		.map(|(index, member)| GenesisOrganisation {
			name: member.name.into(),
			kind: kind(index),
			controller: member.controller.into(),
			agents: Vec::new(),
			endpoint: Some(format!("http://127.0.0.1:{}", FIRST_VAULT_PORT + index)),
		})
		.collect();
	let validators: Vec<(AccountId, u32)> =
		(0u32..).zip(members).map(|(id, member)| (member.validator.into(), id)).collect();
	let keys: Vec<(AccountId, AccountId, SessionKeys)> = members
		.iter()
		.map(|member| (member.validator.into(), member.validator.into(), session_keys(member)))
		.collect();

	build_struct_json_patch!(RuntimeGenesisConfig {
		consortium: pallet_consortium::GenesisConfig {
			organisations,
			enact_delay: Some(enact_delay)
		},
		validators: pallet_validators::GenesisConfig { validators },
		records: pallet_records::GenesisConfig { recheck_period: Some(recheck_period) },
		session: pallet_session::GenesisConfig { keys },
	})
}

/// The preset's JSON patch.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV => genesis(&MEMBERS[..1], HOURS, 20),
		LOCAL => genesis(&MEMBERS, 6 * HOURS, HOURS),
		DEMO => genesis(&MEMBERS, 20, 20),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// The presets' names.
pub fn names() -> Vec<PresetId> {
	vec![DEV.into(), LOCAL.into(), DEMO.into()]
}

/// A preset's patch laid over the default genesis, as a node builds the genesis. For tests and
/// tools that build the state themselves. Panics if the patch is not JSON.
#[cfg(feature = "std")]
pub fn whole(patch: &[u8]) -> Vec<u8> {
	fn merge(into: &mut Value, patch: Value) {
		match (into, patch) {
			(Value::Object(into), Value::Object(patch)) => {
				for (key, value) in patch {
					merge(into.entry(key).or_insert(Value::Null), value);
				}
			}
			(into, patch) => *into = patch,
		}
	}
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, serde_json::from_slice(patch).unwrap());
	serde_json::to_vec(&config).unwrap()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_preset_should_build() {
		for name in names() {
			let patch = get(&name).unwrap();
			sp_io::TestExternalities::new_empty().execute_with(|| {
				frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(whole(
					&patch,
				))
				.unwrap();
			});
		}
	}
}
