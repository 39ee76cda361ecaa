//! `policy`: versions of base policies, what patients accept of them, and campaigns that ask.

use super::{done, not_found, organisation::acting_for};
use crate::{
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		directive,
		ids::{address, hex, patient},
		time::{self, When},
	},
	printer::{fields, table, Report},
	show::{moment, moment_text},
};
use assent_policy::{DirectiveId, OrganisationId, PatientId, PolicyVersion};
use assent_runtime::{RuntimeCall, RuntimeEvent};
use assent_support::PolicyRef;
use clap::Subcommand;
use pallet_acceptances::{
	Acceptance, AcceptanceStatus, Answer, Call, Campaign as Row, CampaignId, Event, Invitation,
	MAX_ASKED,
};
use pallet_consortium::{BasePolicy, MAX_POLICY_PAGE};
use serde_json::{json, Value};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Policy {
	/// List the versions of an organisation's base policy
	List {
		/// Its number
		#[arg(value_name = "NUMBER")]
		organisation: OrganisationId,
	},
	/// Show which version a patient accepted, and what the patient is asked
	Status {
		/// The patient
		#[arg(value_parser = patient)]
		patient: PatientId,
	},
	/// Accept a version, as the patient; an older one to go back to it
	Accept {
		/// Whose documents
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// Its number
		version: PolicyVersion,
	},
	/// Refuse a version that the patient was asked about: nothing changes
	Refuse {
		/// Who was asked
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// Its number
		version: PolicyVersion,
	},
	/// List the directives in force that are built on a version
	BuiltOn {
		/// The organisation's number
		#[arg(value_name = "NUMBER")]
		organisation: OrganisationId,
		/// The version
		version: PolicyVersion,
	},
	/// Ask patients to accept the newest version
	#[command(subcommand)]
	Campaign(Campaign),
}

/// The verbs on campaigns.
#[derive(Debug, Subcommand)]
pub enum Campaign {
	/// Begin to ask the patients of the organisation of --key
	Open {
		/// The oldest version whose patients are asked; also those who accepted none if not given
		#[arg(long, value_name = "VERSION")]
		from: Option<PolicyVersion>,
		/// When it is over: 2026-12-31T00:00:00Z, or +30d from now
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		until: When,
	},
	/// Ask patients in the open campaign; as many transactions as needed, 32 patients in each
	Ask {
		/// Whom
		#[arg(required = true, value_parser = patient)]
		patients: Vec<PatientId>,
	},
	/// Stop asking before the time
	End,
	/// Show an organisation's last campaign: who was asked and what they answered
	Show {
		/// The organisation's number
		#[arg(value_name = "NUMBER")]
		organisation: OrganisationId,
	},
}

impl Policy {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::List { .. } => "policy list",
			Self::Status { .. } => "policy status",
			Self::Accept { .. } => "policy accept",
			Self::Refuse { .. } => "policy refuse",
			Self::BuiltOn { .. } => "policy built-on",
			Self::Campaign(Campaign::Open { .. }) => "policy campaign open",
			Self::Campaign(Campaign::Ask { .. }) => "policy campaign ask",
			Self::Campaign(Campaign::End) => "policy campaign end",
			Self::Campaign(Campaign::Show { .. }) => "policy campaign show",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::List { organisation } => list(options, organisation).await,
			Self::Status { patient } => status(options, patient).await,
			Self::Accept { patient, version } => {
				let call = Call::accept { patient, version };
				answer(options, patient, version, call, "accepted").await
			}
			Self::Refuse { patient, version } => {
				let call = Call::refuse { patient, version };
				answer(options, patient, version, call, "refused").await
			}
			Self::BuiltOn {
				organisation,
				version,
			} => {
				let policy = PolicyRef {
					organisation,
					version,
				};
				built_on(options, policy).await
			}
			Self::Campaign(Campaign::Open { from, until }) => open(options, from, until).await,
			Self::Campaign(Campaign::Ask { patients }) => ask(options, patients).await,
			Self::Campaign(Campaign::End) => end(options).await,
			Self::Campaign(Campaign::Show { organisation }) => show(options, organisation).await,
		}
	}
}

async fn list(options: &Options, organisation: OrganisationId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let mut versions: Vec<BasePolicy> = Vec::new();
	loop {
		let from = versions
			.last()
			.map_or(1, |last| last.version.saturating_add(1));
		let page: Vec<BasePolicy> = chain
			.call(
				"ConsortiumApi_policies_of",
				(organisation, from, MAX_POLICY_PAGE),
				at,
			)
			.await?;
		if page.is_empty() {
			break;
		}
		versions.extend(page);
	}
	let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
	let data: Vec<Value> = versions
		.iter()
		.map(|policy| {
			json!({
				"version": policy.version,
				"uri": text(&policy.uri),
				"hash": hex(policy.hash),
				"registered": time::write(policy.registered),
				"rules": directive::write(&policy.rules),
			})
		})
		.collect();
	let rows: Vec<_> = versions
		.iter()
		.map(|policy| {
			vec![
				policy.version.to_string(),
				time::write(policy.registered),
				text(&policy.uri),
				directive::describe(&policy.rules),
			]
		})
		.collect();
	Ok(Report::new(
		json!({ "organisation": organisation, "versions": data }),
		table(
			&["version", "registered", "uri", "rules"],
			&rows,
			"no base policy",
		),
	))
}

