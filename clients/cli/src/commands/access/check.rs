//! `access check`.

use crate::{arguments::Question, commands::prelude::*, show::Decided};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let requester = match self.account {
			Some(account) => account,
			None => options.signer()?.account(),
		};
		let state = options.state().await?;
		let access = self.question.of(requester);
		let now = state.now().await?;
		let at = self.at.map(|at| at.resolve(now));
		let asked = access.clone();
		let decision = match at {
			None => state.check_access(asked).await?,
			Some(at) => state.check_access_at(asked, at).await?,
		};
		Ok(Checked {
			decided: Decided::new(&access, &decision),
			at: time::write(at.unwrap_or(now)),
		})
	}
}
