use crate::mock::*;
use assent_policy::OrganisationId;
use assent_support::{testing::world::account, Reviewers};
use frame_support::assert_ok;
use sp_core::H256;
use std::collections::BTreeMap;

fn draw(seed: u64, excluded: &[OrganisationId]) -> Option<OrganisationId> {
	Consortium::draw(H256::from_low_u64_be(seed), excluded)
}

#[test]
fn draw_should_give_every_member_but_the_excluded_the_same_chance() {
	ExtBuilder::default().run(|| {
		let mut drawn = BTreeMap::new();
		for seed in 0..2_000 {
			*drawn.entry(draw(seed, &[CLINIC]).unwrap()).or_insert(0) += 1;
		}
		assert_eq!(drawn.keys().copied().collect::<Vec<_>>(), [HOSPITAL, INSTITUTE]);
		// Five standard deviations of a fair coin.
		assert!(drawn.values().all(|times| (890..=1_110).contains(times)));
	});
}

#[test]
fn draw_should_be_none_when_nobody_else_is_active() {
	ExtBuilder::default().run(|| {
		assert_eq!(draw(1, &[HOSPITAL, CLINIC, INSTITUTE]), None);
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_ok!(Consortium::remove(root(), INSTITUTE));
		assert_eq!(draw(1, &[HOSPITAL]), None);
		assert_eq!(draw(1, &[]), Some(HOSPITAL));
		assert_eq!(draw(1, &[7]), Some(HOSPITAL));
	});
}

#[test]
fn draw_should_not_move_when_a_controller_changes_or_another_member_leaves() {
	ExtBuilder::default().run(|| {
		for seed in 0..50 {
			let drawn = draw(seed, &[HOSPITAL]);
			frame_support::hypothetically!({
				// The new account sorts behind, then before, all other seats.
				for to in [255, 0] {
					let by = crate::Organisations::<Test>::get(INSTITUTE).unwrap();
					assert_ok!(Consortium::transfer_control(signed(by.controller), account(to)));
					assert_eq!(draw(seed, &[HOSPITAL]), drawn);
				}
			});
			let other = if drawn == Some(CLINIC) { INSTITUTE } else { CLINIC };
			frame_support::hypothetically!({
				assert_ok!(Consortium::suspend(root(), other));
				assert_eq!(draw(seed, &[HOSPITAL]), drawn);
			});
		}
	});
}

#[test]
fn has_other_should_count_active_members_only() {
	ExtBuilder::default().run(|| {
		for organisation in [HOSPITAL, 7] {
			assert!(Consortium::has_other(organisation));
		}
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_ok!(Consortium::suspend(root(), INSTITUTE));
		assert!(!Consortium::has_other(HOSPITAL));
		assert!(Consortium::has_other(CLINIC));
	});
}
