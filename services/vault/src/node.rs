//! Decisions of the chain. The vault asks the organisation's own node over JSON-RPC.
//!
//! The vault asks [`rpc::DELIVERY`] with the parameters of [`DeliveryParams`], and reads the
//! node's [`Answer`].
//!
//! - `permitted`: the entry permits the account the record. The rules of the best block still
//!   permit the access, at the chain's time and at the vault's clock.
//! - `final`: the entry stands in a final block. If not, the reader asks again. The vault releases
//!   a wrap only when `permitted` and `final` are both true.
//! - `at`: the best block's time. The vault refuses if the time is more than
//!   [`CLOCKS_MS`](assent_protocol::delivery::CLOCKS_MS) away from the vault's clock. `emergency`
//!   is the exception: an emergency permits the access.
//!
//! After an error, a time-out or an answer that the vault does not understand, the vault refuses
//! too.

use crate::decisions::{Decisions, NotDelivered, Release, WrapRequest};
use crate::ids::{lower_hex, Reader};
use crate::request::now;
use assent_protocol::delivery::{clocks_agree, Answer, Reason};
use assent_protocol::rpc::{self, DeliveryParams};
use blake2::{Blake2b512, Digest};
use futures_util::future::BoxFuture;
use jsonrpsee_core::client::ClientT;
use jsonrpsee_core::rpc_params;
use jsonrpsee_core::traits::ToRpcParams;
use jsonrpsee_http_client::{HttpClient, HttpClientBuilder};
use serde_json::value::{to_raw_value, RawValue};
use std::time::Duration;
use tokio::sync::OnceCell;

/// The largest answer in bytes. Every answer that the vault understands is shorter.
const MAX_ANSWER_BYTES: u32 = 64 * 1024;
/// The generic SS58 prefix, which belongs to no particular chain.
const SS58_GENERIC: u8 = 42;

/// A client of the trusted node.
pub struct Node {
	client: HttpClient,
	/// The chain's genesis hash. The hash never changes, so the vault asks for the hash once. A
	/// request with a wrong signature then costs the node no work.
	genesis: OnceCell<[u8; 32]>,
}

impl Node {
	/// A client of the node at `url`. The client connects at the first question.
	pub fn new(url: &str, timeout: Duration) -> Result<Self, jsonrpsee_core::client::Error> {
		let client = HttpClientBuilder::default()
			.request_timeout(timeout)
			.max_response_size(MAX_ANSWER_BYTES)
			.build(url)?;
		Ok(Self { client, genesis: OnceCell::new() })
	}

	async fn ask_genesis(&self) -> Result<[u8; 32], NotDelivered> {
		let answer: String =
			self.client.request(rpc::BLOCK_HASH, rpc_params![0]).await.map_err(unavailable)?;
		answer
			.strip_prefix("0x")
			.and_then(lower_hex)
			.ok_or_else(|| NotDelivered::Unavailable { detail: "not a genesis hash".into() })
	}

	async fn ask(&self, request: &WrapRequest) -> Result<Release, NotDelivered> {
		let WrapRequest { wrap, entry } = request;
		let account = ss58(&wrap.reader);
		let params = Question(DeliveryParams {
			record: wrap.record.0,
			version: wrap.version.number(),
			account: &account,
			entry: entry.0,
			clock: now(),
		});
		let answer: Answer =
			self.client.request(rpc::DELIVERY, params).await.map_err(unavailable)?;
		check(answer, now()).map(|()| Release::granted(request))
	}
}

/// The parameters, in the form that the client sends.
struct Question<'a>(DeliveryParams<'a>);

impl ToRpcParams for Question<'_> {
	fn to_rpc_params(self) -> Result<Option<Box<RawValue>>, serde_json::Error> {
		to_raw_value(&self.0).map(Some)
	}
}

fn unavailable(error: jsonrpsee_core::client::Error) -> NotDelivered {
	NotDelivered::Unavailable { detail: error.to_string() }
}

/// Whether the node's answer releases a wrap at `now`. The function compares the clocks again,
/// because the vault's clock went on while the node answered.
fn check(answer: Answer, now: u64) -> Result<(), NotDelivered> {
	let reason = answer.reason;
	if !answer.is_final {
		return Err(NotDelivered::NotFinal { reason });
	}
	let apart = answer.at.abs_diff(now);
	if !answer.permitted {
		return Err(match reason {
			Reason::ClocksApart => NotDelivered::Clocks { apart },
			_ => NotDelivered::Denied { reason },
		});
	}
	if !clocks_agree(answer.at, now) && !answer.emergency {
		return Err(NotDelivered::Clocks { apart });
	}
	Ok(())
}

/// An account in Substrate's notation, with the generic prefix.
fn ss58(account: &Reader) -> String {
	let mut bytes = vec![SS58_GENERIC];
	bytes.extend_from_slice(&account.0);
	let checksum = Blake2b512::new().chain_update(b"SS58PRE").chain_update(&bytes).finalize();
	bytes.extend(checksum.iter().take(2));
	bs58::encode(bytes).into_string()
}

impl Decisions for Node {
	fn genesis(&self) -> BoxFuture<'_, Result<[u8; 32], NotDelivered>> {
		Box::pin(async { self.genesis.get_or_try_init(|| self.ask_genesis()).await.copied() })
	}

	fn permits<'a>(
		&'a self,
		request: &'a WrapRequest,
	) -> BoxFuture<'a, Result<Release, NotDelivered>> {
		Box::pin(self.ask(request))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const NOW: u64 = 1_800_000_000_000;

	fn answer(permitted: bool, is_final: bool) -> Answer {
		Answer { permitted, is_final, reason: Reason::Denial, at: NOW, emergency: false }
	}

	#[test]
	fn answer_should_release_only_when_permitted_and_final() {
		assert_eq!(check(answer(true, true), NOW), Ok(()));
		let reason = Reason::Denial;
		let denied = Err(NotDelivered::Denied { reason });
		assert_eq!(check(answer(false, true), NOW), denied);
		for permitted in [true, false] {
			let undecided = Err(NotDelivered::NotFinal { reason });
			assert_eq!(check(answer(permitted, false), NOW), undecided);
		}
	}

	#[test]
	fn answer_should_tell_of_the_clocks_when_the_node_refused_for_them() {
		let at = NOW - 30_001;
		let refused = Answer { at, reason: Reason::ClocksApart, ..answer(false, true) };
		let clocks = Err(NotDelivered::Clocks { apart: 30_001 });
		assert_eq!(check(refused, NOW), clocks);
		// The clocks may agree again when the answer comes. The answer is a refusal all the same.
		let agreeing = Answer { at: NOW, ..refused };
		assert!(check(agreeing, NOW).is_err());
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
			assert_eq!(check(Answer { at, ..answer(true, true) }, NOW), Ok(()));
		}
		for at in [0, NOW - 30_001, NOW + 30_001, u64::MAX] {
			let apart = at.abs_diff(NOW);
			let far = Answer { at, ..answer(true, true) };
			assert_eq!(check(far, NOW), Err(NotDelivered::Clocks { apart }));
			let emergency = Answer { at, emergency: true, ..answer(true, true) };
			assert_eq!(check(emergency, NOW), Ok(()));
			let denied = Answer { at, emergency: true, ..answer(false, true) };
			assert!(check(denied, NOW).is_err());
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
}
