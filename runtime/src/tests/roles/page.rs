//! The table for people: `docs/reference/roles.md`.

use super::{rules::Reach, *};

/// The groups of callers that have a name, the largest first.
fn groups() -> Vec<(&'static str, Vec<Caller>)> {
	let but_unsigned = EVERYBODY.iter().copied().filter(|one| *one != Unsigned);
	vec![
		("anybody, also without a signature", EVERYBODY.to_vec()),
		("anybody who signs, and the council", { but_unsigned.collect() }),
		("any account", signing()),
		("any account that has a payer", signing_but(WITHOUT_PAYER)),
		("controllers and agents of active organisations", MEMBERS_ACCOUNTS.to_vec()),
		("practitioners whose credential counts", CREDENTIALED.to_vec()),
		("a patient being recovered, guardians and delegates too", OF_RECOVERING.to_vec()),
		("a patient unable to decide, guardians and delegates too", OF_INCAPABLE.to_vec()),
		("a patient who left, guardians and delegates too", OF_LEFT.to_vec()),
		("the key of a dead patient, guardians and delegates too", OF_DECEASED.to_vec()),
		("controller and agents of the enrolling organisation", ENROLLING.to_vec()),
		("controllers and agents of other active organisations", OTHERS.to_vec()),
		("controllers of active organisations", vec![Controller, OtherController]),
	]
}

/// The callers in words.
fn words(callers: &[Caller]) -> String {
	let mut left: BTreeSet<_> = callers.iter().copied().collect();
	let mut words = Vec::new();
	for (name, group) in groups() {
		if group.iter().all(|caller| left.contains(caller)) {
			words.push(name);
			left.retain(|caller| !group.contains(caller));
		}
	}
	words.extend(left.into_iter().map(Caller::name));
	words.join("; ")
}

fn error(told: &DispatchError) -> String {
	match told {
		DispatchError::Module(error) => error.message.expect("errors have names").into(),
		other => format!("{other:?}"),
	}
}

/// The callers that may send the call. Root is shown as the way to root.
fn who_may(rule: &Rule) -> String {
	let mut allowed: Vec<_> = EVERYBODY.to_vec();
	allowed.retain(|caller| rule.outcome(*caller).is_ok());
	if allowed.len() + 1 >= EVERYBODY.len() {
		return words(&allowed);
	}
	let by_root = allowed.contains(&Root);
	allowed.retain(|caller| *caller != Root);
	let enacted = by_root && rule.reach == Reach::Enacted && !allowed.contains(&TwoThirds);
	let mut who = Vec::new();
	if enacted {
		who.push("two thirds of the council, after the delay".into());
	}
	if !allowed.is_empty() {
		who.push(words(&allowed));
	}
	if who.is_empty() {
		who.push("nobody".into());
	}
	who.join("; ")
}

/// The errors that the other callers get.
fn others_told(rule: &Rule) -> String {
	let mut told: Vec<(String, Vec<Caller>)> = Vec::new();
	for caller in EVERYBODY.iter().filter(|one| one.signs()) {
		let Err(why) = rule.outcome(*caller) else {
			continue;
		};
		let why = error(&why);
		match told.iter_mut().find(|(error, _)| *error == why) {
			Some((_, callers)) => callers.push(*caller),
			None => told.push((why, vec![*caller])),
		}
	}
	// The most frequent error comes first, without the callers.
	told.sort_by_key(|(_, callers)| core::cmp::Reverse(callers.len()));
	let mut lines = told.into_iter();
	let most = lines.next().map(|(why, _)| format!("`{why}`"));
	let rest = lines.map(|(why, callers)| format!("`{why}`: {}", words(&callers)));
	most.into_iter().chain(rest).collect::<Vec<_>>().join("<br>")
}

const HEAD: &str = "# Who may call what

The table names every call of the runtime, the accounts that may send the call, and the error that every other account gets. A test writes the table and holds the runtime against the table. The test is part of `scripts/test unit`. The test sends each call as each of the callers: by itself, wrapped, and as a transaction. A refused call has exactly this error and leaves the state as it was. A call without a row fails the test. The rows are in `runtime/src/tests/roles/`; [CONTRIBUTING](../../CONTRIBUTING.md#add-a-call) has the command that writes the page anew.

- *Two thirds of the council, after the delay*: by `consortium.enact`. Root has no other way to come about. The council can enact only calls that the runtime lists as enactable. Every other call of root is a call that nobody may send.
- *Any account*: the chain takes a transaction only from an account with one of the roles that `runtime/src/calls.rs` names for the call: controllers and agents of active organisations, practitioners with a valid credential, the persons who act for a patient id, and validators. The pool refuses a call from every other account, before its bytes stand in a block. A withdrawal is the exception: the pool takes a withdrawal from each account that may withdraw. A resignation is the other exception: the pool takes `consortium.resign` from each account that has something to resign.
- *The enrolling organisation* enrolled the patient, is the custodian of the record, and vouched for the clinician. Another organisation was drawn to review the emergency. *An emergency clinician* declared the emergencies that are ended and justified.
- *A delegate within the mandate*: the patient named the delegate for this kind of act.
- Wrapping opens nothing. `utility.batch`, `batch_all`, `force_batch` and `if_else` answer with the error of the wrapped call. In `as_derivative` the call counts as a call of an unknown account. In `council.execute` and in a motion of one vote the call counts as a call of no account. `with_weight` and `dispatch_as` belong to root. The runtime answers `CallFiltered` before dispatch, however deep a call is wrapped.
- A denied access is dispatched with success, so that the denial stands in the trail.
- Every origin that is no account gets `BadOrigin`.
";

/// The page.
pub fn render(table: &[Rule]) -> String {
	let mut page = String::from(HEAD);
	let mut pallets: Vec<&str> = Vec::new();
	for pallet in RuntimeCall::get_module_names() {
		if table.iter().any(|rule| rule.pallet == *pallet) {
			pallets.push(pallet);
		}
	}
	for pallet in pallets {
		page += &format!(
			"\n## {pallet}\n\n| call | who may | every other account is told |\n|---|---|---|\n"
		);
		for rule in table.iter().filter(|rule| rule.pallet == pallet) {
			let case = Some(rule.case).filter(|case| !case.is_empty());
			page += &format!(
				"| `{}`{} | {} | {} |\n",
				rule.call,
				case.map_or_else(String::new, |case| format!(", {case}")),
				who_may(rule),
				others_told(rule)
			);
		}
	}
	page
}
