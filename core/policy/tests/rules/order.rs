//! The five steps of the order of evaluation.

use crate::*;

fn everything_denies(request: &Request) -> Decision {
	let deny_all = directive(denies(), []);
	decide(
		request,
		&record(),
		numbered(std::slice::from_ref(&deny_all)),
		accepted(1, &first(&deny_all)),
	)
}

fn everything_permits(request: &Request) -> Decision {
	let permit_all = directive(permits(), []);
	decide(
		request,
		&record(),
		numbered(std::slice::from_ref(&permit_all)),
		accepted(1, &first(&permit_all)),
	)
}

#[test]
fn patient_should_be_permitted_when_every_rule_denies() {
	let request = Request { requester: Requester::Patient, ..request() };
	assert_eq!(everything_denies(&request), permit(Basis::OwnAccess));
}

#[test]
fn guardian_should_be_permitted_when_every_rule_denies() {
	let request = Request { requester: Requester::Guardian, ..request() };
	assert_eq!(everything_denies(&request), permit(Basis::GuardianAccess));
}

#[test]
fn stranger_should_be_denied_when_every_rule_permits() {
	let request = Request { requester: Requester::Stranger, ..request() };
	assert_eq!(everything_permits(&request), deny(Basis::NoCredential));
}

#[test]
fn stranger_should_be_denied_when_an_emergency_is_claimed() {
	let request = Request { requester: Requester::Stranger, ..emergency() };
	assert_eq!(everything_permits(&request), deny(Basis::NoCredential));
}

#[test]
fn practitioner_should_be_answered_alike_when_no_rule_applies_and_when_there_is_no_record() {
	for requester in [Requester::Stranger, Requester::Practitioner(clinician())] {
		let absent = decide_without_record(&requester);
		let request = Request { requester, ..request() };
		assert_eq!(absent, decide_by(&request, &[]));
	}
}

#[test]
fn nobody_should_be_permitted_when_there_is_no_record() {
	for requester in [Requester::Patient, Requester::Guardian, Requester::Delegate] {
		assert_eq!(decide_without_record(&requester), deny(Basis::NoRule));
	}
}

#[test]
fn action_should_retrieve_only_when_it_is_access() {
	let retrieving: Vec<_> =
		[Action::Collect, Action::Access, Action::Use, Action::Disclose, Action::Correct]
			.into_iter()
			.filter(|action| action.retrieves())
			.collect();
	assert_eq!(retrieving, [Action::Access]);
}

#[test]
fn emergency_should_permit_when_no_rule_applies() {
	assert_eq!(decide_by(&emergency(), &[]), permit(Basis::Emergency));
}

#[test]
fn emergency_should_permit_when_the_purpose_is_emergency_treatment() {
	let request = Request { purpose: Purpose::EmergencyTreatment, ..emergency() };
	assert_eq!(decide_by(&request, &[]), permit(Basis::Emergency));
}

#[test]
fn emergency_should_not_reach_when_the_purpose_is_another() {
	for purpose in [Purpose::Treatment, Purpose::Research, Purpose::Other(token(1))] {
		let request = Request { purpose, ..emergency() };
		assert_eq!(decide_by(&request, &[]), deny(Basis::NoRule));
	}
}

#[test]
fn break_glass_should_be_denied_when_no_emergency_is_active() {
	let request = Request { emergency: false, ..emergency() };
	assert_eq!(decide_by(&request, &[]), deny(Basis::NoRule));
}

#[test]
fn break_glass_should_be_permitted_by_a_directive_when_no_emergency_is_active() {
	let request = Request { emergency: false, ..emergency() };
	let grant = directive(for_purposes(Effect::Permit, [Purpose::BreakGlass]), []);
	assert_eq!(decide_by(&request, &[grant]), permit(base_of(0)));
}

#[test]
fn emergency_should_be_denied_when_a_deny_names_no_purpose() {
	assert_eq!(decide_by(&emergency(), &[directive(denies(), [])]), deny(base_of(0)));
}

#[test]
fn emergency_should_be_denied_when_a_deny_names_break_glass() {
	let refusal =
		directive(for_purposes(Effect::Deny, [Purpose::Research, Purpose::BreakGlass]), []);
	assert_eq!(decide_by(&emergency(), &[refusal]), deny(base_of(0)));
}

