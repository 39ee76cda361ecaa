/** Checks of what a node says: storage, finality and the trail. */

export { FinalityError, provenFinalHeader, verifyJustification } from "./finality.js";
export { ProofError, verifyProof } from "./proof.js";
export { readProven } from "./storage.js";
export { entryHash, entryType, WalkError, walk } from "./trail.js";
