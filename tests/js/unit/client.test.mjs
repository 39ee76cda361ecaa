// The client package as it is installed here. npm copies the package out of clients/js, so a change
// there reaches the suites with the next `npm ci`.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";

const here = new URL("../", import.meta.url);
const installed = new URL("node_modules/@assent/client/", here);
const origin = new URL("../../clients/js/", here);
const json = (path, base) => JSON.parse(readFileSync(new URL(path, base), "utf8"));

describe("the installed client", () => {
	it("is the one in clients/js: if not, run npm ci", () => {
		const list = (base) =>
			readdirSync(new URL("src/", base), { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map(({ name, parentPath }) => `${parentPath}/${name}`.split("/src/")[1])
				.sort();
		assert.deepEqual(list(installed), list(origin));
		for (const name of [...list(origin).map((file) => `src/${file}`), "package.json"]) {
			const text = (base) => readFileSync(new URL(name, base), "utf8");
			assert.equal(text(installed), text(origin), name);
		}
	});

	it("has the packages that clients/js pins: if not, run npm install here", () => {
		const { dependencies } = json("package.json", origin);
		const { packages } = json("package-lock.json", here);
		assert.deepEqual(packages["node_modules/@assent/client"].dependencies, dependencies);
		for (const [name, version] of Object.entries(dependencies)) {
			const own = packages[`node_modules/@assent/client/node_modules/${name}`];
			assert.equal((own ?? packages[`node_modules/${name}`]).version, version, name);
		}
	});

	it("shares the one copy of each package of polkadot.js", () => {
		const { packages } = json("package-lock.json", here);
		const names = Object.keys(packages)
			.filter((path) => path.includes("node_modules/@polkadot/"))
			.map((path) => path.split("node_modules/").at(-1));
		assert.ok(names.includes("@polkadot/api"));
		assert.equal(new Set(names).size, names.length, names.join(", "));
	});
});
