//! Patient ids, and the accounts with a role for a patient.

use crate::{Chain, Failure, Outcome};
use assent_policy::{PatientId, PolicyVersion, Private};
use assent_runtime::{Hash, Runtime};
use assent_support::PolicyRef;
use pallet_patients::{Circumstances, Patient, Principals, Wards};
use sp_runtime::AccountId32;

/// A patient's row.
///
/// # Errors
/// `NotFound`.
pub async fn patient(chain: &Chain, patient: PatientId, at: Hash) -> Outcome<Patient> {
	let key = pallet_patients::Patients::<Runtime>::hashed_key_for(patient);
	chain.read(&key, at).await?.ok_or_else(|| Failure::not_found(format!("patient {patient}")))
}

/// The patient id that an account controls; none if it controls none.
pub async fn controlled_by(
	chain: &Chain,
	account: &AccountId32,
	at: Hash,
) -> Outcome<Option<PatientId>> {
	let key = pallet_patients::ByController::<Runtime>::hashed_key_for(account);
	chain.read(&key, at).await
}

/// The kinds of records that are private to a patient now. `row` is the patient's row; the last
/// row of the history holds the kinds.
pub async fn private_of(
	chain: &Chain,
	patient: PatientId,
	row: &Patient,
	at: Hash,
) -> Outcome<Private> {
	let Some(last) = row.changes.checked_sub(1) else {
		return Ok(Private::default());
	};
	let key = pallet_patients::History::<Runtime>::hashed_key_for(patient, last);
	let noted: Option<Circumstances> = chain.read(&key, at).await?;
	Ok(noted.map(|noted| noted.private).unwrap_or_default())
}

/// How many messages an account signed for enrolments and recoveries: the next message carries
/// this number.
pub async fn message_number(chain: &Chain, account: &AccountId32, at: Hash) -> Outcome<u32> {
	let key = pallet_patients::EnrolmentNumber::<Runtime>::hashed_key_for(account);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The patients for whom an account is a guardian, also after the end of the term.
pub async fn wards_of(chain: &Chain, guardian: &AccountId32, at: Hash) -> Outcome<Wards> {
	let key = pallet_patients::WardsOf::<Runtime>::hashed_key_for(guardian);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The patients for whom an account is a delegate, also after the end of the term.
pub async fn principals_of(chain: &Chain, delegate: &AccountId32, at: Hash) -> Outcome<Principals> {
	let key = pallet_patients::PrincipalsOf::<Runtime>::hashed_key_for(delegate);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The named version of the base policy of the organisation that enrolled the patient; none if
/// no version is named.
///
/// # Errors
/// `NotFound`, when there is no such patient.
pub async fn policy_of(
	chain: &Chain,
	id: PatientId,
	version: Option<PolicyVersion>,
	at: Hash,
) -> Outcome<Option<PolicyRef>> {
	let Some(version) = version else {
		return Ok(None);
	};
	let organisation = patient(chain, id, at).await?.enrolled_by;
	Ok(Some(PolicyRef { organisation, version }))
}
