//! The calls halted by the council, the calls that go on, and the calls that the council can have
//! dispatched as root. Transactions in real blocks try all three.

use super::{
	blocks::{account, attest, decided, equivocation, report, send, Blocks, People},
	*,
};
use assent_policy::{Directive, Effect, Provision, Purpose, RecordId};
use codec::{Decode, Encode};
use frame_support::hypothetically;
use sp_runtime::{traits::Hash as _, ApplyExtrinsicResult, DispatchError};
use std::collections::BTreeSet;

/// The calls that must pass every halt, by name. The list does not read the runtime's own list.
const MUST_GO_ON: &[(&str, &str)] = &[
	("Timestamp", "set"),
	("Grandpa", "report_equivocation"),
	("Grandpa", "report_equivocation_unsigned"),
	("Records", "attest"),
	("Consent", "withdraw"),
	("Consent", "access"),
	("Consent", "refuse_request"),
	("Consent", "retire_expired"),
	("Consortium", "revoke"),
	("Consortium", "remove_agent"),
	("Records", "rotate"),
	("Records", "erase"),
	("Records", "dispute"),
	("Acceptances", "refuse"),
	("Acceptances", "end_campaign"),
	("Patients", "veto_recovery"),
	("Patients", "end_guardian"),
	("Patients", "end_delegate"),
	("Emergencies", "declare"),
	("Emergencies", "end"),
	("Emergencies", "justify"),
	("Emergencies", "review"),
	("Emergencies", "draw"),
	("Emergencies", "pass_on"),
	("Emergencies", "suspend_unjustified"),
	("Council", "propose"),
	("Council", "vote"),
	("Council", "close"),
	("Consortium", "enact"),
	("Consortium", "resign"),
	("Scheduler", "cancel"),
	("SafeMode", "force_exit"),
	("TxPause", "unpause"),
	("System", "apply_authorized_upgrade"),
	("Session", "set_keys"),
];

/// The calls that two thirds may have dispatched as root, by name.
const MAY_BE_ENACTED: &[(&str, &[&str])] = &[
	("System", &["authorize_upgrade"]),
	("Grandpa", &["note_stalled"]),
	(
		"Consortium",
		&["admit", "suspend", "reinstate", "remove", "approve_endpoint", "replace_controller"],
	),
	("Validators", &["add", "remove", "reinstate"]),
	("SafeMode", &["force_enter", "force_extend", "force_exit"]),
	("Emergencies", &["reinstate", "set_organisation_cap"]),
];

/// Calls that can reach raw storage, code or other calls. Such a call is never enacted, in any
/// form.
const NEVER_ENACTED: &[(&str, &str)] = &[
	("System", "set_storage"),
	("System", "kill_storage"),
	("System", "kill_prefix"),
	("System", "set_code"),
	("System", "set_code_without_checks"),
	("System", "authorize_upgrade_without_checks"),
	("System", "set_heap_pages"),
	("Consortium", "enact"),
	("Utility", "batch"),
	("Utility", "batch_all"),
	("Utility", "force_batch"),
	("Utility", "dispatch_as"),
	("Utility", "dispatch_as_fallible"),
	("Utility", "with_weight"),
	("Utility", "as_derivative"),
	("Utility", "if_else"),
	("Scheduler", "schedule"),
	("Scheduler", "schedule_named"),
	("Council", "set_members"),
	("Council", "execute"),
];

/// One example of each call of the runtime, with the plainest arguments: all zero.
fn every_call() -> Vec<RuntimeCall> {
	let mut calls: Vec<_> = (0..=u8::MAX)
		.flat_map(|pallet| (0..=u8::MAX).map(move |call| (pallet, call)))
		.filter_map(|(pallet, call)| {
			let mut encoded = vec![0; 4096];
			encoded[..2].copy_from_slice(&[pallet, call]);
			RuntimeCall::decode(&mut &encoded[..]).ok()
		})
		.collect();
	let met: BTreeSet<_> = calls.iter().map(name).collect();
	let all: BTreeSet<_> = RuntimeCall::get_module_names()
		.iter()
		.flat_map(|pallet| {
			RuntimeCall::get_call_names(pallet).iter().map(move |call| (*pallet, *call))
		})
		.collect();
	assert_eq!(
		all.difference(&met).collect::<Vec<_>>(),
		Vec::<&(&str, &str)>::new(),
		"a call without an example"
	);
	// The example of `propose` above holds a call that no account may send.
	let exit = RuntimeCall::SafeMode(pallet_safe_mode::Call::force_exit {});
	calls.push(RuntimeCall::Council(pallet_collective::Call::propose {
		threshold: 3,
		proposal: Box::new(exit),
		length_bound: 10,
	}));
	calls
}

