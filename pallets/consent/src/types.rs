//! What the pallet keeps: directives and requests with their lives.

use assent_policy::{
	Action, Actor, Class, Criterion, Directive, DirectiveId, Effect, Maker, Moment, OrganisationId,
	Period, Provision, Purpose, MAX_DIRECTIVES,
};
use assent_support::{EndReason, PolicyRef};
use frame_support::{traits::ConstU32, BoundedVec};
use sp_runtime::AccountId32;

/// A request's number in its patient's list, from 0.
pub type RequestId = u32;

/// How many requests of one patient may be open at a time.
pub const MAX_OPEN_REQUESTS: u32 = 16;
/// How many of them one organisation's practitioners may have opened together, so that no
/// member alone can fill a patient's list.
pub const MAX_OPEN_OF_ORGANISATION: u32 = 4;

/// Numbers of directives in force, ascending.
pub type InForceList = BoundedVec<DirectiveId, ConstU32<MAX_DIRECTIVES>>;
/// Numbers of open requests, ascending.
pub type OpenList = BoundedVec<RequestId, ConstU32<MAX_OPEN_REQUESTS>>;

/// What a one-call grant says: who, for what, which kinds, until when.
#[frame_support::stored]
pub struct Terms {
	/// Who is let in: at least one.
	pub actors: Criterion<Actor>,
	/// For what: at least one purpose.
	pub purposes: Criterion<Purpose>,
	/// Which kinds of documents; none named means every kind.
	pub classes: Criterion<Class>,
	/// The first moment at which it no longer counts; none means until it is withdrawn.
	pub until: Option<Moment>,
}

impl Terms {
	/// The directive that these terms make: a permission to open and to work with the
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
				period: Period {
					from: None,
					until: self.until,
				},
				..Provision::any(Effect::Permit)
			},
			exceptions: Default::default(),
		}
	}
}

/// When and why a directive ended.
#[frame_support::stored]
#[derive(Copy)]
pub struct Ended {
	/// The first moment at which it no longer counted. For an expired directive this is the
	/// end of its period, not the moment at which someone noticed.
	pub at: Moment,
	/// Why.
	pub reason: EndReason,
}

/// A directive with its life.
#[frame_support::stored]
pub struct DirectiveRow {
	/// What it says.
	pub directive: Directive,
	/// When it was made; it counts from here at the earliest.
	pub made: Moment,
	/// The account that made it: the controller's, a guardian's or a delegate's.
	pub made_by: AccountId32,
	/// In whose right it was made: what is private to the patient is only the patient's to
	/// share and to refuse.
	pub made_as: Maker,
	/// When and why it ended, once that is noted.
	pub ended: Option<Ended>,
	/// The request that it answers, if it answers one.
	pub request: Option<RequestId>,
	/// The version of a base policy that it is built on, if the patient named one. It does not
	/// change what the directive says.
	pub policy: Option<PolicyRef>,
}

impl DirectiveRow {
	/// How the directive stands at `now`: `None` while it is in force (or will be), else its
	/// end. An expired one has ended whether or not that has been noted in the row.
	pub fn end(&self, now: Moment) -> Option<Ended> {
		self.ended.or_else(|| {
			self.directive
				.base
				.period
				.until
				.filter(|until| *until <= now)
				.map(|at| Ended {
					at,
					reason: EndReason::Expired,
				})
		})
	}
}

/// What became of a request. One that nobody answers stays `Open` and is past its
/// `expires`.
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
	/// The organisation that vouched for the practitioner then.
	pub organisation: OrganisationId,
	/// What is asked for.
	pub terms: Terms,
	/// The version of a base policy on which the directive would be built.
	pub policy: Option<PolicyRef>,
	/// When it was made.
	pub made: Moment,
	/// The first moment at which it can no longer be answered.
	pub expires: Moment,
	/// What became of it.
	pub state: RequestState,
}
