//! Answers of patients to versions of a base policy.

use crate::{
	answer::{Change, Row},
	parse::time,
	show::moment,
};
use assent_policy::{Moment, PatientId, PolicyVersion};
use pallet_acceptances::{Answer, Invitation};
use serde::Serialize;

/// An invitation to answer, and the answer.
#[derive(Debug, Serialize)]
pub struct Invited {
	asked: String,
	/// `none`, `accepted` or `refused`.
	pub answer: &'static str,
	/// The moment of the answer.
	pub answered: Option<String>,
}

impl From<&Invitation> for Invited {
	fn from(invitation: &Invitation) -> Self {
		Self {
			asked: time::write(invitation.asked),
			answer: word(invitation.answer),
			answered: moment(answered(invitation.answer)),
		}
	}
}

fn word(answer: Answer) -> &'static str {
	match answer {
		Answer::None => "none",
		Answer::Accepted(_) => "accepted",
		Answer::Refused(_) => "refused",
	}
}

fn answered(answer: Answer) -> Option<Moment> {
	match answer {
		Answer::None => None,
		Answer::Accepted(at) | Answer::Refused(at) => Some(at),
	}
}

/// A version for people.
pub fn version_text(version: Option<PolicyVersion>) -> String {
	version.map_or_else(|| "none".into(), |version| version.to_string())
}

/// An answer that was given.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
	/// The patient.
	pub patient: PatientId,
	/// The version.
	pub policy_version: PolicyVersion,
	/// `accepted` or `refused`.
	pub answer: &'static str,
}

impl Change for Answered {
	fn rows(&self) -> Vec<Row> {
		let version = format!("{}, {}", self.policy_version, self.answer);
		vec![("patient", self.patient.to_string()), ("policy version", version)]
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn answers_should_be_told_apart() {
		let words = [Answer::None, Answer::Accepted(5), Answer::Refused(6)].map(word);
		assert_eq!(words, ["none", "accepted", "refused"]);
		assert_eq!(answered(Answer::None), None);
		assert_eq!(answered(Answer::Refused(6)), Some(6));
		assert_eq!(version_text(None), "none");
		assert_eq!(version_text(Some(3)), "3");
	}
}
