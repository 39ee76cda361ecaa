//! What operators watch and the SDK does not count: turns that passed without a block,
//! offences, documents found altered or absent, attestations and checks that wait, reviews of
//! emergencies that an organisation owes.
//!
//! They are read from every block when it becomes final, so they never count what a fork took
//! back.

use crate::service::Client;
use assent_policy::{Moment, OrganisationId};
use assent_runtime::{opaque::Block, AccountId, Hash, Header, Runtime, RuntimeEvent};
use assent_runtime_api::RecordsApi;
use assent_support::Finding;
use codec::Decode;
use frame_support::storage::StoragePrefixedMap;
use frame_system::EventRecord;
use futures::StreamExt;
use sc_client_api::{BlockchainEvents, StorageProvider};
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::sr25519::AuthoritySignature;
use sp_core::{crypto::Ss58Codec, storage::StorageKey};
use sp_io::hashing::twox_128;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, GaugeVec, Opts, PrometheusError, Registry, U64,
};

const LOG: &str = "assent::metrics";

/// A block that is older when it becomes final here was caught up with: what others missed
/// meanwhile is not news.
const NEWS: Duration = Duration::from_secs(600);

/// How often the reviews that are owed are counted: their deadlines are days away, and after a
/// bad day there are hundreds.
const BETWEEN_REVIEWS: Duration = Duration::from_secs(30);

/// How long before its deadline a review counts as due soon, in milliseconds: three days, so
/// that a weekend lies between.
const SOON: Moment = 3 * 24 * 60 * 60 * 1_000;

/// What is counted from final blocks.
#[derive(Clone)]
pub struct ChainMetrics {
	missed: CounterVec<U64>,
	offences: Counter<U64>,
	found: CounterVec<U64>,
	attestations: CounterVec<U64>,
	longest_due: Gauge<U64>,
	reviews: GaugeVec<U64>,
	unread: Counter<U64>,
}

