use crate::common::*;
use reqwest::Method;
use std::io::Read;
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
async fn upload_should_be_refused_when_as_many_as_allowed_are_running() {
	let vault = Vault::start_with(|s| s.max_uploads = Some(1)).await;
	let kept = document_path(b"kept");
	vault.put(&kept, "kept").await;
	let mut raw = vault.raw();
	raw.send(put_head(&document_path(b"0123456789"), 10));
	raw.send("01234");
	vault.uploading(1).await;

	let refused = vault.put(&document_path(b"x"), "x").await;
	assert!(refused.headers().contains_key("retry-after"));
	assert_code(code(refused).await, 503, "busy");
	let wrap = vault.put(&Reader::new(1).path(), WRAP.to_vec()).await;
	assert_code(code(wrap).await, 503, "busy");
	assert_eq!(vault.get(&kept).await.status(), 200);
	let metrics = vault.get("/metrics").await.text().await.unwrap();
	assert!(metrics.contains("assent_vault_uploads 1\n"), "{metrics}");

	raw.send("56789");
	assert!(raw.head().starts_with("HTTP/1.1 201 "));
	assert_eq!(vault.put(&document_path(b"x"), "x").await.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_should_be_cut_when_its_headers_drip() {
	let vault = Vault::start_with(|s| s.header_timeout = Some(1)).await;
	let mut raw = vault.raw();
	let began = Instant::now();
	blocking(move || {
		raw.send("GET /healthz HTTP/1.1\r\nHost: vault\r\nX-Slow: ");
		let mut alive = true;
		while alive && began.elapsed() < LONG {
			std::thread::sleep(Duration::from_millis(100));
			alive = std::io::Write::write_all(&mut raw.0, b"x").is_ok();
		}
		assert!(!alive, "still open");
	})
	.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connection_should_be_closed_when_idle() {
	let vault = Vault::start_with(|s| s.header_timeout = Some(5)).await;
	let mut raw = vault.raw();
	raw.send("GET /healthz HTTP/1.1\r\nHost: vault\r\n\r\n");
	assert!(raw.head().starts_with("HTTP/1.1 200 "));
	let began = Instant::now();
	blocking(move || raw.rest()).await;
	assert!(began.elapsed() < LONG, "still open");
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_should_be_cut_off_when_nothing_comes() {
	let vault = Vault::start_with(|s| s.body_timeout = Some(1)).await;
	let mut raw = vault.raw();
	raw.send(put_head(&document_path(b"0123456789"), 10));
	raw.send("01234");
	let answer = blocking(move || raw.head()).await;
	assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_should_be_cut_off_when_it_drips() {
	let vault = Vault::start_with(|s| s.body_timeout = Some(1)).await;
	let mut raw = vault.raw();
	raw.send(put_head(&document_path(&[b'x'; 200]), 200));
	let mut writer = raw.0.try_clone().unwrap();
	let drip = std::thread::spawn(move || {
		for _ in 0..200 {
			if std::io::Write::write_all(&mut writer, b"x").is_err() {
				break;
			}
			std::thread::sleep(Duration::from_millis(200));
		}
	});
	let answer = blocking(move || {
		let head = raw.head();
		let _ = raw.0.shutdown(std::net::Shutdown::Both);
		head
	})
	.await;
	assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
	vault.assert_empty();
	blocking(move || drip.join().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn download_should_be_cut_off_when_the_reader_stalls() {
	let vault = Vault::start_with(|s| {
		s.body_timeout = Some(1);
		s.max_connections = Some(1);
	})
	.await;
	let size = 48 << 20;
	let path = vault.place(&vec![5; size]);
	let mut raw = vault.raw();
	raw.send(format!("GET {path} HTTP/1.1\r\nHost: vault\r\n\r\n"));
	assert!(raw.head().starts_with("HTTP/1.1 200 "));
	// The only place is free again when the vault has cut off the reader that takes no bytes.
	let next = vault.raw();
	let answer = blocking(move || next.ask("GET /healthz HTTP/1.1")).await;
	assert!(answer.starts_with("HTTP/1.1 200 "), "still held: {answer}");
	let received = blocking(move || raw.rest().len()).await;
	assert!(received < size, "it was given all that it did not take");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_should_wait_when_as_many_as_allowed_are_open() {
	let vault = Vault::start_with(|s| {
		s.max_connections = Some(2);
		s.header_timeout = Some(4);
	})
	.await;
	let began = Instant::now();
	let held = [vault.raw(), vault.raw()];
	let mut third = vault.raw();
	third.send("GET /healthz HTTP/1.1\r\nHost: vault\r\n\r\n");
	let answer = blocking(move || third.head()).await;
	assert!(answer.starts_with("HTTP/1.1 200 "));
	assert!(began.elapsed() >= Duration::from_secs(4), "a third one was let in");
	drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn head_of_a_request_should_be_refused_when_too_large() {
	let vault = Vault::start().await;
	let mut raw = vault.raw();
	let answer = blocking(move || {
		let huge = format!("GET /healthz HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(200_000));
		let _ = std::io::Write::write_all(&mut raw.0, huge.as_bytes());
		raw.head()
	})
	.await;
	assert!(!answer.starts_with("HTTP/1.1 200 "), "{answer}");
	assert_eq!(vault.get("/healthz").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn vault_should_let_running_uploads_end_and_take_no_new_work_when_stopped() {
	let mut vault = Vault::start().await;
	let kept = document_path(b"kept");
	vault.put(&kept, "kept").await;
	assert_eq!(vault.get("/readyz").await.status(), 200);
	let late = document_path(b"0123456789");
	let mut raw = vault.raw();
	raw.send(put_head(&late, 10));
	raw.send("01234");
	vault.uploading(1).await;
	vault.stop();
	vault.draining().await;
	assert_eq!(vault.get("/healthz").await.status(), 200);
	for (method, path) in [(Method::GET, &kept), (Method::PUT, &kept), (Method::DELETE, &kept)] {
		let request = vault.request(method, path).bearer_auth(TOKEN).body("kept");
		assert_code(code(request.send().await.unwrap()).await, 503, "shutting_down");
	}

	raw.send("56789");
	let answer = blocking(move || String::from_utf8(raw.rest()).unwrap()).await;
	assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
	assert!(vault.ended().await, "ended in time");
	assert_eq!(vault.files("documents").len(), 2);
	assert!(std::net::TcpStream::connect(vault.address).is_err(), "still listening");
}

#[tokio::test(flavor = "multi_thread")]
async fn vault_should_cut_off_what_runs_at_the_deadline() {
	let mut vault = Vault::start_with(|s| s.drain_timeout = Some(1)).await;
	let mut raw = vault.raw();
	raw.send(put_head(&document_path(b"0123456789"), 10));
	raw.send("01234");
	vault.uploading(1).await;
	let began = Instant::now();
	vault.stop();
	assert!(!vault.ended().await, "it can't have ended in time");
	assert!(began.elapsed() < LONG);
	let mut byte = [0];
	assert!(matches!(raw.0.read(&mut byte), Ok(0) | Err(_)));
	vault.settled().await;
	vault.assert_empty();
}

#[tokio::test(flavor = "multi_thread")]
async fn vault_should_end_at_once_when_only_idle_connections_are_open() {
	let mut vault = Vault::start_with(|s| {
		s.header_timeout = Some(300);
		s.drain_timeout = Some(300);
	})
	.await;
	let mut raw = vault.raw();
	raw.send("GET /healthz HTTP/1.1\r\nHost: vault\r\n\r\n");
	assert!(raw.head().starts_with("HTTP/1.1 200 "));
	let began = Instant::now();
	vault.stop();
	assert!(vault.ended().await);
	assert!(began.elapsed() < LONG, "it waited for idle connections");
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_should_fail_when_the_store_cannot_be_written() {
	let vault = Vault::start().await;
	assert_eq!(vault.get("/readyz").await.status(), 200);
	let incoming = vault.dir.path().join("store/incoming");
	std::fs::remove_dir(&incoming).unwrap();
	// The vault does not check the store at every question.
	let later = || tokio::time::sleep(Duration::from_millis(1100));
	later().await;
	let ready = vault.get("/readyz").await;
	assert_eq!(ready.status(), 503);
	let why = ready.text().await.unwrap();
	assert!(!why.contains("incoming"), "a path was told: {why}");
	let failed = vault.put(&document_path(b"x"), "x").await;
	assert_code(code(failed).await, 500, "internal");

	std::fs::create_dir(&incoming).unwrap();
	later().await;
	assert_eq!(vault.get("/readyz").await.status(), 200);
	assert_eq!(vault.put(&document_path(b"x"), "x").await.status(), 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_should_count_by_route_and_name_nothing_else() {
	let vault = Vault::start().await;
	let path = document_path(b"12345");
	vault.put(&path, "12345").await;
	vault.get(&path).await.bytes().await.unwrap();
	vault.get("/made/up/by/a/client").await;
	vault.request(Method::PATCH, &path).send().await.unwrap();
	let metrics = vault.get("/metrics").await.text().await.unwrap();
	for line in [
		"assent_vault_requests_total{route=\"/v1/documents/{hash}\",method=\"PUT\",status=\"201\"} 1",
		"assent_vault_requests_total{route=\"/v1/documents/{hash}\",method=\"GET\",status=\"200\"} 1",
		"assent_vault_requests_total{route=\"/v1/documents/{hash}\",method=\"other\",status=\"405\"} 1",
		"assent_vault_requests_total{route=\"none\",method=\"GET\",status=\"404\"} 1",
		"assent_vault_uploaded_bytes_total 5",
		"assent_vault_downloaded_bytes_total 5",
		"assent_vault_uploads 0",
	] {
		assert!(metrics.lines().any(|l| l == line), "{line}\n{metrics}");
	}
	assert!(!metrics.contains("made"));
	assert!(!metrics.contains(&path["/v1/documents/".len()..]));
}
