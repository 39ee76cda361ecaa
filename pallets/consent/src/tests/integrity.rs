use crate::{mock::*, weights::MockWeights, *};
use assent_policy::{MAX_DIRECTIVES, MAX_POLICY_VERSIONS};
use frame_support::{dispatch::GetDispatchInfo, traits::Hooks};

#[test]
fn integrity_should_hold_with_sane_weights() {
	ExtBuilder::default().run(|| {
		<Consent as Hooks<_>>::integrity_test();
	});
}

#[test]
#[should_panic(expected = "must fit in 5% of a block")]
fn integrity_should_fail_when_the_worst_access_outgrows_its_share() {
	ExtBuilder::default().run(|| {
		weights::WeightUnit::set(1_000_000_000_000);
		<Consent as Hooks<_>>::integrity_test();
	});
}

#[test]
#[should_panic(expected = "DeliveryWindow")]
fn integrity_should_fail_when_nothing_could_be_delivered() {
	ExtBuilder::default().run(|| {
		DeliveryWindow::set(0);
		<Consent as Hooks<_>>::integrity_test();
	});
}

#[test]
fn calls_should_be_charged_for_the_fullest_list_beforehand() {
	ExtBuilder::default().run(|| {
		let worst = MockWeights::access(MAX_DIRECTIVES + MAX_POLICY_VERSIONS);
		let call = Call::<Test>::access {
			patient: PATIENT,
			record: RECORD,
			purpose: assent_policy::Purpose::Treatment,
			action: assent_policy::Action::Access,
		};
		assert_eq!(call.get_dispatch_info().call_weight, worst);
		let call = Call::<Test>::approve_request { patient: PATIENT, request: 0 };
		assert_eq!(
			call.get_dispatch_info().call_weight,
			weights::fullest(MockWeights::approve_request)
		);
	});
}
