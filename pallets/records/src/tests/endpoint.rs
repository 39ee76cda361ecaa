use crate::endpoint::Endpoint;
use proptest::prelude::*;

fn host(url: &str) -> Option<String> {
	Endpoint::parse(url.as_bytes()).map(|endpoint| endpoint.host)
}

#[test]
fn parse_should_name_host_and_port() {
	for (url, expected) in [
		("https://vault.example", "vault.example:443"),
		("http://vault.example", "vault.example:80"),
		("https://vault.example:8443/store", "vault.example:8443"),
		("http://10.0.0.2:8080", "10.0.0.2:8080"),
		("https://[2001:db8::1]", "[2001:db8::1]:443"),
		("https://[2001:db8::1]:9000/x", "[2001:db8::1]:9000"),
	] {
		assert_eq!(host(url).as_deref(), Some(expected), "{url}");
	}
}

#[test]
fn parse_should_refuse_what_clients_may_read_in_another_way() {
	for url in [
		"",
		"vault.example",
		"ftp://vault.example",
		"HTTPS://vault.example",
		"https://",
		"https:///v1",
		"https://vault.example@10.0.0.1",
		"https://user:word@vault.example",
		"https://vault.example:443@10.0.0.1",
		"https://vault.example\\@10.0.0.1",
		"https://vault.example?x=1",
		"https://vault.example/#x",
		"https://vault.example/a b",
		"https://vault.example/%2e%2e",
		"https://vault.example:",
		"https://vault.example:0",
		"https://vault.example:+80",
		"https://vault.example:65536",
		"https://vault.example:80:90",
		"https://vault_example",
		"https://välte.example",
		"https://[::1",
		"https://[::1]80",
		"https://[]",
		"https://[vault.example]",
		"https://Vault.Example:8443",
		"https://[2001:DB8::1]",
		"https://[2001:0db8::1]",
		"https://vault.example:0443",
		"https://vault.example/",
		"https://vault.example/store//",
		"https://vault.example\r\nhost: x",
		"https://vault.example\0",
	] {
		assert_eq!(host(url), None, "{url:?}");
	}
	assert_eq!(Endpoint::parse(&[b"http://".as_slice(), &[0xff; 4]].concat()), None);
	assert_eq!(host(&format!("https://{}", "a".repeat(300))), None);
}

#[test]
fn is_allowed_should_compare_host_and_port() {
	let allowed = |url: &str, hosts: &[&str]| {
		let hosts: Vec<Vec<u8>> = hosts.iter().map(|host| host.as_bytes().to_vec()).collect();
		Endpoint::parse(url.as_bytes()).expect("well-formed").is_allowed(&hosts)
	};
	assert!(allowed("https://vault.example", &["other:1", "vault.example:443"]));
	assert!(allowed("https://vault.example", &["VAULT.example:443"]));
	assert!(!allowed("https://vault.example", &["vault.example:80"]));
	assert!(!allowed("https://vault.example:8443", &["vault.example:443"]));
	assert!(!allowed("https://vault.example.evil", &["vault.example:443"]));
	assert!(!allowed("https://vault.example", &["vault.example"]));
	assert!(!allowed("https://vault.example", &[]));
}

#[test]
fn document_should_join_path_and_hash() {
	let hash = [0xab; 32];
	let hex = "ab".repeat(32);
	for (base, expected) in [
		("https://vault.example", format!("https://vault.example/v1/documents/{hex}")),
		("http://v:8/store", format!("http://v:8/store/v1/documents/{hex}")),
	] {
		let endpoint = Endpoint::parse(base.as_bytes()).expect("well-formed");
		assert_eq!(endpoint.document(&hash), expected);
	}
}

#[test]
fn parse_should_read_what_the_council_can_approve_and_nothing_else() {
	let vectors = include_str!("../../../../core/protocol/vectors/endpoint.json");
	let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
	for accepted in vectors["urls"]["accepted"].as_array().unwrap() {
		let text = accepted["url"].as_str().unwrap();
		let endpoint = Endpoint::parse(text.as_bytes()).expect(text);
		assert_eq!(endpoint.host, accepted["hostPort"].as_str().unwrap());
		assert_eq!(endpoint.document(&[0xab; 32]), accepted["document"].as_str().unwrap());
	}
	for refused in vectors["urls"]["refused"].as_array().unwrap() {
		assert_eq!(host(refused.as_str().unwrap()), None, "{refused}");
	}
}

proptest! {
	#[test]
	fn parse_should_never_panic(url in proptest::collection::vec(any::<u8>(), 0..300)) {
		let _ = Endpoint::parse(&url);
	}

	#[test]
	fn parse_should_keep_the_host_what_stands_before_the_path(
		name in "[a-zA-Z0-9.\\-@:\\[\\]?#/%]{1,24}",
	) {
		let url = format!("http://{name}");
		if let Some(host) = host(&url) {
			let authority = name.split('/').next().unwrap_or_default();
			// The port may be left out.
			let same = [authority.to_owned(), format!("{authority}:80")];
			prop_assert!(same.contains(&host), "{} read as {}", name, host);
			prop_assert!(!host.contains(['@', '?', '#', '/', '%']));
		}
	}
}
