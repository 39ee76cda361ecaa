use crate::{mock::*, Asked, Decided, NotDelivered};
use assent_policy::{Action, Basis, Effect, Moment, PatientId, Purpose};
use assent_protocol::delivery::CLOCKS_MS;
use assent_support::{Act, Phase, Refusal};
use frame_support::assert_ok;
use sp_runtime::AccountId32;

/// The block in which the decisions of these tests stand.
const BLOCK: u32 = 7;

/// Has an access decided and written into the trail. The entry, as a node reads it.
fn access(who: AccountId32, purpose: Purpose, action: Action) -> Decided {
	System::set_block_number(BLOCK.into());
	assert_ok!(Consent::access(signed(who), PATIENT, RECORD, purpose, action));
	let entry = last_entry();
	Decided { block: BLOCK, patient: entry.patient, actor: entry.actor, act: entry.act }
}

/// The second clinician's access for treatment.
fn clinicians() -> Decided {
	access(SECOND_CLINICIAN, Purpose::Treatment, Action::Access)
}

/// The second clinician asks for the document in its current version, the vault without a
/// clock.
fn asked() -> Asked {
	Asked { record: RECORD, version: 3, account: SECOND_CLINICIAN, clock: None }
}

/// The same, by the vault's clock.
fn at(clock: Moment) -> Asked {
	Asked { clock: Some(clock), ..asked() }
}

fn deliverable(decided: &Decided, asked: Asked) -> Result<Basis, NotDelivered> {
	Consent::deliverable(decided.clone(), asked)
}

/// Whether the first directive of the patient permits the delivery.
fn is_permitted(result: Result<Basis, NotDelivered>) -> bool {
	matches!(result, Ok(Basis::Directive { directive: 0, .. }))
}

#[test]
fn document_should_be_delivered_when_a_fresh_permit_still_holds() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		for asked in [asked(), at(now())] {
			assert!(is_permitted(deliverable(&decided, asked)));
		}
	});
}

#[test]
fn asking_about_a_delivery_should_write_nothing() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		frame_support::assert_storage_noop!(assert!(is_permitted(deliverable(
			&decided,
			at(now())
		))));
	});
}

#[test]
fn patient_should_get_the_own_document() {
	ExtBuilder::default().run(|| {
		let decided = access(CONTROLLER, Purpose::PatientRequest, Action::Access);
		let asked = Asked { account: CONTROLLER, ..asked() };
		assert_eq!(deliverable(&decided, asked), Ok(Basis::OwnAccess));
	});
}

#[test]
fn document_should_not_be_delivered_when_the_decision_is_older_than_the_window() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		let last = u64::from(BLOCK + DeliveryWindow::get());
		System::set_block_number(last);
		assert!(is_permitted(deliverable(&decided, asked())));
		System::set_block_number(last + 1);
		let refused = Err(NotDelivered::NotFresh);
		assert_eq!(deliverable(&decided, asked()), refused);
		// An old decision is refused for its age, whatever else is wrong with it.
		let other = Decided { patient: None, ..decided };
		assert_eq!(deliverable(&other, asked()), refused);
	});
}

#[test]
fn document_should_not_be_delivered_when_the_entry_is_no_decision() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		for other in [
			Decided { patient: None, ..decided.clone() },
			Decided { actor: None, ..decided.clone() },
			Decided { act: Act::Enrolled, ..decided.clone() },
		] {
			let refused = Err(NotDelivered::NoDecision);
			assert_eq!(deliverable(&other, asked()), refused, "{other:?}");
		}
	});
}

#[test]
fn document_should_not_be_delivered_when_the_decision_is_about_something_else() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		for other in [
			Asked { record: IMAGE, ..asked() },
			Asked { version: 2, ..asked() },
			Asked { version: 4, ..asked() },
			Asked { account: CLINICIAN, ..asked() },
		] {
			let refused = Err(NotDelivered::OtherRequest);
			assert_eq!(deliverable(&decided, other.clone()), refused, "{other:?}");
		}
	});
}

