// The hosts of the network that tests/network/with-hosts made, and the faults of hosts and lines.

import { existsSync, readFileSync } from "node:fs";
import { until } from "../../lib/wait.mjs";
import { Node, RUN, shell } from "./nodes.mjs";

const sh = (lines) => shell(lines, "tests/network/hosts.sh");

/** Cuts every line between two sides. @param {Host[]} a @param {Host[]} b */
export async function cut(a, b) {
	const side = (hosts) => hosts.map(({ index }) => index).join(" ");
	await sh(`cut_lines "${side(a)}" "${side(b)}"`);
}

/** Loses packets between hosts. @param {number} percent of all packets */
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

	/** @param {{ clock?: string, options?: string }} [how] `clock`: its error, such as `+1h` */
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

	/** Marks the place in the log from which `logged` reads. */
	mark() {
		this.from = existsSync(this.log) ? readFileSync(this.log).length : 0;
	}

	/** The log of the node since the mark. */
	logged() {
		return readFileSync(this.log).subarray(this.from).toString();
	}

	/** The exit status with which the node ended by itself; null while the node runs. */
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

	/** Whether the node's chain still has this block. @param {{ number: number, hash: string }} block */
	async has({ number, hash }) {
		return (await this.rpc("chain_getBlockHash", [number])) === hash;
	}

	/** The number of other nodes with which the node exchanges votes. Each has a stream of its own. */
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
