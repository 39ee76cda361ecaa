// The whole way of a patient. A page asks a wallet, the wallet shows the request in words, the patient
// agrees, and the chain has the grant.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { IN_BLOCK_MS, submit } from "@assent/client";
import { enrolmentMessage } from "@assent/client/messages";
import { u8aToHex } from "@polkadot/util";
import { decodeAddress } from "@polkadot/util-crypto";
import { controller, HOSPITAL_A, HOSPITAL_B, randomId } from "../lib/accounts.mjs";
import { connect, ENDPOINT } from "../lib/chain.mjs";
import { enrolCall } from "../lib/people.mjs";
import { PAGE_MS, start } from "../wallet/browser.mjs";

const PASSWORD = "correct horse";

describe("a patient with a wallet", { timeout: 600_000 }, () => {
	let api;
	let browser;
	let address;
	let message;
	const patient = randomId();

	/** Waits until the page says how an action went, and matches the text. */
	const outcome = async (id, pattern, timeout = PAGE_MS) => {
		await browser.page.waitForFunction(
			([name, source]) => {
				const text = document.getElementById(name).textContent;
				return new RegExp(source).test(text) || text.startsWith("Failed");
			},
			[`${id}-status`, pattern.source],
			{ timeout },
		);
		const text = await browser.page.textContent(`#${id}-status`);
		assert.match(text, pattern);
		return pattern.exec(text);
	};

	before(async () => {
		api = await connect();
		browser = await start();
		address = await browser.wallet.addAccount({ name: "Ada", password: PASSWORD });
		await browser.page.click("#connect");
		await (await browser.wallet.request("authorise")).press("Connect");
		await outcome("connect", /^Connected: polkadot-js/);
		await browser.page.fill("#node", ENDPOINT);
		await browser.page.click("#open");
		await outcome("chain", /^Connected: /);
	});
	after(async () => {
		await browser?.close();
		await api?.disconnect();
	});

	it("signs the enrolment, and the hospital enrols her", async () => {
		const { page, wallet } = browser;
		const account = decodeAddress(address);
		message = enrolmentMessage({
			genesis: api.genesisHash.toHex(),
			organisation: HOSPITAL_A,
			patient,
			account,
			number: 0,
		});
		await page.fill("#message", message);
		await page.click("#sign");
		const request = await wallet.request("sign");
		assert.equal((await request.displayed()).bytes, message, "seven lines that a person can read");
		await request.press("Sign the message", PASSWORD);
		const [, signature] = await outcome("sign", /^Signed: (0x[0-9a-f]{128})$/);
		await submit(api, enrolCall(api, { patient, account, signature }), controller(HOSPITAL_A), {
			shared: true,
		});
		assert.equal((await api.query.patients.byController(account)).toHex(), patient);
	});

	it("gives the wallet the chain's metadata", async () => {
		const { page, wallet } = browser;
		await page.click("#provide");
		const request = await wallet.request("metadata");
		const displayed = await request.displayed();
		assert.equal(displayed.chain, api.runtimeChain.toString());
		assert.equal(displayed.genesis, api.genesisHash.toHex());
		await request.press("Accept");
		await outcome("chain", /^The wallet took the metadata\.$/);
	});

	it("reads the grant in words, signs it, and it lands", async () => {
		const { page, wallet } = browser;
		await page.fill("#patient", patient);
		await page.fill("#organisation", String(HOSPITAL_B));
		await page.click("#grant");
		const request = await wallet.request("sign");
		const displayed = await request.displayed();
		if (process.env.ASSENT_SCREENSHOT) await request.screenshot(process.env.ASSENT_SCREENSHOT);
		assert.equal(displayed.chain, api.runtimeChain.toString());
		assert.equal(displayed.method, "consent.grant(patient, actors, purposes, classes, until)");
		assert.deepEqual(JSON.parse(displayed.arguments), {
			patient,
			actors: [{ Organisation: String(HOSPITAL_B) }],
			purposes: ["Treatment"],
			classes: ["LabResult", "Imaging"],
			until: null,
		});
		const doc = api.tx.consent.grant.meta.docs.map((line) => line.toString().trim()).join(" ");
		assert.ok(doc.length > 40);
		assert.equal(displayed.info, doc, "the call's own description, in one line");
		assert.equal(displayed["method data"], undefined, "no bytes where words can stand");

		await request.press("Sign the transaction", PASSWORD);
		const [, block] = await outcome(
			"grant",
			/^In block (0x[0-9a-f]{64}): .*consent\.DirectiveMade/,
			IN_BLOCK_MS,
		);
		const at = await api.at(block);
		const row = (await at.query.consent.directives(patient, 0)).unwrap();
		assert.equal(u8aToHex(row.madeBy.toU8a()), u8aToHex(decodeAddress(address)));
		const { base } = row.directive;
		assert.equal(base.effect.type, "Permit");
		assert.deepEqual(base.actors.toHuman(), [{ Organisation: String(HOSPITAL_B) }]);
		assert.deepEqual(base.purposes.toHuman(), ["Treatment"]);
		assert.deepEqual(base.classes.toHuman(), ["LabResult", "Imaging"]);
		assert.deepEqual((await at.query.consent.inForce(patient)).toJSON(), [0]);
	});
});
