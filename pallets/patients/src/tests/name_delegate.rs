use crate::{
	mock::*, Delegate, Error, Event, Patients as Rows, PrincipalsOf, MAX_DELEGATES, MAX_MANDATE,
	MAX_PRINCIPALS,
};
use assent_policy::{Moment, PatientId};
use assent_support::{Act, Condition, Deed, Relation};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, AccountId32, DispatchResult};

const UNTIL: Moment = START + 30 * DAY;

fn name(delegate: AccountId32, mandate: &[Deed], until: Moment) -> DispatchResult {
	Patients::name_delegate(signed(of("Ada")), ADA, delegate, deeds(mandate), until)
}

#[test]
fn name_delegate_should_let_the_account_act_within_the_limits() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_ok!(name(friend(), &[Deed::Share, Deed::Withdraw], UNTIL));
		assert_eq!(
			Rows::<Test>::get(ADA).unwrap().delegates.into_inner(),
			[Delegate {
				account: friend(),
				deeds: deeds(&[Deed::Share, Deed::Withdraw]),
				named: START,
				until: UNTIL
			}]
		);
		assert_eq!(Patients::deeds_of(friend(), ADA), [Deed::Share, Deed::Withdraw]);
		assert_eq!(Patients::principals_of(friend()), [ADA]);
		assert!(Patients::is_representative(&friend(), START));
		assert_eq!(System::sufficients(&friend()), 1);
		assert_eq!(
			last_event(),
			Event::DelegateNamed {
				patient: ADA,
				delegate: friend(),
				deeds: deeds(&[Deed::Share, Deed::Withdraw]),
				until: UNTIL
			}
		);
		assert_eq!(
			trail(),
			[Entry {
				patient: Some(ADA),
				organisation: Some(HOSPITAL),
				actor: Some(of("Ada")),
				act: Act::DelegateNamed { delegate: friend() }
			}]
		);
	});
}

#[test]
fn name_delegate_should_end_by_itself_when_the_date_comes() {
	ExtBuilder::default().patient("Ada", ADA).delegate(ADA, friend(), &DEEDS, UNTIL).run(|| {
		wait(30 * DAY - 1);
		assert_eq!(Patients::deeds_of(friend(), ADA), DEEDS);
		assert!(Patients::is_representative(&friend(), UNTIL - 1));
		wait(1);
		assert_eq!(Patients::deeds_of(friend(), ADA), []);
		assert!(!Patients::is_representative(&friend(), UNTIL));
		assert!(Patients::principals_of(friend()).is_empty());
	});
}

#[test]
fn name_delegate_should_change_the_limits_when_the_account_is_a_delegate() {
	ExtBuilder::default().patient("Ada", ADA).delegate(ADA, friend(), &DEEDS, UNTIL).run(|| {
		wait(DAY);
		assert_ok!(name(friend(), &[Deed::Withdraw], START + 2 * DAY));
		assert_eq!(Patients::deeds_of(friend(), ADA), [Deed::Withdraw]);
		assert_eq!(Rows::<Test>::get(ADA).unwrap().delegates.len(), 1);
		assert_eq!(PrincipalsOf::<Test>::get(friend()).len(), 1);
		// The earlier mandate stays known.
		let might = |deed, at| Patients::may_do(&friend(), ADA, deed, at).is_ok();
		assert!(might(Deed::Share, START + DAY - 1));
		assert!(!might(Deed::Share, START + DAY));
		wait(DAY);
		assert_eq!(Patients::deeds_of(friend(), ADA), []);
	});
}

#[test]
fn name_delegate_should_fail_when_the_caller_is_not_the_controller() {
	ExtBuilder::default()
		.patient("Ada", ADA)
		.patient("Ben", BEN)
		.guardian(ADA, mother(), None)
		.delegate(ADA, friend(), &DEEDS, UNTIL)
		.run(|| {
			// A delegate passes nothing on, and a guardian names no delegate.
			for who in [friend(), mother(), of("Ben"), agent(), stranger()] {
				assert_noop!(
					Patients::name_delegate(
						signed(who),
						ADA,
						account(36),
						deeds(&[Deed::Withdraw]),
						UNTIL
					),
					Error::<Test>::NotAuthorized
				);
			}
			assert_noop!(
				Patients::name_delegate(
					RuntimeOrigin::root(),
					ADA,
					account(36),
					deeds(&DEEDS),
					UNTIL
				),
				BadOrigin
			);
		});
}

