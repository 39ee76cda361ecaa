//! Criteria: requester, purpose, action and record.

use crate::*;

/// Whether a grant with these criteria permits the request.
fn lets_in(provision: Provision, request: &Request, record: &RecordAttributes) -> bool {
	let grant = directive(provision, []);
	let stored = Stored { id: 0, directive: &grant, maker: Maker::Patient, made: 0, ended: None };
	decide(request, record, [stored], BasePolicy::default()).effect == Effect::Permit
}

fn with_actors(actors: impl IntoIterator<Item = Actor>) -> bool {
	lets_in(Provision { actors: set(actors), ..permits() }, &request(), &record())
}

#[test]
fn provision_should_match_everything_when_it_has_no_criteria() {
	let bare = RecordAttributes {
		sensitivities: set([]),
		code: None,
		author: None,
		encounter: None,
		..record()
	};
	assert!(lets_in(permits(), &request(), &bare));
}

#[test]
fn provision_should_not_match_when_one_criterion_of_two_does_not() {
	let both = |class| Provision {
		purposes: set([Purpose::Treatment]),
		classes: set([class]),
		..permits()
	};
	assert!(lets_in(both(Class::LabResult), &request(), &record()));
	assert!(!lets_in(both(Class::Imaging), &request(), &record()));
}

#[test]
fn actors_should_match_when_the_account_is_named() {
	assert!(with_actors([Actor::Practitioner(CLINICIAN)]));
	assert!(!with_actors([Actor::Practitioner([8; 32])]));
}

#[test]
fn actors_should_match_when_the_organisation_is_named() {
	assert!(with_actors([Actor::Organisation(HOSPITAL)]));
	assert!(!with_actors([Actor::Organisation(CLINIC)]));
}

#[test]
fn actors_should_match_when_a_role_is_named() {
	assert!(with_actors([Actor::Role(Role::Clinician)]));
	assert!(!with_actors([Actor::Role(Role::Nurse)]));
}

#[test]
fn actors_should_match_when_a_care_team_is_named() {
	assert!(with_actors([Actor::Group(TEAM)]));
	assert!(!with_actors([Actor::Group(token(8))]));
}

#[test]
fn actors_should_match_only_when_role_and_organisation_are_both_right() {
	let at = |role, organisation| with_actors([Actor::RoleAt(RoleAt { role, organisation })]);
	assert!(at(Role::Clinician, HOSPITAL));
	assert!(!at(Role::Clinician, CLINIC));
	assert!(!at(Role::Nurse, HOSPITAL));
}

#[test]
fn actors_should_match_when_one_of_several_does() {
	assert!(with_actors([Actor::Role(Role::Nurse), Actor::Organisation(HOSPITAL)]));
	assert!(!with_actors([Actor::Role(Role::Nurse), Actor::Organisation(CLINIC)]));
}

#[test]
fn purposes_should_match_only_when_the_very_code_is_listed() {
	let with = |purposes: &[Purpose]| {
		let provision = for_purposes(Effect::Permit, purposes.iter().copied());
		lets_in(provision, &request(), &record())
	};
	assert!(with(&[Purpose::Treatment]));
	assert!(with(&[Purpose::Research, Purpose::Treatment]));
	assert!(!with(&[Purpose::EmergencyTreatment]));
	assert!(!with(&[Purpose::CareManagement]));
}

#[test]
fn purposes_should_match_when_a_blinded_code_is_the_same() {
	let asked = Request { purpose: Purpose::Other(token(1)), ..request() };
	let with =
		|token| lets_in(for_purposes(Effect::Permit, [Purpose::Other(token)]), &asked, &record());
	assert!(with(token(1)));
	assert!(!with(token(2)));
}

#[test]
fn actions_should_match_when_listed() {
	let with =
		|action| lets_in(Provision { actions: set([action]), ..permits() }, &request(), &record());
	assert!(with(Action::Access));
	assert!(!with(Action::Disclose));
}

