//! The callers that may send each call. The rows follow the docs of the calls (`Who`, `Fails`) and
//! the table of rights in `docs/model/persons.md`. The rows do not follow the code.

use super::{
	calls::{
		ask_elsewhere_too, enter_safe_mode, note_preimage, pause, schedule_named, stop_asking,
	},
	rules::{closed, enacted, origin, root, signed, Rule},
	*,
};
use pallet_acceptances::Error as Policy;
use pallet_consent::Error as Consents;
use pallet_consortium::Error as Consortiums;
use pallet_emergencies::Error as Emergency;
use pallet_patients::Error as Persons;
use pallet_records::Error as Register;

type R = Runtime;
type Motions = pallet_collective::Error<R, configs::governance::CouncilInstance>;

/// Every call of the runtime.
pub fn table() -> Vec<Rule> {
	[
		system(),
		consensus(),
		council(),
		halts(),
		wrappers(),
		consortium(),
		patients(),
		records(),
		consent(),
		emergencies(),
		policies(),
	]
	.into_iter()
	.flatten()
	.collect()
}

fn system() -> Vec<Rule> {
	let anybody = |call| origin("System", call).to(EVERYBODY);
	vec![
		closed("System", "remark"),
		closed("System", "remark_with_event").but(&[Root], DispatchError::BadOrigin),
		root("System", "set_heap_pages"),
		root("System", "set_code"),
		root("System", "set_code_without_checks"),
		root("System", "set_storage"),
		root("System", "kill_storage"),
		root("System", "kill_prefix"),
		enacted("System", "authorize_upgrade"),
		root("System", "authorize_upgrade_without_checks"),
		// The code that the council authorised, by hash.
		anybody("apply_authorized_upgrade"),
		origin("Timestamp", "set").to(&[Unsigned]),
		closed("Preimage", "note_preimage"),
		closed("Preimage", "unnote_preimage").after(note_preimage),
		closed("Preimage", "request_preimage"),
		closed("Preimage", "unrequest_preimage").after(note_preimage),
		closed("Preimage", "ensure_updated").but(&[Root], DispatchError::BadOrigin),
	]
}

fn consensus() -> Vec<Rule> {
	let no_validator = pallet_session::Error::<R>::NoAssociatedValidatorId;
	vec![
		signed("Session", "set_keys", no_validator)
			.to(&[Validator])
			// The new keys sign the owner's account, so the proof fails for every other account.
			.misused(pallet_session::Error::<R>::InvalidProof),
		// A validator would leave the set at will.
		closed("Session", "purge_keys").but(&[Root], DispatchError::BadOrigin),
		origin("Grandpa", "report_equivocation").to(&signing()),
		origin("Grandpa", "report_equivocation_unsigned").to(&[Unsigned]),
		enacted("Grandpa", "note_stalled"),
		enacted("Validators", "add"),
		enacted("Validators", "remove"),
		enacted("Validators", "reinstate"),
	]
}

fn council() -> Vec<Rule> {
	let seats = [Controller, OtherController];
	let of_seats = |call| signed("Council", call, Motions::NotMember).to(&seats);
	let called_off = |call| origin("Scheduler", call).to(&[Root, TwoThirds]);
	vec![
		// Seats follow membership.
		origin("Council", "set_members"),
		of_seats("execute"),
		of_seats("propose"),
		of_seats("vote"),
		origin("Council", "close").to(&signing()),
		root("Council", "disapprove_proposal"),
		root("Council", "kill"),
		root("Council", "release_proposal_cost").to(&signing()),
		called_off("cancel"),
		closed("Scheduler", "schedule"),
		closed("Scheduler", "schedule_named"),
		closed("Scheduler", "schedule_after"),
		closed("Scheduler", "schedule_named_after"),
		closed("Scheduler", "cancel_named").after(schedule_named),
		closed("Scheduler", "set_retry"),
		closed("Scheduler", "set_retry_named").after(schedule_named),
		closed("Scheduler", "cancel_retry"),
		closed("Scheduler", "cancel_retry_named").after(schedule_named),
	]
}

fn halts() -> Vec<Rule> {
	use pallet_safe_mode::Error as Halt;
	let decided = |pallet, call| enacted(pallet, call).to(&[TwoThirds]);
	// No token exists, so no deposit is possible.
	let bought = |call| signed("SafeMode", call, Halt::<R>::NotConfigured);
	let deposit = |call| root("SafeMode", call).but(&[Root], Halt::<R>::NoDeposit);
	vec![
		bought("enter"),
		decided("SafeMode", "force_enter"),
		bought("extend").after(enter_safe_mode),
		decided("SafeMode", "force_extend").after(enter_safe_mode),
		decided("SafeMode", "force_exit").after(enter_safe_mode),
		deposit("force_slash_deposit"),
		signed("SafeMode", "release_deposit", Halt::<R>::NoDeposit),
		deposit("force_release_deposit"),
		decided("TxPause", "pause"),
		decided("TxPause", "unpause").after(pause),
	]
}

