//! Everything that the runtime knows of its calls, call by call, in one table: [`CALLS`]. A test
//! compares the table with the runtime, so a new call must be entered here first.
//!
//! The filters, the pool's order and the council's list below read the table. The code below adds
//! only the ways in which one call wraps another call.

use crate::{Consent, Consortium, Runtime, RuntimeCall, SafeMode, TxPause};
use alloc::vec::Vec;
use assent_policy::{DirectiveId, Effect, PatientId};
use codec::Encode;
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

/// A role in which an account sends calls. The pool asks only for the role. Whether the account may
/// do the deed is the rule of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
	/// The controller, a guardian or a delegate of the patient id that the call is about.
	Person,
	/// A practitioner with a valid credential.
	Practitioner,
	/// A controller or agent of an active organisation.
	Agent,
	/// The controller of an active organisation, which has a seat in the council.
	Seat,
	/// A validator's account.
	Validator,
}

const PERSON: &[Sender] = &[Sender::Person];
const PRACTITIONER: &[Sender] = &[Sender::Practitioner];
const READER: &[Sender] = &[Sender::Person, Sender::Practitioner];
const AGENT: &[Sender] = &[Sender::Agent];
const PERSON_OR_AGENT: &[Sender] = &[Sender::Person, Sender::Agent];
const SEAT: &[Sender] = &[Sender::Seat];
const VALIDATOR: &[Sender] = &[Sender::Validator];
const ANYONE: &[Sender] = &[Sender::Person, Sender::Practitioner, Sender::Agent, Sender::Validator];

/// The entry of one call in [`CALLS`].
#[derive(Clone, Copy, Debug)]
pub struct Known {
	/// The call's name in its pallet.
	pub name: &'static str,
	/// The roles in which an account may send the call, signed. The first role that the account has
	/// decides who pays. Without a role, no account can send the call.
	pub by: &'static [Sender],
	/// The council may decide on the call by a motion, with its own origin.
	pub motion: bool,
	/// No origin but root may dispatch the call, wrapped or not.
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

/// A call without a mark: no account sends the call, a halt stops the call, and the call is not
/// urgent.
const fn call(name: &'static str) -> Known {
	Known {
		name,
		by: &[],
		motion: false,
		refused: false,
		unstoppable: false,
		enactable: false,
		withdraws: false,
		urgency: Urgency::Normal,
	}
}

impl Known {
	const fn by(mut self, by: &'static [Sender]) -> Self {
		self.by = by;
		self
	}

