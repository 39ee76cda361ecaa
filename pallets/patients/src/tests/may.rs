//! The table of rights, written by hand.

use crate::{mock::*, rights::State};
use assent_support::{Condition, Deed, Patients as _, Refusal, Relation};
use Condition::{Capable, Deceased, Incapable};
use Deed::{AnswerRequests, Dispute, OpenDocuments, Share, Withdraw};

fn state(left: bool, recovering: bool, condition: Condition) -> State {
	State { left, recovering, condition }
}

fn allowed(state: State, relation: Relation) -> Vec<Deed> {
	DEEDS.into_iter().filter(|deed| state.allows(relation, *deed).is_ok()).collect()
}

const ALL: &[Deed] = &DEEDS;
const LOOK: &[Deed] = &[Withdraw, OpenDocuments];
const CONTEST: &[Deed] = &[Withdraw, Dispute, OpenDocuments];
const ONLY: &[Deed] = &[Withdraw];

/// State, then controller, guardian, delegate.
type Line = ((bool, bool, Condition), &'static [Deed], &'static [Deed], &'static [Deed]);

const TABLE: [Line; 12] = [
	((false, false, Capable), ALL, ALL, ALL),
	((false, true, Capable), ONLY, ALL, ONLY),
	((false, false, Incapable), LOOK, ALL, ONLY),
	((false, true, Incapable), ONLY, ALL, ONLY),
	((true, false, Capable), CONTEST, CONTEST, ONLY),
	((true, false, Incapable), LOOK, CONTEST, ONLY),
	((false, false, Deceased), ONLY, LOOK, ONLY),
	((false, true, Deceased), ONLY, LOOK, ONLY),
	((true, false, Deceased), ONLY, LOOK, ONLY),
	// A left id is not recovered. If it were, both states would apply.
	((true, true, Capable), ONLY, CONTEST, ONLY),
	((true, true, Incapable), ONLY, CONTEST, ONLY),
	((true, true, Deceased), ONLY, LOOK, ONLY),
];

#[test]
fn rights_should_be_those_of_the_table() {
	for ((left, recovering, condition), controller, guardian, delegate) in TABLE {
		let state = state(left, recovering, condition);
		assert_eq!(allowed(state, Relation::Controller), controller, "{state:?}");
		assert_eq!(allowed(state, Relation::Guardian), guardian, "{state:?}");
		assert_eq!(allowed(state, Relation::Delegate), delegate, "{state:?}");
	}
}

#[test]
fn refusal_should_name_what_is_in_the_way() {
	let refused = |state: State| state.allows(Relation::Controller, Share).unwrap_err();
	assert_eq!(refused(state(true, false, Capable)), Refusal::Left);
	assert_eq!(refused(state(false, true, Capable)), Refusal::InRecovery);
	assert_eq!(refused(state(false, false, Incapable)), Refusal::Incapable);
	assert_eq!(refused(state(false, false, Deceased)), Refusal::Deceased);
}

/// A refusal has the same name in every pallet: the mapping is written once.
#[test]
fn refusal_should_become_the_error_of_its_name_when_a_call_fails() {
	use crate::Error;
	use sp_runtime::DispatchError;
	let named: [(Refusal, Error<Test>); 6] = [
		(Refusal::Stranger, Error::NotAuthorized),
		(Refusal::NotInMandate, Error::NotInMandate),
		(Refusal::Left, Error::PatientLeft),
		(Refusal::InRecovery, Error::RecoveryRunning),
		(Refusal::Incapable, Error::PatientIncapable),
		(Refusal::Deceased, Error::PatientDeceased),
	];
	for (refusal, error) in named {
		assert_eq!(DispatchError::from(Error::<Test>::from(refusal)), DispatchError::from(error));
	}
}

#[test]
fn may_should_tell_who_acts_or_why_not() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &[Share], START + DAY)
		.run(|| {
			let may = |who, deed| Patients::may(&who, ADA, deed, START);
			assert_eq!(may(of("Ada"), Share), Ok(Relation::Controller));
			assert_eq!(may(mother(), Dispute), Ok(Relation::Guardian));
			assert_eq!(may(friend(), Share), Ok(Relation::Delegate));
			assert_eq!(may(friend(), AnswerRequests), Err(Refusal::NotInMandate));
			assert_eq!(may(stranger(), Withdraw), Err(Refusal::Stranger));
			assert_eq!(Patients::may(&of("Ada"), BEN, Withdraw, START), Err(Refusal::Stranger));
			set_condition(Deceased);
			assert_eq!(may(mother(), Share), Err(Refusal::Deceased));
			assert_eq!(may(mother(), Withdraw), Ok(Relation::Guardian));
			// The mandate is checked first: the answer tells nothing about the patient.
			assert_eq!(may(friend(), AnswerRequests), Err(Refusal::NotInMandate));
		});
}

#[test]
fn may_should_go_by_right_before_mandate_when_an_account_has_both() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), Some(START + DAY))
		.delegate(ADA, mother(), &[Withdraw], START + 2 * DAY)
		.run(|| {
			assert_eq!(Patients::deeds_of(mother(), ADA), DEEDS);
			wait(DAY);
			assert_eq!(Patients::deeds_of(mother(), ADA), [Withdraw]);
		});
}

#[test]
fn may_should_answer_for_a_past_moment_when_the_patient_has_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		wait(DAY);
		crate::Pallet::<Test>::leave(signed(of("Ada"))).unwrap();
		wait(DAY);
		let might = |at| Patients::may(&of("Ada"), ADA, Share, at);
		assert_eq!(might(START + DAY - 1), Ok(Relation::Controller));
		assert_eq!(might(START + DAY), Err(Refusal::Left));
	});
}

#[test]
fn may_should_go_by_right_before_mandate_when_the_right_is_past() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.guardian(ADA, mother(), None)
		.delegate(ADA, mother(), &[Withdraw], START + 2 * DAY)
		.run(|| {
			wait(DAY);
			crate::Pallet::<Test>::end_guardian(signed(of("Ada")), ADA, mother()).unwrap();
			wait(1);
			let might = |at| Patients::may(&mother(), ADA, Share, at);
			assert_eq!(might(START + DAY - 1), Ok(Relation::Guardian));
			assert_eq!(might(START + DAY), Err(Refusal::NotInMandate));
		});
}
