//! Wraps for readers.

use assent_envelope::*;

fn binding() -> Binding {
	Binding { genesis: [1; 32], record: [2; 16], version: 3, reader: [4; 32], key_version: 5 }
}

fn secret() -> DocumentSecret {
	DocumentSecret::from_bytes([6; 32])
}

#[test]
fn unwrap_should_give_the_secret_back_when_key_and_binding_are_right() {
	let key = ReaderKey::generate();
	let wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	assert_eq!(wrapped.len(), 80);
	assert_eq!(*unwrap(&wrapped, &key, &binding()).unwrap().to_bytes(), [6; 32]);
}

#[test]
fn wrap_should_differ_when_made_twice() {
	let key = ReaderKey::generate();
	let once = wrap(&secret(), &key.public(), &binding()).unwrap();
	let twice = wrap(&secret(), &key.public(), &binding()).unwrap();
	assert_ne!(once[..32], twice[..32]);
	assert_ne!(once[32..], twice[32..]);
}

#[test]
fn unwrap_should_fail_when_the_key_is_another() {
	let (key, other) = (ReaderKey::generate(), ReaderKey::generate());
	let wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	assert!(matches!(unwrap(&wrapped, &other, &binding()), Err(Error::WrapRefused)));
}

#[test]
fn unwrap_should_fail_when_any_field_of_the_binding_is_another() {
	let key = ReaderKey::generate();
	let wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	let others = [
		("genesis", Binding { genesis: [9; 32], ..binding() }),
		("record", Binding { record: [9; 16], ..binding() }),
		("version", Binding { version: 4, ..binding() }),
		("reader", Binding { reader: [9; 32], ..binding() }),
		("key version", Binding { key_version: 6, ..binding() }),
		("versions swapped", Binding { version: 5, key_version: 3, ..binding() }),
	];
	for (field, other) in others {
		assert!(matches!(unwrap(&wrapped, &key, &other), Err(Error::WrapRefused)), "{field}");
	}
}

#[test]
fn unwrap_should_fail_when_any_byte_was_altered() {
	let key = ReaderKey::generate();
	let wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	for at in 0..wrapped.len() {
		let mut altered = wrapped;
		altered[at] ^= 1;
		assert!(matches!(unwrap(&altered, &key, &binding()), Err(Error::WrapRefused)), "{at}");
	}
}

#[test]
fn unwrap_should_fail_when_the_encapsulated_key_is_of_low_order() {
	let key = ReaderKey::generate();
	let mut wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	wrapped[..32].fill(0);
	assert!(matches!(unwrap(&wrapped, &key, &binding()), Err(Error::WrapRefused)));
}

#[test]
fn wrap_should_fail_when_the_public_key_is_of_low_order() {
	let mut one = [0; 32];
	one[0] = 1;
	for bytes in [[0; 32], one] {
		let public = ReaderPublic::from_bytes(bytes);
		assert!(matches!(wrap(&secret(), &public, &binding()), Err(Error::UnusableKey)));
	}
}

#[test]
fn binding_should_be_encoded_as_documented_when_wrapped() {
	let encoded = Binding { version: 0x0102_0304, ..binding() }.encode();
	assert_eq!(encoded.len(), 102);
	assert_eq!(encoded[..14], *b"assent/wrap/v1");
	assert_eq!(encoded[14..46], [1; 32]);
	assert_eq!(encoded[46..62], [2; 16]);
	assert_eq!(encoded[62..66], [4, 3, 2, 1]);
	assert_eq!(encoded[66..98], [4; 32]);
	assert_eq!(encoded[98..102], [5, 0, 0, 0]);
}

#[test]
fn reader_key_should_survive_when_written_as_bytes() {
	let key = ReaderKey::generate();
	let again = ReaderKey::from_bytes(&key.to_bytes());
	assert_eq!(again.public(), key.public());
	let wrapped = wrap(&secret(), &key.public(), &binding()).unwrap();
	assert!(unwrap(&wrapped, &again, &binding()).is_ok());
	let public = ReaderPublic::from_bytes(key.public().to_bytes());
	assert_eq!(public, key.public());
}

/// The source of the keys: RFC 7748, section 6.1, Alice's keys.
#[test]
fn public_key_should_be_that_of_the_standard_when_the_private_key_is() {
	let private = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
	let public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
	let key = ReaderKey::from_bytes(&hex::decode(private).unwrap().try_into().unwrap());
	assert_eq!(hex::encode(key.public().to_bytes()), public);
}

#[test]
fn reader_key_should_not_show_when_debugged() {
	let key = ReaderKey::generate();
	let shown = format!("{key:?}");
	assert!(shown.contains(&hex::encode(key.public().to_bytes())));
	assert!(!shown.contains(&hex::encode(*key.to_bytes())));
}
