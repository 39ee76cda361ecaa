use crate::{mock::*, Bucket, Buckets, OrganisationBuckets};
use frame_support::hypothetically;

#[test]
fn try_state_should_fail_when_a_bucket_is_of_the_future() {
	run(|| {
		hypothetically!({
			Buckets::<Test>::insert(patient(), Bucket { spent: 1, at: 2 });
			assert!(Allowances::do_try_state().is_err());
		});
		hypothetically!({
			OrganisationBuckets::<Test>::insert(HOSPITAL, Bucket { spent: 1, at: 2 });
			assert!(Allowances::do_try_state().is_err());
		});
	});
}

#[test]
fn try_state_should_fail_when_an_account_without_reference_has_a_bucket() {
	run(|| {
		hypothetically!({
			Buckets::<Test>::insert(stranger(), Bucket { spent: 1, at: 1 });
			assert!(Allowances::do_try_state().is_err());
		});
	});
}
