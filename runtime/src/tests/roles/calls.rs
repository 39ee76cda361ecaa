//! The calls: one example of each. An example succeeds if the right caller sends the example.

use super::{
	world::{acting_for, disputed_of, record_of, set, *},
	*,
};
use assent_policy::{Action, Class, Purpose};
use assent_support::{Condition, Deed, EmergencyReason, Justification, ReviewFinding};
use codec::Encode;
use pallet_tx_pause::RuntimeCallNameOf;
use sp_core::H256;
use sp_runtime::traits::Hash as _;

/// An account unknown to the chain, for calls that give an account a role.
fn fresh() -> AccountId {
	account("//Fresh")
}

/// A name for the scheduler.
const TASK: [u8; 32] = [1; 32];
/// Bytes whose preimage root keeps.
const PREIMAGE: &[u8] = b"some bytes";

/// A call without an effect, which every account may send.
pub fn nothing() -> RuntimeCall {
	batch(vec![])
}

/// The origin root, for calls that take an origin as an argument.
fn as_root() -> Box<OriginCaller> {
	Box::new(frame_system::RawOrigin::Root.into())
}

fn pausable() -> RuntimeCallNameOf<Runtime> {
	let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
	(bounded("Consent"), bounded("grant"))
}

/// Root dispatches a call that another call needs first.
fn by_root(call: impl Into<RuntimeCall>) {
	assert_ok!(call.into().dispatch(RuntimeOrigin::root()));
}

/// Enters safe mode.
pub fn enter_safe_mode() {
	by_root(pallet_safe_mode::Call::force_enter {});
}

/// Pauses the call that `unpause` resumes.
pub fn pause() {
	by_root(pallet_tx_pause::Call::pause { full_name: pausable() });
}

/// The second organisation with a base policy asks patients too.
pub fn ask_elsewhere_too() {
	let until = now() + 1_000_000;
	let by = Caller::OtherController.origin();
	assert_ok!(Acceptances::open_campaign(by, None, until));
}

/// No organisation asks patients any more.
pub fn stop_asking() {
	assert_ok!(Acceptances::end_campaign(Caller::Controller.origin()));
}

/// Root schedules a call under a name.
pub fn schedule_named() {
	by_root(pallet_scheduler::Call::schedule_named {
		id: TASK,
		when: 1_000_000,
		maybe_periodic: None,
		priority: 0,
		call: Box::new(nothing()),
	});
}

/// Root keeps a preimage.
pub fn note_preimage() {
	by_root(pallet_preimage::Call::note_preimage { bytes: PREIMAGE.to_vec() });
}

/// The example of a call as this caller would send the example: about the caller's subject, with
/// the caller's signatures.
pub fn example(pallet: &str, call: &str, case: &str, caller: Caller) -> RuntimeCall {
	match pallet {
		"System" => system(call).into(),
		"Timestamp" => RuntimeCall::Timestamp(pallet_timestamp::Call::set {
			now: *pallet_aura::CurrentSlot::<Runtime>::get() * MILLISECS_PER_BLOCK,
		}),
		"Session" => session(call, caller),
		"Grandpa" => grandpa(call).into(),
		"Council" => RuntimeCall::Council(council(call)),
		"Scheduler" => scheduler(call).into(),
		"Preimage" => preimage(call).into(),
		"Utility" => utility(call).into(),
		"SafeMode" => safe_mode(call).into(),
		"TxPause" => tx_pause(call).into(),
		"Consortium" => consortium(call, caller),
		"Validators" => validators(call).into(),
		"Patients" => patients(call, case, caller),
		"Records" => records(call, caller).into(),
		"Consent" => consent(call, caller).into(),
		"Emergencies" => emergencies(call, case).into(),
		"Acceptances" => policies(call, caller).into(),
		_ => none(pallet),
	}
}

fn none(name: &str) -> ! {
	panic!("no example of {name}: write one, and who may send it into the table")
}

fn system(call: &str) -> frame_system::Call<Runtime> {
	use frame_system::Call::*;
	let key = b"nothing is stored here".to_vec();
	let code_hash = H256::repeat_byte(1);
	match call {
		"remark" => remark { remark: vec![1] },
		"remark_with_event" => remark_with_event { remark: vec![1] },
		"set_heap_pages" => set_heap_pages { pages: 64 },
		"set_code" => set_code { code: CODE.to_vec() },
		"set_code_without_checks" => set_code_without_checks { code: CODE.to_vec() },
		"set_storage" => set_storage { items: vec![(key, vec![1])] },
		"kill_storage" => kill_storage { keys: vec![key] },
		"kill_prefix" => kill_prefix { prefix: key, subkeys: 1 },
		"authorize_upgrade" => authorize_upgrade { code_hash },
		"authorize_upgrade_without_checks" => authorize_upgrade_without_checks { code_hash },
		"apply_authorized_upgrade" => apply_authorized_upgrade { code: CODE.to_vec() },
		_ => none(call),
	}
}

