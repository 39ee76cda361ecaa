//! Corrections that chance would not make: signatures within calls, the numbers that the
//! signatures bind, and the motions that calls of the council name.

use crate::{chain::Chain, people::cast};
use arbitrary::{Result, Unstructured};
use assent_policy::{Actor, PatientId};
use assent_runtime::{AccountId, Runtime, RuntimeCall, SessionKeys, Signature, System};
use codec::{Decode, Encode};
use frame_support::{dispatch::GetDispatchInfo, instances::Instance1};
use pallet_collective::Call as Council;
use pallet_consent::Call as Consent;
use pallet_consortium::{
	day_of, engagement_message, Call as Consortium, Capacity, Consent as Agreement,
	Pallet as ConsortiumPallet,
};
use pallet_emergencies::Call as Emergencies;
use pallet_patients::{Call as Patients, Pallet as PatientsPallet};
use pallet_records::Call as Records;
use sp_core::{ed25519, proof_of_possession::ProofOfPossessionGenerator, sr25519, Pair};
use sp_runtime::traits::{BlakeTwo256, Hash};
use std::collections::BTreeSet;

/// A bound of length in bytes that no act reaches.
const LENGTH: u32 = 10_000;
/// Two thirds of four members, rounded up.
const THRESHOLD: u32 = 3;

