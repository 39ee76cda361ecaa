//! Decisions and why.

use crate::words::Word;
use assent_policy::{Basis, Decision, ProvisionRef};
use serde_json::{json, Value};

/// The step that decided.
pub fn basis(basis: &Basis) -> Value {
	match basis {
		Basis::OwnAccess => json!({ "kind": "own-access" }),
		Basis::GuardianAccess => json!({ "kind": "guardian-access" }),
		Basis::DelegateAccess => json!({ "kind": "delegate-access" }),
		Basis::Emergency => json!({ "kind": "emergency" }),
		Basis::Directive {
			directive,
			provision,
		} => json!({
			"kind": "directive",
			"directive": directive,
			"provision": provision_word(*provision),
		}),
		Basis::BasePolicy { version, provision } => json!({
			"kind": "base-policy",
			"policyVersion": version,
			"provision": provision_word(*provision),
		}),
		Basis::NoRule => json!({ "kind": "no-rule" }),
		Basis::NoCredential => json!({ "kind": "no-credential" }),
		Basis::NotAccepted { version } => json!({
			"kind": "not-accepted",
			"policyVersion": version,
		}),
	}
}

fn provision_word(provision: ProvisionRef) -> String {
	match provision {
		ProvisionRef::Base => "base".into(),
		ProvisionRef::Exception(number) => format!("exception-{number}"),
	}
}

/// The step that decided, in words.
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
		Basis::Directive {
			directive,
			provision,
		} => {
			format!("directive {directive} of the patient, {}", of(provision))
		}
		Basis::BasePolicy { version, provision } => {
			format!(
				"the custodian's base policy, version {version}, {}",
				of(provision)
			)
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
	format!(
		"{} ({})",
		decision.effect.word(),
		basis_text(&decision.basis)
	)
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::Effect;

	#[test]
	fn every_basis_should_have_a_kind_of_its_own() {
		let every = [
			Basis::OwnAccess,
			Basis::GuardianAccess,
			Basis::DelegateAccess,
			Basis::Emergency,
			Basis::Directive {
				directive: 3,
				provision: ProvisionRef::Base,
			},
			Basis::BasePolicy {
				version: 4,
				provision: ProvisionRef::Exception(2),
			},
			Basis::NotAccepted { version: 4 },
			Basis::NoRule,
			Basis::NoCredential,
		];
		let mut kinds: Vec<String> = every
			.iter()
			.map(|one| basis(one)["kind"].to_string())
			.collect();
		kinds.sort_unstable();
		kinds.dedup();
		assert_eq!(kinds.len(), every.len());
		assert!(every.iter().all(|one| !basis_text(one).is_empty()));
	}

	#[test]
	fn directive_and_provision_should_be_told() {
		let one = Basis::Directive {
			directive: 3,
			provision: ProvisionRef::Exception(1),
		};
		assert_eq!(
			basis(&one),
			json!({ "kind": "directive", "directive": 3, "provision": "exception-1" })
		);
		let decision = Decision {
			effect: Effect::Deny,
			basis: one,
		};
		assert_eq!(
			decision_text(&decision),
			"deny (directive 3 of the patient, its exception 1)"
		);
	}
}
