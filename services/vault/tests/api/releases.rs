use crate::common::*;
use assent_vault::request::now;
use reqwest::Method;
use serde_json::json;

/// A vault with a wrap for reader 1. The vault asks the node at `url`.
async fn vault(url: &str) -> (Vault, Reader) {
	vault_with_patience(url, 30).await
}

/// The same vault, with a limit in seconds for the node's answer.
async fn vault_with_patience(url: &str, seconds: u32) -> (Vault, Reader) {
	let vault = Vault::start_with(|settings| {
		settings.node = Some(url.to_owned());
		settings.node_timeout = Some(seconds);
	})
	.await;
	let reader = Reader::new(1);
	assert_eq!(vault.put(&reader.path(), WRAP.to_vec()).await.status(), 201);
	(vault, reader)
}

async fn outcome(answers: impl IntoIterator<Item = impl Into<Say>>) -> (u16, String, usize) {
	let node = Node::start(answers).await;
	let (vault, reader) = vault(&node.url).await;
	let (status, code) = code(reader.ask().send(&vault).await).await;
	(status, code, node.questions())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_be_delivered_when_permitted_and_final() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	let began = now();
	let response = reader.ask().send(&vault).await;
	assert_eq!(response.status(), 200);
	assert_eq!(response.headers()["cache-control"], "no-store");
	assert_eq!(response.headers()["content-length"], "80");
	assert_eq!(response.bytes().await.unwrap(), &WRAP[..]);

	let asked = node.asked.lock().unwrap().clone();
	assert_eq!(asked.len(), 2);
	for question in asked {
		let clock = question[4].as_u64().unwrap();
		assert!((began..=now()).contains(&clock), "not the clock: {clock}");
		let expected = json!([
			format!("0x{RECORD}"),
			1,
			reader.ss58(),
			format!("0x{}", "e7".repeat(32)),
			clock,
		]);
		assert_eq!(question, expected);
	}
	let metrics = vault.get("/metrics").await.text().await.unwrap();
	assert!(metrics.contains("assent_vault_deliveries_total{outcome=\"delivered\"} 1\n"));
	let ready = vault.get("/readyz").await.text().await.unwrap();
	assert!(ready.contains("\"releases\":true"), "{ready}");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_be_delivered_when_a_browser_wallet_signed() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	let issued = now();
	let text = reader.text(GENESIS, &"e7".repeat(32), issued);
	let ask = Ask {
		issued: issued.to_string(),
		signature: reader.sign(&format!("<Bytes>{text}</Bytes>")),
		account: format!("0x{}", reader.account()),
		..reader.ask()
	};
	assert_eq!(ask.send(&vault).await.bytes().await.unwrap(), &WRAP[..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_be_delivered_when_an_ed25519_account_signed() {
	let node = Node::start([permit()]).await;
	let (vault, _) = vault(&node.url).await;
	let key = ed25519_zebra::SigningKey::from([9; 32]);
	let account = hex::encode(<[u8; 32]>::from(ed25519_zebra::VerificationKey::from(&key)));
	let path = format!("/v1/wraps/{RECORD}/1/{account}");
	vault.put(&path, WRAP.to_vec()).await;
	let issued = now();
	let text = Reader::new(1).text(GENESIS, &"e7".repeat(32), issued);
	let signature: [u8; 64] = key.sign(text.as_bytes()).into();
	let ask = Ask {
		path,
		account,
		issued: issued.to_string(),
		signature: format!("00{}", hex::encode(signature)),
		..Reader::new(1).ask()
	};
	assert_eq!(ask.send(&vault).await.bytes().await.unwrap(), &WRAP[..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_chain_denies() {
	let node = Node::start([deny("denial")]).await;
	let (vault, reader) = vault(&node.url).await;
	let response = reader.ask().send(&vault).await;
	assert_eq!(response.status(), 403);
	let text = response.text().await.unwrap();
	assert!(text.contains("\"refused\"") && text.contains("\"reason\":\"denial\""), "{text}");
	assert_eq!(node.questions(), 1);
	let metrics = vault.get("/metrics").await.text().await.unwrap();
	assert!(metrics.contains("assent_vault_deliveries_total{outcome=\"refused\"} 1\n"));
	assert!(metrics.contains("assent_vault_deliveries_total{outcome=\"delivered\"} 0\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn reason_should_be_passed_on_as_a_known_code_only() {
	for (told, passed_on) in [
		("not-fresh", "not-fresh"),
		("clocks", "other"),
		("a\"<b>\r\n\u{7f}\u{e9}{}", "other"),
		(&"x".repeat(1000), "other"),
	] {
		let node = Node::start([deny(told)]).await;
		let (vault, reader) = vault(&node.url).await;
		let response = reader.ask().send(&vault).await;
		assert_eq!(response.status(), 403);
		let said: serde_json::Value =
			serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
		assert_eq!(said["error"]["reason"], passed_on, "{told}");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_should_be_told_when_the_node_refuses_for_them() {
	let (status, code, questions) = outcome([deny("clocks-apart")]).await;
	assert_eq!((status, code.as_str(), questions), (503, "clocks_differ", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_decision_is_not_final() {
	for permitted in [true, false] {
		let pending = Answer { permitted, finalised: false, ..permit() };
		let (status, code, questions) = outcome([pending.clone()]).await;
		assert_eq!((status, code.as_str(), questions), (409, "not_final", 1));
		// The chain takes the decision back between the questions.
		let (status, code, questions) = outcome([permit(), pending]).await;
		assert_eq!((status, code.as_str(), questions), (409, "not_final", 2));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_withdrawn_between_the_questions() {
	assert_eq!(outcome([permit(), deny("no-longer-permitted")]).await, (403, "refused".into(), 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_node_is_lost_between_the_questions() {
	let (status, code, questions) = outcome([permit().into(), Say::Error]).await;
	assert_eq!((status, code.as_str(), questions), (503, "node_unavailable", 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_node_answers_with_an_error_or_nonsense() {
	let mut answers = vec![Say::Error];
	answers.extend(
		[
			json!(null),
			json!(true),
			json!({}),
			json!({ "permitted": true, "final": true }),
			json!({ "permitted": true, "final": true, "reason": "", "at": now() }),
			json!({ "permitted": true, "final": true, "reason": "", "emergency": true }),
			json!({
				"permitted": "true", "final": true, "reason": "", "at": now(), "emergency": false
			}),
			json!({ "permitted": true, "final": 1, "reason": "", "at": now(), "emergency": false }),
			json!({
				"permitted": true, "final": true, "reason": "", "at": -1, "emergency": true
			}),
			json!([true, true, ""]).get(0).cloned().unwrap(),
		]
		.map(Say::Json),
	);
	for answer in answers {
		assert_eq!(outcome([answer]).await, (503, "node_unavailable".into(), 1));
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_node_is_silent() {
	for answers in [vec![Say::Nothing], vec![permit().into(), Say::Nothing]] {
		let node = Node::start(answers).await;
		let (vault, reader) = vault_with_patience(&node.url, 2).await;
		let ask = reader.ask();
		let asked = tokio::time::timeout(LONG, ask.send(&vault));
		let response = asked.await.expect("the vault waits for ever");
		assert_code(code(response).await, 503, "node_unavailable");
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_node_is_unreachable_and_leave_when_it_returns() {
	let gone = Node::start([permit()]).await;
	let url = gone.url.clone();
	let at = url.strip_prefix("http://").unwrap().parse().unwrap();
	let (vault, reader) = vault(&url).await;
	gone.stop().await;
	let refused = code(reader.ask().send(&vault).await).await;
	assert_code(refused, 503, "node_unavailable");

	let back = Node::start_at(at, [permit()]).await;
	assert_eq!(reader.ask().send(&vault).await.status(), 200);
	back.stop().await;
	// The vault knows the genesis hash now. The vault must still ask for the decision.
	let refused = code(reader.ask().send(&vault).await).await;
	assert_code(refused, 503, "node_unavailable");
	let document = document_path(b"documents need no node");
	assert_eq!(vault.put(&document, "documents need no node").await.status(), 201);
	assert_eq!(vault.get("/readyz").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_clocks_differ_except_in_an_emergency() {
	let at = |ahead: i64, emergency: bool| Answer { ahead, emergency, ..permit() };
	for far in [-90_000, 90_000] {
		let refused = (503, "clocks_differ".to_owned());
		let (status, code, questions) = outcome([at(far, false)]).await;
		assert_eq!(((status, code), questions), (refused.clone(), 1));
		// The chain's time moves away from the vault's clock between the questions.
		let (status, code, questions) = outcome([at(0, false), at(far, false)]).await;
		assert_eq!(((status, code), questions), (refused, 2));
	}
	for fine in [at(0, false), at(-90_000, true), at(90_000, true)] {
		let node = Node::start([fine]).await;
		let (vault, reader) = vault(&node.url).await;
		assert_eq!(reader.ask().send(&vault).await.status(), 200);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_permit_has_expired_by_the_later_clock() {
	// The best block is 12 seconds old. The permit ended 4 seconds ago, and no block says so.
	let ended = Answer { ahead: -12_000, lasts: Some(-4_000), ..permit() };
	let (status, code, questions) = outcome([ended.clone()]).await;
	assert_eq!((status, code.as_str(), questions), (403, "refused", 1));
	let (status, code, questions) = outcome([permit(), ended.clone()]).await;
	assert_eq!((status, code.as_str(), questions), (403, "refused", 2));
	// An emergency permits a difference of the clocks. An emergency does not permit a delivery
	// after the end of the emergency.
	let over = Answer { ahead: -90_000, emergency: true, ..ended.clone() };
	let (status, code, _) = outcome([over]).await;
	assert_eq!((status, code.as_str()), (403, "refused"));
	// The chain's clock is ahead of the vault's clock here.
	let ahead = Answer { ahead: 12_000, lasts: Some(4_000), ..permit() };
	let (status, code, _) = outcome([ahead]).await;
	assert_eq!((status, code.as_str()), (403, "refused"));
	let lasting = Answer { lasts: Some(600_000), ..ended };
	let node = Node::start([lasting]).await;
	let (vault, reader) = vault(&node.url).await;
	assert_eq!(reader.ask().send(&vault).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_request_is_not_the_readers() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	let stranger = Reader::new(2);
	let good = reader.ask();
	let entry = "e7".repeat(32);
	let issued: u64 = good.issued.parse().unwrap();
	let other_entry = "e8".repeat(32);

	let cases = [
		(
			"other account",
			403,
			"not_the_reader",
			Ask { account: stranger.account(), ..good.clone() },
		),
		(
			"stranger with own signature",
			403,
			"not_the_reader",
			Ask {
				account: stranger.account(),
				signature: stranger.sign(&reader.text(GENESIS, &entry, issued)),
				..good.clone()
			},
		),
		(
			"stranger's signature for the reader",
			401,
			"bad_signature",
			Ask { signature: stranger.sign(&reader.text(GENESIS, &entry, issued)), ..good.clone() },
		),
		(
			"another chain",
			401,
			"bad_signature",
			Ask {
				signature: reader.sign(&reader.text([0x0b; 32], &entry, issued)),
				..good.clone()
			},
		),
		("another entry", 401, "bad_signature", Ask { entry: other_entry, ..good.clone() }),
		(
			"another version",
			401,
			"bad_signature",
			Ask { path: good.path.replace("/1/", "/2/"), ..good.clone() },
		),
		(
			"another record",
			401,
			"bad_signature",
			Ask { path: good.path.replace(RECORD, &"ab".repeat(16)), ..good.clone() },
		),
		(
			"another moment",
			401,
			"bad_signature",
			Ask { issued: (issued + 1).to_string(), ..good.clone() },
		),
		(
			"no signature",
			401,
			"signature_required",
			Ask { signature: String::new(), ..good.clone() },
		),
		(
			"ecdsa",
			401,
			"signature_required",
			Ask { signature: format!("0x02{}", "00".repeat(65)), ..good.clone() },
		),
		("no moment", 401, "signature_required", Ask { issued: String::new(), ..good.clone() }),
		("no entry", 400, "entry_required", Ask { entry: String::new(), ..good.clone() }),
		("short entry", 400, "entry_required", Ask { entry: entry[1..].into(), ..good.clone() }),
		("upper entry", 400, "entry_required", Ask { entry: entry.to_uppercase(), ..good.clone() }),
		(
			"more query",
			400,
			"entry_required",
			Ask { entry: format!("{entry}&x=1"), ..good.clone() },
		),
	];
	for (what, status, expected, ask) in cases {
		let (got, code) = code(ask.send(&vault).await).await;
		assert_eq!((got, code.as_str()), (status, expected), "{what}");
	}
	assert_eq!(node.questions(), 0, "none of these may cost the node a decision");

	let bare = vault.get(&format!("{}?entry={entry}", reader.path())).await;
	assert_code(code(bare).await, 401, "signature_required");
	let token =
		vault.request(Method::GET, &format!("{}?entry={entry}", reader.path())).bearer_auth(TOKEN);
	assert_code(code(token.send().await.unwrap()).await, 401, "signature_required");
	assert_eq!(good.send(&vault).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrap_should_not_leave_when_the_request_is_stale_or_early() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	let entry = "e7".repeat(32);
	let signed_at = |offset: i64| {
		let issued = now().saturating_add_signed(offset);
		Ask {
			issued: issued.to_string(),
			signature: reader.sign(&reader.text(GENESIS, &entry, issued)),
			..reader.ask()
		}
	};
	for offset in [-31_000, 90_000, i64::MIN / 2] {
		assert_code(code(signed_at(offset).send(&vault).await).await, 401, "stale");
	}
	assert_eq!(node.questions(), 0);
	for offset in [-5_000, 15_000] {
		assert_eq!(signed_at(offset).send(&vault).await.status(), 200);
	}
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_wrap_should_be_told_only_to_those_permitted() {
	let node = Node::start([deny("denial"), permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	vault.delete(&reader.path()).await;
	assert_code(code(reader.ask().send(&vault).await).await, 403, "refused");
	assert_code(code(reader.ask().send(&vault).await).await, 404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn head_should_not_spend_a_release() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	let path = format!("{}?entry={}", reader.path(), "e7".repeat(32));
	let response = vault.request(Method::HEAD, &path).send().await.unwrap();
	assert_eq!(response.status(), 405);
	assert_eq!(response.headers()["allow"], "GET, PUT, DELETE");
	assert_eq!(node.questions(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn genesis_should_be_asked_once() {
	let node = Node::start([permit()]).await;
	let (vault, reader) = vault(&node.url).await;
	for _ in 0..3 {
		assert_eq!(reader.ask().send(&vault).await.status(), 200);
	}
	assert_eq!(*node.genesis_asked.lock().unwrap(), 1);
	assert_eq!(node.questions(), 6);
}
