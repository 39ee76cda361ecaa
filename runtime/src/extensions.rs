//! What every transaction passes before it is dispatched, in this order.

use crate::{Nonce, Runtime};
use sp_runtime::generic::Era;

/// - `AuthorizeCall`: a call that carries its own authority (an attestation) gets its origin;
///   every other passes untouched.
/// - `CheckNonZeroSender`: the all-zero account signs nothing.
/// - `CheckSpecVersion`, `CheckTxVersion`, `CheckGenesis`: signed for this runtime and chain.
/// - `CheckMortality`: signed within its era.
/// - `CheckNonce`: ours, under the name wallets know: in order, at most some ahead, so that
///   one account can't fill the pool; sets no priority.
/// - `CheckAllowance`: within the sender's allowance; withdrawals free and first.
/// - `CheckWeight`: fits into the block.
/// - `CheckMetadataHash`: the wallet showed what this runtime means.
/// - `WeightReclaim`: gives back what was not used.
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
