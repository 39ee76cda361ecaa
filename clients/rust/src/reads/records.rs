//! The record register, and the keys to which documents are wrapped.

use super::{known, State};
use crate::Outcome;
use assent_policy::{PatientId, RecordId, VersionNumber};
use assent_runtime::Runtime;
use pallet_records::{EncryptionKey, Record, RecordView, RoundVotes, Version};
use sp_runtime::AccountId32;

impl State {
	/// A record with its current document version.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn record(&self, record: RecordId) -> Outcome<RecordView> {
		let found = self.call("RecordsApi_record", (record,)).await?;
		known(found, format_args!("record {record}"))
	}

	/// A record's row; none if there is no such record.
	pub async fn record_row(&self, record: RecordId) -> Outcome<Option<Record>> {
		self.read(pallet_records::Records::<Runtime>::hashed_key_for(record)).await
	}

	/// Every record of a patient, in storage order, each with its current document version.
	pub async fn records_of(&self, patient: PatientId) -> Outcome<Vec<RecordView>> {
		let after = |rows: &[RecordView]| rows.last().map(|view| view.id);
		self.list("RecordsApi_records_of", patient, after).await
	}

	/// A document version of a record; none if there is no such version.
	pub async fn find_version(
		&self,
		record: RecordId,
		version: VersionNumber,
	) -> Outcome<Option<Version>> {
		self.read(pallet_records::Versions::<Runtime>::hashed_key_for(record, version)).await
	}

	/// A document version of a record.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn version(&self, record: RecordId, version: VersionNumber) -> Outcome<Version> {
		let found = self.find_version(record, version).await?;
		known(found, format_args!("version {version} of record {record}"))
	}

	/// The votes on a record's document in the present round of attestation.
	pub async fn votes_on(&self, record: RecordId) -> Outcome<RoundVotes> {
		let key = pallet_records::Votes::<Runtime>::hashed_key_for(record);
		self.read_or_default(key).await
	}

	/// The key to which documents are wrapped for an account now; none if there is none.
	pub async fn encryption_key(&self, account: &AccountId32) -> Outcome<Option<EncryptionKey>> {
		self.read(pallet_records::EncryptionKeys::<Runtime>::hashed_key_for(account)).await
	}

	/// The key that an account published under an earlier version; none if there is no such
	/// version.
	pub async fn encryption_key_at(
		&self,
		account: &AccountId32,
		version: u32,
	) -> Outcome<Option<[u8; 32]>> {
		self.read(pallet_records::EncryptionKeyAt::<Runtime>::hashed_key_for(account, version))
			.await
	}
}
