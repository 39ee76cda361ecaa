//! `emergency`: break-glass, from the declaration to the review.

mod justify;
mod list;

use super::done;
use crate::{
	chain::Included,
	context::Options,
	failure::Outcome,
	parse::{
		ids::{account, address, hash, hex, patient},
		time,
	},
	printer::Report,
	words::{reader, Word},
};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use assent_support::{EmergencyReason, Justification, ReviewFinding};
use clap::Subcommand;
use pallet_emergencies::{Call, EmergencyId, Event, MAX_EMERGENCY_MINUTES};
use serde_json::json;
use sp_core::H256;
use sp_runtime::AccountId32;
use std::path::PathBuf;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Emergency {
	/// Declare an emergency for a patient: the patient sees it, and it is reviewed
	Declare {
		/// Who is treated
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// Why the patient can't be asked
		#[arg(long, value_name = "REASON", value_parser = reader::<EmergencyReason>())]
		reason: EmergencyReason,
		/// How long, from 1 to 240 minutes
		#[arg(long, value_name = "MINUTES",
			value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_EMERGENCY_MINUTES)))]
		minutes: u16,
	},
	/// List a patient's emergencies, past ones too
	List {
		/// Whose
		#[arg(value_parser = patient)]
		patient: PatientId,
	},
	/// Show one emergency
	Show {
		/// Its number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
	},
	/// End an emergency before its time, as the one who declared it
	End {
		/// Its number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
	},
	/// Justify an emergency that is over, as the one who declared it
	Justify {
		/// Its number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
		/// What became of it
		#[arg(long, value_name = "CODE", value_parser = reader::<Justification>())]
		outcome: Justification,
		/// The written justification; only a salted commitment to it goes on chain
		#[arg(
			long,
			value_name = "FILE",
			requires = "salt",
			required_unless_present = "commitment"
		)]
		text: Option<PathBuf>,
		/// Where the salt is written: the reviewer needs it beside the text
		#[arg(long, value_name = "FILE", requires = "text")]
		salt: Option<PathBuf>,
		/// A commitment made elsewhere: 32 bytes
		#[arg(long, value_name = "HEX", value_parser = hash, conflicts_with_all = ["text", "salt"])]
		commitment: Option<H256>,
	},
	/// Check a written justification against the commitment on chain, as a reviewer does
	Check {
		/// The emergency's number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
		/// The written justification
		#[arg(long, value_name = "FILE")]
		text: PathBuf,
		/// Its salt
		#[arg(long, value_name = "FILE")]
		salt: PathBuf,
	},
	/// Draw the organisation that reviews a justified emergency
	Draw {
		/// The emergency's number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
	},
	/// List the emergencies that an organisation is to review
	Reviews {
		/// The organisation
		#[arg(value_name = "NUMBER")]
		organisation: OrganisationId,
	},
	/// Review an emergency for which the organisation of --key was drawn
	Review {
		/// The emergency's number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
		/// Whether declaring it was right
		#[arg(long, value_name = "FINDING", value_parser = reader::<ReviewFinding>())]
		finding: ReviewFinding,
	},
	/// Pass on a review for which no finding came in time
	PassOn {
		/// The emergency's number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
	},
	/// Note that an emergency was not justified in time: its declarer's role is suspended
	Suspend {
		/// The emergency's number
		#[arg(value_name = "NUMBER")]
		emergency: EmergencyId,
	},
	/// Show what a practitioner still has to justify, and whether the role is suspended
	Declarer {
		/// The practitioner
		#[arg(value_parser = account)]
		practitioner: AccountId32,
	},
}

impl Emergency {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Declare { .. } => "emergency declare",
			Self::List { .. } => "emergency list",
			Self::Show { .. } => "emergency show",
			Self::End { .. } => "emergency end",
			Self::Justify { .. } => "emergency justify",
			Self::Check { .. } => "emergency check",
			Self::Draw { .. } => "emergency draw",
			Self::Reviews { .. } => "emergency reviews",
			Self::Review { .. } => "emergency review",
			Self::PassOn { .. } => "emergency pass-on",
			Self::Suspend { .. } => "emergency suspend",
			Self::Declarer { .. } => "emergency declarer",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Declare {
				patient,
				reason,
				minutes,
			} => declare(options, patient, reason, minutes).await,
			Self::List { patient } => list::of_patient(options, patient).await,
			Self::Show { emergency } => list::show(options, emergency).await,
			Self::Reviews { organisation } => list::reviews(options, organisation).await,
			Self::Declarer { practitioner } => list::declarer(options, practitioner).await,
			Self::End { emergency } => end(options, emergency).await,
			Self::Justify {
				emergency,
				outcome,
				text,
				salt,
				commitment,
			} => {
				let commitment = justify::commitment(text.as_deref(), salt.as_deref(), commitment)?;
				justify::justify(options, emergency, outcome, commitment).await
			}
			Self::Check {
				emergency,
				text,
				salt,
			} => justify::check(options, emergency, &text, &salt).await,
			Self::Draw { emergency } => draw(options, emergency).await,
			Self::Review { emergency, finding } => review(options, emergency, finding).await,
			Self::PassOn { emergency } => pass_on(options, emergency).await,
			Self::Suspend { emergency } => suspend(options, emergency).await,
		}
	}
}

