//! The chain that an input drives: its genesis, its blocks, its transactions.

use crate::{
	generate::{Sources, Types},
	invariants::Watch,
	people::{patient, record, People},
};
use arbitrary::{Result, Unstructured};
use assent_policy::{Actor, Class, Confidentiality, Directive, Effect, Provision, Purpose, Role};
use assent_runtime::{
	extensions::extension, filters::Enactable, genesis_presets, AccountId, Address, Executive,
	Hash, Header, Runtime, RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, RuntimeOrigin,
	Signature, SignedPayload, System, UncheckedExtrinsic, MILLISECS_PER_BLOCK,
};
use codec::{DecodeLimit, Encode};
use frame_support::{
	storage::transactional::with_transaction_unchecked,
	traits::{Contains, GetCallMetadata},
};
use sp_core::{storage::Storage, Blake2Hasher, Hasher, Pair};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{Dispatchable, Header as HeaderT, IdentifyAccount},
	transaction_validity::{TransactionSource, TransactionValidity},
	DispatchError, MultiSigner, TransactionOutcome,
};
use sp_state_machine::BasicExternalities;
use std::{collections::BTreeSet, sync::OnceLock};

/// The moment of the first block: 1 January 2026.
const FIRST: u64 = 1_767_225_600_000;
/// How many steps an input may take: a transaction or the end of a block each.
const MAX_STEPS: usize = 64;
/// How deep a call that was changed byte by byte may be nested when it is decoded.
const DECODE_DEPTH: u32 = 64;

/// What came of the calls of an input: `Pallet.call: outcome`.
pub type Outcomes = BTreeSet<String>;

/// What every run starts from.
struct World {
	people: People,
	types: Types,
	/// The state after the prelude: members, practitioners, patients, records.
	state: Storage,
	/// The header of its last block.
	header: Header,
	/// Its time.
	now: u64,
}

fn world() -> &'static World {
	static WORLD: OnceLock<World> = OnceLock::new();
	WORLD.get_or_init(|| {
		let people = People::default();
		let mut state = genesis();
		let mut chain = Chain::new(&people, first_header(), FIRST);
		BasicExternalities::execute_with_storage(&mut state, || chain.prelude());
		let (header, now) = (chain.header, chain.now);
		World {
			types: Types::default(),
			state,
			header,
			now,
			people,
		}
	})
}

/// Plays an input and tells what came of its calls. Panics when an invariant is broken; a
/// panic of the runtime is passed on.
pub fn run(input: &[u8]) -> Outcomes {
	let world = world();
	let mut state = world.state.clone();
	let mut chain = Chain::new(&world.people, world.header.clone(), world.now);
	BasicExternalities::execute_with_storage(&mut state, || {
		chain.play(&world.types, &mut Unstructured::new(input))
	});
	chain.outcomes
}

/// The state of the local consortium at its genesis.
fn genesis() -> Storage {
	let patch = genesis_presets::get(&genesis_presets::DEMO.into()).expect("a preset of ours");
	let mut state = Storage::default();
	BasicExternalities::execute_with_storage(&mut state, || {
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(
			genesis_presets::whole(&patch),
		)
		.expect("the preset builds");
	});
	state
}

fn first_header() -> Header {
	Header::new(
		0,
		Default::default(),
		Default::default(),
		Default::default(),
		Default::default(),
	)
}

/// A chain at the end of a block, or within one.
struct Chain<'a> {
	people: &'a People,
	header: Header,
	now: u64,
	open: bool,
	hashes: Vec<[u8; 32]>,
	watch: Watch,
	outcomes: Outcomes,
}

impl<'a> Chain<'a> {
	fn new(people: &'a People, header: Header, now: u64) -> Self {
		Self {
			people,
			header,
			now,
			open: false,
			hashes: Vec::new(),
			watch: Watch::default(),
			outcomes: Outcomes::new(),
		}
	}

