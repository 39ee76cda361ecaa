//! Everything that the runtime knows of its calls, call by call, in one table: [`CALLS`]. A test
//! compares the table with the runtime, so a new call must be entered here first.
//!
//! The filters, the pool's order and the council's list below read the table. The code below adds
//! only the ways in which one call wraps another call.

use crate::{Consent, Consortium, Runtime, RuntimeCall, SafeMode, TxPause};
use assent_policy::{DirectiveId, PatientId};
use frame_support::{
	traits::{Contains, GetCallMetadata},
	weights::Weight,
};
use pallet_allowance::{Payer, Urgency};
use pallet_consent::WeightInfo as _;
use pallet_consortium::WeightInfo as _;
use pallet_tx_pause::RuntimeCallNameOf;
use sp_runtime::AccountId32;

/// How deep the filters look into wrapped calls. A call that is wrapped deeper is refused.
pub const MAX_NESTING: u32 = 4;

/// The entry of one call in [`CALLS`].
#[derive(Clone, Copy, Debug)]
pub struct Known {
	/// The call's name in its pallet.
	pub name: &'static str,
	/// No signed account may send the call, wrapped or not.
	pub refused: bool,
	/// Safe mode and pausing let the call pass.
	pub unstoppable: bool,
	/// Two thirds of the council may have the call dispatched as root.
	pub enactable: bool,
	/// The call withdraws a directive, or what binds the account to an organisation.
	pub withdraws: bool,
	/// The call's place in the pool's order, if the call is meant for the payer (see
	/// [`Urgencies`]).
	pub urgency: Urgency,
}

/// A call without a mark: signed accounts may send the call, a halt stops the call, and the call is
/// not urgent.
const fn call(name: &'static str) -> Known {
	Known {
		name,
		refused: false,
		unstoppable: false,
		enactable: false,
		withdraws: false,
		urgency: Urgency::Normal,
	}
}

impl Known {
	const fn refused(mut self) -> Self {
		self.refused = true;
		self
	}

	const fn unstoppable(mut self) -> Self {
		self.unstoppable = true;
		self
	}

	const fn enactable(mut self) -> Self {
		self.enactable = true;
		self
	}

	const fn withdraws(mut self) -> Self {
		self.withdraws = true;
		self
	}

	const fn urgent(mut self, urgency: Urgency) -> Self {
		self.urgency = urgency;
		self
	}
}

