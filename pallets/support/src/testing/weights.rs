//! Weights for the pallets' own tests.

/// Declares `MockWeights`, a `WeightInfo` for a pallet's mock. Every call has a weight of its own,
/// so a test sees which call was charged. Each argument adds to the weight. All weights are
/// multiples of `WeightUnit` picoseconds. A test raises the unit to try calls that are too heavy.
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
