//! Emergencies.

use crate::{
	parse::{
		ids::{address, hex},
		time,
	},
	printer::table,
	show::{moment, or_empty},
};
use assent_policy::{Moment, OrganisationId, PatientId, Word};
use assent_runtime::BlockNumber;
use assent_support::{EmergencyReason, Justification};
use pallet_emergencies::{EmergencyId, EmergencyRow, EmergencyState, Stage};
use serde::Serialize;

/// A justification that was given.
#[derive(Debug, Serialize)]
pub struct Justified {
	outcome: Justification,
	commitment: String,
	at: String,
}

/// An emergency, and its state now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Emergency {
	/// The number.
	pub emergency: EmergencyId,
	/// The patient.
	pub patient: PatientId,
	practitioner: String,
	organisation: OrganisationId,
	/// The reason of the declaration.
	pub reason: EmergencyReason,
	/// The moment of declaration.
	pub declared: String,
	until: String,
	ended: Option<String>,
	/// The state.
	pub standing: EmergencyState,
	/// The next deadline.
	pub due: Option<String>,
	justified: Option<Justified>,
	/// The block whose hash draws the reviewer, while none is drawn.
	pub draw_block: Option<BlockNumber>,
	/// The reviewing organisation.
	pub reviewer: Option<OrganisationId>,
	/// The end.
	#[serde(skip)]
	pub over: String,
}

impl Emergency {
	/// The emergency with this number, in this state.
	pub fn new(emergency: EmergencyId, row: &EmergencyRow, state: EmergencyState) -> Self {
		let (due, draw_block, reviewer) = next_step(row);
		Self {
			emergency,
			patient: row.patient,
			practitioner: address(&row.practitioner),
			organisation: row.organisation,
			reason: row.reason,
			declared: time::write(row.declared),
			until: time::write(row.until),
			ended: moment(row.ended),
			standing: state,
			due: moment(due),
			justified: row.justified.as_ref().map(|justified| Justified {
				outcome: justified.justification,
				commitment: hex(justified.commitment),
				at: time::write(justified.at),
			}),
			draw_block,
			reviewer,
			over: time::write(row.over()),
		}
	}

	/// The declarer for people.
	pub fn by(&self) -> String {
		format!("{} (organisation {})", self.practitioner, self.organisation)
	}

	/// The justification for people.
	pub fn justified_text(&self) -> Option<String> {
		self.justified.as_ref().map(|justified| {
			format!("{}: {}, {}", justified.at, justified.outcome.word(), justified.commitment)
		})
	}

	fn row(&self) -> [String; 8] {
		[
			self.emergency.to_string(),
			self.standing.word().into(),
			self.reason.word().into(),
			self.by(),
			self.declared.clone(),
			self.over.clone(),
			or_empty(&self.due),
			or_empty(&self.reviewer),
		]
	}
}

/// A list of emergencies.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct EmergencyTable(Vec<Emergency>);

impl EmergencyTable {
	/// The emergencies in these rows, as they are now.
	pub fn new(rows: &[(EmergencyId, EmergencyRow)], now: Moment) -> Self {
		Self(
			rows.iter().map(|(number, row)| Emergency::new(*number, row, row.state(now))).collect(),
		)
	}

	/// A table; `nothing` if there are none.
	pub fn text(&self, nothing: &str) -> String {
		let head = ["no", "standing", "reason", "by", "declared", "over", "due", "reviewer"];
		table(head, self.0.iter().map(Emergency::row), nothing)
	}
}

/// The next deadline, the block whose hash draws the reviewer, and the reviewer.
fn next_step(row: &EmergencyRow) -> (Option<Moment>, Option<BlockNumber>, Option<OrganisationId>) {
	match row.stage {
		Stage::Declared => (Some(row.justify_by), None, None),
		Stage::AwaitingDraw { block, .. } => (None, Some(block), None),
		Stage::UnderReview { reviewer, due, .. } => (Some(due), None, Some(reviewer)),
		Stage::Reviewed { reviewer, .. } => (None, None, Some(reviewer)),
		Stage::Unjustified => (None, None, None),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_support::ReviewFinding;
	use sp_core::H256;
	use sp_runtime::AccountId32;

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
		assert_eq!(next_step(&owed), (Some(90_000), None, None));
		let reviewed = row(Stage::UnderReview { reviewer: 4, due: 99_000 });
		assert_eq!(next_step(&reviewed), (Some(99_000), None, Some(4)));
		let settled =
			row(Stage::Reviewed { reviewer: 4, finding: ReviewFinding::Adverse, at: 99_000 });
		assert_eq!(next_step(&settled), (None, None, Some(4)));
	}

	#[test]
	fn row_should_tell_its_justification_and_the_block_that_draws() {
		let mut justified = row(Stage::AwaitingDraw { block: 77, passed_by: None });
		justified.justified = Some(pallet_emergencies::Justified {
			justification: Justification::NotNeeded,
			commitment: H256::repeat_byte(9),
			at: 40_000,
		});
		let shown = Emergency::new(5, &justified, justified.state(50_000));
		let value = serde_json::to_value(&shown).unwrap();
		assert_eq!(value["standing"], "awaiting-draw");
		assert_eq!(value["drawBlock"], 77);
		assert_eq!(value["justified"]["outcome"], "not-needed");
		assert_eq!(value["justified"]["commitment"], hex([9; 32]));
		assert!(value.get("over").is_none(), "only for people");
	}
}
