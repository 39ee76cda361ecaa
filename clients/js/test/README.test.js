/** The examples of README.md: those without a network are run, the others are checked. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const examples = [...readme.matchAll(/^## (\w+)\n\n```js\n(.*?)^```$/gms)].map(
	([, title, code]) => ({ title, code }),
);

/** Runs code as a module beside the package, so the code finds the package by name. */
async function run(code, ...options) {
	const args = [...options, "--input-type=module", "--eval", code];
	const { stdout } = await promisify(execFile)(process.execPath, args, {
		cwd: fileURLToPath(root),
	});
	return stdout;
}

describe("examples", () => {
	it("are five", () => {
		const titles = examples.map(({ title }) => title);
		assert.deepEqual(titles, ["Envelope", "Messages", "Delivery", "Verify", "Transactions"]);
	});

	for (const { title, code } of examples) {
		if (code.includes("WsProvider")) {
			it(`${title}: the names exist, and the rest is a module`, async () => {
				const imports = code.match(/^import .*;$/gm);
				await run(imports.join("\n"));
				// Node compiles the code. The missing import keeps the code from running.
				await assert.rejects(run(`import "./none.js";\n${code}`), /ERR_MODULE_NOT_FOUND/);
				await assert.rejects(run(`import "./none.js";\n${code})`), /SyntaxError/);
			});
		} else {
			it(`${title}: prints what it says`, async () => {
				const [, said] = /; \/\/ (.*)\n$/.exec(code);
				assert.equal(await run(code), `${said}\n`);
			});
		}
	}
});

describe("exports", () => {
	const { dependencies, exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

	it("each has a row in the table, and opens by its name", async () => {
		const rows = [...readme.matchAll(/^\| `(@assent\/client[^`]*)` \|/gm)].map(([, name]) => name);
		const names = Object.keys(exports).map((path) => path.replace(/^\./, "@assent/client"));
		assert.deepEqual(rows, names);
		for (const name of names) {
			assert.ok(Object.keys(await import(name)).length > 0, name);
		}
	});

	it("a file that is not exported does not open", async () => {
		await assert.rejects(import("@assent/client/src/bytes.js"), {
			code: "ERR_PACKAGE_PATH_NOT_EXPORTED",
		});
	});

	it("the package imports its dependencies and nothing else, so nothing of polkadot.js", () => {
		const files = readdirSync(new URL("src/", root), { recursive: true });
		const sources = files.filter((name) => name.endsWith(".js"));
		assert.ok(sources.length > 8, sources.join());
		const imported = sources.flatMap((name) => {
			const source = readFileSync(new URL(`src/${name}`, root), "utf8");
			return [...source.matchAll(/ from "(@[^/"]+\/[^/"]+|[^./"][^/"]*)/g)].map(([, from]) => from);
		});
		assert.deepEqual([...new Set(imported)].sort(), Object.keys(dependencies).sort());
	});
});
