//! The message that an account signs to take over an id.

use assent_client::{Outcome, State};
use assent_policy::PatientId;
use pallet_patients::recovery_message;
use sp_runtime::AccountId32;

/// The message, and the number: how many such messages the account signed before.
pub async fn message_to_recover(
	state: &State,
	patient: PatientId,
	account: &AccountId32,
) -> Outcome<(Vec<u8>, u32)> {
	let row = state.patient(patient).await?;
	let number = state.message_number(account).await?;
	let message =
		recovery_message(state.chain.genesis(), row.enrolled_by, patient, account, number);
	Ok((message, number))
}