#[test]
fn document_should_not_be_delivered_when_the_decision_is_a_denial() {
	ExtBuilder::default().run(|| {
		let decided = clinicians();
		let Act::AccessDecided { decision, .. } = &decided.act else { unreachable!() };
		assert_eq!(decision.effect, Effect::Deny);
		// A denial names no version, so no request fits a denial.
		let other = Err(NotDelivered::OtherRequest);
		assert_eq!(deliverable(&decided, asked()), other);
		// The chain permits by now, and a denial that named the version would still be one.
		assert_ok!(grant(CONTROLLER, clinic_terms(None)));
		let mut versioned = decided;
		let Act::AccessDecided { version, .. } = &mut versioned.act else { unreachable!() };
		*version = Some(3);
		let refused = Err(NotDelivered::Denial);
		assert_eq!(deliverable(&versioned, asked()), refused);
	});
}

#[test]
fn document_should_not_be_delivered_when_another_action_was_permitted() {
	for action in [Action::Collect, Action::Use, Action::Disclose, Action::Correct] {
		let mut every = permission(None);
		every.base.actions = Default::default();
		ExtBuilder::default().directive(every).run(|| {
			let decided = access(SECOND_CLINICIAN, Purpose::Treatment, action);
			// The clinician may open the document too, and did not ask to.
			assert!(let_in());
			let refused = Err(NotDelivered::OtherAction);
			assert_eq!(deliverable(&decided, asked()), refused, "{action:?}");
		});
	}
}

#[test]
fn document_should_not_be_delivered_when_the_access_is_no_longer_permitted() {
	let permitted = || ExtBuilder::default().permissions(1);
	let refused = Err(NotDelivered::NoLongerPermitted);
	permitted().run(|| {
		let decided = clinicians();
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		assert_eq!(deliverable(&decided, asked()), refused);
		assert_eq!(deliverable(&decided, at(now() + CLOCKS_MS)), refused);
	});
	permitted().run(|| {
		let decided = clinicians();
		assert_ok!(Consent::make_directive(
			signed(CONTROLLER),
			PATIENT,
			Box::new(denial(None)),
			None
		));
		assert_eq!(deliverable(&decided, asked()), refused);
	});
	permitted().run(|| {
		let decided = clinicians();
		World::revoke(&SECOND_CLINICIAN);
		assert_eq!(deliverable(&decided, asked()), refused);
	});
	permitted().run(|| {
		let decided = clinicians();
		Register::erase(RECORD);
		assert_eq!(deliverable(&decided, asked()), refused);
	});
}

#[test]
fn document_should_be_delivered_for_the_purpose_that_was_decided_only() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		let mut research = permission(None);
		research.base.purposes = set(&[Purpose::Research]);
		assert_ok!(Consent::make_directive(signed(CONTROLLER), PATIENT, Box::new(research), None));
		assert_eq!(deliverable(&decided, asked()), Err(NotDelivered::NoLongerPermitted));
	});
}

#[test]
fn document_should_be_delivered_of_the_patient_that_was_decided_about_only() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		for patient in [OTHER_PATIENT, UNKNOWN_PATIENT] {
			let other = Decided { patient: Some(patient), ..decided.clone() };
			let refused = Err(NotDelivered::NoLongerPermitted);
			assert_eq!(deliverable(&other, asked()), refused, "{patient:?}");
		}
	});
}

#[test]
fn grant_should_end_at_the_vaults_clock_when_the_clock_is_ahead() {
	let until = START + 20_000;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		let decided = clinicians();
		assert!(now() < until);
		assert!(is_permitted(deliverable(&decided, at(until - 1))));
		let refused = Err(NotDelivered::ExpiredByClock);
		assert_eq!(deliverable(&decided, at(until)), refused);
		// Both reasons hold, and the end of the grant comes first.
		assert_eq!(deliverable(&decided, at(until + DAY)), refused);
		assert!(is_permitted(deliverable(&decided, asked())));
	});
}

#[test]
fn grant_should_end_at_the_chains_time_when_the_vaults_clock_is_behind() {
	let until = START + 20_000;
	ExtBuilder::default().directive(permission(Some(until))).run(|| {
		let decided = clinicians();
		World::set_time(until);
		let refused = Err(NotDelivered::NoLongerPermitted);
		assert_eq!(deliverable(&decided, at(until - 10_000)), refused);
	});
}

