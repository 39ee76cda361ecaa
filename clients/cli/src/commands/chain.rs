//! `chain`: how the chain and the node stand, and waiting for blocks.

use crate::{
	chain::{Block, Chain as Connection},
	context::Options,
	failure::{Failure, Outcome},
	parse::{ids::hex, time},
	printer::{fields, Report},
	progress::Progress,
};
use assent_runtime::{BlockNumber, VERSION};
use clap::{Args, Subcommand};
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use subxt::rpcs::client::rpc_params;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Chain {
	/// Show the best and the final block, the node's peers and the runtime
	Status,
	/// Wait for a block
	Wait {
		#[command(flatten)]
		target: Target,
		/// Give up after so many seconds
		#[arg(long, value_name = "SECONDS", default_value_t = 300)]
		timeout: u64,
	},
}

/// What to wait for.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Target {
	/// Until the best block has this number
	#[arg(long, value_name = "NUMBER")]
	block: Option<BlockNumber>,
	/// Until the final block has this number
	#[arg(long = "final", value_name = "NUMBER")]
	final_block: Option<BlockNumber>,
}

impl Chain {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Status => "chain status",
			Self::Wait { .. } => "chain wait",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let chain = options.chain().await?;
		match self {
			Self::Status => status(&chain).await,
			Self::Wait { target, timeout } => {
				wait(&chain, target, Duration::from_secs(timeout)).await
			}
		}
	}
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
	peers: u64,
	is_syncing: bool,
}

async fn status(chain: &Connection) -> Outcome<Report> {
	let best = chain.best().await?;
	let last_final = chain.last_final().await?;
	let (best_number, final_number) = (chain.number(best).await?, chain.number(last_final).await?);
	let health: Health = chain.ask("system_health", rpc_params![]).await?;
	let name: String = chain.ask("system_chain", rpc_params![]).await?;
	let node: String = chain.ask("system_version", rpc_params![]).await?;
	let now = time::write(chain.now(best).await?);
	let spec = format!("{} {}", VERSION.spec_name, VERSION.spec_version);
	Ok(Report::new(
		json!({
			"chain": name,
			"node": node,
			"genesis": hex(chain.genesis()),
			"best": { "number": best_number, "hash": hex(best) },
			"final": { "number": final_number, "hash": hex(last_final) },
			"peers": health.peers,
			"syncing": health.is_syncing,
			"time": now,
			"spec": {
				"name": VERSION.spec_name,
				"version": VERSION.spec_version,
				"transactionVersion": VERSION.transaction_version,
			},
		}),
		fields(&[
			("chain", name.clone()),
			("genesis", hex(chain.genesis())),
			("best", format!("{best_number} {}", hex(best))),
			("final", format!("{final_number} {}", hex(last_final))),
			("time", now.clone()),
			("peers", health.peers.to_string()),
			(
				"syncing",
				if health.is_syncing { "yes" } else { "no" }.into(),
			),
			("runtime", spec),
			("node", node.clone()),
		]),
	))
}

async fn wait(chain: &Connection, target: Target, timeout: Duration) -> Outcome<Report> {
	let (number, is_final) = match target {
		Target {
			final_block: Some(number),
			..
		} => (number, true),
		Target {
			block: Some(number),
			..
		} => (number, false),
		Target {
			block: None,
			final_block: None,
		} => return Err(Failure::usage("name a block with --block or --final")),
	};
	let what = if is_final { "final block" } else { "block" };
	let progress = Progress::wait(format!("waiting for {what} {number}"));
	let reached = tokio::time::timeout(timeout, reach(chain, number, is_final, &progress))
		.await
		.map_err(|_| {
			Failure::environment(
				"Timeout",
				format!("{what} {number} was not reached in {} s", timeout.as_secs()),
			)
		})??;
	Ok(Report::new(
		json!({ "block": reached.json() }),
		fields(&[("block", reached.text())]),
	))
}

async fn reach(
	chain: &Connection,
	wanted: BlockNumber,
	is_final: bool,
	progress: &Progress,
) -> Outcome<Block> {
	let mut headers = chain.headers(is_final).await?;
	// The subscription begins with the next one.
	let now = if is_final {
		chain.last_final().await?
	} else {
		chain.best().await?
	};
	let number = chain.number(now).await?;
	if number >= wanted {
		return Ok(Block {
			hash: now,
			number,
			is_final,
		});
	}
	loop {
		let header = headers.next().await.and_then(Result::ok).ok_or_else(|| {
			Failure::environment("Node", "the connection to the node was cut while waiting")
		})?;
		progress.say(format!(
			"waiting for block {wanted}, now at {}",
			header.number
		));
		if header.number >= wanted {
			return Ok(Block {
				hash: header.hash(),
				number: header.number,
				is_final,
			});
		}
	}
}
