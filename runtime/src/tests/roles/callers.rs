//! The callers: one of each kind, and the facts about each.

use super::*;
use crate::{
	calls::Sender,
	payer::{subject, Subject},
};
use configs::governance::CouncilInstance;

/// The way by which a caller gets an origin.
enum By {
	/// The caller signs with the key of this seed.
	Seed(&'static str),
	/// The caller signs nothing. The dispatcher gives the origin.
	Origin(fn() -> RuntimeOrigin),
}

macro_rules! callers {
	($($caller:ident: $name:literal, $by:expr;)+) => {
		/// One of each kind of caller.
		#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
		pub enum Caller {
			$(#[doc = $name] $caller),+
		}

		/// All callers.
		pub const EVERYBODY: &[Caller] = &[$(Caller::$caller),+];

		impl Caller {
			/// The caller's name on the page of roles.
			pub fn name(self) -> &'static str {
				match self {
					$(Caller::$caller => $name),+
				}
			}

			fn by(self) -> By {
				use By::*;
				match self {
					$(Caller::$caller => $by),+
				}
			}
		}
	};
}

callers! {
	// Origins without a key.
	Root: "root", Origin(RuntimeOrigin::root);
	TwoThirds: "two thirds of the council", Origin(|| of_council(2));
	OneVote: "fewer than two thirds of the council", Origin(|| of_council(1));
	SeatAlone: "one seat, by `council.execute`", Origin(seat);
	Unsigned: "a block's author, without a signature", Origin(RuntimeOrigin::none);
	Worker: "a node's worker, authorised",
		Origin(|| frame_system::RawOrigin::<AccountId>::Authorized.into());
	// Organisations. The first two callers act for the organisation that enrolled the patient and
	// holds the record. The next two callers act for another member. The consortium's four
	// controllers have, or had, a seat.
	Controller: "the enrolling organisation's controller", Seed("//Alpha");
	Agent: "the enrolling organisation's agent", Seed("//Alpha//agent");
	OtherController: "another organisation's controller", Seed("//Beta");
	OtherAgent: "another organisation's agent", Seed("//Beta//agent");
	SuspendedController: "a suspended organisation's controller", Seed("//Delta");
	FormerAgent: "a former agent", Seed("//Alpha//former");
	Validator: "a validator", Seed("//Beta//validator");
	// Practitioners.
	Clinician: "a clinician", Seed("//Alpha//clinician");
	EmergencyClinician: "an emergency clinician", Seed("//Emergency");
	Researcher: "a researcher", Seed("//Gamma//researcher");
	PrivacyOfficer: "a privacy officer", Seed("//Alpha//officer");
	Barred: "an emergency clinician whose role is suspended", Seed("//Alpha//barred");
	Lapsed: "a clinician whose credential lapsed", Seed("//Alpha//lapsed");
	Revoked: "a clinician whose credential was revoked", Seed("//Alpha//revoked");
	OfSuspended: "a clinician of a suspended organisation", Seed("//Delta//clinician");
	// Persons.
	Patient: "the patient", Seed("//Patient");
	Guardian: "a guardian", Seed("//Patient//guardian");
	Delegate: "a delegate within the mandate", Seed("//Patient//delegate");
	Limited: "a delegate whose mandate lacks this", Seed("//Patient//limited");
	FormerGuardian: "a guardian whose term is over", Seed("//Patient//former");
	Proposed: "a proposed guardian", Seed("//Patient//proposed");
	OtherPatient: "another patient", Seed("//Other");
	Elsewhere: "a patient of another organisation", Seed("//Elsewhere");
	// The same roles, for patients about whom fewer calls are possible.
	Recovering: "a patient being recovered", Seed("//Recovering");
	GuardianOfRecovering: "a guardian of a patient being recovered",
		Seed("//Recovering//guardian");
	DelegateOfRecovering: "a delegate of a patient being recovered",
		Seed("//Recovering//delegate");
	Incapable: "a patient unable to decide", Seed("//Incapable");
	GuardianOfIncapable: "a guardian of a patient unable to decide",
		Seed("//Incapable//guardian");
	DelegateOfIncapable: "a delegate of a patient unable to decide",
		Seed("//Incapable//delegate");
	Left: "a patient who left", Seed("//Left");
	GuardianOfLeft: "a guardian of a patient who left", Seed("//Left//guardian");
	DelegateOfLeft: "a delegate of a patient who left", Seed("//Left//delegate");
	Deceased: "the key of a dead patient", Seed("//Deceased");
	GuardianOfDeceased: "a guardian of a dead patient", Seed("//Deceased//guardian");
	DelegateOfDeceased: "a delegate of a dead patient", Seed("//Deceased//delegate");
	// An account without a role.
	Stranger: "an unknown account", Seed("//Stranger");
}

use Caller::*;

/// The origin of so many votes, of three seats.
fn of_council(votes: u32) -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, CouncilInstance>::Members(votes, 3).into()
}

fn seat() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, CouncilInstance>::Member(Controller.account()).into()
}

