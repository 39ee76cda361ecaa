//! Texts that people sign outside a transaction.
//!
//! A wallet shows these lines of ASCII as the lines are. Each text names the chain by its
//! genesis hash, so that a signature serves on one chain only. No text has a line break at
//! its end. Numbers are decimal. Bytes are lower-case hexadecimal digits after `0x`.

use crate::Hex;
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};

/// The text before a message in the bytes that a browser wallet signs.
const OPENING: &[u8] = b"<Bytes>";
/// The text after the message.
const CLOSING: &[u8] = b"</Bytes>";

/// A message as browser wallets sign raw bytes: `<Bytes>...</Bytes>`. A signature over the
/// bare message and a signature over these bytes count alike.
pub fn wrapped(message: &[u8]) -> Vec<u8> {
	[OPENING, message, CLOSING].concat()
}

/// The contents of the text that a patient signs to be enrolled, and of the text that a new
/// account signs to take over a patient id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The organisation that enrols, or that enrolled, the patient.
	pub organisation: u32,
	/// The patient id.
	pub patient: [u8; 16],
	/// The account that signs and that controls the id from then on.
	pub account: [u8; 32],
	/// The number of such messages that the account signed before.
	pub number: u32,
}

impl Enrolment {
	/// The text of an enrolment, in seven lines. The text names the version of the
	/// organisation's base policy, or `none` where the organisation has no base policy: a
	/// patient signs for no other version than the current one.
	pub fn message(&self, policy: Option<u32>) -> String {
		let policy = policy.map_or_else(|| "none".into(), |version| version.to_string());
		self.lines("enrolment", &format!("\npolicy {policy}"))
	}

	/// The text of a recovery, in six lines. A recovery leaves the base policy as the base
	/// policy is, so the text names none.
	pub fn recovery_message(&self) -> String {
		self.lines("recovery", "")
	}

	fn lines(&self, title: &str, policy: &str) -> String {
		format!(
			"Assent {title}\nchain {:#}\norganisation {}{policy}\npatient {:#}\naccount {:#}\nnumber {}",
			Hex(&self.genesis),
			self.organisation,
			Hex(&self.patient),
			Hex(&self.account),
			self.number,
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ENROLMENT: Enrolment = Enrolment {
		genesis: [0xab; 32],
		organisation: 7,
		patient: [0xad; 16],
		account: [3; 32],
		number: 2,
	};

	#[test]
	fn wrapped_should_stand_between_the_two_marks() {
		assert_eq!(wrapped(b"text"), b"<Bytes>text</Bytes>");
		assert_eq!(wrapped(b""), b"<Bytes></Bytes>");
	}

	#[test]
	fn enrolment_should_be_seven_lines() {
		let chain = format!("chain 0x{}", "ab".repeat(32));
		let patient = format!("patient 0x{}", "ad".repeat(16));
		let account = format!("account 0x{}", "03".repeat(32));
		for (policy, line) in [(None, "policy none"), (Some(12), "policy 12")] {
			let text = ENROLMENT.message(policy);
			let lines: Vec<&str> = text.split('\n').collect();
			assert_eq!(
				lines,
				[
					"Assent enrolment",
					&chain,
					"organisation 7",
					line,
					&patient,
					&account,
					"number 2"
				]
			);
		}
	}

	#[test]
	fn recovery_should_be_the_same_lines_without_the_policy() {
		let enrolment = ENROLMENT.message(None);
		let expected = enrolment.replace("enrolment", "recovery").replace("policy none\n", "");
		assert_eq!(ENROLMENT.recovery_message(), expected);
	}
}
