//! Each broken invariant is found and named.

use crate::{mock::*, *};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

/// A state with some of everything: an emergency of another patient, one ended, one active.
fn broken(by: impl FnOnce(), finding: &'static str) {
	ExtBuilder.build().execute_with(|| {
		for patient in [OTHER_PATIENT, PATIENT] {
			assert_ok!(declare(DECLARER, patient, 60));
		}
		World::advance(1);
		assert_ok!(BreakGlass::end(signed(DECLARER), 1));
		assert_ok!(declare(DECLARER, PATIENT, 60));
		assert_ok!(BreakGlass::do_try_state());
		by();
		assert_eq!(
			BreakGlass::do_try_state(),
			Err(DispatchError::Other(finding))
		);
	});
}

fn change_emergency(emergency: u32, by: impl FnOnce(&mut EmergencyRow)) {
	Emergencies::<Test>::mutate(emergency, |row| by(row.as_mut().unwrap()));
}

#[test]
fn try_state_should_find_emergencies_that_differ_from_their_lists() {
	broken(
		|| Emergencies::<Test>::remove(0),
		"emergencies: numbers and rows differ",
	);
	broken(
		|| change_emergency(2, |row| row.until = row.declared + 4 * 60 * MINUTE + 1),
		"emergencies: one lasts too long or not at all",
	);
	broken(
		|| change_emergency(1, |row| row.ended = Some(row.until)),
		"emergencies: one was ended outside of its time",
	);
	broken(
		|| ActiveEmergencies::<Test>::remove(PATIENT, DECLARER),
		"emergencies: an active one is not listed",
	);
	broken(
		|| ActiveEmergencies::<Test>::insert(PATIENT, CLINICIAN, 2),
		"emergencies: one is listed as active twice",
	);
	broken(
		|| ActiveEmergencies::<Test>::insert(PATIENT, CLINICIAN, 1),
		"emergencies: one is listed as active and is not, or for another",
	);
	broken(
		|| ActiveEmergencies::<Test>::insert(PATIENT, CLINICIAN, 9),
		"emergencies: a listed one has no row",
	);
	broken(
		|| ActiveByPractitioner::<Test>::remove(DECLARER),
		"emergencies: an active one is missing from its practitioner's list",
	);
	broken(
		|| {
			let _ = ActiveByPractitioner::<Test>::try_append(CLINICIAN, 2);
		},
		"emergencies: a practitioner's list names another's",
	);
	broken(
		|| {
			let _ = ActiveByPractitioner::<Test>::try_append(DECLARER, 2);
		},
		"emergencies: one is listed twice",
	);
}

#[test]
fn try_state_should_find_patients_lists_of_emergencies_that_are_wrong() {
	broken(
		|| EmergenciesOf::<Test>::insert(PATIENT, 0, 0),
		"emergencies: a patient's list names another's",
	);
	broken(
		|| EmergenciesOf::<Test>::insert(PATIENT, 0, 2),
		"emergencies: one stands in patients' lists twice",
	);
	broken(
		|| EmergenciesOf::<Test>::remove(PATIENT, 0),
		"emergencies: one stands in no patient's list",
	);
	broken(
		|| EmergencyCount::<Test>::insert(PATIENT, 3),
		"emergencies: a patient's count is wrong",
	);
	broken(
		|| {
			EmergenciesOf::<Test>::remove(PATIENT, 0);
			EmergenciesOf::<Test>::insert(PATIENT, 5, 1);
		},
		"emergencies: a position lies past the count",
	);
	broken(
		|| {
			EmergenciesOf::<Test>::insert(PATIENT, 0, 2);
			EmergenciesOf::<Test>::insert(PATIENT, 1, 1);
		},
		"emergencies: a patient's list is out of order",
	);
}