fn version_text(version: Option<PolicyVersion>) -> String {
	version.map_or_else(|| "none".into(), |version| version.to_string())
}

fn answer_word(answer: Answer) -> &'static str {
	match answer {
		Answer::None => "none",
		Answer::Accepted(_) => "accepted",
		Answer::Refused(_) => "refused",
	}
}

fn answered(answer: Answer) -> Option<assent_policy::Moment> {
	match answer {
		Answer::None => None,
		Answer::Accepted(at) | Answer::Refused(at) => Some(at),
	}
}

async fn status(options: &Options, patient: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let standing: Option<AcceptanceStatus> =
		chain.call("AcceptancesApi_status_of", patient, at).await?;
	let standing = standing.ok_or_else(|| not_found(format!("patient {patient}")))?;
	let question: Option<(CampaignId, Row, Invitation)> = chain
		.call("AcceptancesApi_question_to", patient, at)
		.await?;
	let accepted: Vec<(u32, Acceptance)> = chain
		.pages(|last: Option<&(u32, Acceptance)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			let chain = &chain;
			async move {
				let arguments = (patient, from, assent_runtime_api::MAX_PAGE);
				let page: Vec<Acceptance> = chain
					.call("AcceptancesApi_acceptances_of", arguments, at)
					.await?;
				Ok((from..).zip(page).collect())
			}
		})
		.await?;
	let history: Vec<Value> = accepted
		.iter()
		.map(|(_, row)| {
			json!({
				"version": row.version,
				"at": time::write(row.at),
				"by": address(&row.by),
			})
		})
		.collect();
	let asked = question.map(|(number, campaign, invitation)| {
		json!({
			"campaign": number,
			"version": campaign.to,
			"until": time::write(campaign.until),
			"asked": time::write(invitation.asked),
			"answer": answer_word(invitation.answer),
			"answered": moment(answered(invitation.answer)),
		})
	});
	let question_text = question.map_or_else(
		|| "nothing".into(),
		|(_, campaign, invitation)| {
			format!(
				"version {}, until {}, answer: {}",
				campaign.to,
				time::write(campaign.until),
				answer_word(invitation.answer)
			)
		},
	);
	Ok(Report::new(
		json!({
			"patient": hex(patient.0),
			"organisation": standing.organisation,
			"accepted": standing.accepted,
			"acceptedByPatient": standing.accepted_by_patient,
			"newest": standing.newest,
			"acceptances": history,
			"question": asked,
		}),
		fields(&[
			("patient", hex(patient.0)),
			("organisation", standing.organisation.to_string()),
			("accepted", version_text(standing.accepted)),
			("by the patient", version_text(standing.accepted_by_patient)),
			("newest", version_text(standing.newest)),
			("asked", question_text),
		]),
	))
}

async fn answer(
	options: &Options,
	patient: PatientId,
	version: PolicyVersion,
	call: Call<assent_runtime::Runtime>,
	word: &str,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let included = chain
		.submit(&signer, RuntimeCall::Acceptances(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({ "patient": hex(patient.0), "policyVersion": version, "answer": word }),
		&[
			("patient", hex(patient.0)),
			("policy version", format!("{version}, {word}")),
		],
	))
}

async fn built_on(options: &Options, policy: PolicyRef) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let listed: Vec<(PatientId, DirectiveId)> = chain
		.pages(|last: Option<&(PatientId, DirectiveId)>| {
			let arguments = (policy, last.copied(), assent_runtime_api::MAX_PAGE);
			chain.call("ConsentApi_built_on", arguments, at)
		})
		.await?;
	let data: Vec<Value> = listed
		.iter()
		.map(|(patient, directive)| json!({ "patient": hex(patient.0), "directive": directive }))
		.collect();
	let rows: Vec<_> = listed
		.iter()
		.map(|(patient, directive)| vec![hex(patient.0), directive.to_string()])
		.collect();
	Ok(Report::new(
		json!({
			"organisation": policy.organisation,
			"policyVersion": policy.version,
			"directives": data,
		}),
		table(
			&["patient", "directive"],
			&rows,
			"no directives in force are built on it",
		),
	))
}

