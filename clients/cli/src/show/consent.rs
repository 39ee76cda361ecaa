//! Messages that an account signs outside of transactions: to be enrolled, to take over an id, or
//! to become an organisation's practitioner or agent.

use crate::{
	answer::Answer,
	parse::ids::{address, hex},
	printer::fields,
};
use assent_client::Signer;
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use codec::Encode;
use serde::Serialize;
use sp_runtime::AccountId32;

/// The subject of a message.
#[derive(Debug, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub enum Asked {
	/// To be enrolled.
	Enrolment {
		/// By this organisation.
		organisation: OrganisationId,
		/// With this version of the base policy.
		policy_version: Option<PolicyVersion>,
		/// Under this id.
		patient: PatientId,
	},
	/// To take over an id.
	Recovery {
		/// The id.
		patient: PatientId,
	},
	/// To become a practitioner or an agent.
	Engagement {
		/// Of this organisation.
		organisation: OrganisationId,
		/// The legal name of the organisation.
		name: String,
		/// Practitioner or agent.
		#[serde(rename = "as")]
		capacity: &'static str,
		/// The last day on which the signature can be used.
		last_day: String,
	},
}

/// A message, and the signature where it was made here.
#[derive(Debug, Serialize)]
pub struct ToSign {
	#[serde(flatten)]
	asked: Asked,
	message: String,
	account: String,
	number: u32,
	signature: Option<String>,
}

impl ToSign {
	/// The message for an account, signed if `signer` is given. `number` is how many messages the
	/// account signed before.
	pub fn new(
		asked: Asked,
		message: &[u8],
		signer: Option<&Signer>,
		account: &AccountId32,
		number: u32,
	) -> Self {
		Self {
			asked,
			message: String::from_utf8_lossy(message).into_owned(),
			account: address(account),
			number,
			signature: signer.map(|signer| hex(signer.sign(message).encode())),
		}
	}
}

impl Answer for ToSign {
	fn text(&self) -> String {
		let subject = match &self.asked {
			Asked::Enrolment { patient, .. } | Asked::Recovery { patient } => {
				("patient", patient.to_string())
			}
			Asked::Engagement { last_day, .. } => ("last day", last_day.clone()),
		};
		let next = match &self.signature {
			Some(_) => String::new(),
			None => "sign the lines above as they are, with the account's wallet".into(),
		};
		let shown = fields(&[
			subject,
			("account", self.account.clone()),
			("number", self.number.to_string()),
			("signature", self.signature.clone().unwrap_or_default()),
			("next", next),
		]);
		format!("{}\n\n{shown}", self.message)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::printer::Report;
	use serde_json::Value;

	#[test]
	fn report_should_hold_the_message_and_say_who_is_still_to_sign() {
		let account = AccountId32::new([3; 32]);
		let patient = PatientId([1; 16]);
		let report = Report::from(ToSign::new(
			Asked::Recovery { patient },
			b"Assent recovery\nnumber 2",
			None,
			&account,
			2,
		));
		assert_eq!(report.data["message"], "Assent recovery\nnumber 2");
		assert_eq!(report.data["patient"], hex([1; 16]));
		assert_eq!(report.data["number"], 2);
		assert_eq!(report.data["signature"], Value::Null);
		assert!(report.text.starts_with("Assent recovery\nnumber 2\n\n"));
		assert!(report.text.contains("with the account's wallet"));
	}

	#[test]
	fn engagement_should_name_organisation_capacity_and_last_day() {
		let asked = Asked::Engagement {
			organisation: 2,
			name: "Gamma".into(),
			capacity: "agent",
			last_day: "2026-12-31".into(),
		};
		let report = Report::from(ToSign::new(asked, b"x", None, &AccountId32::new([3; 32]), 1));
		assert_eq!(report.data["organisation"], 2);
		assert_eq!(report.data["name"], "Gamma");
		assert_eq!(report.data["as"], "agent");
		assert_eq!(report.data["lastDay"], "2026-12-31");
		assert_eq!(report.data["number"], 1);
		assert!(report.text.contains("2026-12-31"));
	}

	#[test]
	fn enrolment_should_name_organisation_and_version() {
		let asked =
			Asked::Enrolment { organisation: 2, policy_version: None, patient: PatientId([1; 16]) };
		let report = Report::from(ToSign::new(asked, b"x", None, &AccountId32::new([3; 32]), 0));
		assert_eq!(report.data["organisation"], 2);
		assert_eq!(report.data["policyVersion"], Value::Null);
	}
}
