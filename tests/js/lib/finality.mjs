// Verifies that a block is final by GRANDPA's own proof: more than two thirds of the validators
// signed for it. Who these are is for the caller to know; everything else is checked.

import { u8aConcat, u8aEq } from "@polkadot/util";
import { ed25519Verify } from "@polkadot/util-crypto";
import { FINAL_MS } from "./chain.mjs";
import { within } from "./wait.mjs";

/** In a signed message of GRANDPA, the number of a precommit among the kinds of votes. */
const PRECOMMIT = Uint8Array.of(1);

/** A justification that justifies nothing. */
export class FinalityError extends Error {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "FinalityError";
	}
}

/**
 * What a justification makes final.
 * @param {import("@polkadot/types/types").Registry} registry
 * @param {Uint8Array} bytes
 * @param {{ setId: number, authorities: { id: Uint8Array, weight: number }[] }} voters
 * @returns {{ hash: string, number: number }}
 * @throws {FinalityError}
 */
export function verifyJustification(registry, bytes, { setId, authorities }) {
	const justification = registry.createType("GrandpaJustification", bytes);
	if (!u8aEq(justification.toU8a(), bytes)) throw new FinalityError("bytes too many");
	const { round, commit, votesAncestries } = justification;
	const target = commit.targetHash.toHex();
	const parents = new Map(
		votesAncestries.map(({ hash, parentHash }) => [hash.toHex(), parentHash]),
	);
	const ending = u8aConcat(round.toU8a(), registry.createType("u64", setId).toU8a());
	const counted = new Set();
	let weight = 0;
	for (const { precommit, signature, id } of commit.precommits) {
		const voter = authorities.find((known) => u8aEq(known.id, id.toU8a()));
		if (!voter) throw new FinalityError(`${id.toHex()} is no validator of set ${setId}`);
		const message = u8aConcat(PRECOMMIT, precommit.toU8a(), ending);
		if (!ed25519Verify(message, signature.toU8a(), id.toU8a())) {
			throw new FinalityError(`${id.toHex()} did not sign this`);
		}
		if (!descends(precommit.targetHash.toHex(), target, parents)) {
			throw new FinalityError(`${id.toHex()} voted for another chain`);
		}
		if (!counted.has(voter)) weight += voter.weight;
		counted.add(voter);
	}
	const total = authorities.reduce((sum, voter) => sum + voter.weight, 0);
	const needed = total - Math.floor((total - 1) / 3);
	if (weight < needed) throw new FinalityError(`${weight} of ${total} voted, ${needed} are needed`);
	return { hash: target, number: commit.targetNumber.toNumber() };
}

/** Whether `hash` is the target, or stands on it by the headers given. */
function descends(hash, target, parents) {
	let at = hash;
	for (let steps = 0; steps <= parents.size; steps++) {
		if (at === target) return true;
		const parent = parents.get(at);
		if (!parent) return false;
		at = parent.toHex();
	}
	return false;
}

/**
 * The next header of at least this number that a justification proves final. The validators
 * are read at the start; here they don't change while one waits.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {number} number
 * @returns {Promise<import("@polkadot/types/interfaces").Header>}
 */
export async function provenFinalHeader(api, number) {
	const [setId, list] = await Promise.all([
		api.call.grandpaApi.currentSetId(),
		api.call.grandpaApi.grandpaAuthorities(),
	]);
	const voters = {
		setId: setId.toNumber(),
		authorities: list.map(([id, weight]) => ({ id: id.toU8a(), weight: weight.toNumber() })),
	};
	let stop;
	const found = new Promise((resolve, reject) => {
		api.rpc.grandpa
			.subscribeJustifications((notification) => {
				try {
					const proven = verifyJustification(api.registry, notification.toU8a(true), voters);
					if (proven.number >= number) resolve(proven);
				} catch (error) {
					reject(error);
				}
			})
			.then((unsubscribe) => {
				stop = unsubscribe;
			}, reject);
	});
	try {
		const { hash } = await within(found, FINAL_MS, `a proof that block ${number} is final`);
		const header = await api.rpc.chain.getHeader(hash);
		if (header.hash.toHex() !== hash) throw new FinalityError("the node gave another header");
		return header;
	} finally {
		stop?.();
	}
}
