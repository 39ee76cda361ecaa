//! A call on the way: signed, handed to the node, in a block, with events.

mod dispatch;
mod payload;
mod pool;

use crate::{
	connect::{misunderstood, unreachable_node, within, Chain, PATIENCE},
	keys::Signer,
	progress::{Progress, Size, Work},
	Failure, Outcome,
};
use assent_runtime::{BlockNumber, Hash, Header, Nonce, RuntimeCall, RuntimeEvent};
use frame_system::{EventRecord, Phase};
use payload::TypedCall;
use sp_runtime::traits::{BlakeTwo256, Hash as _};
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

/// A signed transaction can be included for so many blocks from now, at least: two minutes.
const LIFETIME: u64 = 64;
/// How far back a transaction may count from: the chain remembers the hashes of so many blocks.
const LONGEST_LIFETIME: u64 = 4096;
/// How long a transaction may take into a block.
const UNTIL_IN_BLOCK: Duration = Duration::from_secs(180);
/// The pause between two looks at the best chain.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
/// How long a block may take to become final.
const UNTIL_FINAL: Duration = Duration::from_secs(600);

/// How long to wait for a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wait {
	/// Until the transaction is in a block of the best chain. The block may still be reverted.
	#[default]
	InBlock,
	/// Until the block is final.
	Final,
}

/// The block from which a transaction counts, and for how many blocks.
struct Birth {
	number: BlockNumber,
	hash: Hash,
	lifetime: u64,
}

/// The lifetime of a transaction, counted from a final block `lag` blocks behind the best block:
/// `LIFETIME` beyond the best block, as a power of two; none if the lifetime is too long.
fn lifetime(lag: BlockNumber) -> Option<u64> {
	let blocks = LIFETIME.saturating_add(lag.into()).next_power_of_two();
	(blocks <= LONGEST_LIFETIME).then_some(blocks)
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
	/// The hash of the block.
	pub hash: Hash,
	/// The number of the block.
	pub number: BlockNumber,
	/// Whether the block was final at the moment of the look.
	pub is_final: bool,
}

/// A call that was carried out without failure.
#[derive(Clone, Debug)]
pub struct Included {
	/// The block with the transaction.
	pub block: Block,
	/// The transaction's hash.
	pub transaction: Hash,
	/// The events of the call, in order.
	pub events: Vec<RuntimeEvent>,
}

impl Included {
	/// The first event that `pick` knows.
	///
	/// # Errors
	/// `NodeAnswer`, when there is no such event.
	pub fn find<T>(&self, pick: impl Fn(&RuntimeEvent) -> Option<T>) -> Outcome<T> {
		self.events.iter().find_map(pick).ok_or_else(|| {
			misunderstood("events", "the call was carried out, but did not say what it did")
		})
	}
}

/// The turn of an account that a transaction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
	/// After every waiting transaction of the account.
	Next,
	/// In front: the account's turn by the best block, in place of a waiting transaction.
	First,
}

impl Chain {
	/// Signs the call, waits for a block, and reads the events. The transaction takes the account's
	/// turn after every transaction in the pool.
	///
	/// # Errors
	/// The chain's own name of the error (`Consent.NoActors`), when the call failed; `Pool.*`,
	/// when the node did not take the transaction; `Timeout`, when the wait was too long and the
	/// transaction may still be included; `OtherRuntime`, `Signing`, `Node`, `NodeAnswer`.
	pub async fn submit(
		&self,
		signer: &Signer,
		call: RuntimeCall,
		wait: Wait,
		progress: &dyn Progress,
	) -> Outcome<Included> {
		self.send(signer, &call, wait, Turn::Next, progress).await
	}

