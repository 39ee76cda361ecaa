//! The stored types: emergencies, the lists of declarers and the counts of reviewers.

use assent_policy::{vocabulary, Moment, OrganisationId, PatientId};
use assent_support::{EmergencyReason, Justification, ReviewFinding, SuspensionCause};
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::AccountId32;

/// An emergency's number, handed out across all patients, from 0.
pub type EmergencyId = u32;

/// The longest emergency that can be declared, in minutes.
pub const MAX_EMERGENCY_MINUTES: u16 = 240;

pub(crate) const MINUTE: Moment = 60_000;
/// The longest emergency that can be declared, in milliseconds.
pub(crate) const MAX_EMERGENCY: Moment = MAX_EMERGENCY_MINUTES as Moment * MINUTE;
/// A calendar day (UTC), in milliseconds. The caps are daily.
pub(crate) const DAY: Moment = 24 * 60 * MINUTE;

/// The declarer's statement about an emergency.
#[frame_support::stored]
#[derive(Copy)]
pub struct Justified {
	/// The result of the emergency.
	pub justification: Justification,
	/// A salted commitment to the written justification. The written justification stays off chain.
	/// The declarer shows the text to the reviewing organisation and the patient.
	pub commitment: H256,
	/// The moment of the justification.
	pub at: Moment,
}

/// The stage of an emergency. A passed deadline changes no stage by itself. [`EmergencyState`] is
/// the state at a moment.
#[frame_support::stored]
#[derive(Copy)]
pub enum Stage {
	/// Declared. The declarer owes a justification.
	Declared,
	/// The hash of this block draws the reviewing organisation, once there is one.
	AwaitingDraw {
		/// The block with the deciding hash.
		block: u32,
		/// The organisation that the review left, if there was an earlier draw.
		passed_by: Option<OrganisationId>,
	},
	/// A drawn organisation owes a finding.
	UnderReview {
		/// The organisation.
		reviewer: OrganisationId,
		/// The first moment at which the organisation can no longer give a finding.
		due: Moment,
	},
	/// Reviewed. This stage is the last.
	Reviewed {
		/// The organisation of the review.
		reviewer: OrganisationId,
		/// The finding.
		finding: ReviewFinding,
		/// The moment of the finding.
		at: Moment,
	},
	/// The missed justification is noted. This stage is the last.
	Unjustified,
}

/// A declared emergency, from its declaration to its last stage.
#[frame_support::stored]
pub struct EmergencyRow {
	/// The patient.
	pub patient: PatientId,
	/// The declarer.
	pub practitioner: AccountId32,
	/// The organisation that vouched for the declarer at the declaration.
	pub organisation: OrganisationId,
	/// The reason.
	pub reason: EmergencyReason,
	/// The moment of the declaration.
	pub declared: Moment,
	/// The first moment after the emergency, unless somebody ended the emergency early.
	pub until: Moment,
	/// The moment of an early end, by the declarer or with the loss of the role.
	pub ended: Option<Moment>,
	/// The first moment at which the declarer can no longer justify the emergency.
	pub justify_by: Moment,
	/// The justification.
	pub justified: Option<Justified>,
	/// The stage.
	pub stage: Stage,
}

vocabulary! {
	/// The state of an emergency at a moment.
	EmergencyState: "state of an emergency" {
		/// The declarer may open the patient's documents.
		Active = "active",
		/// The emergency is over, and the declarer owes a justification.
		JustificationDue = "justification-due",
		/// No justification came in time.
		Unjustified = "unjustified",
		/// Justified. No reviewer is drawn yet.
		AwaitingDraw = "awaiting-draw",
		/// A drawn organisation reviews the emergency.
		UnderReview = "under-review",
		/// The drawn organisation gave no finding in time. The review can be passed on.
		ReviewMissed = "review-missed",
		/// The declaration was right.
		Justified = "justified",
		/// The declaration was wrong.
		Adverse = "adverse",
	}
}

