/**
 * Finality by GRANDPA's own proof: more than two thirds of the validators signed for a block. The
 * caller says who the validators are. Everything else is checked here.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { equal } from "../bytes.js";
import { FINAL_MS, within } from "../wait.js";

/** The number of a precommit among the kinds of votes, first in a message that GRANDPA signs. */
const PRECOMMIT = Uint8Array.of(1);
/**
 * The rules by which the chain itself accepts a signature. With other rules, a signature could be
 * valid here and invalid on the chain.
 */
const AS_THE_CHAIN = { zip215: true };

/** A justification that proves no finality. The message says why. */
export class FinalityError extends Error {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "FinalityError";
	}
}

/**
 * The voters of GRANDPA.
 * @typedef {object} Voters
 * @property {number} setId the number of their set
 * @property {{ id: Uint8Array, weight: number }[]} authorities each with a key of 32 bytes, once
 */

/**
 * Verifies a justification.
 * @param {import("@polkadot/types/types").Registry} registry knows `GrandpaJustification`
 * @param {Uint8Array} bytes the encoded justification
 * @param {Voters} voters whom the caller trusts
 * @returns {{ hash: string, number: number }} the block that the justification makes final
 * @throws {FinalityError} when a vote is of another key, round, set, kind or chain, when too few
 *   voted, or when bytes follow
 */
export function verifyJustification(registry, bytes, { setId, authorities }) {
	const justification = registry.createType("GrandpaJustification", bytes);
	if (!equal(justification.toU8a(), bytes)) throw new FinalityError("bytes too many");
	const { round, commit, votesAncestries } = justification;
	const target = commit.targetHash.toHex();
	const parents = new Map(
		votesAncestries.map(({ hash, parentHash }) => [hash.toHex(), parentHash]),
	);
	const ending = concatBytes(round.toU8a(), registry.createType("u64", setId).toU8a());
	const counted = new Set();
	let weight = 0;
	for (const { precommit, signature, id } of commit.precommits) {
		const voter = authorities.find((known) => equal(known.id, id.toU8a()));
		if (!voter) throw new FinalityError(`${id.toHex()} is no validator of set ${setId}`);
		const message = concatBytes(PRECOMMIT, precommit.toU8a(), ending);
		if (!ed25519.verify(signature.toU8a(), message, id.toU8a(), AS_THE_CHAIN)) {
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
 * Waits for the next header of at least this number that a justification proves final. The node
 * names the validators at the start, and the function trusts the node for these names. A change of
 * the set during the wait makes the proof fail.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {number} number the number of a block
 * @returns {Promise<import("@polkadot/types/interfaces").Header>} a header with the proven hash
 * @throws {FinalityError} when the node sends a justification that proves no finality, or another
 *   header
 * @throws {import("../wait.js").TimeoutError} after `FINAL_MS`
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
