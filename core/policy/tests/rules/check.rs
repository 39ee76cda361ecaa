//! Directives that `check` refuses.

use crate::*;

fn with_period(from: Option<Moment>, until: Option<Moment>) -> Provision {
	Provision { period: Period { from, until }, ..permits() }
}

fn with_months(from: Option<Month>, to: Option<Month>) -> Provision {
	Provision { authored: Months { from, to }, ..permits() }
}

/// Checks the provision as a base, and as an exception to a deny.
fn check_both(provision: Provision) -> Result<(), MalformedDirective> {
	let as_base = check(&directive(provision.clone(), []), NOW);
	let as_exception = check(&directive(denies(), [permits(), provision]), NOW);
	assert_eq!(as_base, as_exception);
	as_base
}

#[test]
fn check_should_accept_when_all_ends_are_open() {
	assert_eq!(check_both(permits()), Ok(()));
}

#[test]
fn check_should_accept_when_a_period_lies_ahead_or_is_running() {
	assert_eq!(check_both(with_period(Some(NOW - 1), Some(NOW + 1))), Ok(()));
	assert_eq!(check_both(with_period(Some(NOW + 5), Some(NOW + 6))), Ok(()));
	assert_eq!(check_both(with_period(Some(NOW + 5), None)), Ok(()));
	assert_eq!(check_both(with_period(Some(1), None)), Ok(()));
}

#[test]
fn check_should_fail_when_a_period_ends_as_it_begins_or_before() {
	let at = NOW + 5;
	assert_eq!(check_both(with_period(Some(at), Some(at))), Err(MalformedDirective::PeriodEmpty));
	assert_eq!(
		check_both(with_period(Some(at), Some(at - 1))),
		Err(MalformedDirective::PeriodEmpty)
	);
	assert_eq!(check_both(with_period(Some(at), Some(at + 1))), Ok(()));
}

#[test]
fn check_should_fail_when_a_period_is_over() {
	assert_eq!(check_both(with_period(None, Some(NOW))), Err(MalformedDirective::PeriodPast));
	assert_eq!(
		check_both(with_period(Some(1), Some(NOW - 1))),
		Err(MalformedDirective::PeriodPast)
	);
	assert_eq!(check_both(with_period(None, Some(NOW + 1))), Ok(()));
}

#[test]
fn check_should_fail_when_months_are_the_wrong_way_round() {
	assert_eq!(check_both(with_months(Some(2), Some(1))), Err(MalformedDirective::MonthsEmpty));
	assert_eq!(check_both(with_months(Some(2), Some(2))), Ok(()));
	assert_eq!(check_both(with_months(Some(2), None)), Ok(()));
	assert_eq!(check_both(with_months(None, Some(0))), Ok(()));
}

#[test]
fn check_should_fail_when_an_exception_permits_what_its_base_permits() {
	assert_eq!(
		check(&directive(permits(), [denies(), permits()]), NOW),
		Err(MalformedDirective::ExceptionIdle)
	);
}

#[test]
fn check_should_fail_when_an_exception_denies_what_its_base_denies() {
	assert_eq!(
		check(&directive(denies(), [denies()]), NOW),
		Err(MalformedDirective::ExceptionIdle)
	);
}

#[test]
fn check_should_accept_when_a_deny_narrows_a_permit_exception_of_a_deny() {
	assert_eq!(check(&directive(denies(), [denies(), permits()]), NOW), Ok(()));
	assert_eq!(check(&directive(denies(), [permits(), denies()]), NOW), Ok(()));
}

#[test]
fn check_should_look_at_the_last_exception_when_the_directive_is_full() {
	let mut exceptions = vec![permits(); MAX_EXCEPTIONS as usize];
	exceptions[MAX_EXCEPTIONS as usize - 1] = with_months(Some(2), Some(1));
	assert_eq!(check(&directive(denies(), exceptions), NOW), Err(MalformedDirective::MonthsEmpty));
}