/// Accounts that act for the enrolling organisation.
pub const ENROLLING: &[Caller] = &[Controller, Agent];
/// Accounts that act for another active member.
pub const OTHERS: &[Caller] = &[OtherController, OtherAgent];
/// Accounts that act for an active member.
pub const MEMBERS_ACCOUNTS: &[Caller] = &[Controller, Agent, OtherController, OtherAgent];
/// Accounts with a valid credential.
pub const CREDENTIALED: &[Caller] =
	&[Clinician, EmergencyClinician, Researcher, PrivacyOfficer, Barred];
/// Patients about whom fewer calls are possible, each with the guardian and the delegate.
pub const OF_RECOVERING: &[Caller] = &[Recovering, GuardianOfRecovering, DelegateOfRecovering];
/// See [`OF_RECOVERING`].
pub const OF_INCAPABLE: &[Caller] = &[Incapable, GuardianOfIncapable, DelegateOfIncapable];
/// See [`OF_RECOVERING`].
pub const OF_LEFT: &[Caller] = &[Left, GuardianOfLeft, DelegateOfLeft];
/// See [`OF_RECOVERING`].
pub const OF_DECEASED: &[Caller] = &[Deceased, GuardianOfDeceased, DelegateOfDeceased];
/// Accounts that have no payer, or no payer any more. No pool takes the accounts' transactions,
/// except a withdrawal of a directive in force.
pub const WITHOUT_PAYER: &[Caller] = &[
	SuspendedController,
	FormerAgent,
	Lapsed,
	Revoked,
	OfSuspended,
	FormerGuardian,
	Proposed,
	Left,
	GuardianOfLeft,
	DelegateOfLeft,
	Stranger,
];
/// The accounts of [`WITHOUT_PAYER`] that the chain never knew.
pub const WITHOUT_REFERENCE: &[Caller] = &[Proposed, Stranger];

impl Caller {
	/// The account of a caller that signs.
	pub fn account(self) -> AccountId {
		account(self.seed().expect("a caller with a key"))
	}

	/// The seed of the key, for a caller that signs.
	pub fn seed(self) -> Option<&'static str> {
		match self.by() {
			By::Seed(seed) => Some(seed),
			By::Origin(_) => None,
		}
	}

	/// Whether a key signs.
	pub fn signs(self) -> bool {
		self.seed().is_some()
	}

	/// The origin with which the caller's calls are dispatched.
	pub fn origin(self) -> RuntimeOrigin {
		match self.by() {
			By::Seed(seed) => RuntimeOrigin::signed(account(seed)),
			By::Origin(origin) => origin(),
		}
	}

	/// Whether the caller has the role for this call. The facts are those of `world`.
	pub fn is(self, sender: Sender, rule: &Rule) -> bool {
		match sender {
			Sender::Agent => MEMBERS_ACCOUNTS.contains(&self),
			Sender::Seat => [Controller, OtherController].contains(&self),
			Sender::Practitioner => CREDENTIALED.contains(&self),
			Sender::Validator => self == Validator,
			Sender::Person => match subject(&rule.example(self)) {
				Subject::Patient(patient) => self.acts_for(patient),
				Subject::Record(record) => {
					Records::patient_of(record).is_some_and(|patient| self.acts_for(patient))
				}
				// The call names no patient: a person who acts for any id in use may send the call.
				Subject::Own => [world::IN_USE, world::OTHER, world::ELSEWHERE, world::RECOVERED]
					.into_iter()
					.chain([world::INCAPABLE, world::DECEASED])
					.any(|patient| self.acts_for(patient)),
			},
		}
	}

	/// Whether the caller is the controller, a guardian or a delegate of the patient.
	fn acts_for(self, patient: PatientId) -> bool {
		match patient {
			world::IN_USE => [Patient, Guardian, Delegate, Limited].contains(&self),
			world::OTHER => [OtherPatient, Guardian].contains(&self),
			world::ELSEWHERE => self == Elsewhere,
			world::RECOVERED => OF_RECOVERING.contains(&self),
			world::INCAPABLE => OF_INCAPABLE.contains(&self),
			world::LEFT => OF_LEFT.contains(&self),
			world::DECEASED => OF_DECEASED.contains(&self),
			_ => false,
		}
	}

	/// The patient of the caller's calls: the caller's own id, or the id for which the caller acts.
	/// For all other callers the patient in use, to whom the caller is a stranger.
	pub fn subject(self) -> PatientId {
		[
			(OF_RECOVERING, world::RECOVERED),
			(OF_INCAPABLE, world::INCAPABLE),
			(OF_LEFT, world::LEFT),
			(OF_DECEASED, world::DECEASED),
		]
		.into_iter()
		.find(|(callers, _)| callers.contains(&self))
		.map_or(world::IN_USE, |(_, patient)| patient)
	}
}

/// Callers that sign.
pub fn signing() -> Vec<Caller> {
	let all = EVERYBODY.iter().copied();
	all.filter(|caller| caller.signs()).collect()
}

/// Callers that sign, without some.
pub fn signing_but(without: &[Caller]) -> Vec<Caller> {
	let all = signing().into_iter();
	all.filter(|caller| !without.contains(caller)).collect()
}
