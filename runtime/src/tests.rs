//! The composition: the connections that exist in the runtime alone.

mod history;

use crate::{
	calls::{AlwaysAllowed, Enactable, Refused, CALLS, MAX_NESTING},
	genesis::{members::MEMBERS, presets},
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
mod emergencies;
mod governance;
mod offences;
mod roles;
mod waiting;
mod weights;

const PATIENT: PatientId = PatientId([7; 16]);

/// The local consortium at its genesis.
fn chain() -> sp_io::TestExternalities {
	let patch = presets::get(&presets::LOCAL.into()).unwrap();
	let mut ext = sp_io::TestExternalities::new_empty();
	ext.execute_with(|| {
		frame_support::genesis_builder_helper::build_state::<RuntimeGenesisConfig>(presets::whole(
			&patch,
		))
		.unwrap();
		System::set_block_number(1);
	});
	ext
}

fn alpha() -> RuntimeOrigin {
	RuntimeOrigin::signed(MEMBERS[0].controller.into())
}

fn remark() -> RuntimeCall {
	RuntimeCall::System(frame_system::Call::remark { remark: b"a name".to_vec() })
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	RuntimeCall::Utility(pallet_utility::Call::batch { calls })
}

fn withdraw() -> RuntimeCall {
	RuntimeCall::Consent(pallet_consent::Call::withdraw { patient: PATIENT, directive: 0 })
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
fn validators_account_should_have_a_payer_only_while_its_organisation_is_active() {
	use pallet_allowance::PayerOf;
	let validator = MEMBERS[0].validator.into();
	let payer = || crate::payer::Payers::usual(&validator);
	chain().execute_with(|| {
		assert_eq!(payer(), Some(pallet_allowance::Payer::Validator));
		assert_ok!(Consortium::suspend(RuntimeOrigin::root(), 0));
		assert_eq!(payer(), None);
		assert_ok!(Consortium::reinstate(RuntimeOrigin::root(), 0));
		assert_ok!(Consortium::remove(RuntimeOrigin::root(), 0));
		assert_eq!(payer(), None);
	});
}

#[test]
fn calls_with_bytes_should_be_known() {
	use scale_info::{form::PortableForm, PortableRegistry, Registry, TypeDef, TypeDefPrimitive};
	fn holds_bytes(types: &PortableRegistry, id: u32, seen: &mut Vec<u32>) -> bool {
		// The calls within a call are looked at by themselves.
		let kind = types.resolve(id).expect("registered");
		if seen.contains(&id) || kind.path.segments.last().is_some_and(|n| n == "RuntimeCall") {
			return false;
		}
		seen.push(id);
		let mut any = |ids: Vec<u32>| ids.into_iter().any(|id| holds_bytes(types, id, seen));
		let of = |fields: &[scale_info::Field<PortableForm>]| {
			fields.iter().map(|field| field.ty.id).collect::<Vec<_>>()
		};
		match &kind.type_def {
			TypeDef::Sequence(items) => {
				let item = &types.resolve(items.type_param.id).expect("registered").type_def;
				*item == TypeDef::Primitive(TypeDefPrimitive::U8) || any(vec![items.type_param.id])
			}
			TypeDef::Primitive(TypeDefPrimitive::Str) => true,
			TypeDef::Composite(fields) => any(of(&fields.fields)),
			TypeDef::Variant(variants) => {
				any(variants.variants.iter().flat_map(|variant| of(&variant.fields)).collect())
			}
			TypeDef::Tuple(items) => any(items.fields.iter().map(|item| item.id).collect()),
			TypeDef::Array(item) => any(vec![item.type_param.id]),
			_ => false,
		}
	}
	let mut registry = Registry::new();
	let calls = registry.register_type(&scale_info::meta_type::<RuntimeCall>()).id;
	let types: PortableRegistry = registry.into();
	let TypeDef::Variant(pallets) = &types.resolve(calls).unwrap().type_def else { panic!() };
	let mut found = Vec::new();
	for pallet in &pallets.variants {
		let calls = types.resolve(pallet.fields[0].ty.id).unwrap();
		let TypeDef::Variant(calls) = &calls.type_def else { panic!() };
		for call in &calls.variants {
			let fields: Vec<u32> = call.fields.iter().map(|field| field.ty.id).collect();
			if fields.into_iter().any(|id| holds_bytes(&types, id, &mut Vec::new())) {
				found.push((pallet.name.clone(), call.name.clone()));
			}
		}
	}
	let found: Vec<(&str, &str)> = found.iter().map(|(p, c)| (p.as_str(), c.as_str())).collect();
	assert_eq!(found, roles::WITH_BYTES, "a call takes bytes of any length: decide who reads them");
}

#[test]
fn calls_should_list_every_call_of_the_runtime_once() {
	let listed: Vec<(&str, Vec<&str>)> = CALLS
		.iter()
		.map(|(pallet, calls)| (*pallet, calls.iter().map(|known| known.name).collect()))
		.collect();
	let mut there: Vec<(&str, Vec<&str>)> = RuntimeCall::get_module_names()
		.iter()
		.map(|pallet| (*pallet, RuntimeCall::get_call_names(pallet).to_vec()))
		.collect();
	there.retain(|(_, calls)| !calls.is_empty());
	assert_eq!(listed, there);
}

#[test]
fn safe_mode_should_stop_grants_but_not_withdrawals_nor_time() {
	chain().execute_with(|| {
		assert_ok!(SafeMode::force_enter(RuntimeOrigin::root()));
		pallet_aura::CurrentSlot::<Runtime>::put(sp_consensus_aura::Slot::from(5));
		assert_ok!(RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 10_000 })
			.dispatch(RuntimeOrigin::none()));
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
		// The filter passes the call, and the pallet refuses the call: there is no such directive.
		assert_eq!(
			dispatched(withdraw()),
			pallet_consent::Error::<Runtime>::DirectiveNotFound.into()
		);
		// A recovery's week runs on, so the veto passes. No account gets new rights meanwhile.
		let (patient, delegate) = (PATIENT, AccountId::new([9; 32]));
		let unknown = pallet_patients::Error::<Runtime>::NotFound.into();
		for call in [
			pallet_patients::Call::veto_recovery { patient },
			pallet_patients::Call::end_delegate { patient, delegate: delegate.clone() },
			pallet_patients::Call::end_guardian { patient, guardian: delegate.clone() },
		] {
			assert_eq!(dispatched(RuntimeCall::Patients(call)), unknown);
		}
		let name = pallet_patients::Call::name_delegate {
			patient,
			delegate,
			deeds: Default::default(),
			until: 0,
		};
		assert_eq!(dispatched(RuntimeCall::Patients(name)), filtered);
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
		assert_ok!(TxPause::pause(RuntimeOrigin::root(), name("Consent", "grant")));
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
		kill_prefix { prefix: Vec::new(), subkeys: 0 },
		set_code { code: Vec::new() },
		set_code_without_checks { code: Vec::new() },
		authorize_upgrade_without_checks { code_hash: Default::default() },
		set_heap_pages { pages: 1 },
	] {
		assert!(!Enactable::contains(&RuntimeCall::System(call)));
	}
	assert!(Enactable::contains(&RuntimeCall::System(authorize_upgrade {
		code_hash: Default::default()
	})));
	assert!(!Enactable::contains(&batch(vec![])));
	assert!(!Enactable::contains(&withdraw()));
}

#[test]
fn withdrawal_should_be_operational_and_unstoppable() {
	assert_eq!(withdraw().get_dispatch_info().class, DispatchClass::Operational);
	assert!(AlwaysAllowed::contains(&withdraw()));
	let metadata = withdraw().get_call_metadata();
	assert_eq!((metadata.pallet_name, metadata.function_name), ("Consent", "withdraw"));
}

#[test]
fn resignation_should_be_free_like_a_withdrawal_and_named_by_its_account() {
	use crate::calls::{Withdrawals, Withdrawn};
	use pallet_allowance::Withdrawal;
	let resign = RuntimeCall::Consortium(pallet_consortium::Call::resign {});
	assert!(AlwaysAllowed::contains(&resign));
	assert_eq!(Withdrawals::of(&resign), Some(Withdrawn::Engagement));
	assert_eq!(Withdrawals::of(&batch(vec![resign])), None);
	// The resignations of two accounts do not push each other out of the pool.
	let tag = |who: u8| Withdrawals::tag(&AccountId::new([who; 32]), &Withdrawn::Engagement);
	assert_eq!(tag(1), tag(1));
	assert_ne!(tag(1), tag(2));
	// A directive is one object, whoever withdraws the directive.
	let directive = Withdrawals::of(&withdraw()).unwrap();
	let tag = |who: u8| Withdrawals::tag(&AccountId::new([who; 32]), &directive);
	assert_eq!(tag(1), tag(2));
}

/// A call too heavy for a full bucket could never be sent.
#[test]
fn patients_calls_should_fit_four_times_into_a_full_bucket() {
	use assent_policy::{Directive, Effect, Provision};
	let directive = || {
		Box::new(Directive { base: Provision::any(Effect::Permit), exceptions: Default::default() })
	};
	let capacity = configs::assent::PatientLimit::get().capacity;
	for call in [
		RuntimeCall::from(pallet_consent::Call::<Runtime>::grant {
			patient: PATIENT,
			actors: Default::default(),
			purposes: Default::default(),
			classes: Default::default(),
			until: None,
		}),
		RuntimeCall::from(pallet_consent::Call::<Runtime>::make_directive {
			patient: PATIENT,
			directive: directive(),
			policy: None,
		}),
		RuntimeCall::from(pallet_consent::Call::<Runtime>::approve_request {
			patient: PATIENT,
			request: 0,
		}),
		RuntimeCall::from(pallet_acceptances::Call::<Runtime>::accept {
			patient: PATIENT,
			version: 1,
		}),
	] {
		let weight: Weight = call.get_dispatch_info().call_weight;
		assert!(weight.ref_time() * 4 < capacity, "{} of {capacity}", weight.ref_time());
	}
}

/// A hospital's worst day must not end at the allowance.
#[test]
fn emergencies_of_a_day_should_fit_into_full_buckets() {
	use configs::assent::{OrganisationLimit, PractitionerLimit};
	use frame_support::traits::Get;
	use pallet_emergencies::Call;
	let cost: u64 = [
		Call::<Runtime>::declare {
			patient: PATIENT,
			reason: assent_support::EmergencyReason::LifeThreatening,
			minutes: 60,
		},
		Call::end { emergency: 0 },
		Call::justify {
			emergency: 0,
			justification: assent_support::Justification::Treated,
			commitment: Default::default(),
		},
	]
	.map(|call| {
		let weight: Weight = RuntimeCall::Emergencies(call).get_dispatch_info().call_weight;
		weight.ref_time()
	})
	.into_iter()
	.sum();
	let in_a_day: u32 = <Runtime as pallet_emergencies::Config>::MaxOfDay::get();
	let of_practitioner = cost * u64::from(in_a_day);
	let capacity = PractitionerLimit::get().capacity;
	assert!(of_practitioner < capacity, "{of_practitioner} of {capacity}");
	let capacity = OrganisationLimit::get().capacity;
	assert!(cost * 400 < capacity, "{} of {capacity}", cost * 400);
}

#[test]
fn emergencies_should_be_reinstated_and_capped_by_the_council_only() {
	use pallet_emergencies::Call;
	let listed = |call: Call<Runtime>| Enactable::contains(&RuntimeCall::Emergencies(call));
	assert!(listed(Call::reinstate { practitioner: MEMBERS[0].controller.into() }));
	assert!(listed(Call::set_organisation_cap { emergencies: 1 }));
	assert!(!listed(Call::pass_on { emergency: 0 }));
}

#[test]
fn every_pallet_should_hold_its_invariants_at_genesis() {
	chain().execute_with(|| {
		Consortium::do_try_state().unwrap();
		Validators::do_try_state().unwrap();
		Patients::do_try_state().unwrap();
		Acceptances::do_try_state().unwrap();
		Records::do_try_state().unwrap();
		Consent::do_try_state().unwrap();
		Emergencies::do_try_state().unwrap();
		Trail::do_try_state().unwrap();
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
