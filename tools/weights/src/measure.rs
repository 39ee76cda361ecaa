//! Runs the benchmarks.

use crate::Options;
use anyhow::{anyhow, Context};
use codec::{Decode, Encode};
use frame_benchmarking::{
	BenchmarkBatch, BenchmarkConfig, BenchmarkList, BenchmarkMetadata, BenchmarkParameter,
	BenchmarkResult,
};
use frame_support::traits::StorageInfo;
use sc_chain_spec::{GenesisConfigBuilderRuntimeCaller, LOCAL_TESTNET_RUNTIME_PRESET};
use sc_client_db::BenchmarkingState;
use sc_executor::WasmExecutor;
use sp_core::{
	offchain::{testing::TestOffchainExt, OffchainDbExt},
	traits::{CallContext, RuntimeCode, WrappedRuntimeCode},
};
use sp_externalities::Extensions;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::traits::{BlakeTwo256, Hash};
use sp_state_machine::StateMachine;

type HostFunctions =
	(sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);
type State = BenchmarkingState<BlakeTwo256>;
type Components = Vec<(BenchmarkParameter, u32)>;

/// The results of all benchmarks.
pub struct Measured {
	/// The pallets.
	pub pallets: Vec<Pallet>,
	/// The storage item behind each prefix of the state's keys.
	pub storage: Vec<StorageInfo>,
}

/// The benchmarks of one pallet.
pub struct Pallet {
	/// The name of the crate.
	pub name: String,
	/// The benchmarks, in the order of the source.
	pub benchmarks: Vec<Benchmark>,
}

/// The results of one benchmark.
pub struct Benchmark {
	/// The name of the benchmark. The function of the weights has the same name.
	pub name: String,
	/// The components with the lowest and the highest value.
	pub components: Vec<(BenchmarkParameter, u32, u32)>,
	/// The times, several for each choice of components.
	pub times: Vec<BenchmarkResult>,
	/// The reads and writes, one result for each choice of components.
	pub accesses: Vec<BenchmarkResult>,
}

/// The runtime, and the states on which the benchmarks run.
struct Bench<'a> {
	code: &'a [u8],
	executor: WasmExecutor<HostFunctions>,
	/// The state for the times. This state does not count reads and writes.
	plain: State,
	/// The state for reads, writes and proofs.
	tracking: State,
}

/// Runs the benchmarks that the options name.
pub fn all(code: &[u8], options: &Options) -> anyhow::Result<Measured> {
	let bench = Bench::new(code)?;
	let (lists, storage): (Vec<BenchmarkList>, Vec<StorageInfo>) =
		bench.call(&bench.plain, "Benchmark_benchmark_metadata", &false.encode())?;
	let mut pallets = Vec::new();
	for list in lists {
		let name = String::from_utf8(list.pallet.clone())?;
		if !options.pallets.is_empty() && !options.pallets.contains(&name) {
			continue;
		}
		let benchmarks = list
			.benchmarks
			.iter()
			.map(|benchmark| bench.measure(&list, benchmark, options))
			.collect::<anyhow::Result<_>>()?;
		pallets.push(Pallet { name, benchmarks });
	}
	Ok(Measured { pallets, storage })
}

impl<'a> Bench<'a> {
	/// Prepares the states from the genesis of the local preset.
	fn new(code: &'a [u8]) -> anyhow::Result<Self> {
		let genesis = GenesisConfigBuilderRuntimeCaller::<HostFunctions>::new(code)
			.get_storage_for_named_preset(Some(&LOCAL_TESTNET_RUNTIME_PRESET.into()))
			.map_err(|error| anyhow!("the genesis was not built: {error}"))?;
		let state = |note: bool| {
			State::new(genesis.clone(), None, note, note)
				.map_err(|error| anyhow!("the state was not built: {error}"))
		};
		Ok(Self {
			code,
			executor: WasmExecutor::builder()
				.with_max_runtime_instances(2)
				.with_runtime_cache_size(2)
				.build(),
			plain: state(false)?,
			tracking: state(true)?,
		})
	}

	/// Calls a function of the runtime and decodes the answer.
	fn call<R: Decode>(&self, state: &State, method: &str, arguments: &[u8]) -> anyhow::Result<R> {
		let fetcher = WrappedRuntimeCode(self.code.into());
		let runtime = RuntimeCode {
			code_fetcher: &fetcher,
			heap_pages: None,
			hash: BlakeTwo256::hash(self.code).0.to_vec(),
		};
		let mut extensions = Extensions::default();
		let (offchain, _) = TestOffchainExt::new();
		extensions.register(OffchainDbExt::new(offchain));
		extensions.register(KeystoreExt::new(MemoryKeystore::new()));
		let result = StateMachine::new(
			state,
			&mut Default::default(),
			&self.executor,
			method,
			arguments,
			&mut extensions,
			&runtime,
			CallContext::Offchain,
		)
		.execute()
		.map_err(|error| anyhow!("{method} failed: {error}"))?;
		R::decode(&mut &result[..]).with_context(|| format!("{method} answered unreadably"))
	}

