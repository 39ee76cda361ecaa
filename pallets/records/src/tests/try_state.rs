//! Every rule of the state is checked: a test breaks the state, and the check names the rule.

use crate::{mock::*, *};
use assent_policy::Class;
use assent_support::{Finding, Past};
use frame_support::assert_ok;

fn broken(reason: &str, change: impl FnOnce()) {
	ExtBuilder::default().registered().build().execute_with(|| {
		register(record_id(2), b"second");
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_ok!(Register::set_encryption_key(signed(CONTROLLER), [5; 32]));
		assert_ok!(Register::do_try_state());
		change();
		let error = Register::do_try_state().expect_err("the state is broken");
		assert!(format!("{error:?}").contains(reason), "{error:?} instead of {reason}");
	});
}

fn change(change: impl FnOnce(&mut Record)) {
	let mut row = Records::<Test>::get(RECORD).expect("registered");
	change(&mut row);
	Records::<Test>::insert(RECORD, row);
}

fn change_version(change: impl FnOnce(&mut Version)) {
	let mut version = current(RECORD);
	change(&mut version);
	Versions::<Test>::insert(RECORD, 1, version);
}

#[test]
fn try_state_should_tell_a_broken_period() {
	broken("checked again at once", || RecheckEvery::<Test>::put(0));
}

#[test]
fn try_state_should_tell_broken_past_labels() {
	let attributes = |class| {
		let labels = Labels { class, ..labels() };
		labels.into_attributes(RECORD, HOSPITAL)
	};
	let keep = |id, number, value, until| {
		PastLabels::<Test>::insert(id, number, Past { value, until });
		PastLabelCount::<Test>::insert(id, 1);
	};
	let other = attributes(Class::Genetics);
	broken("counted wrong", || PastLabelCount::<Test>::insert(RECORD, 1));
	broken("are missing", || keep(RECORD, 1, other.clone(), now()));
	broken("out of order", || keep(RECORD, 0, other.clone(), now() + 1));
	broken("out of order", || keep(RECORD, 0, other.clone(), START - 1));
	broken("changed nothing", || keep(RECORD, 0, attributes(labels().class), now()));
	broken("another record's", || keep(record_id(2), 0, other.clone(), now()));
	broken("belong to no record", || keep(record_id(7), 0, other.clone(), now()));
}

#[test]
fn try_state_should_tell_a_broken_record() {
	broken("name another record", || change(|row| row.attributes.record = record_id(2)));
	broken("did not enrol", || change(|row| row.attributes.custodian = CLINIC));
	broken("missing from its patient's list", || ByPatient::<Test>::remove(PATIENT, RECORD));
	broken("a version of a record is missing", || change(|row| row.version = 2));
	broken("a version of a record is missing", || Versions::<Test>::remove(RECORD, 1));
	broken("more versions than its number", || {
		Versions::<Test>::insert(RECORD, 2, current(RECORD));
	});
	broken("not scheduled", || Due::<Test>::remove([0, 0, 0, 1], RECORD));
	broken("or an erased one is", || change(|row| row.status = RecordStatus::Erased(1)));
}

#[test]
fn try_state_should_tell_a_broken_version() {
	broken("belongs to no record", || {
		Versions::<Test>::insert(record_id(3), 1, current(RECORD));
	});
	broken("has no bytes", || change_version(|version| version.size = 0));
	broken("the first version has a cause", || {
		change_version(|version| version.cause = Some(assent_support::VersionCause::Rotated));
	});
}

#[test]
fn try_state_should_tell_a_broken_index() {
	broken("names no record", || ByPatient::<Test>::insert(PATIENT, record_id(3), ()));
	broken("another's record", || ByPatient::<Test>::insert(OTHER_PATIENT, RECORD, ()));
	broken("due of no record", || Due::<Test>::insert([0, 0, 0, 1], record_id(3), 1));
	broken("due of no version", || Due::<Test>::insert([0, 0, 0, 2], RECORD, 9));
	broken("due at another block", || Due::<Test>::insert([0, 0, 0, 2], RECORD, 1));
}

#[test]
fn try_state_should_tell_broken_votes() {
	let vote = |organisation, at| Vote { organisation, finding: Finding::Intact, at };
	let votes = |votes: Vec<Vote>| {
		Votes::<Test>::insert(RECORD, RoundVotes::truncate_from(votes));
	};
	broken("votes are about no record", || {
		Votes::<Test>::insert(record_id(3), Votes::<Test>::get(RECORD));
	});
	broken("empty list of votes", || votes(vec![]));
	broken("has two votes", || votes(vec![vote(CLINIC, 1), vote(CLINIC, 1)]));
	broken("its own document", || votes(vec![vote(HOSPITAL, 1)]));
	broken("before its round", || votes(vec![vote(CLINIC, 0)]));
	broken("from the future", || votes(vec![vote(CLINIC, 2)]));
	broken("about an erased record", || {
		Due::<Test>::remove([0, 0, 0, 1], RECORD);
		change(|row| row.status = RecordStatus::Erased(1));
	});
}

#[test]
fn try_state_should_tell_broken_keys() {
	let key = |version, key| EncryptionKey { version, key };
	broken("not its latest", || {
		EncryptionKeys::<Test>::insert(CONTROLLER, key(1, [6; 32]));
	});
	broken("a key of an account is missing", || {
		EncryptionKeys::<Test>::insert(CONTROLLER, key(3, [6; 32]));
		EncryptionKeyAt::<Test>::insert(CONTROLLER, 3, [6; 32]);
	});
	broken("belongs to no account", || EncryptionKeyAt::<Test>::insert(GUARDIAN, 1, [6; 32]));
	broken("newer than the current", || {
		EncryptionKeyAt::<Test>::insert(CONTROLLER, 2, [6; 32]);
	});
	broken("a weak key", || {
		EncryptionKeys::<Test>::insert(CONTROLLER, key(1, [0; 32]));
		EncryptionKeyAt::<Test>::insert(CONTROLLER, 1, [0; 32]);
	});
}
