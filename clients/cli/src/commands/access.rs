//! `access`: asking to do something with a record. A denial is an answer, not an error: it is
//! printed as data, and the exit code is 1.

use super::done;
use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		actors::purpose,
		ids::{account, address, hex, patient, record},
		time::{self, When},
	},
	printer::{fields, Report, Verdict},
	show::{basis, basis_text},
	words::{reader, Word},
};
use assent_policy::{Action, Decision, Effect, PatientId, Purpose, RecordId};
use assent_runtime::{RuntimeCall, RuntimeEvent};
use clap::{Args, Subcommand};
use serde_json::{json, Value};
use sp_runtime::AccountId32;

/// What is asked.
#[derive(Clone, Debug, Args)]
pub struct Question {
	/// Whose record
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// Which record
	#[arg(value_parser = record)]
	record: RecordId,
	/// For what, for instance treatment
	#[arg(long, value_name = "PURPOSE", value_parser = purpose)]
	purpose: Purpose,
	/// Doing what
	#[arg(long, value_name = "ACTION", value_parser = reader::<Action>(), default_value = "access")]
	action: Action,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Access {
	/// Ask, and have the answer written into the trail, permitted or denied
	Ask {
		#[command(flatten)]
		question: Question,
	},
	/// See what the answer would be, or would have been; nothing is written
	Check {
		#[command(flatten)]
		question: Question,
		/// Whose access; that of --key if not given
		#[arg(long, value_parser = account)]
		account: Option<AccountId32>,
		/// At which moment; now if not given
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		at: Option<When>,
	},
}

impl Access {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Ask { .. } => "access ask",
			Self::Check { .. } => "access check",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Ask { question } => ask(options, question).await,
			Self::Check {
				question,
				account,
				at,
			} => check(options, question, account, at).await,
		}
	}
}

fn json_of(question: &Question, requester: &AccountId32, decision: &Decision) -> Value {
	json!({
		"patient": hex(question.patient.0),
		"record": hex(question.record.0),
		"requester": address(requester),
		"purpose": question.purpose.to_string(),
		"action": question.action.word(),
		"decision": decision.effect.word(),
		"basis": basis(&decision.basis),
	})
}

fn verdict(decision: &Decision) -> Verdict {
	match decision.effect {
		Effect::Permit => Verdict::Done,
		Effect::Deny => Verdict::No,
	}
}

async fn ask(options: &Options, question: Question) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let Question {
		patient,
		record,
		purpose,
		action,
	} = question.clone();
	let call = pallet_consent::Call::access {
		patient,
		record,
		purpose,
		action,
	};
	let included = chain
		.submit(&signer, RuntimeCall::Consent(call), options.wait)
		.await?;
	let (decision, entry) = included.find(|event| match event {
		RuntimeEvent::Consent(pallet_consent::Event::AccessDecided {
			decision, entry, ..
		}) => Some((*decision, *entry)),
		_ => None,
	})?;
	let mut data = json_of(&question, &signer.account(), &decision);
	data["entry"] = hex(entry).into();
	let report = done(
		&included,
		data,
		&[
			("decision", decision.effect.word().into()),
			("because", basis_text(&decision.basis)),
			("entry", hex(entry)),
		],
	);
	Ok(Report {
		verdict: verdict(&decision),
		..report
	})
}

async fn check(
	options: &Options,
	question: Question,
	account: Option<AccountId32>,
	at: Option<When>,
) -> Outcome<Report> {
	let requester = match account {
		Some(account) => account,
		None => options.signer()?.account(),
	};
	let chain = options.chain().await?;
	let block = chain.best().await?;
	let Question {
		patient,
		record,
		purpose,
		action,
	} = question.clone();
	let asked = (requester.clone(), patient, record, purpose, action);
	let now = chain.now(block).await?;
	let at = at.map(|at| at.resolve(now));
	let decision: Decision = match at {
		None => chain.call("ConsentApi_check_access", asked, block).await?,
		Some(at) => {
			let (requester, patient, record, purpose, action) = asked;
			let asked = (requester, patient, record, purpose, action, at);
			chain
				.call("ConsentApi_check_access_at", asked, block)
				.await?
		}
	};
	let mut data = json_of(&question, &requester, &decision);
	data["at"] = time::write(at.unwrap_or(now)).into();
	let text = fields(&[
		("decision", decision.effect.word().into()),
		("because", basis_text(&decision.basis)),
		("at", time::write(at.unwrap_or(now))),
		("note", "nothing was written into the trail".into()),
	]);
	Ok(Report {
		data,
		text,
		verdict: verdict(&decision),
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::Basis;

	#[test]
	fn denial_should_be_data_with_the_verdict_no() {
		let question = Question {
			patient: PatientId([1; 16]),
			record: RecordId([2; 16]),
			purpose: Purpose::Treatment,
			action: Action::Access,
		};
		let denied = Decision {
			effect: Effect::Deny,
			basis: Basis::NoRule,
		};
		assert_eq!(verdict(&denied), Verdict::No);
		let data = json_of(&question, &AccountId32::new([3; 32]), &denied);
		assert_eq!(data["decision"], "deny");
		assert_eq!(data["basis"]["kind"], "no-rule");
		assert_eq!(data["purpose"], "treatment");
		let permitted = Decision {
			effect: Effect::Permit,
			basis: Basis::OwnAccess,
		};
		assert_eq!(verdict(&permitted), Verdict::Done);
	}
}
