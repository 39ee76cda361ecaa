// Packs the test wallet, an unpacked Chromium extension. The keyring, authorisation and signing code
// is that of npm's @polkadot/extension-base. The wiring and the pages are those of ./extension.
//
// The command is `node wallet/pack.mjs [DIRECTORY]`. To use the wallet by hand, load the directory at
// chrome://extensions (developer mode, "Load unpacked").

import { cp, mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const built = join(here, "../.build");
/** The wallet's directory by default. */
export const WALLET_DIRECTORY = join(built, "wallet");
/** The directory of the page for the wallet. */
export const PAGE_DIRECTORY = join(built, "page");

const common = {
	bundle: true,
	platform: "browser",
	target: "chrome120",
	legalComments: "none",
	logLevel: "warning",
	define: {
		// Some dependencies expect the name that Node and webpack give to the global object.
		global: "globalThis",
		"process.env.EXTENSION_PREFIX": '"assent-test-wallet"',
		"process.env.PORT_PREFIX": '"assent"',
	},
};

/**
 * Packs the wallet.
 * @param {string} [directory]
 * @returns {Promise<string>} the directory, absolute
 */
export async function packWallet(directory = WALLET_DIRECTORY) {
	const target = resolve(directory);
	const source = join(here, "extension");
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	const modules = ["background.js", "index.js", "notification.js"];
	const scripts = ["content.js", "page.js"];
	await Promise.all([
		// The worker and the pages are modules.
		build({
			...common,
			entryPoints: modules.map((name) => join(source, name)),
			format: "esm",
			outdir: target,
		}),
		// Content and page scripts are plain scripts.
		build({
			...common,
			entryPoints: scripts.map((name) => join(source, name)),
			format: "iife",
			outdir: target,
		}),
		...["manifest.json", "index.html", "notification.html", "style.css"].map((name) =>
			cp(join(source, name), join(target, name)),
		),
	]);
	return target;
}

/**
 * Builds the page that asks the wallet for signatures.
 * @param {string} [directory]
 * @returns {Promise<string>} the directory, absolute
 */
export async function buildPage(directory = PAGE_DIRECTORY) {
	const target = resolve(directory);
	const source = join(here, "page");
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await Promise.all([
		build({
			...common,
			entryPoints: [join(source, "main.js")],
			format: "esm",
			outdir: target,
		}),
		cp(join(source, "index.html"), join(target, "index.html")),
	]);
	return target;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	console.log(await packWallet(process.argv[2]));
}
