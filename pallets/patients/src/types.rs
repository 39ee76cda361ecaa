//! What is kept of a patient id.

use crate::rights::State;
use alloc::{format, string::String, vec::Vec};
use assent_policy::{Moment, OrganisationId, PatientId, PolicyVersion, Private};
use assent_support::{Condition, Deed, Phase, Relation};
use core::fmt::Write;
use frame_support::{traits::ConstU32, BoundedBTreeSet, BoundedVec};
use sp_core::H256;
use sp_runtime::AccountId32;

/// How many guardians a patient id has at most, proposals included.
pub const MAX_GUARDIANS: u32 = 4;
/// Of how many patient ids an account is guardian at most, at a time.
pub const MAX_WARDS: u32 = 16;
/// How many delegates a patient id has at most, at a time.
pub const MAX_DELEGATES: u32 = 4;
/// Of how many patient ids an account is delegate at most, at a time.
pub const MAX_PRINCIPALS: u32 = 16;
/// The longest leave that a delegate is given at a time, in milliseconds: a year. A patient
/// who can no longer decide can't renew it, and then a guardian is needed.
pub const MAX_MANDATE: Moment = 366 * 24 * 60 * 60 * 1_000;
/// How many of an account's past roles towards a patient are kept: the newest.
pub const MAX_PAST: u32 = 8;
/// How many guardians a recovery needs at least, besides being more than half of those in
/// office: one alone never takes over a ward's id.
pub const MIN_GUARDIANS_TO_RECOVER: u32 = 2;

/// The guardians of a patient id.
pub type Guardians = BoundedVec<Guardian, ConstU32<MAX_GUARDIANS>>;
/// The patient ids of a guardian.
pub type Wards = BoundedVec<Ward, ConstU32<MAX_WARDS>>;
/// The delegates of a patient id.
pub type Delegates = BoundedVec<Delegate, ConstU32<MAX_DELEGATES>>;
/// The patient ids of a delegate.
pub type Principals = BoundedVec<Ward, ConstU32<MAX_PRINCIPALS>>;
/// What a delegate may do.
pub type Deeds = BoundedBTreeSet<Deed, ConstU32<5>>;
/// Guardians who support a recovery.
pub type Supporters = BoundedVec<AccountId32, ConstU32<MAX_GUARDIANS>>;
/// What an account was to a patient.
pub type RoleHistory = BoundedVec<PastRole, ConstU32<MAX_PAST>>;

/// Whether a patient id is in use.
#[frame_support::stored]
#[derive(Copy)]
pub enum PatientStatus {
	/// In use.
	Active,
	/// Its controller took it out of use, at this moment. Withdrawing goes on working.
	Left(Moment),
}

/// A patient id.
#[frame_support::stored]
pub struct Patient {
	/// The account that acts as the patient.
	pub controller: AccountId32,
	/// Since when it does: since the enrolment, or since the last recovery.
	pub controller_since: Moment,
	/// The organisation that enrolled the id, and that may register records under it.
	pub enrolled_by: OrganisationId,
	/// The version of that organisation's base policy that the patient signed for, if it had
	/// one then. What the patient accepts later is kept by `pallet-acceptances`.
	pub policy: Option<PolicyVersion>,
	/// When it was enrolled.
	pub enrolled: Moment,
	/// Whether it is in use.
	pub status: PatientStatus,
	/// Who acts for the patient by right, and who is proposed for it.
	pub guardians: Guardians,
	/// Who acts for the patient by mandate.
	pub delegates: Delegates,
	/// What two organisations last said of the patient.
	pub condition: Condition,
	/// What the enrolling organisation reported and no other has confirmed yet.
	pub report: Option<Report>,
	/// The change of the controller that is proposed or under way.
	pub recovery: Option<Recovery>,
	/// How many rows [`History`](crate::History) has of the patient.
	pub changes: u32,
}

/// A guardian, or somebody proposed as one.
#[frame_support::stored]
pub struct Guardian {
	/// The guardian's account.
	pub account: AccountId32,
	/// First moment at which the guardian no longer is one (the ward's majority); open when
	/// none.
	pub until: Option<Moment>,
	/// Since when the guardian is one; while unconfirmed, since when proposed.
	pub named: Moment,
	/// The organisation that proposed: the one that enrolled the patient.
	pub proposed_by: OrganisationId,
	/// The second organisation, which confirmed. Until then the guardian is only proposed
	/// and may do nothing.
	pub confirmed_by: Option<OrganisationId>,
}

/// A delegate: an account that acts for the patient by mandate, within limits.
#[frame_support::stored]
pub struct Delegate {
	/// The delegate's account.
	pub account: AccountId32,
	/// What it may do.
	pub deeds: Deeds,
	/// Since when.
	pub named: Moment,
	/// First moment at which it no longer has leave.
	pub until: Moment,
}

/// A patient id that an account acts for, as guardian or as delegate.
#[frame_support::stored]
#[derive(Copy)]
pub struct Ward {
	/// The patient.
	pub patient: PatientId,
	/// First moment at which the account no longer acts for it.
	pub until: Option<Moment>,
}

