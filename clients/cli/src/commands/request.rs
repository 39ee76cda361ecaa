//! `request`: practitioners ask, patients answer.

use super::{
	directive::policy_of,
	done,
	grant::{made, now, Resolved, Terms},
};
use crate::{
	context::Options,
	failure::Outcome,
	parse::{
		ids::{address, hex, patient},
		time,
	},
	printer::{table, Report},
};
use assent_policy::{Moment, PatientId, PolicyVersion};
use assent_runtime::{RuntimeCall, RuntimeEvent};
use clap::Subcommand;
use pallet_consent::{RequestId, RequestRow, RequestState};
use serde_json::{json, Value};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Request {
	/// Ask a patient to let you, colleagues or your organisation in
	Make {
		/// Who is asked
		#[arg(value_parser = patient)]
		patient: PatientId,
		#[command(flatten)]
		terms: Terms,
		/// The version of the enrolling organisation's base policy to build on
		#[arg(long, value_name = "VERSION")]
		built_on: Option<PolicyVersion>,
	},
	/// Approve a request, as the patient
	Approve {
		/// Who was asked
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The request's number in the patient's list
		request: RequestId,
	},
	/// Refuse a request, as the patient
	Refuse {
		/// Who was asked
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The request's number in the patient's list
		request: RequestId,
	},
	/// List the requests that wait for the patient's answer
	List {
		/// Who was asked
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// Answered and lapsed ones too
		#[arg(long)]
		all: bool,
	},
}

impl Request {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Make { .. } => "request make",
			Self::Approve { .. } => "request approve",
			Self::Refuse { .. } => "request refuse",
			Self::List { .. } => "request list",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Make {
				patient,
				terms,
				built_on,
			} => make(options, patient, terms, built_on).await,
			Self::Approve { patient, request } => approve(options, patient, request).await,
			Self::Refuse { patient, request } => refuse(options, patient, request).await,
			Self::List { patient, all } => list(options, patient, all).await,
		}
	}
}

async fn make(
	options: &Options,
	patient: PatientId,
	terms: Terms,
	built_on: Option<PolicyVersion>,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let terms = terms.resolve(now(&chain).await?)?;
	let policy = policy_of(&chain, patient, built_on).await?;
	let call = RuntimeCall::Consent(pallet_consent::Call::request {
		patient,
		actors: terms.actors.clone(),
		purposes: terms.purposes.clone(),
		classes: terms.classes.clone(),
		until: terms.until,
		policy,
	});
	let included = chain.submit(&signer, call, options.wait).await?;
	let (request, expires) = included.find(|event| match event {
		RuntimeEvent::Consent(pallet_consent::Event::AccessRequested {
			request, expires, ..
		}) => Some((*request, *expires)),
		_ => None,
	})?;
	let mut data = terms.json();
	data["patient"] = hex(patient.0).into();
	data["request"] = request.into();
	data["expires"] = time::write(expires).into();
	let mut rows = vec![
		("patient", hex(patient.0)),
		("request", request.to_string()),
		("answer by", time::write(expires)),
	];
	rows.extend(terms.rows());
	Ok(done(&included, data, &rows))
}

async fn approve(options: &Options, patient: PatientId, request: RequestId) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let call = RuntimeCall::Consent(pallet_consent::Call::approve_request { patient, request });
	let included = chain.submit(&signer, call, options.wait).await?;
	let directive = made(&included)?;
	Ok(done(
		&included,
		json!({ "patient": hex(patient.0), "request": request, "directive": directive }),
		&[
			("patient", hex(patient.0)),
			("request", format!("{request}, approved")),
			("directive", directive.to_string()),
		],
	))
}

async fn refuse(options: &Options, patient: PatientId, request: RequestId) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let call = RuntimeCall::Consent(pallet_consent::Call::refuse_request { patient, request });
	let included = chain.submit(&signer, call, options.wait).await?;
	Ok(done(
		&included,
		json!({ "patient": hex(patient.0), "request": request }),
		&[
			("patient", hex(patient.0)),
			("request", format!("{request}, refused")),
		],
	))
}

fn terms_of(row: &RequestRow) -> Resolved {
	let terms = row.terms.clone();
	Resolved {
		actors: terms.actors,
		purposes: terms.purposes,
		classes: terms.classes,
		until: terms.until,
	}
}

fn state(row: &RequestRow, now: Moment) -> &'static str {
	match row.state {
		RequestState::Open if row.expires <= now => "lapsed",
		RequestState::Open => "open",
		RequestState::Approved(_) => "approved",
		RequestState::Refused => "refused",
	}
}

fn json_of(number: RequestId, row: &RequestRow, now: Moment) -> Value {
	let mut data = terms_of(row).json();
	data["request"] = number.into();
	data["by"] = address(&row.by).into();
	data["organisation"] = row.organisation.into();
	data["made"] = time::write(row.made).into();
	data["expires"] = time::write(row.expires).into();
	data["state"] = state(row, now).into();
	data["builtOn"] = row.policy.map(|policy| policy.version).into();
	data
}

async fn list(options: &Options, patient: PatientId, all: bool) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let mut rows = chain
		.pages(|last: Option<&(RequestId, RequestRow)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			let arguments = (patient, from, assent_runtime_api::MAX_PAGE);
			chain.call("ConsentApi_requests_of", arguments, at)
		})
		.await?;
	rows.retain(|(_, row)| all || state(row, now) == "open");
	let data: Vec<_> = rows
		.iter()
		.map(|(number, row)| json_of(*number, row, now))
		.collect();
	let rows: Vec<_> = rows
		.iter()
		.map(|(number, row)| {
			let terms = terms_of(row).rows();
			let terms: Vec<_> = terms
				.iter()
				.map(|(name, value)| format!("{name} {value}"))
				.collect();
			vec![
				number.to_string(),
				state(row, now).into(),
				format!("{} (organisation {})", address(&row.by), row.organisation),
				terms.join("; "),
			]
		})
		.collect();
	Ok(Report::new(
		json!({ "patient": hex(patient.0), "requests": data }),
		table(
			&["no", "state", "by", "terms"],
			&rows,
			"no requests wait for an answer",
		),
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use pallet_consent::Terms as Asked;
	use sp_runtime::AccountId32;

	#[test]
	fn state_should_follow_the_requests_life() {
		let row = RequestRow {
			by: AccountId32::new([1; 32]),
			organisation: 1,
			terms: Asked {
				actors: Default::default(),
				purposes: Default::default(),
				classes: Default::default(),
				until: None,
			},
			policy: None,
			made: 1,
			expires: 20,
			state: RequestState::Open,
		};
		assert_eq!(state(&row, 19), "open");
		assert_eq!(state(&row, 20), "lapsed");
		let row = RequestRow {
			state: RequestState::Approved(3),
			..row
		};
		assert_eq!(state(&row, 20), "approved");
		assert_eq!(json_of(7, &row, 20)["state"], "approved");
		let row = RequestRow {
			state: RequestState::Refused,
			..row
		};
		assert_eq!(state(&row, 20), "refused");
	}
}
