use crate::mock::*;
use assent_policy::Role;
use assent_support::MAX_PAGE;
use frame_support::assert_ok;
use std::collections::BTreeSet;

fn many(count: u8) -> BTreeSet<sp_runtime::AccountId32> {
	(0..count)
		.map(|n| {
			let who = account(100 + n);
			assert_ok!(Consortium::credential(
				signed(HOSPITAL_AGENT),
				who.clone(),
				roles(&[Role::Nurse]),
				no_groups(),
				NOW,
				NOW + DAY
			));
			who
		})
		.collect()
}

#[test]
fn practitioners_of_should_page_through_all_once() {
	ExtBuilder::default().run(|| {
		let expected = many(23);
		let (mut found, mut last) = (Vec::new(), None);
		loop {
			let page = Consortium::practitioners_of(HOSPITAL, last, 10);
			let Some((account, _)) = page.last() else {
				break;
			};
			last = Some(account.clone());
			found.extend(page.into_iter().map(|(account, _)| account));
		}
		assert_eq!(found.len(), 23);
		assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
		assert!(Consortium::practitioners_of(CLINIC, None, 10).is_empty());
	});
}

#[test]
fn practitioners_of_should_answer_no_more_than_a_page() {
	ExtBuilder::default().run(|| {
		many(MAX_PAGE as u8 + 5);
		assert_eq!(Consortium::practitioners_of(HOSPITAL, None, u32::MAX).len(), 100);
		assert!(Consortium::practitioners_of(HOSPITAL, None, 0).is_empty());
	});
}

#[test]
fn views_should_answer_single_questions() {
	ExtBuilder::default().run(|| {
		credential_clinician();
		assert_eq!(Consortium::organisation(CLINIC).unwrap().controller, CLINIC_CONTROLLER);
		assert_eq!(Consortium::organisation(7), None);
		assert_eq!(Consortium::organisation_of(CLINIC_AGENT), Some(CLINIC));
		assert_eq!(Consortium::organisation_of(STRANGER), None);
		assert_eq!(Consortium::credential_of(CLINICIAN).unwrap().organisation, HOSPITAL);
		assert_eq!(Consortium::credential_of(STRANGER), None);
		assert_eq!(Consortium::current_policy(HOSPITAL), None);
		assert_eq!(Consortium::current_policy(7), None);
	});
}