	/// Runs a benchmark with one choice of components, `repeat` times.
	fn run(
		&self,
		state: &State,
		list: &BenchmarkList,
		benchmark: &BenchmarkMetadata,
		components: &Components,
		verify: bool,
		repeat: u32,
	) -> anyhow::Result<Vec<BenchmarkResult>> {
		let config = BenchmarkConfig {
			pallet: list.pallet.clone(),
			instance: list.instance.clone(),
			benchmark: benchmark.name.clone(),
			selected_components: components.clone(),
			verify,
			internal_repeats: repeat,
		};
		let batches: Result<Vec<BenchmarkBatch>, String> =
			self.call(state, "Benchmark_dispatch_benchmark", &config.encode())?;
		let batches = batches.map_err(|error| anyhow!("{error}"))?;
		Ok(batches.into_iter().flat_map(|batch| batch.results).collect())
	}

	/// Verifies a benchmark, counts the accesses and takes the times, for every choice of
	/// components.
	fn measure(
		&self,
		list: &BenchmarkList,
		benchmark: &BenchmarkMetadata,
		options: &Options,
	) -> anyhow::Result<Benchmark> {
		let name = String::from_utf8(benchmark.name.clone())?;
		let pallet = String::from_utf8_lossy(&list.pallet);
		eprintln!("{pallet}::{name}");
		let mut times = Vec::new();
		let mut accesses = Vec::new();
		for components in choices(&benchmark.components, options.steps) {
			let run = |state, verify, repeat| {
				self.run(state, list, benchmark, &components, verify, repeat)
					.with_context(|| format!("{pallet}::{name} with {components:?}"))
			};
			run(&self.plain, true, 1)?;
			accesses.extend(run(&self.tracking, false, 1)?);
			let mut taken = run(&self.plain, false, options.repeat)?;
			// A disturbance of the machine only makes a run slower. The slower half is left
			// out.
			taken.sort_by_key(|result| result.extrinsic_time);
			taken.truncate(taken.len().div_ceil(2));
			times.extend(taken);
		}
		Ok(Benchmark { name, components: benchmark.components.clone(), times, accesses })
	}
}

/// Each component takes values in steps from the lowest to the highest, twice. First the other
/// components have the highest values, then the lowest. Without the second part, no
/// measurement would show the beginning of a line. The cost of a call without any items would be a
/// guess.
fn choices(bounds: &[(BenchmarkParameter, u32, u32)], steps: u32) -> Vec<Components> {
	if bounds.is_empty() {
		return vec![Vec::new()];
	}
	let mut all: Vec<Components> = Vec::new();
	for highest in [true, false] {
		for (position, (_, low, high)) in bounds.iter().enumerate() {
			let span = u64::from(high.saturating_sub(*low));
			let last = u64::from(steps).saturating_sub(1).min(span).max(1);
			for step in 0..=last {
				let value = u64::from(*low).saturating_add(span.saturating_mul(step) / last);
				let choose =
					|(other, (name, low, high)): (usize, &(BenchmarkParameter, u32, u32))| {
						let chosen = match other == position {
							true => value as u32,
							false if highest => *high,
							false => *low,
						};
						(*name, chosen)
					};
				let chosen = bounds.iter().enumerate().map(choose).collect();
				if !all.contains(&chosen) {
					all.push(chosen);
				}
			}
		}
	}
	all
}

#[cfg(test)]
mod tests {
	use super::*;
	use BenchmarkParameter::{d, e};

	#[test]
	fn choices_should_go_from_bound_to_bound_when_the_others_are_at_either() {
		assert_eq!(choices(&[], 50), vec![Components::new()]);
		assert_eq!(
			choices(&[(d, 32, 64), (e, 0, 1)], 3),
			[
				vec![(d, 32), (e, 1)],
				vec![(d, 48), (e, 1)],
				vec![(d, 64), (e, 1)],
				vec![(d, 64), (e, 0)],
				vec![(d, 32), (e, 0)],
				vec![(d, 48), (e, 0)],
			]
		);
	}

	#[test]
	fn choices_should_try_every_value_when_there_are_fewer_than_steps() {
		let values: Vec<u32> =
			choices(&[(d, 1, 4)], 50).iter().map(|components| components[0].1).collect();
		assert_eq!(values, [1, 2, 3, 4]);
	}
}
