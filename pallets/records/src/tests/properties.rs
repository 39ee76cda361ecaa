//! Any sequence of calls, against a slow and obvious model.

use crate::{mock::*, *};
use assent_policy::OrganisationId;
use assent_support::Finding;
use proptest::prelude::*;
use sp_runtime::{DispatchResult, StateVersion};

#[derive(Clone, Debug)]
enum Step {
	Correct(u8),
	Erase,
	Dispute,
	Settle,
	Attest(OrganisationId, Finding),
	Leave(OrganisationId),
	Wait(u32),
}

fn step() -> impl Strategy<Value = Step> {
	let finding = prop_oneof![Just(Finding::Intact), Just(Finding::Altered), Just(Finding::Absent)];
	prop_oneof![
		1 => any::<u8>().prop_map(Step::Correct),
		1 => Just(Step::Dispute),
		1 => Just(Step::Settle),
		10 => (0..4u32, finding).prop_map(|(who, finding)| Step::Attest(who, finding)),
		1 => (1..4u32).prop_map(Step::Leave),
		6 => (0..70u32).prop_map(Step::Wait),
		1 => (0..20u8).prop_map(|n| if n == 0 { Step::Erase } else { Step::Dispute }),
	]
}

/// Everything that was ever accepted, and no derived value.
#[derive(Default)]
struct Model {
	erased: bool,
	left: Vec<OrganisationId>,
	/// The accepted votes of the open round, in order: organisation, finding and block.
	accepted: Vec<(OrganisationId, Finding, u32)>,
	due: u32,
	state: Option<Finding>,
}

impl Model {
	fn others(&self) -> Vec<OrganisationId> {
		[CLINIC, LABORATORY, INSTITUTE]
			.into_iter()
			.filter(|other| !self.left.contains(other))
			.collect()
	}

	fn agreeing(&self, finding: Finding) -> usize {
		self.others()
			.into_iter()
			.filter(|other| {
				let last = self.accepted.iter().rev().find(|(who, ..)| who == other);
				last.is_some_and(|(_, found, _)| *found == finding)
			})
			.count()
	}

	/// Whether the attestation is valid. The attestation may conclude the round.
	fn attest(&mut self, who: OrganisationId, finding: Finding, block: u32) -> bool {
		if self.erased || block < self.due || !self.others().contains(&who) {
			return false;
		}
		let before = self.accepted.iter().rev().find(|(other, ..)| *other == who);
		if let Some((_, found, at)) = before {
			// With one, two or three others, two must always agree.
			let in_vain = *found == finding && self.agreeing(finding) < 2;
			if block < at + 50 || in_vain {
				return false;
			}
		}
		self.accepted.push((who, finding, block));
		if self.agreeing(finding) >= 2 {
			self.accepted.clear();
			self.state = Some(finding);
			self.due = block + if finding == Finding::Intact { 100 } else { 20 };
		}
		true
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn any_sequence_of_calls_should_do_what_the_rules_say(
		steps in proptest::collection::vec(step(), 1..40),
	) {
		let mut model = Model { due: 1, ..Default::default() };
		ExtBuilder::default().registered().run(|| {
			let mut disputed = false;
			for step in steps {
				let block = System::block_number();
				let root = sp_io::storage::root(StateVersion::V1);
				let done = match step.clone() {
					Step::Correct(content) => {
						let document = document(&[content]);
						let changes = current(RECORD).ciphertext != document.ciphertext;
						let called =
							Register::correct(signed(agent(HOSPITAL)), RECORD, document);
						if !model.erased && changes {
							model.accepted.clear();
							model.state = None;
							model.due = block;
						}
						same(called, !model.erased && changes)
					},
					Step::Erase => {
						let called = Register::erase(signed(agent(HOSPITAL)), RECORD);
						let expected = !std::mem::replace(&mut model.erased, true);
						same(called, expected)
					},
					Step::Dispute => {
						let called = Register::dispute(signed(CONTROLLER), RECORD);
						let expected = !model.erased && !disputed;
						disputed |= expected;
						same(called, expected)
					},
					Step::Settle => {
						let called = Register::settle_dispute(signed(GUARDIAN), RECORD);
						let expected = !model.erased && disputed;
						disputed &= !expected;
						same(called, expected)
					},
					Step::Attest(who, finding) => {
						let accepted = attest(who, RECORD, finding).is_ok();
						assert_eq!(accepted, model.attest(who, finding, block), "{step:?}");
						accepted
					},
					Step::Leave(who) => {
						leave(who);
						model.left.push(who);
						true
					},
					Step::Wait(blocks) => {
						go_to(block + blocks);
						true
					},
				};
				if !done {
					assert_eq!(sp_io::storage::root(StateVersion::V1), root, "{step:?}");
				}
				let expected = model.state.map_or(AnchorState::Pending, AnchorState::from);
				assert_eq!(state(RECORD), expected, "{step:?}");
				assert_eq!(current(RECORD).due, model.due, "{step:?}");
				Register::do_try_state().expect("the state is consistent after each call");
			}
		});
	}
}

/// Whether the call succeeded. The result must be the expected one.
fn same(called: DispatchResult, expected: bool) -> bool {
	assert_eq!(called.is_ok(), expected, "{called:?}");
	expected
}
