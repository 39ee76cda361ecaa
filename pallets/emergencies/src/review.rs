//! The steps after an emergency: justification, draw, finding, and passing on.

use crate::{pallet::*, types::*};
use assent_policy::{Moment, OrganisationId};
use assent_support::{
	Act, Justification, Members, PassingCause, ReviewFinding, Reviewers, SuspensionCause, Trail,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use sp_core::H256;
use sp_runtime::{traits::Hash, AccountId32};

/// Sets the seed of a draw apart from every other hash.
const DRAW_DOMAIN: &[u8; 11] = b"assent/draw";

impl<T: Config> Pallet<T> {
	/// Records a justification and the block whose hash draws the reviewer. The credential of the
	/// declarer plays no part: a declarer can always answer for an emergency.
	pub(crate) fn do_justify(
		who: AccountId32,
		emergency: EmergencyId,
		justification: Justification,
		commitment: H256,
		now: Moment,
	) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		ensure!(row.practitioner == who, Error::<T>::NotAuthorized);
		match row.stage {
			Stage::Declared => ensure!(now < row.justify_by, Error::<T>::JustificationOverdue),
			Stage::Unjustified => return Err(Error::<T>::JustificationOverdue.into()),
			Stage::AwaitingDraw { .. } | Stage::UnderReview { .. } | Stage::Reviewed { .. } => {
				return Err(Error::<T>::AlreadyJustified.into())
			}
		}
		ensure!(row.over() <= now, Error::<T>::StillActive);
		ensure!(!commitment.is_zero(), Error::<T>::NoCommitment);
		let draw_block = Self::draw_block();
		row.justified = Some(Justified { justification, commitment, at: now });
		row.stage = Stage::AwaitingDraw { block: draw_block, passed_by: None };
		Self::close(emergency, &mut row);
		T::Trail::write(
			Some(row.patient),
			Some(row.organisation),
			Some(who.clone()),
			Act::EmergencyJustified { emergency, justification },
		);
		Self::deposit_event(Event::EmergencyJustified {
			emergency,
			patient: row.patient,
			practitioner: who,
			justification,
			commitment,
			draw_block,
		});
		Emergencies::<T>::insert(emergency, row);
		Ok(())
	}

	/// Draws the reviewer of an emergency by the fixed hash.
	pub(crate) fn do_draw(emergency: EmergencyId, now: Moment) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		let Stage::AwaitingDraw { block, passed_by } = row.stage else {
			return Err(Error::<T>::NotAwaitingDraw.into());
		};
		ensure!(block < Self::block(), Error::<T>::DrawTooEarly);
		let Some(hash) = Self::hash_of(block) else {
			let draw_block = Self::draw_block();
			row.stage = Stage::AwaitingDraw { block: draw_block, passed_by };
			Emergencies::<T>::insert(emergency, row);
			Self::deposit_event(Event::DrawPutOff { emergency, draw_block });
			return Ok(());
		};
		let seed = T::Hashing::hash_of(&(DRAW_DOMAIN, hash, emergency));
		let reviewer = Self::drawn(seed, &row, passed_by, now).ok_or(Error::<T>::NoReviewer)?;
		let due = now.saturating_add(T::ReviewPeriod::get());
		row.stage = Stage::UnderReview { reviewer, due };
		ReviewsOf::<T>::insert(reviewer, emergency, due);
		ReviewCounts::<T>::mutate(reviewer, |count| {
			count.drawn = count.drawn.saturating_add(1);
			count.open = count.open.saturating_add(1);
		});
		let act = Act::ReviewerDrawn { emergency, reviewer };
		Self::write_for_both(&row, reviewer, None, act);
		Self::deposit_event(Event::ReviewerDrawn {
			emergency,
			patient: row.patient,
			reviewer,
			due,
		});
		Emergencies::<T>::insert(emergency, row);
		Ok(())
	}

	/// The reviewer. The organisation of the declaration and the organisation that vouches for the
	/// declarer now are excluded. The organisation that the review just left is excluded if there
	/// is another.
	fn drawn(
		seed: H256,
		row: &EmergencyRow,
		passed_by: Option<OrganisationId>,
		now: Moment,
	) -> Option<OrganisationId> {
		let declared_under = row.organisation;
		let vouching = T::Members::practitioner(&row.practitioner, now)
			.map_or(declared_under, |practitioner| practitioner.organisation);
		passed_by
			.and_then(|passed_by| T::Reviewers::draw(seed, &[declared_under, vouching, passed_by]))
			.or_else(|| T::Reviewers::draw(seed, &[declared_under, vouching]))
	}

	/// The reviewer, and the deadline of the review.
	fn review_of(row: &EmergencyRow) -> Result<(OrganisationId, Moment), Error<T>> {
		match row.stage {
			Stage::UnderReview { reviewer, due } => Ok((reviewer, due)),
			Stage::Reviewed { .. } => Err(Error::<T>::AlreadyReviewed),
			Stage::Declared | Stage::AwaitingDraw { .. } | Stage::Unjustified => {
				Err(Error::<T>::NotUnderReview)
			}
		}
	}

	/// Records a finding. An adverse finding suspends the declarer's role.
	pub(crate) fn do_review(
		who: AccountId32,
		emergency: EmergencyId,
		finding: ReviewFinding,
		now: Moment,
	) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		let (reviewer, due) = Self::review_of(&row)?;
		ensure!(T::Members::agent_of(&who) == Some(reviewer), Error::<T>::NotAuthorized);
		ensure!(who != row.practitioner, Error::<T>::OwnEmergency);
		ensure!(now < due, Error::<T>::ReviewOverdue);
		row.stage = Stage::Reviewed { reviewer, finding, at: now };
		ReviewsOf::<T>::remove(reviewer, emergency);
		ReviewCounts::<T>::mutate(reviewer, |count| {
			count.open = count.open.saturating_sub(1);
			count.given = count.given.saturating_add(1);
		});
		Emergencies::<T>::insert(emergency, &row);
		let act = Act::EmergencyReviewed { emergency, reviewer, finding };
		Self::write_for_both(&row, reviewer, Some(who.clone()), act);
		Self::deposit_event(Event::EmergencyReviewed {
			emergency,
			patient: row.patient,
			reviewer,
			finding,
		});
		if finding == ReviewFinding::Adverse {
			Self::suspend(Some(who), emergency, &row, SuspensionCause::Adverse, now);
		}
		Ok(())
	}

	/// Takes a review from an organisation without a finding in time, or from an inactive
	/// organisation.
	pub(crate) fn do_pass_on(
		who: AccountId32,
		emergency: EmergencyId,
		now: Moment,
	) -> DispatchResult {
		let mut row = Self::load(emergency)?;
		let (reviewer, due) = Self::review_of(&row)?;
		let cause = if due <= now {
			PassingCause::Missed
		} else {
			ensure!(!T::Members::is_active(reviewer), Error::<T>::ReviewNotOverdue);
			PassingCause::Inactive
		};
		let draw_block = Self::draw_block();
		row.stage = Stage::AwaitingDraw { block: draw_block, passed_by: Some(reviewer) };
		ReviewsOf::<T>::remove(reviewer, emergency);
		ReviewCounts::<T>::mutate(reviewer, |count| {
			count.open = count.open.saturating_sub(1);
			if cause == PassingCause::Missed {
				count.missed = count.missed.saturating_add(1);
			}
		});
		let act = Act::ReviewPassedOn { emergency, reviewer, cause };
		Self::write_for_both(&row, reviewer, Some(who), act);
		Self::deposit_event(Event::ReviewPassedOn {
			emergency,
			patient: row.patient,
			reviewer,
			cause,
			draw_block,
		});
		Emergencies::<T>::insert(emergency, row);
		Ok(())
	}
}
