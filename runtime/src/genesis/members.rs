//! The accounts of the development and local chains. The seeds are well known: never use the
//! accounts for anything that matters. The runtime cannot derive keys from seeds, so the public
//! keys stand here, and a test derives the keys again.

use hex_literal::hex;

/// A member of the local consortium.
pub struct Member {
	/// The seed of the controller account. The validator's seed adds `//validator`.
	pub seed: &'static str,
	/// The legal name.
	pub name: &'static str,
	/// The controller (sr25519).
	pub controller: [u8; 32],
	/// The validator account, and the Aura and attestation keys of the validator (sr25519).
	pub validator: [u8; 32],
	/// The validator's GRANDPA key (ed25519).
	pub grandpa: [u8; 32],
}

/// The four members, in order of their numbers.
pub const MEMBERS: [Member; 4] = [
	Member {
		seed: "//Alpha",
		name: "Alpha Hospital",
		controller: hex!("3c2eb55ba53099bea9031b4a30c9a553c29f7c4a3a9f266d6208954268aa8825"),
		validator: hex!("2e662a253be219a1da9a3f03afb2a8d922c3369a119a5f852c083a10514d5f19"),
		grandpa: hex!("4bf9a080591f4eb71d24ee8a2a4f267887077de5c552172d19d66bee01ca0707"),
	},
	Member {
		seed: "//Beta",
		name: "Beta Hospital",
		controller: hex!("8a10de867a73753bef8f6c5f995962ba13214298d719c5c71769516b228bfa46"),
		validator: hex!("582701143f0e649c64ceaf5e439d3d87a21798cc298b8d6142b9c719f75ebd59"),
		grandpa: hex!("d70fe86516ee233d1663f52a5c77369374f51979537b8d73fcf4ae02660d0d1c"),
	},
	Member {
		seed: "//Gamma",
		name: "Gamma Research Institute",
		controller: hex!("56418c426360bc0b024da941741202d17ecf4c14fd95032dd26813cef0711519"),
		validator: hex!("dcb94861bbd7ed1e45d707fa66e51cf4c17282b32f0539db4aaa13205f874e74"),
		grandpa: hex!("6d37e9736c71a7e2de3a5b48202cb3d9b734fa130f320c012f7da9d0bd7bb9fd"),
	},
	Member {
		seed: "//Delta",
		name: "Delta Insurance",
		controller: hex!("1a7332804a2f3b52c072597c50e6f3e799183a3585f5677ce8b9943e76c0015b"),
		validator: hex!("caa830c67e309e7826d40763d6c75cd875c5bb3535aca93c4c48816a03c0906d"),
		grandpa: hex!("a6aacfcea807bbc625202413e2e19deef510ecc1bd6a749b52725a7059662e68"),
	},
];

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{ed25519, sr25519, Pair};

	#[test]
	fn identities_should_be_those_of_their_seeds() {
		for member in MEMBERS {
			let sr25519 = |seed: &str| sr25519::Pair::from_string(seed, None).unwrap().public().0;
			let validator = format!("{}//validator", member.seed);
			assert_eq!(sr25519(member.seed), member.controller);
			assert_eq!(sr25519(&validator), member.validator);
			assert_eq!(
				ed25519::Pair::from_string(&validator, None).unwrap().public().0,
				member.grandpa
			);
		}
	}
}
