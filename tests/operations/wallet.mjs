// A member's accounts in a wallet: the keyring and signing of polkadot-js' extension in Chromium
// (tests/js/wallet). The wallet makes the keys and keeps them while this program runs. The program
// answers each line of its input with one line, which begins with `failed:` after a failure.
//
//   node wallet.mjs WS
//   make NAME                                 makes an account, answers its address
//   send NAME PALLET.CALL JSON_ARGUMENTS      signs a call, answers its events in a block
//   propose NAME PALLET.CALL JSON_ARGUMENTS   the same of a council motion that enacts the call

import { createInterface } from "node:readline";
import { connect } from "../js/lib/chain.mjs";
import { metadataForWallet, watch } from "../js/lib/client.mjs";
import { start } from "../js/wallet/browser.mjs";

const PASSWORD = "correct horse";

const [endpoint] = process.argv.slice(2);
if (!endpoint) {
	console.error("usage: wallet.mjs WS");
	process.exit(2);
}

const browser = await start();
const { wallet, page } = browser;
const addresses = new Map();
let api;

// A signal must not leave the browser's profile behind.
process.once("SIGTERM", async () => {
	await browser.close();
	process.exit(143);
});

/** Connects to the node, lets the page into the wallet, and gives the wallet the chain's metadata. */
async function open() {
	api = await connect(endpoint);
	await page.click("#connect");
	await (await wallet.request("authorise")).press("Connect");
	await page.locator("#connect-status", { hasText: /^Connected: / }).waitFor();
	const definition = metadataForWallet(api);
	const taken = page.evaluate((given) => window.walletPage.provide(given), definition);
	await (await wallet.request("metadata")).press("Accept");
	if (!(await taken)) throw new Error("the wallet did not take the metadata");
}

/** The signer for polkadot.js: the wallet shows the call, and a person reads it and signs. */
const signer = (name) => ({
	signPayload: async (payload) => {
		const answer = page.evaluate(
			(json) => window.walletPage.signPayload(json).catch((error) => ({ failed: error.message })),
			payload,
		);
		const request = await wallet.request("sign");
		const shown = await request.displayed();
		console.error(JSON.stringify(shown));
		if (!shown.method?.startsWith(`${name}(`)) throw new Error(`the wallet does not show ${name}`);
		await request.press("Sign the transaction", PASSWORD);
		const { failed, ...signed } = await answer;
		if (failed) throw new Error(failed);
		return signed;
	},
});

async function signed(account, call) {
	const address = addresses.get(account);
	if (!address) throw new Error(`no account ${account}`);
	const name = `${call.method.section}.${call.method.method}`;
	const extrinsic = await call.signAsync(address, { signer: signer(name) });
	return (await watch(api, extrinsic)).names.join(" ");
}

const verbs = {
	make: async (account) => {
		const address = await wallet.addAccount({ name: account, password: PASSWORD });
		addresses.set(account, address);
		return address;
	},
	send: (account, call) => signed(account, call),
	propose: async (account, call) => {
		const seats = (await api.query.council.members()).length;
		const motion = api.tx.consortium.enact(call);
		const length = motion.method.encodedLength + 8;
		return signed(account, api.tx.council.propose(Math.ceil((seats * 2) / 3), motion, length));
	},
};

for await (const line of createInterface({ input: process.stdin })) {
	const [, verb, account, name, json] = /^(\S+) (\S+)(?: (\S+) (.*))?$/.exec(line) ?? [];
	try {
		if (!verbs[verb]) throw new Error(`what is ${line}?`);
		if (name && !api) await open();
		const [pallet, item] = name?.split(".") ?? [];
		console.log(await verbs[verb](account, name && api.tx[pallet][item](...JSON.parse(json))));
	} catch (error) {
		console.log(`failed: ${error.message.replaceAll("\n", " ")}`);
	}
}
await api?.disconnect();
await browser.close();
