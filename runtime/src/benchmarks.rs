//! The measured pallets, and the state that the benchmarks need in other pallets: the fullest rows
//! of this runtime. `tools/weights` runs the benchmarks.
//!
//! Compiled with the feature `runtime-benchmarks` only.

use crate::{
	configs::governance::CouncilInstance, Acceptances, AccountId, AllPalletsWithSystem, Allowance,
	BlockNumber, Consent, Consortium, Emergencies, Patients, Records, Runtime, RuntimeCall,
	RuntimeOrigin, Scheduler, SessionKeys, Trail, Validators,
};
use alloc::{boxed::Box, string::String, vec, vec::Vec};
use assent_policy::{
	Class, Effect, Kinds, Moment, OrganisationId, PatientId, PolicyVersion, Private, RecordId,
	Token, MAX_ITEMS,
};
use assent_support::{
	testing::fullest::{account, attributes, classes, directive, full, groups, id, roles, NOW},
	Condition, Deed,
};
use codec::Encode;
use frame_benchmarking::{
	add_benchmark, list_benchmark, BenchmarkBatch, BenchmarkConfig, BenchmarkList,
};
use frame_support::{
	storage::unhashed,
	traits::{Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys},
	BoundedBTreeSet, BoundedVec,
};
use pallet_consortium::{
	BasePolicy, Credential, Organisation, OrganisationKind, OrganisationStatus, MAX_AGENTS,
	MAX_NAME, MAX_URL,
};
use pallet_patients::{
	Circumstances, Delegate, Guardian, Patient, PatientStatus, Ward, MAX_DELEGATES, MAX_GUARDIANS,
	MAX_PRINCIPALS, MAX_WARDS,
};
use pallet_records::{crypto::AttestationPublic, Record, RecordStatus};
use pallet_validators::{ValidatorInfo, ValidatorStatus};
use sp_core::{ed25519, sr25519};
use sp_runtime::traits::{BlakeTwo256, Hash};
use sp_staking::offence::OffenceSeverity;

/// One line for each pallet.
macro_rules! each_pallet {
	($measure:ident, $first:ident, $second:ident) => {
		$measure!($first, $second, pallet_allowance, Allowance);
		$measure!($first, $second, pallet_trail, Trail);
		$measure!($first, $second, pallet_consent, Consent);
		$measure!($first, $second, pallet_consortium, Consortium);
		$measure!($first, $second, pallet_emergencies, Emergencies);
		$measure!($first, $second, pallet_patients, Patients);
		$measure!($first, $second, pallet_acceptances, Acceptances);
		$measure!($first, $second, pallet_records, Records);
		$measure!($first, $second, pallet_validators, Validators);
	};
}

