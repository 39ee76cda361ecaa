// The delivery of a document to a reader who has the client package only: sealed and wrapped by the
// custodian, permitted by the chain, handed out by the network's vault, opened by the reader.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { FINAL_MS, submit } from "@assent/client";
import {
	deliveryMessage,
	readAnswer,
	Scheme,
	SignedRequest,
	WINDOW_MS,
} from "@assent/client/delivery";
import { documentUrl, wrapPath } from "@assent/client/documents";
import { generateReaderKey, hash, open, seal, unwrap, wrap } from "@assent/client/envelope";
import { wrapped } from "@assent/client/messages";
import { deliveryParams, Method } from "@assent/client/rpc";
import { u8aToHex } from "@polkadot/util";
import { HOSPITAL_B, randomId } from "../lib/accounts.mjs";
import { connect, rpc } from "../lib/chain.mjs";
import { access, grant } from "../lib/consent.mjs";
import { credential, enrolPatient } from "../lib/people.mjs";
import { registerRecord } from "../lib/records.mjs";
import { until } from "../lib/wait.mjs";

const { ASSENT_VAULT: vault, ASSENT_VAULT_TOKEN_FILE: tokenFile } = process.env;
const content = new TextEncoder().encode("HbA1c 6.1%");

describe("the delivery of a document", { timeout: 900_000 }, () => {
	const record = randomId();
	let api;
	let ada;
	let clinician;
	let directive;
	/** The hash of the entry of the trail that permits the access. */
	let entry;
	/** What the reader has: the private key, and the binding of the wrap. */
	let key;
	let binding;
	let document;

	/** Keeps bytes in the vault, as the custodian. */
	async function put(url, body) {
		const headers = { authorization: `Bearer ${readFileSync(tokenFile, "utf8").trim()}` };
		const { status } = await fetch(url, { method: "PUT", headers, body });
		assert.equal(status, 201, url);
	}

	before(async () => {
		assert.ok(
			vault && tokenFile,
			"run it by scripts/with-network, which gives the vault's address",
		);
		api = await connect();
		ada = await enrolPatient(api);
		({ pair: clinician } = await credential(api, { organisation: HOSPITAL_B }));
		key = await generateReaderKey();
		await submit(api, api.tx.records.setEncryptionKey(u8aToHex(key.publicKey)), clinician);
		const { version } = (await api.call.recordsApi.encryptionKey(clinician.publicKey)).unwrap();

		const sealed = await seal(content);
		document = u8aToHex(sealed.ciphertextHash);
		binding = {
			genesis: api.genesisHash.toU8a(),
			record: Uint8Array.from(Buffer.from(record.slice(2), "hex")),
			version: 1,
			reader: clinician.publicKey,
			keyVersion: version.toNumber(),
		};
		await put(documentUrl(vault, document), sealed.ciphertext);
		const address = { record, version: 1, reader: clinician.publicKey };
		const made = await wrap(sealed.secret, key.publicKey, binding);
		await put(`${vault}${wrapPath(address)}`, made);
		await registerRecord(api, {
			patient: ada.patient,
			record,
			document: {
				ciphertext: document,
				size: sealed.size,
				commitment: u8aToHex(sealed.commitment),
			},
		});
		({ directive } = await grant(api, ada));
		const attempt = { patient: ada.patient, record, pair: clinician, final: true };
		const { decision, receipt } = await access(api, attempt);
		assert.equal(decision.effect, "Permit");
		entry = receipt.event("trail.EntryWritten")[0].toHex();
	});
	after(() => api?.disconnect());

	/** The node's answer to the question of a vault. */
	async function answer() {
		const question = { record, version: 1, account: clinician.address, entry, clock: Date.now() };
		return readAnswer(await rpc(api, Method.Delivery, ...deliveryParams(question)));
	}

	const request = (given = {}) => ({
		genesis: api.genesisHash.toHex(),
		record,
		version: 1,
		entry,
		issued: Date.now(),
		...given,
	});

	/** Asks the vault for the wrap. `sign` makes a signature of the text. */
	async function ask(asked, sign = (message) => clinician.sign(message)) {
		const signed = new SignedRequest(asked, {
			account: clinician.publicKey,
			scheme: Scheme.Sr25519,
			signature: sign(deliveryMessage(asked)),
		});
		return fetch(signed.url(vault), { headers: signed.headers });
	}

	/** Asserts a refusal of the vault. */
	async function refuses(response, status, expected) {
		assert.equal(response.status, status);
		const { error } = await response.json();
		const { code, reason } = error;
		assert.deepEqual({ code, reason }, { reason: undefined, ...expected });
	}

	/** Waits until the vault's node holds the decision to be final, too. */
	async function delivered(sign) {
		return until(
			async () => {
				const response = await ask(request(), sign);
				return response.status === 409 ? null : response;
			},
			{ ms: FINAL_MS, what: "the vault's node to see the decision final", every: 1_000 },
		);
	}

	it("the node permits it by the directive, in a final block", async () => {
		const { permitted, final, reason, emergency, at } = await answer();
		const expected = { permitted: true, final: true, reason: "directive", emergency: false };
		assert.deepEqual({ permitted, final, reason, emergency }, expected);
		assert.ok(Math.abs(at - Date.now()) < 10 * 60_000);
	});

	for (const [what, sign] of [
		["with a key", (message) => clinician.sign(message)],
		["with a wallet", (message) => u8aToHex(clinician.sign(wrapped(message)))],
	]) {
		it(`the reader who signs ${what} gets the wrap, and reads the document`, async () => {
			const response = await delivered(sign);
			assert.equal(response.status, 200);
			const bytes = new Uint8Array(await response.arrayBuffer());
			const secret = await unwrap(bytes, key.privateKey, binding);
			const fetched = await fetch(documentUrl(vault, document));
			const ciphertext = new Uint8Array(await fetched.arrayBuffer());
			assert.equal(u8aToHex(hash(ciphertext)), document);
			assert.deepEqual(await open(secret, ciphertext), content);
		});
	}

	it("a request that was signed too early or too late is refused", async () => {
		for (const apart of [-2 * WINDOW_MS, 2 * WINDOW_MS]) {
			const response = await ask(request({ issued: Date.now() + apart }));
			await refuses(response, 401, { code: "stale" });
		}
	});

	it("a signature over another text is refused", async () => {
		const other = (message) => clinician.sign(message.replace("version 1", "version 2"));
		await refuses(await ask(request(), other), 401, { code: "bad_signature" });
	});

	it("another record has no decision of this entry, and the vault says so by its code", async () => {
		const response = await ask(request({ record: randomId() }));
		await refuses(response, 403, { code: "refused", reason: "other-request" });
	});

	it("an entry that no node knows is not final, and the vault says so by its code", async () => {
		const response = await ask(request({ entry: `0x${"11".repeat(32)}` }));
		await refuses(response, 409, { code: "not_final", reason: "unknown-entry" });
	});

	it("a withdrawal stops the delivery", async () => {
		const withdraw = api.tx.consent.withdraw(ada.patient, directive);
		await submit(api, withdraw, ada.pair, { final: true });
		const reason = "no-longer-permitted";
		assert.deepEqual((({ permitted, reason }) => ({ permitted, reason }))(await answer()), {
			permitted: false,
			reason,
		});
		await refuses(await ask(request()), 403, { code: "refused", reason });
	});
});
