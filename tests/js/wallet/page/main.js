// A page as a patient would use it: it never sees a key, it asks the wallet.

import { ApiPromise, WsProvider } from "@polkadot/api";
import { web3Accounts, web3Enable, web3FromSource } from "@polkadot/extension-dapp";
import { stringToHex } from "@polkadot/util";
import { metadataForWallet } from "../../lib/metadata.mjs";

const byId = (id) => document.getElementById(id);
let wallet;
let signer;
let api;

/** polkadot-js' wallet refuses a page that asks for a second signature within three seconds. */
const BREATH_MS = 3_100;

/**
 * The wallet's signer, asked once at a time and never sooner than it takes a page's next request:
 * a person who signs a message and shares right after should not read of a limit.
 */
function paced(inner) {
	let free = Promise.resolve();
	const ask = (method) => (payload) => {
		const answer = free.then(() => inner[method](payload));
		// Counted from the answer: the wallet counts from when the request reached it, which is before.
		free = answer.catch(() => {}).then(() => new Promise((next) => setTimeout(next, BREATH_MS)));
		return answer;
	};
	return { signRaw: ask("signRaw"), signPayload: ask("signPayload") };
}

/** Runs an action for a button, and says underneath how it went. */
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
	if (extensions.length === 0) throw new Error("no wallet let this page in");
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

on("grant", "grant-status", () => {
	const until = byId("until").value ? Date.parse(byId("until").value) : null;
	const call = api.tx.consent.grant(
		byId("patient").value,
		[{ Organisation: Number(byId("organisation").value) }],
		["Treatment"],
		["LabResult", "Imaging"],
		until,
	);
	return new Promise((resolve, reject) => {
		call
			.signAndSend(chosen(), { signer }, ({ status, dispatchError, events, isError }) => {
				if (dispatchError?.isModule) {
					const { section, name } = api.registry.findMetaError(dispatchError.asModule);
					reject(new Error(`${section}.${name}`));
				} else if (dispatchError || isError) {
					reject(new Error((dispatchError ?? status).toString()));
				} else if (status.isInBlock || status.isFinalized) {
					// Where the block is final before its events are read, that is the only word of it.
					const names = events.map(({ event }) => `${event.section}.${event.method}`);
					resolve(`In block ${status.value.toHex()}: ${names.join(", ")}`);
				}
			})
			.catch(reject);
	});
});

// For tests without a chain: what the wallet says to metadata and payloads made elsewhere.
window.walletPage = {
	metadata: () => wallet.metadata.get(),
	provide: (definition) => wallet.metadata.provide(definition),
	signPayload: (payload) => signer.signPayload(payload),
};
