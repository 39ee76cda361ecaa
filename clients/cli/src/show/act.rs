//! Lines of the trail.

use crate::{
	parse::{ids::address, time},
	show::decision_text,
	words::Word,
};
use assent_support::{Act, EndReason};
use serde_json::Value;

/// What happened, for scripts: `kind`, and the fields of that kind. Moments are written as
/// everywhere on the command line.
pub fn act(act: &Act) -> Value {
	let mut told = serde_json::to_value(act).unwrap_or_default();
	for field in ["effective", "until"] {
		if let Some(moment) = told.get(field).and_then(Value::as_u64) {
			told[field] = time::write(moment).into();
		}
	}
	told
}

/// The end of a directive in a word.
pub fn end_reason(reason: &EndReason) -> &'static str {
	match reason {
		EndReason::Withdrawn => "withdrawn",
		EndReason::Expired => "expired",
		EndReason::Replaced(_) => "replaced",
	}
}

/// An act in words.
pub fn act_text(act: &Act) -> String {
	match act {
		Act::Enrolled => "enrolled".into(),
		Act::Left => "left: the id was taken out of use".into(),
		Act::ControllerChanged { controller } => {
			format!("controlled by {} from now on", address(controller))
		}
		Act::GuardianNamed { guardian } => format!("guardian named: {}", address(guardian)),
		Act::GuardianEnded { guardian } => format!("guardian ended: {}", address(guardian)),
		Act::DelegateNamed { delegate } => format!("delegate named: {}", address(delegate)),
		Act::DelegateEnded { delegate } => format!("delegate ended: {}", address(delegate)),
		Act::RecoveryProposed { controller } => {
			format!("recovery proposed, to {}", address(controller))
		}
		Act::RecoverySupported { controller } => {
			format!("recovery supported, to {}", address(controller))
		}
		Act::RecoveryStarted { controller, effective } => format!(
			"recovery started, to {}: can be finished from {} unless vetoed",
			address(controller),
			time::write(*effective)
		),
		Act::RecoveryVetoed { controller } => {
			format!("recovery vetoed, to {}", address(controller))
		}
		Act::ConditionReported { condition } => {
			format!("reported as {}, not confirmed", condition.word())
		}
		Act::ConditionChanged { condition } => {
			format!("confirmed as {}", condition.word())
		}
		Act::PrivateChanged => "what is private to the patient changed".into(),
		Act::DirectiveMade { directive } => format!("directive {directive} made"),
		Act::DirectiveEnded { directive, reason: EndReason::Replaced(by) } => {
			format!("directive {directive} ended: replaced by {by}")
		}
		Act::DirectiveEnded { directive, reason } => {
			format!("directive {directive} ended: {}", end_reason(reason))
		}
		Act::Requested { request } => format!("request {request} made"),
		Act::RequestRefused { request } => format!("request {request} refused"),
		Act::RecordRegistered { record } => format!("record {record} registered"),
		Act::RecordVersioned { record, version, cause } => {
			format!("record {record}: version {version}, {}", cause.word())
		}
		Act::RecordRelabelled { record } => format!("record {record} relabelled"),
		Act::RecordDisputed { record } => format!("record {record} disputed"),
		Act::DisputeSettled { record } => format!("record {record}: dispute settled"),
		Act::RecordErased { record } => format!("record {record} erased"),
		Act::DocumentFound { record, version, finding } => {
			format!("record {record}: document {version} found {}", finding.word())
		}
		Act::AccessDecided { record, version: _, purpose, action, decision } => format!(
			"access to record {record} for {}, {}: {}",
			purpose,
			action.word(),
			decision_text(decision)
		),
		Act::EmergencyDeclared { emergency, reason, until } => format!(
			"emergency {emergency} declared: {}, until {}",
			reason.word(),
			time::write(*until)
		),
		Act::EmergencyEnded { emergency } => format!("emergency {emergency} ended"),
		Act::EmergencyJustified { emergency, justification } => {
			format!("emergency {emergency} justified: {}", justification.word())
		}
		Act::ReviewerDrawn { emergency, reviewer } => {
			format!("emergency {emergency}: organisation {reviewer} drawn to review it")
		}
		Act::EmergencyReviewed { emergency, reviewer, finding } => {
			format!("emergency {emergency} reviewed by organisation {reviewer}: {}", finding.word())
		}
		Act::ReviewPassedOn { emergency, reviewer, cause } => format!(
			"emergency {emergency}: review passed on by organisation {reviewer}: {}",
			cause.word()
		),
		Act::EmergencyRoleSuspended { practitioner, emergency, cause } => format!(
			"emergency {emergency}: emergency role of {} suspended: {}",
			address(practitioner),
			cause.word()
		),
		Act::EmergencyRoleReinstated { practitioner } => {
			format!("emergency role of {} reinstated", address(practitioner))
		}
		Act::PractitionerCredentialed { practitioner } => {
			format!("practitioner credentialed: {}", address(practitioner))
		}
		Act::PractitionerRevoked { practitioner } => {
			format!("credential revoked: {}", address(practitioner))
		}
		Act::OrganisationChanged => "organisation changed".into(),
		Act::CampaignOpened { campaign, version } => {
			format!("campaign {campaign} opened for version {version} of the base policy")
		}
		Act::CampaignEnded { campaign } => format!("campaign {campaign} ended"),
		Act::PolicyAsked { campaign, version } => {
			format!("asked to accept version {version} of the base policy (campaign {campaign})")
		}
		Act::PolicyAccepted { version } => format!("version {version} of the base policy accepted"),
		Act::PolicyRefused { version } => format!("version {version} of the base policy refused"),
		Act::PractitionerResigned { practitioner } => {
			format!("practitioner resigned: {}", address(practitioner))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Action, Basis, Decision, Effect, Purpose, RecordId};
	use assent_support::{
		Condition, EmergencyReason, Finding, Justification, PassingCause, ReviewFinding,
		SuspensionCause, VersionCause,
	};
	use serde_json::json;
	use sp_runtime::AccountId32;

	fn every() -> Vec<Act> {
		let record = RecordId([1; 16]);
		let who = AccountId32::new([2; 32]);
		let decision = Decision { effect: Effect::Deny, basis: Basis::NoRule };
		vec![
			Act::Enrolled,
			Act::Left,
			Act::ControllerChanged { controller: who.clone() },
			Act::GuardianNamed { guardian: who.clone() },
			Act::GuardianEnded { guardian: who.clone() },
			Act::DelegateNamed { delegate: who.clone() },
			Act::DelegateEnded { delegate: who.clone() },
			Act::RecoveryProposed { controller: who.clone() },
			Act::RecoverySupported { controller: who.clone() },
			Act::RecoveryStarted { controller: who.clone(), effective: 1_760_000_000_000 },
			Act::RecoveryVetoed { controller: who.clone() },
			Act::ConditionReported { condition: Condition::Deceased },
			Act::ConditionChanged { condition: Condition::Deceased },
			Act::PrivateChanged,
			Act::DirectiveMade { directive: 1 },
			Act::DirectiveEnded { directive: 1, reason: EndReason::Replaced(2) },
			Act::Requested { request: 1 },
			Act::RequestRefused { request: 1 },
			Act::RecordRegistered { record },
			Act::RecordVersioned { record, version: 2, cause: VersionCause::Corrected },
			Act::RecordRelabelled { record },
			Act::RecordDisputed { record },
			Act::DisputeSettled { record },
			Act::RecordErased { record },
			Act::DocumentFound { record, version: 2, finding: Finding::Altered },
			Act::AccessDecided {
				record,
				version: Some(2),
				purpose: Purpose::Treatment,
				action: Action::Access,
				decision,
			},
			Act::EmergencyDeclared { emergency: 1, reason: EmergencyReason::SeriousHarm, until: 0 },
			Act::EmergencyEnded { emergency: 1 },
			Act::EmergencyJustified { emergency: 1, justification: Justification::Treated },
			Act::ReviewerDrawn { emergency: 1, reviewer: 2 },
			Act::EmergencyReviewed { emergency: 1, reviewer: 2, finding: ReviewFinding::Justified },
			Act::ReviewPassedOn { emergency: 1, reviewer: 2, cause: PassingCause::Missed },
			Act::EmergencyRoleSuspended {
				practitioner: who.clone(),
				emergency: 1,
				cause: SuspensionCause::Adverse,
			},
			Act::EmergencyRoleReinstated { practitioner: who.clone() },
			Act::PractitionerCredentialed { practitioner: who.clone() },
			Act::PractitionerRevoked { practitioner: who.clone() },
			Act::OrganisationChanged,
			Act::CampaignOpened { campaign: 1, version: 2 },
			Act::CampaignEnded { campaign: 1 },
			Act::PolicyAsked { campaign: 1, version: 2 },
			Act::PolicyAccepted { version: 2 },
			Act::PolicyRefused { version: 2 },
			Act::PractitionerResigned { practitioner: who },
		]
	}

	/// Scripts depend on the fields.
	#[test]
	fn every_act_should_be_told_with_its_fields() {
		let who = address(&AccountId32::new([2; 32]));
		let record = format!("0x{}", "01".repeat(16));
		let told = [
			json!({ "kind": "enrolled" }),
			json!({ "kind": "left" }),
			json!({ "kind": "controller-changed", "controller": who }),
			json!({ "kind": "guardian-named", "guardian": who }),
			json!({ "kind": "guardian-ended", "guardian": who }),
			json!({ "kind": "delegate-named", "delegate": who }),
			json!({ "kind": "delegate-ended", "delegate": who }),
			json!({ "kind": "recovery-proposed", "controller": who }),
			json!({ "kind": "recovery-supported", "controller": who }),
			json!({ "kind": "recovery-started", "controller": who,
				"effective": time::write(1_760_000_000_000) }),
			json!({ "kind": "recovery-vetoed", "controller": who }),
			json!({ "kind": "condition-reported", "condition": "deceased" }),
			json!({ "kind": "condition-changed", "condition": "deceased" }),
			json!({ "kind": "private-changed" }),
			json!({ "kind": "directive-made", "directive": 1 }),
			json!({ "kind": "directive-ended", "directive": 1, "reason": "replaced",
				"replacement": 2 }),
			json!({ "kind": "requested", "request": 1 }),
			json!({ "kind": "request-refused", "request": 1 }),
			json!({ "kind": "record-registered", "record": record }),
			json!({ "kind": "record-versioned", "record": record, "recordVersion": 2,
				"cause": "corrected" }),
			json!({ "kind": "record-relabelled", "record": record }),
			json!({ "kind": "record-disputed", "record": record }),
			json!({ "kind": "dispute-settled", "record": record }),
			json!({ "kind": "record-erased", "record": record }),
			json!({ "kind": "document-found", "record": record, "recordVersion": 2,
				"finding": "altered" }),
			json!({ "kind": "access-decided", "record": record, "recordVersion": 2,
				"purpose": "treatment", "action": "access", "decision": "deny",
				"basis": { "kind": "no-rule" } }),
			json!({ "kind": "emergency-declared", "emergency": 1, "reason": "serious-harm",
				"until": time::write(0) }),
			json!({ "kind": "emergency-ended", "emergency": 1 }),
			json!({ "kind": "emergency-justified", "emergency": 1, "outcome": "treated" }),
			json!({ "kind": "reviewer-drawn", "emergency": 1, "reviewer": 2 }),
			json!({ "kind": "emergency-reviewed", "emergency": 1, "reviewer": 2,
				"finding": "justified" }),
			json!({ "kind": "review-passed-on", "emergency": 1, "reviewer": 2,
				"cause": "missed" }),
			json!({ "kind": "emergency-role-suspended", "practitioner": who, "emergency": 1,
				"cause": "adverse" }),
			json!({ "kind": "emergency-role-reinstated", "practitioner": who }),
			json!({ "kind": "practitioner-credentialed", "practitioner": who }),
			json!({ "kind": "practitioner-revoked", "practitioner": who }),
			json!({ "kind": "organisation-changed" }),
			json!({ "kind": "campaign-opened", "campaign": 1, "policyVersion": 2 }),
			json!({ "kind": "campaign-ended", "campaign": 1 }),
			json!({ "kind": "policy-asked", "campaign": 1, "policyVersion": 2 }),
			json!({ "kind": "policy-accepted", "policyVersion": 2 }),
			json!({ "kind": "policy-refused", "policyVersion": 2 }),
			json!({ "kind": "practitioner-resigned", "practitioner": who }),
		];
		let every: Vec<Value> = every().iter().map(act).collect();
		assert_eq!(every, told);
	}

	#[test]
	fn every_act_should_have_a_kind_of_its_own_and_a_line() {
		let mut kinds: Vec<String> =
			every().iter().map(|one| act(one)["kind"].to_string()).collect();
		kinds.sort_unstable();
		kinds.dedup();
		assert_eq!(kinds.len(), every().len());
		for one in every() {
			let line = act_text(&one);
			assert!(!line.is_empty() && !line.contains('\n'), "{line}");
		}
	}

	#[test]
	fn end_of_a_directive_should_say_why() {
		let end = |reason| act(&Act::DirectiveEnded { directive: 7, reason });
		assert_eq!(end(EndReason::Withdrawn)["reason"], "withdrawn");
		assert_eq!(end(EndReason::Expired)["reason"], "expired");
		assert_eq!(end(EndReason::Replaced(8))["replacement"], 8);
	}

	#[test]
	fn denied_access_should_say_so() {
		let denied = every().into_iter().find(|one| matches!(one, Act::AccessDecided { .. }));
		let denied = denied.unwrap();
		assert_eq!(act(&denied)["decision"], "deny");
		assert_eq!(act(&denied)["basis"]["kind"], "no-rule");
		assert!(act_text(&denied).ends_with("for treatment, access: deny (no rule applies)"));
	}
}
