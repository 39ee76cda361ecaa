use crate::{mock::*, *};
use assent_support::ReviewFinding;
use frame_support::{assert_ok, hypothetically};

#[test]
fn emergencies_of_should_page_by_position_with_their_numbers() {
	ExtBuilder.run(|| {
		for patient in [OTHER_PATIENT, PATIENT, PATIENT] {
			assert_ok!(declare(DECLARER, patient, 1));
			World::advance(MINUTE);
		}
		let numbers = |patient, from, limit| {
			BreakGlass::emergencies_of(patient, from, limit)
				.into_iter()
				.map(|(id, row)| {
					assert_eq!(row.patient, patient);
					id
				})
				.collect::<Vec<_>>()
		};
		assert_eq!(numbers(PATIENT, 0, 100), vec![1, 2]);
		assert_eq!(numbers(PATIENT, 1, 100), vec![2]);
		assert_eq!(numbers(PATIENT, 0, 1), vec![1]);
		assert_eq!(numbers(OTHER_PATIENT, 0, 100), vec![0]);
		assert!(numbers(PATIENT, 2, 100).is_empty());
	});
}

#[test]
fn emergencies_should_page_by_number() {
	ExtBuilder.run(|| {
		for patient in [OTHER_PATIENT, PATIENT, PATIENT] {
			assert_ok!(declare(DECLARER, patient, 1));
			World::advance(MINUTE);
		}
		let numbers = |from, limit| {
			BreakGlass::emergencies(from, limit).into_iter().map(|(id, _)| id).collect::<Vec<_>>()
		};
		assert_eq!(numbers(0, 100), vec![0, 1, 2]);
		assert_eq!(numbers(1, 1), vec![1]);
		assert!(numbers(3, 100).is_empty());
		assert!(numbers(u32::MAX, u32::MAX).is_empty());
	});
}

#[test]
fn pages_should_hold_a_hundred_rows_whatever_is_asked_for() {
	ExtBuilder.build().execute_with(|| {
		assert_ok!(declare(DECLARER, PATIENT, 1));
		let one = row(0);
		for id in 0..250 {
			Emergencies::<Test>::insert(id, &one);
			EmergenciesOf::<Test>::insert(PATIENT, id, id);
			ReviewsOf::<Test>::insert(HOSPITAL, id, now());
		}
		NextEmergency::<Test>::put(250);
		EmergencyCount::<Test>::insert(PATIENT, 250);
		assert_eq!(BreakGlass::emergencies(0, u32::MAX).len(), 100);
		assert_eq!(BreakGlass::emergencies_of(PATIENT, 0, u32::MAX).len(), 100);
		assert_eq!(BreakGlass::reviews_of(HOSPITAL, None, u32::MAX).len(), 100);
	});
}

#[test]
fn reviews_of_should_page_after_the_last_one_seen() {
	ExtBuilder.run(|| {
		for organisation in [LABORATORY, INSURER] {
			World::suspend(organisation);
		}
		for _ in 0..3 {
			assert_eq!(drawn(), HOSPITAL);
		}
		let mut seen = Vec::new();
		loop {
			let page = BreakGlass::reviews_of(HOSPITAL, seen.last().copied(), 2);
			if page.is_empty() {
				break;
			}
			assert!(page.len() <= 2);
			seen.extend(page.into_iter().map(|(id, _)| id));
		}
		seen.sort_unstable();
		assert_eq!(seen, vec![0, 1, 2]);
		assert!(BreakGlass::reviews_of(CLINIC, None, 100).is_empty());
	});
}

#[test]
fn emergency_should_tell_how_it_stands_at_each_step() {
	ExtBuilder.run(|| {
		let state = || BreakGlass::emergency(0).map(|(_, standing)| standing);
		assert_eq!(state(), None);
		assert_ok!(declare(DECLARER, PATIENT, 1));
		assert_eq!(state(), Some(EmergencyState::Active));
		World::advance(MINUTE);
		assert_eq!(state(), Some(EmergencyState::JustificationDue));
		World::advance(JUSTIFY);
		assert_eq!(state(), Some(EmergencyState::Unjustified));
		hypothetically!({
			assert_ok!(BreakGlass::suspend_unjustified(signed(STRANGER), 0));
			assert_eq!(state(), Some(EmergencyState::Unjustified));
		});
		World::set_time(START + MINUTE);
		assert_ok!(justify(DECLARER, 0));
		assert_eq!(state(), Some(EmergencyState::AwaitingDraw));
		let reviewer = redraw(0);
		assert_eq!(state(), Some(EmergencyState::UnderReview));
		for (finding, expected) in [
			(ReviewFinding::Justified, EmergencyState::Justified),
			(ReviewFinding::Adverse, EmergencyState::Adverse),
		] {
			hypothetically!({
				assert_ok!(review(agent(reviewer), 0, finding));
				assert_eq!(state(), Some(expected));
			});
		}
		World::advance(REVIEW);
		assert_eq!(state(), Some(EmergencyState::ReviewMissed));
	});
}

#[test]
fn declarer_should_tell_what_is_owed_and_whether_the_role_is_suspended() {
	ExtBuilder.run(|| {
		let reviewer = drawn();
		assert_ok!(declare(DECLARER, PATIENT, 1));
		let declarer = BreakGlass::declarer(DECLARER);
		assert_eq!((declarer.suspension, declarer.today), (None, 2));
		assert_eq!(declarer.open.len(), 1);
		assert_ok!(review(agent(reviewer), 0, ReviewFinding::Adverse));
		World::advance(DAY);
		let declarer = BreakGlass::declarer(DECLARER);
		assert_eq!(declarer.suspension.unwrap().emergency, 0);
		assert_eq!(declarer.today, 0);
		let nobody = BreakGlass::declarer(STRANGER);
		assert_eq!((nobody.suspension, nobody.open.len()), (None, 0));
	});
}
