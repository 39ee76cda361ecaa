//! Role by call. Every kind of caller sends every call, by itself and wrapped. A rule permits the
//! call, or the call is refused with an error of its own and the state stays unchanged.
//!
//! - `callers`: one of each kind. `world`: the state in which the callers call.
//! - `calls`: an example of each call. `rules`, `table`: the callers that may send each call.
//!   `page`: the table for people, in `docs/reference/roles.md`.
//! - `wrapped`: the results of a call within another call.

mod callers;
mod calls;
mod page;
mod rules;
mod table;
mod world;
mod wrapped;

use super::{
	blocks::{
		account, attestation, authorised, consent_of, equivocation, pair, report, send, Blocks,
	},
	*,
};
use assent_policy::{Effect, RecordId};
use callers::{Caller::*, *};
use frame_support::hypothetically;
use pallet_allowance::invalid;
use rules::Rule;
use sp_core::H256;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionSource},
	ApplyExtrinsicResult, DispatchError, DispatchResult, StateVersion,
};
use std::{collections::BTreeSet, fmt::Debug};
use table::table;
use wrapped::{Expected, WRAPPERS};

/// The root of the state, without the events.
fn root_of_state() -> H256 {
	System::reset_events();
	H256::from_slice(&sp_io::storage::root(StateVersion::V1))
}

fn dispatch(call: RuntimeCall, caller: Caller) -> DispatchResult {
	let dispatched = call.dispatch(caller.origin());
	dispatched.map(drop).map_err(|error| error.error)
}

fn sound() -> Result<(), sp_runtime::TryRuntimeError> {
	Consortium::do_try_state()?;
	Validators::do_try_state()?;
	Patients::do_try_state()?;
	Acceptances::do_try_state()?;
	Records::do_try_state()?;
	Consent::do_try_state()?;
	Emergencies::do_try_state()?;
	Trail::do_try_state()?;
	Allowance::do_try_state()
}

/// The differences from the table, cell by cell.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
	fn compare<T: PartialEq + Debug>(&mut self, cell: impl Fn() -> String, got: T, expected: T) {
		if got != expected {
			self.add(cell, format!("{got:?}, and should be {expected:?}"));
		}
	}

	fn add(&mut self, cell: impl Fn() -> String, what: impl Into<String>) {
		self.0.push(format!("{}: {}", cell(), what.into()));
	}

	fn none(self) {
		let shown = self.0.iter().take(100).cloned().collect::<Vec<_>>();
		assert!(self.0.is_empty(), "{} cells differ:\n{}", self.0.len(), shown.join("\n"));
	}
}

/// Tries every rule with every caller. Each pair starts from the same state, with the preparation
/// of the rule.
fn every_cell(mut cell: impl FnMut(&Rule, Caller)) {
	world::build().execute_with(|| {
		sound().expect("the state in which everybody calls");
		for rule in table() {
			for caller in EVERYBODY {
				hypothetically!({
					(rule.prepare)();
					cell(&rule, *caller);
				});
			}
		}
	});
}

#[test]
fn table_should_decide_about_every_call_of_the_runtime() {
	let decided: BTreeSet<_> = table().iter().map(|rule| (rule.pallet, rule.call)).collect();
	let all: BTreeSet<_> = RuntimeCall::get_module_names()
		.iter()
		.flat_map(|pallet| {
			let calls = RuntimeCall::get_call_names(pallet).iter();
			calls.map(move |call| (*pallet, *call))
		})
		.collect();
	assert_eq!(
		all.symmetric_difference(&decided).collect::<Vec<_>>(),
		Vec::<&(&str, &str)>::new(),
		"write into the table who may call these, or take them out of it"
	);
}

