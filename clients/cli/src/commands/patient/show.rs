//! `patient show`: a patient id, with whoever acts for it.

use super::{
	private::{private_json, private_text},
	row,
};
use crate::{
	chain::Chain,
	context::Options,
	failure::Outcome,
	parse::{
		ids::{address, hex},
		time,
	},
	printer::{fields, Report},
	show::{account, moment, moment_text},
	words::Word,
};
use assent_policy::{Moment, PatientId, Private};
use assent_runtime::{Hash, Runtime};
use pallet_patients::{
	Circumstances, Delegate, Guardian, Patient as Row, PatientStatus, Recovery, RecoveryPath,
};
use serde_json::{json, Value};

/// How a guardian's or delegate's term stands.
fn term(confirmed: bool, lapsed: bool) -> &'static str {
	match (confirmed, lapsed) {
		(_, true) => "lapsed",
		(true, false) => "in-office",
		(false, false) => "proposed",
	}
}

fn guardian_standing(guardian: &Guardian, now: Moment) -> &'static str {
	term(guardian.confirmed_by.is_some(), guardian.has_lapsed(now))
}

fn delegate_standing(delegate: &Delegate, now: Moment) -> &'static str {
	term(true, delegate.has_lapsed(now))
}

fn left(row: &Row) -> Option<Moment> {
	match row.status {
		PatientStatus::Active => None,
		PatientStatus::Left(at) => Some(at),
	}
}

/// Where a recovery stands: `proposed` while it lacks support, then `running` until its time
/// has come, then `due`.
fn recovery_standing(recovery: &Recovery, now: Moment) -> &'static str {
	match recovery.effective {
		None if recovery.lapses <= now => "lapsed",
		None => "proposed",
		Some(effective) if now < effective => "running",
		Some(_) => "due",
	}
}

fn recovery_json(recovery: &Recovery, now: Moment) -> Value {
	let (path, guardians, other) = match &recovery.path {
		RecoveryPath::Guardians(supporters) => (
			"guardians",
			supporters
				.iter()
				.map(|one| account(Some(one)))
				.collect::<Vec<_>>(),
			None,
		),
		RecoveryPath::Organisations(other) => ("organisations", Vec::new(), *other),
	};
	json!({
		"account": address(&recovery.controller),
		"path": path,
		"guardians": guardians,
		"organisation": other,
		"lapses": time::write(recovery.lapses),
		"effective": moment(recovery.effective),
		"standing": recovery_standing(recovery, now),
	})
}

fn json_of(id: PatientId, row: &Row, private: &Private, now: Moment) -> Value {
	let left = left(row);
	let guardians: Vec<Value> = row
		.guardians
		.iter()
		.map(|guardian| {
			json!({
				"account": address(&guardian.account),
				"until": moment(guardian.until),
				"named": time::write(guardian.named),
				"proposedBy": guardian.proposed_by,
				"confirmedBy": guardian.confirmed_by,
				"standing": guardian_standing(guardian, now),
			})
		})
		.collect();
	let delegates: Vec<Value> = row
		.delegates
		.iter()
		.map(|delegate| {
			json!({
				"account": address(&delegate.account),
				"deeds": delegate.deeds.iter().map(|deed| deed.word()).collect::<Vec<_>>(),
				"named": time::write(delegate.named),
				"until": time::write(delegate.until),
				"standing": delegate_standing(delegate, now),
			})
		})
		.collect();
	json!({
		"patient": hex(id.0),
		"account": address(&row.controller),
		"accountSince": time::write(row.controller_since),
		"organisation": row.enrolled_by,
		"policyVersion": row.policy,
		"enrolled": time::write(row.enrolled),
		"status": if left.is_some() { "left" } else { "active" },
		"left": moment(left),
		"condition": row.condition.word(),
		"report": row.report.as_ref().map(|report| json!({
			"condition": report.condition.word(),
			"lapses": time::write(report.lapses),
		})),
		"guardians": guardians,
		"delegates": delegates,
		"recovery": row.recovery.as_ref().map(|recovery| recovery_json(recovery, now)),
		"private": private_json(private),
	})
}

/// What is private to the patient: the last row of what counted of it says.
async fn private_of(chain: &Chain, id: PatientId, row: &Row, at: Hash) -> Outcome<Private> {
	let Some(last) = row.changes.checked_sub(1) else {
		return Ok(Private::default());
	};
	let key = pallet_patients::History::<Runtime>::hashed_key_for(id, last);
	let noted: Option<Circumstances> = chain.read(&key, at).await?;
	Ok(noted.map(|noted| noted.private).unwrap_or_default())
}

