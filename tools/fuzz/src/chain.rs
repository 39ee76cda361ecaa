//! The chain that an input drives: the genesis, the blocks, the transactions.

use crate::{
	generate::{Sources, Types},
	invariants::Watch,
	names::Names,
	people::People,
};
use arbitrary::{Result, Unstructured};
use assent_runtime::{
	calls::Enactable, extensions::extension, genesis::presets, AccountId, Address, Aura, Executive,
	Hash, Header, Runtime, RuntimeCall, RuntimeEvent, RuntimeGenesisConfig, RuntimeOrigin, Session,
	Signature, SignedPayload, System, UncheckedExtrinsic, Validators, MILLISECS_PER_BLOCK,
};
use codec::{DecodeLimit, Encode};
use frame_support::{
	storage::transactional::with_transaction_unchecked,
	traits::{Contains, DisabledValidators, GetCallMetadata},
};
use sp_core::{storage::Storage, Blake2Hasher, Hasher, Pair};
use sp_runtime::{
	generic::{Digest, DigestItem, Era},
	traits::{Dispatchable, Header as HeaderT, IdentifyAccount},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, DispatchError, MultiSigner, Perbill, TransactionOutcome,
};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};
use sp_state_machine::BasicExternalities;
use std::{collections::BTreeSet, sync::OnceLock};

/// The moment of the first block: 1 January 2026.
const FIRST: u64 = 1_767_225_600_000;
/// The highest number of steps of an input. A step is a transaction or the end of a block.
const MAX_STEPS: usize = 64;
/// The highest depth of nesting when a call is decoded. A mutation of bytes can make deep
/// calls.
const DECODE_DEPTH: u32 = 64;

/// The outcomes of an input. `Pallet.call: outcome` is the result of a call. `event
/// Pallet.Event` is an event that happened.
pub type Outcomes = BTreeSet<String>;

/// The starting point of every run.
struct World {
	people: People,
	types: Types,
	names: Names,
	/// The state after the prelude.
	state: Storage,
	/// The header of the last block of the prelude.
	header: Header,
	/// The time of the last block of the prelude, in milliseconds.
	now: u64,
}

fn world() -> &'static World {
	static WORLD: OnceLock<World> = OnceLock::new();
	WORLD.get_or_init(|| {
		let people = People::default();
		let names = Names::default();
		let mut state = genesis();
		let mut chain = Chain::new(&people, &names, first_header(), FIRST);
		BasicExternalities::execute_with_storage(&mut state, || chain.prelude());
		let (header, now) = (chain.header, chain.now);
		World { types: Types::default(), names, state, header, now, people }
	})
}

/// Plays an input and returns the outcomes. Panics if an invariant is broken. Passes a panic
/// of the runtime on.
pub fn run(input: &[u8]) -> Outcomes {
	course(input).0
}

/// Plays an input like [`run`], and also returns the root of the state after the input.
pub fn course(input: &[u8]) -> (Outcomes, Hash) {
	let world = world();
	let mut state = world.state.clone();
	let mut chain = Chain::new(&world.people, &world.names, world.header.clone(), world.now);
	BasicExternalities::execute_with_storage(&mut state, || {
		chain.play(&world.types, &mut Unstructured::new(input))
	});
	(chain.outcomes, *chain.header.state_root())
}

/// The state of the local consortium at its genesis.
fn genesis() -> Storage {
	let patch = presets::get(&presets::DEMO.into()).expect("a preset of ours");
	let mut state = Storage::default();
	BasicExternalities::execute_with_storage(&mut state, || {
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(presets::whole(
			&patch,
		))
		.expect("the preset builds");
	});
	state
}

fn first_header() -> Header {
	Header::new(0, Default::default(), Default::default(), Default::default(), Default::default())
}

/// A chain, between two blocks or within a block.
pub(crate) struct Chain<'a> {
	pub(crate) people: &'a People,
	names: &'a Names,
	header: Header,
	pub(crate) now: u64,
	open: bool,
	hashes: Vec<[u8; 32]>,
	watch: Watch,
	outcomes: Outcomes,
}

impl<'a> Chain<'a> {
	fn new(people: &'a People, names: &'a Names, header: Header, now: u64) -> Self {
		Self {
			people,
			names,
			header,
			now,
			open: false,
			hashes: Vec::new(),
			watch: Watch::default(),
			outcomes: Outcomes::new(),
		}
	}

