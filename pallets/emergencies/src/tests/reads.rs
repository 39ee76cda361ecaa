use crate::{mock::*, *};
use frame_support::assert_ok;

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