#[test]
fn emergency_should_permit_when_a_deny_names_other_purposes_only() {
	let refusal = directive(for_purposes(Effect::Deny, [Purpose::Treatment]), []);
	assert_eq!(decide_by(&emergency(), &[refusal]), permit(Basis::Emergency));
}

#[test]
fn emergency_should_permit_when_a_deny_names_emergency_treatment_only() {
	let request = Request { purpose: Purpose::EmergencyTreatment, ..emergency() };
	let refusal = directive(for_purposes(Effect::Deny, [Purpose::EmergencyTreatment]), []);
	assert_eq!(decide_by(&request, &[refusal]), permit(Basis::Emergency));
}

#[test]
fn emergency_treatment_should_be_denied_when_a_deny_names_break_glass_only() {
	let request = Request { purpose: Purpose::EmergencyTreatment, ..emergency() };
	let refusal = directive(for_purposes(Effect::Deny, [Purpose::BreakGlass]), []);
	assert_eq!(decide_by(&request, &[refusal]), deny(base_of(0)));
}

#[test]
fn emergency_should_permit_when_an_exception_for_break_glass_overrides_a_deny() {
	let dissent = directive(denies(), [for_purposes(Effect::Permit, [Purpose::BreakGlass])]);
	assert_eq!(decide_by(&emergency(), &[dissent]), permit(Basis::Emergency));
}

#[test]
fn emergency_should_be_denied_when_an_exception_to_a_grant_names_break_glass() {
	let grant = directive(permits(), [for_purposes(Effect::Deny, [Purpose::BreakGlass])]);
	assert_eq!(decide_by(&emergency(), &[grant]), deny(exception_of(0, 0)));
}

#[test]
fn emergency_should_permit_as_an_emergency_when_a_directive_permits_too() {
	assert_eq!(decide_by(&emergency(), &[directive(permits(), [])]), permit(Basis::Emergency));
}

#[test]
fn emergency_should_permit_when_the_base_policy_denies() {
	let policy = directive(denies(), []);
	let decision = decide(&emergency(), &record(), [], accepted(1, &first(&policy)));
	assert_eq!(decision, permit(Basis::Emergency));
}

#[test]
fn emergency_should_permit_when_a_deny_does_not_apply() {
	let refusal = directive(Provision { classes: set([Class::Imaging]), ..denies() }, []);
	assert_eq!(decide_by(&emergency(), &[refusal]), permit(Basis::Emergency));
}

#[test]
fn directive_should_decide_when_the_base_policy_says_otherwise() {
	let (permit_all, deny_all) = (directive(permits(), []), directive(denies(), []));
	let decision = decide(
		&request(),
		&record(),
		numbered(std::slice::from_ref(&deny_all)),
		accepted(1, &first(&permit_all)),
	);
	assert_eq!(decision, deny(base_of(0)));
	let decision = decide(
		&request(),
		&record(),
		numbered(std::slice::from_ref(&permit_all)),
		accepted(1, &first(&deny_all)),
	);
	assert_eq!(decision, permit(base_of(0)));
}

#[test]
fn base_policy_should_decide_when_no_directive_applies() {
	let elsewhere = directive(Provision { classes: set([Class::Imaging]), ..denies() }, []);
	let policy = directive(
		Provision { actors: set([Actor::Organisation(HOSPITAL)]), ..permits() },
		[for_purposes(Effect::Deny, [Purpose::Research])],
	);
	let decision = decide(
		&request(),
		&record(),
		numbered(std::slice::from_ref(&elsewhere)),
		accepted(1, &first(&policy)),
	);
	assert_eq!(decision, permit(Basis::BasePolicy { version: 1, provision: ProvisionRef::Base }));

	let research = Request { purpose: Purpose::Research, ..request() };
	let decision = decide(&research, &record(), [], accepted(1, &first(&policy)));
	assert_eq!(
		decision,
		deny(Basis::BasePolicy { version: 1, provision: ProvisionRef::Exception(0) })
	);
}

#[test]
fn request_should_be_denied_when_nothing_applies() {
	let policy = directive(for_purposes(Effect::Permit, [Purpose::Payment]), []);
	let decision = decide(&request(), &record(), [], accepted(1, &first(&policy)));
	assert_eq!(decision, deny(Basis::NoRule));
	assert_eq!(decide(&request(), &record(), [], BasePolicy::default()), deny(Basis::NoRule));
}
