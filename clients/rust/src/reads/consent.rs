//! Decisions, directives and requests.

use super::MAX_PAGE;
use crate::{Chain, Failure, Outcome};
use assent_policy::{Action, Decision, DirectiveId, Moment, PatientId, Purpose, RecordId};
use assent_runtime::{BlockNumber, Hash, Runtime};
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

/// How the access would be decided now, by the chain's clock. The trail stays unchanged.
pub async fn check_access(chain: &Chain, access: Access, at: Hash) -> Outcome<Decision> {
	let Access { requester, patient, record, purpose, action } = access;
	let arguments = (requester, patient, record, purpose, action);
	chain.call("ConsentApi_check_access", arguments, at).await
}

/// How the access would have been decided at `moment` (milliseconds since 1970), with everything
/// as it was at the end of that moment. The trail stays unchanged.
pub async fn check_access_at(
	chain: &Chain,
	access: Access,
	moment: Moment,
	at: Hash,
) -> Outcome<Decision> {
	let Access { requester, patient, record, purpose, action } = access;
	let arguments = (requester, patient, record, purpose, action, moment);
	chain.call("ConsentApi_check_access_at", arguments, at).await
}

/// Every directive of a patient by number, ended ones too.
pub async fn directives(
	chain: &Chain,
	patient: PatientId,
	at: Hash,
) -> Outcome<Vec<(DirectiveId, DirectiveRow)>> {
	chain
		.pages(|last: Option<&(DirectiveId, DirectiveRow)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			chain.call("ConsentApi_directives_of", (patient, from, MAX_PAGE), at)
		})
		.await
}

/// One directive of a patient.
///
/// # Errors
/// `NotFound`.
pub async fn directive(
	chain: &Chain,
	patient: PatientId,
	number: DirectiveId,
	at: Hash,
) -> Outcome<DirectiveRow> {
	let key = pallet_consent::Directives::<Runtime>::hashed_key_for(patient, number);
	chain
		.read(&key, at)
		.await?
		.ok_or_else(|| Failure::not_found(format!("directive {number} of patient {patient}")))
}

/// Every request to a patient by number, answered and lapsed ones too.
pub async fn requests(
	chain: &Chain,
	patient: PatientId,
	at: Hash,
) -> Outcome<Vec<(RequestId, RequestRow)>> {
	chain
		.pages(|last: Option<&(RequestId, RequestRow)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			chain.call("ConsentApi_requests_of", (patient, from, MAX_PAGE), at)
		})
		.await
}

/// The directives in force that are built on a version of a base policy, in storage order. A
/// directive stays in the list after the end of the period until the chain notes the end.
pub async fn built_on(
	chain: &Chain,
	policy: PolicyRef,
	at: Hash,
) -> Outcome<Vec<(PatientId, DirectiveId)>> {
	chain
		.pages(|last: Option<&(PatientId, DirectiveId)>| {
			let arguments = (policy, last.copied(), MAX_PAGE);
			chain.call("ConsentApi_built_on", arguments, at)
		})
		.await
}
