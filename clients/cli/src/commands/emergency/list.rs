//! `emergency list`, `show`, `reviews`, `declarer`: what the chain tells.

use crate::{
	commands::not_found,
	context::Options,
	failure::Outcome,
	parse::{
		ids::{address, hex},
		time,
	},
	printer::{fields, table, Report},
	show::{moment, moment_text},
	words::Word,
};
use assent_policy::{Moment, OrganisationId, PatientId};
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, ReviewCount, Stage};
use serde_json::{json, Value};
use sp_runtime::AccountId32;

type Numbered = (EmergencyId, EmergencyRow);

/// Who reviews it, or did.
fn reviewer(row: &EmergencyRow) -> Option<OrganisationId> {
	match row.stage {
		Stage::UnderReview { reviewer, .. } | Stage::Reviewed { reviewer, .. } => Some(reviewer),
		Stage::Declared | Stage::AwaitingDraw { .. } | Stage::Unjustified => None,
	}
}

/// The next deadline.
fn due(row: &EmergencyRow) -> Option<Moment> {
	match row.stage {
		Stage::Declared => Some(row.justify_by),
		Stage::UnderReview { due, .. } => Some(due),
		Stage::AwaitingDraw { .. } | Stage::Reviewed { .. } | Stage::Unjustified => None,
	}
}

/// The block whose hash draws the reviewer, while none is drawn.
fn draw_block(row: &EmergencyRow) -> Option<u32> {
	match row.stage {
		Stage::AwaitingDraw { block, .. } => Some(block),
		_ => None,
	}
}

fn json_of(number: EmergencyId, row: &EmergencyRow, standing: EmergencyState) -> Value {
	json!({
		"emergency": number,
		"patient": hex(row.patient.0),
		"practitioner": address(&row.practitioner),
		"organisation": row.organisation,
		"reason": row.reason.word(),
		"declared": time::write(row.declared),
		"until": time::write(row.until),
		"ended": moment(row.ended),
		"standing": standing.word(),
		"due": moment(due(row)),
		"justified": row.justified.map(|justified| json!({
			"outcome": justified.justification.word(),
			"commitment": hex(justified.commitment),
			"at": time::write(justified.at),
		})),
		"drawBlock": draw_block(row),
		"reviewer": reviewer(row),
	})
}

fn line(number: EmergencyId, row: &EmergencyRow, now: Moment) -> Vec<String> {
	vec![
		number.to_string(),
		row.standing(now).word().into(),
		row.reason.word().into(),
		format!(
			"{} (organisation {})",
			address(&row.practitioner),
			row.organisation
		),
		time::write(row.declared),
		time::write(row.over()),
		moment_text(due(row)),
		reviewer(row).map(|id| id.to_string()).unwrap_or_default(),
	]
}

const HEAD: [&str; 8] = [
	"no", "standing", "reason", "by", "declared", "over", "due", "reviewer",
];

fn listed(what: Value, rows: &[Numbered], now: Moment, nothing: &str) -> Report {
	let data: Vec<_> = rows
		.iter()
		.map(|(number, row)| json_of(*number, row, row.standing(now)))
		.collect();
	let lines: Vec<_> = rows
		.iter()
		.map(|(number, row)| line(*number, row, now))
		.collect();
	let mut report = what;
	if let Value::Object(fields) = &mut report {
		fields.insert("emergencies".into(), data.into());
	}
	Report::new(report, table(&HEAD, &lines, nothing))
}

/// A patient's emergencies.
pub async fn of_patient(options: &Options, patient: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let mut rows: Vec<Numbered> = Vec::new();
	loop {
		// Pages go by position, not by number.
		let from = u32::try_from(rows.len()).unwrap_or(u32::MAX);
		let arguments = (patient, from, assent_runtime_api::MAX_PAGE);
		let page: Vec<Numbered> = chain
			.call("EmergenciesApi_emergencies_of", arguments, at)
			.await?;
		if page.is_empty() {
			break;
		}
		rows.extend(page);
	}
	let what = json!({ "patient": hex(patient.0) });
	Ok(listed(what, &rows, now, "no emergencies"))
}

/// One emergency.
pub async fn show(options: &Options, emergency: EmergencyId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let found: Option<(EmergencyRow, EmergencyState)> = chain
		.call("EmergenciesApi_emergency", emergency, chain.best().await?)
		.await?;
	let (row, standing) = found.ok_or_else(|| not_found(format!("emergency {emergency}")))?;
	let text = fields(&[
		("emergency", emergency.to_string()),
		("standing", standing.word().into()),
		("patient", hex(row.patient.0)),
		(
			"declared by",
			format!(
				"{} (organisation {})",
				address(&row.practitioner),
				row.organisation
			),
		),
		("reason", row.reason.word().into()),
		("declared", time::write(row.declared)),
		("over", time::write(row.over())),
		("due", moment_text(due(&row))),
		(
			"justified",
			row.justified
				.map(|justified| {
					format!(
						"{}: {}, {}",
						time::write(justified.at),
						justified.justification.word(),
						hex(justified.commitment)
					)
				})
				.unwrap_or_default(),
		),
		(
			"draw after block",
			draw_block(&row)
				.map(|block| block.to_string())
				.unwrap_or_default(),
		),
		(
			"reviewer",
			reviewer(&row)
				.map(|id| format!("organisation {id}"))
				.unwrap_or_default(),
		),
	]);
	Ok(Report::new(json_of(emergency, &row, standing), text))
}

