//! The messages that an account signs outside of transactions. A message holds a number: how many
//! such messages the account signed before.

use assent_client::{Outcome, State};
use assent_policy::{OrganisationId, PatientId, PolicyVersion};
use pallet_patients::{enrolment_message, recovery_message};
use sp_runtime::AccountId32;

/// The message to be enrolled by an organisation under an id, the number, and the version of the
/// organisation's base policy.
pub async fn message_to_enrol(
	state: &State,
	organisation: OrganisationId,
	id: PatientId,
	account: &AccountId32,
) -> Outcome<(Vec<u8>, u32, Option<PolicyVersion>)> {
	let number = state.message_number(account).await?;
	let policy = state.organisation(organisation).await?.policy;
	let genesis = state.chain.genesis();
	let message = enrolment_message(genesis, organisation, policy, id, account, number);
	Ok((message, number, policy))
}

/// The message to take over an id, and the number.
pub async fn message_to_recover(
	state: &State,
	patient: PatientId,
	account: &AccountId32,
) -> Outcome<(Vec<u8>, u32)> {
	let row = state.patient(patient).await?;
	let number = state.message_number(account).await?;
	let genesis = state.chain.genesis();
	Ok((recovery_message(genesis, row.enrolled_by, patient, account, number), number))
}
