//! `record seal`.

use super::{sealing, secrets::Kept};
use crate::{
	failure::Outcome,
	files::{self, Pending},
	parse::ids::hex,
	printer::{fields, Report},
	progress::Progress,
};
use clap::Args;
use serde_json::json;
use std::{
	ffi::OsString,
	io::Write,
	path::{Path, PathBuf},
};

/// Seals a document.
#[derive(Debug, Args)]
pub struct Seal {
	/// The document
	file: PathBuf,
	/// The sealed file to make; its secret goes into FILE.secret.json, readable by its owner
	/// only
	#[arg(long, value_name = "FILE")]
	out: PathBuf,
}

/// Where the secret of a sealed file goes.
fn secret_beside(path: &Path) -> PathBuf {
	let mut name = OsString::from(path);
	name.push(".secret.json");
	name.into()
}

/// Seals a file into a writer, with progress.
pub(super) fn seal_into(path: &Path, writer: impl Write) -> Outcome<Kept> {
	let file = files::open(path)?;
	let size = file.metadata().map(|meta| meta.len()).unwrap_or_default();
	let progress = Progress::bytes("sealing", size);
	let reading = progress.reading(file);
	assent_envelope::seal(reading, writer)
		.map(Kept::from)
		.map_err(sealing)
}

impl Seal {
	/// Does it.
	pub fn run(self) -> Outcome<Report> {
		let secret = secret_beside(&self.out);
		files::ensure_new(&self.out)?;
		files::ensure_new(&secret)?;
		let mut pending = Pending::begin(&self.out)?;
		let kept = seal_into(&self.file, pending.writer())?;
		kept.write(&secret)?;
		if let Err(failure) = pending.finish() {
			// Without its document the secret is nothing.
			let _ = std::fs::remove_file(&secret);
			return Err(failure);
		}
		let (sealed, secret) = (self.out.display().to_string(), secret.display().to_string());
		Ok(Report::new(
			json!({
				"sealed": sealed,
				"secret": secret,
				"ciphertext": hex(kept.ciphertext),
				"size": kept.size,
				"commitment": hex(kept.commitment),
			}),
			fields(&[
				("sealed", sealed.clone()),
				(
					"secret",
					format!("{secret} (whoever has it reads the document)"),
				),
				("ciphertext", hex(kept.ciphertext)),
				("size", format!("{} bytes", kept.size)),
				("commitment", hex(kept.commitment)),
			]),
		))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sealed_file_should_open_with_the_secret_beside_it() {
		let dir = tempfile::tempdir().unwrap();
		let file = dir.path().join("report.txt");
		std::fs::write(&file, b"Haemoglobin 13.9 g/dL").unwrap();
		let out = dir.path().join("report.sealed");
		let report = Seal {
			file: file.clone(),
			out: out.clone(),
		}
		.run()
		.unwrap();
		let kept = Kept::read(&secret_beside(&out)).unwrap();
		assert_eq!(report.data["ciphertext"], hex(kept.ciphertext));

		let sealed = std::fs::read(&out).unwrap();
		assert_eq!(
			assent_envelope::hash(&sealed[..]).unwrap(),
			(kept.ciphertext, sealed.len() as u64)
		);
		let mut content = Vec::new();
		assent_envelope::open(&kept.secret, &sealed[..], &mut content).unwrap();
		assert_eq!(content, b"Haemoglobin 13.9 g/dL");

		assert!(Seal { file, out }.run().is_err(), "never replaced");
		assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 3);
	}
}
