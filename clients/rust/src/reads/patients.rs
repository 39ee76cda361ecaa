//! Patient ids, and the accounts with a role for a patient.

use super::{known, State};
use crate::Outcome;
use assent_policy::{PatientId, PolicyVersion, Private};
use assent_runtime::Runtime;
use assent_support::PolicyRef;
use pallet_patients::{Circumstances, Patient, Principals, Wards};
use sp_runtime::AccountId32;

impl State {
	/// A patient's row.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn patient(&self, patient: PatientId) -> Outcome<Patient> {
		let key = pallet_patients::Patients::<Runtime>::hashed_key_for(patient);
		known(self.read(key).await?, format_args!("patient {patient}"))
	}

	/// The patient id that an account controls; none if it controls none.
	pub async fn controlled_by(&self, account: &AccountId32) -> Outcome<Option<PatientId>> {
		self.read(pallet_patients::ByController::<Runtime>::hashed_key_for(account)).await
	}

	/// The kinds of records that are private to a patient now. `row` is the patient's row; the
	/// last row of the history holds the kinds.
	pub async fn private_of(&self, patient: PatientId, row: &Patient) -> Outcome<Private> {
		let Some(last) = row.changes.checked_sub(1) else {
			return Ok(Private::default());
		};
		let key = pallet_patients::History::<Runtime>::hashed_key_for(patient, last);
		let noted: Option<Circumstances> = self.read(key).await?;
		Ok(noted.map(|noted| noted.private).unwrap_or_default())
	}

	/// How many messages an account signed for enrolments and recoveries: the next message
	/// carries this number.
	pub async fn message_number(&self, account: &AccountId32) -> Outcome<u32> {
		let key = pallet_patients::EnrolmentNumber::<Runtime>::hashed_key_for(account);
		self.read_or_default(key).await
	}

	/// The patients for whom an account is a guardian, also after the end of the term.
	pub async fn wards_of(&self, guardian: &AccountId32) -> Outcome<Wards> {
		let key = pallet_patients::WardsOf::<Runtime>::hashed_key_for(guardian);
		self.read_or_default(key).await
	}

	/// The patients for whom an account is a delegate, also after the end of the term.
	pub async fn principals_of(&self, delegate: &AccountId32) -> Outcome<Principals> {
		let key = pallet_patients::PrincipalsOf::<Runtime>::hashed_key_for(delegate);
		self.read_or_default(key).await
	}

	/// The named version of the base policy of the organisation that enrolled the patient; none
	/// if no version is named.
	///
	/// # Errors
	/// `NotFound`, when there is no such patient.
	pub async fn policy_of(
		&self,
		patient: PatientId,
		version: Option<PolicyVersion>,
	) -> Outcome<Option<PolicyRef>> {
		let Some(version) = version else {
			return Ok(None);
		};
		let organisation = self.patient(patient).await?.enrolled_by;
		Ok(Some(PolicyRef { organisation, version }))
	}
}