#[test]
fn every_call_should_be_carried_out_or_refused_by_the_rule() {
	let mut findings = Findings::default();
	let mut carried_out = BTreeSet::new();
	every_cell(|rule, caller| {
		let at = || format!("{} by {}", rule.name(), caller.name());
		let call = rule.example(caller);
		let metadata = call.get_call_metadata();
		assert_eq!((metadata.pallet_name, metadata.function_name), (rule.pallet, rule.call));
		let before = root_of_state();
		let result = dispatch(call, caller);
		findings.compare(at, result, rule.outcome(caller));
		if result.is_err() {
			if root_of_state() != before {
				findings.add(at, "refused, and changed the state");
			}
			return;
		}
		carried_out.insert(rule.name());
		if let Err(why) = sound() {
			findings.add(at, format!("{why:?}"));
		}
	});
	findings.none();
	// If no caller can carry out a call, the state of the test makes no sense for the call. The
	// calls in the list are the exception: no caller may send these calls.
	let stuck: Vec<_> =
		table().iter().filter(|rule| !carried_out.contains(&rule.name())).map(Rule::name).collect();
	assert_eq!(
		stuck,
		[
			"System.remark_with_event",
			"Preimage.ensure_updated",
			"Session.purge_keys",
			"Council.set_members",
			"SafeMode.enter",
			"SafeMode.extend",
			"SafeMode.force_slash_deposit",
			"SafeMode.release_deposit",
			"SafeMode.force_release_deposit",
			"Emergencies.declare (of a dead patient)",
		]
	);
}

#[test]
fn every_call_should_be_carried_out_or_refused_by_the_rule_when_wrapped() {
	let mut findings = Findings::default();
	every_cell(|rule, caller| {
		let call = rule.example(caller);
		// Hypothetical too: the depth of nested transactions is part of the state.
		let before = hypothetically!(root_of_state());
		let by_itself = hypothetically!(dispatch(call.clone(), caller).map(|()| root_of_state()));
		for wrapper in WRAPPERS {
			let at = || format!("{} by {} in {wrapper:?}", rule.name(), caller.name());
			let expected = wrapper.expected(rule, caller);
			let (outer, inner, after) = hypothetically!({
				System::reset_events();
				let outer = dispatch(wrapper.wrap(call.clone()), caller);
				let inner = outer.ok().and_then(|()| wrapper.told());
				(outer, inner, root_of_state())
			});
			findings.compare(at, Expected { outer, inner }, expected);
			if !expected.carries_out() && after != before {
				findings.add(at, "refused, and changed the state");
			}
			if expected.carries_out() && wrapper.keeps_the_caller() && Ok(after) != by_itself {
				findings.add(at, "does something else than by itself");
			}
		}
	});
	findings.none();
}

/// The calls that the pool takes from every account for which the calls end something.
const WITHDRAWALS: [(&str, &str); 2] = [("Consent", "withdraw"), ("Consortium", "resign")];

/// The expected result of a transaction. The pool and the blocks refuse calls that an account could
/// never carry out. The rule decides about all other calls.
fn expected_of_transaction(rule: &Rule, caller: Caller) -> ApplyExtrinsicResult {
	let own = rule.outcome(caller);
	let refused = |why: InvalidTransaction| Err(why.into());
	let weight = rule.example(caller).get_dispatch_info().call_weight;
	if WITHOUT_REFERENCE.contains(&caller) {
		return refused(InvalidTransaction::Payment);
	}
	if WITHDRAWALS.contains(&(rule.pallet, rule.call)) {
		return match own {
			Ok(()) => Ok(Ok(())),
			Err(_) => refused(InvalidTransaction::Custom(invalid::NOTHING_TO_WITHDRAW)),
		};
	}
	let by = CALLS
		.iter()
		.flat_map(|(pallet, calls)| calls.iter().map(move |known| (*pallet, known)))
		.find(|(pallet, known)| (*pallet, known.name) == (rule.pallet, rule.call))
		.map(|(_, known)| known.by)
		.expect("a test holds the table of calls against the runtime");
	if by.is_empty() {
		return refused(InvalidTransaction::Call);
	}
	// An empty batch is paid by every payer.
	let sends = match rule.pallet {
		"Utility" => !WITHOUT_PAYER.contains(&caller),
		_ => by.iter().any(|sender| caller.is(*sender, rule)),
	};
	if !sends && WITHOUT_PAYER.contains(&caller) {
		return refused(InvalidTransaction::BadSigner);
	}
	if !sends {
		return refused(InvalidTransaction::Custom(invalid::NOT_FOR_SENDER));
	}
	// The bucket of a validator is for session keys.
	let small = configs::assent::ValidatorLimit::get().capacity;
	if caller == Validator && weight.ref_time() > small {
		return refused(InvalidTransaction::Custom(invalid::NEVER_FITS));
	}
	Ok(own)
}