	const fn motion(mut self) -> Self {
		self.motion = true;
		self
	}

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
/// - *By* is an allow-list. The pool takes a signed call only from an account with one of the roles.
///   A call that its sender could never carry out, and bytes that nobody reads, would stand in a
///   block for good: names and diagnoses must have no place on chain.
/// - *Motions* are the calls that the council decides on by itself. Everything else goes through
///   `consortium.enact`.
/// - *Refused* are the calls that the council's origin must not dispatch either.
///   `session.purge_keys` is refused, because a validator would leave the set at will. Scheduling
///   by hand is refused, because the council enacts, and calls off.
/// - *Unstoppable* are the calls that keep the chain alive, the calls that only take something away,
///   and the calls by which clinicians treat. A stolen key is the likeliest cause of a halt: the
///   hospital must be able to revoke, and the patient to refuse. The calls that end the halt are
///   unstoppable too. Time runs on during a halt, and with time a recovery's week and the deadlines
///   of an emergency. Wrapped calls pass the filter again, one by one.
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
			call("add_agent").by(SEAT).urgent(Urgency::Governance),
			call("remove_agent").by(SEAT).unstoppable().urgent(Urgency::Governance),
			call("propose_endpoint").by(SEAT).urgent(Urgency::Governance),
			call("approve_endpoint").enactable().urgent(Urgency::Governance),
			call("set_base_policy").by(SEAT).urgent(Urgency::Governance),
			call("credential").by(AGENT).urgent(Urgency::Governance),
			call("revoke").by(AGENT).unstoppable().urgent(Urgency::Governance),
			call("enact").motion().unstoppable().urgent(Urgency::Governance),
			call("transfer_control").by(SEAT).urgent(Urgency::Governance),
			call("replace_controller").enactable().urgent(Urgency::Governance),
			call("resign").by(ANYONE).unstoppable().withdraws(),
		],
	),
	(
		"Validators",
		&[call("add").enactable(), call("remove").enactable(), call("reinstate").enactable()],
	),
	(
		"Session",
		&[
			call("set_keys").by(VALIDATOR).unstoppable().urgent(Urgency::Governance),
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
			call("propose").by(SEAT).unstoppable().urgent(Urgency::Governance),
			call("vote").by(SEAT).unstoppable().urgent(Urgency::Governance),
			call("disapprove_proposal").unstoppable().urgent(Urgency::Governance),
			call("close").by(SEAT).unstoppable().urgent(Urgency::Governance),
			call("kill").unstoppable().urgent(Urgency::Governance),
			call("release_proposal_cost").unstoppable().urgent(Urgency::Governance),
		],
	),
	(
		"Scheduler",
		&[
			call("schedule").refused().unstoppable(),
			call("cancel").motion().unstoppable(),
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
			call("batch").by(ANYONE).unstoppable(),
			call("as_derivative").unstoppable(),
			call("batch_all").by(ANYONE).unstoppable(),
			call("dispatch_as").unstoppable(),
			call("force_batch").by(ANYONE).unstoppable(),
			call("with_weight").unstoppable(),
			call("if_else").by(ANYONE).unstoppable(),
			call("dispatch_as_fallible").unstoppable(),
		],
	),
	(
		"SafeMode",
		&[
			call("enter").unstoppable().urgent(Urgency::Governance),
			call("force_enter").motion().unstoppable().enactable().urgent(Urgency::Governance),
			call("extend").unstoppable().urgent(Urgency::Governance),
			call("force_extend").motion().unstoppable().enactable().urgent(Urgency::Governance),
			call("force_exit").motion().unstoppable().enactable().urgent(Urgency::Governance),
			call("force_slash_deposit").unstoppable().urgent(Urgency::Governance),
			call("release_deposit").unstoppable().urgent(Urgency::Governance),
			call("force_release_deposit").unstoppable().urgent(Urgency::Governance),
		],
	),
	(
		"TxPause",
		&[
			call("pause").motion().unstoppable().enactable().urgent(Urgency::Governance),
			call("unpause").motion().unstoppable().enactable().urgent(Urgency::Governance),
		],
	),
	(
		"Patients",
		&[
			call("enrol").by(AGENT),
			call("leave").by(PERSON),
			call("propose_guardian").by(AGENT),
			call("confirm_guardian").by(AGENT),
			call("end_guardian").by(PERSON).unstoppable(),
			call("name_delegate").by(PERSON),
			call("end_delegate").by(PERSON).unstoppable(),
			call("propose_recovery").by(PERSON_OR_AGENT),
			call("support_recovery").by(PERSON_OR_AGENT),
			call("veto_recovery").by(PERSON_OR_AGENT).unstoppable(),
			call("finish_recovery").by(ANYONE),
			call("report_condition").by(AGENT),
			call("confirm_condition").by(AGENT),
			call("mark_private").by(PERSON_OR_AGENT),
		],
	),
	(
		"Records",
		&[
			call("register").by(AGENT),
			call("correct").by(AGENT),
			call("rotate").by(AGENT).unstoppable(),
			call("relabel").by(AGENT),
			call("dispute").by(PERSON).unstoppable(),
			call("settle_dispute").by(PERSON_OR_AGENT),
			call("erase").by(AGENT).unstoppable(),
			call("set_encryption_key").by(ANYONE),
			call("attest").unstoppable(),
			call("set_recheck_period").enactable(),
		],
	),
	(
		"Consent",
		&[
			call("grant").by(PERSON),
			call("make_directive").by(PERSON),
			call("withdraw").by(PERSON).unstoppable().withdraws(),
			call("replace").by(PERSON),
			call("request").by(PRACTITIONER),
			call("approve_request").by(PERSON),
			call("refuse_request").by(PERSON).unstoppable(),
			call("access").by(READER).unstoppable().urgent(Urgency::Access),
			call("retire_expired").by(ANYONE).unstoppable(),
		],
	),
	(
		"Emergencies",
		&[
			call("declare").by(PRACTITIONER).unstoppable().urgent(Urgency::Emergency),
			call("end").by(PRACTITIONER).unstoppable().urgent(Urgency::Emergency),
			call("justify").by(PRACTITIONER).unstoppable(),
			call("draw").by(ANYONE).unstoppable(),
			call("review").by(AGENT).unstoppable(),
			call("pass_on").by(ANYONE).unstoppable(),
			call("suspend_unjustified").by(ANYONE).unstoppable(),
			call("reinstate").enactable(),
			call("set_organisation_cap").enactable(),
		],
	),
	(
		"Acceptances",
		&[
			call("accept").by(PERSON),
			call("refuse").by(PERSON).unstoppable(),
			call("open_campaign").by(AGENT),
			call("ask").by(AGENT),
			call("end_campaign").by(AGENT).unstoppable(),
		],
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

/// Whether the name is the name of a call of the runtime.
pub fn is_name(name: &RuntimeCallNameOf<Runtime>) -> bool {
	match (core::str::from_utf8(&name.0), core::str::from_utf8(&name.1)) {
		(Ok(pallet), Ok(call)) => entry(pallet, call).is_some(),
		_ => false,
	}
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

/// The calls that no origin but root may dispatch, wrapped or not. A call that the table lacks is
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

/// Whether the call only takes something away, by its arguments: a directive that denies, without
/// exceptions. A denial must go on in a halt, and a permit must not. The two are one call.
fn denies(call: &RuntimeCall) -> bool {
	matches!(
		call,
		RuntimeCall::Consent(pallet_consent::Call::make_directive { directive, .. })
			if directive.base.effect == Effect::Deny && directive.exceptions.is_empty()
	)
}

/// The filter that every call of an account passes, wrapped or not.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		let halted = || !SafeMode::contains(call) || !TxPause::contains(call);
		!Refused::contains(call) && (denies(call) || !halted())
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

	fn tag(who: &AccountId32, object: &Withdrawn) -> Vec<u8> {
		match object {
			Withdrawn::Directive(patient, directive) => (patient, directive).encode(),
			Withdrawn::Engagement => who.encode(),
		}
	}

	fn worst_weight() -> Weight {
		// Each call makes the same checks and does more.
		<Runtime as pallet_consent::Config>::WeightInfo::withdraw()
			.max(<Runtime as pallet_consortium::Config>::WeightInfo::resign())
	}
}

/// The pool's order. A call is urgent only from a payer for whom the call is meant. Emergencies and
/// accesses are meant for practitioners: an access of a patient has time. Governance is meant for
/// organisations and validators.
pub struct Urgencies;

impl pallet_allowance::PriorityOf<RuntimeCall> for Urgencies {
	fn urgency(call: &RuntimeCall, payer: Payer) -> Urgency {
		let urgency = known(call).map_or(Urgency::Normal, |known| known.urgency);
		match (urgency, payer) {
			(Urgency::Access | Urgency::Emergency, Payer::Practitioner(_))
			| (Urgency::Governance, Payer::Agent(_) | Payer::Validator) => urgency,
			_ => Urgency::Normal,
		}
	}
}
