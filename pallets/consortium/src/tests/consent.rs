//! The account's own signature, which `credential` and `add_agent` need.

use crate::{
	day_of, mock::*, Capacity, Consent, Engagements, Error, Practitioners, MAX_CONSENT_DAYS,
};
use assent_policy::Role;
use assent_protocol::messages::{wrapped, Engagement};
use frame_support::{assert_noop, assert_ok};
use sp_core::{ecdsa, ed25519, Pair};
use sp_runtime::{traits::IdentifyAccount, AccountId32, DispatchResult, MultiSigner};

/// The hospital's agent credentials the clinician for a day from now on.
fn credentials(consent: Option<Consent>) -> DispatchResult {
	let now = Timestamp::get();
	Consortium::credential(
		signed(hospital_agent()),
		clinician(),
		roles(&[Role::Nurse]),
		no_groups(),
		now,
		now + DAY,
		consent,
	)
}

/// The hospital's controller makes the clinician's account an agent.
fn adds(consent: Consent) -> DispatchResult {
	Consortium::add_agent(signed(hospital_controller()), clinician(), consent)
}

/// The two calls that need a consent.
type Call = fn(Consent) -> DispatchResult;
const CALLS: [(Capacity, Call); 2] =
	[(Capacity::Practitioner, |consent| credentials(Some(consent))), (Capacity::Agent, adds)];

/// The text that the clinician signs for the hospital.
fn text(capacity: Capacity) -> Engagement<'static> {
	engagement(&clinician(), HOSPITAL, "Hospital", capacity)
}

#[test]
fn consent_should_count_and_serve_once() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			let first = sign(&clinician(), &text(capacity));
			assert_ok!(call(first.clone()));
			assert_eq!(Engagements::<Test>::get(clinician()), 1);
			// The clinician leaves. The organisation can't take the clinician back.
			assert_ok!(Consortium::resign(signed(clinician())));
			assert_noop!(call(first), Error::<Test>::BadSignature);
			let second = sign(&clinician(), &text(capacity));
			assert_ok!(call(second));
			assert_eq!(Engagements::<Test>::get(clinician()), 2);
		});
	}
}

#[test]
fn consent_should_serve_when_wrapped_as_wallets_do() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			let text = text(capacity);
			let signature = wallet(21).sign(&wrapped(text.message().as_bytes()));
			assert_ok!(call(Consent { last_day: text.last_day, signature: signature.into() }));
		});
	}
}

#[test]
fn consent_should_serve_when_the_key_is_of_another_kind() {
	ExtBuilder::default().run(|| {
		let other = ed25519::Pair::from_seed(&[1; 32]);
		let third = ecdsa::Pair::from_seed(&[1; 32]);
		let message = |who: &AccountId32| {
			let text = engagement(who, HOSPITAL, "Hospital", Capacity::Agent);
			text.message().into_bytes()
		};
		let last_day = today();
		let who = MultiSigner::from(other.public()).into_account();
		let signature = other.sign(&message(&who)).into();
		let by = signed(hospital_controller());
		assert_ok!(Consortium::add_agent(by.clone(), who, Consent { last_day, signature }));
		let who = MultiSigner::from(third.public()).into_account();
		let signature = third.sign(&message(&who)).into();
		assert_ok!(Consortium::add_agent(by, who, Consent { last_day, signature }));
	});
}

#[test]
fn call_should_fail_when_a_line_of_the_signed_text_is_another() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			let right = text(capacity);
			let other = match capacity {
				Capacity::Practitioner => Capacity::Agent,
				Capacity::Agent => Capacity::Practitioner,
			};
			for wrong in [
				Engagement { genesis: [1; 32], ..right },
				Engagement { organisation: CLINIC, ..right },
				Engagement { name: "Clinic", ..right },
				Engagement { capacity: other, ..right },
				Engagement { account: stranger().into(), ..right },
				Engagement { number: 1, ..right },
			] {
				assert_noop!(call(sign(&clinician(), &wrong)), Error::<Test>::BadSignature);
			}
			// The signature is for the next day, and the argument names today.
			let signed = sign(&clinician(), &Engagement { last_day: today() + 1, ..right });
			let moved = Consent { last_day: today(), ..signed };
			assert_noop!(call(moved), Error::<Test>::BadSignature);
			assert_ok!(call(sign(&clinician(), &right)));
		});
	}
}

#[test]
fn call_should_fail_when_another_account_signed() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			for other in [stranger(), hospital_agent(), hospital_controller()] {
				assert_noop!(call(sign(&other, &text(capacity))), Error::<Test>::BadSignature);
			}
		});
	}
}

