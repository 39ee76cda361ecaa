use crate::{mock::*, *};
use assent_policy::PatientId;

#[test]
fn status_of_should_tell_accepted_and_newest() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		let expected = AcceptanceStatus {
			organisation: HOSPITAL,
			accepted: Some(1),
			accepted_by_patient: Some(1),
			newest: Some(2),
		};
		assert_eq!(Accepting::status_of(ADA), Some(expected));
		assert_eq!(Accepting::status_of(UNKNOWN), None);
		World::suspend(HOSPITAL);
		assert_eq!(Accepting::status_of(ADA).unwrap().newest, None);
	});
}

#[test]
fn acceptances_of_should_give_bounded_pages() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		for number in 0..105 {
			accept(ADA, 2 - number % 2);
		}
		let page = |from, limit| Accepting::acceptances_of(ADA, from, limit).len();
		assert_eq!(page(0, u32::MAX), 100);
		assert_eq!(page(100, u32::MAX), 5);
		assert_eq!(page(3, 2), 2);
		assert_eq!(page(105, 1), 0);
		assert_eq!(page(u32::MAX, u32::MAX), 0);
		assert_eq!(Accepting::acceptances_of(ADA, 103, 1)[0].version, 1);
	});
}

#[test]
fn invitations_of_should_page_through_all_of_them() {
	ExtBuilder.run(|| {
		register(HOSPITAL);
		let many: Vec<PatientId> = (100..=129).map(|seed| PatientId([seed; 16])).collect();
		many.iter().for_each(|patient| enrol(*patient, HOSPITAL, Some(1)));
		ask(many.clone());
		let mut seen = Vec::new();
		let mut last = None;
		loop {
			let page = Accepting::invitations_of(0, last, 7);
			assert!(page.len() <= 7);
			let Some((patient, _)) = page.last() else {
				break;
			};
			last = Some(*patient);
			seen.extend(page.into_iter().map(|(patient, _)| patient));
		}
		seen.sort();
		assert_eq!(seen, many);
		assert!(Accepting::invitations_of(1, None, 7).is_empty());
		assert_eq!(Accepting::campaign(0), Some(campaign()));
		assert_eq!(Accepting::campaign(1), None);
		assert_eq!(Accepting::campaign_of(CLINIC), None);
	});
}
