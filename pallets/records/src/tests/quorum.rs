use crate::{attest::quorum, mock::*, *};
use assent_policy::OrganisationId;
use assent_support::{Act, Finding};
use frame_support::{assert_noop, assert_ok};
use sp_core::crypto::Pair;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

fn attesters(organisations: impl IntoIterator<Item = OrganisationId>) {
	let keys: Vec<_> = organisations.into_iter().map(|o| (o, pair(o).public())).collect();
	Attesting::set(&keys);
}

fn found(finding: Finding) -> Act {
	Act::DocumentFound { record: RECORD, version: 1, finding }
}

#[test]
fn quorum_should_be_more_than_a_third_and_at_least_two() {
	for (others, expected) in [
		(0, 2),
		(1, 2),
		(3, 2),
		(4, 2),
		(6, 2),
		(7, 3),
		(9, 3),
		(10, 4),
		(99, 33),
		(100, 34),
		(u32::MAX, (u32::MAX - 1) / 3 + 1),
	] {
		assert_eq!(quorum(others), expected, "{others} others");
	}
}

#[test]
fn document_should_be_anchored_when_a_quorum_found_it_intact() {
	ExtBuilder::default().registered().run(|| {
		go_to(5);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_eq!(state(RECORD), AnchorState::Pending);
		assert_ok!(attest(LABORATORY, RECORD, Finding::Intact));

		let version = current(RECORD);
		assert_eq!(version.state, AnchorState::Anchored);
		assert_eq!(version.since, START + 10_000);
		assert_eq!(version.due, 105);
		assert_eq!(Due::<Test>::iter().collect::<Vec<_>>(), [([0, 0, 0, 105], RECORD, 1)]);
		assert!(!Votes::<Test>::contains_key(RECORD));
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), None, found(Finding::Intact));
		assert_eq!(trail().last(), Some(&line));
		System::assert_last_event(
			Event::DocumentFound {
				record: RECORD,
				patient: PATIENT,
				custodian: HOSPITAL,
				version: 1,
				finding: Finding::Intact,
				due: 105,
			}
			.into(),
		);
	});
}

#[test]
fn document_should_stay_pending_when_the_findings_differ() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_ok!(attest(LABORATORY, RECORD, Finding::Absent));
		assert_eq!(state(RECORD), AnchorState::Pending);
		assert_ok!(attest(INSTITUTE, RECORD, Finding::Absent));
		assert_eq!(state(RECORD), AnchorState::Absent);
	});
}

#[test]
fn document_should_be_seen_altered_then_absent_then_restored() {
	ExtBuilder::default().registered().run(|| {
		let mut lines = 1;
		for (finding, state_after, next) in [
			(Finding::Intact, AnchorState::Anchored, 100),
			(Finding::Altered, AnchorState::Altered, 20),
			(Finding::Absent, AnchorState::Absent, 20),
			(Finding::Intact, AnchorState::Anchored, 100),
		] {
			go_to(current(RECORD).due);
			conclude(RECORD, finding);
			assert_eq!(state(RECORD), state_after);
			assert_eq!(current(RECORD).since, START + u64::from(System::block_number()) * 2_000);
			// An altered or absent document is checked again sooner.
			assert_eq!(current(RECORD).due, System::block_number() + next);
			lines += 1;
			assert_eq!(trail().len(), lines);
		}
	});
}

#[test]
fn trail_should_have_no_line_when_nothing_changed() {
	ExtBuilder::default().registered().run(|| {
		conclude(RECORD, Finding::Intact);
		let (lines, since) = (trail(), current(RECORD).since);
		go_to(101);
		conclude(RECORD, Finding::Intact);
		assert_eq!(trail(), lines);
		assert_eq!(current(RECORD).since, since);
		assert_eq!(current(RECORD).due, 201);
		System::assert_last_event(
			Event::DocumentRechecked {
				record: RECORD,
				version: 1,
				finding: Finding::Intact,
				due: 201,
			}
			.into(),
		);
	});
}

