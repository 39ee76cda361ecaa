//! Notes about the wraps of the service: a small file for each wrap, for the time after a restart.
//!
//! ```text
//! DIR/<patient>/<record>-<version>-<reader>.json
//! { "keyVersion": 1, "asked": [ { "purpose": "treatment", "action": "access" } ] }
//! ```
//!
//! A note is made before the wrap and goes after the wrap: every wrap of the service has a note. A
//! note holds no secret.

use crate::{
	parse::{actors, ids::bytes},
	words::{code, Word},
};
use assent_client::{files, vault::WrapAddress, Failure, Outcome};
use assent_policy::{Action, PatientId, Purpose, RecordId, VersionNumber};
use serde::{Deserialize, Serialize};
use sp_runtime::AccountId32;
use std::{
	fs,
	io::{ErrorKind, Write},
	path::{Path, PathBuf},
};

/// How many different questions of a reader about a document are remembered, the newest ones.
const MAX_ASKED: usize = 8;

/// A wrap, made or about to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
	/// The version of the reader's key for the wrap; 0 while the version is not known.
	pub key_version: u32,
	/// The permits, oldest first.
	pub asked: Vec<(Purpose, Action)>,
}

impl Note {
	/// Remembers a permit.
	pub fn remember(&mut self, asked: (Purpose, Action)) {
		self.asked.retain(|known| *known != asked);
		self.asked.push(asked);
		let surplus = self.asked.len().saturating_sub(MAX_ASKED);
		self.asked.drain(..surplus);
	}
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NoteFile {
	key_version: u32,
	asked: Vec<Asked>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Asked {
	purpose: String,
	action: String,
}

impl From<&Note> for NoteFile {
	fn from(note: &Note) -> Self {
		let asked = note.asked.iter().map(|(purpose, action)| Asked {
			purpose: purpose.to_string(),
			action: action.word().into(),
		});
		Self { key_version: note.key_version, asked: asked.collect() }
	}
}

impl TryFrom<NoteFile> for Note {
	type Error = String;

	fn try_from(file: NoteFile) -> Result<Self, String> {
		let mut note = Self { key_version: file.key_version, asked: Vec::new() };
		for Asked { purpose, action } in &file.asked {
			note.remember((actors::purpose(purpose)?, code(action)?));
		}
		Ok(note)
	}
}

/// The directory of notes.
pub(super) struct Notes(PathBuf);

impl Notes {
	/// Opens the directory, making it if need be.
	pub fn open(path: &Path) -> Outcome<Self> {
		files::secret_directory(path)?;
		Ok(Self(path.into()))
	}

	fn folder(&self, patient: PatientId) -> PathBuf {
		self.0.join(hex::encode(patient.0))
	}

	fn path(&self, patient: PatientId, wrap: &WrapAddress) -> PathBuf {
		let reader: &[u8; 32] = wrap.reader.as_ref();
		let record = hex::encode(wrap.record.0);
		let name = format!("{record}-{}-{}.json", wrap.version, hex::encode(reader));
		self.folder(patient).join(name)
	}

	/// The note about a wrap; `None` when there is none. An unreadable note, after a power cut for
	/// instance, is empty: the wrap goes at the next review, or is made again.
	pub fn read(&self, patient: PatientId, wrap: &WrapAddress) -> Outcome<Option<Note>> {
		let path = self.path(patient, wrap);
		match path.try_exists() {
			Ok(false) => return Ok(None),
			Ok(true) => {}
			Err(error) => return Err(Failure::file(&path, error)),
		}
		let text = files::read_text(&path)?;
		let note = serde_json::from_str::<NoteFile>(&text)
			.map_err(|error| error.to_string())
			.and_then(Note::try_from);
		Ok(Some(note.unwrap_or_default()))
	}

	/// Writes a note, in place of an older note.
	pub fn write(&self, patient: PatientId, wrap: &WrapAddress, note: &Note) -> Outcome<()> {
		let path = self.path(patient, wrap);
		let failed = |error: &dyn std::fmt::Display| Failure::file(&path, error);
		let folder = self.folder(patient);
		files::secret_directory(&folder)?;
		let text = serde_json::to_string(&NoteFile::from(note)).map_err(|error| failed(&error))?;
		let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(|error| failed(&error))?;
		file.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
		file.persist(&path).map(drop).map_err(|error| failed(&error))
	}

	/// Removes a note, and the patient's folder with the last one.
	pub fn remove(&self, patient: PatientId, wrap: &WrapAddress) -> Outcome<()> {
		let path = self.path(patient, wrap);
		match fs::remove_file(&path) {
			Err(error) if error.kind() != ErrorKind::NotFound => {
				return Err(Failure::file(&path, error))
			}
			_ => {}
		}
		// Fails while others are in it, as it should.
		let _ = fs::remove_dir(self.folder(patient));
		Ok(())
	}

	/// The patients with notes.
	pub fn patients(&self) -> Outcome<Vec<PatientId>> {
		let names = names(&self.0)?;
		Ok(names.iter().filter_map(|name| bytes(name).ok().map(PatientId)).collect())
	}

	/// The wraps of a patient's documents with notes.
	pub fn of(&self, patient: PatientId) -> Outcome<Vec<WrapAddress>> {
		let names = names(&self.folder(patient))?;
		Ok(names.iter().filter_map(|name| address(name)).collect())
	}
}

fn names(folder: &Path) -> Outcome<Vec<String>> {
	let failed = |error| Failure::file(folder, error);
	let entries = match fs::read_dir(folder) {
		Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
		entries => entries.map_err(failed)?,
	};
	entries
		.map(|entry| Ok(entry.map_err(failed)?.file_name().into_string()))
		.filter_map(|name| name.map(Result::ok).transpose())
		.collect()
}

/// The wrap of a note with this name.
fn address(name: &str) -> Option<WrapAddress> {
	let mut parts = name.strip_suffix(".json")?.split('-');
	let record = RecordId(bytes(parts.next()?).ok()?);
	let version: VersionNumber = parts.next()?.parse().ok()?;
	let reader = AccountId32::new(bytes(parts.next()?).ok()?);
	let address = WrapAddress { record, version, reader };
	parts.next().is_none().then_some(address)
}

#[cfg(test)]
mod tests {
	use super::*;

	const PATIENT: PatientId = PatientId([1; 16]);
	const ASKED: (Purpose, Action) = (Purpose::Treatment, Action::Access);

	fn wrap(reader: u8) -> WrapAddress {
		WrapAddress {
			record: RecordId([2; 16]),
			version: 3,
			reader: AccountId32::new([reader; 32]),
		}
	}

	fn notes() -> (tempfile::TempDir, Notes) {
		let dir = tempfile::tempdir().unwrap();
		let notes = Notes::open(&dir.path().join("notes")).unwrap();
		(dir, notes)
	}

	#[test]
	fn note_should_read_back_and_be_replaced() {
		let (_dir, notes) = notes();
		assert_eq!(notes.read(PATIENT, &wrap(7)), Ok(None));
		let mut note = Note::default();
		note.remember(ASKED);
		notes.write(PATIENT, &wrap(7), &note).unwrap();
		assert_eq!(notes.read(PATIENT, &wrap(7)), Ok(Some(note.clone())));
		note.key_version = 2;
		note.remember((Purpose::Research, Action::Use));
		notes.write(PATIENT, &wrap(7), &note).unwrap();
		assert_eq!(notes.read(PATIENT, &wrap(7)), Ok(Some(note)));
		assert_eq!(notes.read(PATIENT, &wrap(8)), Ok(None));
		assert_eq!(notes.read(PatientId([9; 16]), &wrap(7)), Ok(None));
	}

	#[test]
	fn notes_should_be_listed_by_patient_and_gone_when_removed() {
		let (_dir, notes) = notes();
		let other = PatientId([9; 16]);
		for (patient, reader) in [(PATIENT, 7), (PATIENT, 8), (other, 7)] {
			notes.write(patient, &wrap(reader), &Note::default()).unwrap();
		}
		let mut patients = notes.patients().unwrap();
		patients.sort();
		assert_eq!(patients, [PATIENT, other]);
		assert_eq!(notes.of(PATIENT).unwrap().len(), 2);
		assert_eq!(notes.of(other).unwrap(), [wrap(7)]);
		notes.remove(other, &wrap(7)).unwrap();
		notes.remove(other, &wrap(7)).unwrap();
		assert_eq!(notes.patients().unwrap(), [PATIENT]);
		assert!(notes.of(other).unwrap().is_empty());
		notes.remove(PATIENT, &wrap(7)).unwrap();
		assert_eq!(notes.of(PATIENT).unwrap(), [wrap(8)]);
	}

	#[test]
	fn other_files_should_be_left_alone() {
		let (dir, notes) = notes();
		notes.write(PATIENT, &wrap(7), &Note::default()).unwrap();
		fs::write(dir.path().join("notes/README"), "x").unwrap();
		fs::write(notes.folder(PATIENT).join("half.json"), "x").unwrap();
		assert_eq!(notes.patients().unwrap(), [PATIENT]);
		assert_eq!(notes.of(PATIENT).unwrap(), [wrap(7)]);
		for name in ["", "-", "a-b-c.json", "../x.json"] {
			assert_eq!(address(name), None, "{name}");
		}
	}

	#[test]
	fn note_should_be_empty_when_it_cannot_be_read() {
		let (_dir, notes) = notes();
		for text in [
			"",
			"{}",
			r#"{"keyVersion":1}"#,
			r#"{"keyVersion":1,"asked":[],"more":1}"#,
			r#"{"keyVersion":1,"asked":[{"purpose":"fun","action":"access"}]}"#,
			r#"{"keyVersion":1,"asked":[{"purpose":"treatment","action":"Access"}]}"#,
		] {
			let mut note = Note { key_version: 2, ..Note::default() };
			note.remember(ASKED);
			notes.write(PATIENT, &wrap(7), &note).unwrap();
			fs::write(notes.path(PATIENT, &wrap(7)), text).unwrap();
			let read = notes.read(PATIENT, &wrap(7)).unwrap();
			assert_eq!(read, Some(Note::default()), "{text}");
		}
	}

	#[test]
	fn questions_should_be_kept_once_and_the_newest_few() {
		let mut note = Note::default();
		for _ in 0..3 {
			note.remember(ASKED);
		}
		assert_eq!(note.asked, [ASKED]);
		let purposes = [Purpose::Treatment, Purpose::Research, Purpose::PublicHealth];
		for purpose in purposes {
			for action in Action::ALL {
				note.remember((purpose, *action));
			}
		}
		assert_eq!(note.asked.len(), MAX_ASKED);
		let last = (Purpose::PublicHealth, *Action::ALL.last().unwrap());
		assert_eq!(note.asked.last(), Some(&last));
	}
}