impl EmergencyRow {
	/// The first moment after the emergency.
	pub fn over(&self) -> Moment {
		self.ended.unwrap_or(self.until)
	}

	/// Whether the emergency is active at `at`.
	pub fn is_active(&self, at: Moment) -> bool {
		self.declared <= at && at < self.over()
	}

	/// The state at `now`, by the row alone.
	pub fn state(&self, now: Moment) -> EmergencyState {
		match self.stage {
			Stage::Declared if now < self.over() => EmergencyState::Active,
			Stage::Declared if now < self.justify_by => EmergencyState::JustificationDue,
			Stage::Declared | Stage::Unjustified => EmergencyState::Unjustified,
			Stage::AwaitingDraw { .. } => EmergencyState::AwaitingDraw,
			Stage::UnderReview { due, .. } if now < due => EmergencyState::UnderReview,
			Stage::UnderReview { .. } => EmergencyState::ReviewMissed,
			Stage::Reviewed { finding: ReviewFinding::Justified, .. } => EmergencyState::Justified,
			Stage::Reviewed { finding: ReviewFinding::Adverse, .. } => EmergencyState::Adverse,
		}
	}
}

/// An emergency on the declarer's list of emergencies to be justified. The item has all values for
/// a declaration and a decision, so neither reads the row.
#[frame_support::stored]
#[derive(Copy)]
pub struct Open {
	/// The number of the emergency.
	pub emergency: EmergencyId,
	/// The patient.
	pub patient: PatientId,
	/// The organisation of the declaration.
	pub organisation: OrganisationId,
	/// The first moment after the emergency.
	pub over: Moment,
	/// The first moment at which the declarer can no longer justify the emergency.
	pub justify_by: Moment,
}

/// The number of emergencies that were declared in one calendar day (UTC).
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct DayCount {
	/// The day, counted from 1 January 1970.
	pub day: u32,
	/// The number of emergencies.
	pub declared: u32,
}

impl DayCount {
	/// The day of a moment.
	pub(crate) fn day_of(at: Moment) -> u32 {
		// A day past the width of the number lies eleven million years ahead.
		u32::try_from(at / DAY).unwrap_or(u32::MAX)
	}

	/// The count of the day of `at`. A new day begins at zero.
	pub(crate) fn on(self, at: Moment) -> Self {
		let day = Self::day_of(at);
		if self.day == day {
			return self;
		}
		Self { day, declared: 0 }
	}

	/// The count with one more, unless the day has `most` already.
	pub(crate) fn one_more(self, most: u32) -> Option<Self> {
		(self.declared < most).then(|| Self { declared: self.declared.saturating_add(1), ..self })
	}
}

/// The cause and the beginning of a suspension.
#[frame_support::stored]
#[derive(Copy)]
pub struct Suspension {
	/// The first moment of the suspension.
	pub since: Moment,
	/// The emergency that led to the suspension, the first one of several.
	pub emergency: EmergencyId,
	/// The cause.
	pub cause: SuspensionCause,
}

/// The counts of an organisation's reviews.
#[frame_support::stored]
#[derive(Copy, Default)]
pub struct ReviewCount {
	/// The number of draws.
	pub drawn: u32,
	/// The number of reviews that the organisation owes now.
	pub open: u32,
	/// The number of findings.
	pub given: u32,
	/// The number of missed reviews.
	pub missed: u32,
}

/// The emergencies of a declarer, and the suspension.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Declarer {
	/// The suspension of the role, once somebody has noted it.
	pub suspension: Option<Suspension>,
	/// The emergencies to be justified. An overdue justification suspends the role, noted or not.
	pub open: alloc::vec::Vec<Open>,
	/// The number of emergencies declared today (UTC).
	pub today: u32,
}

/// The reviews that an organisation owes, by the time that is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Owed {
	/// Reviews that are due later than soon.
	pub open: u32,
	/// Reviews that are due soon.
	pub soon: u32,
	/// Reviews past their deadline: each is missed, and anybody can pass it on.
	pub overdue: u32,
}