/// The rules for the wrapped calls stand in `wrapped`.
fn wrappers() -> Vec<Rule> {
	let but_unsigned: Vec<_> =
		EVERYBODY.iter().copied().filter(|caller| *caller != Unsigned).collect();
	let open = |call| origin("Utility", call).to(&but_unsigned);
	vec![
		open("batch"),
		open("batch_all"),
		open("force_batch"),
		open("if_else"),
		origin("Utility", "as_derivative").to(&signing()),
		root("Utility", "dispatch_as"),
		root("Utility", "dispatch_as_fallible"),
		root("Utility", "with_weight"),
	]
}

fn consortium() -> Vec<Rule> {
	let enacted = |call| enacted("Consortium", call);
	let halted = |call| {
		signed("Consortium", call, Consortiums::<R>::NotAuthorized)
			.but(&[SuspendedController], Consortiums::<R>::NotActive)
	};
	let controllers = |call| halted(call).to(&[Controller, OtherController]);
	vec![
		enacted("admit"),
		enacted("suspend"),
		enacted("reinstate"),
		enacted("remove"),
		enacted("approve_endpoint"),
		enacted("replace_controller"),
		controllers("add_agent"),
		// A controller cannot remove the agent of another organisation.
		controllers("remove_agent").but(&[OtherController], Consortiums::<R>::NotFound),
		controllers("propose_endpoint"),
		controllers("set_base_policy"),
		controllers("transfer_control"),
		halted("credential").to(MEMBERS_ACCOUNTS),
		// The organisation that gave the credential revokes the credential.
		halted("revoke").to(ENROLLING),
		origin("Consortium", "enact").to(&[TwoThirds]),
		// Whatever the state of the organisation. A controller hands the organisation over instead.
		signed("Consortium", "resign", Consortiums::<R>::NotFound)
			.to(&[Agent, OtherAgent, OfSuspended])
			.to(CREDENTIALED),
	]
}

fn patients() -> Vec<Rule> {
	use Persons::*;
	let calls = |call| signed("Patients", call, NotAuthorized::<R>);
	let controller = |call| {
		calls(call)
			.to(&[Patient])
			.but(&[Recovering], RecoveryRunning::<R>)
			.but(&[Incapable], PatientIncapable::<R>)
			.but(&[Left], PatientLeft::<R>)
			.but(&[Deceased], PatientDeceased::<R>)
	};
	let guardians =
		[Guardian, GuardianOfRecovering, GuardianOfIncapable, GuardianOfLeft, GuardianOfDeceased];
	let all_of = |callers: [&[Caller]; 4]| callers.concat();
	vec![
		calls("enrol").to(MEMBERS_ACCOUNTS),
		// An account that controls no id has no id to leave.
		signed("Patients", "leave", NotFound::<R>)
			.to(&[Patient, OtherPatient, Elsewhere])
			.but(&[Recovering], RecoveryRunning::<R>)
			.but(&[Incapable], PatientIncapable::<R>)
			.but(&[Left], PatientLeft::<R>)
			.but(&[Deceased], PatientDeceased::<R>),
		calls("propose_guardian").to(ENROLLING),
		calls("confirm_guardian").to(OTHERS),
		// A stolen key must not end the guardians, who can take the id back.
		calls("end_guardian")
			.to(&[Patient, Left])
			.to(&guardians)
			.but(&[Recovering], RecoveryRunning::<R>)
			.but(&[Incapable], PatientIncapable::<R>)
			.but(&[Deceased], PatientDeceased::<R>),
		calls("end_guardian").case("a proposal").to(&[Patient, Proposed]),
		controller("name_delegate"),
		// The call takes rights away and gives none, so the call is always possible.
		calls("end_delegate").to(&[Patient, Guardian, Delegate]).to(&all_of([
			OF_RECOVERING,
			OF_INCAPABLE,
			OF_LEFT,
			OF_DECEASED,
		])),
		// A guardian may propose a recovery if no recovery of the other path waits.
		calls("propose_recovery")
			.case("the organisation's waits for the patient in use")
			.to(ENROLLING)
			.to(&[GuardianOfIncapable])
			.but(&[Guardian], Persons::AlreadyProposed::<R>)
			.but(&[GuardianOfRecovering], AlreadyRecovering::<R>)
			.but(&[GuardianOfLeft], PatientLeft::<R>)
			.but(&[GuardianOfDeceased], PatientDeceased::<R>),
		calls("support_recovery").case("proposed by the organisation").to(OTHERS),
		calls("support_recovery").case("proposed by a guardian").to(&[Guardian]),
		calls("veto_recovery")
			.case("proposed by the organisation")
			.to(&[Patient, Guardian])
			.to(ENROLLING),
		calls("veto_recovery")
			.case("under way")
			.to(&[Recovering, GuardianOfRecovering])
			.to(MEMBERS_ACCOUNTS),
		origin("Patients", "finish_recovery").to(&signing()),
		calls("report_condition").to(ENROLLING),
		calls("confirm_condition").to(OTHERS),
		controller("mark_private").to(ENROLLING),
	]
}