/// Every call of the runtime, by pallet, in the order of `lib.rs`.
///
/// - *Refused* are the calls that would put free text or unbounded bytes on chain: names and
///   diagnoses must have no place on chain. `session.purge_keys` is refused, because a validator
///   would leave the set at will. Scheduling by hand is refused, because the council enacts, and
///   calls off.
/// - *Unstoppable* are the calls that keep the chain alive, and the calls by which patients end
///   consent, accounts resign and clinicians treat. The calls that end the halt are unstoppable too. Time runs on
///   during a halt, and with time a recovery's week and the deadlines of an emergency. Wrapped
///   calls pass the filter again, one by one.
/// - *Enactable* are membership, parameters, upgrades and the repair of stalled finality.
///   `set_storage`, `kill_*` and `set_code*` are not in the list, so nobody can enact these calls.
pub const CALLS: &[(&str, &[Known])] = &[
	(
		"System",
		&[
			call("remark").refused(),
			call("set_heap_pages"),
			call("set_code"),
			call("set_code_without_checks"),
			call("set_storage"),
			call("kill_storage"),
			call("kill_prefix"),
			call("remark_with_event").refused(),
			call("authorize_upgrade").enactable(),
			call("authorize_upgrade_without_checks"),
			call("apply_authorized_upgrade").unstoppable(),
		],
	),
	("Timestamp", &[call("set").unstoppable()]),
	(
		"Consortium",
		&[
			call("admit").enactable().urgent(Urgency::Governance),
			call("suspend").enactable().urgent(Urgency::Governance),
			call("reinstate").enactable().urgent(Urgency::Governance),
			call("remove").enactable().urgent(Urgency::Governance),
			call("add_agent").urgent(Urgency::Governance),
			call("remove_agent").urgent(Urgency::Governance),
			call("propose_endpoint").urgent(Urgency::Governance),
			call("approve_endpoint").enactable().urgent(Urgency::Governance),
			call("set_base_policy").urgent(Urgency::Governance),
			call("credential").urgent(Urgency::Governance),
			call("revoke").urgent(Urgency::Governance),
			call("enact").unstoppable().urgent(Urgency::Governance),
			call("transfer_control").urgent(Urgency::Governance),
			call("replace_controller").enactable().urgent(Urgency::Governance),
			call("resign").unstoppable().withdraws(),
		],
	),
	(
		"Validators",
		&[call("add").enactable(), call("remove").enactable(), call("reinstate").enactable()],
	),
	(
		"Session",
		&[
			call("set_keys").unstoppable().urgent(Urgency::Governance),
			call("purge_keys").refused().unstoppable().urgent(Urgency::Governance),
		],
	),
	(
		"Grandpa",
		&[
			call("report_equivocation").unstoppable(),
			call("report_equivocation_unsigned").unstoppable(),
			call("note_stalled").unstoppable().enactable(),
		],
	),
	(
		"Council",
		&[
			call("set_members").unstoppable().urgent(Urgency::Governance),
			call("execute").unstoppable().urgent(Urgency::Governance),
			call("propose").unstoppable().urgent(Urgency::Governance),
			call("vote").unstoppable().urgent(Urgency::Governance),
			call("disapprove_proposal").unstoppable().urgent(Urgency::Governance),
			call("close").unstoppable().urgent(Urgency::Governance),
			call("kill").unstoppable().urgent(Urgency::Governance),
			call("release_proposal_cost").unstoppable().urgent(Urgency::Governance),
		],
	),
	(
		"Scheduler",
		&[
			call("schedule").refused().unstoppable(),
			call("cancel").unstoppable(),
			call("schedule_named").refused().unstoppable(),
			call("cancel_named").refused().unstoppable(),
			call("schedule_after").refused().unstoppable(),
			call("schedule_named_after").refused().unstoppable(),
			call("set_retry").refused().unstoppable(),
			call("set_retry_named").refused().unstoppable(),
			call("cancel_retry").refused().unstoppable(),
			call("cancel_retry_named").refused().unstoppable(),
		],
	),
	(
		"Preimage",
		&[
			call("note_preimage").refused(),
			call("unnote_preimage").refused(),
			call("request_preimage").refused(),
			call("unrequest_preimage").refused(),
			call("ensure_updated").refused(),
		],
	),
	(
		"Utility",
		&[
			call("batch").unstoppable(),
			call("as_derivative").unstoppable(),
			call("batch_all").unstoppable(),
			call("dispatch_as").unstoppable(),
			call("force_batch").unstoppable(),
			call("with_weight").unstoppable(),
			call("if_else").unstoppable(),
			call("dispatch_as_fallible").unstoppable(),
		],
	),
	(
		"SafeMode",
		&[
			call("enter").unstoppable().urgent(Urgency::Governance),
			call("force_enter").unstoppable().enactable().urgent(Urgency::Governance),
			call("extend").unstoppable().urgent(Urgency::Governance),
			call("force_extend").unstoppable().enactable().urgent(Urgency::Governance),
			call("force_exit").unstoppable().enactable().urgent(Urgency::Governance),
			call("force_slash_deposit").unstoppable().urgent(Urgency::Governance),
			call("release_deposit").unstoppable().urgent(Urgency::Governance),
			call("force_release_deposit").unstoppable().urgent(Urgency::Governance),
		],
	),
	(
		"TxPause",
		&[
			call("pause").unstoppable().enactable().urgent(Urgency::Governance),
			call("unpause").unstoppable().enactable().urgent(Urgency::Governance),
		],
	),
	(
		"Patients",
		&[
			call("enrol"),
			call("leave"),
			call("propose_guardian"),
			call("confirm_guardian"),
			call("end_guardian").unstoppable(),
			call("name_delegate"),
			call("end_delegate").unstoppable(),
			call("propose_recovery"),
			call("support_recovery"),
			call("veto_recovery").unstoppable(),
			call("finish_recovery"),
			call("report_condition"),
			call("confirm_condition"),
			call("mark_private"),
		],
	),
	(
		"Records",
		&[
			call("register"),
			call("correct"),
			call("rotate"),
			call("relabel"),
			call("dispute"),
			call("settle_dispute"),
			call("erase"),
			call("set_encryption_key"),
			call("attest").unstoppable(),
			call("set_recheck_period").enactable(),
		],
	),
	(
		"Consent",
		&[
			call("grant"),
			call("make_directive"),
			call("withdraw").unstoppable().withdraws(),
			call("replace"),
			call("request"),
			call("approve_request"),
			call("refuse_request").unstoppable(),
			call("access").unstoppable().urgent(Urgency::Access),
			call("retire_expired"),
		],
	),
	(
		"Emergencies",
		&[
			call("declare").unstoppable().urgent(Urgency::Emergency),
			call("end").unstoppable().urgent(Urgency::Emergency),
			call("justify").unstoppable(),
			call("draw"),
			call("review").unstoppable(),
			call("pass_on"),
			call("suspend_unjustified"),
			call("reinstate").enactable(),
			call("set_organisation_cap").enactable(),
		],
	),
	(
		"Acceptances",
		&[call("accept"), call("refuse"), call("open_campaign"), call("ask"), call("end_campaign")],
	),
];

