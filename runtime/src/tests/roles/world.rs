//! The state in which every caller calls. Calls in blocks make the state.

use super::*;
use assent_policy::{Actor, Class, Confidentiality, Directive, Effect, Provision, Purpose, Role};
use assent_support::{Condition, Deed, EmergencyReason, Justification};
use codec::{Decode, Encode};
use pallet_consortium::{Call as Consortiums, Capacity};
use pallet_emergencies::{Call as Emergency, EmergencyId, Stage};
use pallet_patients::Call as Persons;
use pallet_records::{Document, Labels};
use sp_core::{ed25519, traits::ReadRuntimeVersionExt, Pair, H256};
use sp_runtime::traits::Hash as _;
use std::collections::BTreeSet;

/// The patient in use. Every call about the patient is possible.
pub const IN_USE: PatientId = PatientId([1; 16]);
/// A patient being recovered. The delay is over.
pub const RECOVERED: PatientId = PatientId([2; 16]);
/// A patient unable to decide.
pub const INCAPABLE: PatientId = PatientId([3; 16]);
/// A patient who left.
pub const LEFT: PatientId = PatientId([4; 16]);
/// A patient who is dead.
pub const DECEASED: PatientId = PatientId([5; 16]);
/// Another patient in use. A guardian proposed a recovery for the patient.
pub const OTHER: PatientId = PatientId([6; 16]);
/// A patient enrolled by another organisation.
pub const ELSEWHERE: PatientId = PatientId([7; 16]);
/// The patients about whom the callers call.
const SUBJECTS: [(PatientId, &str); 5] = [
	(IN_USE, "//Patient"),
	(RECOVERED, "//Recovering"),
	(INCAPABLE, "//Incapable"),
	(LEFT, "//Left"),
	(DECEASED, "//Deceased"),
];

/// The review is overdue: to be passed on.
pub const OVERDUE: EmergencyId = 0;
/// Noted as not justified in time: the declarer's role is suspended.
const NOTED: EmergencyId = 1;
/// Late with the justification, without a note.
pub const LATE: EmergencyId = 2;
/// Under review by the other organisation.
pub const UNDER_REVIEW: EmergencyId = 3;
/// Over, and not justified yet.
pub const OWED: EmergencyId = 4;
/// Justified. The reviewer is to be drawn.
pub const TO_BE_DRAWN: EmergencyId = 5;
/// Under way.
pub const ACTIVE: EmergencyId = 6;

/// The directive of each patient that is in force.
pub const IN_FORCE: u32 = 0;
/// The code that the council authorised. Every caller may carry out the upgrade.
pub const CODE: &[u8] = b"the next runtime";
/// The accounts to which recoveries are proposed.
pub const NEW_KEY: &str = "//Patient//new";
/// See [`NEW_KEY`].
pub const OTHER_NEW_KEY: &str = "//Other//new";
/// The validator that signed two conflicting votes.
pub const OFFENDER: &str = "//Delta//validator";

const DAY: u64 = 24 * 60 * 60 * 1000;
const YEAR: u64 = 365 * DAY;

/// A record of the patient with undisputed content.
pub fn record_of(patient: PatientId) -> RecordId {
	RecordId([patient.0[0]; 16])
}

/// A record of the patient with disputed content.
pub fn disputed_of(patient: PatientId) -> RecordId {
	RecordId([patient.0[0] + 100; 16])
}

/// The motion on which two members may still vote.
pub fn open_motion() -> RuntimeCall {
	RuntimeCall::TxPause(pallet_tx_pause::Call::pause { full_name: motions_object() })
}

/// The call that the motions pause and resume. No other example names the call.
fn motions_object() -> pallet_tx_pause::RuntimeCallNameOf<Runtime> {
	let bounded = |text: &str| text.as_bytes().to_vec().try_into().unwrap();
	(bounded("Consent"), bounded("request"))
}

/// The decided motion, which waits to be closed.
pub fn decided_motion() -> RuntimeCall {
	RuntimeCall::TxPause(pallet_tx_pause::Call::unpause { ident: motions_object() })
}

/// The account of a subject's guardian or delegate.
pub fn acting_for(patient: PatientId, as_what: &str) -> AccountId {
	let (_, seed) = SUBJECTS.iter().find(|(id, _)| *id == patient).unwrap();
	account(&format!("{seed}//{as_what}"))
}

