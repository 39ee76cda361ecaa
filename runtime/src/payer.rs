//! The payer of a call. The payer depends on the call and on the role of the account in the
//! consortium. An act for a patient is paid by the patient id. An act for an organisation is paid
//! by the organisation, whoever acts. The pool counts waiting transactions by the same principals.

use crate::{
	calls::{known, Enactable, Sender, Urgencies, Withdrawals, Withdrawn, MAX_NESTING},
	AccountId, Consortium, Council, Patients, Records, Runtime, RuntimeCall, Timestamp,
	UncheckedExtrinsic, Validators,
};
use assent_policy::{PatientId, RecordId};
use assent_support::{Deed, Members, Patients as _, Refusal};
use codec::Encode;
use frame_support::{
	traits::{Contains, Time},
	weights::Weight,
};
use pallet_allowance::{
	CheckNonce, NoPayer, Payer, PayerOf, Principal, PriorityOf, Urgency, Waiting, Withdrawal,
};
use pallet_collective::Call as CouncilCall;
use pallet_consortium::{
	check_name, check_uri, check_url, Call as ConsortiumCall, WeightInfo as _,
};
use pallet_patients::{Call as PatientsCall, WeightInfo as _};
use pallet_records::{is_cid, Call as RecordsCall};
use pallet_session::WeightInfo as _;
use pallet_utility::Call as UtilityCall;
use sp_runtime::{
	generic::Preamble,
	traits::{OpaqueKeys, StaticLookup},
};

/// The patient whom a call is about.
pub(crate) enum Subject {
	/// The patient id that the call names.
	Patient(PatientId),
	/// The patient of the record that the call names.
	Record(RecordId),
	/// The sender's own patient id.
	Own,
}

/// The patient whom a call is about; `Own` for a call that names no patient.
pub(crate) fn subject(call: &RuntimeCall) -> Subject {
	use pallet_acceptances::Call as Acceptances;
	use pallet_consent::Call as Consent;
	match call {
		RuntimeCall::Patients(
			PatientsCall::end_guardian { patient, .. }
			| PatientsCall::name_delegate { patient, .. }
			| PatientsCall::end_delegate { patient, .. }
			| PatientsCall::propose_recovery { patient, .. }
			| PatientsCall::support_recovery { patient, .. }
			| PatientsCall::veto_recovery { patient }
			| PatientsCall::finish_recovery { patient }
			| PatientsCall::mark_private { patient, .. },
		)
		| RuntimeCall::Consent(
			Consent::grant { patient, .. }
			| Consent::make_directive { patient, .. }
			| Consent::withdraw { patient, .. }
			| Consent::replace { patient, .. }
			| Consent::approve_request { patient, .. }
			| Consent::refuse_request { patient, .. }
			| Consent::access { patient, .. }
			| Consent::retire_expired { patient },
		)
		| RuntimeCall::Acceptances(
			Acceptances::accept { patient, .. } | Acceptances::refuse { patient, .. },
		) => Subject::Patient(*patient),
		RuntimeCall::Records(
			RecordsCall::dispute { record } | RecordsCall::settle_dispute { record },
		) => Subject::Record(*record),
		_ => Subject::Own,
	}
}

/// The calls within a call that an account sends: the calls of a batch, or the call itself. The
/// wrappers that give the wrapped call another origin are not looked into: no account may send
/// them. A call that is wrapped too deep is refused.
fn each_call<'a>(
	call: &'a RuntimeCall,
	depth: u32,
	look: &mut dyn FnMut(&'a RuntimeCall) -> Result<(), NoPayer>,
) -> Result<(), NoPayer> {
	let within = |call: &'a RuntimeCall, look: &mut dyn FnMut(&'a RuntimeCall) -> _| match depth {
		0 => Err(NoPayer::Refused),
		_ => each_call(call, depth.saturating_sub(1), look),
	};
	match call {
		RuntimeCall::Utility(
			UtilityCall::batch { calls }
			| UtilityCall::batch_all { calls }
			| UtilityCall::force_batch { calls },
		) => calls.iter().try_for_each(|call| within(call, look)),
		RuntimeCall::Utility(UtilityCall::if_else { main, fallback }) => {
			within(main, look)?;
			within(fallback, look)
		}
		_ => look(call),
	}
}

/// Finds the payer of a call.
pub struct Payers;

