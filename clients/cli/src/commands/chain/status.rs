//! `chain status`.

use crate::commands::prelude::*;
use assent_runtime::VERSION;

/// Show the best and the final block, the node's peers and the runtime
#[derive(Debug, Args)]
pub struct Status {}

#[derive(Debug, Serialize)]
struct Place {
	number: BlockNumber,
	hash: String,
}

impl Place {
	fn text(&self) -> String {
		format!("{} {}", self.number, self.hash)
	}
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
	name: String,
	version: u32,
	transaction_version: u32,
}

/// The state of the chain and of the node.
#[derive(Debug, Serialize)]
pub struct State {
	chain: String,
	node: String,
	genesis: String,
	best: Place,
	#[serde(rename = "final")]
	last_final: Place,
	peers: u64,
	syncing: bool,
	time: String,
	spec: Spec,
}

impl Answer for State {
	fn text(&self) -> String {
		let syncing = if self.syncing { "yes" } else { "no" };
		fields(&[
			("chain", self.chain.clone()),
			("genesis", self.genesis.clone()),
			("best", self.best.text()),
			("final", self.last_final.text()),
			("time", self.time.clone()),
			("peers", self.peers.to_string()),
			("syncing", syncing.into()),
			("runtime", format!("{} {}", self.spec.name, self.spec.version)),
			("node", self.node.clone()),
		])
	}
}

impl Verb for Status {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let chain = options.chain().await?;
		let state = chain.best_state().await?;
		let (best, last_final) = (state.at, chain.last_final().await?);
		let health = chain.health().await?;
		Ok(State {
			chain: chain.chain_name().await?,
			node: chain.node_version().await?,
			genesis: hex(chain.genesis()),
			best: Place { number: chain.number(best).await?, hash: hex(best) },
			last_final: Place { number: chain.number(last_final).await?, hash: hex(last_final) },
			peers: health.peers,
			syncing: health.is_syncing,
			time: time::write(state.now().await?),
			spec: Spec {
				name: VERSION.spec_name.to_string(),
				version: VERSION.spec_version,
				transaction_version: VERSION.transaction_version,
			},
		})
	}
}
