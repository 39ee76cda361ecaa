//! Calls within calls: the wrappers, and the expected results.

use super::{calls::nothing, rules::filtered, *};
use codec::Encode;
use pallet_collective::{Call as Motion, Event as Motions};
use pallet_utility::{Call as Wrap, Event as Wrapped};

/// A call that dispatches another call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
	/// `utility.batch`
	Batch,
	/// `utility.batch_all`
	BatchAll,
	/// `utility.force_batch`
	ForceBatch,
	/// `utility.if_else`, with an empty fallback
	IfElse,
	/// `utility.as_derivative`
	AsDerivative,
	/// `utility.with_weight`
	WithWeight,
	/// `utility.dispatch_as`, as root
	DispatchAs,
	/// `utility.dispatch_as_fallible`, as root
	DispatchAsFallible,
	/// `council.execute`
	Execute,
	/// `council.propose` of a motion that one vote decides
	Propose,
	/// `consortium.enact`
	Enact,
	/// A derivative account's call in `utility.batch_all`
	BatchOfDerivative,
	/// A derivative account's `utility.batch_all`
	DerivativeOfBatch,
}

use Wrapper::*;

/// All wrappers.
pub const WRAPPERS: &[Wrapper] = &[
	Batch,
	BatchAll,
	ForceBatch,
	IfElse,
	AsDerivative,
	WithWeight,
	DispatchAs,
	DispatchAsFallible,
	Execute,
	Propose,
	Enact,
	BatchOfDerivative,
	DerivativeOfBatch,
];

/// The expected results of a wrapped call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
	/// The result of the wrapper.
	pub outer: DispatchResult,
	/// The result of the wrapped call, if an event of a successful wrapper names the result.
	pub inner: Option<DispatchResult>,
}

fn refused(error: impl Into<DispatchError>) -> Expected {
	Expected { outer: Err(error.into()), inner: None }
}

fn passed_on(outer: DispatchResult) -> Expected {
	Expected { outer, inner: None }
}

fn told(inner: DispatchResult) -> Expected {
	Expected { outer: Ok(()), inner: Some(inner) }
}

impl Expected {
	/// Whether the wrapped call was carried out.
	pub fn carries_out(&self) -> bool {
		self.outer.is_ok() && self.inner.is_none_or(|inner| inner.is_ok())
	}
}

impl Wrapper {
	/// Puts the call into the wrapper.
	pub fn wrap(self, call: RuntimeCall) -> RuntimeCall {
		let boxed = Box::new(call.clone());
		let as_origin = Box::new(frame_system::RawOrigin::Root.into());
		let length_bound = call.encoded_size() as u32;
		match self {
			Batch => batch(vec![call]),
			BatchAll => RuntimeCall::Utility(Wrap::batch_all { calls: vec![call] }),
			ForceBatch => RuntimeCall::Utility(Wrap::force_batch { calls: vec![call] }),
			IfElse => {
				RuntimeCall::Utility(Wrap::if_else { main: boxed, fallback: Box::new(nothing()) })
			}
			AsDerivative => RuntimeCall::Utility(Wrap::as_derivative { index: 0, call: boxed }),
			WithWeight => RuntimeCall::Utility(Wrap::with_weight {
				call: boxed,
				weight: Weight::from_parts(1, 1),
			}),
			DispatchAs => RuntimeCall::Utility(Wrap::dispatch_as { as_origin, call: boxed }),
			DispatchAsFallible => {
				RuntimeCall::Utility(Wrap::dispatch_as_fallible { as_origin, call: boxed })
			}
			Execute => RuntimeCall::Council(Motion::execute { proposal: boxed, length_bound }),
			Propose => RuntimeCall::Council(Motion::propose {
				threshold: 1,
				proposal: boxed,
				length_bound,
			}),
			Enact => RuntimeCall::Consortium(pallet_consortium::Call::enact { call: boxed }),
			BatchOfDerivative => BatchAll.wrap(AsDerivative.wrap(call)),
			DerivativeOfBatch => AsDerivative.wrap(BatchAll.wrap(call)),
		}
	}