/// Lists every benchmark.
pub fn list(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	each_pallet!(list_benchmark, list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs one benchmark.
pub fn run(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let params = (&config, &whitelist);
	let mut batches = Vec::new();
	each_pallet!(add_benchmark, params, batches);
	Ok(batches)
}

/// Sets up the rows of other pallets.
pub struct Fullest;

/// The first number of the benchmarks' organisations. No organisation of a preset has the number.
const ORGANISATIONS: OrganisationId = 1_000;

impl Fullest {
	/// An active organisation with the longest name, as many agents as allowed and a base
	/// policy of the largest size, in its first version.
	fn organisation(number: u32) -> OrganisationId {
		let id = ORGANISATIONS.saturating_add(number);
		if pallet_consortium::Organisations::<Runtime>::contains_key(id) {
			return id;
		}
		let colleagues = (1..MAX_AGENTS).map(|other| account("colleague", id * MAX_AGENTS + other));
		pallet_consortium::Organisations::<Runtime>::insert(
			id,
			Organisation {
				name: vec![b'n'; MAX_NAME as usize].try_into().unwrap_or_default(),
				kind: OrganisationKind::PublicBody,
				status: OrganisationStatus::Active,
				controller: Self::controller_of(id),
				agents: full(Self::agent_of(id), colleagues),
				admitted: 0,
				policy: None,
			},
		);
		pallet_consortium::ByAgent::<Runtime>::insert(Self::agent_of(id), id);
		pallet_consortium::ByAgent::<Runtime>::insert(Self::controller_of(id), id);
		Self::register_policies(id, 1);
		id
	}

	/// Gives an organisation this number of versions of a base policy of the largest size.
	fn register_policies(organisation: OrganisationId, versions: PolicyVersion) {
		for version in 1..=versions {
			pallet_consortium::BasePolicies::<Runtime>::insert(
				organisation,
				version,
				BasePolicy {
					uri: vec![b'u'; MAX_URL as usize].try_into().unwrap_or_default(),
					version,
					hash: [u8::MAX; 32],
					rules: directive(Effect::Permit, organisation, Self::record(), u64::MAX),
					registered: 0,
				},
			);
		}
		pallet_consortium::Organisations::<Runtime>::mutate(organisation, |row| {
			if let Some(row) = row {
				row.policy = Some(versions);
			}
		});
	}

	fn controller_of(organisation: OrganisationId) -> AccountId {
		account("controller", organisation)
	}

	fn agent_of(organisation: OrganisationId) -> AccountId {
		account("agent", organisation)
	}

	/// A practitioner of the organisation with every role and as many care teams as allowed.
	fn practitioner_of(organisation: OrganisationId, number: u32) -> AccountId {
		let who = account("practitioner", number);
		pallet_consortium::Practitioners::<Runtime>::insert(
			&who,
			Credential {
				organisation,
				roles: roles(),
				groups: groups(),
				from: 0,
				until: u64::MAX,
				revoked: None,
			},
		);
		who
	}

	/// The record in base policies and directives.
	fn record() -> RecordId {
		RecordId(id("the record", 0))
	}

	/// A patient who signed for the first version, with as many guardians and delegates as allowed.
	/// As many kinds of records are private as there can be. The kind of the benchmarks' record is
	/// not private.
	fn patient_of(enrolled_by: OrganisationId, number: u32) -> PatientId {
		let patient = PatientId(id("the patient", number));
		let guardians: Vec<_> = (0..MAX_GUARDIANS)
			.map(|place| Guardian {
				account: Self::guardian_of(number, place),
				until: Some(Moment::MAX),
				named: 0,
				proposed_by: enrolled_by,
				confirmed_by: Some(enrolled_by.saturating_add(1)),
			})
			.collect();
		let delegates: Vec<_> = (0..MAX_DELEGATES)
			.map(|place| Delegate {
				account: account("delegate", number * MAX_DELEGATES + place),
				deeds: full(
					Deed::OpenDocuments,
					[Deed::Share, Deed::AnswerRequests, Deed::Withdraw, Deed::Dispute],
				),
				named: 0,
				until: Moment::MAX,
			})
			.collect();
		pallet_patients::Patients::<Runtime>::insert(
			patient,
			Patient {
				controller: Self::patient_account(number),
				controller_since: 0,
				enrolled_by,
				policy: Some(1),
				enrolled: 0,
				status: PatientStatus::Active,
				guardians: guardians.try_into().unwrap_or_default(),
				delegates: delegates.try_into().unwrap_or_default(),
				condition: Condition::Capable,
				report: None,
				recovery: None,
				changes: 1,
			},
		);
		pallet_patients::History::<Runtime>::insert(
			patient,
			0,
			Circumstances {
				private: Private {
					by_patient: Self::kinds("private to the patient"),
					by_organisation: Self::kinds("private by law"),
				},
				..Circumstances::at_first(0)
			},
		);
		patient
	}

	/// As many kinds as a list takes, without the class of the benchmarks' record.
	fn kinds(of: &str) -> Kinds {
		let mut classes = classes();
		classes.remove(&Class::Other);
		Kinds {
			classes,
			sensitivities: full(
				Token(id(of, 0)),
				(1..MAX_ITEMS).map(|number| Token(id(of, number))),
			),
		}
	}

	fn patient_account(number: u32) -> AccountId {
		account("patient", number)
	}

	fn guardian_of(patient: u32, place: u32) -> AccountId {
		account("guardian", patient * MAX_GUARDIANS + place)
	}

	/// The first patient, and the guardian found last.
	fn patient_and_guardian(enrolled_by: OrganisationId) -> (PatientId, AccountId) {
		let last = MAX_GUARDIANS.saturating_sub(1);
		(Self::patient_of(enrolled_by, 0), Self::guardian_of(0, last))
	}

	/// Gives the seats in the council to this number of organisations, and to nobody else.
	fn seat(count: u32) {
		let controllers = (1..count).map(|number| Self::controller_of(Self::organisation(number)));
		let first = Self::controller_of(Self::organisation(0));
		pallet_consortium::Seats::<Runtime>::set(full(first, controllers));
	}

	/// Gives a validator session keys of its own. The attestation key is `attestation`, if given.
	fn give_keys(validator: &AccountId, attestation: Option<&AttestationPublic>) {
		let raw: [u8; 32] = validator.clone().into();
		let own = sr25519::Public::from_raw(raw);
		let keys = SessionKeys {
			aura: own.into(),
			grandpa: ed25519::Public::from_raw(raw).into(),
			attestation: attestation.cloned().unwrap_or_else(|| own.into()),
		};
		let owned = (pallet_records::crypto::KEY_TYPE, keys.attestation.encode());
		pallet_session::KeyOwner::<Runtime>::insert(owned, validator);
		pallet_session::NextKeys::<Runtime>::insert(validator, keys);
	}

	fn set_clock(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl pallet_allowance::benchmarking::BenchmarkHelper<RuntimeCall> for Fullest {
	fn wrapped() -> RuntimeCall {
		let withdraw = RuntimeCall::Consent(pallet_consent::Call::withdraw {
			patient: PatientId(id("the patient", 0)),
			directive: 0,
		});
		let batch = |calls| RuntimeCall::Utility(pallet_utility::Call::batch { calls });
		let all = batch(vec![withdraw; 100]);
		(1..crate::calls::MAX_NESTING).fold(all, |call, _| batch(vec![call]))
	}
}

impl pallet_consent::benchmarking::BenchmarkHelper for Fullest {
	fn set_time(now: Moment) {
		Self::set_clock(now);
	}

	fn patient() -> (PatientId, AccountId) {
		Self::patient_and_guardian(Self::organisation(0))
	}

	fn practitioner(number: u32) -> (AccountId, OrganisationId) {
		let organisation = Self::organisation(0);
		(Self::practitioner_of(organisation, number), organisation)
	}

	fn register(patient: PatientId, record: RecordId) {
		pallet_records::Records::<Runtime>::insert(
			record,
			Record {
				patient,
				attributes: attributes(record, Self::organisation(0)),
				version: 1,
				dispute: Some(0),
				status: RecordStatus::Active,
				registered: 0,
			},
		);
	}
}

impl pallet_consortium::benchmarking::BenchmarkHelper<Runtime> for Fullest {
	fn set_time(now: Moment) {
		Self::set_clock(now);
	}

	fn open_motions(seats: &[AccountId]) {
		let most: u32 =
			<Runtime as pallet_collective::Config<CouncilInstance>>::MaxProposals::get();
		let hashes: Vec<_> = (0..most).map(|number| BlakeTwo256::hash_of(&number)).collect();
		for hash in &hashes {
			// The fields of the collective's votes are private, so the row is written in bytes.
			let votes =
				(0u32, seats.len() as u32, seats, Vec::<AccountId>::new(), BlockNumber::MAX);
			let key = pallet_collective::Voting::<Runtime, CouncilInstance>::hashed_key_for(hash);
			unhashed::put_raw(&key, &votes.encode());
		}
		pallet_collective::Proposals::<Runtime, CouncilInstance>::put(
			BoundedVec::try_from(hashes).unwrap_or_default(),
		);
		pallet_collective::Members::<Runtime, CouncilInstance>::put(seats.to_vec());
	}

	fn council() -> RuntimeOrigin {
		pallet_collective::RawOrigin::<AccountId, CouncilInstance>::Members(2, 3).into()
	}

	fn enactable() -> RuntimeCall {
		let longest = || vec![b'n'; 64].try_into().unwrap_or_default();
		RuntimeCall::TxPause(pallet_tx_pause::Call::pause { full_name: (longest(), longest()) })
	}

	fn fill_agenda(at: BlockNumber) {
		let most: u32 = <Runtime as pallet_scheduler::Config>::MaxScheduledPerBlock::get();
		for _ in 1..most {
			let call = Box::new(RuntimeCall::TxPause(pallet_tx_pause::Call::pause {
				full_name: (
					vec![b'n'; 56].try_into().unwrap_or_default(),
					vec![b'n'; 56].try_into().unwrap_or_default(),
				),
			}));
			let scheduled = Scheduler::schedule(RuntimeOrigin::root(), at, None, u8::MAX, call);
			assert!(scheduled.is_ok());
		}
	}
}

impl pallet_emergencies::benchmarking::BenchmarkHelper for Fullest {
	fn set_time(now: Moment) {
		Self::set_clock(now);
	}

	fn patient(number: u32) -> PatientId {
		Self::patient_of(Self::organisation(0), number)
	}

	fn practitioner() -> (AccountId, OrganisationId) {
		let organisation = Self::organisation(0);
		(Self::practitioner_of(organisation, 0), organisation)
	}

	fn agent() -> (AccountId, OrganisationId) {
		let organisation = Self::organisation(1);
		let controller = Self::controller_of(organisation);
		let seated =
			pallet_consortium::Seats::<Runtime>::try_mutate(|seats| seats.try_insert(controller));
		assert!(seated.is_ok());
		(Self::agent_of(organisation), organisation)
	}

	fn fill_organisations() {
		Self::seat(<Runtime as pallet_consortium::Config>::MaxOrganisations::get());
	}
}

impl pallet_patients::benchmarking::BenchmarkHelper for Fullest {
	fn agent(number: u32) -> (AccountId, OrganisationId) {
		let organisation = Self::organisation(number);
		(Self::agent_of(organisation), organisation)
	}

	fn practitioner() -> AccountId {
		Self::practitioner_of(Self::organisation(900), 0)
	}

	fn set_time(now: Moment) {
		Self::set_clock(now);
	}
}

impl pallet_acceptances::benchmarking::BenchmarkHelper for Fullest {
	fn set_time(now: Moment) {
		Self::set_clock(now);
	}

	fn agent() -> (AccountId, OrganisationId) {
		let organisation = Self::organisation(0);
		(Self::agent_of(organisation), organisation)
	}

	fn register(organisation: OrganisationId, versions: u32) {
		Self::register_policies(organisation, versions);
	}

	fn patient(organisation: OrganisationId, number: u32) -> (PatientId, AccountId) {
		let patient = Self::patient_of(organisation, number);
		(patient, Self::patient_account(number))
	}
}

impl pallet_records::benchmarking::BenchmarkHelper for Fullest {
	fn agent() -> (AccountId, OrganisationId) {
		Self::set_clock(NOW);
		let organisation = Self::organisation(0);
		(Self::agent_of(organisation), organisation)
	}

	fn patient(enrolled_by: OrganisationId) -> (PatientId, AccountId) {
		Self::patient_and_guardian(enrolled_by)
	}

	fn attestors(custodian: OrganisationId, key: &AttestationPublic) -> OrganisationId {
		let most: u32 = <Runtime as pallet_validators::Config>::MaxValidators::get();
		let last = Self::organisation(most.saturating_sub(1));
		let others = (1..most).map(Self::organisation);
		pallet_validators::Running::<Runtime>::put(BoundedBTreeSet::from(full(custodian, others)));
		let validator = account("validator", last);
		pallet_validators::Validators::<Runtime>::insert(
			&validator,
			ValidatorInfo { organisation: last, status: ValidatorStatus::Active, cleared: 0 },
		);
		Self::give_keys(&validator, Some(key));
		last
	}

	/// Validators are found later than delegates, but have fewer rows. The reader is therefore a
	/// delegate, with wards that have all lapsed, and is found by the last of the principals.
	fn reader() -> AccountId {
		Self::set_clock(NOW);
		let reader = Self::practitioner_of(Self::organisation(1), 0);
		// The credential is read, and has lapsed.
		pallet_consortium::Practitioners::<Runtime>::mutate(&reader, |credential| {
			if let Some(credential) = credential {
				credential.until = NOW;
			}
		});
		let wards = |of, count: u32, last_until| -> Vec<_> {
			let last = count.saturating_sub(1);
			(0..count)
				.map(|number| Ward {
					patient: PatientId(id(of, number)),
					until: Some(if number == last { last_until } else { NOW }),
				})
				.collect()
		};
		pallet_patients::WardsOf::<Runtime>::insert(
			&reader,
			pallet_patients::Wards::try_from(wards("ward", MAX_WARDS, NOW)).unwrap_or_default(),
		);
		let principals = wards("principal", MAX_PRINCIPALS, Moment::MAX);
		pallet_patients::PrincipalsOf::<Runtime>::insert(
			&reader,
			pallet_patients::Principals::try_from(principals).unwrap_or_default(),
		);
		let patient = Self::patient_of(Self::organisation(1), 0);
		pallet_patients::Patients::<Runtime>::mutate(patient, |row| {
			if let Some(row) = row {
				row.status = PatientStatus::Left(0);
			}
		});
		pallet_patients::ByController::<Runtime>::insert(&reader, patient);
		reader
	}
}

impl pallet_validators::benchmarking::BenchmarkHelper for Fullest {
	fn organisation(number: u32) -> OrganisationId {
		Self::organisation(number)
	}

	fn set_keys(validator: &AccountId, _: u32) {
		Self::give_keys(validator, None);
	}

	fn run(validators: Vec<AccountId>, last_disabled: bool) {
		let last = (validators.len() as u32).saturating_sub(1);
		// One below the limit of a third, so one more validator is disabled.
		let others = (last / 3).saturating_sub(1);
		let disabled: Vec<_> = (0..others)
			.chain(last_disabled.then_some(last))
			.map(|index| (index, OffenceSeverity::max_severity()))
			.collect();
		pallet_session::Validators::<Runtime>::put(validators);
		pallet_session::DisabledValidators::<Runtime>::put(disabled);
	}
}
