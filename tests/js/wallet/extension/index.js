// The wallet's first page, which lists the accounts and adds an account.

import { send } from "./messages.js";

const form = document.querySelector("#create");
const list = document.querySelector("#accounts");
const status = form.querySelector("[role=status]");

form.addEventListener("submit", async (event) => {
	event.preventDefault();
	const { name, seed, password } = Object.fromEntries(new FormData(form));
	try {
		const type = "sr25519";
		const suri = seed || (await send("pri(seed.create)", { length: 12, type })).seed;
		const { address } = await send("pri(seed.validate)", { suri, type });
		await send("pri(accounts.create.suri)", { name, password, suri, type });
		form.reset();
		status.textContent = `Added ${address}`;
	} catch (error) {
		status.textContent = `Not added: ${error.message}`;
	}
});

send("pri(accounts.subscribe)", null, (accounts) => {
	list.replaceChildren(
		...accounts.map(({ name, address }) => {
			const item = document.createElement("li");
			item.dataset.address = address;
			item.textContent = `${name}: ${address}`;
			return item;
		}),
	);
});
