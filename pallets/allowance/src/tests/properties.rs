//! The arithmetic is exact, and no span of blocks exceeds the limit.

use crate::{mock::*, Bucket, Charge, CheckAllowance, Limit, Payer};
use codec::Decode;
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	weights::Weight,
};
use proptest::prelude::*;
use sp_runtime::{
	traits::{DispatchTransaction, TransactionExtension},
	transaction_validity::TransactionSource,
	AccountId32,
};

/// Small and large numbers, and the very edges.
fn amount() -> impl Strategy<Value = u64> {
	prop_oneof![Just(0), Just(1), Just(u64::MAX), 0..200 * MS, any::<u64>()]
}

fn block() -> impl Strategy<Value = u32> {
	prop_oneof![Just(0), Just(u32::MAX), 0..100u32, any::<u32>()]
}

fn limit() -> impl Strategy<Value = Limit> {
	(amount(), amount()).prop_map(|(capacity, refill)| Limit { capacity, refill })
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn bucket_should_agree_with_unbounded_arithmetic(
		spent in amount(),
		at in block(),
		now in block(),
		limit in limit(),
		cost in amount(),
		unspent in amount(),
	) {
		let bucket = Bucket { spent, at };
		let blocks = i128::from(now.saturating_sub(at));
		let left = (i128::from(spent) - i128::from(limit.refill) * blocks).max(0);
		prop_assert_eq!(i128::from(bucket.spent_at(limit, now)), left);
		let available = (i128::from(limit.capacity) - left).max(0);
		prop_assert_eq!(i128::from(bucket.available_at(limit, now)), available);

		let drawn = bucket.drawn(limit, now, cost);
		prop_assert_eq!(i128::from(drawn.spent), (left + i128::from(cost)).min(u64::MAX.into()));
		prop_assert_eq!(drawn.at, now);
		if i128::from(cost) <= available {
			prop_assert_eq!(
				i128::from(drawn.available_at(limit, now)),
				if left <= i128::from(limit.capacity) { available - i128::from(cost) } else { 0 }
			);
		}
		let back = drawn.given_back(unspent);
		prop_assert!(back.spent <= drawn.spent && back.at == drawn.at);
		prop_assert!(back.available_at(limit, now) <= limit.capacity);
	}

	#[test]
	fn bucket_should_not_hold_less_when_time_passes(
		spent in amount(),
		at in block(),
		limit in limit(),
		now in block(),
		more in block(),
	) {
		let bucket = Bucket { spent, at };
		let later = now.saturating_add(more);
		prop_assert!(bucket.available_at(limit, later) >= bucket.available_at(limit, now));
		prop_assert!(bucket.available_at(limit, later) <= limit.capacity);
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Ada names a delegate for each transaction, and the delegates send anything at any time. The
	/// charges in any span of blocks are at most the capacity and the refill of the span. A
	/// transaction is refused only if its cost does not fit.
	#[test]
	fn delegates_of_a_patient_should_never_exceed_its_limit_in_any_span(
		steps in prop::collection::vec((0u32..4, 0..60 * MS, 0..60 * MS), 1..40),
	) {
		run(|| {
			let limit = PatientLimit::get();
			let mut paid: Vec<(u32, u64)> = vec![];
			for (number, (blocks, declared, spent)) in steps.into_iter().enumerate() {
				pass_blocks(blocks);
				// Each transaction is sent by another account, named as delegate just now.
				let sender = AccountId32::new([100 + number as u8; 32]);
				Payers::mutate(|all| all.insert(sender.clone(), Payer::Patient(ADA)));
				System::inc_sufficients(&sender);
				let now = System::block_number();
				let call = spend_less(declared, spent.min(declared), work::Outcome::Pass);
				let before = available(&patient());
				let fits = cost(&call) <= before;
				assert_eq!(pool(&sender, &call).is_ok(), fits);
				match apply(&sender, call) {
					Ok(_) => {
						assert!(fits);
						paid.push((now, before - available(&patient())));
					},
					Err(_) => {
						assert!(!fits);
						assert_eq!(available(&patient()), before);
					},
				}
			}
			for (first, (from, _)) in paid.iter().enumerate() {
				let mut sum = 0;
				for (until, amount) in &paid[first..] {
					sum += amount;
					let span = u64::from(until - from);
					assert!(sum <= limit.capacity + span * limit.refill);
				}
			}
		});
	}

	#[test]
	fn extension_should_not_panic_when_weights_and_lengths_are_anything(
		call_weight in amount(),
		extension_weight in amount(),
		proof in amount(),
		actual in prop::option::of(amount()),
		length in prop_oneof![Just(0), Just(usize::MAX), any::<usize>()],
		who in 0usize..7,
		per_byte in amount(),
		capacity in amount(),
		refill in amount(),
		at in block(),
	) {
		run(|| {
			let patients = PatientLimit::get();
			let bytes = PerByte::get();
			PerByte::set(per_byte);
			PatientLimit::set(Limit { capacity, refill });
			System::set_block_number(at);
			let everyone =
				[patient(), practitioner(), colleague(), agent(), elsewhere(), validator(), left()];
			let who = &everyone[who];
			let info = DispatchInfo {
				call_weight: Weight::from_parts(call_weight, proof),
				extension_weight: Weight::from_parts(extension_weight, proof),
				..Default::default()
			};
			let post_info = PostDispatchInfo {
				actual_weight: actual.map(|actual| Weight::from_parts(actual, actual)),
				..Default::default()
			};
			// An enormous weight or length makes no transaction cheap.
			let worth = u128::from(call_weight)
				+ u128::from(extension_weight)
				+ u128::from(per_byte) * length as u128;
			assert_eq!(
				u128::from(Allowances::cost(&info, length)),
				worth.min(u64::MAX.into())
			);
			let call = spend(0);
			let extension = CheckAllowance::<Test>::new();
			let origin = RuntimeOrigin::signed(who.clone());
			let asked = extension.validate_only(
				origin.clone(), &call, &info, length, TransactionSource::External, 0,
			);
			let applied =
				extension.test_run(origin, &call, &info, length, 0, |_| Ok(post_info));
			assert_eq!(asked.is_ok(), applied.is_ok());
			if let Some(allowance) = Allowances::allowance_of(who.clone()) {
				assert!(allowance.account.available <= allowance.account.limit.capacity);
			}
			// Even an unchecked charge must not panic.
			Allowances::draw(&Charge {
				who: who.clone(),
				payer: Payer::Practitioner(HOSPITAL),
				cost: u64::MAX,
			});
			PerByte::set(bytes);
			PatientLimit::set(patients);
		});
	}

	#[test]
	fn extensions_should_decode_or_fail_when_bytes_are_anything(
		bytes in prop::collection::vec(any::<u8>(), 0..40),
	) {
		if let Ok(extensions) = Extensions::decode(&mut &bytes[..]) {
			run(|| {
				let _ = TransactionExtension::<RuntimeCall>::weight(&extensions, &spend(0));
				let _ = extensions.validate_only(
					RuntimeOrigin::signed(patient()),
					&spend(0),
					&measure(&spend(0)).0,
					0,
					TransactionSource::External,
					0,
				);
			});
		}
	}
}