/// What an organisation is to review, and how it has reviewed.
pub async fn reviews(options: &Options, organisation: OrganisationId) -> Outcome<Report> {
	let chain = &options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let count: ReviewCount = chain
		.call("EmergenciesApi_review_count", organisation, at)
		.await?;
	let mut rows: Vec<Numbered> = chain
		.pages(|last: Option<&Numbered>| {
			let after = last.map(|(number, _)| *number);
			let arguments = (organisation, after, assent_runtime_api::MAX_PAGE);
			async move { chain.call("EmergenciesApi_reviews_of", arguments, at).await }
		})
		.await?;
	rows.sort_unstable_by_key(|(number, _)| *number);
	let what = json!({
		"organisation": organisation,
		"drawn": count.drawn,
		"given": count.given,
		"missed": count.missed,
	});
	Ok(listed(what, &rows, now, "nothing to review"))
}

/// Where a practitioner stands.
pub async fn declarer(options: &Options, practitioner: AccountId32) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let declarer: Declarer = chain
		.call("EmergenciesApi_declarer", practitioner.clone(), at)
		.await?;
	let overdue = declarer.open.iter().any(|one| one.justify_by <= now);
	let suspended = match declarer.suspension {
		Some(suspension) => format!(
			"since {}, emergency {}: {}",
			time::write(suspension.since),
			suspension.emergency,
			suspension.cause.word()
		),
		None if overdue => "yes: a justification is overdue".into(),
		None => "no".into(),
	};
	let owed: Vec<_> = declarer
		.open
		.iter()
		.map(|one| {
			json!({
				"emergency": one.emergency,
				"patient": hex(one.patient.0),
				"over": time::write(one.over),
				"justifyBy": time::write(one.justify_by),
			})
		})
		.collect();
	let lines: Vec<_> = declarer
		.open
		.iter()
		.map(|one| format!("{} until {}", one.emergency, time::write(one.justify_by)))
		.collect();
	Ok(Report::new(
		json!({
			"practitioner": address(&practitioner),
			"suspended": declarer.suspension.is_some() || overdue,
			"suspension": declarer.suspension.map(|suspension| json!({
				"since": time::write(suspension.since),
				"emergency": suspension.emergency,
				"cause": suspension.cause.word(),
			})),
			"toJustify": owed,
			"today": declarer.today,
		}),
		fields(&[
			("practitioner", address(&practitioner)),
			("role suspended", suspended),
			("to justify", lines.join("\n")),
			("declared today", declarer.today.to_string()),
		]),
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_support::{EmergencyReason, Justification, ReviewFinding};
	use pallet_emergencies::Justified;
	use sp_core::H256;

	fn row(stage: Stage) -> EmergencyRow {
		EmergencyRow {
			patient: PatientId([1; 16]),
			practitioner: AccountId32::new([2; 32]),
			organisation: 3,
			reason: EmergencyReason::SeriousHarm,
			declared: 1_000,
			until: 61_000,
			ended: Some(31_000),
			justify_by: 90_000,
			justified: None,
			stage,
		}
	}

	#[test]
	fn row_should_tell_who_owes_what_until_when() {
		let owed = row(Stage::Declared);
		assert_eq!((due(&owed), reviewer(&owed)), (Some(90_000), None));
		let reviewed = row(Stage::UnderReview {
			reviewer: 4,
			due: 99_000,
		});
		assert_eq!(
			(due(&reviewed), reviewer(&reviewed)),
			(Some(99_000), Some(4))
		);
		let settled = row(Stage::Reviewed {
			reviewer: 4,
			finding: ReviewFinding::Adverse,
			at: 99_000,
		});
		assert_eq!((due(&settled), reviewer(&settled)), (None, Some(4)));
	}

	#[test]
	fn row_should_tell_its_justification_and_the_block_that_draws() {
		let mut justified = row(Stage::AwaitingDraw {
			block: 77,
			passed_by: None,
		});
		justified.justified = Some(Justified {
			justification: Justification::NotNeeded,
			commitment: H256::repeat_byte(9),
			at: 40_000,
		});
		let value = json_of(5, &justified, justified.standing(50_000));
		assert_eq!(value["standing"], "awaiting-draw");
		assert_eq!(value["drawBlock"], 77);
		assert_eq!(value["justified"]["outcome"], "not-needed");
		assert_eq!(value["justified"]["commitment"], hex([9; 32]));
		assert_eq!(line(5, &justified, 50_000).len(), HEAD.len());
	}
}