fn session(call: &str, caller: Caller) -> RuntimeCall {
	match call {
		// With a proof of the caller's own.
		"set_keys" => set_keys(caller.seed().unwrap_or("//Fresh"), "//Rotated"),
		"purge_keys" => RuntimeCall::Session(pallet_session::Call::purge_keys {}),
		_ => none(call),
	}
}

fn grandpa(call: &str) -> pallet_grandpa::Call<Runtime> {
	use pallet_grandpa::Call::*;
	let report = equivocation("//Alpha", 1);
	match (call, report) {
		("report_equivocation_unsigned", report) => report,
		(
			"report_equivocation",
			report_equivocation_unsigned { equivocation_proof, key_owner_proof },
		) => report_equivocation { equivocation_proof, key_owner_proof },
		("note_stalled", _) => note_stalled { delay: 10, best_finalized_block_number: 1 },
		_ => none(call),
	}
}

fn council(call: &str) -> pallet_collective::Call<Runtime, configs::governance::CouncilInstance> {
	use pallet_collective::Call::*;
	let hash = |motion: RuntimeCall| BlakeTwo256::hash_of(&motion);
	let length_bound = nothing().encoded_size() as u32;
	let proposal = Box::new(nothing());
	match call {
		"set_members" => set_members { new_members: vec![fresh()], prime: None, old_count: 3 },
		"execute" => execute { proposal, length_bound },
		"propose" => {
			let proposal = RuntimeCall::SafeMode(pallet_safe_mode::Call::force_enter {});
			propose {
				threshold: 2,
				length_bound: proposal.encoded_size() as u32,
				proposal: Box::new(proposal),
			}
		}
		"vote" => vote {
			proposal: hash(open_motion()),
			index: motion_index(hash(open_motion())),
			approve: true,
		},
		"disapprove_proposal" => disapprove_proposal { proposal_hash: hash(open_motion()) },
		"close" => close {
			proposal_hash: hash(decided_motion()),
			index: motion_index(hash(decided_motion())),
			proposal_weight_bound: decided_motion().get_dispatch_info().call_weight,
			length_bound: 100,
		},
		"kill" => kill { proposal_hash: hash(open_motion()) },
		"release_proposal_cost" => release_proposal_cost { proposal_hash: H256::repeat_byte(1) },
		_ => none(call),
	}
}

fn scheduler(call: &str) -> pallet_scheduler::Call<Runtime> {
	use pallet_scheduler::Call::*;
	let (maybe_periodic, priority) = (None, 0);
	let (id, period, retries) = (TASK, 10, 1);
	let call_to_be = Box::new(nothing());
	match call {
		"schedule" => schedule { when: 1_000_000, maybe_periodic, priority, call: call_to_be },
		"schedule_named" => {
			schedule_named { id, when: 1_000_000, maybe_periodic, priority, call: call_to_be }
		}
		"schedule_after" => {
			schedule_after { after: 1_000, maybe_periodic, priority, call: call_to_be }
		}
		"schedule_named_after" => {
			schedule_named_after { id, after: 1_000, maybe_periodic, priority, call: call_to_be }
		}
		"cancel" => {
			let (when, index) = waiting();
			cancel { when, index }
		}
		"cancel_named" => cancel_named { id },
		"set_retry" => set_retry { task: waiting(), retries, period },
		"set_retry_named" => set_retry_named { id, retries, period },
		"cancel_retry" => cancel_retry { task: waiting() },
		"cancel_retry_named" => cancel_retry_named { id },
		_ => none(call),
	}
}

fn preimage(call: &str) -> pallet_preimage::Call<Runtime> {
	use pallet_preimage::Call::*;
	let hash = BlakeTwo256::hash(PREIMAGE);
	match call {
		"note_preimage" => note_preimage { bytes: PREIMAGE.to_vec() },
		"unnote_preimage" => unnote_preimage { hash },
		"request_preimage" => request_preimage { hash },
		"unrequest_preimage" => unrequest_preimage { hash },
		"ensure_updated" => ensure_updated { hashes: vec![hash] },
		_ => none(call),
	}
}

