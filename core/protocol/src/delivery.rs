//! The delivery of a wrap: the reader's signed request, and the node's answer to the vault.
//!
//! A reader whose access was permitted signs [`Request::message`] and asks the vault. The
//! vault asks its node with [`crate::rpc::DELIVERY`], and the node answers with an
//! [`Answer`].

use crate::Hex;
use alloc::{format, string::String};
use core::fmt;

/// The time, in milliseconds before and after the vault's clock, in which a request must be
/// signed.
pub const WINDOW_MS: u64 = 30_000;
/// The most milliseconds between the chain's time and the vault's clock. A vault whose clock
/// is further away can't tell which permission has expired.
pub const CLOCKS_MS: u64 = 30_000;

/// The header with the reader's account, in hexadecimal digits.
pub const ACCOUNT_HEADER: &str = "Assent-Account";
/// The header with the moment of signing, in milliseconds since 1970.
pub const ISSUED_HEADER: &str = "Assent-Issued";
/// The header with the signature: a SCALE `MultiSignature` in hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "Assent-Signature";

/// Whether the chain's time and the vault's clock are near enough to trust an expiry.
pub const fn clocks_agree(chain: u64, vault: u64) -> bool {
	chain.abs_diff(vault) <= CLOCKS_MS
}

/// A reader's request for a wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
	/// The genesis hash of the chain.
	pub genesis: [u8; 32],
	/// The record.
	pub record: [u8; 16],
	/// The record's document version.
	pub version: u32,
	/// The hash of the entry of the trail that permits the access.
	pub entry: [u8; 32],
	/// The moment of signing, in milliseconds since 1970.
	pub issued: u64,
}

impl Request {
	/// The text that the reader signs: six lines of ASCII without a line break at the end.
	///
	/// ```text
	/// Assent delivery
	/// chain 0x<genesis hash>
	/// record 0x<record>
	/// version <number>
	/// entry 0x<entry>
	/// issued <milliseconds since 1970>
	/// ```
	pub fn message(&self) -> String {
		format!(
			"Assent delivery\nchain {:#}\nrecord {:#}\nversion {}\nentry {:#}\nissued {}",
			Hex(&self.genesis),
			Hex(&self.record),
			self.version,
			Hex(&self.entry),
			self.issued,
		)
	}

	/// Whether the request was signed within [`WINDOW_MS`] of `now`.
	pub const fn is_fresh(&self, now: u64) -> bool {
		is_fresh(self.issued, now)
	}
}

/// Whether a request that was signed at `issued` lies within [`WINDOW_MS`] of `now`.
pub const fn is_fresh(issued: u64, now: u64) -> bool {
	issued.abs_diff(now) <= WINDOW_MS
}

/// The node's answer: whether a vault may deliver a wrap now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Answer {
	/// Whether the entry is a fresh permit of this record and version for this account, and
	/// the best block would permit the same access too.
	pub permitted: bool,
	/// Whether the entry stands in a final block.
	#[cfg_attr(feature = "serde", serde(rename = "final"))]
	pub is_final: bool,
	/// Why not, or by which rule.
	pub reason: Reason,
	/// The best block's time, in milliseconds since 1970.
	pub at: u64,
	/// Whether an emergency permits the delivery. In an emergency the clocks may differ.
	pub emergency: bool,
}

macro_rules! reasons {
	($($(#[$doc:meta])* $name:ident = $code:literal, $words:literal;)+) => {
		/// Why a delivery is refused, or by which rule a delivery is permitted: a code for
		/// programs, with words for people.
		#[derive(Clone, Copy, Debug, PartialEq, Eq)]
		pub enum Reason {
			$($(#[$doc])* $name,)+
		}

		impl Reason {
			/// Every reason, in the order of the documentation.
			pub const ALL: &'static [Self] = &[$(Self::$name),+];

			/// The code. A code never changes its meaning.
			pub const fn code(self) -> &'static str {
				match self { $(Self::$name => $code),+ }
			}

			/// The reason in words.
			pub const fn words(self) -> &'static str {
				match self { $(Self::$name => $words),+ }
			}
		}
	};
}

reasons! {
	/// Permitted: the patient opens an own record.
	OwnAccess = "own-access", "the patient's own access";
	/// Permitted: a guardian opens a record of the patient.
	GuardianAccess = "guardian-access", "a guardian's access";
	/// Permitted: a delegate with a mandate to open documents opens a record of the patient.
	DelegateAccess = "delegate-access", "a delegate's access";
	/// Permitted: by a declared emergency.
	Emergency = "emergency", "a declared emergency";
	/// Permitted: by a directive of the patient.
	Directive = "directive", "a directive of the patient";
	/// Permitted: by the custodian's base policy.
	BasePolicy = "base-policy", "the custodian's base policy";
	/// Refused: this node holds no entry with this hash.
	UnknownEntry = "unknown-entry", "no such entry in the trail of this node";
	/// Refused: the entry stands in no final block yet. Ask again.
	NotFinal = "not-final", "the decision is not final yet";
	/// Refused: the entry was written on a fork that the chain left.
	OtherFork = "other-fork", "the entry does not stand in the final chain";
	/// Refused: the decision lies further back than the window of delivery.
	NotFresh = "not-fresh", "the decision is no longer fresh; ask for access again";
	/// Refused: the entry tells of something else than a decision about a patient's record.
	NoDecision = "no-decision", "the entry is no decision about a patient's record";
	/// Refused: the decision is about something else than was asked for.
	OtherRequest = "other-request", "the decision is about another record, version or account";
	/// Refused: the decision is a denial.
	Denial = "denial", "the decision is a denial";
	/// Refused: the decision permits another action than access.
	OtherAction = "other-action", "the decision permits something else than to open the document; ask for access";
	/// Refused: the best block denies the access at the chain's time.
	NoLongerPermitted = "no-longer-permitted", "the access is no longer permitted";
	/// Refused: the best block denies the access at the time of the vault's clock.
	ExpiredByClock = "expired-by-clock", "the access has expired by the vault's clock";
	/// Refused: the chain's time and the vault's clock are more than [`CLOCKS_MS`] apart.
	ClocksApart = "clocks-apart", "the chain's clock and the vault's differ too much";
	/// A reason that this program does not know: the other program is newer.
	Other = "other", "a reason that this program does not know";
}

impl Reason {
	/// The reason with this code. [`Reason::Other`] if there is none.
	pub fn parse(code: &str) -> Self {
		Self::ALL.iter().copied().find(|reason| reason.code() == code).unwrap_or(Self::Other)
	}
}

impl fmt::Display for Reason {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.words())
	}
}

