//! How the table says who may call what.

use super::*;

/// How root comes to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
	/// Two thirds of the council may enact it.
	Enacted,
	/// Nothing dispatches it as root: it is not on the list of what may be enacted.
	Never,
}

/// A call, or a case of one, and who may send it.
pub struct Rule {
	/// The pallet.
	pub pallet: &'static str,
	/// The call.
	pub call: &'static str,
	/// On what, where that makes a difference. May be empty.
	pub case: &'static str,
	/// How root comes to it.
	pub reach: Reach,
	/// What must be there before.
	pub prepare: fn(),
	/// Whether it is refused to whoever is not root before it is dispatched, however wrapped.
	pub filtered: bool,
	/// What a stranger is told who sends an example made for somebody else, where that is not
	/// what a stranger is told otherwise.
	pub misused: Option<DispatchError>,
	allowed: Vec<Caller>,
	refused: Vec<(Vec<Caller>, DispatchError)>,
	others: DispatchError,
}

/// Why the base filter refuses a call.
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

/// A call that is signed: whoever signs and is not named is told this, and every origin that
/// is no account `BadOrigin`.
pub fn signed(pallet: &'static str, call: &'static str, others: impl Into<DispatchError>) -> Rule {
	rule(pallet, call, others.into())
}

/// A call of root's that the council can enact.
pub fn enacted(pallet: &'static str, call: &'static str) -> Rule {
	let mut rule = root(pallet, call);
	rule.reach = Reach::Enacted;
	rule
}

/// A call of root's.
pub fn root(pallet: &'static str, call: &'static str) -> Rule {
	origin(pallet, call).to(&[Root])
}

/// A call of certain origins: who is not named is told `BadOrigin`.
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
	/// In this case.
	pub fn case(mut self, case: &'static str) -> Self {
		self.case = case;
		self
	}

	/// These may.
	pub fn to(mut self, callers: &[Caller]) -> Self {
		self.allowed.extend(callers);
		self
	}

	/// These are refused with an error of their own, also those whom the rule let before.
	pub fn but(mut self, callers: &[Caller], told: impl Into<DispatchError>) -> Self {
		self.allowed.retain(|caller| !callers.contains(caller));
		self.refused.push((callers.to_vec(), told.into()));
		self
	}

	/// After this has been done.
	pub fn after(mut self, prepare: fn()) -> Self {
		self.prepare = prepare;
		self
	}

	/// What a stranger is told who sends somebody else's example.
	pub fn misused(mut self, told: impl Into<DispatchError>) -> Self {
		self.misused = Some(told.into());
		self
	}

	/// What comes of the call when this caller sends it.
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

	/// What comes of this caller's example when a stranger sends it.
	pub fn outcome_for_stranger(&self) -> DispatchResult {
		self.misused.map_or_else(|| self.outcome(Stranger), Err)
	}

	/// The call as this caller sends it.
	pub fn example(&self, caller: Caller) -> RuntimeCall {
		calls::example(self.pallet, self.call, self.case, caller)
	}

	/// What it is called in messages.
	pub fn name(&self) -> String {
		let case = Some(self.case).filter(|case| !case.is_empty());
		let case = case.map_or_else(String::new, |case| format!(" ({case})"));
		format!("{}.{}{case}", self.pallet, self.call)
	}
}
