//! `access ask`.

use crate::{
	answer::{Change, Done, Row, Verb},
	arguments::Question,
	options::Options,
	parse::ids::hex,
	printer::Verdict,
	show::Decided,
};
use assent_client::Outcome;
use assent_runtime::RuntimeEvent;
use clap::Args;
use pallet_consent::{Call, Event};
use serde::Serialize;

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
	type Answer = Done<Answered>;

	async fn run(self, options: &Options) -> Outcome<Done<Answered>> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let access = self.question.of(signer.account());
		let call = Call::access {
			patient: access.patient,
			record: access.record,
			purpose: access.purpose,
			action: access.action,
		};
		let included = options.submit(&chain, &signer, call).await?;
		let (decision, entry) = included.find(|event| match event {
			RuntimeEvent::Consent(Event::AccessDecided { decision, entry, .. }) => {
				Some((*decision, *entry))
			}
			_ => None,
		})?;
		let answered = Answered { decided: Decided::new(&access, &decision), entry: hex(entry) };
		Ok(Done::new(&included, answered))
	}
}
