//! The costs of the calls, at the limits. Labels and documents are the longest, and the number of
//! attesting organisations is the highest. The patient of the record has the maximum number of
//! guardians.
//!
//! The measured weights include the costs of other pallets, as the runtime has them.

use crate::{
	attest::quorum,
	crypto::{AttestationPublic, AttestationSignature},
	*,
};
use alloc::vec::Vec;
use assent_policy::{OrganisationId, PatientId, RecordId};
use assent_support::{
	testing::fullest::{attributes, id},
	Finding, VersionCause,
};
use frame_benchmarking::v2::*;
use frame_support::{pallet_prelude::TransactionSource, traits::Get};
use frame_system::RawOrigin;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{AccountId32, SaturatedConversion};

/// Sets up the state of other pallets.
pub trait BenchmarkHelper {
	/// An agent of an active organisation with the maximum number of agents, and the organisation.
	/// Sets the clock to a moment after the month of every label.
	fn agent() -> (AccountId32, OrganisationId);
	/// A patient of the organisation, and the last of the maximum number of guardians.
	fn patient(enrolled_by: OrganisationId) -> (PatientId, AccountId32);
	/// The maximum number of attesting organisations, the custodian among them. Returns the last
	/// organisation, with the given attestation key.
	fn attestors(custodian: OrganisationId, key: &AttestationPublic) -> OrganisationId;
	/// An account with the payer that takes longest to find.
	fn reader() -> AccountId32;
}

/// The block of the benchmarks.
const BLOCK: u32 = 1_000_000;
/// The block at which the open round became due.
const DUE: u32 = BLOCK - 10_000;

const RECORD: &str = "a record";

fn record() -> RecordId {
	RecordId(id(RECORD, 0))
}

fn labels() -> Labels {
	let all = attributes(record(), 0);
	Labels {
		class: all.class,
		confidentiality: all.confidentiality,
		sensitivities: all.sensitivities,
		code: all.code,
		author: all.author,
		encounter: all.encounter,
		authored: all.authored,
	}
}

/// A document with the longest possible CID.
fn document<T: Config>(number: u8) -> Document {
	const VARINT: [u8; 4] = [0xff, 0xff, 0xff, 0x7f];
	let cid = [[1].as_slice(), &VARINT, &VARINT, &[48], &[number; 48]].concat();
	Document {
		ciphertext: [number; 32],
		size: T::MaxDocumentSize::get(),
		cid: cid.try_into().ok(),
		commitment: [number; 32],
	}
}

fn go_to<T: Config>(block: u32) {
	frame_system::Pallet::<T>::set_block_number(block.saturated_into());
}

/// A vote of every attesting organisation but the given two. The findings alternate, so no finding
/// reaches the quorum.
fn votes<T: Config>(custodian: OrganisationId, last: OrganisationId) -> RoundVotes {
	let organisations = T::Attestors::organisations();
	let others = (organisations.len() as u32).saturating_sub(1);
	let short = quorum(others).saturating_sub(1) as usize;
	let findings = [Finding::Intact, Finding::Altered, Finding::Absent];
	let votes: Vec<_> = organisations
		.into_iter()
		.filter(|organisation| *organisation != custodian && *organisation != last)
		.zip(findings.into_iter().cycle())
		.map(|(organisation, finding)| Vote { organisation, finding, at: DUE })
		.take(short.saturating_mul(findings.len()))
		.collect();
	votes.try_into().unwrap_or_default()
}

/// A registered record, disputed or not. The round is due and full of votes.
struct Registered {
	agent: AccountId32,
	custodian: OrganisationId,
	patient: PatientId,
	guardian: AccountId32,
}

fn registered<T: Config>(disputed: bool) -> Registered {
	go_to::<T>(BLOCK);
	let (agent, custodian) = T::BenchmarkHelper::agent();
	let (patient, guardian) = T::BenchmarkHelper::patient(custodian);
	let Document { ciphertext, size, cid, commitment } = document::<T>(1);
	Records::<T>::insert(
		record(),
		Record {
			patient,
			attributes: labels().into_attributes(record(), custodian),
			version: 1,
			dispute: disputed.then_some(0),
			status: RecordStatus::Active,
			registered: 0,
		},
	);
	Versions::<T>::insert(
		record(),
		1,
		Version {
			ciphertext,
			size,
			cid,
			commitment,
			cause: Some(VersionCause::Corrected),
			state: AnchorState::Pending,
			since: 0,
			due: DUE,
		},
	);
	Due::<T>::insert(Pallet::<T>::due_key(DUE), record(), 1);
	ByPatient::<T>::insert(patient, record(), ());
	let everyone: Vec<_> = (0..MAX_VOTES)
		.map(|organisation| Vote { organisation, finding: Finding::Intact, at: DUE })
		.collect();
	Votes::<T>::insert(record(), RoundVotes::try_from(everyone).unwrap_or_default());
	Registered { agent, custodian, patient, guardian }
}

