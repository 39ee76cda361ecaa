//! Texts that people sign outside a transaction.
//!
//! A wallet shows these lines as the lines are. Every line is ASCII, except the legal name of an
//! organisation, which is UTF-8 without control characters. Each text names the chain by its
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

/// The capacity in which an account acts for an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
	/// A practitioner, for whom the organisation vouches.
	Practitioner,
	/// An agent, who acts in the organisation's name.
	Agent,
}

impl Capacity {
	/// The capacity as the text names the capacity.
	pub const fn word(self) -> &'static str {
		match self {
			Self::Practitioner => "practitioner",
			Self::Agent => "agent",
		}
	}
}

/// The contents of the text that an account signs to become an organisation's practitioner or
/// agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engagement<'a> {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The organisation that engages the account.
	pub organisation: u32,
	/// The legal name of the organisation.
	pub name: &'a str,
	/// The capacity.
	pub capacity: Capacity,
	/// The account that signs.
	pub account: [u8; 32],
	/// The last day on which the signature can be used, in days since 1970-01-01 by UTC.
	pub last_day: u32,
	/// The number of engagements that the account began before by such a text.
	pub number: u32,
}

impl Engagement<'_> {
	/// The text, in seven lines.
	pub fn message(&self) -> String {
		format!(
			"Assent engagement\nchain {:#}\norganisation {} {}\nas {}\naccount {:#}\nuntil {}\nnumber {}",
			Hex(&self.genesis),
			self.organisation,
			self.name,
			self.capacity.word(),
			Hex(&self.account),
			civil_date(self.last_day),
			self.number,
		)
	}
}

/// The date of a day in the Gregorian calendar, as in `2026-12-31`. The day is counted from
/// 1970-01-01, which is day 0.
pub fn civil_date(day: u32) -> String {
	/// The calendar repeats itself after 400 years.
	const YEARS: u32 = 400;
	const DAYS: u32 = 146_097;
	let mut year = 1970 + day / DAYS * YEARS;
	let mut left = day % DAYS;
	while left >= days_of_year(year) {
		left -= days_of_year(year);
		year += 1;
	}
	let mut month = 1;
	while left >= days_of_month(year, month) {
		left -= days_of_month(year, month);
		month += 1;
	}
	format!("{year:04}-{month:02}-{:02}", left + 1)
}

const fn is_leap(year: u32) -> bool {
	year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_of_year(year: u32) -> u32 {
	if is_leap(year) {
		366
	} else {
		365
	}
}

const fn days_of_month(year: u32, month: u32) -> u32 {
	match month {
		2 if is_leap(year) => 29,
		2 => 28,
		4 | 6 | 9 | 11 => 30,
		_ => 31,
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

	const ENGAGEMENT: Engagement = Engagement {
		genesis: [0xab; 32],
		organisation: 3,
		name: "Klinikum Süd",
		capacity: Capacity::Practitioner,
		account: [3; 32],
		last_day: 20_818,
		number: 1,
	};

	#[test]
	fn engagement_should_be_seven_lines() {
		let chain = format!("chain 0x{}", "ab".repeat(32));
		let account = format!("account 0x{}", "03".repeat(32));
		let agent = Engagement { capacity: Capacity::Agent, ..ENGAGEMENT };
		for (engagement, capacity) in [(ENGAGEMENT, "as practitioner"), (agent, "as agent")] {
			let text = engagement.message();
			let lines: Vec<&str> = text.split('\n').collect();
			assert_eq!(
				lines,
				[
					"Assent engagement",
					&chain,
					"organisation 3 Klinikum Süd",
					capacity,
					&account,
					"until 2026-12-31",
					"number 1"
				]
			);
		}
	}

	#[test]
	fn engagement_should_differ_when_any_field_differs() {
		let others = [
			Engagement { genesis: [0; 32], ..ENGAGEMENT },
			Engagement { organisation: 4, ..ENGAGEMENT },
			Engagement { name: "Klinikum Nord", ..ENGAGEMENT },
			Engagement { capacity: Capacity::Agent, ..ENGAGEMENT },
			Engagement { account: [4; 32], ..ENGAGEMENT },
			Engagement { last_day: 20_819, ..ENGAGEMENT },
			Engagement { number: 2, ..ENGAGEMENT },
		];
		for other in others {
			assert_ne!(other.message(), ENGAGEMENT.message(), "{other:?}");
		}
	}

	#[test]
	fn civil_date_should_be_the_date_of_the_day() {
		for (day, date) in [
			(0, "1970-01-01"),
			(30, "1970-01-31"),
			(31, "1970-02-01"),
			(58, "1970-02-28"),
			(59, "1970-03-01"),
			(364, "1970-12-31"),
			(365, "1971-01-01"),
			// 1972 has a 29 February, and so has 2000.
			(789, "1972-02-29"),
			(790, "1972-03-01"),
			(11_016, "2000-02-29"),
			(11_017, "2000-03-01"),
			(20_818, "2026-12-31"),
			// 2100 has no 29 February.
			(47_540, "2100-02-28"),
			(47_541, "2100-03-01"),
			(146_096, "2369-12-31"),
			(146_097, "2370-01-01"),
			(2_932_896, "9999-12-31"),
			(2_932_897, "10000-01-01"),
		] {
			assert_eq!(civil_date(day), date, "{day}");
		}
	}

	/// The dates follow each other as on a calendar on the wall, for more than 400 years.
	#[test]
	fn civil_date_should_be_the_day_after_when_the_day_is_the_next() {
		let (mut year, mut month, mut day) = (1970, 1, 1);
		for number in 0..146_097 + 366 {
			assert_eq!(civil_date(number), format!("{year:04}-{month:02}-{day:02}"));
			let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
			let last = [31, 28 + u32::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
			day += 1;
			if day > last[month - 1] {
				(day, month) = (1, month + 1);
			}
			if month > 12 {
				(month, year) = (1, year + 1);
			}
		}
	}

	#[test]
	fn civil_date_should_exist_when_the_day_is_the_last_of_all() {
		assert_eq!(civil_date(u32::MAX), "11761191-01-20");
	}
}
