// Debian's headless Chromium with the test wallet, and a class that uses the wallet as a person does.

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { until } from "../lib/wait.mjs";
import { buildPage, packWallet } from "./pack.mjs";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** The milliseconds that a page may take on a loaded machine. */
export const PAGE_MS = 60_000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/**
 * Serves a directory on localhost, because a wallet offers itself to no page from a file.
 * @param {string} directory
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(directory) {
	const server = createServer(async (request, response) => {
		const { pathname } = new URL(request.url, "http://localhost");
		const file = normalize(join(directory, pathname === "/" ? "index.html" : pathname));
		if (!file.startsWith(directory)) return response.writeHead(403).end();
		try {
			const body = await readFile(file);
			response.writeHead(200, {
				"content-type": `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`,
			});
			response.end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", resolve);
	});
	return {
		url: `http://localhost:${server.address().port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

/**
 * Starts Chromium with a freshly packed wallet and serves the page for it.
 * @returns {Promise<{ wallet: Wallet, page: import("playwright-core").Page, url: string,
 *   close: () => Promise<void> }>}
 */
export async function start() {
	if (!existsSync(EXECUTABLE)) {
		throw new Error(`${EXECUTABLE} is missing: apt-get install chromium, or set CHROMIUM`);
	}
	const [extension, directory] = await Promise.all([packWallet(), buildPage()]);
	const profile = await mkdtemp(join(tmpdir(), "assent-wallet-"));
	const served = await serve(directory);
	let context;
	const close = async () => {
		await context?.close();
		await served.close();
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		context = await chromium.launchPersistentContext(profile, {
			executablePath: EXECUTABLE,
			// Playwright's own headless mode has no extensions. The flag below has extensions.
			headless: false,
			ignoreDefaultArgs: ["--disable-extensions"],
			args: [
				"--headless=new",
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
				"--disable-dev-shm-usage",
				`--disable-extensions-except=${extension}`,
				`--load-extension=${extension}`,
			],
			viewport: { width: 900, height: 900 },
		});
		context.setDefaultTimeout(PAGE_MS);
		const worker =
			context.serviceWorkers()[0] ??
			(await context.waitForEvent("serviceworker", { timeout: PAGE_MS }));
		const page = await context.newPage();
		const wallet = new Wallet(context, new URL(worker.url()).host, page);
		await page.goto(served.url);
		return { wallet, page, url: served.url, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** The wallet, used through its own pages as by a person. */
export class Wallet {
	#context;
	#origin;
	#asker;
	/** Ids of the requests given out, because a window still shows an answered request for a while. */
	#known = new Set();

	/**
	 * @param {import("playwright-core").BrowserContext} context
	 * @param {string} id the extension's id
	 * @param {import("playwright-core").Page} asker the page that asks it
	 */
	constructor(context, id, asker) {
		this.#context = context;
		this.#origin = `chrome-extension://${id}`;
		this.#asker = asker;
	}

	/**
	 * Adds an account and returns the account's address.
	 * @param {{ name: string, password: string, seed?: string }} account
	 */
	async addAccount({ name, password, seed = "" }) {
		const page = await this.#context.newPage();
		try {
			await page.goto(`${this.#origin}/index.html`);
			await page.getByLabel("Name").fill(name);
			await page.getByLabel("Seed").fill(seed);
			await page.getByLabel("Password").fill(password);
			await page.getByRole("button", { name: "Add the account" }).click();
			const status = page.getByRole("status");
			await status.filter({ hasText: /\S/ }).waitFor();
			const [, address] = /^Added (\S+)$/.exec(await status.textContent()) ?? [];
			if (!address) throw new Error(await status.textContent());
			await page.locator(`[data-address="${address}"]`).waitFor();
			return address;
		} finally {
			await page.close();
		}
	}

	/**
	 * Waits for a new request of this kind, in the window that the wallet opens by itself.
	 * @param {"authorise" | "metadata" | "sign"} kind
	 * @returns {Promise<Request>}
	 */
	async request(kind) {
		const request = await until(
			async () => {
				for (const page of this.#context.pages()) {
					if (!page.url().startsWith(`${this.#origin}/notification.html`)) continue;
					// One look takes all ids, because the window may close at any moment.
					const ids = await page
						.locator(`[data-request="${kind}"]`)
						.evaluateAll((cards) => cards.map(({ dataset }) => dataset.id))
						.catch(() => []);
					const id = ids.find((shown) => !this.#known.has(shown));
					if (id) return new Request(page, id);
				}
				return null;
			},
			{ ms: PAGE_MS, what: `the wallet's window with a request to ${kind}`, every: 100 },
		).catch(async (error) => {
			// The page says why it did not ask, or gives the wallet's answer.
			const said = await this.#asker.getByRole("status").allInnerTexts();
			throw new Error(`${error.message}; the page says: ${said.filter(Boolean).join(" | ")}`);
		});
		this.#known.add(request.id);
		return request;
	}
}

/** A request that waits in the wallet's window. */
class Request {
	/** @param {import("playwright-core").Page} page @param {string} id */
	constructor(page, id) {
		this.page = page;
		this.id = id;
		this.card = page.locator(`[data-id="${id}"]`);
	}

	/** Everything that the wallet displays of the request, by label. */
	async displayed() {
		const fields = {};
		for (const field of await this.card.locator("[data-field]").all()) {
			// The text that a person sees, without the hidden parts of the document.
			fields[await field.getAttribute("data-field")] = await field.innerText();
		}
		return fields;
	}

	/**
	 * Presses a button of the request, after typing the password if there is one.
	 * @param {string} button
	 * @param {string} [password]
	 */
	async press(button, password) {
		if (password !== undefined) await this.card.getByLabel("Password").fill(password);
		// The wallet closes its window when no request waits. The click has not failed then.
		await this.card
			.getByRole("button", { name: button, exact: true })
			.click({ noWaitAfter: true })
			.catch((error) => {
				if (!this.page.isClosed()) throw error;
			});
	}

	/** The text of the request after the button's action failed. */
	async complaint() {
		const status = this.card.getByRole("status");
		await status.filter({ hasText: /\S/ }).waitFor();
		return status.textContent();
	}

	/** @param {string} path of the picture */
	async screenshot(path) {
		await this.page.screenshot({ path, fullPage: true });
	}
}
