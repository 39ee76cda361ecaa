//! Lines of the trail.

use crate::{
	parse::{
		actors::write_purpose,
		ids::{address, hex},
		time,
	},
	show::{basis, decision_text},
	words::Word,
};
use assent_support::{Act, EndReason};
use serde_json::{json, Value};

/// What happened, for scripts: `kind`, and what that kind tells.
pub fn act(act: &Act) -> Value {
	match act {
		Act::Enrolled => json!({ "kind": "enrolled" }),
		Act::Left => json!({ "kind": "left" }),
		Act::ControllerChanged { controller } => {
			json!({ "kind": "controller-changed", "controller": address(controller) })
		}
		Act::GuardianNamed { guardian } => {
			json!({ "kind": "guardian-named", "guardian": address(guardian) })
		}
		Act::GuardianEnded { guardian } => {
			json!({ "kind": "guardian-ended", "guardian": address(guardian) })
		}
		Act::DelegateNamed { delegate } => {
			json!({ "kind": "delegate-named", "delegate": address(delegate) })
		}
		Act::DelegateEnded { delegate } => {
			json!({ "kind": "delegate-ended", "delegate": address(delegate) })
		}
		Act::RecoveryProposed { controller } => {
			json!({ "kind": "recovery-proposed", "controller": address(controller) })
		}
		Act::RecoverySupported { controller } => {
			json!({ "kind": "recovery-supported", "controller": address(controller) })
		}
		Act::RecoveryStarted {
			controller,
			effective,
		} => json!({
			"kind": "recovery-started",
			"controller": address(controller),
			"effective": time::write(*effective),
		}),
		Act::RecoveryVetoed { controller } => {
			json!({ "kind": "recovery-vetoed", "controller": address(controller) })
		}
		Act::ConditionReported { condition } => {
			json!({ "kind": "condition-reported", "condition": condition.word() })
		}
		Act::ConditionChanged { condition } => {
			json!({ "kind": "condition-changed", "condition": condition.word() })
		}
		Act::PrivateChanged => json!({ "kind": "private-changed" }),
		Act::DirectiveMade { directive } => {
			json!({ "kind": "directive-made", "directive": directive })
		}
		Act::DirectiveEnded { directive, reason } => {
			let replacement = match reason {
				EndReason::Replaced(by) => Some(by),
				EndReason::Withdrawn | EndReason::Expired => None,
			};
			json!({
				"kind": "directive-ended",
				"directive": directive,
				"reason": end_reason(reason),
				"replacement": replacement,
			})
		}
		Act::Requested { request } => json!({ "kind": "requested", "request": request }),
		Act::RequestRefused { request } => {
			json!({ "kind": "request-refused", "request": request })
		}
		Act::RecordRegistered { record } => {
			json!({ "kind": "record-registered", "record": hex(record.0) })
		}
		Act::RecordVersioned {
			record,
			version,
			cause,
		} => json!({
			"kind": "record-versioned",
			"record": hex(record.0),
			"recordVersion": version,
			"cause": cause.word(),
		}),
		Act::RecordRelabelled { record } => {
			json!({ "kind": "record-relabelled", "record": hex(record.0) })
		}
		Act::RecordDisputed { record } => {
			json!({ "kind": "record-disputed", "record": hex(record.0) })
		}
		Act::DisputeSettled { record } => {
			json!({ "kind": "dispute-settled", "record": hex(record.0) })
		}
		Act::RecordErased { record } => {
			json!({ "kind": "record-erased", "record": hex(record.0) })
		}
		Act::DocumentFound {
			record,
			version,
			finding,
		} => json!({
			"kind": "document-found",
			"record": hex(record.0),
			"recordVersion": version,
			"finding": finding.word(),
		}),
		Act::AccessDecided {
			record,
			version,
			purpose,
			action,
			decision,
		} => json!({
			"kind": "access-decided",
			"record": hex(record.0),
			"recordVersion": version,
			"purpose": write_purpose(purpose),
			"action": action.word(),
			"decision": decision.effect.word(),
			"basis": basis(&decision.basis),
		}),
		Act::EmergencyDeclared {
			emergency,
			reason,
			until,
		} => json!({
			"kind": "emergency-declared",
			"emergency": emergency,
			"reason": reason.word(),
			"until": time::write(*until),
		}),
		Act::EmergencyEnded { emergency } => {
			json!({ "kind": "emergency-ended", "emergency": emergency })
		}
		Act::EmergencyJustified {
			emergency,
			justification,
		} => json!({
			"kind": "emergency-justified",
			"emergency": emergency,
			"outcome": justification.word(),
		}),
		Act::ReviewerDrawn {
			emergency,
			reviewer,
		} => json!({
			"kind": "reviewer-drawn",
			"emergency": emergency,
			"reviewer": reviewer,
		}),
		Act::EmergencyReviewed {
			emergency,
			reviewer,
			finding,
		} => json!({
			"kind": "emergency-reviewed",
			"emergency": emergency,
			"reviewer": reviewer,
			"finding": finding.word(),
		}),
		Act::ReviewPassedOn {
			emergency,
			reviewer,
			cause,
		} => json!({
			"kind": "review-passed-on",
			"emergency": emergency,
			"reviewer": reviewer,
			"cause": cause.word(),
		}),
		Act::EmergencyRoleSuspended {
			practitioner,
			emergency,
			cause,
		} => json!({
			"kind": "emergency-role-suspended",
			"practitioner": address(practitioner),
			"emergency": emergency,
			"cause": cause.word(),
		}),
		Act::EmergencyRoleReinstated { practitioner } => json!({
			"kind": "emergency-role-reinstated",
			"practitioner": address(practitioner),
		}),
		Act::PractitionerCredentialed { practitioner } => json!({
			"kind": "practitioner-credentialed",
			"practitioner": address(practitioner),
		}),
		Act::PractitionerRevoked { practitioner } => json!({
			"kind": "practitioner-revoked",
			"practitioner": address(practitioner),
		}),
		Act::OrganisationChanged => json!({ "kind": "organisation-changed" }),
		Act::CampaignOpened { campaign, version } => json!({
			"kind": "campaign-opened",
			"campaign": campaign,
			"policyVersion": version,
		}),
		Act::CampaignEnded { campaign } => {
			json!({ "kind": "campaign-ended", "campaign": campaign })
		}
		Act::PolicyAsked { campaign, version } => json!({
			"kind": "policy-asked",
			"campaign": campaign,
			"policyVersion": version,
		}),
		Act::PolicyAccepted { version } => {
			json!({ "kind": "policy-accepted", "policyVersion": version })
		}
		Act::PolicyRefused { version } => {
			json!({ "kind": "policy-refused", "policyVersion": version })
		}
	}
}

