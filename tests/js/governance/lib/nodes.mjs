// The nodes of the network that scripts/with-network started. The same shell functions that started a
// node end the node and start it again. Each node can be asked directly.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sleep, until } from "../../lib/wait.mjs";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const run = promisify(execFile);

/** The folder of the running network. */
export const RUN = process.env.ASSENT_NETWORK_DIR;
const SHIFT = Number(process.env.ASSENT_PORT_SHIFT ?? 0);
// Alpha2 and Beta2 are second nodes of members. Tests start every node beyond the first four.
const MEMBERS = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Twin", "Alpha2", "Beta2"];

/**
 * Runs lines of shell, with the functions that started the network.
 * @param {string} lines
 * @param {string} [functions] the file that has them
 */
export async function shell(lines, functions = "tests/network/local.sh") {
	if (!RUN) throw new Error("run this through scripts/with-network or tests/network/with-hosts");
	const script = [
		"set -euo pipefail",
		`source ${functions}`,
		`MEMBERS=(${MEMBERS.join(" ")})`,
		lines,
	].join("\n");
	const { stdout } = await run("bash", ["-c", script], {
		cwd: ROOT,
		env: { ...process.env, ASSENT_RUN: RUN },
	});
	return stdout;
}

/** A node, by its member's name. */
export class Node {
	/** @param {string} member */
	constructor(member) {
		this.member = member;
		this.index = MEMBERS.indexOf(member);
		if (this.index < 0) throw new Error(`no member ${member}`);
		this.base = `${RUN}/${member}`;
		this.port = 9944 + SHIFT + this.index;
		this.address = "127.0.0.1";
	}

	/** The address at which the node answers. */
	get ws() {
		return `ws://${this.address}:${this.port}`;
	}

	/** Asks the node. @param {string} method @param {any[]} params @returns {Promise<any>} */
	async rpc(method, params = []) {
		const response = await fetch(`http://${this.address}:${this.port}`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
			// A node that compiles another runtime on a busy machine is silent for a while.
			signal: AbortSignal.timeout(60_000),
		});
		const { result, error } = await response.json();
		if (error) throw new Error(`${this.member}: ${method}: ${error.message} ${error.data ?? ""}`);
		return result;
	}

	/** The number of its best block. */
	async best() {
		return Number((await this.rpc("chain_getHeader")).number);
	}

	/** The number of its last final block. */
	async final() {
		const hash = await this.rpc("chain_getFinalizedHead");
		return Number((await this.rpc("chain_getHeader", [hash])).number);
	}

	/** Waits until a block of this number is final on it. */
	async waitFinal(number, ms = 120_000) {
		await until(async () => (await this.final()) >= number, {
			ms,
			what: `${this.member} to see block ${number} final`,
			every: 1_000,
		});
	}

	/**
	 * Waits until no block becomes final on the node for 20 seconds: two of four are then missed.
	 * @returns {Promise<number>} the number of the last final block
	 */
	async standsStill() {
		let last = await this.final();
		await until(
			async () => {
				await sleep(20_000);
				const now = await this.final();
				const still = now === last;
				last = now;
				return still;
			},
			{ ms: 120_000, what: `finality to stand still on ${this.member}` },
		);
		return last;
	}

	/** Prepares a base path with a network key and no other. */
	async prepare() {
		await shell(
			`mkdir -p "${this.base}"; chmod 700 "${this.base}"
			"$NODE_BIN" key generate-node-key --file "${this.base}/node.key" 2>"${this.base}/node.id"`,
		);
	}

	/** Puts session keys of a seed into its keystore, of these types. */
	async insertKeys(seed, types = ["aura", "gran", "asst"]) {
		for (const type of types) {
			const scheme = type === "gran" ? "ed25519" : "sr25519";
			await shell(
				`"$NODE_BIN" key insert --base-path "${this.base}" --chain "$RUN/spec.json" \\
				--key-type ${type} --scheme ${scheme} --suri "${seed}" >>"${this.base}/keys.log" 2>&1`,
			);
		}
	}

	/** Starts the node and waits until the node answers. @param {{ options?: string }} [how] */
	async start({ options = "" } = {}) {
		await shell(`start_node ${this.index} ${options}`);
		await until(
			() =>
				this.best().then(
					() => true,
					() => false,
				),
			{
				ms: 240_000,
				what: `${this.member} to answer; see ${this.base}/node.log`,
				every: 500,
			},
		);
	}

	/** Halts the node for some milliseconds, like a machine that is short of processors. */
	async falter(ms) {
		await shell(`kill -STOP "$(cat "${this.base}/pid")"`);
		try {
			await sleep(ms);
		} finally {
			await shell(`kill -CONT "$(cat "${this.base}/pid")"`);
		}
	}

	/** Ends the node. @param {"TERM" | "KILL"} [signal] */
	async stop(signal = "TERM") {
		if (existsSync(`${this.base}/pid`)) await shell(`stop_pid_file "${this.base}/pid" ${signal}`);
	}

	/** Ends the node and destroys its database, its keys and its whole folder. */
	async destroy() {
		await this.stop("KILL");
		await shell(`mv "${this.base}/node.log" "$RUN/${this.member}.lost.log"; rm -rf "${this.base}"`);
	}

	/** Makes new session keys in the keystore, with the proof that the keys are the owner's. */
	async rotateKeys(owner) {
		const { keys, proof } = await this.rpc("author_rotateKeysWithOwner", [owner]);
		return { keys, proof };
	}
}
