//! The accounts that act for the patient, their rights, and private kinds.

use crate::{mock::*, Error, RequestState, Requests};
use assent_policy::{
	Action, Basis, Class, Decision, Effect, Kinds, Listed, Maker, Moment, Private, Purpose,
	RecordId,
};
use assent_support::{Deed, Phase, Refusal};
use frame_support::{assert_ok, traits::ConstU32, BoundedBTreeSet};
use sp_runtime::{AccountId32, DispatchError};
use std::collections::BTreeSet;

const DEEDS: [Deed; 5] =
	[Deed::Share, Deed::AnswerRequests, Deed::Withdraw, Deed::Dispute, Deed::OpenDocuments];

/// The refusals of the patient's own account, each with the error.
fn refusals() -> [(Refusal, DispatchError); 4] {
	[
		(Refusal::Left, Error::<Test>::PatientLeft.into()),
		(Refusal::InRecovery, Error::<Test>::RecoveryRunning.into()),
		(Refusal::Incapable, Error::<Test>::PatientIncapable.into()),
		(Refusal::Deceased, Error::<Test>::PatientDeceased.into()),
	]
}

/// All but one.
fn without(deed: Deed) -> Vec<Deed> {
	DEEDS.into_iter().filter(|other| *other != deed).collect()
}

fn opens(who: AccountId32, record: RecordId) -> Decision {
	Consent::check_access(who, PATIENT, record, Purpose::Treatment, Action::Access, now())
}

fn permit(basis: Basis) -> Decision {
	Decision { effect: Effect::Permit, basis }
}

fn denied() -> Decision {
	Decision { effect: Effect::Deny, basis: Basis::NoRule }
}

/// Laboratory results are private to the patient.
fn close_results() {
	let classes: BTreeSet<_> = [Class::LabResult].into();
	let classes: BoundedBTreeSet<_, ConstU32<16>> = classes.try_into().unwrap();
	let private = Private {
		by_patient: Kinds { classes, sensitivities: Listed::default() },
		..Private::default()
	};
	World::patient(PATIENT, |row| row.private = private);
}

#[test]
fn grant_should_pass_when_a_delegate_has_a_mandate_to_share() {
	ExtBuilder::default().run(|| {
		delegate(DELEGATE, &[Deed::Share]);
		assert_ok!(grant(DELEGATE, clinic_terms(None)));
		assert_eq!(row(0).made_by, DELEGATE);
		assert!(let_in());
	});
}

#[test]
fn directive_should_say_in_whose_right_it_was_made() {
	ExtBuilder::default().run(|| {
		delegate(DELEGATE, &DEEDS);
		for (who, made_as) in [
			(CONTROLLER, Maker::Patient),
			(GUARDIAN, Maker::Representative),
			(DELEGATE, Maker::Representative),
		] {
			assert_ok!(grant(who.clone(), clinic_terms(None)));
			let number = in_force().pop().unwrap();
			assert_eq!(row(number).made_as, made_as);
			let again = Box::new(permission(None));
			assert_ok!(Consent::replace(signed(who.clone()), PATIENT, number, again.clone(), None));
			assert_eq!(row(number + 1).made_as, made_as);
			assert_ok!(Consent::make_directive(signed(who.clone()), PATIENT, again, None));
			assert_eq!(row(number + 2).made_as, made_as);
			assert_ok!(request(SECOND_CLINICIAN, clinic_terms(None)));
			let asked = crate::NextRequest::<Test>::get(PATIENT) - 1;
			assert_ok!(Consent::approve_request(signed(who), PATIENT, asked));
			assert_eq!(row(number + 3).made_as, made_as);
		}
	});
}

#[test]
fn grant_and_make_directive_should_fail_when_the_delegate_has_no_mandate_to_share() {
	ExtBuilder::default().run(|| {
		delegate(DELEGATE, &without(Deed::Share));
		assert_refused!(grant(DELEGATE, clinic_terms(None)), Error::<Test>::NotInMandate);
		assert_refused!(
			Consent::make_directive(signed(DELEGATE), PATIENT, Box::new(denial(None)), None),
			Error::<Test>::NotInMandate
		);
	});
}

#[test]
fn withdraw_should_pass_only_when_the_delegate_has_a_mandate_to_withdraw() {
	ExtBuilder::default().permissions(1).run(|| {
		delegate(DELEGATE, &without(Deed::Withdraw));
		assert!(!Consent::can_withdraw(DELEGATE, PATIENT, 0));
		assert_refused!(
			Consent::withdraw(signed(DELEGATE), PATIENT, 0),
			Error::<Test>::NotInMandate
		);
		delegate(DELEGATE, &[Deed::Withdraw]);
		assert!(Consent::can_withdraw(DELEGATE, PATIENT, 0));
		assert_ok!(Consent::withdraw(signed(DELEGATE), PATIENT, 0));
	});
}

#[test]
fn replace_should_fail_when_the_delegate_lacks_the_mandate_for_either_half() {
	ExtBuilder::default().permissions(1).run(|| {
		for lacking in [Deed::Share, Deed::Withdraw] {
			delegate(DELEGATE, &without(lacking));
			assert_refused!(
				Consent::replace(signed(DELEGATE), PATIENT, 0, Box::new(denial(None)), None),
				Error::<Test>::NotInMandate
			);
		}
	});
}

