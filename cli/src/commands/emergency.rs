//! `emergency`: break-glass.

use super::done;
use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		ids::{address, hex, patient},
		time,
	},
	printer::{table, Report},
	show::moment,
	words::{reader, Word},
};
use assent_policy::PatientId;
use assent_runtime::{RuntimeCall, RuntimeEvent};
use assent_support::EmergencyReason;
use clap::Subcommand;
use pallet_emergencies::{EmergencyId, EmergencyRow, MAX_EMERGENCY_MINUTES};
use serde_json::json;

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
	/// End an emergency before its time, as the one who declared it
	End {
		/// Its number
		emergency: EmergencyId,
	},
}

impl Emergency {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Declare { .. } => "emergency declare",
			Self::List { .. } => "emergency list",
			Self::End { .. } => "emergency end",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::List { patient } => list(options, patient).await,
			Self::Declare {
				patient,
				reason,
				minutes,
			} => {
				let signer = options.signer()?;
				let chain = options.chain().await?;
				let call = pallet_emergencies::Call::declare {
					patient,
					reason,
					minutes,
				};
				let included = chain
					.submit(&signer, RuntimeCall::Emergencies(call), options.wait)
					.await?;
				let (emergency, until) = included.find(|event| match event {
					RuntimeEvent::Emergencies(pallet_emergencies::Event::EmergencyDeclared {
						emergency,
						until,
						..
					}) => Some((*emergency, *until)),
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
						("note", "the patient sees this, and it is reviewed".into()),
					],
				))
			}
			Self::End { emergency } => {
				let signer = options.signer()?;
				let chain = options.chain().await?;
				let call = RuntimeCall::Emergencies(pallet_emergencies::Call::end { emergency });
				let included = chain.submit(&signer, call, options.wait).await?;
				Ok(done(
					&included,
					json!({ "emergency": emergency }),
					&[("emergency", format!("{emergency}, ended"))],
				))
			}
		}
	}
}

async fn list(options: &Options, patient: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let mut rows: Vec<(EmergencyId, EmergencyRow)> = Vec::new();
	loop {
		// Pages go by position, not by number.
		let from = u32::try_from(rows.len()).unwrap_or(u32::MAX);
		let arguments = (patient, from, assent_runtime_api::MAX_PAGE);
		let page: Vec<_> = chain
			.call("EmergenciesApi_emergencies_of", arguments, at)
			.await?;
		if page.is_empty() {
			break;
		}
		rows.extend(page);
	}
	let standing = |row: &EmergencyRow| match row {
		EmergencyRow { ended: Some(_), .. } => "ended",
		row if row.is_active(now) => "active",
		_ => "over",
	};
	let data: Vec<_> = rows
		.iter()
		.map(|(number, row)| {
			json!({
				"emergency": number,
				"practitioner": address(&row.practitioner),
				"organisation": row.organisation,
				"reason": row.reason.word(),
				"declared": time::write(row.declared),
				"until": time::write(row.until),
				"ended": moment(row.ended),
				"standing": standing(row),
			})
		})
		.collect();
	let rows: Vec<_> = rows
		.iter()
		.map(|(number, row)| {
			vec![
				number.to_string(),
				standing(row).into(),
				row.reason.word().into(),
				format!(
					"{} (organisation {})",
					address(&row.practitioner),
					row.organisation
				),
				time::write(row.declared),
				time::write(row.until),
			]
		})
		.collect();
	let head = ["no", "standing", "reason", "by", "declared", "until"];
	Ok(Report::new(
		json!({ "patient": hex(patient.0), "emergencies": data }),
		table(&head, &rows, "no emergencies"),
	))
}
