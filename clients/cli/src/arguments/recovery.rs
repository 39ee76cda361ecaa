//! The message that an account signs to take over an id.

use assent_client::{reads, Chain, Outcome};
use assent_policy::PatientId;
use pallet_patients::recovery_message;
use sp_runtime::AccountId32;

/// The message, and the number: how many such messages the account signed before.
pub async fn message_to_recover(
	chain: &Chain,
	patient: PatientId,
	account: &AccountId32,
) -> Outcome<(Vec<u8>, u32)> {
	let at = chain.best().await?;
	let row = reads::patients::patient(chain, patient, at).await?;
	let number = reads::patients::message_number(chain, account, at).await?;
	let message = recovery_message(chain.genesis(), row.enrolled_by, patient, account, number);
	Ok((message, number))
}