#[test]
fn requests_should_be_answered_only_when_the_delegate_has_mandate_of() {
	ExtBuilder::default().run(|| {
		for _ in 0..2 {
			assert_ok!(request(SECOND_CLINICIAN, clinic_terms(None)));
		}
		delegate(DELEGATE, &without(Deed::AnswerRequests));
		assert_refused!(
			Consent::approve_request(signed(DELEGATE), PATIENT, 0),
			Error::<Test>::NotInMandate
		);
		assert_refused!(
			Consent::refuse_request(signed(DELEGATE), PATIENT, 0),
			Error::<Test>::NotInMandate
		);
		delegate(DELEGATE, &[Deed::AnswerRequests]);
		assert_ok!(Consent::approve_request(signed(DELEGATE), PATIENT, 0));
		assert_ok!(Consent::refuse_request(signed(DELEGATE), PATIENT, 1));
		let state = |request| Requests::<Test>::get(PATIENT, request).unwrap().state;
		assert_eq!((state(0), state(1)), (RequestState::Approved(0), RequestState::Refused));
	});
}

#[test]
fn access_should_be_permitted_only_when_the_delegate_has_a_mandate_to_open() {
	ExtBuilder::default().run(|| {
		delegate(DELEGATE, &without(Deed::OpenDocuments));
		assert_eq!(opens(DELEGATE, RECORD).basis, Basis::NoCredential);
		delegate(DELEGATE, &[Deed::OpenDocuments]);
		assert_eq!(opens(DELEGATE, RECORD), permit(Basis::DelegateAccess));
	});
}

#[test]
fn access_should_be_a_practitioners_when_a_delegate_without_a_mandate_to_open_is_one() {
	ExtBuilder::default().permissions(1).run(|| {
		delegate(SECOND_CLINICIAN, &[Deed::Withdraw]);
		assert!(matches!(decided(now()).basis, Basis::Directive { .. }));
	});
}

#[test]
fn everything_but_withdrawing_should_fail_when_the_patients_account_does_not_count() {
	for (refusal, error) in refusals() {
		ExtBuilder::default().permissions(2).run(|| {
			assert_ok!(request(SECOND_CLINICIAN, clinic_terms(None)));
			World::patient(PATIENT, |row| row.closed = Some(refusal));
			let again = || Box::new(permission(None));
			let who = || signed(CONTROLLER);
			assert_refused!(grant(CONTROLLER, clinic_terms(None)), error);
			assert_refused!(Consent::make_directive(who(), PATIENT, again(), None), error);
			assert_refused!(Consent::replace(who(), PATIENT, 0, again(), None), error);
			assert_refused!(Consent::approve_request(who(), PATIENT, 0), error);
			assert_refused!(Consent::refuse_request(who(), PATIENT, 0), error);
			assert_eq!(opens(CONTROLLER, RECORD).effect, Effect::Deny);
			// A withdrawal always works, and a guardian still acts.
			assert!(Consent::can_withdraw(CONTROLLER, PATIENT, 0));
			assert_ok!(Consent::withdraw(who(), PATIENT, 0));
			assert_ok!(Consent::withdraw(signed(GUARDIAN), PATIENT, 1));
			assert_ok!(grant(GUARDIAN, clinic_terms(None)));
		});
	}
}

#[test]
fn request_should_fail_when_nobody_could_approve_it() {
	for (phase, error) in [
		(Phase::Left, Error::<Test>::PatientLeft),
		(Phase::Deceased, Error::<Test>::PatientDeceased),
	] {
		ExtBuilder::default().run(|| {
			World::patient(PATIENT, |row| row.phase = phase);
			assert_refused!(request(SECOND_CLINICIAN, clinic_terms(None)), error);
		});
	}
}

#[test]
fn private_record_should_be_the_patients_alone_when_marked() {
	ExtBuilder::default().run(|| {
		delegate(DELEGATE, &DEEDS);
		assert_eq!(opens(GUARDIAN, RECORD), permit(Basis::GuardianAccess));
		close_results();
		assert_eq!(opens(CONTROLLER, RECORD), permit(Basis::OwnAccess));
		for who in [GUARDIAN, DELEGATE] {
			assert_eq!(opens(who.clone(), RECORD), denied());
			// The same answer as for an unknown record.
			assert_eq!(opens(who.clone(), UNKNOWN_RECORD), denied());
			assert_eq!(opens(who, IMAGE).effect, Effect::Permit);
		}
	});
}

#[test]
fn private_record_should_be_shared_only_by_the_patient_when_marked() {
	ExtBuilder::default().run(|| {
		close_results();
		assert_ok!(grant(GUARDIAN, clinic_terms(None)));
		assert!(!let_in());
		assert!(opens(SECOND_CLINICIAN, IMAGE).effect == Effect::Permit);
		assert_ok!(grant(CONTROLLER, clinic_terms(None)));
		assert!(let_in());
		// A guardian can't keep out an actor permitted by the patient.
		let refusal = Box::new(denial(None));
		assert_ok!(Consent::make_directive(signed(GUARDIAN), PATIENT, refusal, None));
		assert!(let_in());
		assert!(opens(SECOND_CLINICIAN, IMAGE).effect == Effect::Deny);
	});
}

#[test]
fn privacy_should_not_reach_other_patients() {
	ExtBuilder::default().run(|| {
		close_results();
		let opens = |at: Moment| {
			Consent::check_access(
				OTHER_CONTROLLER,
				OTHER_PATIENT,
				OTHER_RECORD,
				Purpose::Treatment,
				Action::Access,
				at,
			)
		};
		assert_eq!(opens(now()), permit(Basis::OwnAccess));
	});
}
