// Refusals, which must change nothing.

import assert from "node:assert/strict";
import { DispatchFailure, PoolRefusal, submit, watch } from "@assent/client";
import { u8aToHex } from "@polkadot/util";
import { xxhashAsU8a } from "@polkadot/util-crypto";
import { rpc } from "./chain.mjs";

/** Assent's pallets, without the allowance: a failure costs allowance. */
export const PALLETS = [
	"Consortium",
	"Validators",
	"Patients",
	"Acceptances",
	"Records",
	"Consent",
	"Emergencies",
	"Trail",
];
const PAGE = 1000;

/**
 * The reason of a refusal with this cause, in the node's words. The cause comes last, as data.
 * @param {string} cause as the node names the cause: docs/reference/rpc.md
 */
export function refusal(cause) {
	return new RegExp(`^1002: Verification Error: [A-Z].*\\.: ${cause}$`);
}

/** No account sends the call, or the call carries bytes that no rule asks for. */
export const CALL_REFUSED = refusal("no_sender");
/** The account has a role in the consortium, and the call is for other accounts. */
export const NOT_FOR_SENDER = refusal("not_for_sender");
/** The calls of the batch are paid by several patient ids or organisations. */
export const SEVERAL_PAYERS = refusal("several_payers");
/** The account has no role in the consortium now. */
export const NO_PAYER = refusal("not_enrolled");

/**
 * Every row of Assent's pallets whose key has one of these ids or accounts, as of a block. Other
 * rows may change at any time, because the network has other users.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} block
 * @param {(string | Uint8Array)[]} ids
 * @returns {Promise<Record<string, string | null>>}
 */
export async function rowsOf(api, block, ids) {
	const names = ids.map((id) => (typeof id === "string" ? id : u8aToHex(id)).slice(2));
	const rows = {};
	for (const pallet of PALLETS) {
		const prefix = u8aToHex(xxhashAsU8a(pallet, 128));
		let start = prefix;
		for (;;) {
			const page = (await api.rpc.state.getKeysPaged(prefix, PAGE, start, block)).map(String);
			const keys = page.filter((key) => names.some((name) => key.slice(66).includes(name)));
			if (keys.length > 0) {
				const [{ changes }] = await api.rpc.state.queryStorageAt.raw(keys, block);
				for (const [key, value] of changes) rows[key] = value;
			}
			if (page.length < PAGE) break;
			start = page.at(-1);
		}
	}
	return rows;
}

/**
 * Asserts that the pool refuses the call. The nonce and the rows of the ids must not change.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call signed, or to be signed
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ reason: RegExp, ids?: (string | Uint8Array)[] }} expected
 */
export async function refusedAtPool(api, call, signer, { reason, ids = [] }) {
	const send = () => (call.isSigned ? watch(api, call) : submit(api, call, signer));
	await refused(api, send, signer, { reason, ids });
}

/**
 * Asserts the same of bytes, right or wrong.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {Uint8Array} bytes
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ reason: RegExp, ids?: (string | Uint8Array)[] }} expected
 */
export async function bytesRefused(api, bytes, signer, expected) {
	const send = async () => {
		try {
			// The provider sends the bytes as they are. polkadot.js would decode the bytes first.
			return await rpc(api, "author_submitExtrinsic", u8aToHex(bytes));
		} catch (error) {
			throw error.code === undefined ? error : new PoolRefusal(error);
		}
	};
	await refused(api, send, signer, expected);
}

async function refused(api, send, signer, { reason, ids = [] }) {
	const [before, nonce] = await Promise.all([latest(api, ids), nonceOf(api, signer)]);
	await assert.rejects(send, (error) => {
		assert.ok(error instanceof PoolRefusal, `not a refusal of the pool: ${error.stack}`);
		assert.match(error.reason, reason);
		return true;
	});
	assert.deepEqual(await latest(api, ids), before);
	assert.equal(await nonceOf(api, signer), nonce);
}

/**
 * Asserts that a block has the call and that the call fails with this error. The block must not
 * change a row of the ids.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {import("@polkadot/keyring/types").KeyringPair} signer
 * @param {{ error: string, ids: (string | Uint8Array)[] }} expected
 */
export async function failsInBlock(api, call, signer, { error: name, ids }) {
	let failure;
	await assert.rejects(submit(api, call, signer, { shared: true }), (error) => {
		assert.ok(error instanceof DispatchFailure, `not dispatched: ${error.stack}`);
		assert.equal(error.reason, name);
		failure = error;
		return true;
	});
	const { parentHash } = await api.rpc.chain.getHeader(failure.block);
	assert.deepEqual(
		await rowsOf(api, failure.block, ids),
		await rowsOf(api, parentHash.toHex(), ids),
	);
}

async function latest(api, ids) {
	if (ids.length === 0) return {};
	return rowsOf(api, (await api.rpc.chain.getBlockHash()).toHex(), ids);
}

async function nonceOf(api, { publicKey }) {
	return (await api.query.system.account(publicKey)).nonce.toNumber();
}
