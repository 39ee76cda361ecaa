//! The measured calls. Patients have an earlier acceptance and an answered invitation in the open
//! campaign. Every patient has an own row. Every version has the largest rules.
//!
//! The weights contain the cost of the other pallets and of the trail, as the runtime has them.

use crate::*;
use alloc::collections::BTreeSet;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::testing::fullest::NOW;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use sp_runtime::AccountId32;

/// Sets up the data of other pallets.
pub trait BenchmarkHelper {
	/// Sets the clock.
	fn set_time(now: Moment);
	/// The agent found last of an active organisation, and that organisation.
	fn agent() -> (AccountId32, OrganisationId);
	/// Registers versions of the organisation's base policy, each with the largest rules, until
	/// there are `versions` of them.
	fn register(organisation: OrganisationId, versions: u32);
	/// A patient who signed for the organisation's first version at enrolment, and the patient's
	/// account. Each number gives another patient.
	fn patient(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32);
}

/// The moment of all earlier events.
const BEFORE: Moment = NOW - 1_000;

/// An organisation with so many versions, and its agent.
fn organisation<T: Config>(versions: u32) -> (AccountId32, OrganisationId) {
	T::BenchmarkHelper::set_time(NOW);
	let (agent, organisation) = T::BenchmarkHelper::agent();
	T::BenchmarkHelper::register(organisation, versions);
	(agent, organisation)
}

/// A patient who accepted the first version again some time after enrolment.
fn patient<T: Config>(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32) {
	let (patient, by) = T::BenchmarkHelper::patient(organisation, number);
	let row = Acceptance { version: 1, by_patient: Some(1), at: BEFORE, by: by.clone() };
	Acceptances::<T>::insert(patient, 0, row);
	AcceptanceCount::<T>::insert(patient, 1);
	(patient, by)
}

/// The organisation's campaign for this version. The campaign is open unless `until` has passed.
fn campaign<T: Config>(organisation: OrganisationId, to: u32, until: Moment) -> CampaignId {
	let campaign = Campaign {
		organisation,
		from: None,
		to,
		opened: BEFORE,
		until,
		ended: None,
		asked: 1,
		accepted: 0,
		refused: 1,
	};
	Campaigns::<T>::insert(0, campaign);
	LatestCampaign::<T>::insert(organisation, 0);
	NextCampaign::<T>::put(1);
	0
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// A patient changes a refusal into an acceptance.
	#[benchmark]
	fn accept() {
		let (_, organisation) = organisation::<T>(2);
		let (patient, who) = patient::<T>(organisation, 0);
		let campaign = campaign::<T>(organisation, 2, NOW + 1);
		let invitation = Invitation { asked: BEFORE, answer: Answer::Refused(BEFORE) };
		Invitations::<T>::insert(campaign, patient, invitation);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), patient, 2);

		assert_last_event::<T>(Event::PolicyAccepted {
			patient,
			organisation,
			version: 2,
			before: Some(1),
			by: who,
		});
	}

	#[benchmark]
	fn refuse() {
		let (_, organisation) = organisation::<T>(2);
		let (patient, who) = patient::<T>(organisation, 0);
		let campaign = campaign::<T>(organisation, 2, NOW + 1);
		let invitation = Invitation { asked: BEFORE, answer: Answer::None };
		Invitations::<T>::insert(campaign, patient, invitation);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), patient, 2);

		assert_last_event::<T>(Event::PolicyRefused { patient, organisation, version: 2, by: who });
	}

	/// Opens a campaign after an earlier one that is over.
	#[benchmark]
	fn open_campaign() {
		let (agent, organisation) = organisation::<T>(2);
		campaign::<T>(organisation, 2, NOW);
		let until = NOW + 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), Some(1), until);

		assert_last_event::<T>(Event::CampaignOpened {
			campaign: 1,
			organisation,
			from: Some(1),
			to: 2,
			until,
		});
	}

	#[benchmark]
	fn ask(n: Linear<1, MAX_ASKED>) {
		let (agent, organisation) = organisation::<T>(2);
		campaign::<T>(organisation, 2, NOW + 1);
		let patients: BTreeSet<PatientId> =
			(0..n).map(|number| patient::<T>(organisation, number).0).collect();
		let last = patients.iter().next_back().copied().unwrap_or_default();
		let patients = Asked::try_from(patients).unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patients);

		assert_last_event::<T>(Event::PatientAsked { campaign: 0, patient: last, version: 2 });
	}

	#[benchmark]
	fn end_campaign() {
		let (agent, organisation) = organisation::<T>(2);
		let campaign = campaign::<T>(organisation, 2, NOW + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent));

		assert_last_event::<T>(Event::CampaignEnded { campaign, organisation });
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