	/// Begins a block, `slots` slots after the last block.
	pub(crate) fn begin(&mut self, slots: u64) {
		self.now = self.now.saturating_add(slots.max(1).saturating_mul(MILLISECS_PER_BLOCK));
		// A disabled validator makes no block, so the slot of this validator passes.
		while author_is_disabled(self.now) {
			self.now = self.now.saturating_add(MILLISECS_PER_BLOCK);
		}
		let slot = sp_consensus_aura::Slot::from(self.now / MILLISECS_PER_BLOCK);
		let header = Header::new(
			self.header.number + 1,
			Default::default(),
			Default::default(),
			self.last_hash(),
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

	/// A stand-in for the hash of the block before. The real hash depends on signatures, and
	/// signatures contain chance. With the real hash, an input would not take the same course
	/// every time.
	fn last_hash(&self) -> Hash {
		Blake2Hasher::hash(&(self.header.number, self.now).encode())
	}

	/// Ends the block and checks the invariants.
	pub(crate) fn end(&mut self) {
		if self.open {
			self.close();
			self.watch.check(self.people);
		}
	}

	/// Ends the block. Each event of the block is an outcome too.
	fn close(&mut self) {
		if !self.open {
			return;
		}
		for record in System::read_events_no_consensus() {
			let event = record.event.encode();
			self.outcomes.insert(format!("event {}", self.names.event(&event)));
			match &record.event {
				// The hash of an entry. Deliveries are requested by such a hash.
				RuntimeEvent::Trail(event) => {
					if let Some(hash) = event.encode().get(1..33) {
						self.remember(hash.try_into().expect("32 bytes"));
					}
				}
				RuntimeEvent::Consortium(pallet_consortium::Event::EnactScheduled { .. }) => {
					self.outcomes.insert("Consortium.enact: carried out".into());
				}
				RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched { result, .. }) => {
					let outcome = self.names.outcome(*result);
					self.outcomes.insert(format!("enacted by the council: {outcome}"));
				}
				_ => {}
			}
		}
		self.header = Executive::finalize_block();
		self.open = false;
	}

	pub(crate) fn remember(&mut self, hash: [u8; 32]) {
		self.hashes.push(hash);
		if self.hashes.len() > 16 {
			self.hashes.remove(0);
		}
	}

	/// Signs and applies a transaction.
	pub(crate) fn apply(&mut self, who: usize, call: RuntimeCall) -> ApplyExtrinsicResult {
		let extrinsic = self.sign(who, call, 0);
		apply(extrinsic)
	}

	/// Applies a call that needs no signature around the call.
	pub(crate) fn apply_unsigned(&mut self, call: RuntimeCall) -> ApplyExtrinsicResult {
		let extension = extension(0, Era::Immortal);
		apply(UncheckedExtrinsic::new_transaction(call, extension))
	}

	/// Makes empty blocks, one slot after another. The last block stays open, and the invariants
	/// are checked at the end of this block alone.
	pub(crate) fn run_on(&mut self, blocks: u32) {
		for _ in 0..blocks {
			self.close();
			self.begin(1);
		}
	}

	/// Plays steps until the end of the input.
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
			self.go_on(u)?;
		}
		if u.ratio(1, 64)? {
			self.offend(u)?;
		}
		let sources = Sources { people: self.people, now: self.now, hashes: &self.hashes };
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
		let call = if u.ratio(15, 16)? { self.repaired(call, u)? } else { call };
		if Enactable::contains(&call) {
			match u.int_in_range(0..=7_u8)? {
				0..=3 => {
					self.enact(call);
					return Ok(());
				}
				4 | 5 => {
					self.council_enacts(call);
					return Ok(());
				}
				_ => {}
			}
		}
		self.submit(call, u)
	}

	/// Begins a block: mostly the next block, sometimes after a pause. In other cases empty
	/// blocks pass until the delay of an act, or a session, is over.
	fn go_on(&mut self, u: &mut Unstructured) -> Result<()> {
		let slots = match u.int_in_range(0..=15_u8)? {
			0 => u.int_in_range(0..=u64::from(u16::MAX))?,
			1 => 30,
			2 => 4 * 1_800,
			3 => 7 * 43_200,
			4 => {
				self.run_on(20);
				1
			}
			5 if u.ratio(1, 4)? => {
				self.run_on(60);
				1
			}
			_ => 1,
		};
		if !self.open {
			self.begin(slots);
		}
		Ok(())
	}

	/// Reports that a validator signed conflicting votes.
	fn offend(&mut self, u: &mut Unstructured) -> Result<()> {
		let validator = AccountId::from(u.choose(self.people.validators())?.public());
		let offence =
			OffenceDetails { offender: (validator.clone(), validator), reporters: Vec::new() };
		let session = pallet_session::CurrentIndex::<Runtime>::get();
		Validators::on_offence(&[offence], &[Perbill::one()], session);
		Ok(())
	}

	/// The council moves, votes and closes. A call that the council is permitted to enact
	/// waits for the due block.
	fn council_enacts(&mut self, call: RuntimeCall) {
		let name = name_of(&call);
		let motion =
			RuntimeCall::Consortium(pallet_consortium::Call::enact { call: Box::new(call) });
		let [propose, vote, close] = Self::motion(motion);
		let steps = [(0, &propose), (0, &vote), (1, &vote), (2, &vote), (3, &close)];
		for (member, step) in steps {
			if let Ok(outcome) = self.apply(member, step.clone()) {
				self.note(&name_of(step), "", outcome);
			}
		}
		self.outcomes.insert(format!("{name}: moved"));
	}

	/// Dispatches a call that the council is permitted to enact, as the scheduler would.
	fn enact(&mut self, call: RuntimeCall) {
		let name = name_of(&call);
		let outcome = frame_support::storage::with_storage_layer(|| {
			call.dispatch(RuntimeOrigin::root()).map_err(|error| error.error)
		});
		self.note(&name, "enacted ", outcome.map(|_| ()));
	}

	/// Signs a call, asks the pool about the transaction and puts the transaction into the
	/// block.
	fn submit(&mut self, call: RuntimeCall, u: &mut Unstructured) -> Result<()> {
		let name = name_of(&call);
		let who = u.int_in_range(0..=self.people.len() - 1)?;
		let who = if u.ratio(2, 3)? { self.able(&call, who).unwrap_or(who) } else { who };
		let bare = matches!(call, RuntimeCall::Records(pallet_records::Call::attest { .. }));
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
		// The pool decides first. A block author can still try a transaction that the pool
		// refused.
		let pooled = pool(extrinsic.clone());
		match apply(extrinsic) {
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

	/// The first account from number `first` on whose call would be carried out. Chance alone
	/// would seldom join a call and an account that is permitted to make the call.
	fn able(&self, call: &RuntimeCall, first: usize) -> Option<usize> {
		(first..first + self.people.len()).find(|number| {
			let origin = RuntimeOrigin::signed(self.people.account(*number));
			with_transaction_unchecked(|| {
				TransactionOutcome::Rollback(call.clone().dispatch(origin).is_ok())
			})
		})
	}

	fn note(&mut self, name: &str, how: &str, outcome: core::result::Result<(), DispatchError>) {
		let outcome = self.names.outcome(outcome);
		self.outcomes.insert(format!("{name}: {how}{outcome}"));
	}

	fn sign(&self, who: usize, call: RuntimeCall, ahead: u32) -> UncheckedExtrinsic {
		let pair = self.people.pair(who);
		let account: AccountId = MultiSigner::Sr25519(pair.public()).into_account();
		let nonce = System::account_nonce(&account).saturating_add(ahead);
		sign(pair, account, call, nonce)
	}
}

/// Puts a transaction into the block. A refused transaction leaves no change in the state, as
/// with a block author.
fn apply(extrinsic: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	with_transaction_unchecked(|| match Executive::apply_extrinsic(extrinsic) {
		Ok(outcome) => TransactionOutcome::Commit(Ok(outcome)),
		Err(error) => TransactionOutcome::Rollback(Err(error)),
	})
}

/// Whether the validator of the slot at `now` is disabled.
fn author_is_disabled(now: u64) -> bool {
	let validators = Aura::authorities_len() as u64;
	let index = (now / MILLISECS_PER_BLOCK).checked_rem(validators);
	index.is_some_and(|index| Session::is_disabled(index as u32))
}

/// The pool's answer about a transaction. The check begins a block of its own, and all changes
/// are rolled back.
pub fn pool(extrinsic: UncheckedExtrinsic) -> TransactionValidity {
	with_transaction_unchecked(|| {
		TransactionOutcome::Rollback(Executive::validate_transaction(
			TransactionSource::External,
			extrinsic,
			Hash::default(),
		))
	})
}

/// A transaction signed by `pair`, with this nonce.
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

pub(crate) fn name_of(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	format!("{}.{}", metadata.pallet_name, metadata.function_name)
}

/// Changes, adds or removes a byte. A changed byte always gets another value. The bytes of a
/// signature differ each time, and an equal byte would leave a signature valid by chance.
fn mutate(bytes: &mut Vec<u8>, u: &mut Unstructured) -> Result<()> {
	if bytes.is_empty() {
		return Ok(());
	}
	let at = u.int_in_range(0..=bytes.len() - 1)?;
	match u.int_in_range(0..=3_u8)? {
		0 => {
			let byte: u8 = u.arbitrary()?;
			bytes[at] = if bytes[at] == byte { !byte } else { byte };
		}
		1 => bytes[at] ^= 1 << u.int_in_range(0..=7_u8)?,
		2 => bytes.insert(at, u.arbitrary()?),
		_ => {
			bytes.remove(at);
		}
	}
	Ok(())
}