/// The entry of a call, by pallet and name. `None` if the table lacks the call.
fn entry(pallet: &str, name: &str) -> Option<&'static Known> {
	let (_, calls) = CALLS.iter().find(|(listed, _)| *listed == pallet)?;
	calls.iter().find(|known| known.name == name)
}

/// The entry of a call. The entries of wrapped calls are not included.
pub fn known(call: &RuntimeCall) -> Option<&'static Known> {
	let metadata = call.get_call_metadata();
	entry(metadata.pallet_name, metadata.function_name)
}

/// The calls that no halt may stop. Safe mode, pausing and the tests of both read this list.
pub struct AlwaysAllowed;

impl Contains<RuntimeCall> for AlwaysAllowed {
	fn contains(call: &RuntimeCall) -> bool {
		known(call).is_some_and(|known| known.unstoppable)
	}
}

impl Contains<RuntimeCallNameOf<Runtime>> for AlwaysAllowed {
	fn contains(name: &RuntimeCallNameOf<Runtime>) -> bool {
		match (core::str::from_utf8(&name.0), core::str::from_utf8(&name.1)) {
			(Ok(pallet), Ok(call)) => entry(pallet, call).is_some_and(|known| known.unstoppable),
			_ => false,
		}
	}
}

/// The calls that no signed account may send, wrapped or not. A call that the table lacks is
/// refused.
pub struct Refused;

impl Refused {
	fn refuses(call: &RuntimeCall, depth: u32) -> bool {
		use pallet_collective::Call as CouncilCall;
		use pallet_utility::Call as UtilityCall;
		let inner = |call: &RuntimeCall| depth == 0 || Self::refuses(call, depth.saturating_sub(1));
		if known(call).is_none_or(|known| known.refused) {
			return true;
		}
		match call {
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
				CouncilCall::propose { proposal, .. } | CouncilCall::execute { proposal, .. },
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

/// The filter that every call of an account passes, wrapped or not.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		!Refused::contains(call) && SafeMode::contains(call) && TxPause::contains(call)
	}
}

/// The calls that two thirds of the council may have dispatched as root.
pub struct Enactable;

impl Contains<RuntimeCall> for Enactable {
	fn contains(call: &RuntimeCall) -> bool {
		known(call).is_some_and(|known| known.enactable)
	}
}

/// The object that a withdrawal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
	/// A directive of a patient.
	Directive(PatientId, DirectiveId),
	/// What binds the account to an organisation. A resignation is free, as is a withdrawal: an
	/// organisation with an empty bucket, or a suspended one, would hold the account otherwise.
	Engagement,
}

/// Recognises the calls that withdraw.
pub struct Withdrawals;

impl pallet_allowance::Withdrawal<RuntimeCall> for Withdrawals {
	type Object = Withdrawn;

	fn of(call: &RuntimeCall) -> Option<Withdrawn> {
		if !known(call).is_some_and(|known| known.withdraws) {
			return None;
		}
		match call {
			RuntimeCall::Consent(pallet_consent::Call::withdraw { patient, directive }) => {
				Some(Withdrawn::Directive(*patient, *directive))
			}
			RuntimeCall::Consortium(pallet_consortium::Call::resign {}) => {
				Some(Withdrawn::Engagement)
			}
			_ => None,
		}
	}

	fn may(who: &AccountId32, object: &Withdrawn) -> bool {
		match *object {
			Withdrawn::Directive(patient, directive) => {
				Consent::can_withdraw(who.clone(), patient, directive)
			}
			Withdrawn::Engagement => Consortium::can_resign(who),
		}
	}

	fn worst_weight() -> Weight {
		// Each call makes the same checks and does more.
		<Runtime as pallet_consent::Config>::WeightInfo::withdraw()
			.max(<Runtime as pallet_consortium::Config>::WeightInfo::resign())
	}
}

/// The pool's order. A call is urgent only from a payer for whom the call is meant. Emergencies are
/// meant for practitioners. Governance is meant for organisations and validators.
pub struct Urgencies;

impl pallet_allowance::PriorityOf<RuntimeCall> for Urgencies {
	fn urgency(call: &RuntimeCall, payer: Payer) -> Urgency {
		let urgency = known(call).map_or(Urgency::Normal, |known| known.urgency);
		match (urgency, payer) {
			(Urgency::Access, _)
			| (Urgency::Emergency, Payer::Practitioner(_))
			| (Urgency::Governance, Payer::Agent(_) | Payer::Validator) => urgency,
			_ => Urgency::Normal,
		}
	}
}
