//! Writes the test vectors:
//! `cargo run -p assent-protocol --features serde --example vectors`. The values are fixed, so
//! a second run changes nothing.

#[path = "../tests/made/mod.rs"]
mod made;

use made::*;

fn main() {
	std::fs::create_dir_all(folder()).unwrap();
	for (name, value) in files() {
		std::fs::write(folder().join(name), to_text(&value)).unwrap();
		println!("{name}");
	}
}
