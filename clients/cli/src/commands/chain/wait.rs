//! `chain wait`.

use crate::{commands::prelude::*, show::Block};
use assent_client::progress::{Progress, Size};
use std::time::Duration;

/// Wait for a block
#[derive(Debug, Args)]
pub struct Wait {
	#[command(flatten)]
	target: Target,
	/// Give up after so many seconds
	#[arg(long, value_name = "SECONDS", default_value_t = 300)]
	timeout: u64,
}

/// The block to wait for.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
struct Target {
	/// Until the best block has this number
	#[arg(long, value_name = "NUMBER")]
	block: Option<BlockNumber>,
	/// Until the final block has this number
	#[arg(long = "final", value_name = "NUMBER")]
	final_block: Option<BlockNumber>,
}

/// The block that was reached.
#[derive(Debug, Serialize)]
pub struct Reached {
	block: Block,
}

impl Answer for Reached {
	fn text(&self) -> String {
		fields(&[("block", self.block.to_string())])
	}
}

impl Verb for Wait {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Target { block, final_block } = self.target;
		let (number, is_final) = match (final_block, block) {
			(Some(number), _) => (number, true),
			(None, Some(number)) => (number, false),
			(None, None) => return Err(Failure::usage("name a block with --block or --final")),
		};
		let chain = options.chain().await?;
		let what = if is_final { "final block" } else { "block" };
		let work = options.progress().begin(&format!("waiting for {what} {number}"), Size::Open);
		let reaching = chain.reach(number, is_final, |now| {
			work.say(&format!("waiting for {what} {number}, now at {now}"));
		});
		let reached = tokio::time::timeout(Duration::from_secs(self.timeout), reaching)
			.await
			.map_err(|_| {
				Failure::environment(
					"Timeout",
					format!("{what} {number} was not reached in {} s", self.timeout),
				)
			})??;
		Ok(Reached { block: reached.into() })
	}
}
