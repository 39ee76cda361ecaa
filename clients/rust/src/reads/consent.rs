//! Decisions, directives and requests.

use super::{known, next_number, State};
use crate::Outcome;
use assent_policy::{Action, Decision, DirectiveId, Moment, PatientId, Purpose, RecordId};
use assent_runtime::{BlockNumber, Runtime};
use assent_support::PolicyRef;
use frame_support::traits::Get;
use pallet_consent::{DirectiveRow, RequestId, RequestRow};
use sp_runtime::AccountId32;

/// An access, asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
	/// The account of the reader.
	pub requester: AccountId32,
	/// The patient of the record.
	pub patient: PatientId,
	/// The record.
	pub record: RecordId,
	/// The purpose of use.
	pub purpose: Purpose,
	/// The action.
	pub action: Action,
}

/// The number of blocks after a decision in which a vault may deliver: a constant of the consent
/// pallet. The runtime of this program is the runtime of the chain.
pub fn delivery_window() -> BlockNumber {
	<Runtime as pallet_consent::Config>::DeliveryWindow::get()
}

impl State {
	/// How the access would be decided now, by the chain's clock. The trail stays unchanged.
	pub async fn check_access(&self, access: Access) -> Outcome<Decision> {
		let Access { requester, patient, record, purpose, action } = access;
		let arguments = (requester, patient, record, purpose, action);
		self.call("ConsentApi_check_access", arguments).await
	}

	/// How the access would have been decided at `moment` (milliseconds since 1970), with
	/// everything as it was at the end of that moment. The trail stays unchanged.
	pub async fn check_access_at(&self, access: Access, moment: Moment) -> Outcome<Decision> {
		let Access { requester, patient, record, purpose, action } = access;
		let arguments = (requester, patient, record, purpose, action, moment);
		self.call("ConsentApi_check_access_at", arguments).await
	}

	/// Every directive of a patient by number, ended ones too.
	pub async fn directives_of(
		&self,
		patient: PatientId,
	) -> Outcome<Vec<(DirectiveId, DirectiveRow)>> {
		self.list("ConsentApi_directives_of", patient, next_number).await
	}

	/// One directive of a patient.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn directive(
		&self,
		patient: PatientId,
		number: DirectiveId,
	) -> Outcome<DirectiveRow> {
		let key = pallet_consent::Directives::<Runtime>::hashed_key_for(patient, number);
		known(self.read(key).await?, format_args!("directive {number} of patient {patient}"))
	}

	/// Every request to a patient by number, answered and lapsed ones too.
	pub async fn requests_of(&self, patient: PatientId) -> Outcome<Vec<(RequestId, RequestRow)>> {
		self.list("ConsentApi_requests_of", patient, next_number).await
	}

	/// The directives in force that are built on a version of a base policy, in storage order. A
	/// directive stays in the list after the end of the period until the chain notes the end.
	pub async fn built_on(&self, policy: PolicyRef) -> Outcome<Vec<(PatientId, DirectiveId)>> {
		self.list("ConsentApi_built_on", policy, |rows: &[_]| rows.last().copied()).await
	}
}
