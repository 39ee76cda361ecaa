//! `record seal`.

use crate::{commands::prelude::*, show::Facts};
use assent_client::{
	documents::seal_into,
	files::{self, Pending},
	Progress,
};
use std::{ffi::OsString, path::Path};

/// Seal a document into a new file, with the secret beside the file
#[derive(Debug, Args)]
pub struct Seal {
	/// The document
	file: PathBuf,
	/// The sealed file to make; the secret goes into FILE.secret.json, readable by the owner
	/// only
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// A document that was sealed.
#[derive(Debug, Serialize)]
pub struct Sealed {
	sealed: String,
	secret: String,
	#[serde(flatten)]
	facts: Facts,
}

impl Answer for Sealed {
	fn text(&self) -> String {
		let secret = format!("{} (whoever has it reads the document)", self.secret);
		fields(&[
			("sealed", self.sealed.clone()),
			("secret", secret),
			("ciphertext", self.facts.ciphertext.clone()),
			("size", format!("{} bytes", self.facts.size)),
			("commitment", self.facts.commitment.clone()),
		])
	}
}

/// The file of the secret of a sealed file.
fn secret_beside(path: &Path) -> PathBuf {
	let mut name = OsString::from(path);
	name.push(".secret.json");
	name.into()
}

impl Seal {
	fn seal(self, progress: &dyn Progress) -> Outcome<Sealed> {
		let secret = secret_beside(&self.out);
		files::ensure_new(&self.out)?;
		files::ensure_new(&secret)?;
		let mut pending = Pending::begin(&self.out)?;
		let kept = seal_into(&self.file, pending.writer(), progress)?;
		kept.write(&secret)?;
		if let Err(failure) = pending.finish() {
			// Without its document the secret is nothing.
			let _ = std::fs::remove_file(&secret);
			return Err(failure);
		}
		Ok(Sealed {
			sealed: self.out.display().to_string(),
			secret: secret.display().to_string(),
			facts: Facts::from(&kept),
		})
	}
}

impl Verb for Seal {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		self.seal(&options.progress())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_client::{secrets::Kept, Silent};

	#[test]
	fn sealed_file_should_open_with_the_secret_beside_it() {
		let dir = tempfile::tempdir().unwrap();
		let file = dir.path().join("report.txt");
		std::fs::write(&file, b"Haemoglobin 13.9 g/dL").unwrap();
		let out = dir.path().join("report.sealed");
		let report = Seal { file: file.clone(), out: out.clone() }.seal(&Silent).unwrap();
		let kept = Kept::read(&secret_beside(&out)).unwrap();
		assert_eq!(report.facts.ciphertext, hex(kept.ciphertext));

		let sealed = std::fs::read(&out).unwrap();
		assert_eq!(
			assent_envelope::hash(&sealed[..]).unwrap(),
			(kept.ciphertext, sealed.len() as u64)
		);
		let mut content = Vec::new();
		assent_envelope::open(&kept.secret, &sealed[..], &mut content).unwrap();
		assert_eq!(content, b"Haemoglobin 13.9 g/dL");

		assert!(Seal { file, out }.seal(&Silent).is_err(), "never replaced");
		assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3);
	}
}
