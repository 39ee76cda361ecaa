//! Directives.

use crate::{
	parse::{
		directive::{describe, write},
		ids::address,
		time,
	},
	show::{end_reason, moment, or_empty},
};
use assent_client::{Included, Outcome};
use assent_policy::{DirectiveId, Moment, PolicyVersion};
use assent_support::EndReason;
use pallet_consent::{DirectiveRow, RequestId};
use serde::Serialize;
use serde_json::Value;

/// A directive, and its state now.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Directive {
	/// The number in the patient's list.
	pub directive: DirectiveId,
	standing: &'static str,
	/// The moment of making.
	pub made: String,
	/// The maker's account.
	pub made_by: String,
	ended: Option<String>,
	replacement: Option<DirectiveId>,
	/// The request behind the directive.
	pub request: Option<RequestId>,
	/// The version of the base policy under the directive.
	pub built_on: Option<PolicyVersion>,
	rules: Value,
	/// The rules for people.
	#[serde(skip)]
	pub described: String,
	/// How many exceptions it has.
	#[serde(skip)]
	pub exceptions: usize,
}

impl Directive {
	/// The directive with this number.
	pub fn new(directive: DirectiveId, row: &DirectiveRow, now: Moment) -> Self {
		let (standing, ended) = standing(row, now);
		let replacement = match row.ended.map(|ended| ended.reason) {
			Some(EndReason::Replaced(by)) => Some(by),
			_ => None,
		};
		Self {
			directive,
			standing,
			made: time::write(row.made),
			made_by: address(&row.made_by),
			ended: moment(ended),
			replacement,
			request: row.request,
			built_on: row.policy.map(|policy| policy.version),
			rules: write(&row.directive),
			described: describe(&row.directive),
			exceptions: row.directive.exceptions.len(),
		}
	}

	/// The state for people, with the moment of the end.
	pub fn standing_text(&self) -> String {
		format!("{} {}", self.standing, or_empty(&self.ended)).trim().into()
	}
}

fn standing(row: &DirectiveRow, now: Moment) -> (&'static str, Option<Moment>) {
	let later = row.directive.base.period.from.is_some_and(|from| now < from);
	match row.end(now) {
		None if later => ("not yet", None),
		None => ("in force", None),
		Some(ended) => (end_reason(&ended.reason), Some(ended.at)),
	}
}

/// The number of the directive that a call made.
pub fn made(included: &Included) -> Outcome<DirectiveId> {
	found!(included, Consent(pallet_consent::Event::DirectiveMade { directive, .. }) => *directive)
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Effect, Period, Provision};
	use pallet_consent::Ended;
	use sp_runtime::AccountId32;

	#[test]
	fn standing_should_follow_the_directives_life() {
		let base = Provision {
			period: Period { from: Some(10), until: Some(20) },
			..Provision::any(Effect::Permit)
		};
		let row = DirectiveRow {
			directive: assent_policy::Directive { base, exceptions: Default::default() },
			made: 1,
			made_by: AccountId32::new([1; 32]),
			made_as: assent_policy::Maker::Patient,
			ended: None,
			request: None,
			policy: None,
		};
		assert_eq!(standing(&row, 9), ("not yet", None));
		assert_eq!(standing(&row, 10), ("in force", None));
		assert_eq!(standing(&row, 20), ("expired", Some(20)));
		for (reason, word) in
			[(EndReason::Withdrawn, "withdrawn"), (EndReason::Replaced(7), "replaced")]
		{
			let row = DirectiveRow { ended: Some(Ended { at: 15, reason }), ..row.clone() };
			assert_eq!(standing(&row, 16), (word, Some(15)));
		}
		let replaced = Some(Ended { at: 15, reason: EndReason::Replaced(7) });
		let row = DirectiveRow { ended: replaced, ..row };
		let value = serde_json::to_value(Directive::new(3, &row, 16)).unwrap();
		assert_eq!(value["replacement"], 7);
		assert_eq!(value["ended"], "1970-01-01T00:00:00.015Z");
	}
}
