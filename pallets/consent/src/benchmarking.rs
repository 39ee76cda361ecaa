//! The measured calls, with directives of the largest size that all apply, and with the fullest
//! lists.
//!
//! The weights contain the cost of the other pallets and of the trail, as the runtime has them. In
//! a call over a list, `k` of the listed directives stay in force and `e` have expired. Each is at
//! most half of the list, so every choice of both is a possible state.

use crate::*;
use alloc::{boxed::Box, vec::Vec};
use assent_policy::{
	Account, Actor, Criterion, Directive, DirectiveId, Effect, Maker, Moment, OrganisationId,
	PatientId, PolicyVersion, RecordId, MAX_DIRECTIVES, MAX_ITEMS,
};
use assent_support::{
	testing::fullest::{actors, classes, directive, id, purposes, ACTION, DAY, NOW, PURPOSE},
	EndReason, PolicyRef,
};
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use sp_runtime::AccountId32;

/// Sets up the data of other pallets.
pub trait BenchmarkHelper {
	/// Sets the clock.
	fn set_time(now: Moment);
	/// A patient, and the last of as many guardians as allowed.
	fn patient() -> (PatientId, AccountId32);
	/// A practitioner with every role. Each number gives another practitioner of the same
	/// organisation. The organisation enrolled the patient under the first version of a base policy
	/// of the largest size.
	fn practitioner(number: u32) -> (AccountId32, OrganisationId);
	/// Registers a record of the patient in the custody of that organisation, with the largest
	/// attributes (`assent_support::testing::fullest::attributes`).
	fn register(patient: PatientId, record: RecordId);
}

/// The version of the base policy on which every directive is built.
const POLICY: PolicyVersion = 1;

fn policy(organisation: OrganisationId) -> PolicyRef {
	PolicyRef { organisation, version: POLICY }
}

/// Half of the list.
const HALF: u32 = MAX_DIRECTIVES / 2;

fn record() -> RecordId {
	RecordId(id("the record", 0))
}

/// A patient, a guardian who acts, and the organisation named in the rules.
struct Subject {
	patient: PatientId,
	guardian: AccountId32,
	practitioner: AccountId32,
	organisation: OrganisationId,
}

fn subject<T: Config>() -> Subject {
	T::BenchmarkHelper::set_time(NOW);
	let (patient, guardian) = T::BenchmarkHelper::patient();
	let (practitioner, organisation) = T::BenchmarkHelper::practitioner(0);
	T::BenchmarkHelper::register(patient, record());
	Subject { patient, guardian, practitioner, organisation }
}

/// A directive of the largest size that lasts.
fn lasting(organisation: OrganisationId) -> Directive {
	directive(Effect::Deny, organisation, record(), NOW + DAY)
}

/// Lists so many directives, the expired ones first.
fn list<T: Config>(subject: &Subject, kept: u32, expired: u32) {
	let listed = expired + kept;
	let Subject { patient, guardian, organisation, .. } = subject;
	let lasts = lasting(*organisation);
	let lapsed = directive(Effect::Deny, *organisation, record(), NOW);
	for number in 0..listed {
		let directive = if number < expired { &lapsed } else { &lasts };
		Directives::<T>::insert(
			patient,
			number,
			DirectiveRow {
				directive: directive.clone(),
				made: 0,
				made_by: guardian.clone(),
				made_as: Maker::Patient,
				ended: None,
				request: Some(number),
				policy: Some(policy(*organisation)),
			},
		);
		BuiltOn::<T>::insert((*organisation, POLICY, *patient, number), ());
	}
	let all: Vec<DirectiveId> = (0..listed).collect();
	InForce::<T>::insert(patient, InForceList::try_from(all).unwrap_or_default());
	NextDirective::<T>::insert(patient, listed);
}

/// The longest terms.
fn terms(actors: Criterion<Actor>) -> Terms {
	Terms { actors, purposes: purposes(), classes: classes(), until: Some(NOW + DAY) }
}

