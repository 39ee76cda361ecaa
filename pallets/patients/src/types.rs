//! The stored types of a patient id, and the messages to sign.

use crate::rights::State;
use alloc::vec::Vec;
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion, Private};
use assent_protocol::messages::Enrolment;
use assent_support::{Condition, Deed, Phase, Relation};
use frame_support::{traits::ConstU32, BoundedBTreeSet, BoundedVec};
use sp_core::H256;
use sp_runtime::AccountId32;

/// The maximum number of guardians of a patient id, with proposals.
pub const MAX_GUARDIANS: u32 = 4;
/// The maximum number of patient ids of a guardian at a time.
pub const MAX_WARDS: u32 = 16;
/// The maximum number of delegates of a patient id at a time.
pub const MAX_DELEGATES: u32 = 4;
/// The maximum number of patient ids of a delegate at a time.
pub const MAX_PRINCIPALS: u32 = 16;
/// The longest mandate of a delegate at a time, in milliseconds: a year. A patient who can no
/// longer decide can't renew a mandate, and then a guardian is needed.
pub const MAX_MANDATE: Moment = 366 * 24 * 60 * 60 * 1_000;
/// The maximum number of past roles kept of an account for a patient: the newest.
pub const MAX_PAST: u32 = 8;
/// The minimum number of guardians for a recovery, besides the rule of more than half of the
/// guardians in office. One guardian alone never takes over a ward's id.
pub const MIN_GUARDIANS_TO_RECOVER: u32 = 2;

/// The guardians of a patient id.
pub type Guardians = BoundedVec<Guardian, ConstU32<MAX_GUARDIANS>>;
/// The patient ids of a guardian.
pub type Wards = BoundedVec<Ward, ConstU32<MAX_WARDS>>;
/// The delegates of a patient id.
pub type Delegates = BoundedVec<Delegate, ConstU32<MAX_DELEGATES>>;
/// The patient ids of a delegate.
pub type Principals = BoundedVec<Ward, ConstU32<MAX_PRINCIPALS>>;
/// The deeds permitted to a delegate.
pub type Deeds = BoundedBTreeSet<Deed, ConstU32<5>>;
/// The guardians in support of a recovery.
pub type Supporters = BoundedVec<AccountId32, ConstU32<MAX_GUARDIANS>>;
/// The past roles of an account for a patient.
pub type RoleHistory = BoundedVec<PastRole, ConstU32<MAX_PAST>>;

/// Whether a patient id is in use.
#[frame_support::stored]
#[derive(Copy)]
pub enum PatientStatus {
	/// In use.
	Active,
	/// The controller took the id out of use, at this moment. Withdrawals stay possible.
	Left(Moment),
}

/// A patient id.
#[frame_support::stored]
pub struct Patient {
	/// The account that acts as the patient.
	pub controller: AccountId32,
	/// The moment of the enrolment, or of the last recovery.
	pub controller_since: Moment,
	/// The organisation that enrolled the id. This organisation may register records under the id.
	pub enrolled_by: OrganisationId,
	/// The version of that organisation's base policy at the enrolment, signed by the patient, if
	/// there was one. `pallet-acceptances` keeps later acceptances.
	pub policy: Option<PolicyVersion>,
	/// The moment of the enrolment.
	pub enrolled: Moment,
	/// Whether the id is in use.
	pub status: PatientStatus,
	/// The accounts that act for the patient by right, and the proposed ones.
	pub guardians: Guardians,
	/// The accounts that act for the patient by mandate.
	pub delegates: Delegates,
	/// The condition that two organisations said last.
	pub condition: Condition,
	/// The condition reported by the enrolling organisation, without a confirmation yet.
	pub report: Option<Report>,
	/// The change of the controller, proposed or under way.
	pub recovery: Option<Recovery>,
	/// The number of the patient's rows in [`History`](crate::History).
	pub changes: u32,
}

/// A guardian, or a proposed guardian.
#[frame_support::stored]
pub struct Guardian {
	/// The guardian's account.
	pub account: AccountId32,
	/// First moment after the guardianship (the ward's majority); open when none.
	pub until: Option<Moment>,
	/// The moment of the confirmation; without a confirmation, the moment of the proposal.
	pub named: Moment,
	/// The organisation that proposed and enrolled the patient.
	pub proposed_by: OrganisationId,
	/// The second organisation, with the confirmation. Without a confirmation, the guardian is only
	/// proposed and may do nothing.
	pub confirmed_by: Option<OrganisationId>,
}

/// A delegate: an account that acts for the patient by mandate, within limits.
#[frame_support::stored]
pub struct Delegate {
	/// The delegate's account.
	pub account: AccountId32,
	/// The deeds permitted to the delegate.
	pub deeds: Deeds,
	/// The beginning of the mandate.
	pub named: Moment,
	/// First moment after the mandate.
	pub until: Moment,
}

/// A patient id with this account as guardian or delegate.
#[frame_support::stored]
#[derive(Copy)]
pub struct Ward {
	/// The patient.
	pub patient: PatientId,
	/// First moment after the guardianship or the mandate.
	pub until: Option<Moment>,
}

/// A past role of an account for a patient.
#[frame_support::stored]
pub struct PastRole {
	/// The relation of the account to the patient.
	pub relation: Relation,
	/// The deeds permitted to the account, if a delegate.
	pub deeds: Deeds,
	/// First moment of the role.
	pub from: Moment,
	/// First moment after the role.
	pub until: Moment,
}

