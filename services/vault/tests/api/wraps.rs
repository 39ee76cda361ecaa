use crate::common::*;
use reqwest::Method;

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_be_kept_once_and_never_replaced() {
	let vault = Vault::start().await;
	let path = Reader::new(1).path();
	assert_eq!(vault.put(&path, WRAP.to_vec()).await.status(), 201);
	assert_eq!(vault.put(&path, WRAP.to_vec()).await.status(), 200);
	assert_code(code(vault.put(&path, vec![8; 80]).await).await, 409, "conflict");
	assert_eq!(std::fs::read(&vault.files("wraps")[0]).unwrap(), WRAP);
	assert_eq!(vault.delete(&path).await.status(), 204);
	assert_eq!(vault.put(&path, vec![8; 80]).await.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_be_refused_when_not_80_bytes() {
	let vault = Vault::start().await;
	let path = Reader::new(1).path();
	for size in [0, 1, 79, 81, 160, 1 << 20] {
		assert_code(code(vault.put(&path, vec![7; size]).await).await, 400, "wrap_size");
	}
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn wraps_should_be_deleted_singly_or_by_record() {
	let vault = Vault::start().await;
	let path = |reader, version| {
		let account = Reader::new(reader).account();
		format!("/v1/wraps/{RECORD}/{version}/{account}")
	};
	for (reader, version) in [(1, 1), (2, 1), (1, 2), (2, 10)] {
		assert_eq!(vault.put(&path(reader, version), WRAP.to_vec()).await.status(), 201);
	}
	let other = path(1, 1).replace(RECORD, &"ab".repeat(16));
	vault.put(&other, WRAP.to_vec()).await;

	assert_eq!(vault.delete(&path(1, 1)).await.status(), 204);
	assert_code(code(vault.delete(&path(1, 1)).await).await, 404, "not_found");
	assert_eq!(vault.files("wraps").len(), 4);

	let record = format!("/v1/wraps/{RECORD}");
	assert_eq!(vault.delete(&record).await.status(), 204);
	assert_code(code(vault.delete(&record).await).await, 404, "not_found");
	assert_eq!(vault.files("wraps").len(), 1);
	assert_eq!(vault.delete(&other).await.status(), 204);
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_vault_has_no_node() {
	let vault = Vault::start().await;
	let reader = Reader::new(1);
	vault.put(&reader.path(), WRAP.to_vec()).await;
	let response = reader.ask().send(&vault).await;
	let status = response.status();
	let text = response.text().await.unwrap();
	assert_eq!(status, 503);
	assert!(text.contains("\"no_node\"") && text.contains("--node"), "{text}");
	let with_token = vault
		.request(Method::GET, &format!("{}?entry={}", reader.path(), "e7".repeat(32)))
		.bearer_auth(TOKEN);
	assert_code(code(with_token.send().await.unwrap()).await, 503, "no_node");
	let ready = vault.get("/readyz").await.text().await.unwrap();
	assert!(ready.contains("\"releases\":false"), "{ready}");
}
