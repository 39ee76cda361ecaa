//! Signing a call, handing it to the node, waiting for it, and reading what it did.

use super::{
	decode, dispatch, misunderstood,
	payload::TypedCall,
	pool::{self, Account},
	unreachable_node, within, Chain, PATIENCE,
};
use crate::{
	failure::{Failure, Outcome},
	keys::Signer,
	parse::ids::hex,
	progress::Progress,
};
use assent_runtime::{BlockNumber, Hash, Header, Nonce, Runtime, RuntimeCall, RuntimeEvent};
use frame_system::{EventRecord, Phase};
use serde_json::{json, Value};
use sp_runtime::{
	traits::{BlakeTwo256, Hash as _},
	AccountId32,
};
use std::{
	sync::Arc,
	time::{Duration, Instant},
};
use subxt::{
	backend::LegacyBackend,
	config::{substrate::SubstrateConfig, DefaultExtrinsicParamsBuilder},
	rpcs::{client::rpc_params, methods::legacy::TransactionStatus, Error as RpcError},
	Metadata, OnlineClient,
};

/// For how many blocks from now, at least, a signed transaction can be included: two minutes.
const LIFETIME: u64 = 64;
/// How far back a transaction may count from: the chain remembers the hashes of so many blocks.
const LONGEST_LIFETIME: u64 = 4096;
/// How long a transaction may take into a block.
const UNTIL_IN_BLOCK: Duration = Duration::from_secs(180);
/// How often to look which of two blocks became the best.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
/// How long its block may take to become final.
const UNTIL_FINAL: Duration = Duration::from_secs(600);

/// How long to wait for a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Wait {
	/// Until it is in a block of the best chain. It may still be reverted.
	#[default]
	InBlock,
	/// Until that block is final.
	Final,
}

/// The block from which a transaction counts, and for how many blocks.
struct Birth {
	number: BlockNumber,
	hash: Hash,
	lifetime: u64,
}

/// The lifetime of a transaction that counts from a final block so far behind: `LIFETIME` beyond
/// the best block, in the powers of two in which it is written; none where that is too long.
fn lifetime(lag: BlockNumber) -> Option<u64> {
	let blocks = LIFETIME.saturating_add(lag.into()).next_power_of_two();
	(blocks <= LONGEST_LIFETIME).then_some(blocks)
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub number: BlockNumber,
	/// Whether it was final when it was looked at.
	pub is_final: bool,
}

impl Block {
	/// For scripts.
	pub fn json(&self) -> Value {
		json!({ "hash": hex(self.hash), "number": self.number, "final": self.is_final })
	}

	/// For people.
	pub fn text(&self) -> String {
		let how = if self.is_final {
			"final"
		} else {
			"not final yet"
		};
		format!("{} ({how}) {}", self.number, hex(self.hash))
	}
}

/// A call that was carried out.
#[derive(Clone, Debug)]
pub struct Included {
	/// In which block.
	pub block: Block,
	/// The transaction's hash.
	pub transaction: Hash,
	/// What it did, in order.
	pub events: Vec<RuntimeEvent>,
}

impl Included {
	/// The first thing it did that `pick` knows.
	pub fn find<T>(&self, pick: impl Fn(&RuntimeEvent) -> Option<T>) -> Outcome<T> {
		self.events.iter().find_map(pick).ok_or_else(|| {
			misunderstood(
				"events",
				"the call was carried out, but did not say what it did",
			)
		})
	}
}

/// Which of an account's turns a transaction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
	/// After what waits in the pool.
	Next,
	/// In front of it: the account's turn by the best block. Takes the place of what waits.
	First,
}

impl Chain {
	/// Signs the call, waits for it, and reads what it did. A failed call is a failure.
	pub async fn submit(
		&self,
		signer: &Signer,
		call: RuntimeCall,
		wait: Wait,
	) -> Outcome<Included> {
		self.send(signer, &call, wait, Turn::Next).await
	}