#[test]
fn every_transaction_should_be_taken_or_refused_by_the_rule() {
	let mut findings = Findings::default();
	every_cell(|rule, caller| {
		let at = || format!("{} sent by {}", rule.name(), caller.name());
		if let Some(seed) = caller.seed() {
			let expected = expected_of_transaction(rule, caller);
			findings.compare(at, send(seed, rule.example(caller)), expected);
		}
	});
	findings.none();
}

/// The calls with bytes of any length among their arguments. Another test derives the list from the
/// types of the calls.
pub const WITH_BYTES: &[(&str, &str)] = &[
	("System", "remark"),
	("System", "set_code"),
	("System", "set_code_without_checks"),
	("System", "set_storage"),
	("System", "kill_storage"),
	("System", "kill_prefix"),
	("System", "remark_with_event"),
	("System", "apply_authorized_upgrade"),
	("Consortium", "admit"),
	("Consortium", "propose_endpoint"),
	("Consortium", "approve_endpoint"),
	("Consortium", "set_base_policy"),
	("Session", "set_keys"),
	("Grandpa", "report_equivocation"),
	("Grandpa", "report_equivocation_unsigned"),
	("Preimage", "note_preimage"),
	("TxPause", "pause"),
	("TxPause", "unpause"),
	("Records", "register"),
	("Records", "correct"),
	("Records", "rotate"),
];

/// A name and a diagnosis.
const TEXT: &[u8] = b"Maria Musterfrau, HIV positive";

/// The call with the text in each field of bytes.
fn with_text(pallet: &str, call: &str, caller: Caller) -> RuntimeCall {
	let text = TEXT.to_vec();
	match calls::example(pallet, call, "", caller) {
		RuntimeCall::Consortium(pallet_consortium::Call::admit { kind, controller, .. }) => {
			// Control characters are no part of a legal name.
			let name = [TEXT, b"\n"].concat().try_into().unwrap();
			RuntimeCall::Consortium(pallet_consortium::Call::admit { name, kind, controller })
		}
		RuntimeCall::Consortium(pallet_consortium::Call::propose_endpoint { .. }) => {
			let url = text.try_into().unwrap();
			RuntimeCall::Consortium(pallet_consortium::Call::propose_endpoint { url })
		}
		RuntimeCall::Consortium(pallet_consortium::Call::approve_endpoint {
			organisation, ..
		}) => {
			let url = text.try_into().unwrap();
			pallet_consortium::Call::approve_endpoint { organisation, url }.into()
		}
		RuntimeCall::Consortium(pallet_consortium::Call::set_base_policy {
			hash, rules, ..
		}) => {
			let uri = text.try_into().unwrap();
			pallet_consortium::Call::set_base_policy { uri, hash, rules }.into()
		}
		RuntimeCall::Session(pallet_session::Call::set_keys { keys, .. }) => {
			RuntimeCall::Session(pallet_session::Call::set_keys { keys, proof: text })
		}
		RuntimeCall::Records(
			mut call @ (pallet_records::Call::register { .. }
			| pallet_records::Call::correct { .. }
			| pallet_records::Call::rotate { .. }),
		) => {
			use pallet_records::Call::{correct, register, rotate};
			let (register { document, .. } | correct { document, .. } | rotate { document, .. }) =
				&mut call
			else {
				unreachable!("the arm takes the three alone")
			};
			document.cid = Some(text.try_into().unwrap());
			call.into()
		}
		RuntimeCall::TxPause(pallet_tx_pause::Call::pause { .. }) => {
			let name = text.try_into().unwrap();
			pallet_tx_pause::Call::pause { full_name: (Default::default(), name) }.into()
		}
		RuntimeCall::TxPause(pallet_tx_pause::Call::unpause { .. }) => {
			let name = text.try_into().unwrap();
			pallet_tx_pause::Call::unpause { ident: (name, Default::default()) }.into()
		}
		// No account sends the others, whatever the bytes.
		other => other,
	}
}

#[test]
fn text_should_be_refused_by_the_pool_whoever_signs_and_however_wrapped() {
	let mut findings = Findings::default();
	world::build().execute_with(|| {
		for (pallet, call) in WITH_BYTES {
			for caller in EVERYBODY.iter().filter(|caller| caller.signs()) {
				let at = || format!("{pallet}.{call} with text, by {}", caller.name());
				let call = with_text(pallet, call, *caller);
				let wrapped = WRAPPERS.iter().map(|wrapper| wrapper.wrap(call.clone()));
				for call in core::iter::once(call.clone()).chain(wrapped) {
					let taken = hypothetically!(send(caller.seed().unwrap(), call.clone()));
					if taken.is_ok() {
						findings.add(at, format!("stands in a block: {call:?}"));
					}
				}
			}
		}
	});
	findings.none();
}