impl Chain<'_> {
	/// The call, completed so that the call is possible.
	pub(crate) fn repaired(&self, call: RuntimeCall, u: &mut Unstructured) -> Result<RuntimeCall> {
		let call = if u.ratio(3, 4)? { self.aimed(call, u)? } else { call };
		Ok(match call {
			RuntimeCall::Patients(enrol @ Patients::enrol { .. }) => {
				self.signed_enrolment(enrol, u.int_in_range(0..=3)?).into()
			}
			RuntimeCall::Consortium(
				call @ (Consortium::credential { .. } | Consortium::add_agent { .. }),
			) => self.agreed(call, u.int_in_range(0..=3)?).into(),
			RuntimeCall::Patients(Patients::propose_recovery { patient, controller, .. }) => {
				self.signed_recovery(patient, controller).into()
			}
			RuntimeCall::Records(Records::attest { attestation, .. }) => {
				let validator = u.choose(self.people.validators())?;
				self.signed_attestation(attestation, validator).into()
			}
			RuntimeCall::Session(pallet_session::Call::set_keys { .. }) => self.own_keys(u)?.into(),
			RuntimeCall::Council(call) => Self::of_a_motion(call, u)?.into(),
			other => other,
		})
	}

	/// The call with a person for whom the call is possible. Chance alone would seldom join a
	/// patient and the patient's guardian.
	fn aimed(&self, mut call: RuntimeCall, u: &mut Unstructured) -> Result<RuntimeCall> {
		match &mut call {
			RuntimeCall::Patients(
				Patients::confirm_guardian { patient, guardian }
				| Patients::end_guardian { patient, guardian },
			) => {
				let of = row(patient).map(|row| row.guardians).unwrap_or_default();
				*guardian = one_of(u, of.into_iter().map(|one| one.account), guardian)?;
			}
			RuntimeCall::Patients(Patients::end_delegate { patient, delegate }) => {
				let of = row(patient).map(|row| row.delegates).unwrap_or_default();
				*delegate = one_of(u, of.into_iter().map(|one| one.account), delegate)?;
			}
			RuntimeCall::Patients(Patients::support_recovery { patient, controller }) => {
				let of = row(patient).and_then(|row| row.recovery);
				*controller = one_of(u, of.into_iter().map(|one| one.controller), controller)?;
			}
			RuntimeCall::Emergencies(Emergencies::reinstate { practitioner }) => {
				let suspended = pallet_emergencies::Suspensions::<Runtime>::iter_keys();
				*practitioner = one_of(u, suspended, practitioner)?;
			}
			RuntimeCall::Consortium(Consortium::remove_agent { agent }) => {
				let agents = pallet_consortium::ByAgent::<Runtime>::iter_keys();
				*agent = one_of(u, agents, agent)?;
			}
			// Few keys and hashes, so some keys and hashes come twice. A key of zeros is weak.
			RuntimeCall::Records(Records::set_encryption_key { key }) => *key = few(key),
			RuntimeCall::Records(
				Records::register { document, .. }
				| Records::correct { document, .. }
				| Records::rotate { document, .. },
			) => document.ciphertext = few(&document.ciphertext),
			RuntimeCall::Consent(Consent::request { actors, .. }) => {
				let asking = self.people.account(cast::CLINICIAN).into();
				*actors = BTreeSet::from([Actor::Practitioner(asking)]).try_into().expect("one");
			}
			RuntimeCall::Consent(
				Consent::make_directive { directive, .. } | Consent::replace { directive, .. },
			) => {
				// Most drawn directives never apply, or apply no longer.
				directive.exceptions = Default::default();
				directive.base.period = Default::default();
				directive.base.authored = Default::default();
			}
			_ => {}
		}
		Ok(call)
	}

	/// A credential or an agent with the consent that the chain demands. A credential without a
	/// consent stays without a consent.
	pub(crate) fn agreed(
		&self,
		mut call: Consortium<Runtime>,
		organisation: u32,
	) -> Consortium<Runtime> {
		match &mut call {
			Consortium::credential { practitioner, consent: Some(consent), .. } => {
				self.sign_up(practitioner, organisation, Capacity::Practitioner, consent);
			}
			Consortium::add_agent { agent, consent } => {
				self.sign_up(agent, organisation, Capacity::Agent, consent);
			}
			_ => {}
		}
		call
	}

	/// Signs the consent to an engagement. Without the key of the account, or without the
	/// organisation, the drawn consent stays.
	fn sign_up(
		&self,
		account: &AccountId,
		organisation: u32,
		capacity: Capacity,
		consent: &mut Agreement,
	) {
		/// The days after the present one on which the consent serves.
		const DAYS: u32 = 30;
		let row = ConsortiumPallet::<Runtime>::organisation(organisation);
		let (Some(row), Some(pair)) = (row, self.people.key_of(account)) else {
			return;
		};
		let number = ConsortiumPallet::<Runtime>::engagements(account.clone());
		let last_day = day_of(self.now).saturating_add(DAYS);
		let message = engagement_message(
			ConsortiumPallet::<Runtime>::genesis_hash(),
			organisation,
			&row.name,
			capacity,
			account,
			last_day,
			number,
		);
		*consent = Agreement { last_day, signature: pair.sign(&message).into() };
	}

	/// An enrolment with the number and the signature that the chain demands.
	pub(crate) fn signed_enrolment(
		&self,
		call: Patients<Runtime>,
		organisation: u32,
	) -> Patients<Runtime> {
		let Patients::enrol { patient, controller, signature, .. } = call else {
			return call;
		};
		let (number, message) =
			PatientsPallet::<Runtime>::enrolment_to_sign(organisation, patient, controller.clone());
		let signature = self
			.people
			.key_of(&controller)
			.map_or(signature, |pair| Signature::Sr25519(pair.sign(&message)));
		Patients::enrol { patient, controller, number, signature }
	}

	/// A proposed recovery, signed by the account that is to take over.
	pub(crate) fn signed_recovery(
		&self,
		patient: PatientId,
		controller: AccountId,
	) -> Patients<Runtime> {
		let asked = PatientsPallet::<Runtime>::recovery_to_sign(patient, controller.clone());
		let (number, signature) = match (asked, self.people.key_of(&controller)) {
			(Some((number, message)), Some(pair)) => (number, pair.sign(&message)),
			_ => (0, Default::default()),
		};
		Patients::propose_recovery {
			patient,
			controller,
			number,
			signature: Signature::Sr25519(signature),
		}
	}

	/// The finding of a validator about the round that is due. Without a due round, the
	/// finding keeps the drawn round.
	pub(crate) fn signed_attestation(
		&self,
		mut attestation: pallet_records::Attestation,
		pair: &sr25519::Pair,
	) -> Records<Runtime> {
		if let Some(due) = pallet_records::Pallet::<Runtime>::record(attestation.record) {
			attestation.version = due.record.version;
			attestation.round = due.version.due;
		}
		attestation.at = System::block_number();
		attestation.key = pallet_records::crypto::AttestationPublic::from(pair.public());
		let genesis = System::block_hash(0);
		let signature = pair.sign(&attestation.message(genesis)).into();
		Records::attest { attestation, signature }
	}

	/// New session keys of a validator, with the proof of possession.
	fn own_keys(&self, u: &mut Unstructured) -> Result<pallet_session::Call<Runtime>> {
		let seed = format!("//Keys//{}", u.int_in_range(0..=3_u8)?);
		let seeded = "a seed of ours";
		let mut block = sr25519::Pair::from_string(&seed, None).expect(seeded);
		let mut vote = ed25519::Pair::from_string(&seed, None).expect(seeded);
		let owner = AccountId::from(u.choose(self.people.validators())?.public()).encode();
		let proof = (
			block.generate_proof_of_possession(&owner),
			vote.generate_proof_of_possession(&owner),
			block.generate_proof_of_possession(&owner),
		);
		Ok(pallet_session::Call::set_keys {
			keys: SessionKeys {
				aura: block.public().into(),
				grandpa: vote.public().into(),
				attestation: block.public().into(),
			},
			proof: proof.encode(),
		})
	}

	/// A call of the council about an open motion, if a motion is open.
	fn of_a_motion(
		call: Council<Runtime, Instance1>,
		u: &mut Unstructured,
	) -> Result<Council<Runtime, Instance1>> {
		let open = pallet_collective::Proposals::<Runtime, Instance1>::get();
		Ok(match call {
			Council::propose { proposal, .. } => Council::propose {
				threshold: u.int_in_range(1..=THRESHOLD)?,
				proposal,
				length_bound: LENGTH,
			},
			Council::execute { proposal, .. } => {
				Council::execute { proposal, length_bound: LENGTH }
			}
			Council::vote { approve, .. } if !open.is_empty() => {
				let proposal = *u.choose(&open)?;
				Council::vote { proposal, index: index_of(&proposal), approve }
			}
			Council::close { .. } if !open.is_empty() => {
				let proposal = *u.choose(&open)?;
				let call = pallet_collective::ProposalOf::<Runtime, Instance1>::get(proposal);
				Council::close {
					proposal_hash: proposal,
					index: index_of(&proposal),
					proposal_weight_bound: call
						.map(|call| call.get_dispatch_info().call_weight)
						.unwrap_or_default(),
					length_bound: LENGTH,
				}
			}
			other => other,
		})
	}

	/// The three calls for a motion: propose, vote, close.
	pub(crate) fn motion(call: RuntimeCall) -> [RuntimeCall; 3] {
		let proposal = BlakeTwo256::hash_of(&call);
		let index = pallet_collective::ProposalCount::<Runtime, Instance1>::get();
		let proposal_weight_bound = call.get_dispatch_info().call_weight;
		[
			Council::propose {
				threshold: THRESHOLD,
				proposal: Box::new(call),
				length_bound: LENGTH,
			},
			Council::vote { proposal, index, approve: true },
			Council::close {
				proposal_hash: proposal,
				index,
				proposal_weight_bound,
				length_bound: LENGTH,
			},
		]
		.map(Into::into)
	}
}

/// One of four values, by the first byte of the drawn value.
fn few(drawn: &[u8; 32]) -> [u8; 32] {
	[drawn[0] % 4; 32]
}

fn row(patient: &PatientId) -> Option<pallet_patients::Patient> {
	pallet_patients::Patients::<Runtime>::get(patient)
}

/// One of these accounts. Without accounts, the drawn account.
fn one_of(
	u: &mut Unstructured,
	accounts: impl Iterator<Item = AccountId>,
	drawn: &AccountId,
) -> Result<AccountId> {
	let accounts: Vec<_> = accounts.collect();
	match accounts.is_empty() {
		true => Ok(drawn.clone()),
		false => u.choose(&accounts).cloned(),
	}
}

/// The number of the motion. The encoded votes begin with this number.
fn index_of(proposal: &assent_runtime::Hash) -> u32 {
	pallet_collective::Voting::<Runtime, Instance1>::get(proposal)
		.and_then(|votes| u32::decode(&mut &votes.encode()[..]).ok())
		.unwrap_or_default()
}
