// The hosts of the network that tests/network/with-hosts made, and what can befall them.

import { existsSync, readFileSync } from "node:fs";
import { until } from "../../lib/wait.mjs";
import { Node, RUN, shell } from "./nodes.mjs";

const sh = (lines) => shell(lines, "tests/network/hosts.sh");

/** Cuts every line between two sides. @param {Host[]} a @param {Host[]} b */
export async function cut(a, b) {
	const side = (hosts) => hosts.map(({ index }) => index).join(" ");
	await sh(`cut_lines "${side(a)}" "${side(b)}"`);
}

/** Loses this share of all packets between hosts. */
export async function lose(percent) {
	await sh(`lose ${percent}`);
}

/** Mends every line. */
export async function mend() {
	await sh("mend");
}

/** A validator's host and the node on it. */
export class Host extends Node {
	constructor(member) {
		super(member);
		this.address = `10.77.0.${this.index + 1}`;
		this.port = 9944;
		this.log = `${RUN}/${member}.log`;
		this.from = 0;
	}

	/** @param {{ clock?: string, options?: string }} [how] `clock`: how wrong, such as `+1h` */
	async start(how = {}) {
		await this.launch(how);
		await until(() => this.answers(), {
			ms: 240_000,
			what: `${this.member} to answer; see ${this.log}`,
			every: 500,
		});
	}

	/** Starts it without waiting for an answer. */
	async launch({ clock = "", options = "" } = {}) {
		await sh(`CLOCK=${clock} start_node ${this.index} ${options}`);
	}

	/** Whether its node answers. */
	answers() {
		return this.best().then(
			() => true,
			() => false,
		);
	}

	async stop(signal = "TERM") {
		await sh(`stop_node ${this.index} ${signal}`);
	}

	/** From here on `logged` tells. */
	mark() {
		this.from = existsSync(this.log) ? readFileSync(this.log).length : 0;
	}

	/** What its node logged since the mark. */
	logged() {
		return readFileSync(this.log).subarray(this.from).toString();
	}

	/** With what its node ended by itself, as a shell says it; null while it runs. */
	exit() {
		const path = `${RUN}/${this.member}.exit`;
		return existsSync(path) ? Number(readFileSync(path, "utf8")) : null;
	}

	/** Its last final block: `{ number, hash }`. */
	async finalBlock() {
		const hash = await this.rpc("chain_getFinalizedHead");
		const { number } = await this.rpc("chain_getHeader", [hash]);
		return { number: Number(number), hash };
	}

	/** Whether that block is still in its chain. @param {{ number: number, hash: string }} block */
	async has({ number, hash }) {
		return (await this.rpc("chain_getBlockHash", [number])) === hash;
	}

	/** With how many others its node exchanges votes: over a stream of its own with each. */
	async votesWith() {
		const metrics = await (await fetch(`http://${this.address}:9615/metrics`)).text();
		const count = (what) =>
			Number(
				metrics.match(
					new RegExp(
						`^substrate_sub_libp2p_notifications_streams_${what}_total{.*/grandpa/1".* (\\d+)$`,
						"m",
					),
				)?.[1] ?? 0,
			);
		return count("opened") - count("closed");
	}

	/** Fills its disk. @param {number} [left] the MiB that remain free */
	async fillDisk(left) {
		await sh(`fill_disk ${this.index} ${left ?? ""}`);
	}

	async freeDisk() {
		await sh(`free_disk ${this.index}`);
	}
}