async fn open(options: &Options, from: Option<PolicyVersion>, until: When) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let organisation = acting_for(&chain, &signer).await?;
	let until = until.resolve(chain.now(chain.best().await?).await?);
	let call = RuntimeCall::Acceptances(Call::open_campaign { from, until });
	let included = chain.submit(&signer, call, options.wait).await?;
	let (campaign, to) = included.find(|event| match event {
		RuntimeEvent::Acceptances(Event::CampaignOpened { campaign, to, .. }) => {
			Some((*campaign, *to))
		}
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"campaign": campaign,
			"organisation": organisation,
			"from": from,
			"to": to,
			"until": time::write(until),
		}),
		&[
			("campaign", campaign.to_string()),
			("from version", version_text(from)),
			("to version", to.to_string()),
			("until", time::write(until)),
			("next", "ask the patients: policy campaign ask".into()),
		],
	))
}

async fn ask(options: &Options, patients: Vec<PatientId>) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let mut asked = 0u32;
	let mut last = None;
	for page in patients.chunks(MAX_ASKED as usize) {
		let page: std::collections::BTreeSet<PatientId> = page.iter().copied().collect();
		let patients = page
			.try_into()
			.map_err(|_| Failure::usage(format!("more than {MAX_ASKED} patients in a page")))?;
		let call = RuntimeCall::Acceptances(Call::ask { patients });
		let included = chain.submit(&signer, call, options.wait).await?;
		asked = asked.saturating_add(included.events.iter().fold(0, |count, event| {
			count
				+ u32::from(matches!(
					event,
					RuntimeEvent::Acceptances(Event::PatientAsked { .. })
				))
		}));
		last = Some(included);
	}
	let included = last.ok_or_else(|| Failure::usage("name the patients to ask"))?;
	Ok(done(
		&included,
		json!({ "asked": asked, "named": patients.len() }),
		&[(
			"asked",
			format!(
				"{asked} of {} named; the others were asked before or stand elsewhere",
				patients.len()
			),
		)],
	))
}

async fn end(options: &Options) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let included = chain
		.submit(
			&signer,
			RuntimeCall::Acceptances(Call::end_campaign {}),
			options.wait,
		)
		.await?;
	let campaign = included.find(|event| match event {
		RuntimeEvent::Acceptances(Event::CampaignEnded { campaign, .. }) => Some(*campaign),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({ "campaign": campaign }),
		&[("campaign", format!("{campaign}, ended"))],
	))
}

async fn show(options: &Options, organisation: OrganisationId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let found: Option<(CampaignId, Row)> = chain
		.call("AcceptancesApi_campaign_of", organisation, at)
		.await?;
	let (number, campaign) =
		found.ok_or_else(|| not_found(format!("campaign of organisation {organisation}")))?;
	let invitations: Vec<(PatientId, Invitation)> = chain
		.pages(|last: Option<&(PatientId, Invitation)>| {
			let after = last.map(|(patient, _)| *patient);
			let arguments = (number, after, assent_runtime_api::MAX_PAGE);
			chain.call("AcceptancesApi_invitations_of", arguments, at)
		})
		.await?;
	let now = chain.now(at).await?;
	let state = if campaign.is_open(now) {
		"open"
	} else {
		"over"
	};
	let data: Vec<Value> = invitations
		.iter()
		.map(|(patient, invitation)| {
			json!({
				"patient": hex(patient.0),
				"asked": time::write(invitation.asked),
				"answer": answer_word(invitation.answer),
				"answered": moment(answered(invitation.answer)),
			})
		})
		.collect();
	let rows: Vec<_> = invitations
		.iter()
		.map(|(patient, invitation)| {
			vec![
				hex(patient.0),
				answer_word(invitation.answer).into(),
				moment_text(answered(invitation.answer)),
			]
		})
		.collect();
	let shown = fields(&[
		("campaign", format!("{number}, {state}")),
		("from version", version_text(campaign.from)),
		("to version", campaign.to.to_string()),
		("until", time::write(campaign.until)),
		("ended", moment_text(campaign.ended)),
		("asked", campaign.asked.to_string()),
		("accepted", campaign.accepted.to_string()),
		("refused", campaign.refused.to_string()),
	]);
	let listed = table(&["patient", "answer", "at"], &rows, "nobody was asked");
	Ok(Report::new(
		json!({
			"campaign": number,
			"organisation": organisation,
			"state": state,
			"from": campaign.from,
			"to": campaign.to,
			"opened": time::write(campaign.opened),
			"until": time::write(campaign.until),
			"ended": moment(campaign.ended),
			"asked": campaign.asked,
			"accepted": campaign.accepted,
			"refused": campaign.refused,
			"invitations": data,
		}),
		format!("{shown}\n\n{listed}"),
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn answers_should_be_told_apart() {
		let words = [Answer::None, Answer::Accepted(5), Answer::Refused(6)].map(answer_word);
		assert_eq!(words, ["none", "accepted", "refused"]);
		assert_eq!(answered(Answer::None), None);
		assert_eq!(answered(Answer::Refused(6)), Some(6));
		assert_eq!(version_text(None), "none");
		assert_eq!(version_text(Some(3)), "3");
	}
}
