//! What operators watch and the SDK does not count: turns that passed without a block,
//! offences, documents found altered or absent, attestations and checks that wait.
//!
//! They are read from every block when it becomes final, so they never count what a fork took
//! back.

use crate::service::Client;
use assent_policy::OrganisationId;
use assent_runtime::{opaque::Block, AccountId, Hash, Header, RuntimeEvent};
use assent_runtime_api::RecordsApi;
use assent_support::Finding;
use codec::Decode;
use frame_system::EventRecord;
use futures::StreamExt;
use sc_client_api::{BlockchainEvents, StorageProvider};
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::sr25519::AuthoritySignature;
use sp_core::{crypto::Ss58Codec, storage::StorageKey};
use sp_io::hashing::twox_128;
use std::{
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, Opts, PrometheusError, Registry, U64,
};

const LOG: &str = "assent::metrics";

/// A block that is older when it becomes final here was caught up with: what others missed
/// meanwhile is not news.
const NEWS: Duration = Duration::from_secs(600);

/// What is counted from final blocks.
#[derive(Clone)]
pub struct ChainMetrics {
	missed: CounterVec<U64>,
	offences: Counter<U64>,
	found: CounterVec<U64>,
	attestations: CounterVec<U64>,
	longest_due: Gauge<U64>,
	unread: Counter<U64>,
}

impl ChainMetrics {
	/// Registers them.
	pub fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		let this = Self {
			missed: counters(
				registry,
				"assent_turns_missed_total",
				"Turns in the block order that passed without a final block, by validator",
				"validator",
			)?,
			offences: counter(
				registry,
				"assent_offences_total",
				"Validators proven to have signed two conflicting votes",
			)?,
			found: counters(
				registry,
				"assent_documents_found_total",
				"Changes of state that the workers agreed on, by what they found",
				"finding",
			)?,
			attestations: counters(
				registry,
				"assent_attestations_total",
				"Attestations in final blocks, by the organisation whose worker attested",
				"organisation",
			)?,
			longest_due: register(
				Gauge::new(
					"assent_check_overdue_blocks",
					"For how many blocks the longest waiting check of a document is due",
				)?,
				registry,
			)?,
			unread: counter(
				registry,
				"assent_blocks_unread_total",
				"Final blocks whose state is gone or whose events this node is too old to read",
			)?,
		};
		// A counter that appears with its first event looks to Prometheus as if there had
		// been none: the series must be there before.
		for finding in [Finding::Intact, Finding::Altered, Finding::Absent] {
			this.found.with_label_values(&[word(finding)]);
		}
		Ok(this)
	}
}

/// A counter, registered.
pub fn counter(
	registry: &Registry,
	name: &str,
	help: &str,
) -> Result<Counter<U64>, PrometheusError> {
	register(Counter::new(name, help)?, registry)
}

/// Counters by the value of a label, registered.
pub fn counters(
	registry: &Registry,
	name: &str,
	help: &str,
	label: &str,
) -> Result<CounterVec<U64>, PrometheusError> {
	register(CounterVec::new(Opts::new(name, help), &[label])?, registry)
}

fn word(finding: Finding) -> &'static str {
	match finding {
		Finding::Intact => "intact",
		Finding::Altered => "altered",
		Finding::Absent => "absent",
	}
}

/// Counts every block that becomes final, until the node ends.
pub async fn follow(client: Arc<Client>, metrics: ChainMetrics) {
	let turn = match sc_consensus_aura::slot_duration(&*client) {
		Ok(duration) => duration.as_duration(),
		Err(error) => {
			log::error!(target: LOG, "no figures about the chain: its slots are unknown: {error}");
			return;
		}
	};
	let mut finality = client.finality_notification_stream();
	while let Some(last) = finality.next().await {
		for hash in last.tree_route.iter().chain([&last.hash]) {
			if let Err(why) = metrics.count(&client, *hash, turn) {
				metrics.unread.inc();
				log::debug!(target: LOG, "block {hash} is not counted: {why}");
			}
		}
		metrics.look_at_checks(&client, last.hash, last.header.number);
	}
}

impl ChainMetrics {
	fn count(&self, client: &Client, hash: Hash, turn: Duration) -> Result<(), String> {
		let header = client
			.header(hash)
			.map_err(|error| error.to_string())?
			.ok_or("no header")?;
		self.count_events(client, hash)?;
		self.count_turns(client, &header, turn)
	}

	fn count_events(&self, client: &Client, hash: Hash) -> Result<(), String> {
		let events: Vec<EventRecord<RuntimeEvent, Hash>> =
			read(client, hash, "System", "Events")?.unwrap_or_default();
		for record in events {
			match record.event {
				RuntimeEvent::Records(pallet_records::Event::DocumentFound {
					record,
					custodian,
					version,
					finding,
					..
				}) => {
					self.found.with_label_values(&[word(finding)]).inc();
					if finding != Finding::Intact {
						log::warn!(
							target: LOG,
							"record {record} version {version} of organisation {custodian}: {}",
							word(finding),
						);
					}
				}
				RuntimeEvent::Records(pallet_records::Event::Attested { organisation, .. }) => {
					self.attestations_of(organisation).inc()
				}
				RuntimeEvent::Validators(pallet_validators::Event::ValidatorOffended {
					validator,
					..
				}) => {
					self.offences.inc();
					log::warn!(target: LOG, "validator {validator} signed two conflicting votes");
				}
				_ => (),
			}
		}
		let organisations: Vec<OrganisationId> =
			read(client, hash, "Validators", "Running")?.unwrap_or_default();
		for organisation in organisations {
			self.attestations_of(organisation);
		}
		Ok(())
	}