/// A set of the values.
pub fn set<T: Ord, const N: u32>(
	values: impl IntoIterator<Item = T>,
) -> frame_support::BoundedBTreeSet<T, frame_support::traits::ConstU32<N>> {
	let values: BTreeSet<T> = values.into_iter().collect();
	values.try_into().unwrap_or_else(|_| panic!("too many"))
}

/// Everybody may do everything.
pub fn permission() -> Directive {
	Directive { base: Provision::any(Effect::Permit), exceptions: Default::default() }
}

/// The labels of a document of this class.
pub fn labels(class: Class) -> Labels {
	Labels {
		class,
		confidentiality: Confidentiality::Normal,
		sensitivities: Default::default(),
		code: None,
		author: None,
		encounter: None,
		authored: 600,
	}
}

/// A ciphertext.
pub fn document(byte: u8) -> Document {
	Document { ciphertext: [byte; 32], size: 4096, cid: None, commitment: [0; 32] }
}

/// The time of the chain.
pub fn now() -> u64 {
	pallet_timestamp::Now::<Runtime>::get()
}

/// An enrolment with the patient's signature.
pub fn enrol(organisation: u32, patient: PatientId, seed: &str) -> RuntimeCall {
	let pair = pair(seed);
	let controller = account(seed);
	let (number, message) = Patients::enrolment_to_sign(organisation, patient, controller.clone());
	RuntimeCall::Patients(Persons::enrol {
		patient,
		controller,
		number,
		signature: pair.sign(&message).into(),
	})
}

/// A recovery with the new account's signature.
pub fn propose_recovery(patient: PatientId, seed: &str) -> RuntimeCall {
	let pair = pair(seed);
	let controller = account(seed);
	let (number, message) = Patients::recovery_to_sign(patient, controller.clone()).unwrap();
	RuntimeCall::Patients(Persons::propose_recovery {
		patient,
		controller,
		number,
		signature: pair.sign(&message).into(),
	})
}

/// A validator's new session keys, with the proof of possession.
pub fn set_keys(validator: &str, keys: &str) -> RuntimeCall {
	let sr25519 = pair(keys);
	let ed25519 = ed25519::Pair::from_string(keys, None).unwrap();
	let owned = sp_core::proof_of_possession::statement_of_ownership(&account(validator).encode());
	RuntimeCall::Session(pallet_session::Call::set_keys {
		keys: SessionKeys {
			aura: sr25519.public().into(),
			grandpa: ed25519.public().into(),
			attestation: sr25519.public().into(),
		},
		proof: (sr25519.sign(&owned), ed25519.sign(&owned), sr25519.sign(&owned)).encode(),
	})
}

/// The number of the organisation with this controller.
fn organisation_of(controller: &str) -> u32 {
	Consortium::organisation_of(account(controller)).expect("a member's account")
}

fn credential(by: &str, seed: &str, roles: &[Role], until: u64) -> RuntimeCall {
	let capacity = Capacity::Practitioner;
	RuntimeCall::Consortium(Consortiums::credential {
		practitioner: account(seed),
		roles: set(roles.iter().copied()),
		groups: Default::default(),
		from: 0,
		until,
		consent: Some(consent_of(seed, organisation_of(by), capacity)),
	})
}

/// A version of the caller's base policy. The rules permit no caller of the tests.
pub fn base_policy() -> RuntimeCall {
	let mut rules = permission();
	rules.base.actors = set([Actor::Role(Role::Nurse)]);
	RuntimeCall::Consortium(Consortiums::set_base_policy {
		uri: b"urn:policy".to_vec().try_into().unwrap(),
		hash: [0; 32],
		rules: Box::new(rules),
	})
}

/// The criterion by which a directive names one practitioner.
pub fn only(who: &AccountId) -> assent_policy::Criterion<Actor> {
	set([Actor::Practitioner(who.clone().into())])
}

fn grant(patient: PatientId, until: Option<u64>) -> RuntimeCall {
	RuntimeCall::Consent(pallet_consent::Call::grant {
		patient,
		actors: only(&Caller::Clinician.account()),
		purposes: set([Purpose::Treatment]),
		classes: Default::default(),
		until,
	})
}