/// Shows a patient id.
pub async fn show(options: &Options, id: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let row = row(&chain, id, at).await?;
	let private = private_of(&chain, id, &row, at).await?;
	let until = |until: Option<Moment>| match until {
		Some(_) => format!("until {}", moment_text(until)),
		None => "until ended".into(),
	};
	let guardians: Vec<String> = row
		.guardians
		.iter()
		.map(|one| {
			format!(
				"{} ({}, {})",
				address(&one.account),
				guardian_standing(one, now),
				until(one.until)
			)
		})
		.collect();
	let delegates: Vec<String> = row
		.delegates
		.iter()
		.map(|one| {
			let deeds: Vec<_> = one.deeds.iter().map(|deed| deed.word()).collect();
			format!(
				"{} ({}, {}): {}",
				address(&one.account),
				delegate_standing(one, now),
				until(Some(one.until)),
				deeds.join(", ")
			)
		})
		.collect();
	let recovery = row.recovery.as_ref().map(|recovery| {
		format!(
			"to {}: {}{}",
			address(&recovery.controller),
			recovery_standing(recovery, now),
			match recovery.effective {
				Some(effective) => format!(", can be finished from {}", time::write(effective)),
				None => format!(", can be supported until {}", time::write(recovery.lapses)),
			}
		)
	});
	let reported = row.report.as_ref().map(|report| {
		format!(
			"{}, can be confirmed until {}",
			report.condition.word(),
			time::write(report.lapses)
		)
	});
	let [by_patient, by_organisation] = private_text(&private);
	Ok(Report::new(
		json_of(id, &row, &private, now),
		fields(&[
			("patient", hex(id.0)),
			("account", address(&row.controller)),
			("enrolled by", format!("organisation {}", row.enrolled_by)),
			("enrolled", time::write(row.enrolled)),
			("left", moment_text(left(&row))),
			("condition", row.condition.word().into()),
			("reported", reported.unwrap_or_default()),
			("guardians", guardians.join("\n")),
			("delegates", delegates.join("\n")),
			("recovery", recovery.unwrap_or_default()),
			("private, by patient", by_patient),
			("private, by organisation", by_organisation),
		]),
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_support::{Condition, Deed};
	use pallet_patients::{Deeds, Supporters};
	use sp_runtime::AccountId32;

	fn who(byte: u8) -> AccountId32 {
		AccountId32::new([byte; 32])
	}

	fn row() -> Row {
		let guardian = |byte, until, confirmed_by| Guardian {
			account: who(byte),
			until,
			named: 10,
			proposed_by: 0,
			confirmed_by,
		};
		let deeds: Deeds = [Deed::Withdraw, Deed::AnswerRequests]
			.into_iter()
			.collect::<std::collections::BTreeSet<_>>()
			.try_into()
			.unwrap();
		Row {
			controller: who(1),
			controller_since: 5,
			enrolled_by: 0,
			policy: None,
			enrolled: 5,
			status: PatientStatus::Active,
			guardians: vec![
				guardian(2, None, Some(1)),
				guardian(3, Some(100), None),
				guardian(4, Some(50), Some(1)),
			]
			.try_into()
			.unwrap(),
			delegates: vec![Delegate {
				account: who(5),
				deeds,
				named: 10,
				until: 60,
			}]
			.try_into()
			.unwrap(),
			condition: Condition::Capable,
			report: None,
			recovery: None,
			changes: 0,
		}
	}

	#[test]
	fn row_should_tell_who_acts_now_and_who_no_longer() {
		let value = json_of(PatientId([9; 16]), &row(), &Private::default(), 50);
		let standings: Vec<_> = value["guardians"]
			.as_array()
			.unwrap()
			.iter()
			.map(|one| one["standing"].as_str().unwrap())
			.collect();
		assert_eq!(standings, ["in-office", "proposed", "lapsed"]);
		let delegate = &value["delegates"][0];
		assert_eq!(delegate["standing"], "in-office");
		assert_eq!(delegate["deeds"], json!(["answer-requests", "withdraw"]));
		assert_eq!(value["recovery"], Value::Null);
		assert_eq!(value["condition"], "capable");
	}

	#[test]
	fn recovery_should_tell_where_it_stands() {
		let mut recovery = Recovery {
			controller: who(7),
			path: RecoveryPath::Guardians(Supporters::try_from(vec![who(2)]).unwrap()),
			lapses: 100,
			effective: None,
		};
		assert_eq!(recovery_standing(&recovery, 99), "proposed");
		assert_eq!(recovery_standing(&recovery, 100), "lapsed");
		recovery.effective = Some(200);
		assert_eq!(recovery_standing(&recovery, 199), "running");
		assert_eq!(recovery_standing(&recovery, 200), "due");
		let value = recovery_json(&recovery, 150);
		assert_eq!(value["path"], "guardians");
		assert_eq!(value["guardians"], json!([address(&who(2))]));
		recovery.path = RecoveryPath::Organisations(Some(3));
		assert_eq!(recovery_json(&recovery, 150)["organisation"], 3);
	}
}
