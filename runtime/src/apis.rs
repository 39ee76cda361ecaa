//! The reads of the runtime, each from the pallet that knows the answer.

use crate::{
	Acceptances, AccountId, Allowance, Aura, Block, Consent, Consortium, Emergencies, Executive,
	Grandpa, Hash, Header, Historical, Nonce, Patients, Records, Runtime, RuntimeEvent,
	RuntimeGenesisConfig, Session, SessionKeys, System, Timestamp, Validators, VERSION,
};
use alloc::vec::Vec;
use assent_policy::{
	Action, Basis, Decision, DirectiveId, Moment, OrganisationId, PatientId, PolicyVersion,
	Purpose, RecordId,
};
use assent_runtime_api::figures::Notice;
use codec::Encode;
use frame_support::genesis_builder_helper::{build_state, get_preset};
use pallet_consent::{Asked, Decided, NotDelivered};
use pallet_emergencies::{Declarer, EmergencyId, EmergencyRow, EmergencyState, Owed, ReviewCount};
use pallet_grandpa::AuthorityId as GrandpaId;
use pallet_records::RecordView;
use sp_api::impl_runtime_apis;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata, H256};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult,
};
use sp_session::OpaqueGeneratedSessionKeys;
use sp_version::RuntimeVersion;

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &Header) -> sp_runtime::ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(
			data: sp_inherents::InherentData,
		) -> Vec<<Block as BlockT>::Extrinsic> {
			use crate::InherentDataExt as _;
			data.create_extrinsics()
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			use crate::InherentDataExt as _;
			data.check_extrinsics(&block)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_aura::AuraApi<Block, AuraId> for Runtime {
		fn slot_duration() -> sp_consensus_aura::SlotDuration {
			sp_consensus_aura::SlotDuration::from_millis(Aura::slot_duration())
		}

		fn authorities() -> Vec<AuraId> {
			pallet_aura::Authorities::<Runtime>::get().into_inner()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<Hash, NumberFor<Block>>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			_set_id: sp_consensus_grandpa::SetId,
			authority_id: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			use frame_support::traits::KeyOwnerProofSystem;
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(proof.encode()))
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, crate::genesis::presets::get)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			crate::genesis::presets::names()
		}
	}

	impl assent_runtime_api::ConsentApi<Block> for Runtime {
		fn check_access(
			account: AccountId,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
		) -> Decision {
			let now = pallet_timestamp::Now::<Runtime>::get();
			Consent::check_access(account, patient, record, purpose, action, now)
		}

		fn check_access_at(
			account: AccountId,
			patient: PatientId,
			record: RecordId,
			purpose: Purpose,
			action: Action,
			at: Moment,
		) -> Decision {
			Consent::check_access(account, patient, record, purpose, action, at)
		}

		fn can_withdraw(account: AccountId, patient: PatientId, directive: DirectiveId) -> bool {
			Consent::can_withdraw(account, patient, directive)
		}

		fn in_force(patient: PatientId) -> Vec<DirectiveId> {
			Consent::in_force(patient)
		}

		fn directives_of(
			patient: PatientId,
			from: DirectiveId,
			limit: u32,
		) -> Vec<(DirectiveId, pallet_consent::DirectiveRow)> {
			Consent::directives_of(patient, from, limit)
		}

		fn requests_of(
			patient: PatientId,
			from: pallet_consent::RequestId,
			limit: u32,
		) -> Vec<(pallet_consent::RequestId, pallet_consent::RequestRow)> {
			Consent::requests_of(patient, from, limit)
		}

		fn built_on(
			policy: assent_support::PolicyRef,
			after: Option<(PatientId, DirectiveId)>,
			limit: u32,
		) -> Vec<(PatientId, DirectiveId)> {
			Consent::built_on(policy, after, limit)
		}
	}

	impl assent_runtime_api::AcceptancesApi<Block> for Runtime {
		fn status_of(patient: PatientId) -> Option<pallet_acceptances::AcceptanceStatus> {
			Acceptances::status_of(patient)
		}

		fn acceptances_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<pallet_acceptances::Acceptance> {
			Acceptances::acceptances_of(patient, from, limit)
		}

		fn campaign(
			campaign: pallet_acceptances::CampaignId,
		) -> Option<pallet_acceptances::Campaign> {
			Acceptances::campaign(campaign)
		}

		fn campaign_of(
			organisation: OrganisationId,
		) -> Option<(pallet_acceptances::CampaignId, pallet_acceptances::Campaign)> {
			Acceptances::campaign_of(organisation)
		}

		fn question_to(
			patient: PatientId,
		) -> Option<(
			pallet_acceptances::CampaignId,
			pallet_acceptances::Campaign,
			pallet_acceptances::Invitation,
		)> {
			Acceptances::question_to(patient)
		}

		fn invitations_of(
			campaign: pallet_acceptances::CampaignId,
			after: Option<PatientId>,
			limit: u32,
		) -> Vec<(PatientId, pallet_acceptances::Invitation)> {
			Acceptances::invitations_of(campaign, after, limit)
		}
	}

	impl assent_runtime_api::EmergenciesApi<Block> for Runtime {
		fn emergency(emergency: EmergencyId) -> Option<(EmergencyRow, EmergencyState)> {
			Emergencies::emergency(emergency)
		}

		fn emergencies(from: EmergencyId, limit: u32) -> Vec<(EmergencyId, EmergencyRow)> {
			Emergencies::emergencies(from, limit)
		}

		fn emergencies_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			Emergencies::emergencies_of(patient, from, limit)
		}

		fn reviews_of(
			organisation: OrganisationId,
			after: Option<EmergencyId>,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			Emergencies::reviews_of(organisation, after, limit)
		}

		fn review_count(organisation: OrganisationId) -> ReviewCount {
			pallet_emergencies::ReviewCounts::<Runtime>::get(organisation)
		}

		fn declarer(practitioner: AccountId) -> Declarer {
			Emergencies::declarer(practitioner)
		}
	}

	impl assent_runtime_api::RecordsApi<Block> for Runtime {
		fn record(record: RecordId) -> Option<RecordView> {
			Records::record(record)
		}

		fn records_of(
			patient: PatientId,
			after: Option<RecordId>,
			limit: u32,
		) -> Vec<RecordView> {
			Records::records_of(patient, after, limit)
		}

		fn awaiting_attestation(
			after: Option<(pallet_records::Round, RecordId)>,
			limit: u32,
		) -> Vec<pallet_records::Awaiting> {
			Records::awaiting_attestation(after, limit)
		}

		fn encryption_key(account: AccountId) -> Option<pallet_records::EncryptionKey> {
			Records::encryption_key(account)
		}
	}

	impl assent_runtime_api::PatientsApi<Block> for Runtime {
		fn patient_of(account: AccountId) -> Option<PatientId> {
			Patients::patient_of(account)
		}

		fn wards_of(account: AccountId) -> Vec<PatientId> {
			Patients::wards_of(account)
		}

		fn principals_of(account: AccountId) -> Vec<PatientId> {
			Patients::principals_of(account)
		}

		fn deeds_of(account: AccountId, patient: PatientId) -> Vec<assent_support::Deed> {
			Patients::deeds_of(account, patient)
		}

		fn private_of(patient: PatientId) -> assent_policy::Private {
			Patients::private_of(patient)
		}

		fn recovery_to_sign(patient: PatientId, controller: AccountId) -> Option<(u32, Vec<u8>)> {
			Patients::recovery_to_sign(patient, controller)
		}

		fn enrolment_to_sign(
			organisation: OrganisationId,
			patient: PatientId,
			controller: AccountId,
		) -> (u32, Vec<u8>) {
			Patients::enrolment_to_sign(organisation, patient, controller)
		}
	}

	impl assent_runtime_api::ValidatorsApi<Block> for Runtime {
		fn validator(validator: AccountId) -> Option<pallet_validators::ValidatorInfo> {
			Validators::validator(validator)
		}

		fn validators_of(organisation: OrganisationId) -> Vec<AccountId> {
			Validators::validators_of(organisation)
		}

		fn next_plan() -> Vec<AccountId> {
			Validators::next_plan()
		}
	}

	impl assent_runtime_api::AllowanceApi<Block> for Runtime {
		fn allowance_of(account: AccountId) -> Option<pallet_allowance::Allowance> {
			Allowance::allowance_of(account)
		}

		fn waiting(
			transaction: <Block as BlockT>::Extrinsic,
		) -> Option<pallet_allowance::Waiting> {
			crate::payer::waiting(&transaction)
		}
	}

	impl assent_runtime_api::ConsortiumApi<Block> for Runtime {
		fn organisation(organisation: OrganisationId) -> Option<pallet_consortium::Organisation> {
			Consortium::organisation(organisation)
		}

		fn organisation_of(account: AccountId) -> Option<OrganisationId> {
			Consortium::organisation_of(account)
		}

		fn current_policy(
			organisation: OrganisationId,
		) -> Option<pallet_consortium::BasePolicy> {
			Consortium::current_policy(organisation)
		}

		fn policies_of(
			organisation: OrganisationId,
			from: PolicyVersion,
			limit: u32,
		) -> Vec<pallet_consortium::BasePolicy> {
			Consortium::policies_of(organisation, from, limit)
		}

		fn credential_of(practitioner: AccountId) -> Option<pallet_consortium::Credential> {
			Consortium::credential_of(practitioner)
		}

		fn engagements(account: AccountId) -> u32 {
			Consortium::engagements(account)
		}

		fn practitioners_of(
			organisation: OrganisationId,
			after: Option<AccountId>,
			limit: u32,
		) -> Vec<(AccountId, pallet_consortium::Credential)> {
			Consortium::practitioners_of(organisation, after, limit)
		}
	}

	impl assent_runtime_api::TrailApi<Block> for Runtime {
		fn patient_head(patient: PatientId) -> pallet_trail::Head {
			pallet_trail::PatientHeads::<Runtime>::get(patient)
		}

		fn organisation_head(organisation: OrganisationId) -> pallet_trail::Head {
			pallet_trail::OrganisationHeads::<Runtime>::get(organisation)
		}

		fn wrote(entry: H256) -> bool {
			System::read_events_no_consensus().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::Trail(pallet_trail::Event::EntryWritten { hash, .. })
						if hash == entry
				)
			})
		}
	}

	impl assent_runtime_api::DeliveryApi<Block> for Runtime {
		fn deliverable(decided: Decided, asked: Asked) -> Result<Basis, NotDelivered> {
			Consent::deliverable(decided, asked)
		}

		fn time() -> Moment {
			Timestamp::get()
		}
	}

	impl assent_runtime_api::FiguresApi<Block> for Runtime {
		fn notices() -> Vec<Notice> {
			System::read_events_no_consensus()
				.filter_map(|record| notice(record.event))
				.collect()
		}

		fn validators() -> Vec<AccountId> {
			Session::validators()
		}

		fn running() -> Vec<OrganisationId> {
			Validators::organisations()
		}

		fn reviews_owed(soon: Moment) -> Vec<(OrganisationId, Owed)> {
			Emergencies::owed(soon)
		}

		fn check_overdue() -> u32 {
			let longest = Records::awaiting_attestation(None, 1);
			longest
				.first()
				.map_or(0, |waiting| System::block_number().saturating_sub(waiting.due))
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(extra: bool) -> (
			Vec<frame_benchmarking::BenchmarkList>,
			Vec<frame_support::traits::StorageInfo>,
		) {
			crate::benchmarks::list(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			crate::benchmarks::run(config)
		}
	}
}

/// The notice of an event, for the metrics of operators.
fn notice(event: RuntimeEvent) -> Option<Notice> {
	Some(match event {
		RuntimeEvent::Records(pallet_records::Event::DocumentFound {
			record,
			custodian,
			version,
			finding,
			..
		}) => Notice::DocumentFound { record, custodian, version, finding },
		RuntimeEvent::Records(pallet_records::Event::Attested { organisation, .. }) => {
			Notice::Attested { organisation }
		}
		RuntimeEvent::Validators(pallet_validators::Event::ValidatorOffended {
			validator, ..
		}) => Notice::Offended { validator },
		_ => return None,
	})
}
