use crate::{mock::*, *};
use assent_policy::{Class, Confidentiality, Moment};
use assent_support::{Act, Records as _};
use frame_support::{assert_noop, assert_ok};

fn stricter() -> Labels {
	Labels { class: Class::Genetics, confidentiality: Confidentiality::Restricted, ..labels() }
}

#[test]
fn relabel_should_change_what_directives_are_applied_to() {
	ExtBuilder::default().registered().run(|| {
		let before = current(RECORD);
		assert_ok!(Register::relabel(signed(agent(HOSPITAL)), RECORD, stricter()));
		let expected = stricter().into_attributes(RECORD, HOSPITAL);
		assert_eq!(Register::attributes(RECORD, now()), Some((PATIENT, expected)));
		assert_eq!(current(RECORD), before);
		let act = Act::RecordRelabelled { record: RECORD };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(trail().last(), Some(&line));
		System::assert_last_event(
			Event::RecordRelabelled { record: RECORD, patient: PATIENT }.into(),
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
		let future = Labels { authored: THIS_MONTH + 1, ..labels() };
		assert_noop!(
			Register::relabel(signed(agent(HOSPITAL)), RECORD, future),
			Error::<Test>::AuthoredInFuture
		);
	});
}

/// The class of the record at the end of the moment.
fn class_at(at: Moment) -> Option<Class> {
	Register::attributes(RECORD, at).map(|(_, attributes)| attributes.class)
}

fn relabel_to(class: Class) {
	let labels = Labels { class, ..labels() };
	assert_ok!(Register::relabel(signed(agent(HOSPITAL)), RECORD, labels));
}

#[test]
fn labels_should_be_those_of_the_moment_when_they_changed_since() {
	ExtBuilder::default().registered().run(|| {
		let registered = Records::<Test>::get(RECORD).unwrap().registered;
		go_to(10);
		let first = now();
		relabel_to(Class::Genetics);
		go_to(20);
		let second = now();
		relabel_to(Class::Imaging);
		// Two changes in one moment. The last one is valid at the end of the moment.
		relabel_to(Class::History);
		for block in [20, 30] {
			go_to(block);
			for (at, class) in [
				(registered - 1, None),
				(registered, Some(labels().class)),
				(first - 1, Some(labels().class)),
				(first, Some(Class::Genetics)),
				(second - 1, Some(Class::Genetics)),
				(second, Some(Class::History)),
				(second + 1, Some(Class::History)),
				(Moment::MAX, Some(Class::History)),
			] {
				assert_eq!(class_at(at), class, "{at} in block {block}");
			}
		}
		assert_eq!(PastLabelCount::<Test>::get(RECORD), 3);
	});
}

#[test]
fn labels_should_be_known_of_the_time_before_when_the_record_was_erased_since() {
	ExtBuilder::default().registered().run(|| {
		go_to(10);
		relabel_to(Class::Genetics);
		go_to(20);
		let erased = now();
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		go_to(30);
		assert_eq!(class_at(erased - 1), Some(Class::Genetics));
		assert_eq!(class_at(erased), None);
		assert_eq!(class_at(now()), None);
	});
}

#[test]
fn history_should_not_grow_when_labels_stay() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::dispute(signed(CONTROLLER), RECORD));
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"better")));
		assert_eq!(PastLabels::<Test>::iter().count(), 0);
	});
}
