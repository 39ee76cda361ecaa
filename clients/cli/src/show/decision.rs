//! Decisions and why.

use crate::{answer::Row, parse::ids::address, printer::Verdict, words::Word};
use assent_client::reads::consent::Access;
use assent_policy::{Action, Basis, Decision, Effect, PatientId, ProvisionRef, RecordId};
use serde::Serialize;
use serde_json::Value;

/// An access and its decision.
#[derive(Debug, Serialize)]
pub struct Decided {
	patient: PatientId,
	record: RecordId,
	requester: String,
	purpose: String,
	action: Action,
	decision: Effect,
	basis: Value,
	#[serde(skip)]
	because: String,
}

impl Decided {
	/// The decision about this access.
	pub fn new(access: &Access, decision: &Decision) -> Self {
		Self {
			patient: access.patient,
			record: access.record,
			requester: address(&access.requester),
			purpose: access.purpose.to_string(),
			action: access.action,
			decision: decision.effect,
			basis: basis(&decision.basis),
			because: basis_text(&decision.basis),
		}
	}

	/// For people.
	pub fn rows(&self) -> Vec<Row> {
		vec![("decision", self.decision.word().into()), ("because", self.because.clone())]
	}

	/// A denial is an answer, not an error: the verdict is no.
	pub fn verdict(&self) -> Verdict {
		Verdict::from(self.decision == Effect::Permit)
	}
}

/// The deciding step: `kind`, and the fields of the kind.
pub fn basis(basis: &Basis) -> Value {
	serde_json::to_value(basis).unwrap_or_default()
}

/// The deciding step in words.
pub fn basis_text(basis: &Basis) -> String {
	let of = |provision: &ProvisionRef| match provision {
		ProvisionRef::Base => "its base".to_string(),
		ProvisionRef::Exception(number) => format!("its exception {number}"),
	};
	match basis {
		Basis::OwnAccess => "the patient's own access".into(),
		Basis::GuardianAccess => "a guardian's access".into(),
		Basis::DelegateAccess => "a delegate's access".into(),
		Basis::Emergency => "a declared emergency".into(),
		Basis::Directive { directive, provision } => {
			format!("directive {directive} of the patient, {}", of(provision))
		}
		Basis::BasePolicy { version, provision } => {
			format!("the custodian's base policy, version {version}, {}", of(provision))
		}
		Basis::NoRule => "no rule applies".into(),
		Basis::NoCredential => "no credential is valid".into(),
		Basis::NotAccepted { version } => {
			format!("the patient has not accepted version {version} of the base policy")
		}
	}
}

/// A decision in words.
pub fn decision_text(decision: &Decision) -> String {
	format!("{} ({})", decision.effect.word(), basis_text(&decision.basis))
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::Purpose;
	use serde_json::json;
	use sp_runtime::AccountId32;

	#[test]
	fn denial_should_be_data_with_the_verdict_no() {
		let access = Access {
			requester: AccountId32::new([3; 32]),
			patient: PatientId([1; 16]),
			record: RecordId([2; 16]),
			purpose: Purpose::Treatment,
			action: Action::Access,
		};
		let decided = |effect, basis| Decided::new(&access, &Decision { effect, basis });
		let denied = decided(Effect::Deny, Basis::NoRule);
		assert_eq!(denied.verdict(), Verdict::No);
		let data = serde_json::to_value(&denied).unwrap();
		assert_eq!(data["decision"], "deny");
		assert_eq!(data["basis"]["kind"], "no-rule");
		assert_eq!(data["purpose"], "treatment");
		assert!(data.get("because").is_none(), "only for people");
		let permitted = decided(Effect::Permit, Basis::OwnAccess);
		assert_eq!(permitted.verdict(), Verdict::Done);
	}

	#[test]
	fn every_basis_should_have_a_kind_of_its_own() {
		let every = [
			Basis::OwnAccess,
			Basis::GuardianAccess,
			Basis::DelegateAccess,
			Basis::Emergency,
			Basis::Directive { directive: 3, provision: ProvisionRef::Base },
			Basis::BasePolicy { version: 4, provision: ProvisionRef::Exception(2) },
			Basis::NotAccepted { version: 4 },
			Basis::NoRule,
			Basis::NoCredential,
		];
		let mut kinds: Vec<String> =
			every.iter().map(|one| basis(one)["kind"].to_string()).collect();
		kinds.sort_unstable();
		kinds.dedup();
		assert_eq!(kinds.len(), every.len());
		assert!(every.iter().all(|one| !basis_text(one).is_empty()));
	}

	#[test]
	fn directive_and_provision_should_be_told() {
		let one = Basis::Directive { directive: 3, provision: ProvisionRef::Exception(1) };
		assert_eq!(
			basis(&one),
			json!({ "kind": "directive", "directive": 3, "provision": "exception-1" })
		);
		let decision = Decision { effect: Effect::Deny, basis: one };
		assert_eq!(decision_text(&decision), "deny (directive 3 of the patient, its exception 1)");
	}

	/// Scripts depend on the fields.
	#[test]
	fn basis_should_be_told_with_its_fields() {
		let told = |version, provision| basis(&Basis::BasePolicy { version, provision });
		assert_eq!(
			told(4, ProvisionRef::Exception(2)),
			serde_json::json!({ "kind": "base-policy", "policyVersion": 4, "provision": "exception-2" })
		);
		assert_eq!(told(1, ProvisionRef::Base)["provision"], "base");
		assert_eq!(
			basis(&Basis::NotAccepted { version: 4 }),
			serde_json::json!({ "kind": "not-accepted", "policyVersion": 4 })
		);
		assert_eq!(
			basis(&Basis::Directive { directive: 3, provision: ProvisionRef::Base }),
			serde_json::json!({ "kind": "directive", "directive": 3, "provision": "base" })
		);
	}
}
