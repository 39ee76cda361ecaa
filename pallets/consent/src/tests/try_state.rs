//! Each test breaks one invariant and expects the finding.

use crate::{mock::*, *};
use assent_support::{EndReason, PolicyRef};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

/// A state with some of everything: directives in force (0, 3), withdrawn (1), expired (2),
/// made of request 0; request 1 refused, request 2 open.
fn broken(by: impl FnOnce(), finding: &'static str) {
	ExtBuilder::default()
		.permissions(2)
		.directive(permission(Some(START + DAY)))
		.build()
		.execute_with(|| {
			World::set_time(START + DAY);
			assert_ok!(Consent::retire_expired(signed(STRANGER), PATIENT));
			assert_ok!(Consent::withdraw(signed(CONTROLLER), PATIENT, 1));
			for _ in 0..3 {
				assert_ok!(request(NURSE, clinic_terms(None)));
			}
			World::advance(1);
			assert_ok!(Consent::approve_request(signed(CONTROLLER), PATIENT, 0));
			assert_ok!(Consent::refuse_request(signed(CONTROLLER), PATIENT, 1));
			World::advance(1);
			assert_ok!(Consent::do_try_state());
			by();
			assert_eq!(Consent::do_try_state(), Err(DispatchError::Other(finding)));
		});
}

fn change(directive: u32, by: impl FnOnce(&mut DirectiveRow)) {
	Directives::<Test>::mutate(PATIENT, directive, |row| by(row.as_mut().unwrap()));
}

