//! Break-glass in the whole runtime: members, patients and trail are real.

use super::{
	blocks::{account, consent_of},
	*,
};
use assent_policy::{Moment, OrganisationId, Role};
use assent_support::{EmergencyReason, Justification, Members, ReviewFinding};
use frame_support::traits::Get;
use pallet_consortium::Capacity;
use pallet_emergencies::{Error, Stage, Suspensions};
use sp_core::{sr25519, Pair, H256};
use sp_runtime::MultiSignature;

const NOW: Moment = 1_800_000_000_000;
/// Beta Hospital.
const EMPLOYER: OrganisationId = 1;

const WALLET: &str = "//Declarer";

fn declarer() -> AccountId {
	account(WALLET)
}

fn controller(organisation: OrganisationId) -> RuntimeOrigin {
	RuntimeOrigin::signed(MEMBERS[organisation as usize].controller.into())
}

/// An emergency clinician of the second member and a patient of the first.
fn people() {
	pallet_timestamp::Now::<Runtime>::put(NOW);
	let roles = std::collections::BTreeSet::from([Role::EmergencyClinician]);
	assert_ok!(Consortium::credential(
		controller(EMPLOYER),
		declarer(),
		roles.try_into().unwrap(),
		Default::default(),
		NOW,
		NOW + 1_000_000_000,
		Some(consent_of(WALLET, EMPLOYER, Capacity::Practitioner)),
	));
	let wallet = sr25519::Pair::from_seed(&[7; 32]);
	let account: AccountId = wallet.public().into();
	let genesis = System::block_hash(0);
	let message = pallet_patients::enrolment_message(genesis, 0, None, PATIENT, &account, 0);
	let signature = MultiSignature::Sr25519(wallet.sign(&message));
	assert_ok!(Patients::enrol(controller(0), PATIENT, account, 0, signature));
}

fn declare() -> frame_support::dispatch::DispatchResult {
	let reason = EmergencyReason::LifeThreatening;
	Emergencies::declare(RuntimeOrigin::signed(declarer()), PATIENT, reason, 60)
}

fn is_let_in() -> bool {
	let now = pallet_timestamp::Now::<Runtime>::get();
	let practitioner = <Consortium as Members>::practitioner(&declarer(), now).unwrap();
	<Emergencies as assent_support::Emergencies>::active(&practitioner, PATIENT, now)
}

#[test]
fn emergency_should_be_reviewed_by_another_member_and_stand_in_every_trail() {
	chain().execute_with(|| {
		people();
		let entries =
			|organisation| pallet_trail::OrganisationHeads::<Runtime>::get(organisation).count;
		let before = [0, 1, 2, 3].map(entries);
		let of_patient = || pallet_trail::PatientHeads::<Runtime>::get(PATIENT).count;
		let enrolled = of_patient();

		assert_ok!(declare());
		assert!(is_let_in());
		let by_declarer = || RuntimeOrigin::signed(declarer());
		assert_ok!(Emergencies::end(by_declarer(), 0));
		assert!(!is_let_in());
		assert_ok!(Emergencies::justify(
			by_declarer(),
			0,
			Justification::Treated,
			H256::repeat_byte(1)
		));
		let delay: u32 = <Runtime as pallet_emergencies::Config>::DrawDelay::get();
		let block = System::block_number() + delay;
		frame_system::BlockHash::<Runtime>::insert(block, H256::repeat_byte(2));
		System::set_block_number(block + 1);
		assert_ok!(Emergencies::draw(alpha(), 0));
		let row = pallet_emergencies::Emergencies::<Runtime>::get(0).unwrap();
		let Stage::UnderReview { reviewer, .. } = row.stage else { panic!("nobody was drawn") };
		assert_ne!(reviewer, EMPLOYER);
		let finding = ReviewFinding::Adverse;
		assert_noop!(
			Emergencies::review(controller(EMPLOYER), 0, finding),
			Error::<Runtime>::NotAuthorized
		);
		assert_ok!(Emergencies::review(controller(reviewer), 0, finding));
		assert_noop!(declare(), Error::<Runtime>::RoleSuspended);

		// Declared, ended, justified, drawn, reviewed, suspended.
		assert_eq!(of_patient(), enrolled + 6);
		for organisation in 0..4 {
			let told = match organisation {
				EMPLOYER => 6,
				drawn if drawn == reviewer => 2,
				_ => 0,
			};
			assert_eq!(
				entries(organisation),
				before[organisation as usize] + told,
				"organisation {organisation}"
			);
		}
		assert_ok!(Emergencies::reinstate(RuntimeOrigin::root(), declarer()));
		assert!(!Suspensions::<Runtime>::contains_key(declarer()));
		assert_ok!(declare());
		Emergencies::do_try_state().unwrap();
	});
}

#[test]
fn emergency_should_not_be_declared_when_no_other_member_is_active() {
	chain().execute_with(|| {
		people();
		for organisation in [0, 2, 3] {
			assert_ok!(Consortium::suspend(RuntimeOrigin::root(), organisation));
		}
		assert_noop!(declare(), Error::<Runtime>::NoReviewer);
		assert_ok!(Consortium::reinstate(RuntimeOrigin::root(), 3));
		assert_ok!(declare());
	});
}
