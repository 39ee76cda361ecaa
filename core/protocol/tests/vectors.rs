//! Compares the test vectors with what this crate makes.

mod made;

use made::*;

#[test]
fn vectors_should_be_what_this_version_makes() {
	for (name, value) in files() {
		let kept = std::fs::read_to_string(folder().join(name)).unwrap();
		assert_eq!(kept, to_text(&value), "{name}");
	}
}

#[test]
fn every_file_should_be_one_that_this_version_makes() {
	let mut kept: Vec<String> = std::fs::read_dir(folder())
		.unwrap()
		.map(|file| file.unwrap().file_name().into_string().unwrap())
		.filter(|name| name.ends_with(".json"))
		.collect();
	kept.sort_unstable();
	assert_eq!(kept, files().map(|(name, _)| name.to_owned()));
}
