//! Writes the test vectors that Rust makes: `cargo run -p assent-envelope --example vectors`.
//!
//! Tokens, hashes, commitments and wraps follow from fixed seeds, so a second run changes
//! nothing. Sealing can't be seeded. The example keeps sealed documents that still open, and
//! seals anew only if one is missing or stale.

#[path = "../tests/made/mod.rs"]
mod made;

use assent_envelope::*;
use made::*;
use std::fs;

fn main() {
	fs::create_dir_all(folder()).unwrap();
	write("tokens.json", &tokens());
	write("hashes.json", &hashes());
	write("commitments.json", &commitments());
	write("wraps-rust.json", &wraps());
	sealed();
}

fn write<T: serde::Serialize>(name: &str, list: &[T]) {
	fs::write(folder().join(name), to_text(list)).unwrap();
	println!("{name}: {} vectors", list.len());
}

fn sealed() {
	const LIST: &str = "sealed-rust.json";
	if folder().join(LIST).exists() {
		let list = read::<SealedVector>(LIST);
		let sizes: Vec<usize> = list.iter().map(|vector| vector.content_size).collect();
		if sizes == SEALED_SIZES && list.iter().all(|vector| check_sealed(vector).is_ok()) {
			return println!("{LIST}: {} vectors, kept", list.len());
		}
	}
	let list = SEALED_SIZES.map(|content_size| {
		let mut ciphertext = Vec::new();
		let sealed = seal(&pattern(content_size)[..], &mut ciphertext).unwrap();
		let file = format!("rust-{content_size}.age");
		fs::write(folder().join(&file), ciphertext).unwrap();
		SealedVector {
			file,
			secret: *sealed.secret.to_bytes(),
			identity: sealed.secret.to_identity().to_string(),
			content_size,
			salt: sealed.salt,
			commitment: sealed.commitment,
			ciphertext_hash: sealed.ciphertext_hash,
			ciphertext_size: sealed.size,
		}
	});
	write(LIST, &list);
}
