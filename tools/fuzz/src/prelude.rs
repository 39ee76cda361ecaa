//! The week of the consortium before an input begins. After the week, nearly every call finds
//! a person and an object for which the call can be carried out. Many of these are about to
//! end.

use crate::{
	chain::Chain,
	people::{cast, patient, record},
};
use assent_policy::{
	Actor, Class, Confidentiality, Criterion, Directive, Effect, Moment, Provision, Purpose, Role,
};
use assent_runtime::{Runtime, RuntimeCall, Signature};
use assent_support::{Condition, Deed, EmergencyReason, Finding, Justification};
use pallet_acceptances::Call as Acceptances;
use pallet_consent::Call as Consent;
use pallet_consortium::{Call as Consortium, Consent as Agreement};
use pallet_emergencies::Call as Emergencies;
use pallet_patients::Call as Patients;
use pallet_records::Call as Records;
use sp_core::{Pair, H256};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use std::collections::BTreeSet;

const HOUR: Moment = 3_600_000;
const DAY: Moment = 24 * HOUR;
/// The address that a member proposed and that the council is about to approve. The generator
/// draws this address too.
pub const ENDPOINT: &[u8] = b"https://vault.example:8443/documents";

impl Chain<'_> {
	/// Plays the week.
	pub(crate) fn prelude(&mut self) {
		self.begin(1);
		self.members_vouch();
		self.patients_enrol();
		self.somebody_acts_for_patients();
		self.records_are_registered();
		self.records_are_looked_at();
		self.first_day_of_emergencies();
		// Two hours of the seven days of the recovery are left at the end of the week.
		self.recovery_starts();
		self.pass(6 * DAY + 20 * HOUR);
		self.records_are_looked_at_again();
		self.policies_change();
		self.patients_are_asked();
		self.last_day_of_emergencies();
		self.council_is_about_to_decide();
		self.end();
	}

	/// Members credential practitioners of three kinds, each member one, and add an agent.
	fn members_vouch(&mut self) {
		let agent = self.people.account(cast::AGENT);
		let call = self.agreed(Consortium::add_agent { agent, consent: unsigned() }, 0);
		self.must(0, call);
		let until = self.now + 365 * DAY;
		for (organisation, practitioner, role) in [
			(0, cast::CLINICIAN, Role::Clinician),
			(1, cast::EMERGENCY, Role::EmergencyClinician),
			(2, cast::RESEARCHER, Role::Researcher),
			(3, cast::FORGETFUL, Role::EmergencyClinician),
		] {
			let practitioner = self.people.account(practitioner);
			let call = self.agreed(
				Consortium::credential {
					practitioner,
					roles: only(role),
					groups: Default::default(),
					from: 0,
					until,
					consent: Some(unsigned()),
				},
				organisation,
			);
			self.must(organisation as usize, call);
		}
	}

	/// Two patients enrol under a version of a base policy. Two others enrol with
	/// organisations without a base policy.
	fn patients_enrol(&mut self) {
		self.must(0, base_policy(1));
		for (number, organisation) in [(0, 0), (1, 1), (2, 2), (3, 0)] {
			let call = self.signed_enrolment(
				Patients::enrol {
					patient: patient(number),
					controller: self.people.account(cast::CONTROLLERS + usize::from(number)),
					number: 0,
					signature: Signature::Sr25519(Default::default()),
				},
				organisation,
			);
			self.must(organisation as usize, call);
		}
		for number in 0..2 {
			self.must(cast::CONTROLLERS + usize::from(number), grant(number, None));
		}
	}

	/// The first patient gets two guardians and a delegate. The second patient gets one
	/// guardian for a month, one guardian who is not confirmed, and a delegate.
	fn somebody_acts_for_patients(&mut self) {
		let month = Some(self.now + 30 * DAY);
		for (ward, guardian, until, confirmed) in [
			(0, cast::GUARDIAN, None, true),
			(0, cast::SECOND_GUARDIAN, None, true),
			(1, cast::GUARDIAN, month, true),
			(1, cast::PROPOSED, None, false),
		] {
			let enrolled_by = usize::from(ward);
			let (patient, guardian) = (patient(ward), self.people.account(guardian));
			self.must(
				enrolled_by,
				Patients::propose_guardian { patient, guardian: guardian.clone(), until },
			);
			if confirmed {
				self.must(enrolled_by + 1, Patients::confirm_guardian { patient, guardian });
			}
		}
		let all = BTreeSet::from([
			Deed::Share,
			Deed::AnswerRequests,
			Deed::Withdraw,
			Deed::Dispute,
			Deed::OpenDocuments,
		]);
		for (principal, deeds) in [(0, BTreeSet::from([Deed::Withdraw])), (1, all)] {
			self.must(
				cast::CONTROLLERS + usize::from(principal),
				Patients::name_delegate {
					patient: patient(principal),
					delegate: self.people.account(cast::DELEGATE),
					deeds: deeds.try_into().expect("five at most"),
					until: self.now + 60 * DAY,
				},
			);
		}
	}

	fn records_are_registered(&mut self) {
		for number in 0..4_u8 {
			let owner = number % 2;
			self.must(
				owner.into(),
				Records::register {
					record: record(number),
					patient: patient(owner),
					labels: pallet_records::Labels {
						class: Class::LabResult,
						confidentiality: Confidentiality::Normal,
						sensitivities: Default::default(),
						code: None,
						author: None,
						encounter: None,
						authored: 600,
					},
					document: pallet_records::Document {
						ciphertext: [number + 1; 32],
						size: 1_000,
						cid: None,
						commitment: [number + 1; 32],
					},
				},
			);
		}
	}

	/// One record is disputed, one is anchored, and one lacks the vote of a second member.
	fn records_are_looked_at(&mut self) {
		self.must(cast::CONTROLLERS, Records::dispute { record: record(2) });
		for (number, validator) in [(0, 1), (0, 2), (1, 0)] {
			self.vote(number, validator);
		}
	}

	/// The anchored record is due again, and lacks the vote of a second member too.
	fn records_are_looked_at_again(&mut self) {
		self.run_on(20);
		self.vote(0, 1);
	}

	/// The worker of a validator attests that the document is intact.
	fn vote(&mut self, number: u8, validator: usize) {
		let validator = &self.people.validators()[validator];
		let attestation = pallet_records::Attestation {
			record: record(number),
			version: 0,
			round: 0,
			at: 0,
			finding: Finding::Intact,
			key: validator.public().into(),
		};
		let call = self.signed_attestation(attestation, validator);
		self.apply_unsigned(call.into())
			.expect("the pool takes the attestation")
			.expect("the vote counts");
	}

	/// Emergency 0 is never justified. Emergency 1 is justified and drawn, so under review.
	fn first_day_of_emergencies(&mut self) {
		self.must(cast::FORGETFUL, emergency(3));
		self.must(cast::EMERGENCY, emergency(0));
		self.pass(2 * HOUR);
		self.must(cast::EMERGENCY, justification(1));
		self.run_on(6);
		self.must(cast::RESEARCHER, Emergencies::draw { emergency: 1 });
	}

	/// Two organisations start the recovery of the third patient.
	fn recovery_starts(&mut self) {
		let controller = self.people.account(cast::SUCCESSOR);
		let call = self.signed_recovery(patient(2), controller.clone());
		self.must(2, call);
		self.must(0, Patients::support_recovery { patient: patient(2), controller });
	}

	/// The first member registers a second version, opens a campaign and asks one of two
	/// patients.
	fn policies_change(&mut self) {
		self.must(0, base_policy(2));
		self.must(0, Acceptances::open_campaign { from: None, until: self.now + 30 * DAY });
		self.must(0, Acceptances::ask { patients: only(patient(0)) });
	}

	/// Requests, a grant that soon ends, a recovery, and a condition that one member reported.
	fn patients_are_asked(&mut self) {
		for number in [0, 1] {
			self.must(
				cast::CLINICIAN,
				Consent::request {
					patient: patient(number),
					actors: only(Actor::Practitioner(self.people.account(cast::CLINICIAN).into())),
					purposes: only(Purpose::Treatment),
					classes: Default::default(),
					until: None,
					policy: None,
				},
			);
		}
		let soon = Some(self.now + HOUR);
		self.must(cast::CONTROLLERS + 3, grant(3, soon));
		let call = self.signed_recovery(patient(0), self.people.account(cast::HEIR));
		self.must(cast::GUARDIAN, call);
		self.must(
			1,
			Patients::report_condition { patient: patient(1), condition: Condition::Incapable },
		);
	}

	/// Emergency 2 is over and not justified. Emergency 3 is justified and to be drawn.
	/// Emergency 4 is active.
	fn last_day_of_emergencies(&mut self) {
		for (number, ward) in [(2, 0), (3, 1)] {
			self.must(cast::EMERGENCY, emergency(ward));
			self.must(cast::EMERGENCY, Emergencies::end { emergency: number });
		}
		self.must(cast::EMERGENCY, justification(3));
		self.must(cast::EMERGENCY, emergency(3));
	}

	/// A motion lacks one vote.
	fn council_is_about_to_decide(&mut self) {
		let url = || ENDPOINT.to_vec().try_into().expect("short");
		self.must(1, Consortium::propose_endpoint { url: url() });
		let act = RuntimeCall::from(Consortium::<Runtime>::approve_endpoint {
			organisation: 1,
			url: url(),
		});
		let motion = RuntimeCall::from(Consortium::enact { call: Box::new(act) });
		let [propose, vote, _] = Self::motion(motion);
		self.must(0, propose);
		self.must(0, vote.clone());
		self.must(1, vote);
	}

	/// Lets time pass between two blocks.
	fn pass(&mut self, time: Moment) {
		self.end();
		self.begin(time / assent_runtime::MILLISECS_PER_BLOCK);
	}

	/// Applies a transaction of the prelude, which must succeed. If the block is full, the
	/// transaction goes into the next block.
	fn must(&mut self, who: usize, call: impl Into<RuntimeCall>) {
		let call = call.into();
		let name = crate::chain::name_of(&call);
		let full = Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources));
		let mut outcome = self.apply(who, call.clone());
		if outcome == full {
			self.end();
			self.begin(1);
			outcome = self.apply(who, call);
		}
		outcome
			.unwrap_or_else(|error| panic!("prelude, {name}: {error:?}"))
			.unwrap_or_else(|error| panic!("prelude, {name}: {error:?}"));
	}
}

