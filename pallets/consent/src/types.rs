//! The stored types of directives and requests.

use assent_policy::{
	Action, Actor, Class, Criterion, Directive, DirectiveId, Effect, Maker, Moment, OrganisationId,
	Period, Provision, Purpose, MAX_DIRECTIVES,
};
use assent_support::{EndReason, PolicyRef};
use frame_support::{traits::ConstU32, BoundedVec};
use sp_runtime::AccountId32;

/// A request's number in the patient's list, from 0.
pub type RequestId = u32;

/// The maximum number of open requests to one patient.
pub const MAX_OPEN_REQUESTS: u32 = 16;
/// The maximum number of open requests to one patient from one organisation. With this limit, no
/// single member can fill a patient's list.
pub const MAX_OPEN_OF_ORGANISATION: u32 = 4;

/// Numbers of directives in force, ascending.
pub type InForceList = BoundedVec<DirectiveId, ConstU32<MAX_DIRECTIVES>>;
/// Numbers of open requests, ascending.
pub type OpenList = BoundedVec<RequestId, ConstU32<MAX_OPEN_REQUESTS>>;

/// The terms of a one-call grant: actors, purposes, kinds of documents, end.
#[frame_support::stored]
pub struct Terms {
	/// The people and organisations permitted, at least one.
	pub actors: Criterion<Actor>,
	/// The purposes permitted, at least one.
	pub purposes: Criterion<Purpose>,
	/// The kinds of documents. None means every kind.
	pub classes: Criterion<Class>,
	/// The first moment after the grant. None means until a withdrawal.
	pub until: Option<Moment>,
}

impl Terms {
	/// The directive made from these terms: a permission to open the documents and to work with the
	/// documents, without exceptions.
	pub fn directive(&self) -> Directive {
		let mut actions = Criterion::<Action>::new();
		for action in [Action::Access, Action::Use] {
			// Two items always fit.
			let _ = actions.try_insert(action);
		}
		Directive {
			base: Provision {
				actors: self.actors.clone(),
				purposes: self.purposes.clone(),
				actions,
				classes: self.classes.clone(),
				period: Period { from: None, until: self.until },
				..Provision::any(Effect::Permit)
			},
			exceptions: Default::default(),
		}
	}
}

/// The end of a directive.
#[frame_support::stored]
#[derive(Copy)]
pub struct Ended {
	/// The first moment after the directive. For an expired directive this is the end of the
	/// period, not the moment of the note.
	pub at: Moment,
	/// The reason of the end.
	pub reason: EndReason,
}

/// A directive, from the beginning to the end.
#[frame_support::stored]
pub struct DirectiveRow {
	/// The rules.
	pub directive: Directive,
	/// The moment of making. The directive is valid from this moment at the earliest.
	pub made: Moment,
	/// The account that made the directive: the controller's, a guardian's or a delegate's.
	pub made_by: AccountId32,
	/// In whose right the directive was made. Only the patient may share or refuse private kinds.
	pub made_as: Maker,
	/// The noted end.
	pub ended: Option<Ended>,
	/// The request answered by the directive, if there is one.
	pub request: Option<RequestId>,
	/// The version of a base policy on which the directive is built, if the patient named one. The
	/// version does not change the rules.
	pub policy: Option<PolicyRef>,
}

impl DirectiveRow {
	/// The end of the directive at `now`; `None` for a directive in force or not yet begun. An
	/// expired directive has ended, with or without a note in the row.
	pub fn end(&self, now: Moment) -> Option<Ended> {
		self.ended.or_else(|| {
			self.directive
				.base
				.period
				.until
				.filter(|until| *until <= now)
				.map(|at| Ended { at, reason: EndReason::Expired })
		})
	}
}

/// The state of a request. A request without an answer stays `Open`, also after `expires`.
#[frame_support::stored]
#[derive(Copy)]
pub enum RequestState {
	/// Not answered.
	Open,
	/// Answered with this directive.
	Approved(DirectiveId),
	/// Refused.
	Refused,
}

/// A practitioner's request for access.
#[frame_support::stored]
pub struct RequestRow {
	/// The practitioner.
	pub by: AccountId32,
	/// The organisation that vouched for the practitioner at that time.
	pub organisation: OrganisationId,
	/// The terms asked for.
	pub terms: Terms,
	/// The version of a base policy on which the directive would be built.
	pub policy: Option<PolicyRef>,
	/// The moment of the request.
	pub made: Moment,
	/// The first moment at which no answer is possible any more.
	pub expires: Moment,
	/// The state of the request.
	pub state: RequestState,
}