/// What an account was to a patient, and when.
#[frame_support::stored]
pub struct PastRole {
	/// As what it acted.
	pub relation: Relation,
	/// What it was permitted to do, if a delegate.
	pub deeds: Deeds,
	/// First moment at which it was that.
	pub from: Moment,
	/// First moment at which it no longer was.
	pub until: Moment,
}

/// What counts of a patient from a moment on, until the next row.
#[frame_support::stored]
pub struct Circumstances {
	/// From when on.
	pub since: Moment,
	/// What two organisations said of the patient.
	pub condition: Condition,
	/// Whether the controller was being changed, the old key held to withdrawing.
	pub recovering: bool,
	/// What was private to the patient.
	pub private: Private,
}

/// A condition that the enrolling organisation reported.
#[frame_support::stored]
pub struct Report {
	/// What it says of the patient.
	pub condition: Condition,
	/// First moment at which it can no longer be confirmed.
	pub lapses: Moment,
}

/// Who brings a recovery forward.
#[frame_support::stored]
pub enum RecoveryPath {
	/// The patient's guardians; these support it.
	Guardians(Supporters),
	/// The enrolling organisation and this other one, once it supports it.
	Organisations(Option<OrganisationId>),
}

/// A change of a patient id's controller, after the old key was lost or stolen.
#[frame_support::stored]
pub struct Recovery {
	/// The account that is to control the id.
	pub controller: AccountId32,
	/// Who brings it forward.
	pub path: RecoveryPath,
	/// First moment at which it can no longer be supported.
	pub lapses: Moment,
	/// When it can be finished. None while it lacks support: then it changes nothing.
	pub effective: Option<Moment>,
}

impl Patient {
	/// Whether a recovery has its support and waits for its time: the old key only withdraws.
	pub fn is_recovering(&self) -> bool {
		self.recovery
			.as_ref()
			.is_some_and(|recovery| recovery.effective.is_some())
	}

	/// What the id is open to.
	pub fn phase(&self) -> Phase {
		match (self.condition, self.status) {
			(Condition::Deceased, _) => Phase::Deceased,
			(_, PatientStatus::Left(_)) => Phase::Left,
			(_, PatientStatus::Active) => Phase::InUse,
		}
	}

	/// The guardians in office at a moment.
	pub fn guardians_at(&self, at: Moment) -> impl Iterator<Item = &Guardian> {
		self.guardians
			.iter()
			.filter(move |one| one.is_in_office(at))
	}

	/// Whether the account is a guardian in office at a moment.
	pub fn has_guardian(&self, account: &AccountId32, at: Moment) -> bool {
		self.guardians_at(at).any(|one| one.account == *account)
	}

	/// As what the account acts for the patient at a moment, by this row, and with which
	/// leave if a delegate. Right goes before leave.
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

	/// What counts of the patient now, but for what is private.
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
	/// What holds before anything was ever said of the patient.
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

	/// Whether the account has leave at `at`.
	pub fn is_valid(&self, at: Moment) -> bool {
		self.named <= at && !self.has_lapsed(at)
	}
}

impl Guardian {
	/// Whether the term, or the proposal, is over at `at`.
	pub fn has_lapsed(&self, at: Moment) -> bool {
		self.until.is_some_and(|until| until <= at)
	}

	/// Whether the account is a guardian at `at`: confirmed before or then, not yet over.
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

/// What a patient signs to be enrolled: lines of ASCII that a wallet shows as they are.
///
/// Binds the chain (by its genesis hash), the organisation and the version of its base policy
/// (`none` where it has none), the patient id, the account and how many such messages that
/// account had signed before, so that the signature serves once and here only, and nobody
/// signs for another policy than the one that counts. Seven lines, no line break at the end;
/// numbers in decimal, the rest in lower-case hexadecimal with 0x.
pub fn enrolment_message(
	genesis: H256,
	organisation: OrganisationId,
	policy: Option<PolicyVersion>,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	let policy = policy.map_or_else(|| String::from("none"), |version| format!("{version}"));
	let policy = format!("\npolicy {policy}");
	message(
		"enrolment",
		genesis,
		organisation,
		&policy,
		patient,
		controller,
		number,
	)
}

/// What the new account signs to take over a patient id: the same lines under another title,
/// but for the base policy, which a recovery leaves as it is. Six lines.
pub fn recovery_message(
	genesis: H256,
	organisation: OrganisationId,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	message(
		"recovery",
		genesis,
		organisation,
		"",
		patient,
		controller,
		number,
	)
}

fn message(
	title: &str,
	genesis: H256,
	organisation: OrganisationId,
	policy: &str,
	patient: PatientId,
	controller: &AccountId32,
	number: u32,
) -> Vec<u8> {
	format!(
		"Assent {title}\nchain {}\norganisation {organisation}{policy}\npatient {}\naccount {}\nnumber {number}",
		hex(genesis.as_bytes()),
		hex(&patient.0),
		hex(controller.as_ref()),
	)
	.into_bytes()
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().fold(String::from("0x"), |mut text, byte| {
		// Writing into a string does not fail.
		let _ = write!(text, "{byte:02x}");
		text
	})
}
