//! Replays the test vectors of this crate and of `clients/js`.

mod made;

use assent_envelope::*;
use made::*;

fn file(name: &str) -> String {
	std::fs::read_to_string(folder().join(name)).unwrap()
}

#[test]
fn vectors_should_be_what_this_version_makes_when_seeds_are_fixed() {
	assert_eq!(file("tokens.json"), to_text(&tokens()));
	assert_eq!(file("hashes.json"), to_text(&hashes()));
	assert_eq!(file("commitments.json"), to_text(&commitments()));
	assert_eq!(file("wraps-rust.json"), to_text(&wraps()));
}

fn replay_wraps(name: &str) {
	let list = read::<WrapVector>(name);
	assert!(list.len() >= 4, "{name}");
	for vector in &list {
		let key = ReaderKey::from_bytes(&vector.reader_private);
		assert_eq!(key.public().to_bytes(), vector.reader_public);
		assert_eq!(vector.binding().encode(), vector.associated_data);
		let secret = unwrap(&vector.wrap, &key, &vector.binding()).unwrap();
		assert_eq!(*secret.to_bytes(), vector.secret);
		let other = Binding { version: vector.version.wrapping_add(1), ..vector.binding() };
		assert!(matches!(unwrap(&vector.wrap, &key, &other), Err(Error::WrapRefused)));
	}
}

#[test]
fn wraps_should_open_when_made_by_rust() {
	replay_wraps("wraps-rust.json");
}

#[test]
fn wraps_should_open_when_made_by_javascript() {
	replay_wraps("wraps-js.json");
}

fn replay_sealed(name: &str) {
	let list = read::<SealedVector>(name);
	let sizes: Vec<usize> = list.iter().map(|vector| vector.content_size).collect();
	assert_eq!(sizes, SEALED_SIZES);
	for vector in &list {
		check_sealed(vector).unwrap();
	}
}

#[test]
fn sealed_documents_should_open_when_made_by_rust() {
	replay_sealed("sealed-rust.json");
}

#[test]
fn sealed_documents_should_open_when_made_by_javascript() {
	replay_sealed("sealed-js.json");
}
