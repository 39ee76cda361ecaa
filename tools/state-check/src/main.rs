//! Checks the invariants (`try_state`) of each of our pallets on a state exported from a node:
//! `assent-node export-state … > state.json`, then `assent-state-check state.json`.
//!
//! Exit code 0: all invariants hold. 1: an invariant does not hold. 2: wrong usage, or a file
//! that can't be read.

use assent_runtime::{
	Acceptances, Allowance, Consent, Consortium, Emergencies, Patients, Records, System, Trail,
	Validators,
};
use serde_json::Value;
use sp_core::storage::Storage;
use std::process::ExitCode;

type Check = fn() -> Result<(), String>;

macro_rules! checks {
	($($pallet:ident),+ $(,)?) => {
		[$((
			stringify!($pallet),
			(|| $pallet::do_try_state().map_err(|error| format!("{error:?}"))) as Check,
		)),+]
	};
}

/// The raw storage of an exported state: pairs of hex under `genesis.raw.top`.
fn read(path: &str) -> Result<Storage, String> {
	let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
	let spec: Value =
		serde_json::from_slice(&bytes).map_err(|error| format!("{path} is not JSON: {error}"))?;
	let top = spec
		.pointer("/genesis/raw/top")
		.and_then(Value::as_object)
		.ok_or_else(|| format!("{path} holds no state: make it with assent-node export-state"))?;
	let decode = |text: &str| {
		hex::decode(text.trim_start_matches("0x")).map_err(|error| format!("{text}: {error}"))
	};
	let mut storage = Storage::default();
	for (key, value) in top {
		let value = value.as_str().ok_or_else(|| format!("{key}: not a string"))?;
		storage.top.insert(decode(key)?, decode(value)?);
	}
	Ok(storage)
}

fn main() -> ExitCode {
	let Some(path) = std::env::args().nth(1) else {
		eprintln!("usage: assent-state-check STATE.json");
		return ExitCode::from(2);
	};
	let storage = match read(&path) {
		Ok(storage) => storage,
		Err(error) => {
			eprintln!("error: {error}");
			return ExitCode::from(2);
		}
	};
	let rows = storage.top.len();
	sp_io::TestExternalities::new(storage).execute_with(|| {
		let mut broken = false;
		for (pallet, check) in checks![
			Consortium,
			Validators,
			Patients,
			Acceptances,
			Records,
			Consent,
			Emergencies,
			Trail,
			Allowance
		] {
			if let Err(error) = check() {
				eprintln!("{pallet}: {error}");
				broken = true;
			}
		}
		if broken {
			return ExitCode::FAILURE;
		}
		println!(
			"block {}: {rows} rows, the invariants of each of our pallets hold",
			System::block_number()
		);
		ExitCode::SUCCESS
	})
}
