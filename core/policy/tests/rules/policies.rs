//! Step 4 with a base policy in several versions.

use crate::*;

/// Rules that permit these purposes and do not apply to others.
fn only(purposes: impl IntoIterator<Item = Purpose>) -> Directive {
	directive(for_purposes(Effect::Permit, purposes), [])
}

fn everything() -> Directive {
	directive(permits(), [])
}

fn nothing() -> Directive {
	directive(denies(), [])
}

fn treatment(policy: BasePolicy<'_>) -> Decision {
	decide(&request(), &record(), [], policy)
}

fn by(version: PolicyVersion) -> Basis {
	Basis::BasePolicy { version, provision: ProvisionRef::Base }
}

#[test]
fn base_policy_should_name_the_accepted_version_when_all_permit() {
	let versions = [(2, everything()), (3, everything()), (4, everything())];
	assert_eq!(treatment(accepted(2, &versions)), permit(by(2)));
}

#[test]
fn newest_version_should_deny_when_it_narrows() {
	let versions = [(1, everything()), (2, nothing())];
	assert_eq!(treatment(accepted(1, &versions)), deny(by(2)));
}

#[test]
fn newest_version_should_permit_nothing_when_it_falls_silent() {
	let versions = [(1, everything()), (2, only([Purpose::Payment]))];
	assert_eq!(treatment(accepted(1, &versions)), deny(Basis::NoRule));
}

#[test]
fn newest_version_should_wait_for_acceptance_when_the_accepted_one_is_silent() {
	let versions = [(1, only([Purpose::Payment])), (2, everything())];
	let waits = deny(Basis::NotAccepted { version: 2 });
	assert_eq!(treatment(accepted(1, &versions)), waits);
	assert_eq!(treatment(accepted(2, &versions[1..])), permit(by(2)));
}

#[test]
fn accepted_version_should_deny_when_the_newest_widens() {
	let versions = [(1, nothing()), (2, everything())];
	assert_eq!(treatment(accepted(1, &versions)), deny(by(1)));
}

#[test]
fn version_in_between_should_count_when_the_newest_widens_again() {
	let silent = only([Purpose::Payment]);
	let versions = [(1, everything()), (2, silent), (3, everything())];
	let waits = deny(Basis::NotAccepted { version: 3 });
	assert_eq!(treatment(accepted(1, &versions)), waits);
	let versions = [(1, everything()), (2, nothing()), (3, everything())];
	assert_eq!(treatment(accepted(1, &versions)), deny(by(2)));
}

#[test]
fn newest_denial_should_be_named_when_several_versions_deny() {
	let versions = [(1, nothing()), (2, nothing()), (3, everything())];
	assert_eq!(treatment(accepted(1, &versions)), deny(by(2)));
}

#[test]
fn base_policy_should_permit_nothing_when_no_version_was_accepted() {
	let versions = [(3, everything())];
	let policy = BasePolicy { versions: &versions, ..BasePolicy::default() };
	assert_eq!(treatment(policy), deny(Basis::NotAccepted { version: 3 }));
}

#[test]
fn base_policy_should_permit_nothing_when_the_accepted_version_is_out_of_reach() {
	let versions = [(8, everything()), (9, everything())];
	let waits = deny(Basis::NotAccepted { version: 9 });
	assert_eq!(treatment(accepted(1, &versions)), waits);
}

#[test]
fn base_policy_should_answer_alike_when_versions_come_in_another_order() {
	let mut versions = [(1, everything()), (2, nothing()), (3, everything())];
	let before = treatment(accepted(1, &versions));
	versions.reverse();
	assert_eq!(treatment(accepted(1, &versions)), before);
}

#[test]
fn directive_should_decide_when_no_version_was_accepted() {
	let versions = [(1, nothing())];
	let policy = BasePolicy { versions: &versions, ..BasePolicy::default() };
	let grant = everything();
	let decision = decide(&request(), &record(), numbered(std::slice::from_ref(&grant)), policy);
	assert_eq!(decision, permit(base_of(0)));
}

#[test]
fn record_should_follow_the_patients_own_acceptance_when_it_is_private() {
	let versions = [(1, only([Purpose::Payment])), (2, everything())];
	let policy =
		BasePolicy { accepted: Some(2), accepted_by_patient: Some(1), versions: &versions };
	let asks = |private| {
		let request = Request { private, ..request() };
		decide(&request, &record(), [], policy)
	};
	assert_eq!(asks(Private::default()), permit(by(2)));
	let kinds = Kinds { classes: set([record().class]), ..Kinds::default() };
	let marked = Private { by_patient: kinds, ..Private::default() };
	assert_eq!(asks(marked), deny(Basis::NotAccepted { version: 2 }));
}

#[test]
fn record_should_not_lose_what_the_patient_accepted_when_a_representative_goes_back() {
	let versions = [(1, nothing()), (2, everything())];
	let policy =
		BasePolicy { accepted: Some(1), accepted_by_patient: Some(2), versions: &versions };
	let marked = Private {
		by_organisation: Kinds { classes: set([record().class]), ..Kinds::default() },
		..Private::default()
	};
	let private = Request { private: marked, ..request() };
	assert_eq!(decide(&private, &record(), [], policy), permit(by(2)));
	assert_eq!(treatment(policy), deny(by(1)));
}
