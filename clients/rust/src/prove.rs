//! Reading a value with a proof against the state of a final block. The node need not be trusted
//! with the value. The node is still trusted with the finality of the header.

use crate::{
	connect::{decode, misunderstood, within, Chain},
	Failure, Outcome,
};
use assent_runtime::{Hash, Header};
use codec::Decode;
use sp_core::Blake2Hasher;
use sp_state_machine::read_proof_check;
use sp_trie::StorageProof;

/// A value with the header of the proof.
pub struct Proven<V> {
	/// The value; none when the key is proven to be empty.
	pub value: Option<V>,
	/// The final header.
	pub header: Header,
	/// The hash of the header.
	pub hash: Hash,
	/// How many nodes of the state's trie the proof has.
	pub nodes: usize,
}

impl Chain {
	/// Reads the value under a storage key at the final block and checks the proof.
	///
	/// # Errors
	/// `ProofRefused`, when the proof does not hold; `Node` or `NodeAnswer`.
	pub async fn read_proven<V: Decode>(&self, key: &[u8]) -> Outcome<Proven<V>> {
		let hash = self.last_final().await?;
		// The header is checked against the hash, so the state root is the block's.
		let header = self.header(hash).await?;
		let proof =
			within("a state proof", self.methods.state_get_read_proof([key], Some(hash))).await?;
		if proof.at != hash {
			return Err(misunderstood("a state proof", "it is of another block"));
		}
		let nodes: Vec<Vec<u8>> = proof.proof.into_iter().map(|node| node.0).collect();
		let count = nodes.len();
		let value = check(header.state_root, nodes, key)?;
		let value = value.map(|bytes| decode("a proven value", &bytes)).transpose()?;
		Ok(Proven { value, header, hash, nodes: count })
	}
}

/// The value that the proof shows under the key, in the state with this root.
fn check(root: Hash, nodes: Vec<Vec<u8>>, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
	let proof = StorageProof::new(nodes);
	let mut proven = read_proof_check::<Blake2Hasher, _>(root, proof, [key]).map_err(|error| {
		Failure::refused(
			"ProofRefused",
			format!(
				"the node's proof does not hold against the final header's state root: {error}; \
				 ask another node"
			),
		)
	})?;
	Ok(proven.remove(key).flatten())
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::storage::{ChildInfo, StateVersion};
	use sp_state_machine::{prove_read, InMemoryBackend};

	/// The root of some state, and a proof about a key of it.
	fn proof(key: &[u8]) -> (Hash, Vec<Vec<u8>>) {
		let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> =
			(0u8..50).map(|byte| (vec![byte; 20], Some(vec![byte; 40]))).collect();
		let state: InMemoryBackend<Blake2Hasher> =
			(vec![(None::<ChildInfo>, rows)], StateVersion::V1).into();
		let root = *state.root();
		let proof = prove_read(state, [key]).unwrap();
		(root, proof.into_nodes().into_iter().collect())
	}

	#[test]
	fn proof_should_give_the_value_or_its_absence() {
		let key = [7; 20];
		let (root, nodes) = proof(&key);
		assert_eq!(check(root, nodes, &key), Ok(Some(vec![7; 40])));
		let absent = [99; 20];
		let (root, nodes) = proof(&absent);
		assert_eq!(check(root, nodes, &absent), Ok(None));
	}

	#[test]
	fn proof_should_be_refused_when_of_another_root_altered_or_cut() {
		let key = [7; 20];
		let (root, nodes) = proof(&key);
		let other = check(Hash::repeat_byte(1), nodes.clone(), &key);
		assert_eq!(other.unwrap_err().code, "ProofRefused");
		for at in 0..nodes.len() {
			let mut cut = nodes.clone();
			cut.remove(at);
			assert!(check(root, cut, &key).is_err(), "without node {at}");

			let mut altered = nodes.clone();
			let last = altered[at].len() - 1;
			altered[at][last] ^= 1;
			assert!(check(root, altered, &key).is_err(), "node {at} altered");
		}
	}
}
