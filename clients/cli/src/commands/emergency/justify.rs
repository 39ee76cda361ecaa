//! `emergency justify`: the written justification stays with its organisation, a salted
//! commitment to it goes on chain.

use crate::commands::prelude::*;
use assent_client::{
	documents::{commit, draw_salt},
	files,
};
use assent_support::Justification;
use pallet_emergencies::{Call, EmergencyId, Event};
use sp_core::H256;
use std::path::Path;
use zeroize::Zeroizing;

/// Justify an emergency that is over, as the one who declared it
#[derive(Debug, Args)]
pub struct Justify {
	/// The number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
	/// The outcome
	#[arg(long, value_name = "CODE", value_parser = reader::<Justification>())]
	outcome: Justification,
	/// The written justification; only a salted commitment to it goes on chain
	#[arg(long, value_name = "FILE", requires = "salt", required_unless_present = "commitment")]
	text: Option<PathBuf>,
	/// The file to make for the salt: the reviewer needs the salt beside the text
	#[arg(long, value_name = "FILE", requires = "text")]
	salt: Option<PathBuf>,
	/// A commitment made elsewhere: 32 bytes
	#[arg(long, value_name = "HEX", value_parser = hash, conflicts_with_all = ["text", "salt"])]
	commitment: Option<H256>,
}

/// An emergency that is justified.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Justified {
	emergency: EmergencyId,
	outcome: Justification,
	commitment: String,
	draw_block: BlockNumber,
}

impl Change for Justified {
	fn rows(&self) -> Vec<Row> {
		let next = format!("draw the reviewer after block {}", self.draw_block);
		vec![
			("emergency", self.emergency.to_string()),
			("outcome", self.outcome.word().into()),
			("commitment", self.commitment.clone()),
			("next", next),
		]
	}
}

/// The commitment given, or one to the text under a fresh salt. The salt is written first: a
/// commitment whose salt is lost says nothing.
fn commitment(text: Option<&Path>, salt: Option<&Path>, given: Option<H256>) -> Outcome<H256> {
	if let Some(given) = given {
		return Ok(given);
	}
	let (Some(text), Some(salt_file)) = (text, salt) else {
		return Err(Failure::usage("give --text and --salt, or a --commitment made elsewhere"));
	};
	let salt = draw_salt()?;
	let commitment = commit(&salt, text)?;
	files::write_secret(salt_file, &Zeroizing::new(format!("{}\n", hex(*salt))))?;
	Ok(commitment)
}

impl Verb for Justify {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency, outcome, .. } = self;
		let commitment = commitment(self.text.as_deref(), self.salt.as_deref(), self.commitment)?;
		let call = Call::justify { emergency, justification: outcome, commitment };
		let included = options.send(call).await?;
		let draw_block = found!(included,
			Emergencies(Event::EmergencyJustified { draw_block, .. }) => *draw_block)?;
		let justified = Justified { emergency, outcome, commitment: hex(commitment), draw_block };
		Ok(Done::new(&included, justified))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::parse::ids::bytes;
	use assent_client::Kind;

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
