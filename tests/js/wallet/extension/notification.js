// The window that opens for the request of a page. A page asks to connect, to give the chain's
// metadata, or to have a transaction or raw bytes signed.

import { describe } from "./decode.js";
import { send } from "./messages.js";

const main = document.querySelector("main");
const pending = { authorise: [], metadata: [], sign: [] };

/**
 * Makes an element.
 * @param {string} name
 * @param {any} [properties]
 * @param {...(Node | string)} children
 */
function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

/** A table with a row per entry: the label, then text, or JSON of an object. */
function table(rows) {
	const list = element("dl");
	for (const [label, value] of rows) {
		if (value === null || value === undefined || value === "") continue;
		const text =
			typeof value === "object"
				? element("pre", { textContent: JSON.stringify(value, null, 2) })
				: String(value);
		const shown = element("dd", {}, text);
		shown.dataset.field = label;
		list.append(element("dt", { textContent: label }), shown);
	}
	return list;
}

function button(text, act, status) {
	const made = element("button", { type: "button", textContent: text });
	made.addEventListener("click", () => {
		act().catch((error) => {
			status.textContent = error.message;
		});
	});
	return made;
}

function card(kind, id, title, rows, extra, actions) {
	const status = element("p", { role: "status" });
	const made = element(
		"article",
		{},
		element("h1", { textContent: title }),
		table(rows),
		...extra,
		...actions.map(([text, act]) => button(text, act, status)),
		status,
	);
	made.dataset.request = kind;
	made.dataset.id = id;
	return made;
}

async function authorise({ id, url, request }) {
	const addresses = (await accounts).map(({ address }) => address);
	return card(
		"authorise",
		id,
		`${request.origin} wants to see your accounts`,
		[["from", url]],
		[],
		[
			["Connect", () => send("pri(authorize.approve)", { authorizedAccounts: addresses, id })],
			["Reject", () => send("pri(authorize.reject)", id)],
		],
	);
}

async function metadata({ id, url, request }) {
	return card(
		"metadata",
		id,
		"Update the metadata",
		[
			["from", url],
			["chain", request.chain],
			["genesis", request.genesisHash],
			["version", request.specVersion],
		],
		[],
		[
			["Accept", () => send("pri(metadata.approve)", { id })],
			["Reject", () => send("pri(metadata.reject)", { id })],
		],
	);
}

async function sign({ id, url, account, request }) {
	const { payload } = request;
	const bytes = payload.genesisHash === undefined;
	const password = element("input", { type: "password", name: "password" });
	const from = [
		["from", url],
		["account", `${account.name}: ${account.address}`],
	];
	let rows;
	if (bytes) {
		rows = [...from, ["bytes", text(payload.data)]];
	} else {
		const shown = describe(await send("pri(metadata.list)"), payload);
		rows = [
			...from,
			[shown.chain ? "chain" : "genesis", shown.chain ?? payload.genesisHash],
			["version", shown.version],
			["nonce", shown.nonce],
			["tip", shown.tip === "0" ? null : shown.tip],
			["method data", shown.call ? null : shown.data],
			["method", shown.call],
			["arguments", shown.args],
			["info", shown.info],
			["lifetime", shown.lifetime],
		];
	}
	return card(
		"sign",
		id,
		bytes ? "Sign a message" : "Sign a transaction",
		rows,
		[element("label", {}, "Password ", password)],
		[
			[
				bytes ? "Sign the message" : "Sign the transaction",
				() =>
					send("pri(signing.approve.password)", {
						id,
						password: password.value,
						savePass: false,
					}),
			],
			["Cancel", () => send("pri(signing.cancel)", { id })],
		],
	);
}

/** The text of bytes in UTF-8; the bytes themselves when they are no text. */
function text(data) {
	if (!/^0x([0-9a-f]{2})+$/i.test(data)) return data;
	const bytes = Uint8Array.from(data.slice(2).match(/../g), (byte) => Number.parseInt(byte, 16));
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return data;
	}
}

let drawing = Promise.resolve();
const drawn = new Map();

/** The card of a request, made once: typed text stays in the card when other requests come and go. */
async function cardOf(make, request) {
	if (!drawn.has(request.id)) drawn.set(request.id, make(request));
	return drawn.get(request.id);
}

/** Draws the waiting requests. One drawing starts after the other, so that none overtakes. */
function draw() {
	drawing = drawing.then(async () => {
		const cards = await Promise.all([
			...pending.authorise.map((request) => cardOf(authorise, request)),
			...pending.metadata.map((request) => cardOf(metadata, request)),
			...pending.sign.map((request) => cardOf(sign, request)),
		]);
		main.replaceChildren(
			...(cards.length ? cards : [element("p", { textContent: "Nothing waits." })]),
		);
	});
}

const accounts = new Promise((resolve) => {
	send("pri(accounts.subscribe)", null, resolve);
});
for (const [kind, message] of [
	["authorise", "pri(authorize.requests)"],
	["metadata", "pri(metadata.requests)"],
	["sign", "pri(signing.requests)"],
]) {
	send(message, null, (requests) => {
		pending[kind] = requests;
		draw();
	});
}