/// The largest number of open requests, from other organisations. The first has lapsed.
fn requests<T: Config>(subject: &Subject) {
	let Subject { patient, practitioner, organisation, .. } = subject;
	for number in 0..MAX_OPEN_REQUESTS {
		let expires = if number == 0 { NOW } else { NOW + DAY };
		Requests::<T>::insert(
			patient,
			number,
			RequestRow {
				by: practitioner.clone(),
				organisation: organisation.saturating_add(1),
				terms: terms(actors(*organisation)),
				policy: Some(policy(*organisation)),
				made: 0,
				expires,
				state: RequestState::Open,
			},
		);
	}
	let all: Vec<RequestId> = (0..MAX_OPEN_REQUESTS).collect();
	OpenRequests::<T>::insert(patient, OpenList::try_from(all).unwrap_or_default());
	NextRequest::<T>::insert(patient, MAX_OPEN_REQUESTS);
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn grant(k: Linear<0, { HALF - 1 }>, e: Linear<0, { HALF }>) {
		let subject = subject::<T>();
		list::<T>(&subject, k, e);
		let Subject { patient, guardian, organisation, .. } = subject;
		let until = Some(NOW + DAY);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(guardian.clone()),
			patient,
			actors(organisation),
			purposes(),
			classes(),
			until,
		);

		assert_eq!(InForce::<T>::get(patient).len() as u32, k + 1);
		assert_last_event::<T>(Event::DirectiveMade {
			patient,
			directive: k + e,
			made_by: guardian,
			effect: Effect::Permit,
			until,
			request: None,
		});
	}

	#[benchmark]
	fn make_directive(k: Linear<0, { HALF - 1 }>, e: Linear<0, { HALF }>) {
		let subject = subject::<T>();
		list::<T>(&subject, k, e);
		let Subject { patient, guardian, organisation, .. } = subject;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(guardian.clone()),
			patient,
			Box::new(lasting(organisation)),
			Some(policy(organisation)),
		);

		assert_eq!(InForce::<T>::get(patient).len() as u32, k + 1);
		assert_last_event::<T>(Event::DirectiveMade {
			patient,
			directive: k + e,
			made_by: guardian,
			effect: Effect::Deny,
			until: Some(NOW + DAY),
			request: None,
		});
	}

	/// The last of the largest number of directives.
	#[benchmark]
	fn withdraw() {
		let subject = subject::<T>();
		list::<T>(&subject, MAX_DIRECTIVES, 0);
		let Subject { patient, guardian, .. } = subject;
		let directive = MAX_DIRECTIVES - 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(guardian.clone()), patient, directive);

		assert_last_event::<T>(Event::DirectiveWithdrawn {
			patient,
			directive,
			withdrawn_by: guardian,
		});
	}

	/// The last directive listed.
	#[benchmark]
	fn replace(k: Linear<0, { HALF - 1 }>, e: Linear<0, { HALF }>) {
		let subject = subject::<T>();
		list::<T>(&subject, k + 1, e);
		let replaced = k + e;
		let Subject { patient, guardian, organisation, .. } = subject;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(guardian),
			patient,
			replaced,
			Box::new(lasting(organisation)),
			Some(policy(organisation)),
		);

		let ended = Directives::<T>::get(patient, replaced).and_then(|row| row.ended);
		assert_eq!(ended.map(|ended| ended.reason), Some(EndReason::Replaced(replaced + 1)));
		assert_last_event::<T>(Event::DirectiveReplaced {
			patient,
			directive: replaced,
			replacement: replaced + 1,
		});
	}

	/// A request for the largest number of colleagues, with a look-up for each.
	#[benchmark]
	fn request() {
		let subject = subject::<T>();
		requests::<T>(&subject);
		let colleagues: alloc::collections::BTreeSet<Actor> = (1..=MAX_ITEMS)
			.map(|number| {
				let (colleague, _) = T::BenchmarkHelper::practitioner(number);
				Actor::Practitioner(Account::from(colleague))
			})
			.collect();
		let Subject { patient, practitioner, organisation, .. } = subject;
		let Terms { actors, purposes, classes, until } =
			terms(colleagues.try_into().unwrap_or_default());

		#[extrinsic_call]
		_(
			RawOrigin::Signed(practitioner.clone()),
			patient,
			actors,
			purposes,
			classes,
			until,
			Some(policy(organisation)),
		);

		assert_last_event::<T>(Event::AccessRequested {
			patient,
			request: MAX_OPEN_REQUESTS,
			practitioner,
			organisation,
			expires: NOW + DAY,
		});
	}

	/// The last of the largest number of open requests.
	#[benchmark]
	fn approve_request(k: Linear<0, { HALF - 1 }>, e: Linear<0, { HALF }>) {
		let subject = subject::<T>();
		list::<T>(&subject, k, e);
		requests::<T>(&subject);
		let Subject { patient, guardian, .. } = subject;
		let last = MAX_OPEN_REQUESTS - 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), patient, last);

		assert_last_event::<T>(Event::RequestApproved { patient, request: last, directive: k + e });
	}

	/// The last of the largest number of open requests.
	#[benchmark]
	fn refuse_request() {
		let subject = subject::<T>();
		requests::<T>(&subject);
		let Subject { patient, guardian, .. } = subject;
		let last = MAX_OPEN_REQUESTS - 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), patient, last);

		assert_last_event::<T>(Event::RequestRefused { patient, request: last });
	}

	/// Every directive applies with all exceptions, and the base policy is read too.
	#[benchmark]
	fn access(d: Linear<1, { MAX_DIRECTIVES + 1 }>) -> Result<(), BenchmarkError> {
		let subject = subject::<T>();
		list::<T>(&subject, d - 1, 0);
		let Subject { patient, practitioner, .. } = subject;

		#[extrinsic_call]
		_(RawOrigin::Signed(practitioner.clone()), patient, record(), PURPOSE, ACTION);

		let now = Pallet::<T>::now();
		let judged = Pallet::<T>::judge(&practitioner, patient, record(), PURPOSE, ACTION, now);
		assert_eq!(judged.read, d);
		// A directive decides if there is one, else the base policy: the function found an
		// applicable rule.
		assert!(!matches!(
			judged.decision.basis,
			assent_policy::Basis::NoRule | assent_policy::Basis::NoCredential
		));
		Ok(())
	}

	/// Any account calls.
	#[benchmark]
	fn retire_expired(k: Linear<0, { HALF }>, e: Linear<1, { HALF }>) {
		let subject = subject::<T>();
		list::<T>(&subject, k, e);
		let Subject { patient, practitioner, .. } = subject;

		#[extrinsic_call]
		_(RawOrigin::Signed(practitioner), patient);

		assert_eq!(InForce::<T>::get(patient).len() as u32, k);
		assert_last_event::<T>(Event::DirectiveExpired { patient, directive: e - 1, at: NOW });
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
