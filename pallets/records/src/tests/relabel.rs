use crate::{mock::*, *};
use assent_policy::{Class, Confidentiality};
use assent_support::{Act, Records as _};
use frame_support::{assert_noop, assert_ok};

fn stricter() -> Labels {
	Labels {
		class: Class::Genetics,
		confidentiality: Confidentiality::Restricted,
		..labels()
	}
}

#[test]
fn relabel_should_change_what_directives_are_applied_to() {
	ExtBuilder::default().registered().run(|| {
		let before = current(RECORD);
		assert_ok!(Register::relabel(
			signed(agent(HOSPITAL)),
			RECORD,
			stricter()
		));
		let expected = stricter().into_attributes(RECORD, HOSPITAL);
		assert_eq!(Register::attributes(RECORD), Some((PATIENT, expected)));
		assert_eq!(current(RECORD), before);
		let act = Act::RecordRelabelled { record: RECORD };
		let line = (Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(Written::get().last(), Some(&line));
		System::assert_last_event(
			Event::RecordRelabelled {
				record: RECORD,
				patient: PATIENT,
			}
			.into(),
		);
	});
}

#[test]
fn relabel_should_fail_when_the_caller_is_not_the_custodian() {
	ExtBuilder::default().registered().run(|| {
		for who in [agent(CLINIC), CONTROLLER] {
			assert_noop!(
				Register::relabel(signed(who), RECORD, stricter()),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn relabel_should_fail_when_the_record_is_unknown_or_erased() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::relabel(signed(agent(HOSPITAL)), record_id(1), stricter()),
			Error::<Test>::NotFound
		);
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(
			Register::relabel(signed(agent(HOSPITAL)), RECORD, stricter()),
			Error::<Test>::AlreadyErased
		);
	});
}

#[test]
fn relabel_should_fail_when_nothing_would_change() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(
			Register::relabel(signed(agent(HOSPITAL)), RECORD, labels()),
			Error::<Test>::AlreadyLabelled
		);
	});
}

#[test]
fn relabel_should_fail_when_the_month_has_not_begun() {
	ExtBuilder::default().registered().run(|| {
		let future = Labels {
			authored: THIS_MONTH + 1,
			..labels()
		};
		assert_noop!(
			Register::relabel(signed(agent(HOSPITAL)), RECORD, future),
			Error::<Test>::AuthoredInFuture
		);
	});
}
