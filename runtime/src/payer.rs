//! The payer of an account's transactions. The payer depends on the role of the account in the
//! consortium.

use crate::{AccountId, Consortium, Patients, Runtime, Timestamp, Validators};
use assent_support::Members;
use frame_support::{
	traits::{Contains, Time},
	weights::Weight,
};
use pallet_allowance::{Payer, PayerOf};
use pallet_consortium::WeightInfo as _;
use pallet_patients::WeightInfo as _;

/// Finds the payer of an account. An account may have several roles. The first of the following
/// roles is charged: an organisation's controller or agent, a practitioner, a patient or a
/// patient's representative, a validator.
pub struct Payers;

impl PayerOf for Payers {
	fn payer(who: &AccountId) -> Option<Payer> {
		let now = <Timestamp as Time>::now();
		if let Some(organisation) = Consortium::agent_of(who) {
			return Some(Payer::Agent(organisation));
		}
		if let Some(practitioner) = <Consortium as Members>::practitioner(who, now) {
			return Some(Payer::Practitioner(practitioner.organisation));
		}
		if Patients::is_patient(who) || Patients::is_representative(who, now) {
			return Some(Payer::Patient);
		}
		Validators::organisation_of(who)
			.filter(|organisation| <Consortium as Members>::is_active(*organisation))
			.map(|_| Payer::Validator)
	}

	fn worst_weight() -> Weight {
		<Runtime as pallet_consortium::Config>::WeightInfo::look_up()
			.saturating_mul(2)
			.saturating_add(
				<Runtime as pallet_patients::Config>::WeightInfo::relation().saturating_mul(2),
			)
			.saturating_add(<Runtime as frame_system::Config>::DbWeight::get().reads(3))
	}
}

/// The accounts that may publish an encryption key: every account that may send transactions.
pub struct HasPayer;

impl Contains<AccountId> for HasPayer {
	fn contains(who: &AccountId) -> bool {
		Payers::payer(who).is_some()
	}
}