fn name(call: &RuntimeCall) -> (&'static str, &'static str) {
	let metadata = call.get_call_metadata();
	(metadata.pallet_name, metadata.function_name)
}

fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

fn done(result: ApplyExtrinsicResult) {
	assert_eq!(result, Ok(Ok(())));
}

fn halted(result: ApplyExtrinsicResult) {
	assert_eq!(result, Ok(Err(filtered())));
}

fn enter_safe_mode(blocks: &mut Blocks) {
	assert_ok!(blocks.decide(RuntimeCall::SafeMode(pallet_safe_mode::Call::force_enter {})));
	assert!(SafeMode::is_entered());
}

fn pause_name(pallet: &str, call: &str) -> pallet_tx_pause::RuntimeCallNameOf<Runtime> {
	let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
	(bounded(pallet), bounded(call))
}

fn pause(blocks: &mut Blocks, pallet: &str, call: &str) -> sp_runtime::DispatchResult {
	blocks.decide(RuntimeCall::TxPause(pallet_tx_pause::Call::pause {
		full_name: pause_name(pallet, call),
	}))
}

#[test]
fn blocks_should_go_on_in_safe_mode() {
	Blocks::run(|blocks| {
		blocks.pass(2);
		enter_safe_mode(blocks);
		let (session, time) = (Session::current_index(), pallet_timestamp::Now::<Runtime>::get());
		// Two sessions pass, and every block has a time.
		blocks.pass(120);
		assert!(SafeMode::is_entered());
		assert_eq!(Session::current_index(), session + 2);
		assert_eq!(pallet_timestamp::Now::<Runtime>::get(), time + 120 * MILLISECS_PER_BLOCK);
	});
}

#[test]
fn patients_and_clinicians_should_be_served_in_safe_mode() {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		blocks.block(|| {
			done(send(People::PATIENT, people.grant()));
			done(send(People::CLINICIAN, people.access()));
			assert_eq!(decided(), Effect::Permit);
		});
		enter_safe_mode(blocks);
		blocks.block(|| {
			halted(send(People::PATIENT, people.grant()));
			halted(send("//Alpha", people.register(RecordId([9; 16]))));
			halted(send("//Alpha", people.enrol("//Ben", PatientId([9; 16]))));
			halted(send("//Beta", people.credential(1, "//Beta//clinician", u64::MAX)));
			assert!(Records::record(RecordId([9; 16])).is_none());
		});
		blocks.block(|| {
			done(send(People::CLINICIAN, people.access()));
			assert_eq!(decided(), Effect::Permit);
			// A wrapped call passes the filter too: the inner call is checked by itself.
			done(send(People::PATIENT, batch(vec![withdraw()])));
			done(send(People::CLINICIAN, people.access()));
			assert_eq!(decided(), Effect::Deny);
			done(send(People::CLINICIAN, people.declare()));
			done(send(People::CLINICIAN, people.access_for(Purpose::BreakGlass)));
			assert_eq!(decided(), Effect::Permit);
			done(send(
				People::CLINICIAN,
				RuntimeCall::Emergencies(pallet_emergencies::Call::end { emergency: 0 }),
			));
			done(attest(people.record));
			done(report(equivocation("//Delta", 1)));
		});
		// The offence stands: the report passed as a whole and did not become a refusal.
		assert_eq!(Session::disabled_validators().len(), 1);
	});
}

#[test]
fn wrapped_grant_should_be_halted_in_safe_mode() {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		enter_safe_mode(blocks);
		blocks.block(|| {
			halted(send(
				People::PATIENT,
				RuntimeCall::Utility(pallet_utility::Call::batch_all {
					calls: vec![people.grant()],
				}),
			));
			// `batch` itself succeeds, and the event names the call at which the batch stopped.
			done(send(People::PATIENT, batch(vec![people.grant()])));
			System::assert_has_event(
				pallet_utility::Event::BatchInterrupted { index: 0, error: filtered() }.into(),
			);
		});
	});
}

#[test]
fn council_should_govern_in_safe_mode_and_end_it() {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		enter_safe_mode(blocks);
		// The scheduler dispatches an enacted call as root.
		assert_ok!(blocks
			.enact(RuntimeCall::Consortium(pallet_consortium::Call::suspend { organisation: 3 })));
		assert!(!<Consortium as assent_support::Members>::is_active(3));
		assert_ok!(blocks.decide(RuntimeCall::SafeMode(pallet_safe_mode::Call::force_exit {})));
		blocks.block(|| done(send(People::PATIENT, people.grant())));
	});
}

