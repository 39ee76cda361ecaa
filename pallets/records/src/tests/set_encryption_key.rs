use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn set_encryption_key_should_count_versions_and_keep_the_older() {
	ExtBuilder::default().run(|| {
		for (version, key) in [(1, [5; 32]), (2, [6; 32])] {
			assert_ok!(Register::set_encryption_key(signed(CONTROLLER), key));
			let expected = EncryptionKey { version, key };
			assert_eq!(Register::encryption_key(CONTROLLER), Some(expected));
			System::assert_last_event(
				Event::EncryptionKeySet { account: CONTROLLER, version, key }.into(),
			);
		}
		assert_eq!(EncryptionKeyAt::<Test>::get(CONTROLLER, 1), Some([5; 32]));
		assert_eq!(EncryptionKeyAt::<Test>::get(CONTROLLER, 2), Some([6; 32]));
		assert_eq!(Register::encryption_key(GUARDIAN), None);
	});
}

#[test]
fn set_encryption_key_should_allow_an_older_key_again() {
	ExtBuilder::default().run(|| {
		for key in [[5; 32], [6; 32], [5; 32]] {
			assert_ok!(Register::set_encryption_key(signed(CONTROLLER), key));
		}
		let expected = EncryptionKey { version: 3, key: [5; 32] };
		assert_eq!(Register::encryption_key(CONTROLLER), Some(expected));
	});
}

#[test]
fn set_encryption_key_should_fail_when_the_account_is_not_enrolled() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Register::set_encryption_key(signed(STRANGER), [5; 32]),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn set_encryption_key_should_fail_when_it_is_the_current_one() {
	ExtBuilder::default().run(|| {
		assert_ok!(Register::set_encryption_key(signed(CONTROLLER), [5; 32]));
		assert_noop!(
			Register::set_encryption_key(signed(CONTROLLER), [5; 32]),
			Error::<Test>::AlreadySet
		);
	});
}

#[test]
fn set_encryption_key_should_fail_when_the_key_is_weak() {
	ExtBuilder::default().run(|| {
		let mut one = [0; 32];
		one[0] = 1;
		for key in [[0; 32], one] {
			assert_noop!(
				Register::set_encryption_key(signed(CONTROLLER), key),
				Error::<Test>::WeakKey
			);
		}
	});
}

#[test]
fn set_encryption_key_should_fail_when_version_numbers_run_out() {
	ExtBuilder::default().build().execute_with(|| {
		let last = EncryptionKey { version: u32::MAX, key: [5; 32] };
		EncryptionKeys::<Test>::insert(CONTROLLER, last);
		assert_noop!(
			Register::set_encryption_key(signed(CONTROLLER), [6; 32]),
			Error::<Test>::MaxKeysExceeded
		);
	});
}
