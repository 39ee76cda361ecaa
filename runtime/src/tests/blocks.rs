//! Blocks, made and applied as by a node, and the transactions of members and patients.

use super::*;
use assent_policy::{Action, Actor, Class, Confidentiality, Purpose, RecordId};
use codec::{Decode, Encode};
use frame_support::traits::KeyOwnerProofSystem;
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_consortium::Capacity;
use pallet_grandpa::AuthorityId as GrandpaId;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_consensus_grandpa::{EquivocationProof, KEY_TYPE};
use sp_core::{crypto::ByteArray, ed25519, sr25519, Pair};
use sp_runtime::{
	generic::Era,
	traits::{Hash as _, Header as _},
	ApplyExtrinsicResult, Digest, DigestItem,
};
use std::{cell::RefCell, collections::HashMap};

/// The slot before the first block: in the year 2027.
const START: u64 = 900_000_000;

/// A chain that a test makes block by block.
pub struct Blocks {
	number: BlockNumber,
	slot: u64,
	parent: Hash,
}

impl Blocks {
	/// Runs a test on the demo consortium, from its first block on.
	pub fn run(test: impl FnOnce(&mut Blocks)) {
		sp_io::TestExternalities::new_empty().execute_with(|| {
			test(&mut Blocks::start());
			Validators::do_try_state().unwrap();
			Consortium::do_try_state().unwrap();
		});
	}

	/// The demo consortium at genesis, in the externalities at hand.
	pub fn start() -> Self {
		let patch = presets::get(&presets::DEMO.into()).unwrap();
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(presets::whole(
			&patch,
		))
		.unwrap();
		Blocks { number: 0, slot: START, parent: Hash::repeat_byte(1) }
	}

	/// Begins a block. The block has no time yet.
	pub fn begin(&mut self) {
		let validators = Session::validators().len() as u64;
		self.slot += 1;
		// A disabled validator's slot stays empty.
		while Session::disabled_validators().contains(&((self.slot % validators) as u32)) {
			self.slot += 1;
		}
		self.number += 1;
		let slot = DigestItem::PreRuntime(AURA_ENGINE_ID, Slot::from(self.slot).encode());
		Executive::initialize_block(&Header::new(
			self.number,
			Default::default(),
			Default::default(),
			self.parent,
			Digest { logs: vec![slot] },
		));
	}

	/// Makes one block, with a slot, a time and the transactions of `send`.
	pub fn block<R>(&mut self, send: impl FnOnce() -> R) -> R {
		self.begin();
		let now = self.slot * MILLISECS_PER_BLOCK;
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now });
		assert_eq!(Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time)), Ok(Ok(())));
		let result = send();
		self.parent = Executive::finalize_block().hash();
		result
	}

	/// Lets blocks pass.
	pub fn pass(&mut self, blocks: u32) {
		for _ in 0..blocks {
			self.block(|| ());
		}
	}

	/// Lets time pass without a block.
	pub fn wait(&mut self, milliseconds: u64) {
		self.slot += milliseconds / MILLISECS_PER_BLOCK;
	}

	/// Lets blocks pass until the session changes.
	pub fn pass_session(&mut self) {
		let session = Session::current_index();
		while Session::current_index() == session {
			self.block(|| ());
		}
	}

	/// Three of four members decide on a motion, in one block. Returns the result of the motion.
	pub fn decide(&mut self, call: RuntimeCall) -> sp_runtime::DispatchResult {
		use pallet_collective::Call::{close, propose, vote};
		let proposal = Box::new(call.clone());
		let hash = sp_runtime::traits::BlakeTwo256::hash_of(&call);
		let length_bound = call.encoded_size() as u32;
		let index =
			pallet_collective::ProposalCount::<Runtime, configs::governance::CouncilInstance>::get(
			);
		self.block(|| {
			let sent = |seed, call| assert_eq!(send(seed, RuntimeCall::Council(call)), Ok(Ok(())));
			sent("//Alpha", propose { threshold: 3, proposal, length_bound });
			for seed in ["//Alpha", "//Beta", "//Gamma"] {
				sent(seed, vote { proposal: hash, index, approve: true });
			}
			sent(
				"//Beta",
				close {
					proposal_hash: hash,
					index,
					proposal_weight_bound: call.get_dispatch_info().call_weight,
					length_bound,
				},
			);
			System::events()
				.into_iter()
				.rev()
				.find_map(|record| match record.event {
					RuntimeEvent::Council(pallet_collective::Event::Executed {
						proposal_hash,
						result,
					}) if proposal_hash == hash => Some(result),
					_ => None,
				})
				.expect("three of four suffice")
		})
	}

	/// Three of four members enact a call, and root dispatches the call after the delay. Returns
	/// the result of the call.
	pub fn enact(&mut self, call: RuntimeCall) -> sp_runtime::DispatchResult {
		self.decide(RuntimeCall::Consortium(pallet_consortium::Call::enact {
			call: Box::new(call),
		}))?;
		self.pass(20);
		System::events()
			.into_iter()
			.rev()
			.find_map(|record| match record.event {
				RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched { result, .. }) => {
					Some(result)
				}
				_ => None,
			})
			.expect("the delay is over")
	}
}

