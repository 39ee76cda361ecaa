// Keys: of the organisations of a development network, and fresh keys for everyone else.

import { Keyring } from "@polkadot/keyring";
import { randomAsHex } from "@polkadot/util-crypto";

const keyring = new Keyring({ type: "sr25519", ss58Format: 42 });

/** The organisations that a development network starts with, by their numbers. */
export const HOSPITAL_A = 0;
export const HOSPITAL_B = 1;
export const INSTITUTE = 2;
export const INSURER = 3;

const CONTROLLERS = ["Alpha", "Beta", "Gamma", "Delta"];

/**
 * The controller of one of these organisations. Call it after a connection is up, because the
 * cryptography is ready then.
 * @param {number} organisation
 */
export function controller(organisation) {
	return keyring.addFromUri(`//${CONTROLLERS[organisation]}`);
}

/**
 * The key with which the validator of one of these organisations attests.
 * @param {number} organisation
 */
export function attester(organisation) {
	return keyring.addFromUri(`//${CONTROLLERS[organisation]}//validator`);
}

/**
 * The account of the validator of one of these organisations. The account sets session keys.
 * @param {number} organisation
 */
export function validator(organisation) {
	return keyring.addFromUri(`//${CONTROLLERS[organisation]}//validator`);
}

/** A new key. */
export function fresh() {
	return keyring.addFromUri(randomAsHex(32));
}

/** A random id: of a patient, a record, a blinded code. */
export function randomId() {
	return randomAsHex(16);
}
