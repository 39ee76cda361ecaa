use crate::{mock::*, Error, Event, Patients as Rows, PrincipalsOf};
use assent_policy::Moment;
use assent_support::{Act, Condition, Deed, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const UNTIL: Moment = START + 30 * DAY;

#[test]
fn end_delegate_should_stop_the_delegate_when_patient_guardian_or_delegate_asks() {
	for by in [of("Ada"), mother(), friend()] {
		ExtBuilder::default()
			.patient("Ada", ADA)
			.guardian(ADA, mother(), None)
			.delegate(ADA, account(36), &DEEDS, UNTIL)
			.delegate(ADA, friend(), &DEEDS, UNTIL)
			.run(|| {
				wait(DAY);
				assert_ok!(Patients::end_delegate(signed(by.clone()), ADA, friend()));
				assert_eq!(Patients::deeds_of(friend(), ADA), []);
				assert!(!Patients::is_representative(&friend(), START + DAY));
				assert!(!PrincipalsOf::<Test>::contains_key(friend()));
				assert_eq!(Rows::<Test>::get(ADA).unwrap().delegates[0].account, account(36));
				// The past role stays known.
				assert_eq!(relation(&friend(), ADA, START + DAY - 1), Some(Relation::Delegate));
				assert_eq!(
					last_event(),
					Event::DelegateEnded { patient: ADA, delegate: friend(), by: by.clone() }
				);
				assert_eq!(
					trail(),
					[Entry {
						patient: Some(ADA),
						organisation: Some(HOSPITAL),
						actor: Some(by.clone()),
						act: Act::DelegateEnded { delegate: friend() }
					}]
				);
			});
	}
}

#[test]
fn end_delegate_should_keep_the_other_principals_when_one_ends() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.delegate(ADA, friend(), &DEEDS, UNTIL)
		.delegate(BEN, friend(), &DEEDS, UNTIL)
		.run(|| {
			assert_ok!(Patients::end_delegate(signed(of("Ada")), ADA, friend()));
			assert_eq!(Patients::principals_of(friend()), [BEN]);
		});
}

#[test]
fn end_delegate_should_fail_when_the_caller_is_somebody_else() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, father(), Some(START + DAY))
		.proposal(ADA, mother(), None)
		.delegate(ADA, account(36), &DEEDS, UNTIL)
		.delegate(ADA, friend(), &DEEDS, UNTIL)
		.run(|| {
			wait(DAY);
			let others = [account(36), mother(), father(), of("Ben"), agent(), stranger()];
			for who in others {
				assert_noop!(
					Patients::end_delegate(signed(who), ADA, friend()),
					Error::<Test>::NotAuthorized
				);
			}
			assert_noop!(Patients::end_delegate(RuntimeOrigin::root(), ADA, friend()), BadOrigin);
		});
}

#[test]
fn end_delegate_should_fail_when_there_is_none() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::end_delegate(signed(of("Ada")), ADA, friend()),
			Error::<Test>::DelegateNotFound
		);
		assert_noop!(
			Patients::end_delegate(signed(friend()), ADA, friend()),
			Error::<Test>::DelegateNotFound
		);
		assert_noop!(
			Patients::end_delegate(signed(of("Ada")), BEN, friend()),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn end_delegate_should_pass_however_the_patient_is() {
	let case = |prepare: fn()| {
		ExtBuilder::default()
			.patient("Ada", ADA)
			.delegate(ADA, friend(), &[Deed::Withdraw], UNTIL)
			.run(|| {
				prepare();
				assert_ok!(Patients::end_delegate(signed(of("Ada")), ADA, friend()));
			});
	};
	case(|| set_condition(Condition::Incapable));
	case(|| set_condition(Condition::Deceased));
	case(|| start_recovery("Cy"));
	case(|| Patients::leave(signed(of("Ada"))).unwrap());
	case(|| wait(31 * DAY));
}
