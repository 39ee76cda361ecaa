// The wallet by itself, without a chain. The wallet loads, keeps an account, connects to a page, and
// signs exactly the requests that the person agrees to.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { wrapped } from "@assent/client/messages";
import { Metadata, TypeRegistry } from "@polkadot/types";
import substrate from "@polkadot/types-support/metadata/v16/substrate-hex";
import { hexToU8a } from "@polkadot/util";
import {
	base64Encode,
	cryptoWaitReady,
	decodeAddress,
	signatureVerify,
} from "@polkadot/util-crypto";
import { start } from "./browser.mjs";

const PASSWORD = "correct horse";
const MESSAGE = "Assent enrolment\nchain 0x00\norganisation 0";

describe("the wallet in Chromium", { timeout: 600_000 }, () => {
	let browser;
	let address;
	/** Waits until one of the page's status lines says how the action went, and gives the text. */
	const outcome = async (id) => {
		await browser.page.waitForFunction(
			(name) => /^\w+.*:|^The wallet/.test(document.getElementById(name).textContent),
			`${id}-status`,
		);
		return browser.page.textContent(`#${id}-status`);
	};

	before(async () => {
		await cryptoWaitReady();
		browser = await start();
	});
	after(() => browser?.close());

	it("keeps an account made by its own keyring", async () => {
		const seed = "twelve words that are no seed at all but look like one";
		await assert.rejects(
			browser.wallet.addAccount({ name: "Ada", password: PASSWORD, seed }),
			/Not a valid mnemonic seed/,
		);
		address = await browser.wallet.addAccount({ name: "Ada", password: PASSWORD });
		assert.equal(decodeAddress(address).length, 32);
	});

	it("shows a page nothing until the person connects the page", async () => {
		const { page, wallet, url } = browser;
		await page.click("#connect");
		const request = await wallet.request("authorise");
		assert.equal((await request.displayed()).from, `${url}/`);
		assert.equal(await page.locator("#account option").count(), 0);
		await request.press("Connect");
		assert.match(await outcome("connect"), /^Connected: polkadot-js 0\.62\.3$/);
		assert.equal(await page.inputValue("#account"), address);
	});

	it("signs raw bytes, wrapped, after the password", async () => {
		const { page, wallet } = browser;
		await page.fill("#message", MESSAGE);
		await page.click("#sign");
		const request = await wallet.request("sign");
		assert.equal((await request.displayed()).bytes, MESSAGE);
		await request.press("Sign the message", "wrong");
		assert.match(await request.complaint(), /passphrase/);
		await request.press("Sign the message", PASSWORD);
		const [, signature] = /^Signed: (0x[0-9a-f]{128})$/.exec(await outcome("sign"));
		assert.ok(signatureVerify(wrapped(MESSAGE), signature, address).isValid);
		const other = signatureVerify(wrapped(`${MESSAGE}!`), signature, address);
		assert.ok(!other.isValid, "another message");
	});

	it("signs nothing that the person cancels", async () => {
		const { page, wallet } = browser;
		await page.click("#sign");
		await (await wallet.request("sign")).press("Cancel");
		assert.equal(await outcome("sign"), "Failed: Cancelled");
	});

	it("shows bytes without the chain's metadata, and the call with it", async () => {
		const { page, wallet } = browser;
		const registry = new TypeRegistry();
		const opaque = registry.createType("Option<OpaqueMetadata>", hexToU8a(substrate));
		const metadata = new Metadata(registry, opaque.unwrap().toHex());
		registry.setMetadata(metadata);
		// system.remarkWithEvent("test")
		const call = registry.createType("Call", "0x00071074657374");
		const genesisHash = `0x${"a5".repeat(32)}`;
		const payload = {
			address,
			assetId: undefined,
			blockHash: genesisHash,
			blockNumber: "0x00000010",
			era: "0x0503",
			genesisHash,
			method: call.toHex(),
			nonce: "0x00000007",
			signedExtensions: registry.signedExtensions,
			specVersion: "0x00000001",
			tip: "0x00000000000000000000000000000000",
			transactionVersion: "0x00000001",
			version: 4,
		};
		const ask = () =>
			page.evaluate(
				(json) => window.walletPage.signPayload(json).catch((error) => ({ failed: error.message })),
				payload,
			);

		let answer = ask();
		let request = await wallet.request("sign");
		let displayed = await request.displayed();
		assert.equal(displayed["method data"], payload.method);
		assert.equal(displayed.method, undefined);
		assert.equal(displayed.genesis, genesisHash);
		await request.press("Cancel");
		assert.deepEqual(await answer, { failed: "Cancelled" });

		const provided = page.evaluate((definition) => window.walletPage.provide(definition), {
			chain: "Example",
			genesisHash,
			icon: "substrate",
			metaCalls: base64Encode(metadata.asCallsOnly.toU8a()),
			specVersion: 1,
			ss58Format: 42,
			tokenDecimals: 0,
			tokenSymbol: "Unit",
			types: {},
		});
		const offered = await wallet.request("metadata");
		assert.equal((await offered.displayed()).chain, "Example");
		await offered.press("Accept");
		assert.equal(await provided, true);

		answer = ask();
		request = await wallet.request("sign");
		displayed = await request.displayed();
		assert.equal(displayed.chain, "Example");
		assert.equal(displayed.nonce, "7");
		assert.equal(displayed.method, "system.remarkWithEvent(remark)");
		assert.deepEqual(JSON.parse(displayed.arguments), { remark: "test" });
		assert.match(displayed.info, /^Make some on-chain remark and emit event\./);
		assert.match(displayed.lifetime, /^mortal, valid from \d+ to \d+$/);
		await request.press("Sign the transaction", PASSWORD);
		const { signature } = await answer;
		const signed = registry.createType("ExtrinsicPayload", payload, { version: 4 });
		// A transaction's signature begins with its kind: 01 is sr25519.
		const [kind, ...rest] = hexToU8a(signature);
		assert.equal(kind, 1);
		assert.ok(
			signatureVerify(signed.toU8a({ method: true }), Uint8Array.from(rest), address).isValid,
		);
		assert.equal(signed.method.toHex(), payload.method);
	});

	it("answers no page of another origin that was not connected", async () => {
		const { page, url } = browser;
		await page.goto(url.replace("localhost", "127.0.0.1"));
		await page.click("#connect");
		const request = await browser.wallet.request("authorise");
		await request.press("Reject");
		assert.match(await outcome("connect"), /^Failed: no wallet connects to this page$/);
	});
});
