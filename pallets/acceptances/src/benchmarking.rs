//! What the calls cost: patients with an earlier acceptance, a campaign open, the invitation
//! answered before, every patient a row of its own, every version with the largest rules.
//!
//! The measured weights hold what the other pallets and the trail cost, as the runtime has
//! them.

use crate::*;
use alloc::collections::BTreeSet;
use assent_policy::{Moment, OrganisationId, PatientId};
use assent_support::benchmarking::NOW;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use sp_runtime::AccountId32;

/// Sets up what other pallets hold.
pub trait BenchmarkHelper {
	/// Sets the clock.
	fn set_time(now: Moment);
	/// The agent of an active organisation that is found last, and that.
	fn agent() -> (AccountId32, OrganisationId);
	/// Registers versions of the organisation's base policy until it has so many, each with
	/// the largest rules.
	fn register(organisation: OrganisationId, versions: u32);
	/// A patient enrolled by the organisation, who signed for its first version, and the
	/// account; for another number another one.
	fn patient(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32);
}

/// When everything set up before has happened.
const BEFORE: Moment = NOW - 1_000;

/// An organisation with so many versions and its agent.
fn organisation<T: Config>(versions: u32) -> (AccountId32, OrganisationId) {
	T::BenchmarkHelper::set_time(NOW);
	let (agent, organisation) = T::BenchmarkHelper::agent();
	T::BenchmarkHelper::register(organisation, versions);
	(agent, organisation)
}

/// A patient who accepted the first version again some time after enrolment.
fn patient<T: Config>(organisation: OrganisationId, number: u32) -> (PatientId, AccountId32) {
	let (patient, by) = T::BenchmarkHelper::patient(organisation, number);
	let row = Acceptance {
		version: 1,
		by_patient: Some(1),
		at: BEFORE,
		by: by.clone(),
	};
	Acceptances::<T>::insert(patient, 0, row);
	AcceptanceCount::<T>::insert(patient, 1);
	(patient, by)
}

/// The organisation's campaign for this version, open unless it is over by now.
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
		let invitation = Invitation {
			asked: BEFORE,
			answer: Answer::Refused(BEFORE),
		};
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
		let invitation = Invitation {
			asked: BEFORE,
			answer: Answer::None,
		};
		Invitations::<T>::insert(campaign, patient, invitation);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), patient, 2);

		assert_last_event::<T>(Event::PolicyRefused {
			patient,
			organisation,
			version: 2,
			by: who,
		});
	}

	/// After an earlier one, which is over.
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
		let patients: BTreeSet<PatientId> = (0..n)
			.map(|number| patient::<T>(organisation, number).0)
			.collect();
		let last = patients.iter().next_back().copied().unwrap_or_default();
		let patients = Asked::try_from(patients).unwrap_or_default();

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), patients);

		assert_last_event::<T>(Event::PatientAsked {
			campaign: 0,
			patient: last,
			version: 2,
		});
	}

	#[benchmark]
	fn end_campaign() {
		let (agent, organisation) = organisation::<T>(2);
		let campaign = campaign::<T>(organisation, 2, NOW + 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent));

		assert_last_event::<T>(Event::CampaignEnded {
			campaign,
			organisation,
		});
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
