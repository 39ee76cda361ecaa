//! `key new-reader`.

use crate::{
	arguments::{MadeFile, NewKey},
	commands::prelude::*,
};
use assent_client::keys::create_reader;

/// Make a reader's key (X25519) in a new file: documents are wrapped to the public half
#[derive(Debug, Args)]
pub struct NewReader {
	#[command(flatten)]
	key: NewKey,
}

/// A reader's key that was made.
#[derive(Debug, Serialize)]
pub struct Made {
	public: String,
	#[serde(flatten)]
	file: MadeFile,
}

impl Answer for Made {
	fn text(&self) -> String {
		fields(&[("public", self.public.clone()), ("file", self.file.text())])
	}
}

impl Verb for NewReader {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let (key, file) = self.key.make(options, create_reader)?;
		Ok(Made { public: hex(key.public().to_bytes()), file })
	}
}
