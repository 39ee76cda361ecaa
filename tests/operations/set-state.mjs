// Sets values of the first state in a raw specification, for tests that can't wait as long as a
// real consortium. No real consortium uses this program.
//
//   node set-state.mjs SPEC.raw.json PALLET.ITEM KEYS_JSON VALUE_HEX [PALLET.ITEM ...]
//
// KEYS_JSON: the map's keys in SCALE, in hexadecimal, each hashed with twox64Concat; [] for a
// plain value. The file is changed in place.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../js/package.json", import.meta.url));
const { hexToU8a, u8aToHex } = require("@polkadot/util");
const { xxhashAsHex } = require("@polkadot/util-crypto");

const [file, ...settings] = process.argv.slice(2);
if (!file || settings.length === 0 || settings.length % 3 !== 0) {
	console.error("usage: set-state.mjs SPEC.raw.json PALLET.ITEM KEYS_JSON VALUE_HEX [...]");
	process.exit(2);
}
const bare = (hex) => hex.replace(/^0x/, "");
const twox64Concat = (hex) => bare(xxhashAsHex(hexToU8a(hex), 64)) + bare(hex);

const spec = JSON.parse(readFileSync(file, "utf8"));
for (let at = 0; at < settings.length; at += 3) {
	const [name, keys, value] = settings.slice(at, at + 3);
	const [pallet, item] = name.split(".");
	const prefix = bare(xxhashAsHex(pallet, 128)) + bare(xxhashAsHex(item, 128));
	const key = `0x${prefix}${JSON.parse(keys).map(twox64Concat).join("")}`;
	// Through bytes, so that what is no hexadecimal is refused here.
	spec.genesis.raw.top[key] = u8aToHex(hexToU8a(value));
}
writeFileSync(file, JSON.stringify(spec));