fn utility(call: &str) -> pallet_utility::Call<Runtime> {
	use pallet_utility::Call::*;
	let inner = Box::new(nothing());
	match call {
		"batch" => batch { calls: vec![] },
		"batch_all" => batch_all { calls: vec![] },
		"force_batch" => force_batch { calls: vec![] },
		"as_derivative" => as_derivative { index: 0, call: inner },
		"dispatch_as" => dispatch_as { as_origin: as_root(), call: inner },
		"dispatch_as_fallible" => dispatch_as_fallible { as_origin: as_root(), call: inner },
		"with_weight" => with_weight { call: inner, weight: Weight::from_parts(1, 1) },
		"if_else" => if_else { main: inner.clone(), fallback: inner },
		_ => none(call),
	}
}

fn safe_mode(call: &str) -> pallet_safe_mode::Call<Runtime> {
	use pallet_safe_mode::Call::*;
	let (account, block) = (fresh(), 1);
	match call {
		"enter" => enter {},
		"force_enter" => force_enter {},
		"extend" => extend {},
		"force_extend" => force_extend {},
		"force_exit" => force_exit {},
		"force_slash_deposit" => force_slash_deposit { account, block },
		"release_deposit" => release_deposit { account, block },
		"force_release_deposit" => force_release_deposit { account, block },
		_ => none(call),
	}
}

fn tx_pause(call: &str) -> pallet_tx_pause::Call<Runtime> {
	use pallet_tx_pause::Call::*;
	match call {
		"pause" => pause { full_name: pausable() },
		"unpause" => unpause { ident: pausable() },
		_ => none(call),
	}
}

fn consortium(call: &str, caller: Caller) -> RuntimeCall {
	use pallet_consortium::{Call::*, Capacity, OrganisationKind};
	let (active, suspended) = (2, 3);
	let organisation = if OTHERS.contains(&caller) { 1 } else { 0 };
	let consent = |capacity| consent_of("//Fresh", organisation, capacity);
	let call = match call {
		"admit" => admit {
			name: b"Epsilon Laboratory".to_vec().try_into().unwrap(),
			kind: OrganisationKind::Laboratory,
			controller: fresh(),
		},
		"suspend" => suspend { organisation: active },
		"reinstate" => reinstate { organisation: suspended },
		"remove" => remove { organisation: active },
		"add_agent" => add_agent { agent: fresh(), consent: consent(Capacity::Agent) },
		"remove_agent" => remove_agent { agent: Caller::Agent.account() },
		"propose_endpoint" => {
			propose_endpoint { url: b"https://elsewhere.example:443".to_vec().try_into().unwrap() }
		}
		"approve_endpoint" => approve_endpoint { organisation: 0, url: endpoint() },
		"set_base_policy" => return base_policy(),
		"credential" => credential {
			practitioner: fresh(),
			roles: set([assent_policy::Role::Nurse]),
			groups: Default::default(),
			from: 0,
			until: now() + 1_000_000,
			consent: Some(consent(Capacity::Practitioner)),
		},
		"revoke" => revoke { practitioner: Caller::Clinician.account() },
		"enact" => {
			enact { call: Box::new(RuntimeCall::Consortium(suspend { organisation: active })) }
		}
		"transfer_control" => transfer_control { controller: fresh() },
		"replace_controller" => replace_controller { organisation: 0, controller: fresh() },
		"resign" => resign {},
		_ => none(call),
	};
	RuntimeCall::Consortium(call)
}

fn validators(call: &str) -> pallet_validators::Call<Runtime> {
	use pallet_validators::Call::*;
	let validator = account(OFFENDER);
	match call {
		"add" => add { organisation: 2, validator: fresh() },
		"remove" => remove { validator },
		"reinstate" => reinstate { validator },
		_ => none(call),
	}
}