#[test]
fn name_delegate_should_fail_when_the_patient_is_unknown_or_left() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(
			Patients::name_delegate(signed(of("Ada")), BEN, friend(), deeds(&DEEDS), UNTIL),
			Error::<Test>::NotFound
		);
		assert_ok!(Patients::leave(signed(of("Ada"))));
		assert_noop!(name(friend(), &DEEDS, UNTIL), Error::<Test>::PatientLeft);
	});
}

#[test]
fn name_delegate_should_fail_when_the_account_does_not_count() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		set_condition(Condition::Incapable);
		assert_noop!(name(friend(), &DEEDS, UNTIL), Error::<Test>::PatientIncapable);
		set_condition(Condition::Deceased);
		assert_noop!(name(friend(), &DEEDS, UNTIL), Error::<Test>::PatientDeceased);
		set_condition(Condition::Capable);
		start_recovery("Cy");
		assert_noop!(name(friend(), &DEEDS, UNTIL), Error::<Test>::RecoveryRunning);
	});
}

#[test]
fn name_delegate_should_fail_when_nothing_is_allowed() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(name(friend(), &[], UNTIL), Error::<Test>::NothingAllowed);
	});
}

#[test]
fn name_delegate_should_fail_when_the_end_is_past_or_too_far() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for until in [0, START - 1, START] {
			assert_noop!(name(friend(), &DEEDS, until), Error::<Test>::TermPast);
		}
		for until in [START + MAX_MANDATE + 1, Moment::MAX] {
			assert_noop!(name(friend(), &DEEDS, until), Error::<Test>::TermTooLong);
		}
		assert_ok!(name(friend(), &DEEDS, START + 1));
		assert_ok!(name(friend(), &DEEDS, START + MAX_MANDATE));
	});
}

#[test]
fn name_delegate_should_fail_when_the_delegate_is_the_patient() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		assert_noop!(name(of("Ada"), &DEEDS, UNTIL), Error::<Test>::SelfDelegate);
	});
}

#[test]
fn name_delegate_should_fail_when_the_delegate_is_the_organisations_own() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for who in [agent(), clinician()] {
			assert_noop!(name(who, &DEEDS, UNTIL), Error::<Test>::DelegateNotIndependent);
		}
		assert_ok!(name(other_agent(), &DEEDS, UNTIL));
		assert_ok!(name(other_clinician(), &DEEDS, UNTIL));
	});
}

#[test]
fn name_delegate_should_make_room_only_when_leave_is_over() {
	ExtBuilder::default().patient("Ada", ADA).run(|| {
		for number in 1..=MAX_DELEGATES as u8 {
			assert_ok!(name(account(50 + number), &DEEDS, START + Moment::from(number) * DAY));
		}
		assert_noop!(name(friend(), &DEEDS, UNTIL), Error::<Test>::MaxDelegatesExceeded);
		wait(DAY);
		assert_ok!(name(friend(), &DEEDS, UNTIL));
		let kept: Vec<_> =
			Rows::<Test>::get(ADA).unwrap().delegates.into_iter().map(|one| one.account).collect();
		assert_eq!(kept, [account(52), account(53), account(54), friend()]);
		assert_eq!(relation(&account(51), ADA, START), Some(Relation::Delegate));
	});
}

#[test]
fn name_delegate_should_fail_when_the_account_has_too_many_principals() {
	ExtBuilder::default().run(|| {
		let id = |number| PatientId([number; 16]);
		let mut last = Ok(());
		for number in 0..=MAX_PRINCIPALS as u8 {
			let who = format!("wallet {number}");
			assert_ok!(enrol(&who, id(number), 0));
			let until = if number == 0 { START + DAY } else { UNTIL };
			let named = || {
				Patients::name_delegate(
					signed(of(&who)),
					id(number),
					friend(),
					deeds(&[Deed::Withdraw]),
					until,
				)
			};
			if number == MAX_PRINCIPALS as u8 {
				assert_noop!(named(), Error::<Test>::MaxPrincipalsExceeded);
				// The first delegate's mandate is over: there is room.
				wait(DAY);
			}
			last = named();
		}
		assert_ok!(last);
		assert_eq!(Patients::principals_of(friend()).len(), MAX_PRINCIPALS as usize);
	});
}
