//! The chain's figures: turns that passed without a block, offences, documents found altered or
//! absent, attestations and checks that wait, reviews of emergencies that an organisation owes.
//!
//! The node asks the runtime for the figures of every block when the block becomes final. The
//! counters therefore never count a block that a fork took back.

use super::{counter, counters};
use crate::service::Client;
use assent_policy::{Moment, OrganisationId};
use assent_runtime::{opaque::Block, AccountId, Hash, Header};
use assent_runtime_api::{
	figures::{Notice, Owed},
	FiguresApi,
};
use assent_support::Finding;
use futures::StreamExt;
use sc_client_api::BlockchainEvents;
use sp_api::ProvideRuntimeApi;
use sp_consensus_aura::sr25519::AuthoritySignature;
use sp_core::crypto::Ss58Codec;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::Arc,
	time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, GaugeVec, Opts, PrometheusError, Registry, U64,
};

const LOG: &str = "assent::metrics";

/// The greatest age at which a block that becomes final here is news. A node imports an older
/// block to catch up. The turns that validators missed before an older block are no news.
const NEWS: Duration = Duration::from_secs(600);

/// The time between two counts of the reviews that are owed. The deadlines of reviews are days
/// away, and after a bad day there are hundreds of reviews.
const BETWEEN_REVIEWS: Duration = Duration::from_secs(30);

/// The time before the deadline of a review in which the review is due soon, in milliseconds.
/// Three days are longer than a weekend.
const SOON: Moment = 3 * 24 * 60 * 60 * 1_000;

/// The figures of final blocks.
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

impl ChainMetrics {
	/// Registers the figures.
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
		// Prometheus sees no increase in a counter that appears with the first event. The series
		// must exist before the event.
		for finding in [Finding::Intact, Finding::Altered, Finding::Absent] {
			this.found.with_label_values(&[word(finding)]);
		}
		Ok(this)
	}
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
		metrics.look_at_checks(&client, last.hash);
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
	/// Counts one block.
	fn count(
		&self,
		client: &Client,
		hash: Hash,
		turn: Duration,
		running: &mut BTreeSet<AccountId>,
	) -> Result<(), String> {
		let header = client.header(hash).map_err(|error| error.to_string())?.ok_or("no header")?;
		self.count_notices(client, hash)?;
		self.count_turns(client, &header, turn, running)
	}

	fn count_notices(&self, client: &Client, hash: Hash) -> Result<(), String> {
		let notices = client.runtime_api().notices(hash).map_err(unread)?;
		for notice in notices {
			match notice {
				Notice::DocumentFound { record, custodian, version, finding } => {
					self.found.with_label_values(&[word(finding)]).inc();
					if finding != Finding::Intact {
						log::warn!(
							target: LOG,
							"record {record} version {version} of organisation {custodian}: {}",
							word(finding),
						);
					}
				}
				Notice::Attested { organisation } => self.attestations_of(organisation).inc(),
				Notice::Offended { validator } => {
					self.offences.inc();
					log::warn!(target: LOG, "validator {validator} signed two conflicting votes");
				}
			}
		}
		for organisation in client.runtime_api().running(hash).map_err(unread)? {
			self.attestations_of(organisation);
		}
		Ok(())
	}

	fn attestations_of(&self, organisation: OrganisationId) -> Counter<U64> {
		self.attestations.with_label_values(&[&organisation.to_string()])
	}

	/// Counts the turns between a block and the parent of the block. `running` holds the
	/// validators of the last count. A validator that left the set loses the counter, because the
	/// alerts divide the turns among all validators with a counter.
	fn count_turns(
		&self,
		client: &Client,
		header: &Header,
		turn: Duration,
		running: &mut BTreeSet<AccountId>,
	) -> Result<(), String> {
		let slot = slot_of(header)?;
		let parent = header.parent_hash;
		let before =
			client.header(parent).map_err(|error| error.to_string())?.ok_or("no parent")?;
		// The first block follows no turn.
		if before.number == 0 || !is_news(slot, turn) {
			return Ok(());
		}
		let validators = client.runtime_api().validators(parent).map_err(unread)?;
		let missed = missed(slot_of(&before)?, slot, validators.len());
		let now: BTreeSet<_> = validators.iter().cloned().collect();
		for gone in running.difference(&now) {
			// The removal fails only if the counter does not exist.
			let _ = self.missed.remove_label_values(&[&gone.to_ss58check()]);
		}
		*running = now;
		for (validator, turns) in validators.iter().zip(missed) {
			self.missed.with_label_values(&[&validator.to_ss58check()]).inc_by(turns);
		}
		Ok(())
	}

	fn look_at_checks(&self, client: &Client, hash: Hash) {
		match client.runtime_api().check_overdue(hash) {
			Ok(blocks) => self.longest_due.set(blocks.into()),
			Err(error) => log::debug!(target: LOG, "checks that are due are unknown: {error}"),
		}
	}

	/// Counts the reviews owed. An organisation that owed reviews before and owes none now gets a
	/// count of zero.
	fn look_at_reviews(
		&self,
		client: &Client,
		hash: Hash,
		before: BTreeMap<OrganisationId, Owed>,
	) -> Result<BTreeMap<OrganisationId, Owed>, String> {
		let running = client.runtime_api().running(hash).map_err(unread)?;
		let counted = client.runtime_api().reviews_owed(hash, SOON).map_err(unread)?;
		let owed = owed(before.into_keys().chain(running), counted);
		for (organisation, owed) in &owed {
			let organisation = organisation.to_string();
			for (standing, count) in
				[("open", owed.open), ("soon", owed.soon), ("overdue", owed.overdue)]
			{
				self.reviews.with_label_values(&[&organisation, standing]).set(count.into());
			}
		}
		Ok(owed)
	}
}

