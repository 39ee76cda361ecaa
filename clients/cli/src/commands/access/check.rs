//! `access check`.

use crate::{
	answer::{Answer, Verb},
	arguments::Question,
	options::Options,
	parse::{
		ids::account,
		time::{self, When},
	},
	printer::{fields, Verdict},
	show::Decided,
};
use assent_client::{reads, Outcome};
use clap::Args;
use serde::Serialize;
use sp_runtime::AccountId32;

/// See the answer, now or at a moment before, without an entry in the trail
#[derive(Debug, Args)]
pub struct Check {
	#[command(flatten)]
	question: Question,
	/// The account that asks; the account of --key if not given
	#[arg(long, value_parser = account)]
	account: Option<AccountId32>,
	/// At which moment; now if not given
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	at: Option<When>,
}

/// The decision at a moment.
#[derive(Debug, Serialize)]
pub struct Checked {
	#[serde(flatten)]
	decided: Decided,
	at: String,
}

impl Answer for Checked {
	fn text(&self) -> String {
		let mut rows = self.decided.rows();
		rows.push(("at", self.at.clone()));
		rows.push(("note", "nothing was written into the trail".into()));
		fields(&rows)
	}

	fn verdict(&self) -> Verdict {
		self.decided.verdict()
	}
}

impl Verb for Check {
	type Answer = Checked;

	async fn run(self, options: &Options) -> Outcome<Checked> {
		let requester = match self.account {
			Some(account) => account,
			None => options.signer()?.account(),
		};
		let chain = options.chain().await?;
		let block = chain.best().await?;
		let access = self.question.of(requester);
		let now = reads::system::now(&chain, block).await?;
		let at = self.at.map(|at| at.resolve(now));
		let asked = access.clone();
		let decision = match at {
			None => reads::consent::check_access(&chain, asked, block).await?,
			Some(at) => reads::consent::check_access_at(&chain, asked, at, block).await?,
		};
		Ok(Checked {
			decided: Decided::new(&access, &decision),
			at: time::write(at.unwrap_or(now)),
		})
	}
}
