//! Decisions of the chain, asked of the organisation's own node over JSON-RPC.
//!
//! The node's `assent_delivery(record, version, account, entry, clock)`, ids as `0x` and
//! lower-case hex, the account in SS58 as Substrate's RPC has it, the clock this vault's,
//! answers `{"permitted": bool, "final": bool, "reason": string, "at": ms, "emergency": bool}`.
//!
//! - `permitted`: the entry permits this account this record, and the best block's rules
//!   still do, by the chain's time and by the vault's clock: what has expired by the later of
//!   the two does not count.
//! - `final`: that is about final blocks; what is not final is to be asked again. Only both
//!   together release.
//! - `at`: the best block's time. More than 30 seconds away from the vault's clock refuses,
//!   except where `emergency` says that an emergency is what permits.
//!
//! Whatever else happens, an error, a time-out, an answer not understood, refuses.

use crate::decisions::{Decisions, Delivery, Refusal, Release};
use crate::delivery::now;
use crate::ids::{lower_hex, Reader};
use blake2::{Blake2b512, Digest};
use futures_util::future::BoxFuture;
use jsonrpsee_core::client::ClientT;
use jsonrpsee_core::rpc_params;
use jsonrpsee_http_client::{HttpClient, HttpClientBuilder};
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::OnceCell;

/// How far the chain's time and the vault's may be apart.
const CLOCKS_MS: u64 = 30_000;
/// No answer that we understand is longer.
const MAX_ANSWER_BYTES: u32 = 64 * 1024;
/// The SS58 prefix of no chain in particular.
const SS58_GENERIC: u8 = 42;
/// How much of the node's reason is passed on.
const MAX_REASON: usize = 64;

/// The node's answer to `assent_delivery`.
#[derive(Debug, Deserialize)]
struct Answer {
	permitted: bool,
	#[serde(rename = "final")]
	finalised: bool,
	reason: String,
	at: u64,
	emergency: bool,
}

/// A client of the trusted node.
pub struct Chain {
	client: HttpClient,
	/// A chain's genesis hash never changes: asked once, so that requests with wrong
	/// signatures cost the node nothing.
	genesis: OnceCell<[u8; 32]>,
}

impl Chain {
	/// A client of the node at `url`; connects when first asked.
	pub fn new(url: &str, timeout: Duration) -> Result<Self, jsonrpsee_core::client::Error> {
		let client = HttpClientBuilder::default()
			.request_timeout(timeout)
			.max_response_size(MAX_ANSWER_BYTES)
			.build(url)?;
		Ok(Self {
			client,
			genesis: OnceCell::new(),
		})
	}

	async fn ask_genesis(&self) -> Result<[u8; 32], Refusal> {
		let answer: String = self
			.client
			.request("chain_getBlockHash", rpc_params![0])
			.await
			.map_err(unavailable)?;
		answer
			.strip_prefix("0x")
			.and_then(lower_hex)
			.ok_or_else(|| Refusal::Unavailable {
				detail: "not a genesis hash".into(),
			})
	}

	async fn ask(&self, delivery: &Delivery) -> Result<Release, Refusal> {
		let Delivery { wrap, entry } = delivery;
		let params = rpc_params![
			format!("0x{}", wrap.record),
			wrap.version.number(),
			ss58(&wrap.reader),
			format!("0x{entry}"),
			now()
		];
		let answer: Answer = self
			.client
			.request("assent_delivery", params)
			.await
			.map_err(unavailable)?;
		judge(answer, now()).map(|()| Release::granted(delivery))
	}
}

fn unavailable(error: jsonrpsee_core::client::Error) -> Refusal {
	Refusal::Unavailable {
		detail: error.to_string(),
	}
}

fn judge(answer: Answer, now: u64) -> Result<(), Refusal> {
	let reason = presentable(&answer.reason);
	if !answer.finalised {
		return Err(Refusal::NotFinal { reason });
	}
	if !answer.permitted {
		return Err(Refusal::Denied { reason });
	}
	let apart = answer.at.abs_diff(now);
	if apart > CLOCKS_MS && !answer.emergency {
		return Err(Refusal::Clocks { apart });
	}
	Ok(())
}