#[test]
fn safe_mode_should_not_be_entered_by_anyone_alone() {
	Blocks::run(|blocks| {
		blocks.block(|| {
			for call in [pallet_safe_mode::Call::enter {}, pallet_safe_mode::Call::force_enter {}] {
				refused(send("//Alpha", RuntimeCall::SafeMode(call)));
			}
		});
		assert!(!SafeMode::is_entered());
	});
}

#[test]
fn safe_mode_should_halt_every_call_but_the_listed() {
	Blocks::run(|blocks| {
		enter_safe_mode(blocks);
		let mut passed = BTreeSet::new();
		for call in every_call() {
			let origin = RuntimeOrigin::signed(account("//Alpha"));
			let halted = hypothetically!(call.clone().dispatch(origin))
				.is_err_and(|error| error.error == filtered());
			let listed = AlwaysAllowed::contains(&call) && !Refused::contains(&call);
			assert_eq!(halted, !listed, "{:?}", name(&call));
			if !halted {
				passed.insert(name(&call));
			}
		}
		for needed in MUST_GO_ON {
			assert!(passed.contains(needed), "{needed:?} is halted");
		}
	});
}

/// The pool refuses a call that no account sends.
fn refused(sent: ApplyExtrinsicResult) {
	assert_eq!(sent, Err(sp_runtime::transaction_validity::InvalidTransaction::Call.into()));
}

/// A patient's directive about everything, with this effect.
fn directive(people: &People, effect: Effect, exceptions: &[Effect]) -> RuntimeCall {
	let exceptions = exceptions.iter().map(|effect| Provision {
		purposes: BTreeSet::from([Purpose::Treatment]).try_into().unwrap(),
		..Provision::any(*effect)
	});
	RuntimeCall::Consent(pallet_consent::Call::make_directive {
		patient: people.patient,
		directive: Box::new(Directive {
			base: Provision::any(effect),
			exceptions: exceptions.collect::<Vec<_>>().try_into().unwrap(),
		}),
		policy: None,
	})
}

#[test]
fn denial_should_go_on_in_safe_mode_and_when_paused_and_a_permit_should_not() {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		assert_ok!(pause(blocks, "Consent", "make_directive"));
		blocks.block(|| {
			done(send(People::PATIENT, directive(&people, Effect::Deny, &[])));
			halted(send(People::PATIENT, directive(&people, Effect::Permit, &[])));
		});
		enter_safe_mode(blocks);
		blocks.block(|| {
			done(send(People::PATIENT, directive(&people, Effect::Deny, &[])));
			halted(send(People::PATIENT, directive(&people, Effect::Permit, &[])));
			// An exception could let somebody in.
			halted(send(People::PATIENT, directive(&people, Effect::Deny, &[Effect::Permit])));
			// Who steals a clinician's key asks for access. The hospital revokes.
			done(send("//Alpha", people.revoke()));
			assert!(send(People::CLINICIAN, people.access()).is_err());
		});
	});
}

#[test]
fn pausing_should_halt_one_call_and_no_other() {
	Blocks::run(|blocks| {
		let people = People::new(blocks);
		assert_ok!(pause(blocks, "Consent", "grant"));
		blocks.block(|| {
			halted(send(People::PATIENT, people.grant()));
			done(send(People::CLINICIAN, people.access()));
			done(send("//Alpha", people.register(RecordId([9; 16]))));
		});
		assert_ok!(blocks.decide(RuntimeCall::TxPause(pallet_tx_pause::Call::unpause {
			ident: pause_name("Consent", "grant"),
		})));
		blocks.block(|| done(send(People::PATIENT, people.grant())));
	});
}

#[test]
fn pausing_should_be_refused_for_what_must_go_on() {
	Blocks::run(|blocks| {
		blocks.pass(1);
		for (pallet, call) in MUST_GO_ON {
			assert_noop!(
				TxPause::pause(RuntimeOrigin::root(), pause_name(pallet, call)),
				pallet_tx_pause::Error::<Runtime>::Unpausable
			);
		}
		assert_eq!(
			pause(blocks, "Timestamp", "set"),
			Err(pallet_tx_pause::Error::<Runtime>::Unpausable.into())
		);
		blocks.pass(2);
	});
}

