//! Who calls: one of each kind of caller, and what is known of each.

use super::*;
use configs::governance::CouncilInstance;

/// How a caller comes to its origin.
enum By {
	/// Signs with the key of this seed.
	Seed(&'static str),
	/// Signs nothing: what dispatches it gives the origin.
	Origin(fn() -> RuntimeOrigin),
}

macro_rules! callers {
	($($caller:ident: $name:literal, $by:expr;)+) => {
		/// One of each kind of caller.
		#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
		pub enum Caller {
			$(#[doc = $name] $caller),+
		}

		/// All of them.
		pub const EVERYBODY: &[Caller] = &[$(Caller::$caller),+];

		impl Caller {
			/// As the page on roles calls it.
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
	// Origins that no key signs for.
	Root: "root", Origin(RuntimeOrigin::root);
	TwoThirds: "two thirds of the council", Origin(|| of_council(2));
	OneVote: "fewer than two thirds of the council", Origin(|| of_council(1));
	SeatAlone: "one seat, by `council.execute`", Origin(seat);
	Unsigned: "a block's author, without a signature", Origin(RuntimeOrigin::none);
	Worker: "a node's worker, authorised",
		Origin(|| frame_system::RawOrigin::<AccountId>::Authorized.into());
	// Organisations. The first two act for the one that enrolled the patient and holds the
	// record, the next two for another member; all four controllers have, or had, a seat.
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
	// The same, of patients of whom not everything can be done.
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
	// Nobody.
	Stranger: "an unknown account", Seed("//Stranger");
}

use Caller::*;

/// So many of the three seats.
fn of_council(votes: u32) -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, CouncilInstance>::Members(votes, 3).into()
}

fn seat() -> RuntimeOrigin {
	pallet_collective::RawOrigin::<AccountId, CouncilInstance>::Member(Controller.account()).into()
}

/// Whoever acts for the enrolling organisation.
pub const ENROLLING: &[Caller] = &[Controller, Agent];
/// Whoever acts for another active member.
pub const OTHERS: &[Caller] = &[OtherController, OtherAgent];
/// Whoever acts for an active member.
pub const MEMBERS_ACCOUNTS: &[Caller] = &[Controller, Agent, OtherController, OtherAgent];
/// Whoever holds a credential that counts.
pub const CREDENTIALED: &[Caller] = &[
	Clinician,
	EmergencyClinician,
	Researcher,
	PrivacyOfficer,
	Barred,
];
/// Patients of whom not everything can be done, with who acts for each.
pub const OF_RECOVERING: &[Caller] = &[Recovering, GuardianOfRecovering, DelegateOfRecovering];
/// See [`OF_RECOVERING`].
pub const OF_INCAPABLE: &[Caller] = &[Incapable, GuardianOfIncapable, DelegateOfIncapable];
/// See [`OF_RECOVERING`].
pub const OF_LEFT: &[Caller] = &[Left, GuardianOfLeft, DelegateOfLeft];
/// See [`OF_RECOVERING`].
pub const OF_DECEASED: &[Caller] = &[Deceased, GuardianOfDeceased, DelegateOfDeceased];
/// Whoever's transactions no pool takes, but for a withdrawal of a directive in force: without
/// standing, or without one any more.
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
/// Of those, whom the chain never knew.
pub const WITHOUT_REFERENCE: &[Caller] = &[Proposed, Stranger];

impl Caller {
	/// The account, of a caller that signs.
	pub fn account(self) -> AccountId {
		account(self.seed().expect("a caller with a key"))
	}

	/// The seed of the key, of a caller that signs.
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

	/// The patient about whom the caller's calls are: their own, or the one that they act for;
	/// of everybody else the patient in use, who is a stranger to them.
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

/// Callers that sign, but for these.
pub fn signing_but(without: &[Caller]) -> Vec<Caller> {
	let all = signing().into_iter();
	all.filter(|caller| !without.contains(caller)).collect()
}