	/// As [`Self::submit`], in front of whatever of this account waits: for withdrawals.
	pub async fn submit_first(
		&self,
		signer: &Signer,
		call: RuntimeCall,
		wait: Wait,
	) -> Outcome<Included> {
		match self.send(signer, &call, wait, Turn::First).await {
			// What waited went into a block meanwhile: it is the next turn now.
			Err(failure) if failure.code == "Pool.Stale" => {
				self.send(signer, &call, wait, Turn::First).await
			}
			// What waits there is as urgent, another withdrawal: both are to come.
			Err(failure) if failure.code == "Pool.TooLowPriority" => {
				self.send(signer, &call, wait, Turn::Next).await
			}
			other => other,
		}
	}

	async fn send(
		&self,
		signer: &Signer,
		call: &RuntimeCall,
		wait: Wait,
		turn: Turn,
	) -> Outcome<Included> {
		let progress = Progress::wait("signing");
		let (encoded, metadata) = self.sign(signer, call, turn).await?;
		let transaction = BlakeTwo256::hash(&encoded);
		progress.say("waiting for the node");
		let block = self.watch(signer, &encoded, wait, &progress).await?;
		let events = self.events(block.hash, &encoded).await?;
		match failure_in(&events) {
			Some(error) => Err(dispatch::explain(&error, &metadata)),
			None => Ok(Included {
				block,
				transaction,
				events,
			}),
		}
	}

	async fn sign(
		&self,
		signer: &Signer,
		call: &RuntimeCall,
		turn: Turn,
	) -> Outcome<(Vec<u8>, Arc<Metadata>)> {
		let failed = |error: &dyn std::fmt::Display| {
			Failure::environment(
				"Signing",
				format!("the transaction could not be made: {error}"),
			)
		};
		let account = signer.account();
		let nonce: Nonce = match turn {
			Turn::Next => {
				self.ask("system_accountNextIndex", rpc_params![account.clone()])
					.await?
			}
			Turn::First => self.account(&account).await?.nonce,
		};
		let hash = self.best().await?;
		let best = self.header(hash).await?;
		let birth = self.birth(&best).await?;
		let backend = LegacyBackend::builder().build(self.client.clone());
		let online = async {
			let client = OnlineClient::<SubstrateConfig>::from_backend(Arc::new(backend))
				.await
				.map_err(|error| failed(&error))?;
			client
				.at_block_hash_and_number(hash, best.number.into())
				.await
				.map_err(|error| failed(&error))
		};
		let at = tokio::time::timeout(PATIENCE, online)
			.await
			.map_err(|_| unreachable_node("metadata", "no answer"))??;
		let params = DefaultExtrinsicParamsBuilder::new()
			.mortal_from_unchecked(birth.lifetime, birth.number.into(), birth.hash)
			.nonce(nonce.into())
			.build();
		let typed = TypedCall::new(call);
		let transactions = at.transactions();
		typed.check(&transactions)?;
		let signed = transactions
			.create_v4_signable_offline(&typed, params)
			.and_then(|mut signable| signable.sign(signer))
			.map_err(|error| failed(&error))?;
		Ok((signed.into_encoded(), at.metadata()))
	}

	/// The block from which a transaction counts its lifetime. The final one, however far finality
	/// is behind: what counts from another block is void when that block's branch is given up, and
	/// branches there are as long as the validators are cut in two. Only when the final block is
	/// too old to be named, the one before the best.
	async fn birth(&self, best: &Header) -> Outcome<Birth> {
		let hash = self.last_final().await?;
		let number = self.number(hash).await?;
		Ok(match lifetime(best.number.saturating_sub(number)) {
			Some(lifetime) => Birth {
				number,
				hash,
				lifetime,
			},
			None => Birth {
				number: best.number.saturating_sub(1),
				hash: best.parent_hash,
				lifetime: LIFETIME,
			},
		})
	}