#[test]
fn enactable_should_be_what_is_listed_and_nothing_else() {
	let listed = |(pallet, call): (&str, &str)| {
		// The calls of `TxPause`, and every call that sets a period, are enactable.
		pallet == "TxPause"
			|| (call.starts_with("set_") && call.ends_with("_period"))
			|| MAY_BE_ENACTED.iter().any(|(of, calls)| *of == pallet && calls.contains(&call))
	};
	for call in every_call() {
		assert_eq!(Enactable::contains(&call), listed(name(&call)), "{:?}", name(&call));
		assert!(!(NEVER_ENACTED.contains(&name(&call)) && Enactable::contains(&call)));
	}
}

#[test]
fn enacting_should_be_refused_when_call_is_not_listed() {
	Blocks::run(|blocks| {
		for call in [
			RuntimeCall::System(frame_system::Call::set_code { code: vec![1] }),
			RuntimeCall::System(frame_system::Call::set_storage { items: vec![] }),
			batch(vec![RuntimeCall::Grandpa(pallet_grandpa::Call::note_stalled {
				delay: 10,
				best_finalized_block_number: 1,
			})]),
		] {
			let enact =
				RuntimeCall::Consortium(pallet_consortium::Call::enact { call: Box::new(call) });
			let motion = pallet_collective::Call::propose {
				threshold: 3,
				length_bound: enact.encoded_size() as u32,
				proposal: Box::new(enact.clone()),
			};
			// The pool takes no such motion, and two thirds could not enact the call either.
			blocks.block(|| refused(send("//Alpha", RuntimeCall::Council(motion))));
			let two_thirds = pallet_collective::RawOrigin::<
				AccountId,
				configs::governance::CouncilInstance,
			>::Members(3, 4);
			assert_eq!(
				enact.dispatch(two_thirds.into()).map_err(|error| error.error),
				Err(pallet_consortium::Error::<Runtime>::NotEnactable.into())
			);
		}
	});
}

#[test]
fn enacting_should_wait_in_public_and_reach_root_only() {
	Blocks::run(|blocks| {
		let call = RuntimeCall::Consortium(pallet_consortium::Call::suspend { organisation: 3 });
		let act = call.clone();
		// Neither one member nor the whole council may suspend an organisation directly.
		blocks.block(|| {
			refused(send("//Alpha", call.clone()));
			let motion = pallet_collective::Call::propose {
				threshold: 3,
				length_bound: call.encoded_size() as u32,
				proposal: Box::new(call.clone()),
			};
			refused(send("//Alpha", RuntimeCall::Council(motion)));
		});
		assert_ok!(blocks.decide(RuntimeCall::Consortium(pallet_consortium::Call::enact {
			call: Box::new(call),
		})));
		let at = System::block_number() + 20;
		System::assert_has_event(RuntimeEvent::Consortium(
			pallet_consortium::Event::EnactScheduled { hash: BlakeTwo256::hash_of(&act), at },
		));
		blocks.pass(19);
		assert!(<Consortium as assent_support::Members>::is_active(3));
		blocks.pass(1);
		assert!(!<Consortium as assent_support::Members>::is_active(3));
	});
}

#[test]
fn council_should_call_off_what_it_enacted_before_it_happens() {
	Blocks::run(|blocks| {
		blocks.pass(1);
		let suspend = RuntimeCall::Consortium(pallet_consortium::Call::suspend { organisation: 3 });
		assert_ok!(blocks.decide(RuntimeCall::Consortium(pallet_consortium::Call::enact {
			call: Box::new(suspend),
		})));
		let when = System::block_number() + 20;
		let cancel = RuntimeCall::Scheduler(pallet_scheduler::Call::cancel { when, index: 0 });
		// One member alone may not call off.
		blocks.block(|| refused(send("//Alpha", cancel.clone())));
		assert_ok!(blocks.decide(cancel));
		blocks.pass(30);
		assert!(<Consortium as assent_support::Members>::is_active(3));
	});
}

#[test]
fn council_should_not_schedule_by_hand() {
	Blocks::run(|blocks| {
		blocks.pass(1);
		let call = pallet_scheduler::Call::schedule {
			when: 50,
			maybe_periodic: None,
			priority: 0,
			call: Box::new(RuntimeCall::SafeMode(pallet_safe_mode::Call::force_enter {})),
		};
		assert!(Refused::contains(&RuntimeCall::Scheduler(call.clone())));
		let two_thirds = pallet_collective::RawOrigin::<
			AccountId,
			configs::governance::CouncilInstance,
		>::Members(3, 4);
		assert_eq!(
			RuntimeCall::Scheduler(call).dispatch(two_thirds.into()).map_err(|error| error.error),
			Err(filtered())
		);
	});
}