/// An account as Substrate writes it, with the generic prefix.
fn ss58(account: &Reader) -> String {
	let mut bytes = vec![SS58_GENERIC];
	bytes.extend_from_slice(&account.0);
	let checksum = Blake2b512::new()
		.chain_update(b"SS58PRE")
		.chain_update(&bytes)
		.finalize();
	bytes.extend(checksum.iter().take(2));
	bs58::encode(bytes).into_string()
}

/// The node's reason as far as it is plain words.
fn presentable(reason: &str) -> String {
	let plain = |c: &char| c.is_ascii_alphanumeric() || " .,:;()'_-".contains(*c);
	reason.chars().filter(plain).take(MAX_REASON).collect()
}

impl Decisions for Chain {
	fn genesis(&self) -> BoxFuture<'_, Result<[u8; 32], Refusal>> {
		Box::pin(async {
			self.genesis
				.get_or_try_init(|| self.ask_genesis())
				.await
				.copied()
		})
	}

	fn permits<'a>(&'a self, delivery: &'a Delivery) -> BoxFuture<'a, Result<Release, Refusal>> {
		Box::pin(self.ask(delivery))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const NOW: u64 = 1_800_000_000_000;

	fn answer(permitted: bool, finalised: bool) -> Answer {
		Answer {
			permitted,
			finalised,
			reason: "NoRule".into(),
			at: NOW,
			emergency: false,
		}
	}

	#[test]
	fn answer_should_release_only_when_permitted_and_final() {
		assert_eq!(judge(answer(true, true), NOW), Ok(()));
		let reason = "NoRule".to_owned();
		let denied = Err(Refusal::Denied {
			reason: reason.clone(),
		});
		assert_eq!(judge(answer(false, true), NOW), denied);
		for permitted in [true, false] {
			let reason = reason.clone();
			let undecided = Err(Refusal::NotFinal { reason });
			assert_eq!(judge(answer(permitted, false), NOW), undecided);
		}
	}

	#[test]
	fn account_should_be_written_as_substrate_does() {
		let alice = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		assert_eq!(
			ss58(&Reader::parse(alice).unwrap()),
			"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"
		);
	}

	#[test]
	fn answer_should_refuse_when_clocks_are_more_than_30_seconds_apart() {
		for at in [NOW - 30_000, NOW, NOW + 30_000] {
			assert_eq!(
				judge(
					Answer {
						at,
						..answer(true, true)
					},
					NOW
				),
				Ok(())
			);
		}
		for at in [0, NOW - 30_001, NOW + 30_001, u64::MAX] {
			let apart = at.abs_diff(NOW);
			let far = Answer {
				at,
				..answer(true, true)
			};
			assert_eq!(judge(far, NOW), Err(Refusal::Clocks { apart }));
			let emergency = Answer {
				at,
				emergency: true,
				..answer(true, true)
			};
			assert_eq!(judge(emergency, NOW), Ok(()));
			let denied = Answer {
				at,
				emergency: true,
				..answer(false, true)
			};
			assert!(judge(denied, NOW).is_err());
		}
	}

	#[test]
	fn answer_should_be_refused_when_a_part_is_missing() {
		let whole = serde_json::json!({
			"permitted": true, "final": true, "reason": "", "at": NOW, "emergency": false
		});
		assert!(serde_json::from_value::<Answer>(whole.clone()).is_ok());
		for part in ["permitted", "final", "reason", "at", "emergency"] {
			let mut cut = whole.clone();
			cut.as_object_mut().unwrap().remove(part);
			assert!(serde_json::from_value::<Answer>(cut).is_err(), "{part}");
		}
		for text in ["{}", "true", "null"] {
			assert!(serde_json::from_str::<Answer>(text).is_err(), "{text}");
		}
	}

	#[test]
	fn reason_should_be_passed_on_as_plain_words_only() {
		assert_eq!(presentable("NoRule (step 5)"), "NoRule (step 5)");
		assert_eq!(presentable("a\"<b>\r\n\u{7f}é{}"), "ab");
		assert_eq!(presentable(&"x".repeat(1000)).len(), MAX_REASON);
	}
}