#[test]
fn call_should_fail_when_the_last_day_is_over() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			let last_day = today() + 2;
			let consent = sign(&clinician(), &Engagement { last_day, ..text(capacity) });
			// The last millisecond of the last day, and the first of the next.
			let end = u64::from(last_day + 1) * DAY;
			set_time(end);
			assert_noop!(call(consent.clone()), Error::<Test>::ConsentLapsed);
			set_time(end - 1);
			assert_eq!(today(), last_day);
			assert_ok!(call(consent));
		});
	}
}

#[test]
fn call_should_fail_when_the_last_day_is_more_than_a_year_ahead() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			let until = |last_day| sign(&clinician(), &Engagement { last_day, ..text(capacity) });
			let last = today() + MAX_CONSENT_DAYS;
			for too_long in [last + 1, u32::MAX] {
				assert_noop!(call(until(too_long)), Error::<Test>::ConsentTooLong);
			}
			assert_ok!(call(until(last)));
		});
	}
}

#[test]
fn call_should_fail_when_the_account_agreed_too_often() {
	for (capacity, call) in CALLS {
		ExtBuilder::default().run(|| {
			frame_support::hypothetically!({
				Engagements::<Test>::insert(clinician(), u32::MAX);
				let consent = sign(&clinician(), &text(capacity));
				assert_noop!(call(consent), Error::<Test>::NumbersExhausted);
			});
		});
	}
}

#[test]
fn consent_should_stay_unused_when_the_call_fails() {
	ExtBuilder::default().run(|| {
		let consent = sign(&clinician(), &text(Capacity::Practitioner));
		assert_noop!(
			Consortium::credential(
				signed(hospital_agent()),
				clinician(),
				roles(&[]),
				no_groups(),
				NOW,
				NOW + DAY,
				Some(consent.clone())
			),
			Error::<Test>::NoRoles
		);
		assert_ok!(credentials(Some(consent)));
	});
}

#[test]
fn credential_should_fail_when_the_account_never_agreed() {
	ExtBuilder::default().run(|| {
		assert_noop!(credentials(None), Error::<Test>::ConsentMissing);
		// An agent agreed to something else.
		assert_ok!(add_agent(hospital_controller(), clinician()));
		assert_noop!(credentials(None), Error::<Test>::ConsentMissing);
	});
}

#[test]
fn credential_should_need_no_second_consent_when_the_first_credential_is_held() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		// The last moment of the credential.
		set_time(NOW + DAY - 1);
		assert_ok!(credentials(None));
		assert_eq!(Engagements::<Test>::get(clinician()), 1);
		assert_eq!(Practitioners::<Test>::get(clinician()).unwrap().roles, roles(&[Role::Nurse]));
	});
}

#[test]
fn credential_should_need_another_consent_when_lapsed() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		set_time(NOW + DAY);
		assert_noop!(credentials(None), Error::<Test>::ConsentMissing);
		assert_ok!(credentials(Some(sign(&clinician(), &text(Capacity::Practitioner)))));
	});
}

#[test]
fn credential_should_need_another_consent_when_revoked() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::revoke(signed(hospital_agent()), clinician()));
		assert_noop!(credentials(None), Error::<Test>::ConsentMissing);
	});
}

#[test]
fn credential_should_need_another_consent_when_resigned() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_ok!(Consortium::resign(signed(clinician())));
		assert_noop!(credentials(None), Error::<Test>::ConsentMissing);
	});
}

#[test]
fn credential_should_need_another_consent_when_another_organisation_vouched() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		// The clinic's credential of the account is no credential of the hospital.
		let by_clinic = Consortium::credential(
			signed(clinic_agent()),
			clinician(),
			roles(&[Role::Nurse]),
			no_groups(),
			NOW,
			NOW + DAY,
			None,
		);
		assert_eq!(by_clinic, Err(Error::<Test>::AlreadyCredentialed.into()));
		assert_ok!(Consortium::remove(root(), HOSPITAL));
		assert_noop!(
			Consortium::credential(
				signed(clinic_agent()),
				clinician(),
				roles(&[Role::Nurse]),
				no_groups(),
				NOW,
				NOW + DAY,
				None
			),
			Error::<Test>::ConsentMissing
		);
	});
}

#[test]
fn day_should_begin_with_its_first_millisecond() {
	for (moment, day) in
		[(0, 0), (DAY - 1, 0), (DAY, 1), (1_798_675_200_000, 20_818), (u64::MAX, u32::MAX)]
	{
		assert_eq!(day_of(moment), day, "{moment}");
	}
}
