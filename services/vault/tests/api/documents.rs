use crate::common::*;
use futures_util::stream;
use reqwest::{Body, Method};

fn content(size: usize) -> Vec<u8> {
	(0..size).map(|at| (at % 251) as u8).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_round_trip_when_empty_tiny_or_larger() {
	let vault = Vault::start().await;
	for size in [0, 1, 80, 300_000, 1_000_003] {
		let content = content(size);
		let path = document_path(&content);
		assert_eq!(vault.get(&path).await.status(), 404);
		let response = vault.put(&path, content.clone()).await;
		assert_eq!(response.status(), 201);
		let answer: serde_json::Value =
			serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
		assert_eq!(answer["size"], size);

		let response = vault.get(&path).await;
		assert_eq!(response.status(), 200);
		assert_eq!(response.headers()["content-length"], size.to_string());
		assert_eq!(response.headers()["content-type"], "application/octet-stream");
		assert_eq!(response.headers()["cache-control"], "no-store");
		assert_eq!(response.bytes().await.unwrap(), content);
	}
	assert_eq!(vault.files("documents").len(), 5);
	assert!(vault.files("incoming").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_answer_200_when_the_same_is_put_again() {
	let vault = Vault::start().await;
	let path = document_path(b"same");
	assert_eq!(vault.put(&path, "same").await.status(), 201);
	assert_eq!(vault.put(&path, "same").await.status(), 200);
	assert_eq!(vault.get(&path).await.bytes().await.unwrap(), "same");
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_leave_nothing_when_its_hash_is_not_the_address() {
	let vault = Vault::start().await;
	let path = document_path(b"right");
	for wrong in [&b"wrong"[..], b"", b"right ", &content(600_000)] {
		let response = vault.put(&path, wrong.to_vec()).await;
		assert_code(code(response).await, 422, "hash_mismatch");
		assert_eq!(vault.get(&path).await.status(), 404);
		assert_eq!(vault.get(&document_path(wrong)).await.status(), 404);
		vault.assert_empty();
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_stay_when_other_content_is_put_at_its_address() {
	let vault = Vault::start().await;
	let path = document_path(b"right");
	vault.put(&path, "right").await;
	let response = vault.put(&path, "other").await;
	assert_code(code(response).await, 422, "hash_mismatch");
	assert_eq!(vault.get(&path).await.bytes().await.unwrap(), "right");
	assert_eq!(vault.files("documents").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_be_served_as_stored_and_repaired_by_its_content_when_damaged() {
	let vault = Vault::start().await;
	let path = document_path(b"right");
	vault.put(&path, "right").await;
	std::fs::write(&vault.files("documents")[0], "rot").unwrap();
	assert_eq!(vault.get(&path).await.bytes().await.unwrap(), "rot");
	assert_eq!(vault.put(&path, "right").await.status(), 200);
	assert_eq!(vault.get(&path).await.bytes().await.unwrap(), "right");
	let metrics = vault.get("/metrics").await.text().await.unwrap();
	assert!(metrics.contains("assent_vault_repaired_documents_total 1\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_be_gone_when_deleted() {
	let vault = Vault::start().await;
	let path = document_path(b"erased");
	assert_code(code(vault.delete(&path).await).await, 404, "not_found");
	vault.put(&path, "erased").await;
	assert_eq!(vault.delete(&path).await.status(), 204);
	assert_eq!(vault.get(&path).await.status(), 404);
	assert_eq!(vault.delete(&path).await.status(), 404);
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn head_should_tell_the_size_without_the_bytes() {
	let vault = Vault::start().await;
	let path = document_path(b"0123456789");
	vault.put(&path, "0123456789").await;
	let response = vault.request(Method::HEAD, &path).send().await.unwrap();
	assert_eq!(response.status(), 200);
	assert_eq!(response.headers()["content-length"], "10");
	assert_eq!(response.headers()["accept-ranges"], "bytes");
	assert_eq!(response.bytes().await.unwrap(), "");
	let missing = vault.request(Method::HEAD, &document_path(b"none")).send().await.unwrap();
	assert_eq!(missing.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn range_should_give_the_part_asked_for() {
	let vault = Vault::start().await;
	let content = content(700_000);
	let path = document_path(&content);
	vault.put(&path, content.clone()).await;
	let ask = |range: &'static str| vault.request(Method::GET, &path).header("Range", range);

	for (range, first, last) in [
		("bytes=0-0", 0, 0),
		("bytes=5-600004", 5, 600_004),
		("bytes=699999-", 699_999, 699_999),
		("bytes=-10", 699_990, 699_999),
	] {
		let response = ask(range).send().await.unwrap();
		assert_eq!(response.status(), 206, "{range}");
		let expected = format!("bytes {first}-{last}/700000");
		assert_eq!(response.headers()["content-range"], expected);
		assert_eq!(response.headers()["content-length"], (last - first + 1).to_string());
		assert_eq!(response.bytes().await.unwrap(), content[first..=last]);
	}
	let response = ask("bytes=700000-").send().await.unwrap();
	assert_eq!(response.headers()["content-range"], "bytes */700000");
	assert_code(code(response).await, 416, "range_not_satisfiable");

	let several = ask("bytes=0-1,5-6").send().await.unwrap();
	assert_eq!(several.status(), 200);
	let other = ask("bytes=0-0").header("If-Range", "\"other\"").send().await.unwrap();
	assert_eq!(other.status(), 200);
	let tag = several.headers()["etag"].clone();
	let same = ask("bytes=0-0").header("If-Range", tag).send().await.unwrap();
	assert_eq!(same.status(), 206);
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_should_be_refused_when_the_token_is_not_the_organisations() {
	let vault = Vault::start().await;
	let document = document_path(b"kept");
	let wrap = Reader::new(1).path();
	vault.put(&document, "kept").await;
	vault.put(&wrap, WRAP.to_vec()).await;

	let longer = format!("Bearer {TOKEN}x");
	let shorter = format!("Bearer {}", &TOKEN[..TOKEN.len() - 1]);
	let lower = format!("bearer {TOKEN}");
	let basic = format!("Basic {TOKEN}");
	let last = format!("Bearer {}X", &TOKEN[..TOKEN.len() - 1]);
	let values =
		["", "Bearer", "Bearer ", TOKEN, &longer, &shorter, &lower, &basic, &last, "Bearer \u{e9}"];
	let new_document = document_path(b"new");
	let new_wrap = Reader::new(2).path();
	let record = format!("/v1/wraps/{RECORD}");
	for value in values {
		for (method, path, body) in [
			(Method::PUT, &new_document, b"new".to_vec()),
			(Method::DELETE, &document, Vec::new()),
			(Method::PUT, &new_wrap, WRAP.to_vec()),
			(Method::DELETE, &wrap, Vec::new()),
			(Method::DELETE, &record, Vec::new()),
		] {
			let request = vault.request(method, path).header("Authorization", value).body(body);
			let response = request.send().await.unwrap();
			assert_eq!(response.headers()["www-authenticate"], "Bearer");
			assert_code(code(response).await, 401, "token_required");
		}
	}
	let none = vault.request(Method::PUT, &new_document).body("new").send().await.unwrap();
	assert_code(code(none).await, 401, "token_required");
	let twice = vault
		.request(Method::DELETE, &document)
		.header("Authorization", "Bearer x")
		.bearer_auth(TOKEN);
	assert_code(code(twice.send().await.unwrap()).await, 401, "token_required");

	assert_eq!(vault.files("documents").len(), 1);
	assert_eq!(vault.files("wraps").len(), 1);
	assert_eq!(vault.get(&document).await.bytes().await.unwrap(), "kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_be_refused_when_larger_than_the_limit() {
	let vault = Vault::start_with(|s| s.max_document_bytes = Some(1000)).await;
	let content = content(1001);
	assert_eq!(
		vault.put(&document_path(&content[..1000]), content[..1000].to_vec()).await.status(),
		201
	);
	let response = vault.put(&document_path(&content), content.clone()).await;
	assert_code(code(response).await, 413, "too_large");
	assert_eq!(vault.get(&document_path(&content)).await.status(), 404);
	assert_eq!(vault.files("documents").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn document_should_be_refused_when_its_length_is_not_declared() {
	let vault = Vault::start_with(|s| s.max_document_bytes = Some(1000)).await;
	let path = document_path(b"chunked");
	let body = Body::wrap_stream(stream::iter([Ok::<_, std::io::Error>("chunked")]));
	let response = vault.put(&path, body).await;
	assert_code(code(response).await, 411, "length_required");

	let head = format!("PUT {path} HTTP/1.1\r\nAuthorization: Bearer {TOKEN}");
	let raw = vault.raw();
	let answer = blocking(move || raw.ask(&head)).await;
	assert!(answer.starts_with("HTTP/1.1 411 "), "{answer}");
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn request_should_be_refused_when_two_lengths_disagree() {
	let vault = Vault::start().await;
	let path = document_path(b"12345");
	for lengths in
		["Content-Length: 5\r\nContent-Length: 6", "Content-Length: +5", "Content-Length: 5, 5"]
	{
		let mut raw = vault.raw();
		raw.send(format!(
			"PUT {path} HTTP/1.1\r\nHost: vault\r\nAuthorization: Bearer {TOKEN}\r\n{lengths}\r\n\
			 Connection: close\r\n\r\n12345"
		));
		let answer = blocking(move || String::from_utf8(raw.rest()).unwrap()).await;
		assert!(answer.starts_with("HTTP/1.1 400 "), "{lengths}: {answer}");
	}
	// The request has both framings. Such a request could smuggle a second request through a proxy
	// that believes the other framing.
	let mut raw = vault.raw();
	raw.send(format!(
		"PUT {path} HTTP/1.1\r\nHost: vault\r\nAuthorization: Bearer {TOKEN}\r\n\
		 Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
		 5\r\n12345\r\n0\r\n\r\n"
	));
	let answer = blocking(move || String::from_utf8(raw.rest()).unwrap()).await;
	assert!(answer.starts_with("HTTP/1.1 411 ") || answer.starts_with("HTTP/1.1 400 "), "{answer}");
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn path_should_lead_nowhere_when_it_is_not_an_address() {
	let vault = Vault::start().await;
	std::fs::write(vault.dir.path().join("secret"), "do not read").unwrap();
	let hash = blake3::hash(b"x").to_hex().to_string();
	let upper = hash.to_uppercase();
	let escaped = format!("%{:02x}{}", hash.as_bytes()[0], &hash[1..]);
	let paths = [
		"/v1/documents/../../secret".to_owned(),
		"/v1/documents/..%2f..%2fsecret".to_owned(),
		"/v1/documents/%2e%2e/%2e%2e/secret".to_owned(),
		"/v1/documents/....//....//secret".to_owned(),
		"/v1/documents//etc/passwd".to_owned(),
		"/v1/documents/..\\..\\secret".to_owned(),
		"/v1/documents/".to_owned(),
		"/v1/documents/.".to_owned(),
		"/v1/documents/..".to_owned(),
		format!("/v1/documents/{upper}"),
		format!("/v1/documents/0x{hash}"),
		format!("/v1/documents/{}", &hash[1..]),
		format!("/v1/documents/{hash}0"),
		format!("/v1/documents/{hash}/"),
		format!("/v1/documents/{escaped}"),
		format!("/v1/documents/{hash}%00"),
		format!("/v1/documents/{}/..", &hash[..61]),
		format!("/v1//documents/{hash}"),
		format!("/V1/documents/{hash}"),
		format!("/v1/wraps/../documents/{hash}"),
		format!("/v1/wraps/{RECORD}/../{hash}"),
		format!("/v1/wraps/{RECORD}/0/{hash}"),
		format!("/v1/wraps/{RECORD}/01/{hash}"),
		format!("/v1/wraps/{RECORD}/+1/{hash}"),
		format!("/v1/wraps/{RECORD}/4294967296/{hash}"),
		format!("/v1/wraps/{}/1/{hash}", RECORD.to_uppercase()),
		format!("/v1/wraps/{RECORD}/1/{upper}"),
		format!("/v1/wraps/{RECORD}/1/{}", &hash[2..]),
		format!("/v1/wraps/{}/1/{hash}", &RECORD[2..]),
	];
	for path in &paths {
		for method in ["GET", "DELETE", "PUT"] {
			let length = if method == "PUT" { "\r\nContent-Length: 0" } else { "" };
			let head = format!("{method} {path} HTTP/1.1\r\nAuthorization: Bearer {TOKEN}{length}");
			let raw = vault.raw();
			let answer = blocking(move || raw.ask(&head)).await;
			let refused =
				["400", "404", "405"].iter().any(|s| answer.starts_with(&format!("HTTP/1.1 {s} ")));
			assert!(refused, "{method} {path}: {answer}");
			assert!(!answer.contains("do not read") && !answer.contains("root:"), "{answer}");
		}
	}
	vault.assert_empty();
	assert_eq!(std::fs::read(vault.dir.path().join("secret")).unwrap(), b"do not read");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_should_be_json_with_a_code_when_path_or_method_is_unknown() {
	let vault = Vault::start().await;
	assert_code(code(vault.get("/").await).await, 404, "no_route");
	assert_code(code(vault.get("/v1/documents").await).await, 404, "no_route");
	let post = vault.request(Method::POST, &document_path(b"x")).body("x").send().await.unwrap();
	assert_eq!(post.headers()["allow"], "GET, HEAD, PUT, DELETE");
	assert_code(code(post).await, 405, "method_not_allowed");
	let get = vault.get(&format!("/v1/wraps/{RECORD}")).await;
	assert_eq!(get.headers()["allow"], "DELETE");
	assert_code(code(get).await, 405, "method_not_allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_should_arrive_when_the_client_is_still_sending() {
	let vault = Vault::start_with(|s| s.max_document_bytes = Some(1000)).await;
	let path = document_path(b"x");
	let length = 16 << 20;
	for (head, status) in [
		(put_head(&path, length), "413"),
		(put_head(&path, length).replace(TOKEN, "no"), "401"),
		(put_head("/v1/elsewhere", length), "404"),
		(put_head(&Reader::new(1).path(), length), "400"),
	] {
		let mut raw = vault.raw();
		let answer = blocking(move || {
			raw.send(head);
			for _ in 0..length / 65_536 {
				raw.send([0; 65_536]);
			}
			String::from_utf8(raw.rest()).unwrap()
		})
		.await;
		assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
		assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
	}
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_should_leave_nothing_when_the_client_leaves() {
	let vault = Vault::start().await;
	let content = content(2_000_000);
	let path = document_path(&content);
	let mut raw = vault.raw();
	raw.send(put_head(&path, content.len()));
	raw.send(&content[..1_500_000]);
	vault.uploading(1).await;
	assert_eq!(vault.get(&path).await.status(), 404);
	drop(raw);
	vault.settled().await;
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_of_the_same_document_at_once_should_all_succeed() {
	let vault = Vault::start().await;
	let content = content(900_000);
	let path = document_path(&content);
	let statuses = futures_util::future::join_all(
		(0..8).map(|_| async { vault.put(&path, content.clone()).await.status().as_u16() }),
	)
	.await;
	assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
	assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 7, "{statuses:?}");
	assert_eq!(vault.get(&path).await.bytes().await.unwrap(), content);
	assert_eq!(vault.files("documents").len(), 1);
	assert!(vault.files("incoming").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn client_that_waits_for_leave_should_send_nothing_when_refused() {
	let vault = Vault::start().await;
	let head = put_head(&document_path(b"01234"), 5);
	let head = format!("{}Expect: 100-continue\r\n\r\n", &head[..head.len() - 2]);
	let mut raw = vault.raw();
	raw.send(head.replace(TOKEN, "no"));
	let answer = blocking(move || String::from_utf8(raw.rest()).unwrap()).await;
	assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");

	let mut raw = vault.raw();
	raw.send(&head);
	let (leave, answer) = blocking(move || {
		let leave = raw.head();
		raw.send("01234");
		(leave, raw.head())
	})
	.await;
	assert!(leave.starts_with("HTTP/1.1 100 "), "{leave}");
	assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
}