	fn attestations_of(&self, organisation: OrganisationId) -> Counter<U64> {
		self.attestations
			.with_label_values(&[&organisation.to_string()])
	}

	/// Counts the turns between a block and its parent.
	fn count_turns(&self, client: &Client, header: &Header, turn: Duration) -> Result<(), String> {
		let slot = slot_of(header)?;
		let parent = header.parent_hash;
		let before = client
			.header(parent)
			.map_err(|error| error.to_string())?
			.ok_or("no parent")?;
		// The first block follows no turn.
		if before.number == 0 || !is_news(slot, turn) {
			return Ok(());
		}
		let validators: Vec<AccountId> =
			read(client, parent, "Session", "Validators")?.unwrap_or_default();
		let missed = missed(slot_of(&before)?, slot, validators.len());
		for (validator, turns) in validators.iter().zip(missed) {
			self.missed
				.with_label_values(&[&validator.to_ss58check()])
				.inc_by(turns);
		}
		Ok(())
	}

	fn look_at_checks(&self, client: &Client, hash: Hash, number: u32) {
		match client.runtime_api().awaiting_attestation(hash, None, 1) {
			Ok(waiting) => {
				let since = waiting.first().map_or(number, |longest| longest.due);
				self.longest_due.set(number.saturating_sub(since).into());
			}
			Err(error) => log::debug!(target: LOG, "checks that are due are unknown: {error}"),
		}
	}
}

/// A storage value of a block; none if it was never written. The error says why it can't be
/// read.
fn read<T: Decode>(
	client: &Client,
	hash: Hash,
	pallet: &str,
	item: &str,
) -> Result<Option<T>, String> {
	let key = [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat();
	let stored = client
		.storage(hash, &StorageKey(key))
		.map_err(|error| error.to_string())?;
	stored
		.map(|bytes| {
			T::decode(&mut &bytes.0[..]).map_err(|error| format!("{pallet}.{item}: {error}"))
		})
		.transpose()
}

fn slot_of(header: &Header) -> Result<u64, String> {
	sc_consensus_aura::find_pre_digest::<Block, AuthoritySignature>(header)
		.map(u64::from)
		.map_err(|error| error.to_string())
}

/// Whether a slot lies not long back by this machine's clock.
fn is_news(slot: u64, turn: Duration) -> bool {
	let start = u32::try_from(turn.as_millis())
		.ok()
		.and_then(|millis| slot.checked_mul(millis.into()))
		.map(Duration::from_millis);
	let now = SystemTime::now()
		.duration_since(UNIX_EPOCH)
		.unwrap_or_default();
	start.is_some_and(|start| now.saturating_sub(start) <= NEWS)
}

/// How many turns each of `validators` had strictly between two slots.
fn missed(before: u64, slot: u64, validators: usize) -> Vec<u64> {
	let count = validators as u64;
	let empty = slot.saturating_sub(before).saturating_sub(1);
	if count == 0 {
		return Vec::new();
	}
	let first = before.saturating_add(1) % count;
	(0..count)
		.map(|index| {
			// How many turns after the first empty slot this one's first turn is.
			let offset = (index + count - first) % count;
			empty.saturating_sub(offset).div_ceil(count)
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn missed_should_equal_counting_one_by_one() {
		for validators in 1..6usize {
			for before in 0..12u64 {
				for slot in before + 1..before + 30 {
					let mut counted = vec![0u64; validators];
					for empty in before + 1..slot {
						counted[empty as usize % validators] += 1;
					}
					assert_eq!(missed(before, slot, validators), counted);
				}
			}
		}
	}

	#[test]
	fn missed_should_stay_sane_when_slots_are_out_of_order_or_far_apart() {
		assert_eq!(missed(9, 3, 2), vec![0, 0]);
		assert!(missed(0, 5, 0).is_empty());
		let far = missed(0, u64::MAX, 4);
		assert_eq!(far.iter().sum::<u64>(), u64::MAX - 1);
	}

	#[test]
	fn is_news_should_hold_for_recent_slots_only() {
		let turn = Duration::from_secs(2);
		let now = SystemTime::now()
			.duration_since(UNIX_EPOCH)
			.unwrap()
			.as_secs()
			/ 2;
		assert!(is_news(now, turn));
		assert!(is_news(now - 290, turn));
		assert!(!is_news(now - 310, turn));
		assert!(!is_news(u64::MAX, turn));
	}

	#[test]
	fn findings_should_be_exported_at_zero_before_the_first() {
		let registry = Registry::new();
		ChainMetrics::new(&registry).unwrap();
		let families = registry.gather();
		let found = families
			.iter()
			.find(|family| family.get_name() == "assent_documents_found_total")
			.unwrap();
		assert_eq!(found.get_metric().len(), 3);
	}
}
