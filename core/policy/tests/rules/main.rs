//! One test per rule of the decision function.

mod check;
mod criteria;
mod directives;
mod order;
mod policies;
mod private;

pub(crate) use assent_policy::*;

pub(crate) const NOW: Moment = 1_000;
pub(crate) const HOSPITAL: OrganisationId = 1;
pub(crate) const CLINIC: OrganisationId = 2;
pub(crate) const CLINICIAN: Account = [7; 32];
pub(crate) const TEAM: Token = Token([9; 16]);
pub(crate) const CUSTODIAN: OrganisationId = 1;

pub(crate) fn token(byte: u8) -> Token {
	Token([byte; 16])
}

pub(crate) fn set<T: Ord, const N: u32>(
	values: impl IntoIterator<Item = T>,
) -> bounded_collections::BoundedBTreeSet<T, bounded_collections::ConstU32<N>> {
	values.into_iter().collect::<std::collections::BTreeSet<_>>().try_into().ok().unwrap()
}

pub(crate) fn clinician() -> Practitioner {
	Practitioner {
		account: CLINICIAN,
		organisation: HOSPITAL,
		roles: set([Role::Clinician]),
		groups: set([TEAM]),
	}
}

/// A clinician of the hospital asks to open a record for treatment.
pub(crate) fn request() -> Request {
	Request {
		requester: Requester::Practitioner(clinician()),
		purpose: Purpose::Treatment,
		action: Action::Access,
		time: NOW,
		emergency: false,
		private: Private::default(),
	}
}

/// The same request with the purpose break-glass, in an active emergency.
pub(crate) fn emergency() -> Request {
	Request { purpose: Purpose::BreakGlass, emergency: true, ..request() }
}

pub(crate) fn record() -> RecordAttributes {
	RecordAttributes {
		record: RecordId([1; 16]),
		custodian: CUSTODIAN,
		class: Class::LabResult,
		confidentiality: Confidentiality::Normal,
		sensitivities: set([token(1), token(2)]),
		code: Some(token(3)),
		author: Some(token(4)),
		encounter: Some(token(5)),
		authored: 600,
	}
}

pub(crate) fn permits() -> Provision {
	Provision::any(Effect::Permit)
}

pub(crate) fn denies() -> Provision {
	Provision::any(Effect::Deny)
}

pub(crate) fn for_purposes(
	effect: Effect,
	purposes: impl IntoIterator<Item = Purpose>,
) -> Provision {
	Provision { purposes: set(purposes), ..Provision::any(effect) }
}

pub(crate) fn directive(
	base: Provision,
	exceptions: impl IntoIterator<Item = Provision>,
) -> Directive {
	let exceptions: Vec<_> = exceptions.into_iter().collect();
	Directive { base, exceptions: exceptions.try_into().unwrap() }
}

/// Decides with directives numbered from 0. Each directive was made long ago and never ended.
pub(crate) fn decide_by(request: &Request, directives: &[Directive]) -> Decision {
	decide(request, &record(), numbered(directives), BasePolicy::default())
}

pub(crate) fn numbered(directives: &[Directive]) -> impl Iterator<Item = Stored<'_>> {
	(0..).zip(directives).map(|(id, directive)| Stored {
		id,
		directive,
		maker: Maker::Patient,
		made: 0,
		ended: None,
	})
}

/// A base policy with one version.
pub(crate) fn first(rules: &Directive) -> [(PolicyVersion, Directive); 1] {
	[(1, rules.clone())]
}

pub(crate) fn accepted(
	version: PolicyVersion,
	versions: &[(PolicyVersion, Directive)],
) -> BasePolicy<'_> {
	BasePolicy { accepted: Some(version), accepted_by_patient: Some(version), versions }
}

pub(crate) fn permit(basis: Basis) -> Decision {
	Decision { effect: Effect::Permit, basis }
}

pub(crate) fn deny(basis: Basis) -> Decision {
	Decision { effect: Effect::Deny, basis }
}

pub(crate) fn base_of(directive: DirectiveId) -> Basis {
	Basis::Directive { directive, provision: ProvisionRef::Base }
}

pub(crate) fn exception_of(directive: DirectiveId, index: u8) -> Basis {
	Basis::Directive { directive, provision: ProvisionRef::Exception(index) }
}
