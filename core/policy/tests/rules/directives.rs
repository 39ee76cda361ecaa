//! Beginning and end, exceptions, and several directives at once.

use crate::*;

fn decide_with_life(made: Moment, ended: Option<Moment>) -> Decision {
	let grant = directive(permits(), []);
	let stored = Stored { id: 4, directive: &grant, maker: Maker::Patient, made, ended };
	decide(&request(), &record(), [stored], BasePolicy::default())
}

#[test]
fn directive_should_decide_when_made_at_the_moment_of_the_request() {
	assert_eq!(decide_with_life(NOW, None), permit(base_of(4)));
}

#[test]
fn directive_should_not_decide_when_made_later() {
	assert_eq!(decide_with_life(NOW + 1, None), deny(Basis::NoRule));
}

#[test]
fn directive_should_decide_when_it_ends_later() {
	assert_eq!(decide_with_life(0, Some(NOW + 1)), permit(base_of(4)));
}

#[test]
fn directive_should_not_decide_when_it_ended_at_the_moment_of_the_request() {
	assert_eq!(decide_with_life(0, Some(NOW)), deny(Basis::NoRule));
}

#[test]
fn directive_should_not_decide_when_it_ended_before() {
	assert_eq!(decide_with_life(0, Some(NOW - 1)), deny(Basis::NoRule));
}

fn decide_with_period(from: Option<Moment>, until: Option<Moment>) -> Decision {
	let period = Period { from, until };
	decide_by(&request(), &[directive(Provision { period, ..permits() }, [])])
}

#[test]
fn directive_should_decide_when_its_period_begins_at_the_moment_of_the_request() {
	assert_eq!(decide_with_period(Some(NOW), Some(NOW + 1)), permit(base_of(0)));
}

#[test]
fn directive_should_not_decide_when_its_period_has_not_begun() {
	assert_eq!(decide_with_period(Some(NOW + 1), None), deny(Basis::NoRule));
}

#[test]
fn directive_should_not_decide_when_its_period_ends_at_the_moment_of_the_request() {
	assert_eq!(decide_with_period(None, Some(NOW)), deny(Basis::NoRule));
}

#[test]
fn directive_should_decide_when_its_period_ends_just_after_the_request() {
	assert_eq!(decide_with_period(None, Some(NOW + 1)), permit(base_of(0)));
}

#[test]
fn exception_should_override_its_base_when_it_applies() {
	let for_treatment = [Purpose::Treatment];
	let grant = directive(permits(), [for_purposes(Effect::Deny, for_treatment)]);
	assert_eq!(decide_by(&request(), &[grant]), deny(exception_of(0, 0)));
	let refusal = directive(denies(), [for_purposes(Effect::Permit, for_treatment)]);
	assert_eq!(decide_by(&request(), &[refusal]), permit(exception_of(0, 0)));
}

#[test]
fn exception_should_not_count_when_its_criteria_do_not_match() {
	let grant = directive(permits(), [for_purposes(Effect::Deny, [Purpose::Research])]);
	assert_eq!(decide_by(&request(), &[grant]), permit(base_of(0)));
}

#[test]
fn exception_should_not_count_when_its_period_is_over() {
	let period = Period { from: None, until: Some(NOW) };
	let grant = directive(permits(), [Provision { period, ..denies() }]);
	assert_eq!(decide_by(&request(), &[grant]), permit(base_of(0)));
}

#[test]
fn exception_should_not_count_when_its_base_does_not_apply() {
	let base = for_purposes(Effect::Deny, [Purpose::Research]);
	let refusal = directive(base, [permits()]);
	assert_eq!(decide_by(&request(), &[refusal]), deny(Basis::NoRule));
}

#[test]
fn exceptions_should_deny_when_one_of_them_denies() {
	let refusal = directive(denies(), [permits(), denies()]);
	assert_eq!(decide_by(&request(), &[refusal]), deny(exception_of(0, 1)));
}

#[test]
fn first_exception_should_be_named_when_several_come_to_the_same() {
	let elsewhere = Provision { classes: set([Class::Imaging]), ..denies() };
	let grant = directive(permits(), [elsewhere, denies(), denies()]);
	assert_eq!(decide_by(&request(), &[grant]), deny(exception_of(0, 1)));
	let refusal = directive(denies(), [permits(), permits()]);
	assert_eq!(decide_by(&request(), &[refusal]), permit(exception_of(0, 0)));
}

#[test]
fn last_exception_should_count_when_the_directive_is_full() {
	let elsewhere = || Provision { classes: set([Class::Imaging]), ..denies() };
	let mut exceptions = vec![elsewhere(); MAX_EXCEPTIONS as usize];
	exceptions[MAX_EXCEPTIONS as usize - 1] = denies();
	let grant = directive(permits(), exceptions);
	assert_eq!(decide_by(&request(), &[grant]), deny(exception_of(0, 7)));
}

#[test]
fn directives_should_deny_when_one_of_them_denies() {
	let (grant, refusal) = (directive(permits(), []), directive(denies(), []));
	let decision = decide_by(&request(), &[grant.clone(), grant.clone(), refusal, grant]);
	assert_eq!(decision, deny(base_of(2)));
}

#[test]
fn directives_should_deny_when_an_exception_of_one_of_them_denies() {
	let grant = directive(permits(), []);
	let narrowed = directive(permits(), [denies()]);
	assert_eq!(decide_by(&request(), &[grant, narrowed]), deny(exception_of(1, 0)));
}

#[test]
fn exception_should_not_override_the_deny_of_another_directive_when_it_permits() {
	let narrowed = directive(denies(), [permits()]);
	let refusal = directive(denies(), []);
	assert_eq!(decide_by(&request(), &[narrowed, refusal]), deny(base_of(1)));
}

#[test]
fn lowest_number_should_be_named_when_several_directives_come_to_the_same() {
	let (grant, refusal) = (directive(permits(), []), directive(denies(), []));
	let stored =
		|id, directive| Stored { id, directive, maker: Maker::Patient, made: 0, ended: None };
	let grants = [stored(9, &grant), stored(3, &grant), stored(5, &grant)];
	assert_eq!(decide(&request(), &record(), grants, BasePolicy::default()), permit(base_of(3)));
	let mixed = [stored(9, &refusal), stored(3, &grant), stored(5, &refusal)];
	assert_eq!(decide(&request(), &record(), mixed, BasePolicy::default()), deny(base_of(5)));
}

#[test]
fn order_should_not_matter_when_a_number_is_handed_in_twice() {
	let by_base = directive(denies(), []);
	let by_exception = directive(permits(), [denies()]);
	let stored =
		|directive| Stored { id: 1, directive, maker: Maker::Patient, made: 0, ended: None };
	for pair in
		[[stored(&by_base), stored(&by_exception)], [stored(&by_exception), stored(&by_base)]]
	{
		assert_eq!(decide(&request(), &record(), pair, BasePolicy::default()), deny(base_of(1)));
	}
}
