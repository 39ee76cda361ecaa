//! What the calls cost: guardians and wards as many as allowed, the one concerned the last,
//! every other patient and account a row of its own.
//!
//! The measured weights hold what the members and the trail cost, as the runtime has them.

use crate::*;
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::{
	benchmarking::{account, id},
	BasePolicies, Condition, Deed, Relation,
};
use frame_benchmarking::v2::*;
use frame_support::traits::Time;
use frame_system::RawOrigin;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{AccountId32, MultiSignature};

/// Sets up what other pallets hold.
pub trait BenchmarkHelper {
	/// An agent of an active organisation, and that; for another number another one.
	fn agent(number: u32) -> (AccountId32, OrganisationId);
	/// A practitioner of an organisation that none of the agents is of, whose account holds
	/// no reference yet: looking it up costs most, and so does letting it sign.
	fn practitioner() -> AccountId32;
}

/// The type of the key that a wallet of these benchmarks signs with.
const WALLET: KeyTypeId = KeyTypeId(*b"bnch");
/// The end of every term: none has lapsed.
const UNTIL: Option<Moment> = Some(Moment::MAX);

/// A guardian, confirmed or proposed.
fn guardian(
	account: AccountId32,
	proposed_by: OrganisationId,
	confirmed_by: Option<OrganisationId>,
) -> Guardian {
	Guardian {
		account,
		until: UNTIL,
		named: 0,
		proposed_by,
		confirmed_by,
	}
}

/// So many confirmed guardians, each of whom has as many wards as allowed, this one the last.
fn guardians<T: Config>(patient: PatientId, organisation: OrganisationId, count: u32) -> Guardians {
	let all: Vec<_> = (0..count)
		.map(|number| {
			let who = account("guardian", number);
			let mut wards = wards(number, MAX_WARDS.saturating_sub(1));
			let _ = wards.try_push(Ward {
				patient,
				until: UNTIL,
			});
			WardsOf::<T>::insert(&who, wards);
			guardian(who, organisation, Some(u32::MAX))
		})
		.collect();
	all.try_into().unwrap_or_default()
}

/// So many wards of a guardian.
fn wards(of: u32, count: u32) -> Wards {
	let all: Vec<_> = (0..count)
		.map(|number| Ward {
			patient: PatientId(id(
				"ward",
				of.saturating_mul(MAX_WARDS).saturating_add(number),
			)),
			until: UNTIL,
		})
		.collect();
	all.try_into().unwrap_or_default()
}

/// An enrolled patient with these guardians; returns the controller.
fn enrolled<T: Config>(
	patient: PatientId,
	enrolled_by: OrganisationId,
	guardians: Guardians,
) -> AccountId32 {
	let controller = account("controller", 0);
	Patients::<T>::insert(
		patient,
		Patient {
			controller: controller.clone(),
			controller_since: 0,
			enrolled_by,
			policy: None,
			enrolled: 0,
			status: PatientStatus::Active,
			guardians,
			delegates: Default::default(),
			condition: Condition::Capable,
			report: None,
			recovery: None,
			changes: 0,
		},
	);
	ByController::<T>::insert(&controller, patient);
	EnrolmentNumber::<T>::insert(&controller, 1);
	controller
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// An account that left an id before signs for the next, wrapped as wallets do, so that
	/// the signature passes in its second form only.
	#[benchmark]
	fn enrol() -> Result<(), BenchmarkError> {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let public = sp_io::crypto::sr25519_generate(WALLET, None);
		let controller = AccountId32::from(public);
		let left = PatientId(id("patient", 1));
		enrolled::<T>(
			left,
			organisation,
			guardians::<T>(left, organisation, MAX_GUARDIANS),
		);
		Patients::<T>::mutate(left, |row| {
			if let Some(row) = row {
				row.controller = controller.clone();
				row.status = PatientStatus::Left(0);
			}
		});
		ByController::<T>::insert(&controller, left);
		EnrolmentNumber::<T>::insert(&controller, 1);
		let patient = PatientId(id("patient", 0));
		let genesis = Pallet::<T>::genesis_hash();
		let policy = T::Members::newest(organisation, T::Time::now());
		let message = enrolment_message(genesis, organisation, policy, patient, &controller, 1);
		let wrapped = [b"<Bytes>".as_slice(), &message, b"</Bytes>".as_slice()].concat();
		let signature = sp_io::crypto::sr25519_sign(WALLET, &public, &wrapped)
			.ok_or(BenchmarkError::Stop("the keystore signs"))?;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(agent),
			patient,
			controller.clone(),
			1,
			MultiSignature::Sr25519(signature),
		);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::PatientEnrolled {
				patient,
				organisation,
				controller,
			}
			.into(),
		);
		Ok(())
	}

	#[benchmark]
	fn leave() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let guardians = guardians::<T>(patient, organisation, MAX_GUARDIANS);
		let controller = enrolled::<T>(patient, organisation, guardians);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller.clone()));

		assert!(!Pallet::<T>::is_in_use(patient));
		let last = WardsOf::<T>::get(account("guardian", MAX_GUARDIANS - 1));
		assert_eq!(last.len() as u32, MAX_WARDS - 1);
		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::PatientLeft {
				patient,
				organisation,
				controller,
			}
			.into(),
		);
	}

	#[benchmark]
	fn propose_guardian() {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let others = guardians::<T>(patient, organisation, MAX_GUARDIANS - 1);
		enrolled::<T>(patient, organisation, others);
		let guardian = T::BenchmarkHelper::practitioner();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patient, guardian.clone(), UNTIL);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::GuardianProposed {
				patient,
				guardian,
				until: UNTIL,
				organisation,
			}
			.into(),
		);
	}

	#[benchmark]
	fn confirm_guardian() {
		let (_, enrolling) = T::BenchmarkHelper::agent(0);
		let (agent, organisation) = T::BenchmarkHelper::agent(1);
		let patient = PatientId(id("patient", 0));
		let proposed = T::BenchmarkHelper::practitioner();
		let mut all = guardians::<T>(patient, enrolling, MAX_GUARDIANS - 1);
		let _ = all.try_push(guardian(proposed.clone(), enrolling, None));
		enrolled::<T>(patient, enrolling, all);
		WardsOf::<T>::insert(&proposed, wards(MAX_GUARDIANS, MAX_WARDS - 1));

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patient, proposed.clone());

		assert_eq!(WardsOf::<T>::get(&proposed).len() as u32, MAX_WARDS);
		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::GuardianNamed {
				patient,
				guardian: proposed,
				until: UNTIL,
				organisation,
			}
			.into(),
		);
	}

	#[benchmark]
	fn end_guardian() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let guardians = guardians::<T>(patient, organisation, MAX_GUARDIANS);
		let controller = enrolled::<T>(patient, organisation, guardians);
		let last = account("guardian", MAX_GUARDIANS - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller.clone()), patient, last.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::GuardianEnded {
				patient,
				guardian: last,
				by: controller,
			}
			.into(),
		);
	}

	/// What another pallet asks: the last guardian of as many as allowed.
	#[benchmark]
	fn relation() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let guardians = guardians::<T>(patient, organisation, MAX_GUARDIANS);
		enrolled::<T>(patient, organisation, guardians);
		let last = account("guardian", MAX_GUARDIANS - 1);
		let found;

		#[block]
		{
			found = <Pallet<T> as assent_support::Patients>::may(
				&last,
				patient,
				Deed::OpenDocuments,
				1,
			);
		}

		assert_eq!(found, Ok(Relation::Guardian));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
