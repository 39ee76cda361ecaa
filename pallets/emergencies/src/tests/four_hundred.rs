//! A day with four hundred emergencies. Every call touches as much storage as on a quiet day.

use crate::{mock::*, *};
use assent_policy::{PatientId, Role};
use assent_support::ReviewFinding;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::AccountId32;
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex},
};
use tracing::{
	field::{Field, Visit},
	span, Event as Traced, Metadata, Subscriber,
};

const EMERGENCIES: u32 = 400;

/// The number of reads and writes of the storage, by the host's own trace.
#[derive(Clone, Default)]
struct Counter(Arc<Mutex<BTreeMap<String, u32>>>);

impl Visit for Counter {
	fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}

	fn record_str(&mut self, field: &Field, value: &str) {
		if field.name() == "method" {
			*self.0.lock().unwrap().entry(value.into()).or_default() += 1;
		}
	}
}

impl Subscriber for Counter {
	fn enabled(&self, metadata: &Metadata<'_>) -> bool {
		metadata.target() == "state"
	}
	fn event(&self, event: &Traced<'_>) {
		event.record(&mut self.clone());
	}
	fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
		span::Id::from_u64(1)
	}
	fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
	fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
	fn enter(&self, _: &span::Id) {}
	fn exit(&self, _: &span::Id) {}
}

/// The reads and writes of a successful call.
fn accesses(call: RuntimeCall, who: AccountId32) -> BTreeMap<String, u32> {
	use sp_runtime::traits::Dispatchable;
	let counter = Counter::default();
	tracing::subscriber::with_default(counter.clone(), || {
		assert_ok!(call.dispatch(signed(who)));
	});
	let counts = counter.0.lock().unwrap().clone();
	assert!(counts["Get"] > 0 && counts["Put"] > 0);
	counts
}

/// Makes the call for each emergency. Compares the touched storage with the first call and with the
/// charged weight.
fn each(make: impl Fn(EmergencyId) -> (Call<Test>, AccountId32)) {
	let mut first = None;
	for number in 0..EMERGENCIES {
		let (call, who) = make(number);
		let call = RuntimeCall::BreakGlass(call);
		let charged = call.get_dispatch_info().call_weight;
		let counts = accesses(call, who);
		let (expected, weight) = first.get_or_insert_with(|| (counts.clone(), charged));
		assert_eq!(counts, *expected, "the {number}th");
		assert_eq!(charged, *weight, "the {number}th");
	}
}

fn patient(number: u32) -> PatientId {
	let mut id = [90; 16];
	id[..4].copy_from_slice(&number.to_le_bytes());
	PatientId(id)
}

/// Four emergencies each.
fn practitioner(number: u32) -> AccountId32 {
	let mut id = [91; 32];
	id[..4].copy_from_slice(&(number / ACTIVE_AT_A_TIME).to_le_bytes());
	AccountId32::new(id)
}

fn reviewer(number: u32) -> AccountId32 {
	let Stage::UnderReview { reviewer, .. } = row(number).stage else { panic!("nobody was drawn") };
	agent(reviewer)
}

#[test]
fn four_hundred_emergencies_in_a_day_should_cost_each_what_one_costs() {
	ExtBuilder.run(|| {
		for number in 0..EMERGENCIES {
			enrol(patient(number));
			credential(practitioner(number), CLINIC, &[Role::EmergencyClinician]);
		}
		each(|number| {
			World::advance(1_000);
			let call = Call::declare { patient: patient(number), reason: REASON, minutes: 120 };
			(call, practitioner(number))
		});
		assert_eq!(OfOrganisation::<Test>::get(CLINIC).declared, EMERGENCIES);
		for number in [0, 3, EMERGENCIES - 1] {
			assert!(let_in(practitioner(number), patient(number)));
		}
		assert_noop!(declare(practitioner(0), PATIENT, 60), Error::<Test>::MaxActiveExceeded);
		each(|number| {
			let call = Call::end { emergency: number };
			(call, practitioner(number))
		});
		each(|number| {
			let call = Call::justify {
				emergency: number,
				justification: assent_support::Justification::Treated,
				commitment: COMMITMENT,
			};
			(call, practitioner(number))
		});
		run_blocks(DELAY + 1);
		// The mock's members lie outside of the storage.
		each(|number| (Call::draw { emergency: number }, STRANGER));
		World::advance(REVIEW);
		each(|number| (Call::pass_on { emergency: number }, STRANGER));
		run_blocks(DELAY + 1);
		each(|number| (Call::draw { emergency: number }, STRANGER));
		each(|number| {
			let call = Call::review { emergency: number, finding: ReviewFinding::Justified };
			(call, reviewer(number))
		});
		let (drawn, missed) = ReviewCounts::<Test>::iter_values()
			.fold((0, 0), |sum, count| (sum.0 + count.drawn, sum.1 + count.missed));
		assert_eq!((drawn, missed), (2 * EMERGENCIES, EMERGENCIES));
	});
}

#[test]
fn asking_whether_an_emergency_counts_should_cost_the_same_among_four_hundred() {
	ExtBuilder.run(|| {
		let counts = |number: u32| {
			let counter = Counter::default();
			tracing::subscriber::with_default(counter.clone(), || {
				assert!(let_in(practitioner(number), patient(number)));
			});
			let counts = counter.0.lock().unwrap().clone();
			counts
		};
		let mut alone = None;
		for number in 0..EMERGENCIES {
			enrol(patient(number));
			credential(practitioner(number), CLINIC, &[Role::EmergencyClinician]);
			assert_ok!(declare(practitioner(number), patient(number), 240));
			alone.get_or_insert_with(|| counts(0));
		}
		assert_eq!(Some(counts(0)), alone);
		assert_eq!(Some(counts(EMERGENCIES - 1)), alone);
	});
}
