//! Weights for the pallets' own tests.

/// Declares `MockWeights`, a `WeightInfo` for a pallet's mock: every call has a weight of its
/// own, so that a test sees whose was charged, and each argument adds to it. All are multiples
/// of `WeightUnit` picoseconds, which a test raises to see what happens when calls grow too
/// heavy.
///
/// For a module with a trait `WeightInfo`, under `cfg(test)`.
#[macro_export]
macro_rules! mock_weights {
	($($call:ident($($argument:ident),*)),+ $(,)?) => {
		mod mocked {
			use frame_support::weights::Weight;

			const CALLS: &[&str] = &[$(stringify!($call)),+];

			frame_support::parameter_types! {
				pub static WeightUnit: u64 = 1_000_000;
			}

			pub struct MockWeights;

			impl super::WeightInfo for MockWeights {
				$(
					fn $call($($argument: u32),*) -> Weight {
						let own = CALLS.iter().position(|call| *call == stringify!($call));
						let units = own.map_or(0, |own| own as u64 + 1) $(+ u64::from($argument))*;
						Weight::from_parts(WeightUnit::get().saturating_mul(units), units)
					}
				)+
			}
		}
		pub(crate) use mocked::{MockWeights, WeightUnit};
	};
}
