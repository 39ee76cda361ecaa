//! The record register, and the keys to which documents are wrapped.

use super::MAX_PAGE;
use crate::{Chain, Failure, Outcome};
use assent_policy::{PatientId, RecordId, VersionNumber};
use assent_runtime::{Hash, Runtime};
use pallet_records::{EncryptionKey, Record, RecordView, RoundVotes, Version};
use sp_runtime::AccountId32;

/// A record with its current document version.
///
/// # Errors
/// `NotFound`.
pub async fn view(chain: &Chain, record: RecordId, at: Hash) -> Outcome<RecordView> {
	let found: Option<RecordView> = chain.call("RecordsApi_record", (record,), at).await?;
	found.ok_or_else(|| Failure::not_found(format!("record {record}")))
}

/// A record's row; none if there is no such record.
pub async fn row(chain: &Chain, record: RecordId, at: Hash) -> Outcome<Option<Record>> {
	let key = pallet_records::Records::<Runtime>::hashed_key_for(record);
	chain.read(&key, at).await
}

/// Every record of a patient, in storage order, each with its current document version.
pub async fn of_patient(chain: &Chain, patient: PatientId, at: Hash) -> Outcome<Vec<RecordView>> {
	chain
		.pages(|last: Option<&RecordView>| {
			let arguments = (patient, last.map(|view| view.id), MAX_PAGE);
			chain.call("RecordsApi_records_of", arguments, at)
		})
		.await
}

/// A document version of a record; none if there is no such version.
pub async fn find_version(
	chain: &Chain,
	record: RecordId,
	version: VersionNumber,
	at: Hash,
) -> Outcome<Option<Version>> {
	let key = pallet_records::Versions::<Runtime>::hashed_key_for(record, version);
	chain.read(&key, at).await
}

/// A document version of a record.
///
/// # Errors
/// `NotFound`.
pub async fn version(
	chain: &Chain,
	record: RecordId,
	version: VersionNumber,
	at: Hash,
) -> Outcome<Version> {
	find_version(chain, record, version, at)
		.await?
		.ok_or_else(|| Failure::not_found(format!("version {version} of record {record}")))
}

/// The votes on a record's document in the present round of attestation.
pub async fn votes(chain: &Chain, record: RecordId, at: Hash) -> Outcome<RoundVotes> {
	let key = pallet_records::Votes::<Runtime>::hashed_key_for(record);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The key to which documents are wrapped for an account now; none if there is none.
pub async fn encryption_key(
	chain: &Chain,
	account: &AccountId32,
	at: Hash,
) -> Outcome<Option<EncryptionKey>> {
	let key = pallet_records::EncryptionKeys::<Runtime>::hashed_key_for(account);
	chain.read(&key, at).await
}

/// The key that an account published under an earlier version; none if there is no such version.
pub async fn encryption_key_at(
	chain: &Chain,
	account: &AccountId32,
	version: u32,
	at: Hash,
) -> Outcome<Option<[u8; 32]>> {
	let key = pallet_records::EncryptionKeyAt::<Runtime>::hashed_key_for(account, version);
	chain.read(&key, at).await
}
