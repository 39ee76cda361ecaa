//! The pool's priorities.

use crate::{mock::*, priority, Urgency};

#[test]
fn priorities_should_be_in_the_order_of_urgency() {
	let all = [
		priority::WITHDRAWAL,
		Urgency::Emergency.priority(),
		Urgency::Access.priority(),
		Urgency::Governance.priority(),
		Urgency::Normal.priority(),
	];
	assert!(all.windows(2).all(|pair| pair[0] > pair[1]), "{all:?}");
	const { assert!(priority::NORMAL > 0) };
}

#[test]
fn transaction_should_have_the_priority_of_its_call_when_validated() {
	run(|| {
		let of = |who, call| pool(&who, &call).unwrap().priority;
		let emergency = || RuntimeCall::Work(work::Call::declare_emergency {});
		assert_eq!(of(practitioner(), emergency()), priority::EMERGENCY + FIRST);
		assert_eq!(of(patient(), spend(1)), priority::ACCESS + FIRST);
		assert_eq!(of(agent(), spend(2)), priority::GOVERNANCE + FIRST);
		assert_eq!(of(patient(), spend(3)), priority::NORMAL + FIRST);
		// An urgent call is normal for payers without the right to the call.
		assert_eq!(of(agent(), emergency()), priority::NORMAL + FIRST);
	});
}