	/// Begins a block that many slots after the last one.
	fn begin(&mut self, slots: u64) {
		self.now = self
			.now
			.saturating_add(slots.max(1).saturating_mul(MILLISECS_PER_BLOCK));
		let slot = sp_consensus_aura::Slot::from(self.now / MILLISECS_PER_BLOCK);
		let header = Header::new(
			self.header.number + 1,
			Default::default(),
			Default::default(),
			self.header.hash(),
			Digest {
				logs: vec![DigestItem::PreRuntime(
					sp_consensus_aura::AURA_ENGINE_ID,
					slot.encode(),
				)],
			},
		);
		Executive::initialize_block(&header);
		let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: self.now });
		Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time))
			.expect("the time is an inherent")
			.expect("the time is set");
		self.open = true;
	}

	/// Ends the block and looks at what must hold.
	fn end(&mut self) {
		if !self.open {
			return;
		}
		for record in System::read_events_no_consensus() {
			if let RuntimeEvent::Audit(event) = &record.event {
				// An entry's hash, by which deliveries are asked for.
				if let Some(hash) = event.encode().get(1..33) {
					self.remember(hash.try_into().expect("32 bytes"));
				}
			}
		}
		self.header = Executive::finalize_block();
		self.open = false;
		self.watch.check(self.people);
	}

	fn remember(&mut self, hash: [u8; 32]) {
		self.hashes.push(hash);
		if self.hashes.len() > 16 {
			self.hashes.remove(0);
		}
	}

	/// Members' practitioners, three patients with a guardian, and records: what most calls
	/// need before they can do anything.
	fn prelude(&mut self) {
		self.begin(1);
		let other = self.people.first_other();
		let until = self.now + 365 * 24 * 3_600_000;
		for (number, role) in [Role::Clinician, Role::EmergencyClinician, Role::Researcher]
			.into_iter()
			.enumerate()
		{
			let practitioner = self.people.account(other + number);
			self.must(
				number,
				RuntimeCall::Consortium(pallet_consortium::Call::credential {
					practitioner,
					roles: [role]
						.into_iter()
						.collect::<BTreeSet<_>>()
						.try_into()
						.expect("one"),
					groups: Default::default(),
					from: 0,
					until,
				}),
			);
		}
		// One version that the patients enrol under, and one that came after.
		self.must(0, base_policy(1));
		for number in 0..3_u8 {
			let controller = other + 3 + usize::from(number);
			let call = self.signed_enrolment(
				pallet_patients::Call::enrol {
					patient: patient(number),
					controller: self.people.account(controller),
					number: 0,
					signature: Signature::Sr25519(Default::default()),
				},
				number.into(),
			);
			self.must(number.into(), call);
		}
		self.must(0, base_policy(2));
		for number in 0..2_u8 {
			self.must(other + 3 + usize::from(number), grant(number));
		}
		for number in 0..4_u8 {
			let owner = number % 2;
			self.must(
				owner.into(),
				RuntimeCall::Records(pallet_records::Call::register {
					record: record(number),
					patient: patient(owner),
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
						ciphertext: [number + 1; 32],
						size: 1_000,
						cid: None,
						commitment: [number + 1; 32],
					},
				}),
			);
		}
		self.end();
	}

	/// A transaction of the prelude, which must succeed.
	fn must(&mut self, who: usize, call: RuntimeCall) {
		let name = name_of(&call);
		let extrinsic = self.sign(who, call, 0);
		Executive::apply_extrinsic(extrinsic)
			.unwrap_or_else(|error| panic!("prelude, {name}: {error:?}"))
			.unwrap_or_else(|error| panic!("prelude, {name}: {error:?}"));
	}

	/// Plays steps until the input is used up.
	fn play(&mut self, types: &Types, u: &mut Unstructured) {
		for _ in 0..MAX_STEPS {
			if u.is_empty() || self.step(types, u).is_err() {
				break;
			}
		}
		if !self.open {
			self.begin(1);
		}
		self.end();
	}

	fn step(&mut self, types: &Types, u: &mut Unstructured) -> Result<()> {
		if self.open && u.ratio(1, 6)? {
			self.end();
			return Ok(());
		}
		if !self.open {
			let slots = match u.int_in_range(0..=9_u8)? {
				0 => u.int_in_range(0..=u64::from(u16::MAX))?,
				1 => 30,
				2 => 4 * 1_800,
				3 => 7 * 43_200,
				_ => 1,
			};
			self.begin(slots);
		}
		let sources = Sources {
			people: self.people,
			now: self.now,
			hashes: &self.hashes,
		};
		let mut bytes = types.call(u, &sources)?;
		if u.ratio(1, 16)? {
			mutate(&mut bytes, u)?;
		}
		let Ok(call) = RuntimeCall::decode_all_with_depth_limit(DECODE_DEPTH, &mut &bytes[..])
		else {
			self.outcomes.insert("undecodable".into());
			return Ok(());
		};
		self.remember(Blake2Hasher::hash(&bytes).0);
		if Enactable::contains(&call) && u.ratio(1, 2)? {
			self.enact(call);
			return Ok(());
		}
		self.submit(call, u)
	}

	/// Dispatches a call that the council may enact, as its scheduler would.
	fn enact(&mut self, call: RuntimeCall) {
		let name = name_of(&call);
		let outcome = frame_support::storage::with_storage_layer(|| {
			call.dispatch(RuntimeOrigin::root())
				.map_err(|error| error.error)
		});
		self.note(&name, "enacted ", outcome.map(|_| ()));
	}

	/// Signs a call and lets it through the pool into the block.
	fn submit(&mut self, call: RuntimeCall, u: &mut Unstructured) -> Result<()> {
		let name = name_of(&call);
		let who = u.int_in_range(0..=self.people.len() - 1)?;
		let call = if u.ratio(15, 16)? {
			self.repaired(call, u)?
		} else {
			call
		};
		let who = if u.ratio(2, 3)? {
			self.able(&call, who).unwrap_or(who)
		} else {
			who
		};
		let bare = matches!(
			call,
			RuntimeCall::Records(pallet_records::Call::attest { .. })
		);
		let ahead = u32::from(u.ratio(1, 24)?);
		let extrinsic = if bare && u.ratio(7, 8)? {
			UncheckedExtrinsic::new_transaction(call, extension(0, Era::Immortal))
		} else {
			self.sign(who, call, ahead)
		};
		let extrinsic = if u.ratio(1, 24)? {
			let mut bytes = extrinsic.encode();
			mutate(&mut bytes, u)?;
			match UncheckedExtrinsic::decode_all_with_depth_limit(DECODE_DEPTH, &mut &bytes[..]) {
				Ok(extrinsic) => extrinsic,
				Err(_) => return Ok(()),
			}
		} else {
			extrinsic
		};
		// The pool looks first; what it refuses a block author can still try.
		let pooled = pool(extrinsic.clone());
		match Executive::apply_extrinsic(extrinsic) {
			Ok(outcome) => self.note(&name, "", outcome),
			Err(error) => {
				self.outcomes.insert(format!("{name}: {error:?}"));
			}
		}
		if let Err(error) = pooled {
			self.outcomes.insert(format!("{name}: pool {error:?}"));
		}
		Ok(())
	}

	/// The first account from `first` on for whom the call would be carried out: chance alone
	/// would seldom bring a call and the one who may make it together.
	fn able(&self, call: &RuntimeCall, first: usize) -> Option<usize> {
		(first..first + self.people.len()).find(|number| {
			let origin = RuntimeOrigin::signed(self.people.account(*number));
			with_transaction_unchecked(|| {
				TransactionOutcome::Rollback(call.clone().dispatch(origin).is_ok())
			})
		})
	}

	fn note(&mut self, name: &str, how: &str, outcome: core::result::Result<(), DispatchError>) {
		let outcome = match outcome {
			Ok(()) => "done".to_string(),
			Err(DispatchError::Module(module)) => {
				format!("error {}.{}", module.index, module.error[0])
			}
			Err(error) => format!("{error:?}"),
		};
		self.outcomes.insert(format!("{name}: {how}{outcome}"));
	}

	/// Puts in order what no chance would: signatures within calls and the numbers that they
	/// bind.
	fn repaired(&self, call: RuntimeCall, u: &mut Unstructured) -> Result<RuntimeCall> {
		Ok(match call {
			RuntimeCall::Patients(enrol @ pallet_patients::Call::enrol { .. }) => {
				let organisation = u.int_in_range(0..=3)?;
				self.signed_enrolment(enrol, organisation)
			}
			RuntimeCall::Patients(pallet_patients::Call::propose_recovery {
				patient,
				controller,
				number,
				signature,
			}) => {
				let asked = pallet_patients::Pallet::<Runtime>::recovery_to_sign(
					patient,
					controller.clone(),
				);
				let (number, signature) = match (asked, self.people.key_of(&controller)) {
					(Some((number, message)), Some(pair)) => {
						(number, Signature::Sr25519(pair.sign(&message)))
					}
					_ => (number, signature),
				};
				RuntimeCall::Patients(pallet_patients::Call::propose_recovery {
					patient,
					controller,
					number,
					signature,
				})
			}
			RuntimeCall::Records(pallet_records::Call::attest {
				mut attestation, ..
			}) => {
				if let Some(due) = pallet_records::Pallet::<Runtime>::record(attestation.record) {
					attestation.version = due.record.version;
					attestation.round = due.version.due;
				}
				attestation.at = System::block_number();
				let pair = u.choose(self.people.validators())?;
				attestation.key = pallet_records::crypto::AttestationPublic::from(pair.public());
				let genesis = System::block_hash(0);
				let signature = pair.sign(&attestation.message(genesis)).into();
				RuntimeCall::Records(pallet_records::Call::attest {
					attestation,
					signature,
				})
			}
			other => other,
		})
	}

	/// An enrolment with the number and the signature that it needs.
	fn signed_enrolment(
		&self,
		call: pallet_patients::Call<Runtime>,
		organisation: u32,
	) -> RuntimeCall {
		let call = match call {
			pallet_patients::Call::enrol {
				patient,
				controller,
				signature,
				..
			} => {
				let (number, message) = pallet_patients::Pallet::<Runtime>::enrolment_to_sign(
					organisation,
					patient,
					controller.clone(),
				);
				let signature = self
					.people
					.key_of(&controller)
					.map_or(signature, |pair| Signature::Sr25519(pair.sign(&message)));
				pallet_patients::Call::enrol {
					patient,
					controller,
					number,
					signature,
				}
			}
			other => other,
		};
		RuntimeCall::Patients(call)
	}

	fn sign(&self, who: usize, call: RuntimeCall, ahead: u32) -> UncheckedExtrinsic {
		let pair = self.people.pair(who);
		let account: AccountId = MultiSigner::Sr25519(pair.public()).into_account();
		let nonce = System::account_nonce(&account).saturating_add(ahead);
		sign(pair, account, call, nonce)
	}
}

