// People at work: patients who grant and withdraw, and clinicians who ask, one after the other
// without a pause. The traffic keeps a list of the chain's answers.

import { PoolRefusal, Receipt, submit, TimeoutError, within } from "@assent/client";
import { decision, grantCall } from "../../lib/consent.mjs";
import { credential, enrolPatient } from "../../lib/people.mjs";
import { registerRecord } from "../../lib/records.mjs";
import { sleep } from "../../lib/wait.mjs";

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
		/** The things done, as the chain confirmed them: `{ block, what, directive? }`. */
		this.done = [];
		/** The number of transactions that were signed anew, because the pool refused them. */
		this.again = 0;
		/** The longest time that one thing took, in milliseconds. */
		this.slowest = 0;
		this.running = true;
		this.finished = this.#work();
		// `stop` throws a failure of the work. Until then, no one catches the failure.
		this.finished.catch(() => {});
	}

	/** Enrols a patient, registers a record, credentials a clinician and begins. */
	static async start(api) {
		const patient = await enrolPatient(api);
		const { record } = await registerRecord(api, { patient: patient.patient });
		const { pair: clinician } = await credential(api);
		return new Traffic(api, { patient, record, clinician });
	}

	/** Ends after the present round, and throws the failure of the work, if any. */
	async stop() {
		this.running = false;
		await within(this.finished, 240_000, "the traffic to end");
	}

	async #work() {
		const { api, patient } = this;
		while (this.running) {
			const granted = await this.#once(patient.pair, () =>
				grantCall(api, patient.patient, { actors: [{ Organisation: 0 }] }),
			);
			const directive = granted.event("consent.DirectiveMade").directive.toNumber();
			this.#note(granted, "granted", { directive });
			await this.#ask("Permit");
			const withdrawn = await this.#once(patient.pair, () =>
				api.tx.consent.withdraw(patient.patient, directive),
			);
			this.#note(withdrawn, "withdrawn", { directive });
			await this.#ask("Deny");
		}
	}

	async #ask(expected) {
		const { api, patient, record, clinician } = this;
		const receipt = await this.#once(clinician, () =>
			api.tx.consent.access(patient.patient, record, "Treatment", "Access"),
		);
		const { effect } = decision(receipt.event("consent.AccessDecided").decision);
		if (effect !== expected) {
			throw new Error(`${effect} instead of ${expected} in block ${receipt.block}`);
		}
		this.#note(receipt, "asked");
	}

	#note(receipt, what, more = {}) {
		this.done.push({ block: receipt.block, what, ...more });
	}

	/**
	 * Sends a call until a block has the call. During an upgrade the pool refuses or silently keeps a
	 * transaction that was signed for the old runtime. The call is then signed anew, unless a block
	 * has the first transaction after all.
	 */
	async #once(pair, call) {
		const { api } = this;
		const nonce = async () => (await api.query.system.account(pair.publicKey)).nonce.toNumber();
		const before = await nonce();
		const from = (await api.rpc.chain.getHeader()).number.toNumber();
		const began = Date.now();
		let receipt;
		for (let attempt = 1; !receipt; attempt++) {
			try {
				receipt = await submit(api, call(), pair);
			} catch (error) {
				const mute = error instanceof TimeoutError;
				if ((!mute && !(error instanceof PoolRefusal)) || attempt === 20) throw error;
				if ((await nonce()) !== before) {
					receipt = await this.#find(pair, before, from);
				} else {
					this.again++;
					await sleep(500);
				}
			}
		}
		this.slowest = Math.max(this.slowest, Date.now() - began);
		return receipt;
	}

	/** The receipt of an account's transaction of this nonce, out of the blocks themselves. */
	async #find(pair, nonce, from) {
		const { api } = this;
		const best = (await api.rpc.chain.getHeader()).number.toNumber();
		for (let number = from; number <= best; number++) {
			const hash = await api.rpc.chain.getBlockHash(number);
			const { block } = await api.rpc.chain.getBlock(hash);
			const index = block.extrinsics.findIndex(
				(one) => one.isSigned && one.signer.toString() === pair.address && one.nonce.eq(nonce),
			);
			if (index < 0) continue;
			const records = await (await api.at(hash)).query.system.events();
			const own = records.filter(
				({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eq(index),
			);
			return new Receipt(hash.toHex(), block.extrinsics[index], own);
		}
		throw new Error(`no transaction ${nonce} of ${pair.address} in blocks ${from} to ${best}`);
	}
}
