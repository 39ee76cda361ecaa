// The council from outside: motions of its members, and calls that two thirds enact as root after the
// public delay.

import { DispatchFailure, dispatchErrorName, submit } from "@assent/client";
import { Keyring } from "@polkadot/keyring";
import { until } from "../../lib/wait.mjs";

/** A weight above that of any motion here. The chain gives back the unused part. */
const WEIGHT = { refTime: 20_000_000_000, proofSize: 5_000_000 };

/** The key of a seed such as `//Alpha`. Call it after a connection is up. @param {string} seed */
export function key(seed) {
	return new Keyring({ type: "sr25519", ss58Format: 42 }).addFromUri(seed);
}

/** The seats that exist now. @param {import("@polkadot/api").ApiPromise} api */
export async function seats(api) {
	return (await api.query.council.members()).map(String);
}

/**
 * Proposes a motion and has members vote for it, without closing it.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {string[]} voters seeds; the first proposes
 */
export async function propose(api, call, voters) {
	const pairs = voters.map(key);
	const threshold = Math.ceil(((await seats(api)).length * 2) / 3);
	const length = call.method.encodedLength;
	const receipt = await submit(api, api.tx.council.propose(threshold, call, length), pairs[0], {
		shared: true,
	});
	const { proposalHash, proposalIndex } = receipt.event("council.Proposed");
	await Promise.all(
		pairs.map((pair) =>
			submit(api, api.tx.council.vote(proposalHash, proposalIndex, true), pair, { shared: true }),
		),
	);
	return { hash: proposalHash, index: proposalIndex, length };
}

/** The call that closes a motion. */
export function closeCall(api, { hash, index, length }) {
	return api.tx.council.close(hash, index, WEIGHT, length);
}

/**
 * Has the council decide on a motion.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {string[]} [voters] seeds
 * @throws {DispatchFailure} with the error of the motion's own call
 */
export async function decide(api, call, voters = ["//Alpha", "//Beta", "//Gamma", "//Delta"]) {
	const motion = await propose(api, call, voters);
	const receipt = await submit(api, closeCall(api, motion), key(voters[0]), { shared: true });
	const { result } = receipt.event("council.Executed");
	if (result.isErr) throw new DispatchFailure(dispatchErrorName(api, result.asErr), receipt.block);
	return receipt;
}

/**
 * Has the council enact a call, without waiting for its effect.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {string[]} [voters]
 * @returns {Promise<{ at: number, index: number, decidedIn: string }>} the number of the block of its
 *   effect, its place there, and the hash of the block that scheduled the call
 */
export async function schedule(api, call, voters = undefined) {
	const { block, ...receipt } = await decided(api, call, voters);
	const at = receipt.at;
	const agenda = await (await api.at(block)).query.scheduler.agenda(at);
	return { at, index: agenda.length - 1, decidedIn: block };
}

async function decided(api, call, voters) {
	const receipt = await decide(api, api.tx.consortium.enact(call), voters);
	// By position, because `at` is also a method of every array.
	return { block: receipt.block, at: receipt.event("consortium.EnactScheduled")[1].toNumber() };
}

/**
 * Waits until a scheduled call was dispatched.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ at: number, index: number }} scheduled
 * @returns {Promise<{ hash: string, events: any[] }>} the block, and all events of the block
 * @throws {DispatchFailure} with the error of the call
 */
export async function dispatched(api, { at, index }) {
	// The session pallet claims the whole of the block that begins a session. The scheduler then puts
	// the call off to the next block.
	for (let number = at; number <= at + 1; number++) {
		await height(api, number);
		const hash = (await api.rpc.chain.getBlockHash(number)).toHex();
		const records = await (await api.at(hash)).query.system.events();
		const events = records.map(({ event }) => event);
		const found = events.find(
			({ section, method, data }) =>
				section === "scheduler" &&
				method === "Dispatched" &&
				data.task[0].toNumber() === at &&
				data.task[1].toNumber() === index,
		);
		if (!found) continue;
		const { result } = found.data;
		if (result.isErr) throw new DispatchFailure(dispatchErrorName(api, result.asErr), hash);
		return { hash, events };
	}
	throw new Error(`nothing was dispatched at ${at}, ${index}`);
}

/**
 * Has the council enact a call, and waits until it was dispatched.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {any} call
 * @param {string[]} [voters]
 */
export async function enact(api, call, voters = undefined) {
	return dispatched(api, await schedule(api, call, voters));
}

/** Enacts several calls: decides on one after the other, then waits for all at once. */
export async function enactAll(api, calls, voters = undefined) {
	const scheduled = [];
	for (const call of calls) scheduled.push(await schedule(api, call, voters));
	return Promise.all(scheduled.map((one) => dispatched(api, one)));
}

/**
 * Waits for a best block of this number. The public delay lasts several times as long when half of
 * the validators are lost, or when the machine is busy.
 */
export async function height(api, number, { ms = 240_000 } = {}) {
	await until(async () => (await api.rpc.chain.getHeader()).number.toNumber() >= number, {
		ms,
		what: `block ${number}`,
		every: 500,
	});
}