	/// As [`Self::submit`], in front of every waiting transaction of this account: for
	/// withdrawals.
	pub async fn submit_first(
		&self,
		signer: &Signer,
		call: RuntimeCall,
		wait: Wait,
		progress: &dyn Progress,
	) -> Outcome<Included> {
		match self.send(signer, &call, wait, Turn::First, progress).await {
			// The waiting transaction went into a block: the next turn is first now.
			Err(failure) if failure.code == "Pool.Stale" => {
				self.send(signer, &call, wait, Turn::First, progress).await
			}
			// The waiting transaction is as urgent, another withdrawal: both come.
			Err(failure) if failure.code == "Pool.TooLowPriority" => {
				self.send(signer, &call, wait, Turn::Next, progress).await
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
		progress: &dyn Progress,
	) -> Outcome<Included> {
		let work = progress.begin("signing", Size::Open);
		let (encoded, metadata) = self.sign(signer, call, turn).await?;
		let transaction = BlakeTwo256::hash(&encoded);
		work.say("waiting for the node");
		let block = self.watch(signer, &encoded, wait, &*work).await?;
		let events = self.events(block.hash, &encoded).await?;
		match failure_in(&events) {
			Some(error) => Err(dispatch::explain(&error, &metadata)),
			None => Ok(Included { block, transaction, events }),
		}
	}

	async fn sign(
		&self,
		signer: &Signer,
		call: &RuntimeCall,
		turn: Turn,
	) -> Outcome<(Vec<u8>, Arc<Metadata>)> {
		let failed = |error: &dyn std::fmt::Display| {
			Failure::environment("Signing", format!("the transaction could not be made: {error}"))
		};
		let account = signer.account();
		let nonce: Nonce = match turn {
			Turn::Next => self.ask("system_accountNextIndex", rpc_params![account.clone()]).await?,
			Turn::First => self.best_state().await?.account(&account).await?.nonce,
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

	/// The block from which a transaction counts its lifetime: the final block, however far
	/// finality is behind. A lifetime from another block is void when the branch is given
	/// up; while the validators are cut in two, there are such branches. When the final block is
	/// too old to be named, the lifetime counts from the parent of the best block.
	async fn birth(&self, best: &Header) -> Outcome<Birth> {
		let hash = self.last_final().await?;
		let number = self.number(hash).await?;
		Ok(match lifetime(best.number.saturating_sub(number)) {
			Some(lifetime) => Birth { number, hash, lifetime },
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
		work: &dyn Work,
	) -> Outcome<Block> {
		let submitted =
			tokio::time::timeout(PATIENCE, self.methods.author_submit_and_watch_extrinsic(encoded))
				.await
				.map_err(|_| unreachable_node("submitting", "no answer"))?;
		let mut states = match submitted {
			Ok(states) => states,
			Err(RpcError::User(error)) => {
				let row = self.best_state().await?.account(&signer.account()).await?;
				let known = row.sufficients > 0 || row.providers > 0;
				return Err(pool::explain(&error, known));
			}
			Err(error) => return Err(unreachable_node("submitting", error)),
		};
		work.say("waiting for a block");
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
							return Ok(Block { hash, number, is_final: false });
						}
						work.say("in a block beside the best chain, waiting for another one");
						continue;
					}
					patience = UNTIL_FINAL;
					work.say(&format!("in block {number}, waiting for it to become final"));
				}
				TransactionStatus::Finalized(hash) => {
					let number = self.number(hash).await?;
					return Ok(Block { hash, number, is_final: true });
				}
				TransactionStatus::Retracted(_) => {
					patience = UNTIL_IN_BLOCK;
					work.say("its block was left, waiting for another one");
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

	/// Whether a block is of the best chain, or comes to be. The pool also tells of blocks
	/// on a losing branch; two blocks later the winner is known.
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

	/// The events of a transaction in a block.
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
		Ok(of_extrinsic(self.state(block).events().await?, position))
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
			"the transaction is not {what} yet and may still come to be: look at the chain before \
			 sending it again"
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
			assert!(blocks < 2 * (LIFETIME + u64::from(lag)), "{blocks} of {lag}");
		}
		assert_eq!(lifetime(4033), None);
		assert_eq!(lifetime(BlockNumber::MAX), None);
	}

	#[test]
	fn lifetime_should_not_exceed_what_the_chain_remembers() {
		let remembered = <assent_runtime::Runtime as frame_system::Config>::BlockHashCount::get();
		assert_eq!(LONGEST_LIFETIME, u64::from(remembered));
	}
}
