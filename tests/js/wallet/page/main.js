// A page for a patient. The page never sees a key, and asks the wallet for signatures.

import { metadataForWallet, watch } from "@assent/client";
import { ApiPromise, WsProvider } from "@polkadot/api";
import { web3Accounts, web3Enable, web3FromSource } from "@polkadot/extension-dapp";
import { stringToHex } from "@polkadot/util";

const byId = (id) => document.getElementById(id);
let wallet;
let signer;
let api;

/** polkadot-js' wallet refuses a page that asks for a second signature within three seconds. */
const BREATH_MS = 3_100;

/**
 * The wallet's signer, with a pause between two requests that is long enough for the wallet. A person
 * who signs a message and shares right after should not read of a limit.
 */
function paced(inner) {
	let free = Promise.resolve();
	const ask = (method) => (payload) => {
		const answer = free.then(() => inner[method](payload));
		// The pause counts from the answer. The wallet counts from the request, which is before.
		free = answer.catch(() => {}).then(() => new Promise((next) => setTimeout(next, BREATH_MS)));
		return answer;
	};
	return { signRaw: ask("signRaw"), signPayload: ask("signPayload") };
}

/** Runs an action for a button, and writes its result underneath. */
function on(button, status, act) {
	byId(button).addEventListener("click", async () => {
		byId(status).textContent = "…";
		try {
			byId(status).textContent = await act();
		} catch (error) {
			byId(status).textContent = `Failed: ${error.message}`;
		}
	});
}

const chosen = () => {
	const address = byId("account").value;
	if (!address) throw new Error("choose an account first");
	return address;
};

on("connect", "connect-status", async () => {
	const extensions = await web3Enable("Assent");
	if (extensions.length === 0) throw new Error("no wallet connects to this page");
	const accounts = await web3Accounts();
	if (accounts.length === 0) throw new Error("the wallet shows no account to this page");
	wallet = await web3FromSource(accounts[0].meta.source);
	signer = paced(wallet.signer);
	byId("account").replaceChildren(
		...accounts.map(({ address, meta }) => new Option(`${meta.name}: ${address}`, address)),
	);
	return `Connected: ${wallet.name} ${wallet.version}`;
});

on("sign", "sign-status", async () => {
	const { signature } = await signer.signRaw({
		address: chosen(),
		data: stringToHex(byId("message").value),
		type: "bytes",
	});
	return `Signed: ${signature}`;
});

on("open", "chain-status", async () => {
	await api?.disconnect();
	const provider = byId("node").value;
	api = await ApiPromise.create({ provider: new WsProvider(provider), noInitWarn: true });
	const [chain, { specVersion }] = [api.runtimeChain.toString(), api.runtimeVersion];
	return `Connected: ${chain}, version ${specVersion}`;
});

on("provide", "chain-status", async () => {
	const known = (await wallet.metadata.get()).find(
		({ genesisHash }) => genesisHash === api.genesisHash.toHex(),
	);
	if (known?.specVersion === api.runtimeVersion.specVersion.toNumber()) {
		return "The wallet knows this chain.";
	}
	const accepted = await wallet.metadata.provide(await metadataForWallet(api));
	return accepted ? "The wallet took the metadata." : "The wallet refused the metadata.";
});

on("grant", "grant-status", async () => {
	const until = byId("until").value ? Date.parse(byId("until").value) : null;
	const call = api.tx.consent.grant(
		byId("patient").value,
		[{ Organisation: Number(byId("organisation").value) }],
		["Treatment"],
		["LabResult", "Imaging"],
		until,
	);
	const { block, names } = await watch(api, await call.signAsync(chosen(), { signer }));
	return `In block ${block}: ${names.join(", ")}`;
});

// For tests without a chain: the wallet's answers to metadata and payloads made elsewhere.
window.walletPage = {
	metadata: () => wallet.metadata.get(),
	provide: (definition) => wallet.metadata.provide(definition),
	signPayload: (payload) => signer.signPayload(payload),
};
