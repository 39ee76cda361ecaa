//! The cost of an entry: the largest one, in two sequences with earlier entries.

use crate::*;
use assent_policy::{Basis, Decision, Effect, PatientId, ProvisionRef, RecordId};
use assent_support::{
	testing::fullest::{account, id, ACTION, PURPOSE},
	Act, Trail,
};
use frame_benchmarking::v2::*;

/// The longest act: an access for a purpose with a code of its own, decided by an exception.
fn act() -> Act {
	Act::AccessDecided {
		record: RecordId(id("record", 0)),
		version: Some(u32::MAX),
		purpose: PURPOSE,
		action: ACTION,
		decision: Decision {
			effect: Effect::Deny,
			basis: Basis::Directive { directive: u32::MAX, provision: ProvisionRef::Exception(7) },
		},
	}
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn write() {
		let patient = PatientId(id("patient", 0));
		let organisation = u32::MAX;
		frame_system::Pallet::<T>::set_block_number(1u32.into());
		Pallet::<T>::write(Some(patient), Some(organisation), None, act());
		let hash;

		#[block]
		{
			hash = Pallet::<T>::write(
				Some(patient),
				Some(organisation),
				Some(account("actor", 0)),
				act(),
			);
		}

		let head = Head { count: 2, head: hash };
		assert_eq!(PatientHeads::<T>::get(patient), head);
		assert_eq!(OrganisationHeads::<T>::get(organisation), head);
		assert_eq!(frame_system::Pallet::<T>::event_count(), 2);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
