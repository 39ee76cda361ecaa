//! The form of a rule in the table.

use super::*;

/// The way by which root comes to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
	/// Two thirds of the council may enact the call.
	Enacted,
	/// No path dispatches the call as root: the call is not on the list of enactable calls.
	Never,
}

/// A call, or a case of a call, and the callers that may send the call.
pub struct Rule {
	/// The pallet.
	pub pallet: &'static str,
	/// The call.
	pub call: &'static str,
	/// The object of the call, where the object makes a difference. May be empty.
	pub case: &'static str,
	/// The way by which root comes to the call.
	pub reach: Reach,
	/// The preparation of the state.
	pub prepare: fn(),
	/// Whether every caller but root is refused before dispatch, in every wrapper.
	pub filtered: bool,
	/// The error for a stranger who sends another caller's example. `None` if a stranger's own
	/// example gets the same error.
	pub misused: Option<DispatchError>,
	allowed: Vec<Caller>,
	refused: Vec<(Vec<Caller>, DispatchError)>,
	others: DispatchError,
}

/// The error of the base filter.
pub fn filtered() -> DispatchError {
	frame_system::Error::<Runtime>::CallFiltered.into()
}

fn rule(pallet: &'static str, call: &'static str, others: DispatchError) -> Rule {
	Rule {
		pallet,
		call,
		case: "",
		reach: Reach::Never,
		prepare: || (),
		filtered: false,
		misused: None,
		allowed: Vec::new(),
		refused: Vec::new(),
		others,
	}
}

/// A signed call. Accounts that the rule does not name get `others`. Every origin without an
/// account gets `BadOrigin`.
pub fn signed(pallet: &'static str, call: &'static str, others: impl Into<DispatchError>) -> Rule {
	rule(pallet, call, others.into())
}

/// A call of root that the council can enact.
pub fn enacted(pallet: &'static str, call: &'static str) -> Rule {
	let mut rule = root(pallet, call);
	rule.reach = Reach::Enacted;
	rule
}

/// A call of root.
pub fn root(pallet: &'static str, call: &'static str) -> Rule {
	origin(pallet, call).to(&[Root])
}

/// A call of certain origins. All other callers get `BadOrigin`.
pub fn origin(pallet: &'static str, call: &'static str) -> Rule {
	rule(pallet, call, DispatchError::BadOrigin)
}

/// A call that the base filter refuses to everybody but root.
pub fn closed(pallet: &'static str, call: &'static str) -> Rule {
	let mut rule = rule(pallet, call, filtered()).to(&[Root]);
	rule.filtered = true;
	rule
}

impl Rule {
	/// Sets the case.
	pub fn case(mut self, case: &'static str) -> Self {
		self.case = case;
		self
	}

	/// Permits the callers.
	pub fn to(mut self, callers: &[Caller]) -> Self {
		self.allowed.extend(callers);
		self
	}

	/// Refuses the callers with an error of their own, also callers that the rule permitted before.
	pub fn but(mut self, callers: &[Caller], told: impl Into<DispatchError>) -> Self {
		self.allowed.retain(|caller| !callers.contains(caller));
		self.refused.push((callers.to_vec(), told.into()));
		self
	}

	/// Sets the preparation.
	pub fn after(mut self, prepare: fn()) -> Self {
		self.prepare = prepare;
		self
	}

	/// Sets the error for a stranger who sends another caller's example.
	pub fn misused(mut self, told: impl Into<DispatchError>) -> Self {
		self.misused = Some(told.into());
		self
	}

	/// The result of the call when this caller sends the call.
	pub fn outcome(&self, caller: Caller) -> DispatchResult {
		let told: Vec<_> = self
			.refused
			.iter()
			.filter(|(callers, _)| callers.contains(&caller))
			.map(|(_, told)| *told)
			.collect();
		assert!(
			told.len() + usize::from(self.allowed.contains(&caller)) <= 1,
			"{}: {} is decided about twice",
			self.name(),
			caller.name()
		);
		match told.first() {
			Some(told) => Err(*told),
			None if self.allowed.contains(&caller) => Ok(()),
			None if caller.signs() || self.filtered => Err(self.others),
			None => Err(DispatchError::BadOrigin),
		}
	}

	/// The result of another caller's example when a stranger sends the example.
	pub fn outcome_for_stranger(&self) -> DispatchResult {
		self.misused.map_or_else(|| self.outcome(Stranger), Err)
	}

	/// The call in the form that this caller sends.
	pub fn example(&self, caller: Caller) -> RuntimeCall {
		calls::example(self.pallet, self.call, self.case, caller)
	}

	/// The name of the rule in messages.
	pub fn name(&self) -> String {
		let case = Some(self.case).filter(|case| !case.is_empty());
		let case = case.map_or_else(String::new, |case| format!(" ({case})"));
		format!("{}.{}{case}", self.pallet, self.call)
	}
}
