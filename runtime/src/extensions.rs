//! The checks that every transaction passes before dispatch, in this order.

use crate::{Nonce, Runtime};
use sp_runtime::generic::Era;

/// - `AuthorizeCall`: a call with an authority of its own (an attestation) gets an origin. Every
///   other call passes without a change.
/// - `CheckNonZeroSender`: the all-zero account signs nothing.
/// - `CheckSpecVersion`, `CheckTxVersion`, `CheckGenesis`: signed for this runtime and chain.
/// - `CheckMortality`: signed within the era.
/// - `CheckNonce`: our extension, under the name known to wallets. Transactions come in order, and
///   at most some ahead, so one account cannot fill the pool. The extension sets no priority.
/// - `CheckAllowance`: within the sender's allowance. Withdrawals and resignations are free and come first.
/// - `CheckWeight`: fits into the block.
/// - `CheckMetadataHash`: the wallet showed the meaning of the transaction for this runtime.
/// - `WeightReclaim`: gives back unused weight.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	pallet_allowance::CheckNonce<Runtime>,
	pallet_allowance::CheckAllowance<Runtime>,
	frame_system::CheckWeight<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// The extension values of a transaction with this nonce and era, without metadata hash.
pub fn extension(nonce: Nonce, era: Era) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		pallet_allowance::CheckNonce::from(nonce),
		pallet_allowance::CheckAllowance::new(),
		frame_system::CheckWeight::new(),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}