#[cfg(feature = "serde")]
impl serde::Serialize for Reason {
	fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
		to.serialize_str(self.code())
	}
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Reason {
	fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
		let code = <alloc::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
		Ok(Self::parse(&code))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::{collections::BTreeSet, string::ToString};

	const REQUEST: Request = Request {
		genesis: [0x11; 32],
		record: [0x22; 16],
		version: 3,
		entry: [0x44; 32],
		issued: 1_800_000_000_000,
	};

	#[test]
	fn message_should_read_as_documented() {
		let expected = format!(
			"Assent delivery\nchain 0x{}\nrecord 0x{}\nversion 3\nentry 0x{}\nissued 1800000000000",
			"11".repeat(32),
			"22".repeat(16),
			"44".repeat(32)
		);
		assert_eq!(REQUEST.message(), expected);
	}

	#[test]
	fn message_should_differ_when_any_part_does() {
		let texts = [
			REQUEST,
			Request { genesis: [0x12; 32], ..REQUEST },
			Request { record: [0x23; 16], ..REQUEST },
			Request { version: 4, ..REQUEST },
			Request { entry: [0x45; 32], ..REQUEST },
			Request { issued: REQUEST.issued + 1, ..REQUEST },
		]
		.map(|request| request.message());
		assert_eq!(BTreeSet::from(texts.clone()).len(), texts.len());
	}

	#[test]
	fn request_should_be_fresh_within_30_seconds_either_way() {
		let issued = REQUEST.issued;
		for now in [issued - 30_000, issued, issued + 30_000] {
			assert!(REQUEST.is_fresh(now));
		}
		for now in [0, issued - 30_001, issued + 30_001, u64::MAX] {
			assert!(!REQUEST.is_fresh(now));
		}
	}

	#[test]
	fn clocks_should_agree_within_30_seconds_either_way() {
		let at = 1_800_000_000_000;
		for clock in [at - 30_000, at, at + 30_000] {
			assert!(clocks_agree(at, clock));
		}
		for clock in [0, at - 30_001, at + 30_001, u64::MAX] {
			assert!(!clocks_agree(at, clock));
		}
	}

	#[test]
	fn reason_should_have_a_code_and_words_of_its_own() {
		let codes: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
		let words: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.words()).collect();
		assert_eq!((codes.len(), words.len()), (Reason::ALL.len(), Reason::ALL.len()));
		for reason in Reason::ALL {
			assert_eq!(Reason::parse(reason.code()), *reason);
			assert_eq!(reason.to_string(), reason.words());
			let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
			assert!(reason.code().bytes().all(plain), "{reason:?}");
		}
	}

	#[test]
	fn reason_should_be_other_when_the_code_is_unknown() {
		for code in ["", "Denial", "denial ", "<b>", "withdrawn"] {
			assert_eq!(Reason::parse(code), Reason::Other, "{code:?}");
		}
	}

	#[cfg(feature = "serde")]
	#[test]
	fn answer_should_have_the_fields_that_a_vault_requires() {
		let answer = Answer {
			permitted: true,
			is_final: true,
			reason: Reason::Emergency,
			at: 1_800_000_000_000,
			emergency: true,
		};
		let expected = serde_json::json!({
			"permitted": true,
			"final": true,
			"reason": "emergency",
			"at": 1_800_000_000_000u64,
			"emergency": true,
		});
		assert_eq!(serde_json::to_value(answer).unwrap(), expected);
		assert_eq!(serde_json::from_value::<Answer>(expected).unwrap(), answer);
	}

	#[cfg(feature = "serde")]
	#[test]
	fn answer_should_be_refused_when_a_part_is_missing() {
		let whole = serde_json::json!({
			"permitted": true, "final": true, "reason": "", "at": 1, "emergency": false
		});
		let read = serde_json::from_value::<Answer>(whole.clone()).unwrap();
		assert_eq!(read.reason, Reason::Other);
		for part in ["permitted", "final", "reason", "at", "emergency"] {
			let mut cut = whole.clone();
			cut.as_object_mut().unwrap().remove(part);
			assert!(serde_json::from_value::<Answer>(cut).is_err(), "{part}");
		}
		for text in ["{}", "true", "null"] {
			assert!(serde_json::from_str::<Answer>(text).is_err(), "{text}");
		}
	}
}