fn only<S: TryFrom<BTreeSet<T>>, T: Ord>(value: T) -> S {
	let set = BTreeSet::from([value]);
	S::try_from(set).ok().expect("there is place for one")
}

/// A consent that the account is still to sign.
fn unsigned() -> Agreement {
	Agreement { last_day: 0, signature: Signature::Sr25519(Default::default()) }
}

/// A grant of a patient to every clinician.
fn grant(number: u8, until: Option<Moment>) -> Consent<Runtime> {
	Consent::grant {
		patient: patient(number),
		actors: only::<Criterion<Actor>, _>(Actor::Role(Role::Clinician)),
		purposes: only(Purpose::Treatment),
		classes: Default::default(),
		until,
	}
}

/// A base policy that permits everything.
fn base_policy(text: u8) -> Consortium<Runtime> {
	Consortium::set_base_policy {
		uri: b"https://alpha.example/policy".to_vec().try_into().expect("short"),
		hash: [text; 32],
		rules: Box::new(Directive {
			base: Provision::any(Effect::Permit),
			exceptions: Default::default(),
		}),
	}
}

/// An emergency of an hour.
fn emergency(number: u8) -> Emergencies<Runtime> {
	Emergencies::declare {
		patient: patient(number),
		reason: EmergencyReason::LifeThreatening,
		minutes: 60,
	}
}

fn justification(emergency: u32) -> Emergencies<Runtime> {
	Emergencies::justify {
		emergency,
		justification: Justification::Treated,
		commitment: H256::repeat_byte(7),
	}
}
