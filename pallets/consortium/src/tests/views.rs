use crate::mock::*;
use assent_policy::Role;
use assent_support::MAX_PAGE;
use frame_support::assert_ok;
use std::collections::BTreeSet;

fn many(count: u8) -> BTreeSet<sp_runtime::AccountId32> {
	(0..count)
		.map(|n| {
			let who = account(100 + n);
			assert_ok!(credential(
				hospital_agent(),
				who.clone(),
				roles(&[Role::Nurse]),
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
		assert_eq!(Consortium::organisation(CLINIC).unwrap().controller, clinic_controller());
		assert_eq!(Consortium::organisation(7), None);
		assert_eq!(Consortium::organisation_of(clinic_agent()), Some(CLINIC));
		assert_eq!(Consortium::organisation_of(stranger()), None);
		assert_eq!(Consortium::credential_of(clinician()).unwrap().organisation, HOSPITAL);
		assert_eq!(Consortium::credential_of(stranger()), None);
		assert_eq!(Consortium::engagements(clinician()), 1);
		assert_eq!(Consortium::engagements(stranger()), 0);
		assert_eq!(Consortium::current_policy(HOSPITAL), None);
		assert_eq!(Consortium::current_policy(7), None);
	});
}