#[test]
fn grant_should_begin_at_the_chains_time_when_the_vaults_clock_is_ahead() {
	let from = START + 20_000;
	let mut later = permission(None);
	later.base.period.from = Some(from);
	ExtBuilder::default().permissions(1).directive(later).run(|| {
		let decided = clinicians();
		// Directive 0 permitted then; only the later directive is left.
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 0));
		let refused = Err(NotDelivered::NoLongerPermitted);
		assert_eq!(deliverable(&decided, at(from)), refused);
		World::set_time(from);
		assert!(matches!(
			deliverable(&decided, at(from)),
			Ok(Basis::Directive { directive: 1, .. })
		));
	});
}

#[test]
fn vaults_clock_should_be_trusted_within_30_seconds_only() {
	ExtBuilder::default().permissions(1).run(|| {
		let decided = clinicians();
		for clock in [now() - CLOCKS_MS, now(), now() + CLOCKS_MS] {
			assert!(is_permitted(deliverable(&decided, at(clock))), "{clock}");
		}
		for clock in [0, now() - CLOCKS_MS - 1, now() + CLOCKS_MS + 1, now() + DAY] {
			let refused = Err(NotDelivered::ClocksApart);
			assert_eq!(deliverable(&decided, at(clock)), refused, "{clock}");
		}
	});
}

#[test]
fn emergency_should_deliver_while_the_clocks_differ_and_not_beyond_its_end() {
	ExtBuilder::default().run(|| {
		let until = now() + 30 * MINUTE;
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, until);
		let decided = access(EMERGENCY_CLINICIAN, Purpose::EmergencyTreatment, Action::Access);
		let asked = |clock| Asked { account: EMERGENCY_CLINICIAN, clock: Some(clock), ..asked() };
		for clock in [0, now(), now() + 10 * MINUTE, until - 1] {
			let answer = deliverable(&decided, asked(clock));
			assert_eq!(answer, Ok(Basis::Emergency), "{clock}");
		}
		for clock in [until, Moment::MAX] {
			let refused = Err(NotDelivered::ExpiredByClock);
			assert_eq!(deliverable(&decided, asked(clock)), refused, "{clock}");
		}
	});
}

#[test]
fn clocks_should_agree_again_when_the_emergency_is_over_by_the_vaults_clock() {
	let mut everybody = permission(None);
	everybody.base.purposes = set(&[Purpose::EmergencyTreatment]);
	ExtBuilder::default().directive(everybody).run(|| {
		let until = now() + MINUTE;
		Register::emergency(EMERGENCY_CLINICIAN, PATIENT, until);
		let decided = access(EMERGENCY_CLINICIAN, Purpose::EmergencyTreatment, Action::Access);
		let asked = |clock| Asked { account: EMERGENCY_CLINICIAN, clock: Some(clock), ..asked() };
		assert_eq!(deliverable(&decided, asked(until - 1)), Ok(Basis::Emergency));
		// Afterwards the directive permits, and a directive wants clocks that agree.
		let refused = Err(NotDelivered::ClocksApart);
		assert_eq!(deliverable(&decided, asked(until)), refused);
	});
}

#[test]
fn patient_who_left_should_get_no_document() {
	ExtBuilder::default().run(|| {
		let decided = access(CONTROLLER, Purpose::PatientRequest, Action::Access);
		let asked = Asked { account: CONTROLLER, ..asked() };
		assert_eq!(deliverable(&decided, asked.clone()), Ok(Basis::OwnAccess));
		World::patient(PATIENT, |row| {
			row.phase = Phase::Left;
			row.closed = Some(Refusal::Left);
		});
		let refused = Err(NotDelivered::NoLongerPermitted);
		assert_eq!(deliverable(&decided, asked), refused);
	});
}

#[test]
fn decision_about_an_unknown_patient_should_deliver_nothing() {
	ExtBuilder::default().run(|| {
		let unknown: PatientId = UNKNOWN_PATIENT;
		System::set_block_number(BLOCK.into());
		assert_ok!(Consent::access(
			signed(SECOND_CLINICIAN),
			unknown,
			RECORD,
			Purpose::Treatment,
			Action::Access
		));
		let entry = last_entry();
		let decided =
			Decided { block: BLOCK, patient: entry.patient, actor: entry.actor, act: entry.act };
		assert_eq!(deliverable(&decided, asked()), Err(NotDelivered::NoDecision));
	});
}