/// The key of a seed. Remembered, because deriving a key takes longer than most calls.
pub fn pair(seed: &str) -> sr25519::Pair {
	thread_local! {
		static PAIRS: RefCell<HashMap<String, sr25519::Pair>> = RefCell::default();
	}
	PAIRS.with_borrow_mut(|pairs| {
		let derive = || sr25519::Pair::from_string(seed, None).unwrap();
		pairs.entry(seed.into()).or_insert_with(derive).clone()
	})
}

/// Sends a call, signed with the key of a seed, into the present block.
pub fn send(seed: &str, call: RuntimeCall) -> ApplyExtrinsicResult {
	let pair = pair(seed);
	let account = AccountId::from(pair.public());
	let extension = extensions::extension(System::account_nonce(&account), Era::Immortal);
	let payload = SignedPayload::new(call, extension).unwrap();
	let signature = payload.using_encoded(|bytes| pair.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	Executive::apply_extrinsic(UncheckedExtrinsic::new_signed(
		call,
		account.into(),
		signature.into(),
		extension,
	))
}

pub fn account(seed: &str) -> AccountId {
	pair(seed).public().into()
}

/// The consent of a seed's account to become the organisation's practitioner or agent, for today.
pub fn consent_of(seed: &str, organisation: u32, capacity: Capacity) -> pallet_consortium::Consent {
	let row = Consortium::organisation(organisation).expect("a member");
	let last_day = pallet_consortium::day_of(pallet_timestamp::Now::<Runtime>::get());
	let number = Consortium::engagements(account(seed));
	let message = pallet_consortium::engagement_message(
		System::block_hash(0),
		organisation,
		&row.name,
		capacity,
		&account(seed),
		last_day,
		number,
	);
	let signature = pair(seed).sign(&message).into();
	pallet_consortium::Consent { last_day, signature }
}

/// Two votes for different blocks in one round, both signed with the validator's key, and the proof
/// of the key's owner.
pub fn equivocation(seed: &str, round: u64) -> pallet_grandpa::Call<Runtime> {
	let pair = ed25519::Pair::from_string(&format!("{seed}//validator"), None).unwrap();
	let set: u64 = pallet_grandpa::CurrentSetId::<Runtime>::get();
	let vote = |byte: u8| {
		let vote = (Hash::repeat_byte(byte), 1u32);
		// A prevote is the first of the kinds of votes.
		let signature = pair.sign(&(0u8, vote, round, set).encode());
		(vote, signature)
	};
	let encoded = (set, 0u8, round, pair.public(), vote(1), vote(2)).encode();
	let key = GrandpaId::from_slice(&pair.public().0).unwrap();
	pallet_grandpa::Call::report_equivocation_unsigned {
		equivocation_proof: Box::new(EquivocationProof::decode(&mut &encoded[..]).unwrap()),
		key_owner_proof: Historical::prove((KEY_TYPE, key)).unwrap(),
	}
}

/// Reports an equivocation, as the author of the present block does.
pub fn report(call: pallet_grandpa::Call<Runtime>) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(call.into()))
}

/// Sends the attestation of Beta's worker for a document that Alpha registered just now.
pub fn attest(record: RecordId) -> ApplyExtrinsicResult {
	authorised(attestation(record).into())
}

/// Sends a call as a transaction with an authority of its own.
pub fn authorised(call: RuntimeCall) -> ApplyExtrinsicResult {
	Executive::apply_extrinsic(<Runtime as CreateAuthorizedTransaction<
		pallet_records::Call<Runtime>,
	>>::create_authorized_transaction(call))
}

/// The attestation of Beta's node: the record's document is as registered.
pub fn attestation(record: RecordId) -> pallet_records::Call<Runtime> {
	let pair = pair("//Beta//validator");
	let row = Records::record(record).unwrap();
	let attestation = pallet_records::Attestation {
		record,
		version: row.record.version,
		round: row.version.due,
		at: System::block_number(),
		finding: assent_support::Finding::Intact,
		key: pair.public().into(),
	};
	let signature = pair.sign(&attestation.message(System::block_hash(0))).into();
	pallet_records::Call::attest { attestation, signature }
}