fn records() -> Vec<Rule> {
	let calls = |call| signed("Records", call, Register::<R>::NotAuthorized);
	// By the table of rights: callers with all rights, or with a part of the rights.
	let disputing = [
		Patient,
		Guardian,
		Delegate,
		GuardianOfRecovering,
		GuardianOfIncapable,
		Left,
		GuardianOfLeft,
	];
	vec![
		calls("register").to(ENROLLING),
		calls("correct").to(ENROLLING),
		calls("rotate").to(ENROLLING),
		calls("relabel").to(ENROLLING),
		calls("dispute").to(&disputing),
		calls("settle_dispute").to(&disputing).to(ENROLLING),
		calls("erase").to(ENROLLING),
		calls("set_encryption_key").to(&signing_but(WITHOUT_PAYER)),
		origin("Records", "attest").to(&[Worker]),
		enacted("Records", "set_recheck_period"),
	]
}

/// The errors for an account that may not act in a patient's name.
struct Refusals {
	stranger: DispatchError,
	not_in_mandate: DispatchError,
	left: DispatchError,
	recovering: DispatchError,
	incapable: DispatchError,
	deceased: DispatchError,
}

/// A call in the patient's name, by the table of rights. The patient, a guardian and a delegate may
/// send the call for a patient in use. A guardian may also send the call for a patient who is being
/// recovered or cannot decide.
fn in_the_patients_name(pallet: &'static str, call: &'static str, told: Refusals) -> Rule {
	signed(pallet, call, told.stranger)
		.to(&[Patient, Guardian, Delegate])
		.to(&[GuardianOfRecovering, GuardianOfIncapable])
		.but(&[Limited], told.not_in_mandate)
		.but(&[Recovering, DelegateOfRecovering], told.recovering)
		.but(&[Incapable, DelegateOfIncapable], told.incapable)
		.but(OF_LEFT, told.left)
		.but(OF_DECEASED, told.deceased)
}

fn consent() -> Vec<Rule> {
	use Consents::*;
	let in_name = |call| {
		in_the_patients_name(
			"Consent",
			call,
			Refusals {
				stranger: NotAuthorized::<R>.into(),
				not_in_mandate: NotInMandate::<R>.into(),
				left: PatientLeft::<R>.into(),
				recovering: RecoveryRunning::<R>.into(),
				incapable: PatientIncapable::<R>.into(),
				deceased: PatientDeceased::<R>.into(),
			},
		)
	};
	vec![
		in_name("grant"),
		in_name("make_directive"),
		// No state of a patient id stops a withdrawal.
		signed("Consent", "withdraw", NotAuthorized::<R>)
			.to(&[Patient, Guardian, Delegate])
			.to(&[OF_RECOVERING, OF_INCAPABLE, OF_LEFT, OF_DECEASED].concat())
			.but(&[Limited], NotInMandate::<R>),
		in_name("replace"),
		signed("Consent", "request", NoCredential::<R>).to(CREDENTIALED),
		in_name("approve_request"),
		in_name("refuse_request"),
		// A permit and a denial are both written into the trail.
		origin("Consent", "access").to(&signing()),
		origin("Consent", "retire_expired").to(&signing()),
	]
}

fn emergencies() -> Vec<Rule> {
	use Emergency::*;
	let declaring = || {
		signed("Emergencies", "declare", NoCredential::<R>)
			.but(&[Clinician, Researcher, PrivacyOfficer], NoEmergencyRole::<R>)
			.but(&[Barred], RoleSuspended::<R>)
	};
	let declarer = |call| signed("Emergencies", call, NotAuthorized::<R>).to(&[EmergencyClinician]);
	let anybody = |call| origin("Emergencies", call).to(&signing());
	vec![
		declaring().to(&[EmergencyClinician]),
		declaring().case("of a dead patient").but(&[EmergencyClinician], PatientDeceased::<R>),
		declarer("end"),
		declarer("justify"),
		anybody("draw"),
		// Accounts that act for the organisation that was drawn.
		signed("Emergencies", "review", NotAuthorized::<R>).to(OTHERS),
		anybody("pass_on"),
		anybody("suspend_unjustified"),
		enacted("Emergencies", "reinstate"),
		enacted("Emergencies", "set_organisation_cap"),
	]
}

fn policies() -> Vec<Rule> {
	use Policy::*;
	let in_name = |call| {
		in_the_patients_name(
			"Acceptances",
			call,
			Refusals {
				stranger: NotAuthorized::<R>.into(),
				not_in_mandate: NotInMandate::<R>.into(),
				left: PatientLeft::<R>.into(),
				recovering: RecoveryRunning::<R>.into(),
				incapable: PatientIncapable::<R>.into(),
				deceased: PatientDeceased::<R>.into(),
			},
		)
	};
	let members = |call| signed("Acceptances", call, NotAuthorized::<R>).to(MEMBERS_ACCOUNTS);
	vec![
		in_name("accept"),
		in_name("refuse"),
		members("open_campaign").after(stop_asking),
		// Their own patients only.
		members("ask").but(OTHERS, NotEnrolledHere::<R>).after(ask_elsewhere_too),
		members("end_campaign").after(ask_elsewhere_too),
	]
}
