/**
 * Writes the test vectors that JavaScript makes: `npm run vectors`. Sealing and wrapping take no
 * seed here, so the script keeps the vectors that exist. Remove the files `*-js.json` to make new
 * vectors.
 */

import { existsSync, writeFileSync } from "node:fs";
import { randomBytes } from "@noble/hashes/utils.js";
import * as envelope from "../src/envelope.js";
import { binding, folder, hex, pattern, SEALED_SIZES } from "./made.js";

async function make(name, list) {
	const path = new URL(name, folder);
	if (existsSync(path)) {
		console.log(`${name}: kept`);
		return;
	}
	const made = await list();
	writeFileSync(path, `${JSON.stringify(made, null, 2)}\n`);
	console.log(`${name}: ${made.length} vectors`);
}

await make("sealed-js.json", async () => {
	const list = [];
	for (const size of SEALED_SIZES) {
		const sealed = await envelope.seal(pattern(size));
		const file = `js-${size}.age`;
		writeFileSync(new URL(file, folder), sealed.ciphertext);
		list.push({
			file,
			secret: hex(sealed.secret),
			identity: envelope.identityFromSecret(sealed.secret),
			content_size: size,
			salt: hex(sealed.salt),
			commitment: hex(sealed.commitment),
			ciphertext_hash: hex(sealed.ciphertextHash),
			ciphertext_size: sealed.size,
		});
	}
	return list;
});

await make("wraps-js.json", async () => {
	const list = [];
	for (const [version, key_version] of [
		[1, 1],
		[2, 1],
		[1, 2],
		[0xffffffff, 0x01020304],
	]) {
		const key = await envelope.generateReaderKey();
		const secret = randomBytes(32);
		const vector = {
			reader_private: hex(key.privateKey),
			reader_public: hex(key.publicKey),
			genesis: hex(randomBytes(32)),
			record: hex(randomBytes(16)),
			version,
			reader: hex(randomBytes(32)),
			key_version,
		};
		vector.associated_data = hex(envelope.encodeBinding(binding(vector)));
		vector.secret = hex(secret);
		vector.wrap = hex(await envelope.wrap(secret, key.publicKey, binding(vector)));
		list.push(vector);
	}
	return list;
});