fn register(record: RecordId, patient: PatientId) -> RuntimeCall {
	RuntimeCall::Records(pallet_records::Call::register {
		record,
		patient,
		labels: labels(Class::LabResult),
		document: document(record.0[0]),
	})
}

/// Sends a call that must succeed.
fn done(seed: &str, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let what = format!("{seed}: {:?}", call.get_call_metadata());
	assert_eq!(send(seed, call), Ok(Ok(())), "{what}");
}

fn declare(seed: &str, patient: PatientId) {
	done(
		seed,
		Emergency::declare { patient, reason: EmergencyReason::LifeThreatening, minutes: 10 },
	);
}

fn justify(emergency: EmergencyId) {
	done(
		"//Emergency",
		Emergency::justify {
			emergency,
			justification: Justification::Treated,
			commitment: H256::repeat_byte(1),
		},
	);
}

/// Answers like a node about [`CODE`]: a later version of this runtime.
struct NextVersion;

impl sp_core::traits::ReadRuntimeVersion for NextVersion {
	fn read_runtime_version(
		&self,
		_: &[u8],
		_: &mut dyn sp_core::traits::Externalities,
	) -> Result<Vec<u8>, String> {
		let mut version = VERSION;
		version.spec_version += 1;
		Ok(version.encode())
	}
}

/// The state with every kind of caller, in which each call of the tables finds something to act on.
/// The state is at the beginning of a block without time.
pub fn build() -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::new_empty();
	ext.register_extension(ReadRuntimeVersionExt::new(NextVersion));
	ext.execute_with(|| {
		let blocks = &mut Blocks::start();
		organisations(blocks);
		persons(blocks);
		validators(blocks);
		emergencies_before(blocks);
		blocks.wait(15 * DAY);
		afterwards(blocks);
		emergencies_now(blocks);
		council(blocks);
		blocks.begin();
		System::reset_events();
	});
	ext.commit_all().unwrap();
	ext
}

fn organisations(blocks: &mut Blocks) {
	use Role::*;
	blocks.block(|| {
		for (controller, seed) in [
			("//Alpha", "//Alpha//agent"),
			("//Alpha", "//Alpha//former"),
			("//Beta", "//Beta//agent"),
		] {
			let agent = account(seed);
			let consent = consent_of(seed, organisation_of(controller), Capacity::Agent);
			done(controller, Consortiums::add_agent { agent, consent });
		}
		done("//Alpha", base_policy());
		done("//Beta", base_policy());
	});
	blocks.block(|| {
		let (soon, later) = (now() + DAY, now() + YEAR);
		for (organisation, seed, roles, until) in [
			("//Alpha", "//Alpha//clinician", vec![Clinician], later),
			("//Alpha", "//Alpha//officer", vec![PrivacyOfficer], later),
			("//Alpha", "//Alpha//barred", vec![EmergencyClinician], later),
			("//Alpha", "//Alpha//lapsed", vec![Clinician], soon),
			("//Alpha", "//Alpha//revoked", vec![Clinician], later),
			("//Gamma", "//Gamma//researcher", vec![Researcher], later),
			("//Gamma", "//Emergency", vec![EmergencyClinician], later),
			("//Delta", "//Delta//clinician", vec![Clinician], later),
		] {
			done(organisation, credential(organisation, seed, &roles, until));
		}
	});
}

