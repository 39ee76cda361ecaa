//! Which calls are never accepted, which nothing may stop, and which the council may enact.

use crate::{Runtime, RuntimeCall, SafeMode, TxPause};
use frame_support::traits::{Contains, GetCallMetadata};
use pallet_tx_pause::RuntimeCallNameOf;

/// How deep wrapped calls are looked into; what is wrapped deeper is refused.
pub const MAX_NESTING: u32 = 4;

/// Calls that safe mode and pausing let through, by pallet and name: what keeps the chain
/// alive, what lets patients end consent and clinicians treat, and what ends the halt.
/// An empty name stands for the whole pallet.
pub(crate) const UNSTOPPABLE: &[(&str, &str)] = &[
	("Timestamp", ""),
	("Grandpa", ""),
	("Session", ""),
	("Council", ""),
	("SafeMode", ""),
	("TxPause", ""),
	("Scheduler", ""),
	// Wrapped calls pass this filter again, one by one.
	("Utility", ""),
	("Consortium", "enact"),
	("System", "apply_authorized_upgrade"),
	("Records", "attest"),
	// Time runs on while the chain is halted, and with it a recovery's week.
	("Patients", "veto_recovery"),
	("Patients", "end_guardian"),
	("Patients", "end_delegate"),
	("Consent", "withdraw"),
	("Consent", "refuse_request"),
	("Consent", "access"),
	("Emergencies", "declare"),
	("Emergencies", "end"),
	// Their deadlines run on while the chain is halted for others.
	("Emergencies", "justify"),
	("Emergencies", "review"),
];

/// The one list of what nothing may stop: serves safe mode, pausing and their tests.
pub struct AlwaysAllowed;

impl AlwaysAllowed {
	fn lists(pallet: &str, call: &str) -> bool {
		UNSTOPPABLE
			.iter()
			.any(|(listed, name)| *listed == pallet && (name.is_empty() || *name == call))
	}
}

impl Contains<RuntimeCall> for AlwaysAllowed {
	fn contains(call: &RuntimeCall) -> bool {
		let metadata = call.get_call_metadata();
		Self::lists(metadata.pallet_name, metadata.function_name)
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for AlwaysAllowed {
	fn contains(name: &RuntimeCallNameOf<Runtime>) -> bool {
		match (core::str::from_utf8(&name.0), core::str::from_utf8(&name.1)) {
			(Ok(pallet), Ok(call)) => Self::lists(pallet, call),
			_ => false,
		}
	}
}

/// Calls that no signed account may send: those that would put free text or unbounded bytes
/// on chain (names and diagnoses are kept off it by having no place for them),
/// `session.purge_keys`, by which a validator would leave the set at will, and scheduling by
/// hand: the council enacts, and calls off.
pub struct Refused;

impl Refused {
	fn refuses(call: &RuntimeCall, depth: u32) -> bool {
		use frame_system::Call as SystemCall;
		use pallet_utility::Call as UtilityCall;
		let inner = |call: &RuntimeCall| depth == 0 || Self::refuses(call, depth.saturating_sub(1));
		match call {
			RuntimeCall::System(
				SystemCall::remark { .. } | SystemCall::remark_with_event { .. },
			) => true,
			RuntimeCall::Preimage(_) => true,
			RuntimeCall::Scheduler(call) => !matches!(call, pallet_scheduler::Call::cancel { .. }),
			RuntimeCall::Session(pallet_session::Call::purge_keys { .. }) => true,
			RuntimeCall::Utility(
				UtilityCall::batch { calls }
				| UtilityCall::batch_all { calls }
				| UtilityCall::force_batch { calls },
			) => calls.iter().any(inner),
			RuntimeCall::Utility(
				UtilityCall::as_derivative { call, .. }
				| UtilityCall::dispatch_as { call, .. }
				| UtilityCall::dispatch_as_fallible { call, .. }
				| UtilityCall::with_weight { call, .. },
			) => inner(call),
			RuntimeCall::Utility(UtilityCall::if_else { main, fallback }) => {
				inner(main) || inner(fallback)
			}
			RuntimeCall::Council(
				pallet_collective::Call::propose { proposal, .. }
				| pallet_collective::Call::execute { proposal, .. },
			) => inner(proposal),
			_ => false,
		}
	}
}

impl Contains<RuntimeCall> for Refused {
	fn contains(call: &RuntimeCall) -> bool {
		Self::refuses(call, MAX_NESTING)
	}
}

/// What an account's call must pass, wrapped or not.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		!Refused::contains(call) && SafeMode::contains(call) && TxPause::contains(call)
	}
}

/// What two thirds of the council may have dispatched as root: membership, parameters,
/// upgrades and the repair of stalled finality. Everything else, `set_storage`, `kill_*` and
/// `set_code*` first of all, is not listed and so can't be enacted.
pub struct Enactable;

impl Contains<RuntimeCall> for Enactable {
	fn contains(call: &RuntimeCall) -> bool {
		use pallet_consortium::Call as ConsortiumCall;
		use pallet_emergencies::Call as EmergenciesCall;
		use pallet_grandpa::Call as GrandpaCall;
		use pallet_safe_mode::Call as SafeModeCall;
		use pallet_validators::Call as ValidatorsCall;
		matches!(
			call,
			RuntimeCall::System(frame_system::Call::authorize_upgrade { .. })
				| RuntimeCall::Grandpa(GrandpaCall::note_stalled { .. })
				| RuntimeCall::Consortium(
					ConsortiumCall::admit { .. }
						| ConsortiumCall::suspend { .. }
						| ConsortiumCall::reinstate { .. }
						| ConsortiumCall::remove { .. }
						| ConsortiumCall::approve_endpoint { .. }
						| ConsortiumCall::replace_controller { .. }
				) | RuntimeCall::Validators(
				ValidatorsCall::add { .. }
					| ValidatorsCall::remove { .. }
					| ValidatorsCall::reinstate { .. }
			) | RuntimeCall::Records(pallet_records::Call::set_recheck_period { .. })
				| RuntimeCall::Emergencies(
					EmergenciesCall::reinstate { .. }
						| EmergenciesCall::set_organisation_cap { .. }
				) | RuntimeCall::SafeMode(
				SafeModeCall::force_enter { .. }
					| SafeModeCall::force_extend { .. }
					| SafeModeCall::force_exit { .. }
			) | RuntimeCall::TxPause(_)
		)
	}
}
