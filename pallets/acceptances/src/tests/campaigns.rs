use crate::{mock::*, *};
use assent_support::Act;
use frame_support::{assert_noop, assert_ok};

fn open(from: Option<u32>) -> frame_support::dispatch::DispatchResult {
	Accepting::open_campaign(signed(HOSPITAL_AGENT), from, now() + DAY)
}

#[test]
fn open_campaign_should_ask_about_the_newest_version() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		assert_ok!(open(Some(1)));
		let until = now() + DAY;
		assert_last_event(Event::CampaignOpened {
			campaign: 0,
			organisation: HOSPITAL,
			from: Some(1),
			to: 2,
			until,
		});
		let expected = Campaign {
			organisation: HOSPITAL,
			from: Some(1),
			to: 2,
			opened: now(),
			until,
			ended: None,
			asked: 0,
			accepted: 0,
			refused: 0,
		};
		assert_eq!(Accepting::campaign_of(HOSPITAL), Some((0, expected)));
		let act = Act::CampaignOpened { campaign: 0, version: 2 };
		assert_eq!(trail(), vec![Entry::of(None, Some(HOSPITAL), Some(HOSPITAL_AGENT), act)]);
	});
}

#[test]
fn open_campaign_should_fail_when_the_caller_acts_for_no_active_organisation() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		for who in [STRANGER, controller(ADA)] {
			assert_noop!(
				Accepting::open_campaign(signed(who), None, now() + DAY),
				Error::<Test>::NotAuthorized
			);
		}
		World::suspend(HOSPITAL);
		assert_noop!(open(None), Error::<Test>::NotAuthorized);
	});
}

#[test]
fn open_campaign_should_fail_when_there_is_no_policy() {
	ExtBuilder.run(|| {
		assert_noop!(
			Accepting::open_campaign(signed(CLINIC_AGENT), None, now() + DAY),
			Error::<Test>::NoPolicy
		);
	});
}

#[test]
fn open_campaign_should_fail_when_the_oldest_version_is_not_older() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		for from in [2, 3, u32::MAX] {
			assert_noop!(open(Some(from)), Error::<Test>::NotOlder);
		}
	});
}

#[test]
fn open_campaign_should_fail_when_it_would_be_over() {
	ExtBuilder.run(|| {
		for until in [0, now()] {
			assert_noop!(
				Accepting::open_campaign(signed(HOSPITAL_AGENT), None, until),
				Error::<Test>::PeriodPast
			);
		}
		assert_ok!(Accepting::open_campaign(signed(HOSPITAL_AGENT), None, now() + 1));
	});
}

#[test]
fn open_campaign_should_fail_when_one_is_open() {
	ExtBuilder.run(|| {
		assert_ok!(open(None));
		register(HOSPITAL);
		wait(DAY - 1);
		assert_noop!(open(None), Error::<Test>::AlreadyOpen);
		wait(1);
		assert_ok!(open(None));
		assert_ok!(Accepting::end_campaign(signed(HOSPITAL_AGENT)));
		assert_ok!(open(Some(1)));
		assert_eq!(Accepting::campaign_of(HOSPITAL).unwrap().0, 2);
	});
}

#[test]
fn open_campaign_should_fail_when_numbers_are_exhausted() {
	ExtBuilder.build().execute_with(|| {
		NextCampaign::<Test>::put(u32::MAX);
		assert_noop!(open(None), Error::<Test>::NumbersExhausted);
	});
}

#[test]
fn end_campaign_should_stop_asking_and_keep_what_was_answered() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		ask([ADA, BEN]);
		accept(ADA, 2);
		wait(9);
		assert_ok!(Accepting::end_campaign(signed(HOSPITAL_AGENT)));
		assert_last_event(Event::CampaignEnded { campaign: 0, organisation: HOSPITAL });
		let ended = campaign();
		assert_eq!(ended.ended, Some(now()));
		assert_eq!((ended.asked, ended.accepted, ended.refused), (2, 1, 0));
		assert_eq!((accepted(ADA), accepted(BEN)), (Some(2), Some(1)));
		assert_eq!(Accepting::question_to(BEN), None);
		let act = Act::CampaignEnded { campaign: 0 };
		assert_eq!(trail().pop(), Some(Entry::of(None, Some(HOSPITAL), Some(HOSPITAL_AGENT), act)));
		// A late answer is valid for the patient, but not for the campaign.
		accept(BEN, 2);
		assert_eq!(campaign().accepted, 1);
	});
}

#[test]
fn end_campaign_should_fail_when_none_is_open() {
	ExtBuilder.run(|| {
		let end = || Accepting::end_campaign(signed(HOSPITAL_AGENT));
		assert_noop!(end(), Error::<Test>::NotOpen);
		assert_ok!(open(None));
		assert_noop!(Accepting::end_campaign(signed(CLINIC_AGENT)), Error::<Test>::NotOpen);
		assert_noop!(Accepting::end_campaign(signed(STRANGER)), Error::<Test>::NotAuthorized);
		hypothetically_ended();
		wait(DAY);
		assert_noop!(end(), Error::<Test>::NotOpen);
	});
}

fn hypothetically_ended() {
	frame_support::hypothetically!({
		assert_ok!(Accepting::end_campaign(signed(HOSPITAL_AGENT)));
		assert_noop!(Accepting::end_campaign(signed(HOSPITAL_AGENT)), Error::<Test>::NotOpen);
	});
}
