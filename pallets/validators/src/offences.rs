//! Offences: an offender is marked, disabled, and taken out of the next session.

use crate::{pallet::*, set::LOG_TARGET, OffenceOutcome, Sessions, ValidatorStatus, WeightInfo};
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::{AccountId32, Perbill};
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	SessionIndex,
};

impl<T: Config> Pallet<T> {
	/// Marks an offender, disables the offender, and takes the offender out of the next session.
	/// Emits no event about an offender that is already marked, already leaving, or gone.
	fn mark(validator: &AccountId32, session: SessionIndex) {
		let Some(mut info) = Validators::<T>::get(validator) else {
			return;
		};
		if session < info.cleared {
			return;
		}
		match info.status {
			ValidatorStatus::Offended { .. } => return,
			ValidatorStatus::Leaving => {
				T::Session::disable(validator);
				Self::unplan(validator);
				return;
			}
			ValidatorStatus::Active => {}
		}
		info.status = ValidatorStatus::Offended { session };
		let organisation = info.organisation;
		Validators::<T>::insert(validator, info);
		T::Session::disable(validator);
		Self::unplan(validator);
		let outcome = if Self::plan().has(validator) {
			OffenceOutcome::Stays
		} else {
			OffenceOutcome::Leaves
		};
		log::warn!(target: LOG_TARGET, "{validator:?} offended in session {session}: {outcome:?}");
		Self::deposit_event(Event::ValidatorOffended {
			validator: validator.clone(),
			organisation,
			session,
			outcome,
		});
	}
}

impl<T: Config> OnOffenceHandler<AccountId32, (AccountId32, AccountId32), Weight> for Pallet<T> {
	fn on_offence(
		offenders: &[OffenceDetails<AccountId32, (AccountId32, AccountId32)>],
		_: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		for details in offenders {
			Self::mark(&details.offender.0, session);
		}
		T::WeightInfo::on_offence(T::MaxValidators::get()).saturating_mul(offenders.len() as u64)
	}
}
