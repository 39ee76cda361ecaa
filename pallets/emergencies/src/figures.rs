//! The figures that operators watch.

use crate::{pallet::*, types::Owed};
use alloc::{collections::BTreeMap, vec::Vec};
use assent_policy::{Moment, OrganisationId};

impl<T: Config> Pallet<T> {
	/// The reviews that organisations owe, counted by the time that is left. A review with less
	/// than `soon` milliseconds left is due soon. From its deadline on a review is missed, as in
	/// `pass_on`. An organisation that owes none is left out.
	pub fn owed(soon: Moment) -> Vec<(OrganisationId, Owed)> {
		let now = Self::now();
		let mut owed = BTreeMap::<OrganisationId, Owed>::new();
		for (organisation, _, due) in ReviewsOf::<T>::iter() {
			let one = owed.entry(organisation).or_default();
			let count = match due.checked_sub(now) {
				None | Some(0) => &mut one.overdue,
				Some(left) if left < soon => &mut one.soon,
				Some(_) => &mut one.open,
			};
			*count = count.saturating_add(1);
		}
		owed.into_iter().collect()
	}
}
