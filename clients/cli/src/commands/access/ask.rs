//! `access ask`.

use crate::{arguments::Question, commands::prelude::*, show::Decided};
use pallet_consent::{Call, Event};

/// Ask, and have the answer written into the trail, permitted or denied
#[derive(Debug, Args)]
pub struct Ask {
	#[command(flatten)]
	question: Question,
}

/// The decision, and the entry that holds it.
#[derive(Debug, Serialize)]
pub struct Answered {
	#[serde(flatten)]
	decided: Decided,
	entry: String,
}

impl Change for Answered {
	fn rows(&self) -> Vec<Row> {
		let mut rows = self.decided.rows();
		rows.push(("entry", self.entry.clone()));
		rows
	}

	fn verdict(&self) -> Verdict {
		self.decided.verdict()
	}
}

impl Verb for Ask {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let signed = options.signed().await?;
		let access = self.question.of(signed.account());
		let call = Call::access {
			patient: access.patient,
			record: access.record,
			purpose: access.purpose,
			action: access.action,
		};
		let included = signed.submit(call).await?;
		let (decision, entry) = found!(included,
			Consent(Event::AccessDecided { decision, entry, .. }) => (*decision, *entry))?;
		let answered = Answered { decided: Decided::new(&access, &decision), entry: hex(entry) };
		Ok(Done::new(&included, answered))
	}
}