fn patients(call: &str, case: &str, caller: Caller) -> RuntimeCall {
	use pallet_patients::Call::*;
	let patient = caller.subject();
	let condition = Condition::Incapable;
	let call = match (call, case) {
		("enrol", _) => {
			let organisation = if OTHERS.contains(&caller) { 1 } else { 0 };
			return enrol(organisation, PatientId([99; 16]), "//Fresh");
		}
		("leave", _) => leave {},
		("propose_guardian", _) => {
			propose_guardian { patient: IN_USE, guardian: fresh(), until: None }
		}
		("confirm_guardian", _) => {
			confirm_guardian { patient: IN_USE, guardian: Caller::Proposed.account() }
		}
		("end_guardian", "a proposal") => {
			end_guardian { patient: IN_USE, guardian: Caller::Proposed.account() }
		}
		("end_guardian", _) => end_guardian { patient, guardian: acting_for(patient, "guardian") },
		("name_delegate", _) => name_delegate {
			patient,
			delegate: fresh(),
			deeds: set([Deed::Withdraw]),
			until: now() + 1_000_000,
		},
		("end_delegate", _) => end_delegate { patient, delegate: acting_for(patient, "delegate") },
		("propose_recovery", _) => return propose_recovery(patient, "//Fresh"),
		("support_recovery", "proposed by a guardian") => {
			support_recovery { patient: OTHER, controller: account(OTHER_NEW_KEY) }
		}
		("support_recovery", _) => {
			support_recovery { patient: IN_USE, controller: account(NEW_KEY) }
		}
		("veto_recovery", "under way") => veto_recovery { patient: RECOVERED },
		("veto_recovery", _) => veto_recovery { patient: IN_USE },
		("finish_recovery", _) => finish_recovery { patient: RECOVERED },
		("report_condition", _) => report_condition { patient: IN_USE, condition },
		("confirm_condition", _) => confirm_condition { patient: IN_USE, condition },
		("mark_private", _) => mark_private {
			patient,
			classes: set([Class::Genetics]),
			sensitivities: Default::default(),
		},
		_ => none(call),
	};
	RuntimeCall::Patients(call)
}

fn records(call: &str, caller: Caller) -> pallet_records::Call<Runtime> {
	use pallet_records::Call::*;
	let record = record_of(IN_USE);
	let new = document(200);
	match call {
		"register" => register {
			record: RecordId([99; 16]),
			patient: IN_USE,
			labels: labels(Class::Imaging),
			document: new,
		},
		"correct" => correct { record, document: new },
		"rotate" => rotate { record, document: new },
		"relabel" => relabel { record, labels: labels(Class::Genetics) },
		"dispute" => dispute { record: record_of(caller.subject()) },
		"settle_dispute" => settle_dispute { record: disputed_of(caller.subject()) },
		"erase" => erase { record },
		"set_encryption_key" => set_encryption_key { key: [9; 32] },
		"attest" => attestation(record),
		"set_recheck_period" => set_recheck_period { blocks: 30 },
		_ => none(call),
	}
}

fn consent(call: &str, caller: Caller) -> pallet_consent::Call<Runtime> {
	use pallet_consent::Call::*;
	let patient = caller.subject();
	let (actors, purposes) = (only(&fresh()), set([Purpose::Treatment]));
	let (classes, until) = (Default::default(), None);
	let directive = Box::new(permission());
	match call {
		"grant" => grant { patient, actors, purposes, classes, until },
		"make_directive" => make_directive { patient, directive, policy: None },
		"withdraw" => withdraw { patient, directive: IN_FORCE },
		"replace" => replace { patient, directive_id: IN_FORCE, directive, policy: None },
		"request" => request {
			patient: IN_USE,
			actors: caller.seed().map_or(actors, |seed| only(&account(seed))),
			purposes,
			classes,
			until,
			policy: None,
		},
		"approve_request" => approve_request { patient, request: 0 },
		"refuse_request" => refuse_request { patient, request: 0 },
		"access" => access {
			patient,
			record: record_of(patient),
			purpose: Purpose::Treatment,
			action: Action::Access,
		},
		"retire_expired" => retire_expired { patient: IN_USE },
		_ => none(call),
	}
}

fn emergencies(call: &str, case: &str) -> pallet_emergencies::Call<Runtime> {
	use pallet_emergencies::Call::*;
	match call {
		"declare" => declare {
			patient: if case.is_empty() { IN_USE } else { DECEASED },
			reason: EmergencyReason::LifeThreatening,
			minutes: 10,
		},
		"end" => end { emergency: ACTIVE },
		"justify" => justify {
			emergency: OWED,
			justification: Justification::Treated,
			commitment: H256::repeat_byte(1),
		},
		"draw" => draw { emergency: TO_BE_DRAWN },
		"review" => review { emergency: UNDER_REVIEW, finding: ReviewFinding::Justified },
		"pass_on" => pass_on { emergency: OVERDUE },
		"suspend_unjustified" => suspend_unjustified { emergency: LATE },
		"reinstate" => reinstate { practitioner: Caller::Barred.account() },
		"set_organisation_cap" => set_organisation_cap { emergencies: 10 },
		_ => none(call),
	}
}

fn policies(call: &str, caller: Caller) -> pallet_acceptances::Call<Runtime> {
	use pallet_acceptances::Call::*;
	let (patient, version) = (caller.subject(), 2);
	match call {
		"accept" => accept { patient, version },
		"refuse" => refuse { patient, version },
		"open_campaign" => open_campaign { from: None, until: now() + 1_000_000 },
		"ask" => ask { patients: set([OTHER]) },
		"end_campaign" => end_campaign {},
		_ => none(call),
	}
}