/// The circumstances of a patient from a moment on, until the next row.
#[frame_support::stored]
pub struct Circumstances {
	/// First moment of these circumstances.
	pub since: Moment,
	/// The condition, as two organisations said.
	pub condition: Condition,
	/// Whether the controller was being changed, with the old key limited to withdrawals.
	pub recovering: bool,
	/// The kinds private to the patient.
	pub private: Private,
}

/// A condition that the enrolling organisation reported.
#[frame_support::stored]
pub struct Report {
	/// The reported condition.
	pub condition: Condition,
	/// First moment at which no confirmation is possible any more.
	pub lapses: Moment,
}

/// The supporters of a recovery.
#[frame_support::stored]
pub enum RecoveryPath {
	/// The patient's guardians in support of the recovery.
	Guardians(Supporters),
	/// The enrolling organisation, and this other organisation after its support.
	Organisations(Option<OrganisationId>),
}

/// A change of a patient id's controller, after the old key was lost or stolen.
#[frame_support::stored]
pub struct Recovery {
	/// The account that is to control the id.
	pub controller: AccountId32,
	/// The supporters.
	pub path: RecoveryPath,
	/// First moment at which no support is possible any more.
	pub lapses: Moment,
	/// The first moment of a possible finish. None without enough support: then the recovery
	/// changes nothing.
	pub effective: Option<Moment>,
}

impl Patient {
	/// Whether a recovery has enough support and waits for the end of the delay. The old key only
	/// withdraws.
	pub fn is_recovering(&self) -> bool {
		self.recovery.as_ref().is_some_and(|recovery| recovery.effective.is_some())
	}

	/// The phase of the id.
	pub fn phase(&self) -> Phase {
		match (self.condition, self.status) {
			(Condition::Deceased, _) => Phase::Deceased,
			(_, PatientStatus::Left(_)) => Phase::Left,
			(_, PatientStatus::Active) => Phase::InUse,
		}
	}

	/// The guardians in office at a moment.
	pub fn guardians_at(&self, at: Moment) -> impl Iterator<Item = &Guardian> {
		self.guardians.iter().filter(move |one| one.is_in_office(at))
	}

	/// Whether the account is a guardian in office at a moment.
	pub fn has_guardian(&self, account: &AccountId32, at: Moment) -> bool {
		self.guardians_at(at).any(|one| one.account == *account)
	}

	/// The role of the account for the patient at a moment by this row, with the deeds of a
	/// delegate. An account that is guardian and delegate has the role of a guardian.
	pub fn role(&self, account: &AccountId32, at: Moment) -> Option<(Relation, Deeds)> {
		if self.controller == *account && self.controller_since <= at {
			return Some((Relation::Controller, Deeds::default()));
		}
		if self.has_guardian(account, at) {
			return Some((Relation::Guardian, Deeds::default()));
		}
		self.delegates
			.iter()
			.find(|one| one.account == *account && one.is_valid(at))
			.map(|one| (Relation::Delegate, one.deeds.clone()))
	}

	/// The state of the patient now, without private kinds.
	pub fn state(&self) -> State {
		State {
			left: self.status != PatientStatus::Active,
			recovering: self.is_recovering(),
			condition: self.condition,
		}
	}

	/// Whether the id had been left at a moment.
	pub fn has_left(&self, at: Moment) -> bool {
		matches!(self.status, PatientStatus::Left(left) if left <= at)
	}
}

impl Circumstances {
	/// The circumstances before any change.
	pub fn at_first(since: Moment) -> Self {
		Self {
			since,
			condition: Condition::Capable,
			recovering: false,
			private: Private::default(),
		}
	}
}

impl Delegate {
	/// Whether the mandate is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until <= at
	}

	/// Whether the mandate is valid at `at`.
	pub fn is_valid(&self, at: Moment) -> bool {
		self.named <= at && !self.has_lapsed(at)
	}
}

impl Guardian {
	/// Whether the term, or the proposal, is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until.is_some_and(|until| until <= at)
	}

	/// Whether the account is a guardian at `at`: confirmed then or before, with a term not yet
	/// over.
	pub fn is_in_office(&self, at: Moment) -> bool {
		self.confirmed_by.is_some() && self.named <= at && !self.has_lapsed(at)
	}
}

impl Ward {
	/// Whether the term is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until.is_some_and(|until| until <= at)
	}
}

/// The message for an enrolment, signed by the patient: lines of ASCII that a wallet shows
/// unchanged.
///
/// The message contains the chain (by the genesis hash), the organisation, the version of the base
/// policy (`none` without one), the patient id and the account. The message also contains the
/// number of such messages that the account had signed before. The signature therefore serves once
/// and only here, and the patient signs for the policy in force. Seven lines, no line break at the
/// end; numbers in decimal, the rest in lower-case hexadecimal with 0x.
pub fn enrolment_message(
	genesis: H256,
	organisation: OrganisationId,
	policy: Option<PolicyVersion>,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	enrolment(genesis, organisation, patient, controller, number).message(policy).into_bytes()
}

/// The message for a recovery, signed by the new account: the same lines under another title,
/// without the base policy. A recovery leaves the base policy unchanged. Six lines.
pub fn recovery_message(
	genesis: H256,
	organisation: OrganisationId,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	enrolment(genesis, organisation, patient, controller, number).recovery_message().into_bytes()
}

fn enrolment(
	genesis: H256,
	organisation: OrganisationId,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Enrolment {
	Enrolment {
		genesis: genesis.0,
		organisation,
		patient: patient.0,
		account: *controller.as_ref(),
		number,
	}
}