impl Payers {
	/// The patient id for which the account sends the call.
	fn person(who: &AccountId, call: &RuntimeCall) -> Option<PatientId> {
		let patient = match subject(call) {
			Subject::Patient(patient) => patient,
			Subject::Record(record) => Records::patient_of(record)?,
			Subject::Own => return Patients::own_id(who, <Timestamp as Time>::now()),
		};
		// Everybody who acts for the patient may withdraw. A mandate may lack that.
		let may = Patients::may(who, patient, Deed::Withdraw, <Timestamp as Time>::now());
		matches!(may, Ok(_) | Err(Refusal::NotInMandate)).then_some(patient)
	}

	/// The payer of an account in this role.
	fn in_role(who: &AccountId, sender: Sender, call: &RuntimeCall) -> Option<Payer> {
		match sender {
			Sender::Person => Self::person(who, call).map(Payer::Patient),
			Sender::Practitioner => {
				<Consortium as Members>::practitioner(who, <Timestamp as Time>::now())
					.map(|practitioner| Payer::Practitioner(practitioner.organisation))
			}
			Sender::Agent => Consortium::agent_of(who).map(Payer::Agent),
			Sender::Seat => {
				Consortium::agent_of(who).filter(|_| Council::is_member(who)).map(Payer::Agent)
			}
			Sender::Validator => Validators::organisation_of(who)
				.filter(|organisation| <Consortium as Members>::is_active(*organisation))
				.map(|_| Payer::Validator),
		}
	}

	/// The payer of one call, without a wrapper.
	fn of_call(who: &AccountId, call: &RuntimeCall) -> Result<Payer, NoPayer> {
		let known = known(call).filter(|known| !known.by.is_empty() && !known.refused);
		let known = known.ok_or(NoPayer::Refused)?;
		let payer = known.by.iter().find_map(|sender| Self::in_role(who, *sender, call));
		let payer = payer.ok_or_else(|| match Self::usual(who) {
			Some(_) => NoPayer::NotForSender,
			None => NoPayer::NotEnrolled,
		})?;
		if carries_nothing_unread(who, call) {
			Ok(payer)
		} else {
			Err(NoPayer::Refused)
		}
	}
}

impl PayerOf<RuntimeCall> for Payers {
	fn payer(who: &AccountId, call: &RuntimeCall) -> Result<Payer, NoPayer> {
		let mut found = None;
		each_call(call, MAX_NESTING, &mut |call| {
			let payer = Self::of_call(who, call)?;
			match found.get_or_insert(payer).shares_with(payer) {
				true => Ok(()),
				false => Err(NoPayer::Mixed),
			}
		})?;
		// An empty batch does nothing. The account pays for the place in the block.
		found.or_else(|| Self::usual(who)).ok_or(NoPayer::NotEnrolled)
	}

	fn usual(who: &AccountId) -> Option<Payer> {
		let now = <Timestamp as Time>::now();
		if let Some(organisation) = Consortium::agent_of(who) {
			return Some(Payer::Agent(organisation));
		}
		if let Some(practitioner) = <Consortium as Members>::practitioner(who, now) {
			return Some(Payer::Practitioner(practitioner.organisation));
		}
		Patients::own_id(who, now).map(Payer::Patient).or_else(|| {
			Validators::organisation_of(who)
				.filter(|organisation| <Consortium as Members>::is_active(*organisation))
				.map(|_| Payer::Validator)
		})
	}

	fn weight(call: &RuntimeCall) -> Weight {
		let reads = |reads| <Runtime as frame_system::Config>::DbWeight::get().reads(reads);
		let look_up = <Runtime as pallet_consortium::Config>::WeightInfo::look_up();
		let relation = <Runtime as pallet_patients::Config>::WeightInfo::relation();
		// The agent, the credential, the own id with its list of wards, the seat, the validator.
		let roles = look_up
			.saturating_mul(2)
			.saturating_add(relation.saturating_mul(2))
			.saturating_add(reads(4));
		let mut weight = roles;
		let mut first = true;
		let _ = each_call(call, MAX_NESTING, &mut |call| {
			// The roles of the account are read once, and stand in the overlay then. Another patient
			// is another row.
			let asks = known(call).is_some_and(|known| known.by.contains(&Sender::Person));
			if asks && !core::mem::take(&mut first) {
				weight = weight.saturating_add(relation).saturating_add(reads(1));
			}
			if matches!(call, RuntimeCall::Session(pallet_session::Call::set_keys { .. })) {
				let checks = <Runtime as pallet_session::Config>::WeightInfo::set_keys();
				weight = weight.saturating_add(checks);
			}
			Ok(())
		});
		weight
	}
}