/// The attestation that makes the quorum, signed.
fn last_attestation<T: Config>(
	custodian: OrganisationId,
) -> Option<(Attestation, AttestationSignature, OrganisationId)> {
	let key = AttestationPublic::generate_pair(None);
	let organisation = T::BenchmarkHelper::attestors(custodian, &key);
	Votes::<T>::insert(record(), votes::<T>(custodian, organisation));
	let attestation = Attestation {
		record: record(),
		version: 1,
		round: DUE,
		at: BLOCK,
		finding: Finding::Intact,
		key,
	};
	let signature = attestation.key.sign(&attestation.message(Pallet::<T>::genesis()))?;
	Some((attestation, signature, organisation))
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

const SIGNS: BenchmarkError = BenchmarkError::Stop("the keystore signs");

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register() {
		go_to::<T>(BLOCK);
		let (agent, custodian) = T::BenchmarkHelper::agent();
		let (patient, _) = T::BenchmarkHelper::patient(custodian);
		let document = document::<T>(1);
		let ciphertext = document.ciphertext;

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), record(), patient, labels(), document);

		assert_last_event::<T>(Event::RecordRegistered {
			record: record(),
			patient,
			custodian,
			ciphertext,
		});
	}

	#[benchmark]
	fn correct() {
		let Registered { agent, patient, .. } = registered::<T>(true);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), record(), document::<T>(2));

		assert_last_event::<T>(Event::RecordVersioned {
			record: record(),
			patient,
			version: 2,
			cause: VersionCause::Corrected,
			ciphertext: [2; 32],
		});
	}

	#[benchmark]
	fn rotate() {
		let Registered { agent, patient, .. } = registered::<T>(true);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), record(), document::<T>(2));

		assert_last_event::<T>(Event::RecordVersioned {
			record: record(),
			patient,
			version: 2,
			cause: VersionCause::Rotated,
			ciphertext: [2; 32],
		});
	}

	#[benchmark]
	fn relabel() {
		let Registered { agent, patient, .. } = registered::<T>(true);
		let labels = Labels { authored: labels().authored.saturating_sub(1), ..labels() };

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), record(), labels);

		assert_last_event::<T>(Event::RecordRelabelled { record: record(), patient });
	}

	/// The caller is the last of the guardians.
	#[benchmark]
	fn dispute() {
		let Registered { patient, guardian, .. } = registered::<T>(false);

		#[extrinsic_call]
		_(RawOrigin::Signed(guardian), record());

		assert_last_event::<T>(Event::RecordDisputed { record: record(), patient });
	}

	/// The caller is the custodian. The call first looks for the custodian among the guardians.
	#[benchmark]
	fn settle_dispute() {
		let Registered { agent, patient, .. } = registered::<T>(true);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent.clone()), record());

		assert_last_event::<T>(Event::DisputeSettled { record: record(), patient, by: agent });
	}

	#[benchmark]
	fn erase() {
		let Registered { agent, patient, .. } = registered::<T>(true);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent), record());

		assert_last_event::<T>(Event::RecordErased { record: record(), patient });
	}

	#[benchmark]
	fn set_encryption_key() {
		let account = T::BenchmarkHelper::reader();
		EncryptionKeys::<T>::insert(&account, EncryptionKey { version: 1, key: [1; 32] });
		let key = [2; 32];

		#[extrinsic_call]
		_(RawOrigin::Signed(account.clone()), key);

		assert_last_event::<T>(Event::EncryptionKeySet { account, version: 2, key });
	}

	/// Closes the round among votes for every other finding.
	#[benchmark]
	fn attest() -> Result<(), BenchmarkError> {
		let Registered { custodian, patient, .. } = registered::<T>(true);
		let (attestation, signature, _) = last_attestation::<T>(custodian).ok_or(SIGNS)?;

		#[extrinsic_call]
		_(RawOrigin::Authorized, attestation, signature);

		let version = Versions::<T>::get(record(), 1).ok_or(BenchmarkError::Stop("no version"))?;
		assert_eq!(version.state, AnchorState::Anchored);
		assert_last_event::<T>(Event::DocumentFound {
			record: record(),
			patient,
			custodian,
			version: 1,
			finding: Finding::Intact,
			due: version.due,
		});
		Ok(())
	}

	/// The organisation revises its vote.
	#[benchmark]
	fn authorize_attest() -> Result<(), BenchmarkError> {
		let Registered { custodian, .. } = registered::<T>(true);
		let (attestation, signature, organisation) =
			last_attestation::<T>(custodian).ok_or(SIGNS)?;
		Votes::<T>::mutate(record(), |votes| {
			let _ = votes.try_push(Vote { organisation, finding: Finding::Altered, at: DUE });
		});
		let authorised;

		#[block]
		{
			authorised = Pallet::<T>::authorize_attest(
				TransactionSource::External,
				&attestation,
				&signature,
			);
		}

		let (validity, _) = authorised?;
		assert_eq!(validity.priority, T::AttestationPriority::get());
		Ok(())
	}

	#[benchmark]
	fn set_recheck_period() {
		RecheckEvery::<T>::put(1);

		#[extrinsic_call]
		_(RawOrigin::Root, 2);

		assert_last_event::<T>(Event::RecheckPeriodSet { blocks: 2 });
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