fn change_request(request: u32, by: impl FnOnce(&mut RequestRow)) {
	Requests::<Test>::mutate(PATIENT, request, |row| by(row.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_directives_and_numbers_that_differ() {
	broken(|| Directives::<Test>::remove(PATIENT, 1), "consent: a directive's number has no row");
	broken(
		|| {
			Directives::<Test>::remove(PATIENT, 1);
			Directives::<Test>::insert(PATIENT, 9, row(0));
		},
		"consent: a directive has a number not handed out",
	);
	broken(|| change(0, |row| row.made += DAY), "consent: directives were made out of order");
}

#[test]
fn try_state_should_find_malformed_directives() {
	broken(
		|| change(0, |row| row.directive.base.period.until = Some(row.made)),
		"consent: a row holds a malformed directive",
	);
}

#[test]
fn try_state_should_find_ends_that_can_not_be() {
	let end = |at, reason| move || change(1, |row| row.ended = Some(Ended { at, reason }));
	let lies = "consent: a directive ended before its beginning or in the future";
	broken(end(START - 1, EndReason::Withdrawn), lies);
	broken(end(START + 2 * DAY, EndReason::Withdrawn), lies);
	broken(
		end(START + 1, EndReason::Expired),
		"consent: an expired directive did not end with its period",
	);
	broken(
		end(START + DAY, EndReason::Replaced(7)),
		"consent: a replacement is missing or of another moment",
	);
	broken(
		|| {
			let (at, reason) = (START + DAY, EndReason::Withdrawn);
			change(2, |row| row.ended = Some(Ended { at, reason }))
		},
		"consent: a directive was withdrawn after it had expired",
	);
	broken(
		|| {
			let (at, reason) = (START + DAY, EndReason::Replaced(3));
			change(2, |row| row.ended = Some(Ended { at, reason }))
		},
		"consent: a directive was replaced after it had expired",
	);
}

#[test]
fn try_state_should_find_a_list_that_differs_from_the_rows() {
	let list =
		|ids: Vec<u32>| InForce::<Test>::insert(PATIENT, InForceList::try_from(ids).unwrap());
	broken(|| list(vec![3, 0]), "consent: a list in force is not ascending");
	broken(|| list(vec![0, 3, 9]), "consent: a list in force names a missing row");
	broken(|| list(vec![0, 1, 3]), "consent: an ended directive is listed as in force");
	broken(|| list(vec![0]), "consent: a directive that has not ended is not listed");
}

#[test]
fn try_state_should_find_a_list_without_places_for_denials() {
	ExtBuilder::default().permissions(56).denials(1).build().execute_with(|| {
		assert_ok!(Consent::do_try_state());
		change(56, |row| row.directive = permission(None));
		assert_eq!(
			Consent::do_try_state(),
			Err(DispatchError::Other("consent: a list in force has no places left for denials"))
		);
	});
}

#[test]
fn try_state_should_find_kept_lists_that_tell_another_story() {
	let list = |id: u32, ids: Vec<u32>| {
		InForceWhenMade::<Test>::insert(PATIENT, id, InForceList::try_from(ids).unwrap())
	};
	broken(|| list(9, vec![9]), "consent: a kept list belongs to no directive");
	broken(|| list(3, vec![0]), "consent: a kept list is not ascending up to its directive");
	broken(|| list(3, vec![0, 1, 3]), "consent: a kept list names a directive that had ended");
	broken(|| list(2, vec![0, 2]), "consent: a kept list lacks a directive in force");
	broken(
		|| InForceWhenMade::<Test>::remove(PATIENT, 3),
		"consent: a kept list is not ascending up to its directive",
	);
}

#[test]
fn try_state_should_find_requests_that_differ_from_their_list() {
	let list =
		|ids: Vec<u32>| OpenRequests::<Test>::insert(PATIENT, OpenList::try_from(ids).unwrap());
	broken(|| Requests::<Test>::remove(PATIENT, 1), "consent: a request's number has no row");
	broken(
		|| {
			Requests::<Test>::insert(PATIENT, 7, Requests::<Test>::get(PATIENT, 1).unwrap());
			Requests::<Test>::remove(PATIENT, 1);
		},
		"consent: a request has a number not handed out",
	);
	broken(|| list(vec![2, 2]), "consent: a list of open requests is not ascending");
	broken(|| list(vec![2, 7]), "consent: an open request has no row");
	broken(|| list(vec![1, 2]), "consent: an answered request is listed as open");
	broken(|| list(vec![]), "consent: a request that waits for an answer is not listed");
	broken(
		|| change_request(2, |row| row.expires = row.made),
		"consent: a request was made in the future or never lasted",
	);
	broken(
		|| {
			let row = Requests::<Test>::get(PATIENT, 2).unwrap();
			for id in 3..7 {
				Requests::<Test>::insert(PATIENT, id, &row);
			}
			NextRequest::<Test>::insert(PATIENT, 7);
			list(vec![2, 3, 4, 5, 6]);
		},
		"consent: an organisation has too many open requests",
	);
}

#[test]
fn try_state_should_find_answers_without_their_directive() {
	broken(
		|| change_request(0, |row| row.state = RequestState::Approved(0)),
		"consent: an approved request made no such directive",
	);
	broken(
		|| change_request(0, |row| row.state = RequestState::Refused),
		"consent: a directive answers a request that was not approved",
	);
}

#[test]
fn try_state_should_find_a_list_of_built_directives_that_differs_from_the_rows() {
	let policy = PolicyRef { organisation: HOSPITAL, version: 1 };
	let register = || Register::set_base_policy(HOSPITAL, permission(None));
	let key = |directive| (HOSPITAL, 1, PATIENT, directive);
	broken(
		|| {
			register();
			BuiltOn::<Test>::insert(key(0), ());
		},
		"consent: a directive listed by version has ended, or is built on another version",
	);
	broken(
		|| {
			register();
			change(0, |row| row.policy = Some(policy));
		},
		"consent: a directive that has not ended is not listed by version",
	);
	broken(
		|| {
			change(0, |row| row.policy = Some(policy));
			BuiltOn::<Test>::insert(key(0), ());
		},
		"consent: a directive is built on a version that nobody registered",
	);
}
