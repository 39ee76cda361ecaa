/** The test vectors of the Rust crate `assent-protocol`. */

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../../core/protocol/vectors/", import.meta.url);

/** The names of the files, in order. */
export const files = readdirSync(folder)
	.filter((name) => name.endsWith(".json"))
	.sort();

/** A file's values. */
export const protocol = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** The page that says which vectors JavaScript does not use. */
export const readme = readFileSync(new URL("README.md", folder), "utf8");