fn end_reason(reason: &EndReason) -> &'static str {
	match reason {
		EndReason::Withdrawn => "withdrawn",
		EndReason::Expired => "expired",
		EndReason::Replaced(_) => "replaced",
	}
}

/// What happened, in words.
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
		Act::RecoveryStarted {
			controller,
			effective,
		} => format!(
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
		Act::DirectiveEnded {
			directive,
			reason: EndReason::Replaced(by),
		} => {
			format!("directive {directive} ended: replaced by {by}")
		}
		Act::DirectiveEnded { directive, reason } => {
			format!("directive {directive} ended: {}", end_reason(reason))
		}
		Act::Requested { request } => format!("request {request} made"),
		Act::RequestRefused { request } => format!("request {request} refused"),
		Act::RecordRegistered { record } => format!("record {record} registered"),
		Act::RecordVersioned {
			record,
			version,
			cause,
		} => {
			format!("record {record}: version {version}, {}", cause.word())
		}
		Act::RecordRelabelled { record } => format!("record {record} relabelled"),
		Act::RecordDisputed { record } => format!("record {record} disputed"),
		Act::DisputeSettled { record } => format!("record {record}: dispute settled"),
		Act::RecordErased { record } => format!("record {record} erased"),
		Act::DocumentFound {
			record,
			version,
			finding,
		} => {
			format!(
				"record {record}: document {version} found {}",
				finding.word()
			)
		}
		Act::AccessDecided {
			record,
			version: _,
			purpose,
			action,
			decision,
		} => format!(
			"access to record {record} for {}, {}: {}",
			write_purpose(purpose),
			action.word(),
			decision_text(decision)
		),
		Act::EmergencyDeclared {
			emergency,
			reason,
			until,
		} => format!(
			"emergency {emergency} declared: {}, until {}",
			reason.word(),
			time::write(*until)
		),
		Act::EmergencyEnded { emergency } => format!("emergency {emergency} ended"),
		Act::EmergencyJustified {
			emergency,
			justification,
		} => format!("emergency {emergency} justified: {}", justification.word()),
		Act::ReviewerDrawn {
			emergency,
			reviewer,
		} => format!("emergency {emergency}: organisation {reviewer} drawn to review it"),
		Act::EmergencyReviewed {
			emergency,
			reviewer,
			finding,
		} => format!(
			"emergency {emergency} reviewed by organisation {reviewer}: {}",
			finding.word()
		),
		Act::ReviewPassedOn {
			emergency,
			reviewer,
			cause,
		} => format!(
			"emergency {emergency}: review passed on by organisation {reviewer}: {}",
			cause.word()
		),
		Act::EmergencyRoleSuspended {
			practitioner,
			emergency,
			cause,
		} => format!(
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
	use sp_runtime::AccountId32;

	fn every() -> Vec<Act> {
		let record = RecordId([1; 16]);
		let who = AccountId32::new([2; 32]);
		let decision = Decision {
			effect: Effect::Deny,
			basis: Basis::NoRule,
		};
		vec![
			Act::Enrolled,
			Act::Left,
			Act::ControllerChanged {
				controller: who.clone(),
			},
			Act::GuardianNamed {
				guardian: who.clone(),
			},
			Act::GuardianEnded {
				guardian: who.clone(),
			},
			Act::DelegateNamed {
				delegate: who.clone(),
			},
			Act::DelegateEnded {
				delegate: who.clone(),
			},
			Act::RecoveryProposed {
				controller: who.clone(),
			},
			Act::RecoverySupported {
				controller: who.clone(),
			},
			Act::RecoveryStarted {
				controller: who.clone(),
				effective: 1_760_000_000_000,
			},
			Act::RecoveryVetoed {
				controller: who.clone(),
			},
			Act::ConditionReported {
				condition: Condition::Deceased,
			},
			Act::ConditionChanged {
				condition: Condition::Deceased,
			},
			Act::PrivateChanged,
			Act::DirectiveMade { directive: 1 },
			Act::DirectiveEnded {
				directive: 1,
				reason: EndReason::Replaced(2),
			},
			Act::Requested { request: 1 },
			Act::RequestRefused { request: 1 },
			Act::RecordRegistered { record },
			Act::RecordVersioned {
				record,
				version: 2,
				cause: VersionCause::Corrected,
			},
			Act::RecordRelabelled { record },
			Act::RecordDisputed { record },
			Act::DisputeSettled { record },
			Act::RecordErased { record },
			Act::DocumentFound {
				record,
				version: 2,
				finding: Finding::Altered,
			},
			Act::AccessDecided {
				record,
				version: Some(2),
				purpose: Purpose::Treatment,
				action: Action::Access,
				decision,
			},
			Act::EmergencyDeclared {
				emergency: 1,
				reason: EmergencyReason::SeriousHarm,
				until: 0,
			},
			Act::EmergencyEnded { emergency: 1 },
			Act::EmergencyJustified {
				emergency: 1,
				justification: Justification::Treated,
			},
			Act::ReviewerDrawn {
				emergency: 1,
				reviewer: 2,
			},
			Act::EmergencyReviewed {
				emergency: 1,
				reviewer: 2,
				finding: ReviewFinding::Justified,
			},
			Act::ReviewPassedOn {
				emergency: 1,
				reviewer: 2,
				cause: PassingCause::Missed,
			},
			Act::EmergencyRoleSuspended {
				practitioner: who.clone(),
				emergency: 1,
				cause: SuspensionCause::Adverse,
			},
			Act::EmergencyRoleReinstated {
				practitioner: who.clone(),
			},
			Act::PractitionerCredentialed {
				practitioner: who.clone(),
			},
			Act::PractitionerRevoked { practitioner: who },
			Act::OrganisationChanged,
			Act::CampaignOpened {
				campaign: 1,
				version: 2,
			},
			Act::CampaignEnded { campaign: 1 },
			Act::PolicyAsked {
				campaign: 1,
				version: 2,
			},
			Act::PolicyAccepted { version: 2 },
			Act::PolicyRefused { version: 2 },
		]
	}

	#[test]
	fn every_act_should_have_a_kind_of_its_own_and_a_line() {
		let mut kinds: Vec<String> = every()
			.iter()
			.map(|one| act(one)["kind"].to_string())
			.collect();
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
		let end = |reason| {
			act(&Act::DirectiveEnded {
				directive: 7,
				reason,
			})
		};
		assert_eq!(end(EndReason::Withdrawn)["reason"], "withdrawn");
		assert_eq!(end(EndReason::Expired)["reason"], "expired");
		assert_eq!(end(EndReason::Replaced(8))["replacement"], 8);
	}

	#[test]
	fn denied_access_should_say_so() {
		let denied = every()
			.into_iter()
			.find(|one| matches!(one, Act::AccessDecided { .. }));
		let denied = denied.unwrap();
		assert_eq!(act(&denied)["decision"], "deny");
		assert_eq!(act(&denied)["basis"]["kind"], "no-rule");
		assert!(act_text(&denied).ends_with("for treatment, access: deny (no rule applies)"));
	}
}