#[test]
fn classes_should_match_when_listed() {
	let with =
		|class| lets_in(Provision { classes: set([class]), ..permits() }, &request(), &record());
	assert!(with(Class::LabResult));
	assert!(!with(Class::Genetics));
}

#[test]
fn confidentialities_should_match_only_when_the_very_level_is_listed() {
	let with = |levels: &[Confidentiality]| {
		let confidentialities = set(levels.iter().copied());
		lets_in(Provision { confidentialities, ..permits() }, &request(), &record())
	};
	assert!(with(&[Confidentiality::Normal]));
	assert!(with(&[Confidentiality::Restricted, Confidentiality::Normal]));
	// Without a high-water mark, a level above or below does not match.
	assert!(!with(&[Confidentiality::Restricted]));
	assert!(!with(&[Confidentiality::Moderate]));
}

#[test]
fn sensitivities_should_match_when_the_record_carries_any_of_them() {
	let with = |tokens: &[Token], record: &RecordAttributes| {
		let sensitivities = set(tokens.iter().copied());
		lets_in(Provision { sensitivities, ..permits() }, &request(), record)
	};
	assert!(with(&[token(2), token(9)], &record()));
	assert!(!with(&[token(9)], &record()));
	let plain = RecordAttributes { sensitivities: set([]), ..record() };
	assert!(!with(&[token(2)], &plain));
}

#[test]
fn codes_should_match_when_the_record_has_one_that_is_listed() {
	let with = |token, record: &RecordAttributes| {
		lets_in(Provision { codes: set([token]), ..permits() }, &request(), record)
	};
	assert!(with(token(3), &record()));
	assert!(!with(token(4), &record()));
	assert!(!with(token(3), &RecordAttributes { code: None, ..record() }));
}

#[test]
fn authors_should_match_when_the_record_has_one_that_is_listed() {
	let with = |token, record: &RecordAttributes| {
		lets_in(Provision { authors: set([token]), ..permits() }, &request(), record)
	};
	assert!(with(token(4), &record()));
	assert!(!with(token(3), &record()));
	assert!(!with(token(4), &RecordAttributes { author: None, ..record() }));
}

#[test]
fn encounters_should_match_when_the_record_has_one_that_is_listed() {
	let with = |token, record: &RecordAttributes| {
		lets_in(Provision { encounters: set([token]), ..permits() }, &request(), record)
	};
	assert!(with(token(5), &record()));
	assert!(!with(token(3), &record()));
	assert!(!with(token(5), &RecordAttributes { encounter: None, ..record() }));
}

#[test]
fn absent_attributes_should_not_be_reached_when_a_deny_lists_some() {
	let bare = RecordAttributes { code: None, ..record() };
	let grant = directive(permits(), [Provision { codes: set([token(3)]), ..denies() }]);
	let stored = Stored { id: 0, directive: &grant, maker: Maker::Patient, made: 0, ended: None };
	assert_eq!(decide(&request(), &bare, [stored], BasePolicy::default()), permit(base_of(0)));
}

#[test]
fn months_should_match_when_the_record_was_authored_between_them_or_in_one_of_them() {
	let with = |from, to| {
		let authored = Months { from, to };
		lets_in(Provision { authored, ..permits() }, &request(), &record())
	};
	assert!(with(Some(600), Some(600)));
	assert!(with(Some(599), Some(601)));
	assert!(with(Some(600), None));
	assert!(with(None, Some(600)));
	assert!(!with(Some(601), None));
	assert!(!with(None, Some(599)));
}

#[test]
fn records_should_match_when_listed() {
	let with = |id| {
		lets_in(Provision { records: set([RecordId(id)]), ..permits() }, &request(), &record())
	};
	assert!(with([1; 16]));
	assert!(!with([2; 16]));
}

#[test]
fn criterion_should_match_by_its_last_value_when_it_is_full() {
	let mut tokens: Vec<Token> = (10..10 + MAX_ITEMS as u8).map(token).collect();
	tokens[MAX_ITEMS as usize - 1] = TEAM;
	assert!(with_actors(tokens.into_iter().map(Actor::Group)));
}