	/// The expected results of a call in the wrapper. The rule gives the result for the caller, or
	/// for the origin that the wrapper makes of the caller.
	pub fn expected(self, rule: &Rule, caller: Caller) -> Expected {
		let own = rule.outcome(caller);
		let seat = [Controller, OtherController].contains(&caller);
		// The filter finds such a call before dispatch, at any depth.
		if rule.filtered && caller != Root && self != Enact {
			return refused(filtered());
		}
		// `batch_all` does not nest.
		let nests = rule.pallet == "Utility" && rule.call == "batch_all" && caller != Root;
		let in_batch_all = |result| if nests { Err(filtered()) } else { result };
		match self {
			Batch | BatchAll | ForceBatch | IfElse | BatchOfDerivative if caller == Unsigned => {
				refused(DispatchError::BadOrigin)
			}
			Batch | ForceBatch | IfElse => told(own),
			BatchAll => passed_on(in_batch_all(own)),
			AsDerivative | BatchOfDerivative | DerivativeOfBatch if !caller.signs() => {
				refused(DispatchError::BadOrigin)
			}
			AsDerivative => passed_on(rule.outcome_for_stranger()),
			BatchOfDerivative | DerivativeOfBatch => {
				passed_on(in_batch_all(rule.outcome_for_stranger()))
			}
			WithWeight | DispatchAsFallible if caller == Root => passed_on(own),
			DispatchAs if caller == Root => told(own),
			WithWeight | DispatchAsFallible | DispatchAs => refused(DispatchError::BadOrigin),
			Execute if seat => told(rule.outcome(SeatAlone)),
			Propose if seat => told(rule.outcome(OneVote)),
			Execute | Propose if caller.signs() => refused(pallet_collective::Error::<
				Runtime,
				configs::governance::CouncilInstance,
			>::NotMember),
			Execute | Propose => refused(DispatchError::BadOrigin),
			Enact if caller != TwoThirds => refused(DispatchError::BadOrigin),
			Enact if rule.reach == rules::Reach::Enacted => passed_on(Ok(())),
			Enact => refused(pallet_consortium::Error::<Runtime>::NotEnactable),
		}
	}

	/// Whether the wrapped call runs with the caller's rights and no others. The wrapped call then
	/// has the same effect as by itself.
	pub fn keeps_the_caller(self) -> bool {
		matches!(self, Batch | BatchAll | ForceBatch | IfElse)
	}

	/// The result of the wrapped call, by the last events.
	pub fn told(self) -> Option<DispatchResult> {
		let events: Vec<_> = System::events().into_iter().map(|row| row.event).collect();
		let last = events.last()?;
		match (self, last) {
			(Batch, RuntimeEvent::Utility(Wrapped::BatchCompleted)) => Some(Ok(())),
			(Batch, RuntimeEvent::Utility(Wrapped::BatchInterrupted { index: 0, error })) => {
				Some(Err(*error))
			}
			(ForceBatch, RuntimeEvent::Utility(Wrapped::BatchCompleted)) => Some(Ok(())),
			(ForceBatch, RuntimeEvent::Utility(Wrapped::BatchCompletedWithErrors)) => {
				match events.get(events.len() - 2) {
					Some(RuntimeEvent::Utility(Wrapped::ItemFailed { error })) => Some(Err(*error)),
					_ => None,
				}
			}
			(IfElse, RuntimeEvent::Utility(Wrapped::IfElseMainSuccess)) => Some(Ok(())),
			(IfElse, RuntimeEvent::Utility(Wrapped::IfElseFallbackCalled { main_error })) => {
				Some(Err(*main_error))
			}
			(DispatchAs, RuntimeEvent::Utility(Wrapped::DispatchedAs { result })) => Some(*result),
			(Execute, RuntimeEvent::Council(Motions::MemberExecuted { result, .. })) => {
				Some(*result)
			}
			(Propose, RuntimeEvent::Council(Motions::Executed { result, .. })) => Some(*result),
			_ => None,
		}
	}
}
