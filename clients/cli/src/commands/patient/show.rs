//! `patient show`: a patient id, with the accounts that act for it.

use crate::{commands::prelude::*, show::Private};
use assent_support::{Condition, Deed};
use pallet_patients::{Patient, PatientStatus, RecoveryPath};

/// Show a patient id
#[derive(Debug, Args)]
pub struct Show {
	/// The id
	#[arg(value_parser = patient)]
	patient: PatientId,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Guardian {
	account: String,
	until: Option<String>,
	named: String,
	proposed_by: OrganisationId,
	confirmed_by: Option<OrganisationId>,
	standing: &'static str,
}

impl Guardian {
	fn new(row: &pallet_patients::Guardian, now: Moment) -> Self {
		Self {
			account: address(&row.account),
			until: moment(row.until),
			named: time::write(row.named),
			proposed_by: row.proposed_by,
			confirmed_by: row.confirmed_by,
			standing: term(row.confirmed_by.is_some(), row.has_lapsed(now)),
		}
	}

	fn text(&self) -> String {
		let until = match &self.until {
			Some(until) => format!("until {until}"),
			None => "until ended".into(),
		};
		format!("{} ({}, {until})", self.account, self.standing)
	}
}

#[derive(Debug, Serialize)]
struct Delegate {
	account: String,
	deeds: Vec<Deed>,
	named: String,
	until: String,
	standing: &'static str,
}

impl Delegate {
	fn new(row: &pallet_patients::Delegate, now: Moment) -> Self {
		Self {
			account: address(&row.account),
			deeds: row.deeds.iter().copied().collect(),
			named: time::write(row.named),
			until: time::write(row.until),
			standing: term(true, row.has_lapsed(now)),
		}
	}

	fn text(&self) -> String {
		let deeds = words_of(&self.deeds);
		format!("{} ({}, until {}): {deeds}", self.account, self.standing, self.until)
	}
}

#[derive(Debug, Serialize)]
struct Recovery {
	account: String,
	path: &'static str,
	guardians: Vec<String>,
	organisation: Option<OrganisationId>,
	lapses: String,
	effective: Option<String>,
	standing: &'static str,
}

impl Recovery {
	fn new(row: &pallet_patients::Recovery, now: Moment) -> Self {
		let (path, guardians, organisation) = match &row.path {
			RecoveryPath::Guardians(supporters) => {
				("guardians", supporters.iter().map(address).collect(), None)
			}
			RecoveryPath::Organisations(other) => ("organisations", Vec::new(), *other),
		};
		Self {
			account: address(&row.controller),
			path,
			guardians,
			organisation,
			lapses: time::write(row.lapses),
			effective: moment(row.effective),
			standing: recovery_standing(row, now),
		}
	}

	fn text(&self) -> String {
		let next = match &self.effective {
			Some(effective) => format!("can be finished from {effective}"),
			None => format!("can be supported until {}", self.lapses),
		};
		format!("to {}: {}, {next}", self.account, self.standing)
	}
}

#[derive(Debug, Serialize)]
struct Reported {
	condition: Condition,
	lapses: String,
}

impl Reported {
	fn text(&self) -> String {
		let word = self.condition.word();
		format!("{word}, can be confirmed until {}", self.lapses)
	}
}

/// A patient id.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
	patient: PatientId,
	account: String,
	account_since: String,
	organisation: OrganisationId,
	policy_version: Option<PolicyVersion>,
	enrolled: String,
	status: &'static str,
	left: Option<String>,
	condition: Condition,
	report: Option<Reported>,
	guardians: Vec<Guardian>,
	delegates: Vec<Delegate>,
	recovery: Option<Recovery>,
	private: Private,
}

impl Shown {
	fn new(
		patient: PatientId,
		row: &Patient,
		private: &assent_policy::Private,
		now: Moment,
	) -> Self {
		let (status, left) = match row.status {
			PatientStatus::Active => ("active", None),
			PatientStatus::Left(at) => ("left", Some(at)),
		};
		Self {
			patient,
			account: address(&row.controller),
			account_since: time::write(row.controller_since),
			organisation: row.enrolled_by,
			policy_version: row.policy,
			enrolled: time::write(row.enrolled),
			status,
			left: moment(left),
			condition: row.condition,
			report: row.report.as_ref().map(|report| Reported {
				condition: report.condition,
				lapses: time::write(report.lapses),
			}),
			guardians: row.guardians.iter().map(|one| Guardian::new(one, now)).collect(),
			delegates: row.delegates.iter().map(|one| Delegate::new(one, now)).collect(),
			recovery: row.recovery.as_ref().map(|one| Recovery::new(one, now)),
			private: Private::from(private),
		}
	}
}

impl Answer for Shown {
	fn text(&self) -> String {
		let guardians: Vec<_> = self.guardians.iter().map(Guardian::text).collect();
		let delegates: Vec<_> = self.delegates.iter().map(Delegate::text).collect();
		let reported = self.report.as_ref().map(Reported::text);
		let recovery = self.recovery.as_ref().map(Recovery::text);
		let [by_patient, by_organisation] = self.private.texts();
		fields(&[
			("patient", self.patient.to_string()),
			("account", self.account.clone()),
			("enrolled by", format!("organisation {}", self.organisation)),
			("enrolled", self.enrolled.clone()),
			("left", or_empty(&self.left)),
			("condition", self.condition.word().into()),
			("reported", or_empty(&reported)),
			("guardians", guardians.join("\n")),
			("delegates", delegates.join("\n")),
			("recovery", or_empty(&recovery)),
			("private, by patient", by_patient),
			("private, by organisation", by_organisation),
		])
	}
}

impl Verb for Show {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let id = self.patient;
		let state = options.state().await?;
		let now = state.now().await?;
		let row = state.patient(id).await?;
		let private = state.private_of(id, &row).await?;
		Ok(Shown::new(id, &row, &private, now))
	}
}

/// The state of a guardian's or a delegate's term.
fn term(confirmed: bool, lapsed: bool) -> &'static str {
	match (confirmed, lapsed) {
		(_, true) => "lapsed",
		(true, false) => "in-office",
		(false, false) => "proposed",
	}
}

/// The state of a recovery: `proposed` while it lacks support, then `running` until its time has
/// come, then `due`.
fn recovery_standing(recovery: &pallet_patients::Recovery, now: Moment) -> &'static str {
	match recovery.effective {
		None if recovery.lapses <= now => "lapsed",
		None => "proposed",
		Some(effective) if now < effective => "running",
		Some(_) => "due",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use pallet_patients::{Deeds, Supporters};
	use serde_json::{json, Value};
	use sp_runtime::AccountId32;

	fn who(byte: u8) -> AccountId32 {
		AccountId32::new([byte; 32])
	}

	fn row() -> Patient {
		let guardian = |byte, until, confirmed_by| pallet_patients::Guardian {
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
		Patient {
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
			delegates: vec![pallet_patients::Delegate {
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
		let shown = Shown::new(PatientId([9; 16]), &row(), &Default::default(), 50);
		let value = serde_json::to_value(&shown).unwrap();
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
		let mut recovery = pallet_patients::Recovery {
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
		let told = |recovery: &pallet_patients::Recovery| {
			serde_json::to_value(Recovery::new(recovery, 150)).unwrap()
		};
		let value = told(&recovery);
		assert_eq!(value["path"], "guardians");
		assert_eq!(value["guardians"], json!([address(&who(2))]));
		recovery.path = RecoveryPath::Organisations(Some(3));
		assert_eq!(told(&recovery)["organisation"], 3);
	}
}
