use crate::{mock::*, *};
use assent_support::{Justification, ReviewFinding};
use frame_support::{dispatch::GetDispatchInfo, traits::Hooks};
use sp_core::H256;

fn integrity_when(insane: impl FnOnce()) {
	ExtBuilder.run(|| {
		insane();
		<BreakGlass as Hooks<_>>::integrity_test();
	});
}

#[test]
fn integrity_should_hold_with_sane_constants() {
	integrity_when(|| {});
}

#[test]
#[should_panic(expected = "must fit in half of the largest transaction")]
fn integrity_should_fail_when_a_call_outgrows_its_share() {
	integrity_when(|| weights::WeightUnit::set(1_000_000_000_000));
}

#[test]
#[should_panic(expected = "MaxActive: at least one")]
fn integrity_should_fail_when_nothing_can_be_active() {
	integrity_when(|| MaxActive::set(0));
}

#[test]
#[should_panic(expected = "MaxActive: at least one")]
fn integrity_should_fail_when_more_can_be_active_than_left_to_justify() {
	integrity_when(|| MaxActive::set(TO_JUSTIFY + 1));
}

#[test]
#[should_panic(expected = "MaxOfDay, DefaultOrganisationCap")]
fn integrity_should_fail_when_nothing_can_be_declared_in_a_day() {
	integrity_when(|| MaxOfDay::set(0));
}

#[test]
#[should_panic(expected = "JustificationPeriod, ReviewPeriod")]
fn integrity_should_fail_when_there_is_no_time_to_justify() {
	integrity_when(|| JustificationPeriod::set(0));
}

#[test]
#[should_panic(expected = "DrawDelay: the hash that decides must be unknown")]
fn integrity_should_fail_when_the_draw_can_be_foreseen() {
	integrity_when(|| DrawDelay::set(0));
}

#[test]
#[should_panic(expected = "DrawDelay: the hash that decides must still be kept")]
fn integrity_should_fail_when_the_hash_is_gone_before_the_draw() {
	integrity_when(|| DrawDelay::set(10));
}

#[test]
fn calls_should_be_charged_their_own_weight() {
	ExtBuilder.run(|| {
		use weights::MockWeights;
		let emergency = 0;
		for (call, weight) in [
			(
				Call::<Test>::declare { patient: PATIENT, reason: REASON, minutes: 1 },
				MockWeights::declare(),
			),
			(Call::end { emergency }, MockWeights::end()),
			(
				Call::justify {
					emergency,
					justification: Justification::Treated,
					commitment: H256::zero(),
				},
				MockWeights::justify(),
			),
			(Call::draw { emergency }, MockWeights::draw()),
			(Call::review { emergency, finding: ReviewFinding::Justified }, MockWeights::review()),
			(Call::pass_on { emergency }, MockWeights::pass_on()),
			(Call::suspend_unjustified { emergency }, MockWeights::suspend_unjustified()),
			(Call::reinstate { practitioner: DECLARER }, MockWeights::reinstate()),
			(Call::set_organisation_cap { emergencies: 1 }, MockWeights::set_organisation_cap()),
		] {
			assert_eq!(call.get_dispatch_info().call_weight, weight, "{call:?}");
		}
	});
}
