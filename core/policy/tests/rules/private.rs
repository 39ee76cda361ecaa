//! Records that the patient alone sees, shares and refuses.

use crate::*;

fn by_class(class: Class) -> Kinds {
	Kinds { classes: set([class]), ..Kinds::default() }
}

fn by_sensitivity(byte: u8) -> Kinds {
	Kinds { sensitivities: set([token(byte)]), ..Kinds::default() }
}

/// The patient marked the class of the record.
fn private() -> Private {
	Private { by_patient: by_class(Class::LabResult), ..Private::default() }
}

fn asks(requester: Requester, private: Private) -> Decision {
	let request = Request { requester, private, ..request() };
	decide(&request, &record(), [], BasePolicy::default())
}

fn made_by(maker: Maker, directive: &Directive) -> Stored<'_> {
	Stored { id: 0, directive, maker, made: 0, ended: None }
}

#[test]
fn guardian_and_delegate_should_be_permitted_when_nothing_is_private() {
	let guardian = asks(Requester::Guardian, Private::default());
	assert_eq!(guardian, permit(Basis::GuardianAccess));
	let delegate = asks(Requester::Delegate, Private::default());
	assert_eq!(delegate, permit(Basis::DelegateAccess));
}

#[test]
fn guardian_and_delegate_should_be_denied_when_the_record_is_private() {
	let marks = [by_class(Class::LabResult), by_sensitivity(1), by_sensitivity(2)];
	for kinds in marks {
		for private in [
			Private { by_patient: kinds.clone(), ..Private::default() },
			Private { by_organisation: kinds.clone(), ..Private::default() },
		] {
			for requester in [Requester::Guardian, Requester::Delegate] {
				assert_eq!(asks(requester, private.clone()), deny(Basis::NoRule));
			}
		}
	}
}

#[test]
fn guardian_should_be_permitted_when_other_kinds_are_private() {
	for kinds in [by_class(Class::Imaging), by_sensitivity(9)] {
		let private = Private { by_patient: kinds.clone(), by_organisation: kinds };
		assert_eq!(asks(Requester::Guardian, private), permit(Basis::GuardianAccess));
	}
}

#[test]
fn guardian_should_be_denied_when_a_permission_applies_to_everybody() {
	let everybody = directive(permits(), []);
	let request = Request { requester: Requester::Guardian, private: private(), ..emergency() };
	assert_eq!(
		decide(
			&request,
			&record(),
			[made_by(Maker::Patient, &everybody)],
			accepted(1, &first(&everybody))
		),
		deny(Basis::NoRule)
	);
}

#[test]
fn patient_should_be_permitted_when_the_record_is_private() {
	assert_eq!(asks(Requester::Patient, private()), permit(Basis::OwnAccess));
}

#[test]
fn representatives_permission_should_be_passed_over_when_the_record_is_private() {
	let grant = directive(permits(), []);
	let by = |maker, private| {
		let request = Request { private, ..request() };
		decide(&request, &record(), [made_by(maker, &grant)], BasePolicy::default())
	};
	assert_eq!(by(Maker::Patient, private()), permit(base_of(0)));
	assert_eq!(by(Maker::Representative, private()), deny(Basis::NoRule));
	assert_eq!(by(Maker::Representative, Private::default()), permit(base_of(0)));
}

#[test]
fn representatives_denial_should_be_passed_over_when_the_record_is_private() {
	let (refusal, policy) = (directive(denies(), []), directive(permits(), []));
	let by = |maker, request| {
		let request = Request { private: private(), ..request };
		let stored = [made_by(maker, &refusal)];
		decide(&request, &record(), stored, accepted(1, &first(&policy)))
	};
	assert_eq!(by(Maker::Patient, request()), deny(base_of(0)));
	assert_eq!(
		by(Maker::Representative, request()),
		permit(Basis::BasePolicy { version: 1, provision: ProvisionRef::Base })
	);
	// The same holds in an emergency.
	assert_eq!(by(Maker::Patient, emergency()), deny(base_of(0)));
	assert_eq!(by(Maker::Representative, emergency()), permit(Basis::Emergency));
}