fn persons(blocks: &mut Blocks) {
	blocks.block(|| {
		for (patient, seed) in SUBJECTS.into_iter().chain([(OTHER, "//Other")]) {
			done("//Alpha//agent", enrol(0, patient, seed));
		}
		done("//Beta", enrol(1, ELSEWHERE, "//Elsewhere"));
	});
	blocks.block(|| {
		for (patient, _) in SUBJECTS {
			done("//Alpha//agent", register(record_of(patient), patient));
			done("//Alpha//agent", register(disputed_of(patient), patient));
		}
	});
	blocks.block(|| {
		let guardians = SUBJECTS
			.map(|(patient, seed)| (patient, format!("{seed}//guardian"), None))
			.into_iter()
			.chain([
				(IN_USE, "//Patient//former".into(), Some(now() + DAY)),
				(OTHER, "//Patient//guardian".into(), None),
				(OTHER, "//Other//guardian".into(), None),
			]);
		for (patient, seed, until) in guardians {
			let guardian = account(&seed);
			done(
				"//Alpha",
				Persons::propose_guardian { patient, guardian: guardian.clone(), until },
			);
			done("//Beta", Persons::confirm_guardian { patient, guardian });
		}
		done(
			"//Alpha",
			Persons::propose_guardian {
				patient: IN_USE,
				guardian: Caller::Proposed.account(),
				until: None,
			},
		);
	});
	blocks.block(|| {
		use Deed::*;
		let all = [Share, AnswerRequests, Withdraw, Dispute, OpenDocuments];
		let until = now() + YEAR / 2;
		let delegate = |patient, seed: &str, name: &str, deeds: &[Deed]| {
			done(
				seed,
				Persons::name_delegate {
					patient,
					delegate: account(&format!("{seed}//{name}")),
					deeds: set(deeds.iter().copied()),
					until,
				},
			);
		};
		for (patient, seed) in SUBJECTS {
			delegate(patient, seed, "delegate", &all);
			done(seed, grant(patient, None));
			let record = disputed_of(patient);
			done(seed, pallet_records::Call::dispute { record });
		}
		delegate(IN_USE, "//Patient", "limited", &[OpenDocuments]);
		// The grant expires without a note.
		done("//Patient", grant(IN_USE, Some(now() + DAY)));
	});
}

/// A fifth validator makes blocks, so the chain can do without the offender.
fn validators(blocks: &mut Blocks) {
	let fifth = "//Gamma//second";
	assert_ok!(blocks.enact(RuntimeCall::Validators(pallet_validators::Call::add {
		organisation: 2,
		validator: account(fifth),
	})));
	blocks.block(|| done(fifth, set_keys(fifth, fifth)));
	blocks.pass_session();
	blocks.pass_session();
	assert_eq!(Session::validators().len(), 5);
	blocks.block(|| assert_eq!(report(equivocation("//Delta", 1)), Ok(Ok(())), "the offence"));
	blocks.pass_session();
	blocks.pass_session();
	assert_eq!(Session::validators().len(), 4);
}

fn emergencies_before(blocks: &mut Blocks) {
	blocks.block(|| {
		declare("//Emergency", IN_USE);
		declare("//Alpha//barred", IN_USE);
		declare("//Alpha//barred", OTHER);
		let emergency = OVERDUE;
		done("//Emergency", Emergency::end { emergency });
		justify(OVERDUE);
	});
	blocks.pass(7);
	blocks.block(|| {
		let emergency = OVERDUE;
		done("//Alpha", Emergency::draw { emergency });
	});
}

/// The changes after half a month: terms are over, and patients are asked.
fn afterwards(blocks: &mut Blocks) {
	blocks.block(|| {
		let emergency = NOTED;
		done("//Alpha", Emergency::suspend_unjustified { emergency });
		let practitioner = Caller::Revoked.account();
		done("//Alpha", Consortiums::revoke { practitioner });
		let agent = Caller::FormerAgent.account();
		done("//Alpha", Consortiums::remove_agent { agent });
		done("//Alpha", Consortiums::propose_endpoint { url: endpoint() });
		done("//Alpha", base_policy());
		done(
			"//Alpha",
			pallet_acceptances::Call::open_campaign { from: None, until: now() + YEAR },
		);
		let patients = set(SUBJECTS.map(|(patient, _)| patient));
		done("//Alpha", pallet_acceptances::Call::ask { patients });
	});
	blocks.block(|| {
		for (patient, _) in SUBJECTS {
			let who = Caller::Clinician.account();
			done(
				"//Alpha//clinician",
				pallet_consent::Call::request {
					patient,
					actors: only(&who),
					purposes: set([Purpose::Treatment]),
					classes: Default::default(),
					until: None,
					policy: None,
				},
			);
		}
		let new_key = "//Recovering//new";
		done("//Alpha", propose_recovery(RECOVERED, new_key));
		done(
			"//Beta",
			Persons::support_recovery { patient: RECOVERED, controller: account(new_key) },
		);
	});
	blocks.wait(7 * DAY);
	blocks.block(|| {
		done("//Alpha", propose_recovery(IN_USE, NEW_KEY));
		done("//Other//guardian", propose_recovery(OTHER, OTHER_NEW_KEY));
		for (patient, condition) in
			[(INCAPABLE, Condition::Incapable), (DECEASED, Condition::Deceased)]
		{
			done("//Alpha", Persons::report_condition { patient, condition });
			done("//Beta", Persons::confirm_condition { patient, condition });
		}
		done("//Left", Persons::leave {});
		done(
			"//Alpha",
			Persons::report_condition { patient: IN_USE, condition: Condition::Incapable },
		);
	});
}

