//! The composition: what is joined here and nowhere else.

use crate::{
	filters::{AlwaysAllowed, Enactable, Refused, MAX_NESTING, UNSTOPPABLE},
	genesis_presets,
	identities::MEMBERS,
	*,
};
use assent_policy::PatientId;
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::{Contains, GetCallMetadata},
	weights::Weight,
};
use sp_runtime::traits::{Dispatchable, TransactionExtension};

mod blocks;
mod governance;
mod offences;

const PATIENT: PatientId = PatientId([7; 16]);

/// The local consortium at its genesis.
fn chain() -> sp_io::TestExternalities {
	let patch = genesis_presets::get(&genesis_presets::LOCAL.into()).unwrap();
	let mut ext = sp_io::TestExternalities::new_empty();
	ext.execute_with(|| {
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(
			genesis_presets::whole(&patch),
		)
		.unwrap();
		System::set_block_number(1);
	});
	ext
}

fn alpha() -> RuntimeOrigin {
	RuntimeOrigin::signed(MEMBERS[0].controller.into())
}

fn remark() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark {
		remark: b"a name".to_vec(),
	})
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Utility(pallet_utility::Call::batch { calls })
}

fn withdraw() -> RuntimeCall {
	RuntimeCall::Consent(pallet_consent::Call::withdraw {
		patient: PATIENT,
		directive: 0,
	})
}

#[test]
fn identifiers_of_extensions_should_be_those_that_wallets_know() {
	let identifiers: Vec<_> = <TxExtension as TransactionExtension<RuntimeCall>>::metadata()
		.into_iter()
		.map(|extension| extension.identifier)
		.collect();
	assert_eq!(
		identifiers,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckAllowance",
			"CheckWeight",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
}

#[test]
fn unstoppable_calls_should_exist() {
	let modules = RuntimeCall::get_module_names();
	for (pallet, call) in UNSTOPPABLE {
		assert!(modules.contains(pallet), "no pallet {pallet}");
		assert!(
			call.is_empty() || RuntimeCall::get_call_names(pallet).contains(call),
			"no call {pallet}.{call}"
		);
	}
}

#[test]
fn safe_mode_should_stop_grants_but_not_withdrawals_nor_time() {
	chain().execute_with(|| {
		assert_ok!(SafeMode::force_enter(RuntimeOrigin::root()));
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(5));
		assert_ok!(
			RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 10_000 })
				.dispatch(RuntimeOrigin::none())
		);
		let dispatched = |call: RuntimeCall| call.dispatch(alpha()).unwrap_err().error;
		let filtered: sp_runtime::DispatchError =
			frame_system::Error::<Runtime>::CallFiltered.into();
		let grant = RuntimeCall::Consent(pallet_consent::Call::grant {
			patient: PATIENT,
			actors: Default::default(),
			purposes: Default::default(),
			classes: Default::default(),
			until: None,
		});
		assert_eq!(dispatched(grant), filtered);
		// Let through, and refused by its own rule: there is no such directive.
		assert_eq!(
			dispatched(withdraw()),
			pallet_consent::Error::<Runtime>::DirectiveNotFound.into()
		);
	});
}

#[test]
fn pausing_should_be_refused_when_call_is_unstoppable() {
	chain().execute_with(|| {
		let name = |pallet: &str, call: &str| {
			let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
			(bounded(pallet), bounded(call))
		};
		assert_noop!(
			TxPause::pause(RuntimeOrigin::root(), name("Consent", "withdraw")),
			pallet_tx_pause::Error::<Runtime>::Unpausable
		);
		assert_ok!(TxPause::pause(
			RuntimeOrigin::root(),
			name("Consent", "grant")
		));
	});
}

