//! The rule of delivery: whether a vault may hand out a document's key now.
//!
//! A vault asks its node. The node fetches the entry of the trail that the reader named, sees
//! whether the entry stands in a final block that wrote the entry, and asks
//! [`Pallet::deliverable`] at its best block. The rule permits a delivery when all of these
//! hold:
//!
//! 1. The decision is at most [`Config::DeliveryWindow`] blocks old.
//! 2. The entry is a decision about a patient's record.
//! 3. The decision is about this record, this version and this account.
//! 4. The decision permits.
//! 5. The decision permits the action *access*. A permit for another action opens no document.
//! 6. The access would be permitted now, at the chain's time.
//! 7. The access would be permitted at the vault's clock too, if the clock is ahead. So a
//!    grant ends at its moment also while no block is made. A check at the later time alone
//!    would admit a grant that has not begun on the chain.
//! 8. The vault's clock is at most 30 seconds away from the chain's time. Only an emergency
//!    permits while the clocks differ more.

use crate::pallet::*;
use assent_policy::{Action, Basis, Effect, Moment, PatientId, Purpose, RecordId, VersionNumber};
use assent_protocol::delivery::clocks_agree;
use assent_support::Act;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	ensure,
	traits::{Get, Time},
};
use scale_info::TypeInfo;
use sp_runtime::{traits::UniqueSaturatedInto, AccountId32};

/// The parts of an entry of the trail on which a delivery may rest.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Decided {
	/// The block in which the entry was written.
	pub block: u32,
	/// The patient whom the entry concerns.
	pub patient: Option<PatientId>,
	/// The account that acted.
	pub actor: Option<AccountId32>,
	/// The act.
	pub act: Act,
}

/// The delivery that a vault is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Asked {
	/// The record.
	pub record: RecordId,
	/// The record's document version.
	pub version: VersionNumber,
	/// The account of the reader.
	pub account: AccountId32,
	/// The vault's clock, if the vault tells it.
	pub clock: Option<Moment>,
}

/// The reason for which a document may not be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum NotDelivered {
	/// The decision is more than the window's blocks old.
	NotFresh,
	/// The entry is no decision about a patient's record.
	NoDecision,
	/// The decision is about another record, version or account.
	OtherRequest,
	/// The decision is a denial.
	Denial,
	/// The decision permits another action than access.
	OtherAction,
	/// The access is no longer permitted at the chain's time.
	NoLongerPermitted,
	/// The access is no longer permitted at the time of the vault's clock.
	ExpiredByClock,
	/// The chain's time and the vault's clock are too far apart.
	ClocksApart,
}

impl<T: Config> Pallet<T> {
	/// Whether the document may be delivered now on the strength of this entry, and by which
	/// rule. The caller makes sure that the entry stands in a final block of this chain.
	pub fn deliverable(decided: Decided, asked: Asked) -> Result<Basis, NotDelivered> {
		let block: u32 = frame_system::Pallet::<T>::block_number().unique_saturated_into();
		ensure!(
			block.saturating_sub(decided.block) <= T::DeliveryWindow::get(),
			NotDelivered::NotFresh
		);
		let (patient, purpose, action) = Self::permit_of(decided, &asked)?;
		let basis = |at: Moment| {
			let account = asked.account.clone();
			let decision = Self::check_access(account, patient, asked.record, purpose, action, at);
			(decision.effect == Effect::Permit).then_some(decision.basis)
		};
		let now = T::Time::now();
		let mut permitted = basis(now).ok_or(NotDelivered::NoLongerPermitted)?;
		let Some(clock) = asked.clock else {
			return Ok(permitted);
		};
		if clock > now {
			permitted = basis(clock).ok_or(NotDelivered::ExpiredByClock)?;
		}
		ensure!(
			clocks_agree(now, clock) || permitted == Basis::Emergency,
			NotDelivered::ClocksApart
		);
		Ok(permitted)
	}

	/// The permit that the entry holds: whose record, for which purpose, for which action.
	fn permit_of(
		decided: Decided,
		asked: &Asked,
	) -> Result<(PatientId, Purpose, Action), NotDelivered> {
		let (
			Some(patient),
			Some(actor),
			Act::AccessDecided { record, version, purpose, action, decision },
		) = (decided.patient, decided.actor, decided.act)
		else {
			return Err(NotDelivered::NoDecision);
		};
		ensure!(
			record == asked.record && version == Some(asked.version) && actor == asked.account,
			NotDelivered::OtherRequest
		);
		ensure!(decision.effect == Effect::Permit, NotDelivered::Denial);
		ensure!(action.retrieves(), NotDelivered::OtherAction);
		Ok((patient, purpose, action))
	}
}