	/// Hands the transaction over and waits.
	async fn watch(
		&self,
		signer: &Signer,
		encoded: &[u8],
		wait: Wait,
		progress: &Progress,
	) -> Outcome<Block> {
		let submitted = tokio::time::timeout(
			PATIENCE,
			self.methods.author_submit_and_watch_extrinsic(encoded),
		)
		.await
		.map_err(|_| unreachable_node("submitting", "no answer"))?;
		let mut states = match submitted {
			Ok(states) => states,
			Err(RpcError::User(error)) => {
				let account = self.account(&signer.account()).await?;
				let known = account.sufficients > 0 || account.providers > 0;
				let known = if known {
					Account::Known
				} else {
					Account::Unknown
				};
				return Err(pool::explain(&error, known));
			}
			Err(error) => return Err(unreachable_node("submitting", error)),
		};
		progress.say("waiting for a block");
		let mut patience = UNTIL_IN_BLOCK;
		loop {
			let state = match tokio::time::timeout(patience, states.next()).await {
				Err(_) => return Err(too_late(wait)),
				Ok(None) => return Err(unreachable_node("waiting", "the connection was cut")),
				Ok(Some(Err(error))) => return Err(unreachable_node("waiting", error)),
				Ok(Some(Ok(state))) => state,
			};
			match state {
				TransactionStatus::InBlock(hash) => {
					let number = self.number(hash).await?;
					if wait == Wait::InBlock {
						if self.becomes_best(hash, number).await? {
							return Ok(Block {
								hash,
								number,
								is_final: false,
							});
						}
						progress.say("in a block beside the best chain, waiting for another one");
						continue;
					}
					patience = UNTIL_FINAL;
					progress.say(format!("in block {number}, waiting for it to become final"));
				}
				TransactionStatus::Finalized(hash) => {
					let number = self.number(hash).await?;
					return Ok(Block {
						hash,
						number,
						is_final: true,
					});
				}
				TransactionStatus::Retracted(_) => {
					patience = UNTIL_IN_BLOCK;
					progress.say("its block was left, waiting for another one");
				}
				TransactionStatus::FinalityTimeout(_) => return Err(too_late(Wait::Final)),
				TransactionStatus::Usurped(_) => {
					return Err(Failure::refused(
						"Pool.Usurped",
						"another transaction of this account took its place",
					))
				}
				TransactionStatus::Dropped => {
					return Err(Failure::refused(
						"Pool.Dropped",
						"the node dropped the transaction, its pool is full: try again later",
					))
				}
				TransactionStatus::Invalid => {
					return Err(Failure::refused(
						"Pool.BecameInvalid",
						"the transaction became invalid while it waited: the allowance was used \
						 up, or what it changes was changed meanwhile; try again",
					))
				}
				TransactionStatus::Future
				| TransactionStatus::Ready
				| TransactionStatus::Broadcast(_) => {}
			}
		}
	}

	/// Whether a block is of the best chain, or comes to be. The pool also tells of blocks that
	/// lose against another one of their height; two blocks later it is known which did.
	async fn becomes_best(&self, hash: Hash, number: BlockNumber) -> Outcome<bool> {
		let until = Instant::now() + UNTIL_IN_BLOCK;
		loop {
			if self.block_at(number).await? == Some(hash) {
				return Ok(true);
			}
			let decided = self.block_at(number.saturating_add(2)).await?.is_some();
			if decided || Instant::now() >= until {
				return Ok(false);
			}
			tokio::time::sleep(BETWEEN_LOOKS).await;
		}
	}

	/// What the system keeps of an account.
	async fn account(
		&self,
		who: &AccountId32,
	) -> Outcome<frame_system::AccountInfo<Nonce, <Runtime as frame_system::Config>::AccountData>>
	{
		let key = frame_system::Account::<Runtime>::hashed_key_for(who);
		Ok(self
			.read(&key, self.best().await?)
			.await?
			.unwrap_or_default())
	}