/// The principal for whom a transaction waits in the pool, with the urgency. `None` for a transaction
/// that no account signed.
///
/// A withdrawal waits for the patient of the directive, whoever signed. The withdrawal needs no
/// payer, so an account that left withdraws too.
pub fn waiting(transaction: &UncheckedExtrinsic) -> Option<Waiting> {
	let Preamble::Signed(address, _, extensions) = &transaction.preamble else {
		return None;
	};
	let signer = <Runtime as frame_system::Config>::Lookup::lookup(address.clone()).ok()?;
	let CheckNonce(nonce) = extensions.6;
	let call = &transaction.function;
	let (principal, urgency) = match (Withdrawals::of(call), Payers::payer(&signer, call)) {
		(Some(Withdrawn::Directive(patient, _)), _) => (of_patient(patient), Urgency::Withdrawal),
		(Some(Withdrawn::Engagement), _) => {
			let principal =
				Payers::usual(&signer).map_or(Principal::Nobody, |payer| principal(&signer, payer));
			(principal, Urgency::Withdrawal)
		}
		(None, Ok(payer)) => (principal(&signer, payer), Urgencies::urgency(call, payer)),
		(None, Err(_)) => (Principal::Nobody, Urgency::Normal),
	};
	Some(Waiting { signer, nonce, principal, urgency })
}

/// The principal of an account with this payer.
fn principal(who: &AccountId, payer: Payer) -> Principal {
	match payer {
		Payer::Patient(patient) => of_patient(patient),
		Payer::Practitioner(organisation) | Payer::Agent(organisation) => {
			Principal::Organisation(organisation)
		}
		Payer::Validator => {
			Validators::organisation_of(who).map_or(Principal::Nobody, Principal::Organisation)
		}
	}
}

/// The patient id as a principal.
fn of_patient(id: PatientId) -> Principal {
	Patients::enrolled_by(id)
		.map_or(Principal::Nobody, |enrolled_by| Principal::Patient { id, enrolled_by })
}

/// Whether every byte of the call will be read. A field of bytes of any length could hold text that
/// no rule asks for. Such a transaction fails in its call, and the bytes stay in the block.
fn carries_nothing_unread(who: &AccountId, call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Consortium(ConsortiumCall::propose_endpoint { url }) => check_url(url),
		RuntimeCall::Consortium(ConsortiumCall::set_base_policy { uri, .. }) => check_uri(uri),
		RuntimeCall::Session(pallet_session::Call::set_keys { keys, proof }) => {
			keys.ownership_proof_is_valid(&who.encode(), proof)
		}
		RuntimeCall::Council(CouncilCall::propose { proposal, .. }) => is_motion(proposal),
		RuntimeCall::Records(
			RecordsCall::register { document, .. }
			| RecordsCall::correct { document, .. }
			| RecordsCall::rotate { document, .. },
		) => document.cid.as_ref().is_none_or(|cid| is_cid(cid)),
		_ => true,
	}
}

/// Whether the council may decide on the call by a motion.
fn is_motion(call: &RuntimeCall) -> bool {
	if !known(call).is_some_and(|known| known.motion) {
		return false;
	}
	match call {
		RuntimeCall::Consortium(ConsortiumCall::enact { call }) => {
			Enactable::contains(call) && is_readable(call)
		}
		call => is_readable(call),
	}
}

/// Whether the texts of a call that the council decides on are what the call asks for.
fn is_readable(call: &RuntimeCall) -> bool {
	use pallet_tx_pause::Call as TxPauseCall;
	match call {
		RuntimeCall::Consortium(ConsortiumCall::admit { name, .. }) => check_name(name),
		RuntimeCall::TxPause(
			TxPauseCall::pause { full_name: name } | TxPauseCall::unpause { ident: name },
		) => crate::calls::is_name(name),
		_ => true,
	}
}

/// The accounts that may publish an encryption key: every account that may send transactions.
pub struct HasPayer;

impl Contains<AccountId> for HasPayer {
	fn contains(who: &AccountId) -> bool {
		Payers::usual(who).is_some()
	}
}
