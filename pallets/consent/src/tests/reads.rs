use crate::{mock::*, *};
use frame_support::assert_ok;

#[test]
fn directives_of_should_page_through_all_of_them_ended_ones_included() {
	ExtBuilder::default().run(|| {
		for number in 0..130 {
			assert_ok!(grant(CONTROLLER, clinic_terms(None)));
			if number % 2 == 0 {
				assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, number));
			}
			if number >= 100 {
				let _ = Consent::withdraw(signed(CONTROLLER), PATIENT, number - 99);
			}
		}
		let numbers = |from, limit| {
			Consent::directives_of(PATIENT, from, limit)
				.into_iter()
				.map(|(id, _)| id)
				.collect::<Vec<_>>()
		};
		assert_eq!(numbers(0, 3), vec![0, 1, 2]);
		assert_eq!(numbers(127, 100), vec![127, 128, 129]);
		assert!(numbers(130, 100).is_empty());
		assert!(numbers(u32::MAX, u32::MAX).is_empty());
		assert!(numbers(0, 0).is_empty());
		// A page has at most a hundred rows.
		assert_eq!(numbers(0, u32::MAX), (0..100).collect::<Vec<_>>());
		assert!(Consent::directives_of(UNKNOWN_PATIENT, 0, 100).is_empty());
		let (_, first) = Consent::directives_of(PATIENT, 0, 1).remove(0);
		assert_eq!(first, row(0));
		assert!(first.ended.is_some());
	});
}

#[test]
fn in_force_should_list_what_decides_now() {
	let until = START + DAY;
	ExtBuilder::default().directive(permission(Some(until))).permissions(2).run(|| {
		assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
		assert_eq!(Consent::in_force(PATIENT), vec![0, 2]);
		World::set_time(until);
		assert_eq!(Consent::in_force(PATIENT), vec![2]);
		assert!(Consent::in_force(UNKNOWN_PATIENT).is_empty());
	});
}

#[test]
fn requests_of_should_page_through_answered_ones_too() {
	ExtBuilder::default().run(|| {
		for number in 0..5 {
			assert_ok!(request(NURSE, clinic_terms(None)));
			assert_ok!(Consent::refuse_request(signed(CONTROLLER), PATIENT, number));
		}
		assert_ok!(request(NURSE, clinic_terms(None)));
		let page = Consent::requests_of(PATIENT, 4, 100);
		assert_eq!(page.len(), 2);
		assert_eq!((page[0].0, page[0].1.state), (4, RequestState::Refused));
		assert_eq!((page[1].0, page[1].1.state), (5, RequestState::Open));
		assert_eq!(Consent::requests_of(PATIENT, 0, 2).len(), 2);
		assert!(Consent::requests_of(OTHER_PATIENT, 0, 100).is_empty());
	});
}
