//! The measured calls. Guardians, delegates, wards and principals have their maximum numbers, and
//! the account of the call is the last. Every other patient and account has an own row. The lists
//! of past roles are full.
//!
//! The weights contain the cost of the members and of the trail, as the runtime has them.

use crate::*;
use alloc::{collections::BTreeSet, vec::Vec};
use assent_policy::{Class, Kinds, Moment, OrganisationId, PatientId, Private, Token, MAX_ITEMS};
use assent_support::{
	testing::fullest::{account, id},
	BasePolicies, Condition, Deed, Relation,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{Get, Time};
use frame_system::RawOrigin;
use sp_core::crypto::KeyTypeId;
use sp_runtime::{AccountId32, MultiSignature};

/// Sets up the data of other pallets.
pub trait BenchmarkHelper {
	/// An agent of an active organisation, and that organisation. Each number gives another one.
	fn agent(number: u32) -> (AccountId32, OrganisationId);
	/// A practitioner of an organisation without one of the agents. The account holds no reference
	/// yet: the look-up costs most, and so does the new reference.
	fn practitioner() -> AccountId32;
	/// Sets the wall clock.
	fn set_time(now: Moment);
}

/// The type of the wallets' keys in these benchmarks.
const WALLET: KeyTypeId = KeyTypeId(*b"bnch");
/// The end of every term: none has lapsed.
const UNTIL: Option<Moment> = Some(Moment::MAX);
/// The moment of the calls.
const NOW: Moment = 1_000_000;

/// A guardian, confirmed or proposed.
fn guardian(
	account: AccountId32,
	proposed_by: OrganisationId,
	confirmed_by: Option<OrganisationId>,
) -> Guardian {
	Guardian { account, until: UNTIL, named: 0, proposed_by, confirmed_by }
}

/// So many confirmed guardians. Each has the maximum number of wards, with this ward as the last.
fn guardians<T: Config>(patient: PatientId, organisation: OrganisationId, count: u32) -> Guardians {
	let all: Vec<_> = (0..count)
		.map(|number| {
			let who = account("guardian", number);
			let mut wards = wards(number, MAX_WARDS.saturating_sub(1));
			let _ = wards.try_push(Ward { patient, until: UNTIL });
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
			patient: PatientId(id("ward", of.saturating_mul(MAX_WARDS).saturating_add(number))),
			until: UNTIL,
		})
		.collect();
	all.try_into().unwrap_or_default()
}

/// So many delegates with every deed. Each has the maximum number of principals, with this one as
/// the last, and a full list of past roles.
fn delegates<T: Config>(patient: PatientId, count: u32, until: Moment) -> Delegates {
	let all: Vec<_> = (0..count)
		.map(|number| {
			let who = account("delegate", number);
			let mut principals = wards(MAX_GUARDIANS.saturating_add(number), MAX_PRINCIPALS - 1);
			let _ = principals.try_push(Ward { patient, until: Some(until) });
			PrincipalsOf::<T>::insert(&who, principals);
			remembered::<T>(patient, &who);
			Delegate { account: who, deeds: deeds(), named: 1, until }
		})
		.collect();
	all.try_into().unwrap_or_default()
}

/// Every deed.
fn deeds() -> Deeds {
	let mut all = Deeds::new();
	for deed in
		[Deed::Share, Deed::AnswerRequests, Deed::Withdraw, Deed::Dispute, Deed::OpenDocuments]
	{
		let _ = all.try_insert(deed);
	}
	all
}

/// Fills the list of the account's past roles for the patient.
fn remembered<T: Config>(patient: PatientId, account: &AccountId32) {
	let past = PastRole { relation: Relation::Delegate, deeds: deeds(), from: 0, until: 1 };
	let all: Vec<_> = (0..MAX_PAST).map(|_| past.clone()).collect();
	PastRoles::<T>::insert(patient, account, RoleHistory::try_from(all).unwrap_or_default());
}

/// The maximum number of kinds in a list. Each number gives other kinds.
fn kinds(number: u32) -> Kinds {
	let sensitivities: BTreeSet<_> = (0..MAX_ITEMS)
		.map(|item| Token(id("private", number.saturating_mul(MAX_ITEMS).saturating_add(item))))
		.collect();
	let classes = BTreeSet::from([
		Class::ClinicalNote,
		Class::LabResult,
		Class::Imaging,
		Class::VitalSigns,
		Class::Medication,
		Class::Immunisation,
		Class::Allergy,
		Class::Condition,
		Class::Procedure,
		Class::CarePlan,
		Class::Encounter,
		Class::Device,
		Class::History,
		Class::Genetics,
		Class::Financial,
		Class::Other,
	]);
	Kinds {
		classes: classes.try_into().unwrap_or_default(),
		sensitivities: sensitivities.try_into().unwrap_or_default(),
	}
}

/// A patient with the maximum number of everything, all in force. Returns the controller.
fn fullest<T: Config>(patient: PatientId, enrolled_by: OrganisationId) -> AccountId32 {
	T::BenchmarkHelper::set_time(NOW);
	let guardians = guardians::<T>(patient, enrolled_by, MAX_GUARDIANS);
	let controller = enrolled::<T>(patient, enrolled_by, guardians);
	remembered::<T>(patient, &controller);
	let circumstances = Circumstances {
		private: Private { by_patient: kinds(0), by_organisation: kinds(1) },
		..Circumstances::at_first(0)
	};
	History::<T>::insert(patient, 0, circumstances);
	change::<T>(patient, |row| {
		row.changes = 1;
		row.delegates = delegates::<T>(patient, MAX_DELEGATES, Moment::MAX);
	});
	controller
}

/// Changes a patient's row.
fn change<T: Config>(patient: PatientId, change: impl FnOnce(&mut Patient)) {
	Patients::<T>::mutate(patient, |row| {
		if let Some(row) = row {
			change(row);
		}
	});
}

/// A recovery of the fullest patient's id, to an account that left another id.
fn recovery<T: Config>(
	patient: PatientId,
	path: RecoveryPath,
	effective: Option<Moment>,
) -> AccountId32 {
	let controller = account("taker", 0);
	taken_by::<T>(&controller);
	change::<T>(patient, |row| {
		row.recovery =
			Some(Recovery { controller: controller.clone(), path, lapses: Moment::MAX, effective });
	});
	if effective.is_some() {
		History::<T>::mutate(patient, 0, |noted| {
			if let Some(noted) = noted {
				noted.recovering = true;
			}
		});
	}
	controller
}

/// The account left an id before.
fn taken_by<T: Config>(account: &AccountId32) {
	let left = PatientId(id("patient", 1));
	let mut row = row(account.clone(), 0, Default::default());
	row.status = PatientStatus::Left(0);
	Patients::<T>::insert(left, row);
	ByController::<T>::insert(account, left);
	EnrolmentNumber::<T>::insert(account, 1);
}

/// A patient with these guardians.
fn row(controller: AccountId32, enrolled_by: OrganisationId, guardians: Guardians) -> Patient {
	Patient {
		controller,
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
	}
}

/// An enrolled patient with these guardians. Returns the controller.
fn enrolled<T: Config>(
	patient: PatientId,
	enrolled_by: OrganisationId,
	guardians: Guardians,
) -> AccountId32 {
	let controller = account("controller", 0);
	Patients::<T>::insert(patient, row(controller.clone(), enrolled_by, guardians));
	ByController::<T>::insert(&controller, patient);
	EnrolmentNumber::<T>::insert(&controller, 1);
	controller
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// An account that left an id before signs for the next id. The signature is wrapped as wallets
	/// do, and is therefore valid only in the second form.
	#[benchmark]
	fn enrol() -> Result<(), BenchmarkError> {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let public = sp_io::crypto::sr25519_generate(WALLET, None);
		let controller = AccountId32::from(public);
		let left = PatientId(id("patient", 1));
		enrolled::<T>(left, organisation, guardians::<T>(left, organisation, MAX_GUARDIANS));
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
			Event::<T>::PatientEnrolled { patient, organisation, controller }.into(),
		);
		Ok(())
	}

	#[benchmark]
	fn leave() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let controller = fullest::<T>(patient, organisation);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller.clone()));

		assert!(!Pallet::<T>::is_in_use(patient));
		let last = PrincipalsOf::<T>::get(account("delegate", MAX_DELEGATES - 1));
		assert_eq!(last.len() as u32, MAX_PRINCIPALS - 1);
		let last = WardsOf::<T>::get(account("guardian", MAX_GUARDIANS - 1));
		assert_eq!(last.len() as u32, MAX_WARDS - 1);
		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::PatientLeft { patient, organisation, controller }.into(),
		);
	}

	/// The terms of the maximum number of guardians are over: each is remembered and makes room.
	#[benchmark]
	fn propose_guardian() {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		change::<T>(patient, |row| {
			for one in row.guardians.iter_mut() {
				remembered::<T>(patient, &one.account);
				one.named = 1;
				one.until = Some(NOW);
				WardsOf::<T>::remove(&one.account);
			}
		});
		let guardian = T::BenchmarkHelper::practitioner();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patient, guardian.clone(), UNTIL);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::GuardianProposed { patient, guardian, until: UNTIL, organisation }.into(),
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
			Event::<T>::GuardianNamed { patient, guardian: proposed, until: UNTIL, organisation }
				.into(),
		);
	}

	#[benchmark]
	fn end_guardian() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let controller = fullest::<T>(patient, organisation);
		let last = account("guardian", MAX_GUARDIANS - 1);
		remembered::<T>(patient, &last);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller.clone()), patient, last.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::GuardianEnded { patient, guardian: last, by: controller }.into(),
		);
	}

	/// The mandates of the maximum number of delegates are over: each is remembered and makes room.
	#[benchmark]
	fn name_delegate() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		let controller = fullest::<T>(patient, organisation);
		change::<T>(patient, |row| {
			row.delegates = delegates::<T>(patient, MAX_DELEGATES, NOW);
		});
		let delegate = T::BenchmarkHelper::practitioner();
		PrincipalsOf::<T>::insert(&delegate, wards(MAX_GUARDIANS, MAX_PRINCIPALS - 1));
		let until = NOW + MAX_MANDATE;

		#[extrinsic_call]
		_(RawOrigin::Signed(controller), patient, delegate.clone(), deeds(), until);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::DelegateNamed { patient, delegate, deeds: deeds(), until }.into(),
		);
	}

	#[benchmark]
	fn end_delegate() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		// The search finds the last guardian last.
		let by = account("guardian", MAX_GUARDIANS - 1);
		let delegate = account("delegate", MAX_DELEGATES - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(by.clone()), patient, delegate.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::DelegateEnded { patient, delegate, by }.into(),
		);
	}

	/// An account that left an id before signs, wrapped as wallets do.
	#[benchmark]
	fn propose_recovery() -> Result<(), BenchmarkError> {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		let public = sp_io::crypto::sr25519_generate(WALLET, None);
		let controller = AccountId32::from(public);
		taken_by::<T>(&controller);
		let genesis = Pallet::<T>::genesis_hash();
		let message = recovery_message(genesis, organisation, patient, &controller, 1);
		let wrapped = [b"<Bytes>".as_slice(), &message, b"</Bytes>".as_slice()].concat();
		let signature = sp_io::crypto::sr25519_sign(WALLET, &public, &wrapped)
			.ok_or(BenchmarkError::Stop("the keystore signs"))?;

		#[extrinsic_call]
		_(
			RawOrigin::Signed(agent.clone()),
			patient,
			controller.clone(),
			1,
			MultiSignature::Sr25519(signature),
		);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::RecoveryProposed {
				patient,
				controller,
				by: agent,
				lapses: NOW.saturating_add(T::ProposalPeriod::get()),
			}
			.into(),
		);
		Ok(())
	}

	#[benchmark]
	fn support_recovery() {
		let (_, enrolling) = T::BenchmarkHelper::agent(0);
		let (agent, _) = T::BenchmarkHelper::agent(1);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, enrolling);
		let controller = recovery::<T>(patient, RecoveryPath::Organisations(None), None);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent.clone()), patient, controller.clone());

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::RecoveryStarted {
				patient,
				controller,
				by: agent,
				effective: NOW.saturating_add(T::RecoveryDelay::get()),
			}
			.into(),
		);
	}

	#[benchmark]
	fn veto_recovery() {
		let (_, enrolling) = T::BenchmarkHelper::agent(0);
		let (agent, second) = T::BenchmarkHelper::agent(1);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, enrolling);
		let path = RecoveryPath::Organisations(Some(second));
		let controller = recovery::<T>(patient, path, Some(NOW));

		#[extrinsic_call]
		_(RawOrigin::Signed(agent.clone()), patient);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::RecoveryVetoed { patient, controller, by: agent }.into(),
		);
	}

	#[benchmark]
	fn finish_recovery() {
		let (_, enrolling) = T::BenchmarkHelper::agent(0);
		let (_, second) = T::BenchmarkHelper::agent(1);
		let patient = PatientId(id("patient", 0));
		let former = fullest::<T>(patient, enrolling);
		let path = RecoveryPath::Organisations(Some(second));
		let controller = recovery::<T>(patient, path, Some(NOW));

		#[extrinsic_call]
		_(RawOrigin::Signed(account("anybody", 0)), patient);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ControllerChanged { patient, former, controller }.into(),
		);
	}

	#[benchmark]
	fn report_condition() {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		let condition = Condition::Incapable;

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patient, condition);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ConditionReported {
				patient,
				condition,
				organisation,
				lapses: NOW.saturating_add(T::ProposalPeriod::get()),
			}
			.into(),
		);
	}

	#[benchmark]
	fn confirm_condition() {
		let (_, enrolling) = T::BenchmarkHelper::agent(0);
		let (agent, organisation) = T::BenchmarkHelper::agent(1);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, enrolling);
		let condition = Condition::Incapable;
		change::<T>(patient, |row| {
			row.report = Some(Report { condition, lapses: Moment::MAX });
		});

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patient, condition);

		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::ConditionChanged { patient, condition, organisation }.into(),
		);
	}

	#[benchmark]
	fn mark_private() {
		let (agent, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		let Kinds { classes, sensitivities } = kinds(2);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent.clone()), patient, classes, sensitivities);

		let private = Private { by_patient: kinds(0), by_organisation: kinds(2) };
		frame_system::Pallet::<T>::assert_last_event(
			Event::<T>::PrivateChanged { patient, by: agent, private }.into(),
		);
	}

	/// Questions of another pallet about the present: the private kinds of the fullest patient, and
	/// the last deed for the last delegate. Both together cost more than any one question.
	#[benchmark]
	fn relation() {
		let (_, organisation) = T::BenchmarkHelper::agent(0);
		let patient = PatientId(id("patient", 0));
		fullest::<T>(patient, organisation);
		let last = account("delegate", MAX_DELEGATES - 1);
		let (found, private);

		#[block]
		{
			found = Pallet::<T>::may_do(&last, patient, Deed::OpenDocuments, NOW);
			private = Pallet::<T>::private_at(patient, NOW);
		}

		assert_eq!(found, Ok(Relation::Delegate));
		assert_eq!(private.by_organisation, kinds(1));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
