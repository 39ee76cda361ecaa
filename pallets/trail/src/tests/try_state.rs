use crate::{mock::*, Head, OrganisationHeads, PatientHeads};
use frame_support::hypothetically;
use sp_core::H256;

#[test]
fn try_state_should_fail_when_a_stored_head_is_not_one() {
	Node::new().run(|| {
		write(Some(ADA), Some(HOSPITAL), denial(1));
		hypothetically!({
			PatientHeads::<Test>::insert(BEN, Head { count: 0, head: H256::repeat_byte(1) });
			assert!(Trail::do_try_state().is_err());
		});
		hypothetically!({
			OrganisationHeads::<Test>::insert(LABORATORY, Head { count: 3, head: H256::zero() });
			assert!(Trail::do_try_state().is_err());
		});
	});
}
