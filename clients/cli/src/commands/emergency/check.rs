//! `emergency check`.

use crate::commands::prelude::*;
use assent_client::{documents::commit, files};
use pallet_emergencies::EmergencyId;
use zeroize::Zeroizing;

/// Check a written justification against the commitment on chain, as a reviewer does
#[derive(Debug, Args)]
pub struct Check {
	/// The emergency's number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
	/// The written justification
	#[arg(long, value_name = "FILE")]
	text: PathBuf,
	/// The salt of the commitment
	#[arg(long, value_name = "FILE")]
	salt: PathBuf,
}

/// Whether the text is the one committed to.
#[derive(Debug, Serialize)]
pub struct Checked {
	emergency: EmergencyId,
	commitment: String,
	matches: bool,
}

impl Answer for Checked {
	fn text(&self) -> String {
		let text = match self.matches {
			true => "is the one committed to",
			false => "is not the one committed to, or the salt is wrong",
		};
		fields(&[("emergency", self.emergency.to_string()), ("text", text.into())])
	}

	fn verdict(&self) -> Verdict {
		self.matches.into()
	}
}

impl Verb for Check {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { emergency, text, salt } = self;
		let wrong = |why| Failure::file(&salt, why);
		let secret = Zeroizing::new(bytes(files::read_secret(&salt)?.trim()).map_err(wrong)?);
		let ours = commit(&secret, &text)?;
		let state = options.state().await?;
		let missing = || Failure::not_found(format!("justification of emergency {emergency}"));
		let (row, _) = match state.emergency(emergency).await {
			Err(failure) if failure.code == "NotFound" => return Err(missing()),
			found => found?,
		};
		let theirs = row.justified.ok_or_else(missing)?.commitment;
		Ok(Checked { emergency, commitment: hex(theirs), matches: ours == theirs })
	}
}