/// A patient, a clinician and a record of Alpha's.
pub struct People {
	pub patient: PatientId,
	pub record: RecordId,
}

impl People {
	pub const PATIENT: &'static str = "//Marta";
	pub const CLINICIAN: &'static str = "//Alpha//clinician";

	/// Enrols the patient, credentials the clinician and registers the record, in one block.
	pub fn new(blocks: &mut Blocks) -> Self {
		let people = People { patient: PATIENT, record: RecordId([8; 16]) };
		blocks.block(|| {
			let now = pallet_timestamp::Now::<Runtime>::get();
			for call in [
				people.enrol(Self::PATIENT, people.patient),
				people.credential(0, Self::CLINICIAN, now + 86_400_000),
				people.register(people.record),
			] {
				assert_eq!(send("//Alpha", call), Ok(Ok(())));
			}
		});
		people
	}

	/// Alpha enrols the account of a seed, with the account's signature.
	pub fn enrol(&self, seed: &str, patient: PatientId) -> RuntimeCall {
		let pair = pair(seed);
		let controller: AccountId = pair.public().into();
		let genesis = System::block_hash(0);
		let message = pallet_patients::enrolment_message(genesis, 0, None, patient, &controller, 0);
		RuntimeCall::Patients(pallet_patients::Call::enrol {
			patient,
			controller,
			number: 0,
			signature: pair.sign(&message).into(),
		})
	}

	/// An organisation credentials a practitioner, for treatment and emergencies, with the
	/// practitioner's signature.
	pub fn credential(&self, organisation: u32, seed: &str, until: u64) -> RuntimeCall {
		use assent_policy::Role::{Clinician, EmergencyClinician};
		RuntimeCall::Consortium(pallet_consortium::Call::credential {
			practitioner: account(seed),
			roles: std::collections::BTreeSet::from([Clinician, EmergencyClinician])
				.try_into()
				.unwrap(),
			groups: Default::default(),
			from: 0,
			until,
			consent: Some(consent_of(seed, organisation, Capacity::Practitioner)),
		})
	}

	/// The organisation ends the clinician's credential.
	pub fn revoke(&self) -> RuntimeCall {
		RuntimeCall::Consortium(pallet_consortium::Call::revoke {
			practitioner: account(Self::CLINICIAN),
		})
	}

	/// A record of the patient.
	pub fn register(&self, record: RecordId) -> RuntimeCall {
		RuntimeCall::Records(pallet_records::Call::register {
			record,
			patient: self.patient,
			labels: pallet_records::Labels {
				class: Class::LabResult,
				confidentiality: Confidentiality::Normal,
				sensitivities: Default::default(),
				code: None,
				author: None,
				encounter: None,
				authored: 600,
			},
			document: pallet_records::Document {
				ciphertext: [1; 32],
				size: 4096,
				cid: None,
				commitment: [2; 32],
			},
		})
	}

	/// Alpha's clinicians may treat the patient.
	pub fn grant(&self) -> RuntimeCall {
		fn only<T: Ord>(value: T) -> assent_policy::Criterion<T> {
			std::collections::BTreeSet::from([value]).try_into().ok().unwrap()
		}
		RuntimeCall::Consent(pallet_consent::Call::grant {
			patient: self.patient,
			actors: only(Actor::Organisation(0)),
			purposes: only(Purpose::Treatment),
			classes: only(Class::LabResult),
			until: None,
		})
	}

	/// The clinician asks for the record, for treatment.
	pub fn access(&self) -> RuntimeCall {
		self.access_for(Purpose::Treatment)
	}

	/// The clinician asks for the record.
	pub fn access_for(&self, purpose: Purpose) -> RuntimeCall {
		RuntimeCall::Consent(pallet_consent::Call::access {
			patient: self.patient,
			record: self.record,
			purpose,
			action: Action::Access,
		})
	}

	/// The clinician declares an emergency.
	pub fn declare(&self) -> RuntimeCall {
		RuntimeCall::Emergencies(pallet_emergencies::Call::declare {
			patient: self.patient,
			reason: assent_support::EmergencyReason::LifeThreatening,
			minutes: 30,
		})
	}
}

/// The effect of the last access that was decided.
pub fn decided() -> assent_policy::Effect {
	System::events()
		.into_iter()
		.rev()
		.find_map(|record| match record.event {
			RuntimeEvent::Consent(pallet_consent::Event::AccessDecided { decision, .. }) => {
				Some(decision.effect)
			}
			_ => None,
		})
		.expect("an access was decided")
}
