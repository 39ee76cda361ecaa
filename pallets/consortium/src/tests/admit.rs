use crate::{mock::*, Error, Event, OrganisationKind, OrganisationStatus};
use crate::{ByAgent, NextOrganisation, OrganisationCount, Organisations, Seats};
use assent_support::{Act, Members};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const LAB: u32 = 3;
fn lab_controller() -> sp_runtime::AccountId32 {
	account(4)
}

fn admit_lab() -> sp_runtime::DispatchResult {
	Consortium::admit(root(), name("Labor Süd"), OrganisationKind::Laboratory, lab_controller())
}

#[test]
fn admit_should_give_number_seat_and_reference() {
	ExtBuilder::default().run(|| {
		assert_eq!(System::sufficients(&lab_controller()), 0);
		assert_ok!(admit_lab());
		let row = Organisations::<Test>::get(LAB).unwrap();
		assert_eq!(row.status, OrganisationStatus::Active);
		assert_eq!(row.controller, lab_controller());
		assert_eq!(row.admitted, NOW);
		assert_eq!(row.policy, None);
		assert_eq!(ByAgent::<Test>::get(lab_controller()), Some(LAB));
		assert_eq!(OrganisationCount::<Test>::get(), 4);
		assert_eq!(NextOrganisation::<Test>::get(), 4);
		assert_eq!(System::sufficients(&lab_controller()), 1);
		assert!(Consortium::is_active(LAB));
		assert_last_event(Event::OrganisationAdmitted {
			organisation: LAB,
			name: name("Labor Süd"),
			kind: OrganisationKind::Laboratory,
			controller: lab_controller(),
		});
	});
}

#[test]
fn admit_should_write_the_trail() {
	ExtBuilder::default().run(|| {
		assert_ok!(admit_lab());
		assert_eq!(trail(), vec![Entry::of(None, Some(LAB), None, Act::OrganisationChanged)]);
	});
}

#[test]
fn admit_should_seat_the_controller_in_the_council() {
	ExtBuilder::default().run(|| {
		assert_ok!(admit_lab());
		let seats = sorted([
			hospital_controller(),
			clinic_controller(),
			institute_controller(),
			lab_controller(),
		]);
		assert_eq!(pallet_collective::Members::<Test>::get(), seats);
		assert_eq!(Seats::<Test>::get().into_iter().collect::<Vec<_>>(), seats);
	});
}

#[test]
fn admit_should_fail_when_caller_is_not_the_council() {
	ExtBuilder::default().run(|| {
		for origin in
			[signed(hospital_controller()), signed(stranger()), RuntimeOrigin::none(), two_thirds()]
		{
			assert_noop!(
				Consortium::admit(
					origin,
					name("Lab"),
					OrganisationKind::Laboratory,
					lab_controller()
				),
				BadOrigin
			);
		}
	});
}

#[test]
fn admit_should_fail_when_name_is_invalid() {
	ExtBuilder::default().run(|| {
		for bytes in [&b""[..], b" Lab", b"Lab ", b"La\nb", b"La\x00b", b"\xff\xfe"] {
			let bad = crate::Name::try_from(bytes.to_vec()).unwrap();
			assert_noop!(
				Consortium::admit(root(), bad, OrganisationKind::Laboratory, lab_controller()),
				Error::<Test>::InvalidName
			);
		}
	});
}

#[test]
fn admit_should_fail_when_controller_acts_for_another() {
	ExtBuilder::default().run(|| {
		for taken in [hospital_controller(), clinic_agent()] {
			assert_noop!(
				Consortium::admit(root(), name("Lab"), OrganisationKind::Laboratory, taken),
				Error::<Test>::AlreadyAgent
			);
		}
	});
}

#[test]
fn admit_should_fail_when_the_consortium_is_full() {
	ExtBuilder::default().run(|| {
		for n in [4, 5] {
			assert_ok!(Consortium::admit(
				root(),
				name("Member"),
				OrganisationKind::Insurer,
				account(n)
			));
		}
		// A suspended organisation keeps its place: the council may reinstate the organisation.
		assert_ok!(Consortium::suspend(root(), CLINIC));
		assert_noop!(
			Consortium::admit(root(), name("Sixth"), OrganisationKind::Insurer, account(6)),
			Error::<Test>::MaxOrganisationsExceeded
		);
		// A removed organisation frees its place.
		assert_ok!(Consortium::remove(root(), CLINIC));
		assert_ok!(Consortium::admit(root(), name("Sixth"), OrganisationKind::Insurer, account(6)));
	});
}

#[test]
fn admit_should_never_hand_out_a_number_again() {
	ExtBuilder::default().run(|| {
		assert_ok!(admit_lab());
		assert_ok!(Consortium::remove(root(), LAB));
		assert_ok!(admit_lab());
		assert_eq!(ByAgent::<Test>::get(lab_controller()), Some(LAB + 1));
		assert!(!Consortium::is_active(LAB));
	});
}

#[test]
fn admit_should_fail_when_numbers_are_exhausted() {
	ExtBuilder::default().run(|| {
		NextOrganisation::<Test>::put(u32::MAX);
		assert_noop!(admit_lab(), Error::<Test>::NumbersExhausted);
	});
}

#[test]
fn admit_should_not_decode_when_name_is_too_long() {
	let call = |len: usize| {
		(5u8, 0u8, vec![b'a'; len], OrganisationKind::Hospital, lab_controller()).encode()
	};
	struct Raw(Vec<u8>);
	impl Encode for Raw {
		fn encode(&self) -> Vec<u8> {
			self.0.clone()
		}
	}
	assert!(decodes(Raw(call(64))));
	assert!(!decodes(Raw(call(65))));
}