/// The address that the enrolling organisation proposed.
pub fn endpoint() -> pallet_consortium::Url {
	b"https://vault.example:8443".to_vec().try_into().unwrap()
}

/// Emergencies in every stage. One organisation alone can be drawn for the emergency to be
/// reviewed. The declaration was made under Gamma. Alpha vouches for the declarer now. Delta is
/// suspended, so Beta is drawn.
fn emergencies_now(blocks: &mut Blocks) {
	blocks.block(|| {
		let emergency = UNDER_REVIEW;
		declare("//Emergency", IN_USE);
		done("//Emergency", Emergency::end { emergency });
		justify(UNDER_REVIEW);
		let practitioner = Caller::EmergencyClinician.account();
		done("//Gamma", Consortiums::revoke { practitioner });
		let roles = [Role::EmergencyClinician];
		done("//Alpha", credential("//Alpha", "//Emergency", &roles, now() + YEAR));
	});
	assert_ok!(blocks.enact(RuntimeCall::Consortium(Consortiums::suspend { organisation: 3 })));
	blocks.block(|| {
		let emergency = UNDER_REVIEW;
		done("//Alpha", Emergency::draw { emergency });
		let row = pallet_emergencies::Emergencies::<Runtime>::get(emergency).unwrap();
		assert!(matches!(row.stage, Stage::UnderReview { reviewer: 1, .. }));
		for (emergency, patient) in [(OWED, IN_USE), (TO_BE_DRAWN, OTHER)] {
			declare("//Emergency", patient);
			done("//Emergency", Emergency::end { emergency });
		}
		justify(TO_BE_DRAWN);
		declare("//Emergency", ELSEWHERE);
	});
}

fn council(blocks: &mut Blocks) {
	use pallet_collective::Call::{propose, vote};
	let code_hash = BlakeTwo256::hash(CODE);
	assert_ok!(
		blocks.enact(RuntimeCall::System(frame_system::Call::authorize_upgrade { code_hash }))
	);
	blocks.block(|| {
		for motion in [open_motion(), decided_motion()] {
			done(
				"//Gamma",
				RuntimeCall::Council(propose {
					threshold: 2,
					length_bound: motion.encoded_size() as u32,
					proposal: Box::new(motion),
				}),
			);
		}
		let proposal = BlakeTwo256::hash_of(&decided_motion());
		for seed in ["//Alpha", "//Beta"] {
			done(
				seed,
				RuntimeCall::Council(vote {
					proposal,
					index: motion_index(proposal),
					approve: true,
				}),
			);
		}
	});
	// The enacted call waits for the delay.
	assert_ok!(blocks.decide(RuntimeCall::Consortium(Consortiums::enact {
		call: Box::new(RuntimeCall::Records(pallet_records::Call::set_recheck_period {
			blocks: 50
		})),
	})));
}

/// The number of a motion. The number is the first field of the motion's votes, and stands in no
/// other row.
pub fn motion_index(motion: H256) -> u32 {
	use configs::governance::CouncilInstance;
	let votes = pallet_collective::Voting::<Runtime, CouncilInstance>::get(motion);
	let votes = votes.expect("the motion is open").encode();
	u32::decode(&mut &votes[..]).unwrap()
}

/// The block and the place at which the last enacted call waits.
pub fn waiting() -> (BlockNumber, u32) {
	let (when, agenda) =
		pallet_scheduler::Agenda::<Runtime>::iter().next().expect("something waits");
	let index = agenda.iter().position(|task| task.is_some()).unwrap();
	(when, index as u32)
}
