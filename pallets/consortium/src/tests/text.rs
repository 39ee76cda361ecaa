use crate::{check_name, check_uri, check_url};
use proptest::prelude::*;

#[test]
fn check_url_should_accept_addresses_of_vaults() {
	for good in [
		"http://127.0.0.1:9001",
		"https://vault.example",
		"https://vault.example:8443",
		"https://v",
		"https://vault-1.north.example/assent",
		"https://vault.example/a/b_c/~d/v1.2",
		"http://[::1]:9001",
		"https://[2001:db8::7]/vault",
		"https://vault.example:65535",
		"https://3com.example",
	] {
		assert!(check_url(good.as_bytes()), "{good}");
	}
}

#[test]
fn check_url_should_refuse_everything_else() {
	for bad in [
		"",
		"vault.example",
		"//vault.example",
		"ftp://vault.example",
		"HTTPS://vault.example",
		"https:/vault.example",
		"https://",
		"https:///path",
		"https://:8443",
		"https://user@vault.example",
		"https://user:secret@vault.example",
		"https://vault.example?patient=1",
		"https://vault.example/a?b",
		"https://vault.example/a#b",
		"https://vault.example/",
		"https://vault.example/a/",
		"https://vault.example//a",
		"https://vault.example/../a",
		"https://vault.example/./a",
		"https://vault.example/%2e%2e",
		"https://vault.example/a b",
		"https://vault.example\\a",
		"https://Vault.example",
		"https://vault..example",
		"https://.example",
		"https://vault.example.",
		"https://-vault.example",
		"https://vault-.example",
		"https://vault_1.example",
		"https://vault.example:",
		"https://vault.example:0",
		"https://vault.example:080",
		"https://vault.example:+80",
		"https://vault.example:65536",
		"https://vault.example:80:80",
		"https://256.0.0.1",
		"https://1.2.3",
		"https://127.0.0.01",
		"https://[::1",
		"https://[::1]9001",
		"https://[0:0:0:0:0:0:0:1]",
		"https://[::FFFF]",
		"https://[fe80::1%eth0]",
		"https://[]",
		"https://v\u{e4}ult.example",
		"https://vault.example\n",
		" https://vault.example",
	] {
		assert!(!check_url(bad.as_bytes()), "{bad}");
	}
	let long = format!("https://{}.example", "a".repeat(64));
	assert!(!check_url(long.as_bytes()));
	assert!(!check_url(b"https://vault.example/\xff"));
}

#[test]
fn check_name_should_accept_legal_names_only() {
	for good in ["Hospital", "Labor Süd GmbH & Co. KG", "病院", "A"] {
		assert!(check_name(good.as_bytes()), "{good}");
	}
	for bad in ["", " ", "\u{a0}Lab", "Lab\u{2003}", "L\tab", "Lab\u{85}x"] {
		assert!(!check_name(bad.as_bytes()), "{bad:?}");
	}
}

#[test]
fn check_uri_should_accept_printable_ascii_only() {
	for good in ["urn:oid:1.2.3", "https://hospital.example/policy?v=1#x"] {
		assert!(check_uri(good.as_bytes()), "{good}");
	}
	for bad in ["", "a b", "ü", "a\n"] {
		assert!(!check_uri(bad.as_bytes()), "{bad:?}");
	}
}

proptest! {
	#[test]
	fn check_url_should_hold_for_addresses_put_together(
		scheme in "https?",
		labels in proptest::collection::vec("[a-z]([a-z0-9-]{0,8}[a-z0-9])?", 1..4),
		port in proptest::option::of(1u16..),
		path in proptest::collection::vec("[A-Za-z0-9_~-]{1,6}", 0..4),
	) {
		let port = port.map(|port| format!(":{port}")).unwrap_or_default();
		let path: String = path.iter().map(|segment| format!("/{segment}")).collect();
		let address = format!("{scheme}://{}{port}{path}", labels.join("."));
		prop_assert!(check_url(address.as_bytes()), "{}", address);
	}

	#[test]
	fn check_url_should_refuse_any_address_with_a_byte_that_has_no_place(
		before in "[a-z0-9./:-]{0,20}",
		wrong in r"[^a-zA-Z0-9./:\[\]_~-]",
		after in "[a-z0-9./:-]{0,20}",
	) {
		let address = format!("https://{before}{wrong}{after}");
		prop_assert!(!check_url(address.as_bytes()), "{}", address);
	}

	#[test]
	fn checks_should_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..140)) {
		check_url(&bytes);
		check_name(&bytes);
		check_uri(&bytes);
		check_url(&[b"https://".as_slice(), &bytes].concat());
		check_url(&[b"https://[".as_slice(), &bytes].concat());
	}
}
