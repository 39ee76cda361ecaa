// Directives, requests and accesses.

import { submit } from "@assent/client";

/**
 * The call of a grant. By default: to hospital B, for treatment, laboratory results and images.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {string} patient
 * @param {{ actors?: any[], purposes?: any[], classes?: any[], until?: number | null }} [terms]
 */
export function grantCall(api, patient, terms = {}) {
	const {
		actors = [{ Organisation: 1 }],
		purposes = ["Treatment"],
		classes = ["LabResult", "Imaging"],
		until = null,
	} = terms;
	return api.tx.consent.grant(patient, actors, purposes, classes, until);
}

/**
 * Grants, and returns the directive's number.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ patient: string, pair: any }} who
 * @param {object} [terms] as for `grantCall`
 * @param {object} [how] as for `submit`
 */
export async function grant(api, { patient, pair }, terms = {}, how = {}) {
	const receipt = await submit(api, grantCall(api, patient, terms), pair, how);
	const directive = receipt.event("consent.DirectiveMade").directive.toNumber();
	return { directive, receipt };
}

/**
 * Tries to access a record. The call always succeeds, and the event has the decision.
 * @param {import("@polkadot/api").ApiPromise} api
 * @param {{ patient: string, record: string, pair: any, purpose?: any, action?: string,
 *   final?: boolean }} attempt
 */
export async function access(api, attempt) {
	const { patient, record, pair, purpose = "Treatment", action = "Access", final } = attempt;
	const call = api.tx.consent.access(patient, record, purpose, action);
	const receipt = await submit(api, call, pair, { final });
	const decided = receipt.event("consent.AccessDecided");
	return { decision: decision(decided.decision), decided, receipt };
}

/**
 * A decision in plain words: `{ effect: "Permit", basis: "Directive", directive: 0,
 * provision: "Base" }`.
 * @param {any} decoded
 */
export function decision(decoded) {
	const { effect, basis } = decoded;
	const plain = { effect: effect.type, basis: basis.type };
	if (basis.isDirective) plain.directive = basis.asDirective.directive.toNumber();
	if (basis.isBasePolicy || basis.isNotAccepted) plain.version = basis.value.version.toNumber();
	if (basis.isDirective || basis.isBasePolicy) {
		const { provision } = basis.value;
		plain.provision = provision.isBase ? "Base" : provision.asException.toNumber();
	}
	return plain;
}