	/// What a transaction did in its block.
	async fn events(&self, block: Hash, encoded: &[u8]) -> Outcome<Vec<RuntimeEvent>> {
		let body = within("a block", self.methods.chain_get_block(Some(block)))
			.await?
			.ok_or_else(|| misunderstood("a block", "the node does not have it"))?;
		let position = body
			.block
			.extrinsics
			.iter()
			.position(|extrinsic| extrinsic.0 == encoded)
			.and_then(|position| u32::try_from(position).ok())
			.ok_or_else(|| misunderstood("a block", "the transaction is not in it"))?;
		Ok(of_extrinsic(self.records(block).await?, position))
	}

	/// Everything that happened in a block, in order.
	pub async fn events_of(&self, block: Hash) -> Outcome<Vec<RuntimeEvent>> {
		let records = self.records(block).await?;
		Ok(records.into_iter().map(|record| record.event).collect())
	}

	async fn records(&self, block: Hash) -> Outcome<Vec<EventRecord<RuntimeEvent, Hash>>> {
		let key = frame_support::storage::storage_prefix(b"System", b"Events");
		let bytes = within("events", self.methods.state_get_storage(&key, Some(block)))
			.await?
			.ok_or_else(|| misunderstood("events", "the block has none"))?;
		decode("events", &bytes)
	}
}

fn of_extrinsic(records: Vec<EventRecord<RuntimeEvent, Hash>>, position: u32) -> Vec<RuntimeEvent> {
	records
		.into_iter()
		.filter(|record| record.phase == Phase::ApplyExtrinsic(position))
		.map(|record| record.event)
		.collect()
}

fn failure_in(events: &[RuntimeEvent]) -> Option<sp_runtime::DispatchError> {
	events.iter().find_map(|event| match event {
		RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
			Some(*dispatch_error)
		}
		_ => None,
	})
}

fn too_late(wait: Wait) -> Failure {
	let what = match wait {
		Wait::InBlock => "in a block",
		Wait::Final => "final",
	};
	Failure::environment(
		"Timeout",
		format!(
			"the transaction is not {what} yet and may still come to be: look at the chain \
			 (assent chain status) before sending it again"
		),
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::DispatchError;

	fn failed(position: u32) -> EventRecord<RuntimeEvent, Hash> {
		EventRecord {
			phase: Phase::ApplyExtrinsic(position),
			event: RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
				dispatch_error: DispatchError::BadOrigin,
				dispatch_info: Default::default(),
			}),
			topics: Vec::new(),
		}
	}

	#[test]
	fn only_the_events_of_the_own_transaction_should_count() {
		assert_eq!(failure_in(&of_extrinsic(vec![failed(1)], 2)), None);
		let failure = failure_in(&of_extrinsic(vec![failed(1), failed(2)], 2));
		assert_eq!(failure, Some(DispatchError::BadOrigin));
	}

	#[test]
	fn lifetime_should_reach_beyond_the_best_block_when_finality_is_behind() {
		for lag in [0, 2, 64, 65, 1000, 4032] {
			let blocks = lifetime(lag).unwrap();
			assert!(blocks >= LIFETIME + u64::from(lag), "{blocks} of {lag}");
			assert!(
				blocks < 2 * (LIFETIME + u64::from(lag)),
				"{blocks} of {lag}"
			);
		}
		assert_eq!(lifetime(4033), None);
		assert_eq!(lifetime(BlockNumber::MAX), None);
	}

	#[test]
	fn lifetime_should_not_exceed_what_the_chain_remembers() {
		let remembered = <Runtime as frame_system::Config>::BlockHashCount::get();
		assert_eq!(LONGEST_LIFETIME, u64::from(remembered));
	}

	#[test]
	fn block_should_say_whether_it_is_final() {
		let block = Block {
			hash: Hash::zero(),
			number: 7,
			is_final: true,
		};
		assert_eq!(block.json()["final"], true);
		assert_eq!(block.json()["number"], 7);
		assert!(block.text().starts_with("7 (final) 0x00"));
	}
}
