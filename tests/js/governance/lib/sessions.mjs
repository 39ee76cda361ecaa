// Sessions: the validators, their keys, and the author of each block.

import { u8aToHex } from "@polkadot/util";
import { until } from "../../lib/wait.mjs";

/** The index of the running session. */
export async function session(api) {
	return (await api.query.session.currentIndex()).toNumber();
}

/** The accounts of the running set. */
export async function running(api) {
	return (await api.query.session.validators()).map(String);
}

/** The accounts of the set for the next session. */
export async function queued(api) {
	return (await api.query.session.queuedKeys()).map(([validator]) => validator.toString());
}

/** The accounts that are disabled in the running session. */
export async function disabled(api) {
	const [set, indices] = await Promise.all([running(api), api.query.session.disabledValidators()]);
	return indices.map((entry) => set[(entry[0] ?? entry).toNumber()]);
}

/**
 * Waits until session `index` runs. A session lasts two minutes at full speed. Each session has
 * three times as long here, because a busy machine misses slots.
 */
export async function waitSession(api, index, { ms } = {}) {
	ms ??= 60_000 + Math.max(0, index - (await session(api))) * 360_000;
	await until(async () => (await session(api)) >= index, {
		ms,
		what: `session ${index}`,
		every: 1_000,
	});
}

/** The validator account that made a block. The set is that of the parent: a block that begins a
 * session is made by the old set. */
export async function authorOf(api, hash) {
	const header = await api.rpc.chain.getHeader(hash);
	const before = await api.at(header.parentHash);
	const slot = header.digest.logs
		.filter((log) => log.isPreRuntime)
		.map((log) => log.asPreRuntime)
		.find(([engine]) => engine.toUtf8?.() === "aura" || engine.toString() === "aura");
	if (!slot) throw new Error(`block ${hash} names no slot`);
	const number = api.registry.createType("u64", slot[1].toU8a(true)).toBigInt();
	const validators = await before.query.session.validators();
	return validators[Number(number % BigInt(validators.length))].toString();
}

/**
 * Waits until a new best block was made by this account.
 * @returns {Promise<string>} its hash
 */
export async function waitAuthored(api, account, { ms = 180_000 } = {}) {
	const seen = new Set();
	let found;
	await until(
		async () => {
			const hash = (await api.rpc.chain.getBlockHash()).toHex();
			if (seen.has(hash)) return false;
			seen.add(hash);
			if ((await authorOf(api, hash)) !== account) return false;
			found = hash;
			return true;
		},
		{ ms, what: `a block made by ${account}`, every: 500 },
	);
	return found;
}

/**
 * Waits until a finality proof carries a vote of this GRANDPA key.
 * @param {string} grandpa hex
 */
export async function waitVoted(api, grandpa, { ms = 180_000 } = {}) {
	let stop;
	let voted = false;
	try {
		stop = await api.rpc.grandpa.subscribeJustifications((notification) => {
			const { commit } = api.registry.createType("GrandpaJustification", notification.toU8a(true));
			voted ||= commit.precommits.some(({ id }) => u8aToHex(id.toU8a()) === grandpa);
		});
		await until(() => voted, { ms, what: `a vote of ${grandpa} in a finality proof` });
	} finally {
		stop?.();
	}
}

/** The keys that an account set for sessions to come: `{ aura, grandpa, attestation }`, or null. */
export async function nextKeys(api, account) {
	const keys = (await api.query.session.nextKeys(account)).unwrapOr(null);
	return keys?.toJSON() ?? null;
}