/// The calls that a pool takes without a signature.
const TAKEN_UNSIGNED: [(&str, &str); 2] =
	[("System", "apply_authorized_upgrade"), ("Grandpa", "report_equivocation_unsigned")];

#[test]
fn unsigned_transactions_should_be_refused_by_the_pool_and_change_nothing_in_a_block() {
	let mut findings = Findings::default();
	every_cell(|rule, caller| {
		if caller != Unsigned {
			return;
		}
		let at = || format!("{} sent without a signature", rule.name());
		let transaction = UncheckedExtrinsic::new_bare(rule.example(caller));
		let pooled = hypothetically!(Executive::validate_transaction(
			TransactionSource::Local,
			transaction.clone(),
			System::parent_hash()
		));
		let taken = TAKEN_UNSIGNED.contains(&(rule.pallet, rule.call));
		findings.compare(at, pooled.is_ok(), taken);
		// The author of a block need not ask the pool.
		let own = rule.outcome(caller);
		match Executive::apply_extrinsic(transaction) {
			Ok(applied) => findings.compare(at, applied, own),
			Err(_) => findings.compare(at, own.is_err(), true),
		}
	});
	findings.none();
}

#[test]
fn transactions_that_carry_their_own_authority_should_be_attestations_only() {
	let mut findings = Findings::default();
	every_cell(|rule, caller| {
		if caller != Worker {
			return;
		}
		let at = || format!("{} sent as authorised", rule.name());
		let expected = if (rule.pallet, rule.call) == ("Records", "attest") {
			Ok(Ok(()))
		} else {
			Err(InvalidTransaction::UnknownOrigin.into())
		};
		findings.compare(at, authorised(rule.example(caller)), expected);
	});
	findings.none();
}

#[test]
fn attestation_should_be_refused_when_wrapped_in_an_authorised_transaction() {
	world::build().execute_with(|| {
		let call = || attestation(world::record_of(world::IN_USE)).into();
		for wrapper in WRAPPERS {
			assert_eq!(
				hypothetically!(authorised(wrapper.wrap(call()))),
				Err(InvalidTransaction::UnknownOrigin.into()),
				"{wrapper:?}"
			);
		}
		assert_eq!(authorised(call()), Ok(Ok(())));
	});
}

/// The callers whose access to the record for treatment is permitted. A directive permits the
/// clinician. The table of rights permits the other callers to open the patient's documents.
const LET_IN: &[Caller] = &[
	Clinician,
	Patient,
	Guardian,
	Delegate,
	Limited,
	GuardianOfRecovering,
	Incapable,
	GuardianOfIncapable,
	Left,
	GuardianOfLeft,
	GuardianOfDeceased,
];

#[test]
fn access_should_be_written_down_whoever_asks_and_whatever_the_answer() {
	let mut findings = Findings::default();
	every_cell(|rule, caller| {
		if (rule.pallet, rule.call) != ("Consent", "access") || !caller.signs() {
			return;
		}
		let at = || format!("access by {}", caller.name());
		let head = || Trail::patient_head(caller.subject());
		let before = head();
		findings.compare(at, dispatch(rule.example(caller), caller), Ok(()));
		let event = System::events().into_iter().rev().find_map(|row| match row.event {
			RuntimeEvent::Consent(pallet_consent::Event::AccessDecided {
				requester,
				decision,
				entry,
				..
			}) => Some((requester, decision.effect, entry)),
			_ => None,
		});
		let effect = if LET_IN.contains(&caller) { Effect::Permit } else { Effect::Deny };
		let after = head();
		findings.compare(at, event, Some((caller.account(), effect, after.head)));
		findings.compare(at, after.count, before.count + 1);
	});
	findings.none();
}

#[test]
fn page_on_roles_should_be_what_the_table_says() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/roles.md");
	let page = page::render(&table());
	if std::env::var_os("ASSENT_WRITE_ROLES").is_some() {
		std::fs::write(path, &page).unwrap();
	}
	assert!(
		std::fs::read_to_string(path).is_ok_and(|written| written == page),
		"docs/reference/roles.md is not what the table says: run this test with ASSENT_WRITE_ROLES=1"
	);
}
