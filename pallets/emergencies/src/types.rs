//! What the pallet keeps of an emergency, of who declares and of who reviews.

use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::{EmergencyReason, Justification, ReviewFinding, SuspensionCause};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// An emergency's number, handed out across all patients, from 0.
pub type EmergencyId = u32;

/// The longest emergency that can be declared, in minutes.
pub const MAX_EMERGENCY_MINUTES: u16 = 240;
/// The most rows that one paged read returns.
pub const MAX_PAGE: u32 = 100;

pub(crate) const MINUTE: Moment = 60_000;
/// The longest emergency that can be declared, in milliseconds.
pub(crate) const MAX_EMERGENCY: Moment = MAX_EMERGENCY_MINUTES as Moment * MINUTE;
/// A calendar day (UTC), in milliseconds: the caps count by it.
pub(crate) const DAY: Moment = 24 * 60 * MINUTE;

/// What its declarer says of an emergency afterwards.
#[frame_support::stored]
#[derive(Copy)]
pub struct Justified {
	/// What became of it.
	pub justification: Justification,
	/// Salted commitment to the written justification, which is kept off chain and shown to
	/// the reviewing organisation and the patient.
	pub commitment: H256,
	/// When.
	pub at: Moment,
}

/// How far an emergency has come. Deadlines that pass are not noted here by themselves: see
/// [`EmergencyState`] for how it stands at a moment.
#[frame_support::stored]
#[derive(Copy)]
pub enum Stage {
	/// Declared; its declarer owes a justification.
	Declared,
	/// A reviewing organisation is drawn by the hash of this block, once there is one.
	AwaitingDraw {
		/// The block whose hash decides.
		block: u32,
		/// The organisation that the review left, if it was drawn before.
		passed_by: Option<OrganisationId>,
	},
	/// A drawn organisation owes a finding.
	UnderReview {
		/// The organisation.
		reviewer: OrganisationId,
		/// The first moment at which it can no longer give one.
		due: Moment,
	},
	/// Reviewed: nothing more happens.
	Reviewed {
		/// The organisation that reviewed it.
		reviewer: OrganisationId,
		/// What it found.
		finding: ReviewFinding,
		/// When.
		at: Moment,
	},
	/// It was noted that no justification came in time: nothing more happens.
	Unjustified,
}

/// A declared emergency with its life.
#[frame_support::stored]
pub struct EmergencyRow {
	/// The patient.
	pub patient: PatientId,
	/// The practitioner who declared it.
	pub practitioner: AccountId32,
	/// The organisation that vouched for the practitioner then.
	pub organisation: OrganisationId,
	/// The reason given.
	pub reason: EmergencyReason,
	/// When it was declared.
	pub declared: Moment,
	/// The first moment at which it is over, unless it was ended before.
	pub until: Moment,
	/// When it ended before its time: by its declarer, or with the declarer's role.
	pub ended: Option<Moment>,
	/// The first moment at which it can no longer be justified.
	pub justify_by: Moment,
	/// The justification.
	pub justified: Option<Justified>,
	/// How far it has come.
	pub stage: Stage,
}

/// How an emergency stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum EmergencyState {
	/// Its declarer may open the patient's documents.
	Active,
	/// It is over, and a justification is owed.
	JustificationDue,
	/// No justification came in time.
	Unjustified,
	/// Justified; nobody is drawn yet to review it.
	AwaitingDraw,
	/// A drawn organisation has it.
	UnderReview,
	/// The drawn organisation gave no finding in time: the review can be passed on.
	ReviewMissed,
	/// Found right.
	Justified,
	/// Found wrong.
	Adverse,
}

impl EmergencyRow {
	/// The first moment at which it is over.
	pub fn over(&self) -> Moment {
		self.ended.unwrap_or(self.until)
	}

	/// Whether it is active at `at`.
	pub fn is_active(&self, at: Moment) -> bool {
		self.declared <= at && at < self.over()
	}

	/// How it stands at `now`, by the row alone.
	pub fn state(&self, now: Moment) -> EmergencyState {
		match self.stage {
			Stage::Declared if now < self.over() => EmergencyState::Active,
			Stage::Declared if now < self.justify_by => EmergencyState::JustificationDue,
			Stage::Declared | Stage::Unjustified => EmergencyState::Unjustified,
			Stage::AwaitingDraw { .. } => EmergencyState::AwaitingDraw,
			Stage::UnderReview { due, .. } if now < due => EmergencyState::UnderReview,
			Stage::UnderReview { .. } => EmergencyState::ReviewMissed,
			Stage::Reviewed {
				finding: ReviewFinding::Justified,
				..
			} => EmergencyState::Justified,
			Stage::Reviewed {
				finding: ReviewFinding::Adverse,
				..
			} => EmergencyState::Adverse,
		}
	}
}

/// An emergency that its declarer still has to justify, as the declarer's list keeps it: what
/// declaring and deciding need, without reading the row.
#[frame_support::stored]
#[derive(Copy)]
pub struct Open {
	/// Its number.
	pub emergency: EmergencyId,
	/// The patient.
	pub patient: PatientId,
	/// The organisation under which it was declared.
	pub organisation: OrganisationId,
	/// The first moment at which it is over.
	pub over: Moment,
	/// The first moment at which it can no longer be justified.
	pub justify_by: Moment,
}

/// How many emergencies were declared in one calendar day (UTC).
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct DayCount {
	/// The day, counted from 1 January 1970.
	pub day: u32,
	/// How many.
	pub declared: u32,
}

impl DayCount {
	/// The day of a moment.
	pub(crate) fn day_of(at: Moment) -> u32 {
		// A day past the width of the number lies eleven million years ahead.
		u32::try_from(at / DAY).unwrap_or(u32::MAX)
	}

	/// The count of the day of `at`: a new day begins at zero.
	pub(crate) fn on(self, at: Moment) -> Self {
		let day = Self::day_of(at);
		if self.day == day {
			return self;
		}
		Self { day, declared: 0 }
	}

	/// One more, unless the day has as many as `most`.
	pub(crate) fn one_more(self, most: u32) -> Option<Self> {
		(self.declared < most).then(|| Self {
			declared: self.declared.saturating_add(1),
			..self
		})
	}
}

/// Why and since when a practitioner can't declare emergencies.
#[frame_support::stored]
#[derive(Copy)]
pub struct Suspension {
	/// The first moment at which the role did not count.
	pub since: Moment,
	/// The emergency that led to it, the first if several did.
	pub emergency: EmergencyId,
	/// Why.
	pub cause: SuspensionCause,
}

/// How an organisation reviews.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct ReviewCount {
	/// How often it was drawn.
	pub drawn: u32,
	/// How many reviews it owes now.
	pub open: u32,
	/// How many findings it gave.
	pub given: u32,
	/// How many it missed.
	pub missed: u32,
}

/// Where a practitioner stands who declares emergencies.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Declarer {
	/// The suspension of the role, once it is noted.
	pub suspension: Option<Suspension>,
	/// The emergencies still to be justified. One past its time suspends the role, noted or
	/// not.
	pub open: alloc::vec::Vec<Open>,
	/// How many were declared today (UTC).
	pub today: u32,
}
