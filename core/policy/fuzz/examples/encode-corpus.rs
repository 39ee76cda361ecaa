//! Writes the settings of one target's corpus as inputs of the other target. The new inputs
//! decode, so the fuzzer begins with changes of valid bytes. Usage: `encode-corpus FROM TO`

use assent_policy_fuzz::model::cases::{encode, Case};
use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
	let folders: Vec<PathBuf> = env::args_os().skip(1).map(Into::into).collect();
	let [from, to] = &folders[..] else {
		return Err(io::Error::other("usage: encode-corpus FROM TO"));
	};
	fs::create_dir_all(to)?;
	for entry in fs::read_dir(from)? {
		let entry = entry?;
		if let Some(case) = Case::of(&fs::read(entry.path())?) {
			fs::write(to.join(entry.file_name()), encode(&case.setting))?;
		}
	}
	Ok(())
}
