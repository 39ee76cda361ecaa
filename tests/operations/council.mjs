// The acts of members from a terminal, for the operations tests: the council enacts a call, an
// account sends a call. The program signs with phrases from files. scripts/make-keys leaves no
// such file, because real members sign with their wallets.
//
//   node council.mjs WS enact PALLET.CALL JSON_ARGUMENTS KEY_FILE...
//   node council.mjs WS send PALLET.CALL JSON_ARGUMENTS KEY_FILE
//   node council.mjs WS query PALLET.ITEM JSON_ARGUMENTS
//
// KEY_FILE: the output of `assent-node key generate --output-type json`. With `enact` the first
// account proposes, as many vote as the threshold wants, and the first one closes; the program
// prints the number of the block that dispatches the call. `send` waits until the call stands in a
// block and not until that block is final, because finality may stand still.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../js/package.json", import.meta.url));
const { ApiPromise, WsProvider, Keyring } = require("@polkadot/api");

/** A weight above that of any motion of these tests. */
const BOUND = { refTime: 400_000_000_000, proofSize: 1_000_000 };

const [endpoint, verb, name, json, ...files] = process.argv.slice(2);
if (!["enact", "send", "query"].includes(verb) || !json || (verb !== "query" && !files[0])) {
	console.error("usage: council.mjs WS enact|send|query PALLET.NAME JSON_ARGUMENTS KEY_FILE...");
	process.exit(2);
}

const keyring = new Keyring({ type: "sr25519", ss58Format: 42 });
const accounts = files.map((file) =>
	keyring.addFromUri(JSON.parse(readFileSync(file, "utf8")).secretPhrase),
);

/** Sends a call, waits until it is in a block, and gives its events. */
function send(api, call, account) {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => reject(new Error("not in a block after 120 s")), 120_000);
		const failed = (error) => {
			clearTimeout(late);
			reject(error);
		};
		call
			.signAndSend(account, ({ status, dispatchError, events }) => {
				if (status.isDropped || status.isInvalid || status.isUsurped) {
					failed(new Error(`it left the pool: ${status.type}`));
				}
				if (!status.isInBlock) return;
				if (dispatchError) {
					failed(new Error(reason(api, dispatchError)));
					return;
				}
				clearTimeout(late);
				resolve(events.map(({ event }) => event));
			})
			.catch(failed);
	});
}

function reason(api, error) {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

function only(events, section, method) {
	const found = events.find((event) => event.section === section && event.method === method);
	if (!found) {
		const names = events.map((event) => `${event.section}.${event.method}`);
		throw new Error(`no event ${section}.${method} among ${names.join(", ")}`);
	}
	return found.data;
}

/** Proposes, votes, closes; gives the block in which the call is dispatched. */
async function enact(api, call) {
	const seats = (await api.query.council.members()).length;
	const threshold = Math.ceil((seats * 2) / 3);
	const motion = api.tx.consortium.enact(call);
	const proposed = await send(
		api,
		api.tx.council.propose(threshold, motion, motion.method.encodedLength + 8),
		accounts[0],
	);
	const { proposalIndex, proposalHash } = only(proposed, "council", "Proposed");
	for (const account of accounts.slice(0, threshold)) {
		await send(api, api.tx.council.vote(proposalHash, proposalIndex, true), account);
	}
	const closed = await send(
		api,
		api.tx.council.close(proposalHash, proposalIndex, BOUND, motion.method.encodedLength + 8),
		accounts[0],
	);
	const { result } = only(closed, "council", "Executed");
	if (result.isErr) throw new Error(`the motion failed: ${reason(api, result.asErr)}`);
	return only(closed, "scheduler", "Scheduled").when.toNumber();
}

const api = await ApiPromise.create({ provider: new WsProvider(endpoint), noInitWarn: true });
try {
	const [pallet, item] = name.split(".");
	const args = JSON.parse(json);
	if (verb === "query") {
		console.log(JSON.stringify((await api.query[pallet][item](...args)).toHuman()));
	} else if (verb === "enact") {
		console.log(await enact(api, api.tx[pallet][item](...args)));
	} else {
		const events = await send(api, api.tx[pallet][item](...args), accounts[0]);
		console.log(events.map((event) => `${event.section}.${event.method}`).join(" "));
	}
} catch (error) {
	console.error(`council.mjs: ${name}: ${error.message}`);
	process.exitCode = 1;
} finally {
	await api.disconnect();
}