#[test]
fn round_should_leave_other_records_alone() {
	ExtBuilder::default().registered().run(|| {
		register(record_id(2), b"second");
		assert_ok!(attest(CLINIC, record_id(2), Finding::Intact));
		conclude(RECORD, Finding::Altered);
		assert_eq!(state(record_id(2)), AnchorState::Pending);
		assert_eq!(Votes::<Test>::get(record_id(2)).len(), 1);
	});
}

#[test]
fn quorum_should_never_be_reached_by_one_organisation() {
	ExtBuilder::default().registered().run(|| {
		attesters([HOSPITAL, CLINIC]);
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		assert_eq!(state(RECORD), AnchorState::Pending);
	});
}

#[test]
fn quorum_should_count_the_other_organisations_only() {
	// Seven organisations are six others for a custodian. Two of the six suffice.
	ExtBuilder::default().registered().run(|| {
		attesters(0..7);
		conclude(RECORD, Finding::Intact);
		assert_eq!(state(RECORD), AnchorState::Anchored);
	});
	// Eight organisations are seven others. Three of the seven are needed.
	ExtBuilder::default().registered().run(|| {
		attesters(0..8);
		conclude(RECORD, Finding::Intact);
		assert_eq!(state(RECORD), AnchorState::Pending);
		assert_ok!(attest(INSTITUTE, RECORD, Finding::Intact));
		assert_eq!(state(RECORD), AnchorState::Anchored);
	});
	// The custodian runs none of the validators of eight organisations. Three of the eight are
	// needed.
	ExtBuilder::default().registered().run(|| {
		attesters(1..8);
		conclude(RECORD, Finding::Intact);
		assert_eq!(state(RECORD), AnchorState::Pending);
	});
}

#[test]
fn vote_should_not_count_when_its_organisation_left_the_validators() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		attesters([HOSPITAL, LABORATORY, INSTITUTE]);
		assert_ok!(attest(LABORATORY, RECORD, Finding::Intact));
		assert_eq!(state(RECORD), AnchorState::Pending);
		let voters: Vec<_> =
			Votes::<Test>::get(RECORD).iter().map(|vote| vote.organisation).collect();
		assert_eq!(voters, [LABORATORY]);
		assert_ok!(attest(INSTITUTE, RECORD, Finding::Intact));
		assert_eq!(state(RECORD), AnchorState::Anchored);
	});
}

#[test]
fn vote_may_be_repeated_when_fewer_organisations_are_left_and_it_suffices() {
	ExtBuilder::default().registered().run(|| {
		attesters(0..8);
		conclude(RECORD, Finding::Intact);
		assert_eq!(state(RECORD), AnchorState::Pending);
		go_to(60);
		let repeated = transaction(attestation(CLINIC, RECORD, Finding::Intact), CLINIC, GENESIS);
		let again = TransactionValidityError::Invalid(InvalidTransaction::Custom(4));
		assert_noop!(apply(repeated.clone()), again);
		attesters(0..4);
		assert_ok!(apply(repeated));
		assert_eq!(state(RECORD), AnchorState::Anchored);
	});
}

#[test]
fn votes_of_a_hundred_organisations_should_fit() {
	ExtBuilder::default().registered().run(|| {
		attesters(0..101);
		// No 34 organisations agree: three groups of 33, and one organisation more.
		for organisation in 1..100 {
			let finding =
				[Finding::Intact, Finding::Altered, Finding::Absent][(organisation % 3) as usize];
			assert_ok!(attest(organisation, RECORD, finding));
		}
		assert_eq!(Votes::<Test>::get(RECORD).len(), 99);
		assert_eq!(state(RECORD), AnchorState::Pending);
		assert_ok!(attest(100, RECORD, Finding::Altered));
		assert_eq!(state(RECORD), AnchorState::Altered);
	});
}
