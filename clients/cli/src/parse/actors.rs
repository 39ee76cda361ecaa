//! Whom a provision is about, and for what, each in one word:
//! `organisation:1`, `role:clinician`, `role:clinician@1`, `practitioner:ADDRESS`,
//! `group:HEX`; `treatment`, `TREAT`, `other:HEX`.

use crate::{
	parse::ids::{account, address, token},
	words::{code, Word},
};
use assent_policy::{Actor, Purpose, RoleAt};
use sp_runtime::AccountId32;

/// Reads a purpose of use: the word, or the HL7 code.
pub fn purpose(text: &str) -> Result<Purpose, String> {
	if let Some(blinded) = text.strip_prefix("other:") {
		return token(blinded).map(Purpose::Other);
	}
	Purpose::NAMED
		.into_iter()
		.find(|purpose| purpose.named().is_some_and(|(word, code)| word == text || code == text))
		.ok_or_else(|| {
			let words: Vec<_> = Purpose::NAMED.iter().map(Purpose::to_string).collect();
			format!("{text:?} is no purpose; choose from {}, other:HEX", words.join(", "))
		})
}

/// Reads an actor.
pub fn actor(text: &str) -> Result<Actor, String> {
	let number = |text: &str| {
		text.parse().map_err(|_| format!("{text:?} is not the number of an organisation"))
	};
	match text.split_once(':') {
		Some(("organisation", id)) => number(id).map(Actor::Organisation),
		Some(("role", role)) => match role.split_once('@') {
			Some((role, id)) => {
				Ok(Actor::RoleAt(RoleAt { role: code(role)?, organisation: number(id)? }))
			}
			None => code(role).map(Actor::Role),
		},
		Some(("practitioner", who)) => account(who).map(|who| Actor::Practitioner(who.into())),
		Some(("group", id)) => token(id).map(Actor::Group),
		_ => Err(format!(
			"{text:?} names nobody: write organisation:1, role:clinician, role:clinician@1, \
			 practitioner:ADDRESS or group:HEX"
		)),
	}
}

/// Writes an actor.
pub fn write_actor(actor: &Actor) -> String {
	match actor {
		Actor::Practitioner(who) => {
			format!("practitioner:{}", address(&AccountId32::new(*who)))
		}
		Actor::Organisation(id) => format!("organisation:{id}"),
		Actor::Role(role) => format!("role:{}", role.word()),
		Actor::Group(id) => format!("group:{id}"),
		Actor::RoleAt(RoleAt { role, organisation }) => {
			format!("role:{}@{organisation}", role.word())
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Role, Token};

	#[test]
	fn actors_should_read_back() {
		let every = [
			Actor::Practitioner([7; 32]),
			Actor::Organisation(0),
			Actor::Organisation(u32::MAX),
			Actor::Group(Token([9; 16])),
		]
		.into_iter()
		.chain(Role::ALL.iter().map(|role| Actor::Role(*role)))
		.chain(Role::ALL.iter().map(|role| Actor::RoleAt(RoleAt { role: *role, organisation: 3 })));
		for one in every {
			assert_eq!(actor(&write_actor(&one)), Ok(one));
		}
	}

	#[test]
	fn actors_should_read_as_documented() {
		assert_eq!(actor("organisation:1"), Ok(Actor::Organisation(1)));
		assert_eq!(actor("role:clinician"), Ok(Actor::Role(Role::Clinician)));
		let at = RoleAt { role: Role::Clinician, organisation: 1 };
		assert_eq!(actor("role:clinician@1"), Ok(Actor::RoleAt(at)));
		let who: [u8; 32] = account("//Alice").unwrap().into();
		assert_eq!(actor("practitioner://Alice"), Ok(Actor::Practitioner(who)));
	}

	#[test]
	fn actors_should_be_refused_when_incomplete() {
		for text in [
			"",
			"1",
			"organisation",
			"organisation:",
			"organisation:-1",
			"organisation:x",
			"role:",
			"role:doctor",
			"role:clinician@",
			"role:@1",
			"practitioner:",
			"group:12",
			"Organisation:1",
			"everyone",
		] {
			assert!(actor(text).is_err(), "{text}");
		}
	}

	#[test]
	fn every_purpose_should_read_back_from_word_and_code() {
		for code in Purpose::NAMED {
			let (word, hl7) = code.named().unwrap();
			assert_eq!(purpose(word), Ok(code));
			assert_eq!(purpose(hl7), Ok(code));
			assert_eq!(code.to_string(), word);
		}
		let other = Purpose::Other(Token([3; 16]));
		assert_eq!(purpose(&other.to_string()), Ok(other));
	}

	#[test]
	fn purposes_should_be_refused_when_unknown() {
		for text in ["", "Treatment", "treat", "other", "other:", "other:00"] {
			assert!(purpose(text).is_err(), "{text}");
		}
	}
}
