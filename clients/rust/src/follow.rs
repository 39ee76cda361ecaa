//! New blocks, and the events of blocks.

use crate::{connect::within, Block, Chain, Failure, Outcome};
use assent_runtime::{BlockNumber, Hash, Header, RuntimeEvent};
use subxt::rpcs::client::RpcSubscription;

/// The headers of new blocks, from the moment at which the subscription began.
pub struct Heads(RpcSubscription<Header>);

impl Heads {
	/// Waits for the next header, without a limit of time. A caller may give up a wait and wait
	/// again: no header is lost.
	///
	/// # Errors
	/// `Node`, when the connection ended.
	pub async fn next(&mut self) -> Outcome<Header> {
		match self.0.next().await {
			Some(Ok(header)) => Ok(header),
			Some(Err(error)) => Err(ended(error)),
			None => Err(ended("the node closed it")),
		}
	}
}

fn ended(why: impl std::fmt::Display) -> Failure {
	Failure::environment("Node", format!("the connection to the node ended: {why}"))
}

impl Chain {
	/// Subscribes to new headers: of best blocks, or of final ones. Between two headers of final
	/// blocks there may be blocks without a header.
	///
	/// # Errors
	/// `Node`.
	pub async fn heads(&self, is_final: bool) -> Outcome<Heads> {
		let subscribed = match is_final {
			false => within("headers", self.methods.chain_subscribe_new_heads()).await,
			true => within("headers", self.methods.chain_subscribe_finalized_heads()).await,
		};
		subscribed.map(Heads)
	}

	/// Waits, without a limit of time, until the best or the final block has this number or a
	/// higher one. `seen` hears the numbers of the blocks before.
	///
	/// # Errors
	/// `Node`, when the connection ended; `NodeAnswer`.
	pub async fn reach(
		&self,
		wanted: BlockNumber,
		is_final: bool,
		seen: impl Fn(BlockNumber),
	) -> Outcome<Block> {
		// A subscription begins with the next block: the present block is looked at second.
		let mut heads = self.heads(is_final).await?;
		let hash = match is_final {
			true => self.last_final().await?,
			false => self.best().await?,
		};
		let number = self.number(hash).await?;
		let mut block = Block { hash, number, is_final };
		while block.number < wanted {
			seen(block.number);
			let header = heads.next().await?;
			block.hash = header.hash();
			block.number = header.number;
		}
		Ok(block)
	}

	/// The block of the best chain at this height.
	///
	/// # Errors
	/// `NodeAnswer`, when the node has no such block; `Node`.
	pub async fn block(&self, number: BlockNumber) -> Outcome<Hash> {
		self.block_at(number)
			.await?
			.ok_or_else(|| Failure::environment("NodeAnswer", "the node does not have the block"))
	}

	/// Every event of a block, in order. The block must be of this program's runtime: see
	/// [`Chain::is_runtime_at`] with the parent.
	///
	/// # Errors
	/// `Node` or `NodeAnswer`.
	pub async fn events_of(&self, block: Hash) -> Outcome<Vec<RuntimeEvent>> {
		let records = self.state(block).events().await?;
		Ok(records.into_iter().map(|record| record.event).collect())
	}
}
