//! Every rule of the state is checked: a test breaks the state, and the check names the rule.

use crate::{mock::*, *};
use assent_support::{ReviewFinding, SuspensionCause};
use frame_support::assert_ok;
use sp_core::H256;
use sp_runtime::DispatchError;

/// The moment at which the tests look at the state.
const NOW: u64 = START + 20 * DAY;

/// A state with some of everything. Emergencies of the declarer: 0 found wrong, 1 passed on, 2
/// under review, 3 to be drawn, 4 not justified. Emergencies of the colleague: 5 found right, 6
/// ended, 7 active for another patient, 8 active.
fn broken(by: impl FnOnce(), finding: &'static str) {
	ExtBuilder.build().execute_with(|| {
		for _ in 0..4 {
			justified();
		}
		assert_ok!(declare(DECLARER, PATIENT, 1));
		let first = redraw(0);
		redraw(1);
		assert_ok!(review(agent(first), 0, ReviewFinding::Adverse));
		World::set_time(NOW - HOUR);
		assert_ok!(BreakGlass::pass_on(signed(STRANGER), 1));
		assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 4));
		redraw(2);
		assert_ok!(declare(COLLEAGUE, PATIENT, 1));
		World::advance(MINUTE);
		assert_ok!(justify(COLLEAGUE, 5));
		let reviewer = redraw(5);
		assert_ok!(review(agent(reviewer), 5, ReviewFinding::Justified));
		assert_ok!(declare(COLLEAGUE, PATIENT, 240));
		World::advance(MINUTE);
		assert_ok!(BreakGlass::end(signed(COLLEAGUE), 6));
		assert_ok!(declare(COLLEAGUE, OTHER_PATIENT, 240));
		assert_ok!(declare(COLLEAGUE, PATIENT, 240));
		World::set_time(NOW);
		assert_ok!(BreakGlass::do_try_state());
		by();
		assert_eq!(BreakGlass::do_try_state(), Err(DispatchError::Other(finding)));
	});
}

fn change(emergency: EmergencyId, by: impl FnOnce(&mut EmergencyRow)) {
	Emergencies::<Test>::mutate(emergency, |row| by(row.as_mut().unwrap()));
}

fn change_open(position: usize, by: impl FnOnce(&mut Open)) {
	Unjustified::<Test>::mutate(COLLEAGUE, |open| by(&mut open[position]));
}

/// The reviewer of emergency 2.
fn reviewer() -> u32 {
	let Stage::UnderReview { reviewer, .. } = row(2).stage else { unreachable!() };
	reviewer
}

#[test]
fn try_state_should_find_numbers_and_times_that_are_wrong() {
	broken(|| Emergencies::<Test>::remove(0), "emergencies: numbers and rows differ");
	broken(
		|| change(8, |row| row.until = row.declared + 4 * HOUR + 1),
		"emergencies: one lasts too long or not at all",
	);
	broken(
		|| change(6, |row| row.ended = Some(row.until)),
		"emergencies: one was ended outside of its time",
	);
	broken(
		|| change(8, |row| row.justify_by = row.until),
		"emergencies: one leaves no time to justify",
	);
}

#[test]
fn try_state_should_find_stages_that_do_not_fit() {
	broken(
		|| change(3, |row| row.justified = None),
		"emergencies: a justification is missing or not owed",
	);
	broken(
		|| set_stage(3, Stage::Unjustified),
		"emergencies: a justification is missing or not owed",
	);
	broken(
		|| change(3, |row| row.justified.as_mut().unwrap().at = row.declared),
		"emergencies: one was justified outside of its time, or by nothing",
	);
	broken(
		|| change(3, |row| row.justified.as_mut().unwrap().commitment = H256::zero()),
		"emergencies: one was justified outside of its time, or by nothing",
	);
	broken(
		|| set_stage(8, Stage::Unjustified),
		"emergencies: one is noted as unjustified before its time",
	);
	broken(
		|| {
			let due = NOW;
			set_stage(2, Stage::UnderReview { reviewer: CLINIC, due })
		},
		"emergencies: the declarer's organisation reviews",
	);
}

#[test]
fn try_state_should_find_lists_of_declarers_that_are_wrong() {
	broken(
		|| Unjustified::<Test>::insert(STRANGER, frame_support::BoundedVec::default()),
		"emergencies: an empty list of unjustified ones is kept",
	);
	broken(
		|| change_open(0, |one| one.emergency = 99),
		"emergencies: a list names one without a row",
	);
	broken(|| change_open(0, |one| one.over += 1), "emergencies: a list and a row differ");
	broken(|| change_open(0, |one| one.justify_by += 1), "emergencies: a list and a row differ");
	broken(
		|| Unjustified::<Test>::mutate(COLLEAGUE, |open| open.as_mut().swap(0, 1)),
		"emergencies: a list is out of order",
	);
	broken(|| MaxActive::set(1), "emergencies: too many are active, or two for one patient");
	broken(
		|| Unjustified::<Test>::mutate(COLLEAGUE, |open| open.retain(|one| one.emergency != 7)),
		"emergencies: one to be justified is not listed, or another is",
	);
}