/// A grant of a patient to every clinician.
fn grant(number: u8) -> RuntimeCall {
	let one = |actor| BTreeSet::from([actor]).try_into().expect("one");
	RuntimeCall::Consent(pallet_consent::Call::grant {
		patient: patient(number),
		actors: one(Actor::Role(Role::Clinician)),
		purposes: BTreeSet::from([Purpose::Treatment])
			.try_into()
			.expect("one"),
		classes: Default::default(),
		until: None,
	})
}

/// A base policy that permits everything.
fn base_policy(text: u8) -> RuntimeCall {
	RuntimeCall::Consortium(pallet_consortium::Call::set_base_policy {
		uri: b"https://alpha.example/policy"
			.to_vec()
			.try_into()
			.expect("short"),
		hash: [text; 32],
		rules: Box::new(Directive {
			base: Provision::any(Effect::Permit),
			exceptions: Default::default(),
		}),
	})
}

/// What the pool says of a transaction. It begins a block of its own for that, which is
/// forgotten again.
pub fn pool(extrinsic: UncheckedExtrinsic) -> TransactionValidity {
	with_transaction_unchecked(|| {
		TransactionOutcome::Rollback(Executive::validate_transaction(
			TransactionSource::External,
			extrinsic,
			Hash::default(),
		))
	})
}

/// A signed transaction with this nonce.
pub fn sign(
	pair: &sp_core::sr25519::Pair,
	account: AccountId,
	call: RuntimeCall,
	nonce: u32,
) -> UncheckedExtrinsic {
	let payload = SignedPayload::new(call, extension(nonce, Era::Immortal))
		.expect("the extensions' implicit values are in the state");
	let signature = payload.using_encoded(|bytes| pair.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(
		call,
		Address::from(account),
		Signature::Sr25519(signature),
		extension,
	)
}

fn name_of(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	format!("{}.{}", metadata.pallet_name, metadata.function_name)
}

/// Changes, adds or takes away a byte.
fn mutate(bytes: &mut Vec<u8>, u: &mut Unstructured) -> Result<()> {
	if bytes.is_empty() {
		return Ok(());
	}
	let at = u.int_in_range(0..=bytes.len() - 1)?;
	match u.int_in_range(0..=3_u8)? {
		0 => bytes[at] = u.arbitrary()?,
		1 => bytes[at] ^= 1 << u.int_in_range(0..=7_u8)?,
		2 => bytes.insert(at, u.arbitrary()?),
		_ => {
			bytes.remove(at);
		}
	}
	Ok(())
}