/// The reviews that an organisation owes, by how much time there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Owed {
	/// More than [`SOON`].
	open: u64,
	/// Less, but some.
	soon: u64,
	/// None: it is missed, and anybody can pass it on.
	overdue: u64,
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
			reviews: register(
				GaugeVec::new(
					Opts::new(
						"assent_reviews_owed",
						"Reviews of emergencies that an organisation owes, by how they stand",
					),
					&["organisation", "standing"],
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
	let mut looked: Option<Instant> = None;
	let mut running = BTreeSet::new();
	let mut owed = BTreeMap::new();
	while let Some(last) = finality.next().await {
		for hash in last.tree_route.iter().chain([&last.hash]) {
			if let Err(why) = metrics.count(&client, *hash, turn, &mut running) {
				metrics.unread.inc();
				log::debug!(target: LOG, "block {hash} is not counted: {why}");
			}
		}
		metrics.look_at_checks(&client, last.hash, last.header.number);
		if looked.is_none_or(|looked| looked.elapsed() >= BETWEEN_REVIEWS) {
			looked = Some(Instant::now());
			match metrics.look_at_reviews(&client, last.hash, owed.clone()) {
				Ok(counted) => owed = counted,
				Err(why) => log::debug!(target: LOG, "reviews owed are unknown: {why}"),
			}
		}
	}
}

impl ChainMetrics {
	fn count(
		&self,
		client: &Client,
		hash: Hash,
		turn: Duration,
		running: &mut BTreeSet<AccountId>,
	) -> Result<(), String> {
		let header = client
			.header(hash)
			.map_err(|error| error.to_string())?
			.ok_or("no header")?;
		self.count_events(client, hash)?;
		self.count_turns(client, &header, turn, running)
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

	/// Counts the turns between a block and its parent. `running` are those whose turns were
	/// counted last: the counter of one that is no longer in the set goes, because the alerts
	/// divide the turns among all that have one.
	fn count_turns(
		&self,
		client: &Client,
		header: &Header,
		turn: Duration,
		running: &mut BTreeSet<AccountId>,
	) -> Result<(), String> {
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
		let now: BTreeSet<_> = validators.iter().cloned().collect();
		for gone in running.difference(&now) {
			// Fails only if there is no such counter.
			let _ = self.missed.remove_label_values(&[&gone.to_ss58check()]);
		}
		*running = now;
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

impl ChainMetrics {
	/// Counts the reviews owed. An organisation that owed some before is told with none now.
	fn look_at_reviews(
		&self,
		client: &Client,
		hash: Hash,
		before: BTreeMap<OrganisationId, Owed>,
	) -> Result<BTreeMap<OrganisationId, Owed>, String> {
		let now: Moment = read(client, hash, "Timestamp", "Now")?.unwrap_or_default();
		let running: Vec<OrganisationId> =
			read(client, hash, "Validators", "Running")?.unwrap_or_default();
		let known = before.into_keys().chain(running);
		let prefix = pallet_emergencies::ReviewsOf::<Runtime>::final_prefix();
		let reviews = client
			.storage_pairs(hash, Some(&StorageKey(prefix.to_vec())), None)
			.map_err(|error| error.to_string())?
			.map(|(key, value)| review(&key.0, &value.0))
			.collect::<Result<Vec<_>, _>>()?;
		let owed = owed(known, &reviews, now);
		for (organisation, owed) in &owed {
			let organisation = organisation.to_string();
			for (standing, count) in [
				("open", owed.open),
				("soon", owed.soon),
				("overdue", owed.overdue),
			] {
				self.reviews
					.with_label_values(&[&organisation, standing])
					.set(count);
			}
		}
		Ok(owed)
	}
}

/// Who owes a review until when, as the state holds it: two prefix hashes and the hash of the
/// number stand before the organisation's number, which is a part of the key.
fn review(key: &[u8], value: &[u8]) -> Result<(OrganisationId, Moment), String> {
	const BEFORE: usize = 16 + 16 + 8;
	let mut number = key.get(BEFORE..).unwrap_or_default();
	let organisation = OrganisationId::decode(&mut number)
		.map_err(|error| format!("Emergencies.ReviewsOf, a key: {error}"))?;
	let due = Moment::decode(&mut &value[..])
		.map_err(|error| format!("Emergencies.ReviewsOf, a value: {error}"))?;
	Ok((organisation, due))
}

/// Counts reviews by organisation, with those named that owe none.
fn owed(
	known: impl IntoIterator<Item = OrganisationId>,
	reviews: &[(OrganisationId, Moment)],
	now: Moment,
) -> BTreeMap<OrganisationId, Owed> {
	let mut owed: BTreeMap<OrganisationId, Owed> = known
		.into_iter()
		.map(|organisation| (organisation, Owed::default()))
		.collect();
	for (organisation, due) in reviews {
		let one = owed.entry(*organisation).or_default();
		// As the pallet has it: from its moment on it is missed.
		let count = match due.checked_sub(now) {
			None | Some(0) => &mut one.overdue,
			Some(left) if left < SOON => &mut one.soon,
			Some(_) => &mut one.open,
		};
		*count = count.saturating_add(1);
	}
	owed
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
	fn owed_should_tell_reviews_by_the_time_that_is_left() {
		let now = 1_000 * SOON;
		let reviews = [
			(1, now),
			(1, now - 1),
			(1, now + 1),
			(1, now + SOON - 1),
			(2, now + SOON),
			(7, 0),
		];
		let counted = owed([0, 1], &reviews, now);
		let one = |open, soon, overdue| Owed {
			open,
			soon,
			overdue,
		};
		let expected = [
			(0, one(0, 0, 0)),
			(1, one(0, 2, 2)),
			(2, one(1, 0, 0)),
			(7, one(0, 0, 1)),
		];
		assert_eq!(counted, BTreeMap::from(expected));
	}

	#[test]
	fn review_should_be_read_from_its_key() {
		let key = pallet_emergencies::ReviewsOf::<Runtime>::hashed_key_for(5, 77);
		let prefix = pallet_emergencies::ReviewsOf::<Runtime>::final_prefix();
		assert!(key.starts_with(&prefix));
		let due: Moment = 123_456;
		let value = codec::Encode::encode(&due);
		assert_eq!(review(&key, &value), Ok((5, due)));
		assert!(review(&key[..41], &value).is_err());
		assert!(review(&key, &value[..7]).is_err());
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