#[test]
fn free_text_should_be_refused_when_wrapped() {
	let wrappers: [fn(RuntimeCall) -> RuntimeCall; 5] = [
		|call| batch(vec![withdraw(), call]),
		|call| RuntimeCall::Utility(pallet_utility::Call::batch_all { calls: vec![call] }),
		|call| RuntimeCall::Utility(pallet_utility::Call::force_batch { calls: vec![call] }),
		|call| {
			RuntimeCall::Utility(pallet_utility::Call::as_derivative {
				index: 0,
				call: Box::new(call),
			})
		},
		|call| {
			RuntimeCall::Council(pallet_collective::Call::execute {
				proposal: Box::new(call),
				length_bound: 100,
			})
		},
	];
	assert!(Refused::contains(&remark()));
	for wrap in wrappers {
		assert!(Refused::contains(&wrap(remark())));
		assert!(Refused::contains(&batch(vec![wrap(remark())])));
		assert!(!Refused::contains(&wrap(withdraw())));
	}
}

#[test]
fn nesting_should_be_refused_when_too_deep_to_look_into() {
	let mut call = withdraw();
	for _ in 0..MAX_NESTING {
		call = batch(vec![call]);
		assert!(!Refused::contains(&call));
	}
	assert!(Refused::contains(&batch(vec![call])));
}

#[test]
fn enactable_should_list_no_call_that_writes_raw_storage_or_code() {
	use frame_system::Call::*;
	for call in [
		set_storage { items: Vec::new() },
		kill_storage { keys: Vec::new() },
		kill_prefix {
			prefix: Vec::new(),
			subkeys: 0,
		},
		set_code { code: Vec::new() },
		set_code_without_checks { code: Vec::new() },
		authorize_upgrade_without_checks {
			code_hash: Default::default(),
		},
		set_heap_pages { pages: 1 },
	] {
		assert!(!Enactable::contains(&RuntimeCall::System(call)));
	}
	assert!(Enactable::contains(&RuntimeCall::System(
		authorize_upgrade {
			code_hash: Default::default()
		}
	)));
	assert!(!Enactable::contains(&batch(vec![])));
	assert!(!Enactable::contains(&withdraw()));
}

#[test]
fn withdrawal_should_be_operational_and_unstoppable() {
	assert_eq!(
		withdraw().get_dispatch_info().class,
		DispatchClass::Operational
	);
	assert!(AlwaysAllowed::contains(&withdraw()));
	let metadata = withdraw().get_call_metadata();
	assert_eq!(
		(metadata.pallet_name, metadata.function_name),
		("Consent", "withdraw")
	);
}

/// A call that never fits into a full bucket could never be sent.
#[test]
fn patients_calls_should_fit_four_times_into_a_full_bucket() {
	use assent_policy::{Directive, Effect, Provision};
	let directive = || {
		Box::new(Directive {
			base: Provision::any(Effect::Permit),
			exceptions: Default::default(),
		})
	};
	let capacity = configs::assent::PatientLimit::get().capacity;
	for call in [
		pallet_consent::Call::<Runtime>::grant {
			patient: PATIENT,
			actors: Default::default(),
			purposes: Default::default(),
			classes: Default::default(),
			until: None,
		},
		pallet_consent::Call::make_directive {
			patient: PATIENT,
			directive: directive(),
		},
		pallet_consent::Call::approve_request {
			patient: PATIENT,
			request: 0,
		},
	] {
		let weight: Weight = RuntimeCall::Consent(call).get_dispatch_info().call_weight;
		assert!(
			weight.ref_time() * 4 < capacity,
			"{} of {capacity}",
			weight.ref_time()
		);
	}
}

#[test]
fn every_pallet_should_hold_its_invariants_at_genesis() {
	chain().execute_with(|| {
		Consortium::do_try_state().unwrap();
		Validators::do_try_state().unwrap();
		Patients::do_try_state().unwrap();
		Records::do_try_state().unwrap();
		Consent::do_try_state().unwrap();
		Audit::do_try_state().unwrap();
		Allowance::do_try_state().unwrap();
	});
}

#[test]
fn council_should_have_a_seat_for_each_member() {
	chain().execute_with(|| {
		let mut seats: Vec<AccountId> = MEMBERS.iter().map(|m| m.controller.into()).collect();
		seats.sort();
		assert_eq!(
			pallet_collective::Members::<Runtime, configs::governance::CouncilInstance>::get(),
			seats
		);
	});
}

#[test]
fn founding_members_should_attest_from_the_first_block() {
	chain().execute_with(|| {
		assert_eq!(Validators::organisations(), [0, 1, 2, 3]);
	});
}