/// The reviews by organisation. A known organisation that owes none has a count of zero.
fn owed(
	known: impl IntoIterator<Item = OrganisationId>,
	counted: Vec<(OrganisationId, Owed)>,
) -> BTreeMap<OrganisationId, Owed> {
	let none = known.into_iter().map(|organisation| (organisation, Owed::default()));
	none.chain(counted).collect()
}

/// The reason why the node can't read a block's figures.
fn unread(error: sp_api::ApiError) -> String {
	error.to_string()
}

fn slot_of(header: &Header) -> Result<u64, String> {
	sc_consensus_aura::find_pre_digest::<Block, AuthoritySignature>(header)
		.map(u64::from)
		.map_err(|error| error.to_string())
}

/// Whether a slot began at most [`NEWS`] ago by this machine's clock.
fn is_news(slot: u64, turn: Duration) -> bool {
	let start = u32::try_from(turn.as_millis())
		.ok()
		.and_then(|millis| slot.checked_mul(millis.into()))
		.map(Duration::from_millis);
	let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	start.is_some_and(|start| now.saturating_sub(start) <= NEWS)
}

/// The number of turns that each of `validators` had strictly between two slots.
fn missed(before: u64, slot: u64, validators: usize) -> Vec<u64> {
	let count = validators as u64;
	let empty = slot.saturating_sub(before).saturating_sub(1);
	if count == 0 {
		return Vec::new();
	}
	let first = before.saturating_add(1) % count;
	(0..count)
		.map(|index| {
			// The number of turns from the first empty slot to the first turn of this validator.
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
		let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 2;
		assert!(is_news(now, turn));
		assert!(is_news(now - 290, turn));
		assert!(!is_news(now - 310, turn));
		assert!(!is_news(u64::MAX, turn));
	}

	#[test]
	fn owed_should_name_organisations_that_owe_none() {
		let one = Owed { open: 1, ..Owed::default() };
		let counted = owed([0, 1], vec![(1, one), (7, one)]);
		let expected = [(0, Owed::default()), (1, one), (7, one)];
		assert_eq!(counted, BTreeMap::from(expected));
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
