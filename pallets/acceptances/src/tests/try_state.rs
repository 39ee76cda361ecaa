//! Each test breaks one invariant and expects the finding.

use crate::{mock::*, *};
use assent_policy::PatientId;

fn broken(reason: &str, change: impl FnOnce()) {
	ExtBuilder.build().execute_with(|| {
		register(HOSPITAL);
		wait(10);
		accept(BEN, 2);
		ask([ADA]);
		Accepting::do_try_state().unwrap();
		change();
		let error = Accepting::do_try_state().expect_err("the state is broken");
		assert!(format!("{error:?}").contains(reason), "{error:?} instead of {reason}");
	});
}

fn insert(patient: PatientId, number: u32, version: u32, at: u64) {
	let by = STRANGER;
	let row = Acceptance { version, by_patient: Some(version), at, by };
	Acceptances::<Test>::insert(patient, number, row);
	AcceptanceCount::<Test>::insert(patient, number + 1);
}

fn change(change: impl FnOnce(&mut Campaign)) {
	Campaigns::<Test>::mutate(0, |row| change(row.as_mut().unwrap()));
}

fn invite(patient: PatientId, asked: u64, answer: Answer) {
	Invitations::<Test>::insert(0, patient, Invitation { asked, answer });
}

#[test]
fn try_state_should_see_damaged_acceptances() {
	let now = START + 10;
	broken("an acceptance is not counted", || AcceptanceCount::<Test>::insert(BEN, 0));
	broken("acceptances are counted wrong", || AcceptanceCount::<Test>::insert(BEN, 2));
	broken("of an unknown patient", || insert(UNKNOWN, 0, 1, now));
	broken("nobody registered", || insert(ADA, 0, 3, now));
	broken("an acceptance is missing", || insert(ADA, 1, 2, now));
	broken("out of order", || insert(ADA, 0, 2, now + 1));
	broken("out of order", || insert(BEN, 1, 1, now - 1));
	broken("changed nothing", || insert(BEN, 1, 2, now));
	broken("without the patient", || {
		insert(BEN, 1, 1, now);
		Acceptances::<Test>::mutate(BEN, 1, |row| row.as_mut().unwrap().by_patient = None);
	});
	broken("changed nothing", || insert(ADA, 0, 1, now));
}

#[test]
fn try_state_should_see_damaged_campaigns() {
	let now = START + 10;
	broken("numbers and rows differ", || NextCampaign::<Test>::put(2));
	broken("a number not handed out", || {
		let row = Campaigns::<Test>::take(0).unwrap();
		Campaigns::<Test>::insert(1, row);
		Invitations::<Test>::remove(0, ADA);
		invite_in_one();
		LatestCampaign::<Test>::insert(HOSPITAL, 1);
	});
	broken("about no newer version", || change(|row| row.from = Some(2)));
	broken("about no newer version", || change(|row| row.to = 3));
	broken("ends before it begins", || change(|row| row.until = row.opened));
	broken("ends before it begins", || change(|row| row.ended = Some(row.until)));
	broken("acceptances: a campaign is counted wrong", || change(|row| row.asked = 2));
	broken("acceptances: a campaign is counted wrong", || change(|row| row.refused = 1));
	broken("acceptances: a campaign is counted wrong", || invite(ADA, now, Answer::Accepted(now)));
	broken("not the latest is open", || LatestCampaign::<Test>::remove(HOSPITAL));
	broken("the latest campaign is another organisation's", || {
		LatestCampaign::<Test>::insert(CLINIC, 0)
	});
	broken("of no campaign", || {
		Invitations::<Test>::insert(7, ADA, Invitation { asked: now, answer: Answer::None })
	});
	broken("another organisation's patient", || invite(OTHER, now, Answer::None));
	broken("out of time", || invite(ADA, now - 1, Answer::None));
	broken("out of time", || invite(ADA, now, Answer::Refused(now - 1)));
	broken("out of time", || invite(ADA, now, Answer::Accepted(now + 1)));
}

fn invite_in_one() {
	Invitations::<Test>::insert(1, ADA, Invitation { asked: START + 10, answer: Answer::None });
}
