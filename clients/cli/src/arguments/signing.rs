//! The account that signs a message outside of transactions.

use crate::options::Options;
use assent_client::{Failure, Outcome, Signer};
use sp_runtime::AccountId32;

/// The account that is to sign, and the key of the account, if the key is here.
pub fn signing(
	options: &Options,
	account: Option<AccountId32>,
) -> Outcome<(AccountId32, Option<Signer>)> {
	let signer = options.signer_if_any()?;
	let account = match (account, &signer) {
		(Some(account), _) => account,
		(None, Some(signer)) => signer.account(),
		(None, None) => {
			return Err(Failure::usage(
				"name the account that signs with --account, or sign with --key",
			))
		}
	};
	let signer = signer.filter(|signer| signer.account() == account);
	Ok((account, signer))
}
