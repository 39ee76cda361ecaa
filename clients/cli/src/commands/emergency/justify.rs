//! `emergency justify` and `emergency check`: the written justification stays with its
//! organisation, a salted commitment to it goes on chain.

use super::{done, submit, told};
use crate::{
	commands::not_found,
	context::Options,
	failure::{Failure, Outcome},
	files,
	parse::ids::{bytes, hex},
	printer::{fields, Report},
	words::Word,
};
use assent_support::Justification;
use pallet_emergencies::{Call, EmergencyId, EmergencyRow, EmergencyState, Event};
use serde_json::json;
use sp_core::H256;
use std::path::Path;
use zeroize::Zeroizing;

/// The commitment given, or one to the text under a fresh salt, which is written first: a
/// commitment whose salt is lost says nothing.
pub fn commitment(text: Option<&Path>, salt: Option<&Path>, given: Option<H256>) -> Outcome<H256> {
	if let Some(given) = given {
		return Ok(given);
	}
	let (Some(text), Some(salt_file)) = (text, salt) else {
		return Err(Failure::usage(
			"give --text and --salt, or a --commitment made elsewhere",
		));
	};
	let mut salt = Zeroizing::new([0; 32]);
	getrandom::fill(&mut *salt).map_err(|error| {
		Failure::environment(
			"Randomness",
			format!("no random numbers to be had: {error}"),
		)
	})?;
	let commitment = commit(&salt, text)?;
	files::write_secret(salt_file, &Zeroizing::new(format!("{}\n", hex(*salt))))?;
	Ok(commitment)
}

fn commit(salt: &[u8; 32], text: &Path) -> Outcome<H256> {
	assent_envelope::commit(salt, files::open(text)?)
		.map(H256)
		.map_err(|error| Failure::file(text, error))
}

/// Justifies.
pub async fn justify(
	options: &Options,
	emergency: EmergencyId,
	justification: Justification,
	commitment: H256,
) -> Outcome<Report> {
	let call = Call::justify {
		emergency,
		justification,
		commitment,
	};
	let included = submit(options, call).await?;
	let block = told(&included, |event| match event {
		Event::EmergencyJustified { draw_block, .. } => Some(*draw_block),
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"emergency": emergency,
			"outcome": justification.word(),
			"commitment": hex(commitment),
			"drawBlock": block,
		}),
		&[
			("emergency", emergency.to_string()),
			("outcome", justification.word().into()),
			("commitment", hex(commitment)),
			("next", format!("draw the reviewer after block {block}")),
		],
	))
}

/// Checks a text and its salt against the chain.
pub async fn check(
	options: &Options,
	emergency: EmergencyId,
	text: &Path,
	salt: &Path,
) -> Outcome<Report> {
	let wrong = |why| Failure::file(salt, why);
	let salt = Zeroizing::new(bytes(files::read_secret(salt)?.trim()).map_err(wrong)?);
	let ours = commit(&salt, text)?;
	let chain = options.chain().await?;
	let found: Option<(EmergencyRow, EmergencyState)> = chain
		.call("EmergenciesApi_emergency", emergency, chain.best().await?)
		.await?;
	let theirs = found
		.and_then(|(row, _)| row.justified)
		.map(|justified| justified.commitment)
		.ok_or_else(|| not_found(format!("justification of emergency {emergency}")))?;
	let data = json!({
		"emergency": emergency,
		"commitment": hex(theirs),
		"matches": ours == theirs,
	});
	if ours == theirs {
		return Ok(Report::new(
			data,
			fields(&[
				("emergency", emergency.to_string()),
				("text", "is the one committed to".into()),
			]),
		));
	}
	Ok(Report::no(
		data,
		fields(&[
			("emergency", emergency.to_string()),
			(
				"text",
				"is not the one committed to, or the salt is wrong".into(),
			),
		]),
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::failure::Kind;

	#[test]
	fn commitment_should_be_to_the_text_under_a_salt_that_is_kept() {
		let dir = tempfile::tempdir().unwrap();
		let [text, other, first, second] =
			["text", "other", "first", "second"].map(|name| dir.path().join(name));
		std::fs::write(&text, "Unconscious on arrival.").unwrap();
		std::fs::write(&other, "Unconscious on arrival!").unwrap();
		let made = commitment(Some(&text), Some(&first), None).unwrap();
		let again = commitment(Some(&text), Some(&second), None).unwrap();
		assert_ne!(made, again, "another salt");
		let salt = bytes(files::read_secret(&first).unwrap().trim()).unwrap();
		assert_eq!(commit(&salt, &text).unwrap(), made);
		assert_ne!(commit(&salt, &other).unwrap(), made);
	}

	#[test]
	fn commitment_should_never_cost_the_salt_of_another() {
		let dir = tempfile::tempdir().unwrap();
		let [text, salt] = ["text", "salt"].map(|name| dir.path().join(name));
		std::fs::write(&text, "Unconscious on arrival.").unwrap();
		std::fs::write(&salt, "kept").unwrap();
		let failure = commitment(Some(&text), Some(&salt), None).unwrap_err();
		assert_eq!(failure.code, "File");
		assert_eq!(std::fs::read_to_string(&salt).unwrap(), "kept");
	}

	#[test]
	fn commitment_should_be_the_given_one_or_refused() {
		let given = H256::repeat_byte(3);
		assert_eq!(commitment(None, None, Some(given)), Ok(given));
		let failure = commitment(None, None, None).unwrap_err();
		assert_eq!(failure.kind, Kind::Unusable);
		let missing = Path::new("/nowhere/text");
		assert!(commitment(Some(missing), Some(missing), None).is_err());
	}
}
