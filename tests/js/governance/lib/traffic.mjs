// People at work: patients who grant and withdraw, clinicians who ask, one after the other
// without a pause, and an account of what they were told.

import { access, grantCall } from "../../lib/consent.mjs";
import { credential, enrolPatient } from "../../lib/people.mjs";
import { registerRecord } from "../../lib/records.mjs";
import { PoolRefusal, submit } from "../../lib/submit.mjs";
import { sleep, within } from "../../lib/wait.mjs";

/** One patient with one clinician, at work until `stop`. */
export class Traffic {
	/**
	 * @param {import("@polkadot/api").ApiPromise} api
	 * @param {{ patient: any, record: string, clinician: any }} people
	 */
	constructor(api, { patient, record, clinician }) {
		this.api = api;
		this.patient = patient;
		this.record = record;
		this.clinician = clinician;
		/** What the chain said it did: `{ block, what, directive? }`. */
		this.done = [];
		/** How often something had to be signed anew, because the pool would not have it. */
		this.again = 0;
		/** The most milliseconds that one thing took. */
		this.slowest = 0;
		this.running = true;
		this.finished = this.#work();
		// Looked at in `stop`; until then nobody would catch it.
		this.finished.catch(() => {});
	}

	/** Enrols a patient, registers a record and lets them begin. */
	static async start(api) {
		const patient = await enrolPatient(api);
		const { record } = await registerRecord(api, { patient: patient.patient });
		const { pair: clinician } = await credential(api);
		return new Traffic(api, { patient, record, clinician });
	}

	/** Ends after the present round, and throws what went wrong. */
	async stop() {
		this.running = false;
		await within(this.finished, 120_000, "the traffic to end");
	}

	async #work() {
		const { api, patient, record } = this;
		while (this.running) {
			const granted = await this.#once(patient.pair, () =>
				submit(
					api,
					grantCall(api, patient.patient, { actors: [{ Organisation: 0 }] }),
					patient.pair,
				),
			);
			const directive = granted.event("consent.DirectiveMade").directive.toNumber();
			this.#note(granted, "granted", { directive });
			await this.#ask("Permit", record);
			const withdrawn = await this.#once(patient.pair, () =>
				submit(api, api.tx.consent.withdraw(patient.patient, directive), patient.pair),
			);
			this.#note(withdrawn, "withdrawn", { directive });
			await this.#ask("Deny", record);
		}
	}

	async #ask(expected, record) {
		const { api, patient, clinician } = this;
		const { receipt, decision } = await this.#once(clinician, () =>
			access(api, { patient: patient.patient, record, pair: clinician }),
		);
		if (decision.effect !== expected) {
			throw new Error(`${decision.effect} instead of ${expected} in block ${receipt.block}`);
		}
		this.#note(receipt, "asked");
	}

	#note(receipt, what, more = {}) {
		this.done.push({ block: receipt.block, what, ...more });
	}

	/**
	 * Sends until it is in a block. What the pool would not have was signed for a runtime that
	 * is no more: it is signed anew, unless it did get in after all, which the nonce tells.
	 */
	async #once(pair, send) {
		const nonce = async () =>
			(await this.api.query.system.account(pair.publicKey)).nonce.toNumber();
		const before = await nonce();
		const began = Date.now();
		for (let attempt = 1; ; attempt++) {
			try {
				const result = await send();
				this.slowest = Math.max(this.slowest, Date.now() - began);
				return result;
			} catch (error) {
				if (!(error instanceof PoolRefusal) || attempt === 20) throw error;
				if ((await nonce()) !== before) throw new Error(`done, but said refused: ${error.reason}`);
				this.again++;
				await sleep(500);
			}
		}
	}
}