#[test]
fn try_state_should_find_counts_of_days_that_are_wrong() {
	let more = |count: &mut DayCount| count.declared += 1;
	broken(
		|| OfPractitioner::<Test>::mutate(COLLEAGUE, more),
		"emergencies: a practitioner's count of the day is wrong",
	);
	broken(
		|| OfOrganisation::<Test>::mutate(CLINIC, more),
		"emergencies: an organisation's count of the day is wrong",
	);
	broken(
		|| OfPractitioner::<Test>::remove(COLLEAGUE),
		"emergencies: a practitioner's latest day is missing",
	);
	broken(
		|| OfOrganisation::<Test>::remove(CLINIC),
		"emergencies: an organisation's latest day is missing",
	);
	broken(|| OrganisationCap::<Test>::put(0), "emergencies: the cap lets nobody declare");
}

#[test]
fn try_state_should_find_reviews_that_are_wrong() {
	broken(
		|| ReviewsOf::<Test>::remove(reviewer(), 2),
		"emergencies: a review is not listed with its time",
	);
	broken(
		|| ReviewsOf::<Test>::insert(reviewer(), 2, NOW),
		"emergencies: a review is not listed with its time",
	);
	broken(
		|| ReviewsOf::<Test>::insert(reviewer(), 3, NOW),
		"emergencies: a review is listed that nobody owes",
	);
	broken(
		|| ReviewCounts::<Test>::mutate(reviewer(), |count| count.open += 1),
		"emergencies: a count of reviews is wrong",
	);
	broken(
		|| ReviewCounts::<Test>::mutate(reviewer(), |count| count.missed += 9),
		"emergencies: more reviews ended than were drawn",
	);
	broken(
		|| ReviewCounts::<Test>::remove(reviewer()),
		"emergencies: an organisation's count of reviews is missing",
	);
}

#[test]
fn try_state_should_find_suspensions_that_are_wrong() {
	let change = |by: fn(&mut Suspension)| {
		Suspensions::<Test>::mutate(DECLARER, |suspension| by(suspension.as_mut().unwrap()))
	};
	broken(|| change(|one| one.emergency = 99), "emergencies: a suspension has no emergency");
	let wrong: [fn(&mut Suspension); 4] = [
		|one| one.cause = SuspensionCause::Unjustified,
		|one| one.emergency = 4,
		|one| one.emergency = 5,
		|one| one.since += 1,
	];
	for by in wrong {
		broken(
			|| change(by),
			"emergencies: an emergency does not give the cause of its suspension",
		);
	}
	broken(
		|| {
			let Stage::Reviewed { reviewer, at, .. } = row(5).stage else { unreachable!() };
			let finding = ReviewFinding::Adverse;
			set_stage(5, Stage::Reviewed { reviewer, finding, at });
			Suspensions::<Test>::insert(
				COLLEAGUE,
				Suspension { since: at, emergency: 5, cause: SuspensionCause::Adverse },
			);
		},
		"emergencies: a suspended practitioner has an active emergency",
	);
}

#[test]
fn try_state_should_find_lists_of_patients_that_are_wrong() {
	broken(
		|| EmergenciesOf::<Test>::insert(PATIENT, 0, 7),
		"emergencies: a patient's list names another's",
	);
	broken(
		|| EmergenciesOf::<Test>::insert(PATIENT, 0, 2),
		"emergencies: an emergency stands in two places",
	);
	broken(
		|| EmergenciesOf::<Test>::remove(PATIENT, 0),
		"emergencies: an emergency stands in no list",
	);
	broken(
		|| EmergencyCount::<Test>::insert(PATIENT, 3),
		"emergencies: a patient's count is wrong",
	);
	broken(
		|| {
			EmergenciesOf::<Test>::remove(PATIENT, 0);
			EmergenciesOf::<Test>::insert(PATIENT, 50, 0);
		},
		"emergencies: a position lies past its patient's count",
	);
	broken(
		|| {
			EmergenciesOf::<Test>::insert(PATIENT, 0, 1);
			EmergenciesOf::<Test>::insert(PATIENT, 1, 0);
		},
		"emergencies: a patient's list is out of order",
	);
}
