use crate::{mock::*, *};
use assent_policy::PatientId;
use assent_support::Act;
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};

fn ask_them(
	patients: impl IntoIterator<Item = PatientId>,
) -> frame_support::dispatch::DispatchResult {
	Accepting::ask(signed(HOSPITAL_AGENT), asked(patients))
}

#[test]
fn ask_should_put_the_question_and_change_nothing_else() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA, BEN]);
		assert_last_event(Event::PatientAsked { campaign: 0, patient: BEN, version: 2 });
		assert_eq!((accepted(ADA), accepted(BEN)), (Some(1), Some(1)));
		let (number, counted, invitation) = Accepting::question_to(ADA).unwrap();
		assert_eq!((number, counted.asked), (0, 2));
		let expected = Invitation { asked: now(), answer: Answer::None };
		assert_eq!(invitation, expected);
		assert_eq!(Accepting::question_to(OLD), None);
		let act = Act::PolicyAsked { campaign: 0, version: 2 };
		assert_eq!(
			trail()[1..],
			[ADA, BEN].map(|patient| Entry::of(
				Some(patient),
				Some(HOSPITAL),
				Some(HOSPITAL_AGENT),
				act.clone()
			))
		);
	});
}

#[test]
fn ask_should_pass_over_those_asked_or_on_another_version() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		register(HOSPITAL);
		accept(BEN, 3);
		let until = now() + DAY;
		assert_ok!(Accepting::open_campaign(signed(HOSPITAL_AGENT), Some(1), until));
		// Ben has accepted the newest version. A patient without an accepted version is not asked.
		assert_ok!(ask_them([ADA, BEN, OLD]));
		assert_eq!(campaign().asked, 1);
		assert!(Accepting::question_to(ADA).is_some());
		assert_noop!(ask_them([ADA, BEN, OLD]), Error::<Test>::NobodyToAsk);
		assert_noop!(ask_them([]), Error::<Test>::NobodyToAsk);
	});
}

#[test]
fn ask_should_reach_those_who_accepted_none_when_the_campaign_says_so() {
	ExtBuilder.run(|| {
		ask([OLD]);
		assert_noop!(ask_them([ADA]), Error::<Test>::NobodyToAsk);
	});
}

#[test]
fn ask_should_reach_the_same_patient_again_when_another_campaign_is_open() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		wait(DAY);
		ask([ADA]);
		assert_eq!(Accepting::question_to(ADA).unwrap().0, 1);
		assert_eq!(Invitations::<Test>::iter().count(), 2);
	});
}

#[test]
fn ask_should_fail_when_no_campaign_is_open() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		assert_noop!(ask_them([ADA]), Error::<Test>::NotOpen);
		ask([ADA]);
		assert_noop!(Accepting::ask(signed(CLINIC_AGENT), asked([OTHER])), Error::<Test>::NotOpen);
		wait(DAY);
		assert_noop!(ask_them([BEN]), Error::<Test>::NotOpen);
	});
}

#[test]
fn ask_should_fail_when_the_caller_acts_for_no_organisation() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		for who in [STRANGER, controller(BEN)] {
			assert_noop!(Accepting::ask(signed(who), asked([BEN])), Error::<Test>::NotAuthorized);
		}
	});
}

#[test]
fn ask_should_fail_when_a_patient_is_unknown_or_anothers() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA]);
		assert_noop!(ask_them([BEN, UNKNOWN]), Error::<Test>::PatientNotFound);
		assert_noop!(ask_them([BEN, OTHER]), Error::<Test>::NotEnrolledHere);
	});
}

#[test]
fn ask_should_take_a_full_page_and_not_decode_more() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		let many: Vec<PatientId> = (100..=132).map(|seed| PatientId([seed; 16])).collect();
		many.iter().for_each(|patient| enrol(*patient, HOSPITAL, Some(1)));
		ask(many.iter().copied().take(MAX_ASKED as usize));
		assert_eq!(campaign().asked, MAX_ASKED);
		assert_eq!(many.len() as u32, MAX_ASKED + 1);
		let encoded = many.iter().copied().collect::<std::collections::BTreeSet<_>>().encode();
		assert!(Asked::decode(&mut &encoded[..]).is_err());
	});
}

#[test]
fn ask_should_be_charged_for_each_patient() {
	ExtBuilder.run(|| {
		let weight = |patients: Vec<PatientId>| {
			let call = Call::<Test>::ask { patients: asked(patients) };
			call.get_dispatch_info().call_weight
		};
		assert_eq!(weight(vec![ADA, BEN]), <Test as Config>::WeightInfo::ask(2));
		assert!(weight(vec![ADA, BEN]).all_gt(weight(vec![ADA])));
	});
}