/// Signs and sends a call.
async fn submit(options: &Options, call: Call<Runtime>) -> Outcome<Included> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	chain
		.submit(&signer, RuntimeCall::Emergencies(call), options.wait)
		.await
}

/// What a call said it did.
fn told<A>(included: &Included, pick: impl Fn(&Event<Runtime>) -> Option<A>) -> Outcome<A> {
	included.find(|event| match event {
		RuntimeEvent::Emergencies(event) => pick(event),
		_ => None,
	})
}

async fn declare(
	options: &Options,
	patient: PatientId,
	reason: EmergencyReason,
	minutes: u16,
) -> Outcome<Report> {
	let call = Call::declare {
		patient,
		reason,
		minutes,
	};
	let included = submit(options, call).await?;
	let (emergency, until) = told(&included, |event| match event {
		Event::EmergencyDeclared {
			emergency, until, ..
		} => Some((*emergency, *until)),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"emergency": emergency,
			"patient": hex(patient.0),
			"reason": reason.word(),
			"until": time::write(until),
		}),
		&[
			("emergency", emergency.to_string()),
			("patient", hex(patient.0)),
			("until", time::write(until)),
			(
				"note",
				"the patient sees this; justify it afterwards, it is reviewed".into(),
			),
		],
	))
}

async fn end(options: &Options, emergency: EmergencyId) -> Outcome<Report> {
	let included = submit(options, Call::end { emergency }).await?;
	Ok(done(
		&included,
		json!({ "emergency": emergency }),
		&[
			("emergency", format!("{emergency}, ended")),
			("next", "justify it".into()),
		],
	))
}

async fn draw(options: &Options, emergency: EmergencyId) -> Outcome<Report> {
	let included = submit(options, Call::draw { emergency }).await?;
	let drawn = told(&included, |event| match event {
		Event::ReviewerDrawn { reviewer, due, .. } => Some(Ok((*reviewer, *due))),
		Event::DrawPutOff { draw_block, .. } => Some(Err(*draw_block)),
		_ => None,
	})?;
	Ok(match drawn {
		Ok((reviewer, due)) => done(
			&included,
			json!({ "emergency": emergency, "reviewer": reviewer, "due": time::write(due) }),
			&[
				("emergency", emergency.to_string()),
				("reviewer", format!("organisation {reviewer}")),
				("due", time::write(due)),
			],
		),
		Err(block) => done(
			&included,
			json!({ "emergency": emergency, "reviewer": null, "drawBlock": block }),
			&[
				("emergency", emergency.to_string()),
				(
					"reviewer",
					format!("none yet: draw again after block {block}"),
				),
			],
		),
	})
}

async fn review(
	options: &Options,
	emergency: EmergencyId,
	finding: ReviewFinding,
) -> Outcome<Report> {
	let included = submit(options, Call::review { emergency, finding }).await?;
	let suspended = told(&included, |event| match event {
		Event::RoleSuspended { practitioner, .. } => Some(address(practitioner)),
		_ => None,
	})
	.ok();
	Ok(done(
		&included,
		json!({
			"emergency": emergency,
			"finding": finding.word(),
			"suspended": suspended,
		}),
		&[
			("emergency", emergency.to_string()),
			("finding", finding.word().into()),
			("role suspended", suspended.clone().unwrap_or_default()),
		],
	))
}

async fn pass_on(options: &Options, emergency: EmergencyId) -> Outcome<Report> {
	let included = submit(options, Call::pass_on { emergency }).await?;
	let (reviewer, cause, block) = told(&included, |event| match event {
		Event::ReviewPassedOn {
			reviewer,
			cause,
			draw_block,
			..
		} => Some((*reviewer, *cause, *draw_block)),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"emergency": emergency,
			"passedBy": reviewer,
			"cause": cause.word(),
			"drawBlock": block,
		}),
		&[
			("emergency", emergency.to_string()),
			(
				"passed on",
				format!("by organisation {reviewer}: {}", cause.word()),
			),
			("next", format!("draw after block {block}")),
		],
	))
}

async fn suspend(options: &Options, emergency: EmergencyId) -> Outcome<Report> {
	let included = submit(options, Call::suspend_unjustified { emergency }).await?;
	let (practitioner, since) = told(&included, |event| match event {
		Event::RoleSuspended {
			practitioner,
			since,
			..
		} => Some((practitioner.clone(), *since)),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"emergency": emergency,
			"practitioner": address(&practitioner),
			"since": time::write(since),
		}),
		&[
			("emergency", emergency.to_string()),
			("role suspended", address(&practitioner)),
			("since", time::write(since)),
		],
	))
}
