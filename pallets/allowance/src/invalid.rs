//! The causes for which the pool refuses a transaction: the numbers of the runtime, and one table
//! of names and words for the node and for clients.

use sp_runtime::transaction_validity::InvalidTransaction;

/// The withdrawal would change nothing. The directive is unknown or has ended, or the account
/// may not withdraw the directive. For a resignation: nothing binds the account.
pub const NOTHING_TO_WITHDRAW: u8 = 101;
/// The transaction costs more than a full bucket holds. Split the batch.
pub const NEVER_FITS: u8 = 102;
/// The transaction is longer than the maximum length. Split the batch.
pub const TOO_LONG: u8 = 103;
/// The call is for other accounts: the sender could never carry out the call. Send the call from
/// an account of the patient, of the organisation, or of the practitioner concerned.
pub const NOT_FOR_SENDER: u8 = 104;
/// The calls of the batch are paid by several patient ids or organisations. Send a batch for
/// each.
pub const SEVERAL_PAYERS: u8 = 105;

/// A cause for which the pool refuses a transaction.
///
/// The runtime refuses for the causes up to [`Cause::SeveralPayers`]. The node refuses for the
/// others: the node bounds the waiting transactions of each [`Principal`](crate::Principal).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
	/// The account has no role in the consortium.
	NotEnrolled,
	/// No account may send the call.
	NoSender,
	/// The call is for other accounts.
	NotForSender,
	/// The calls of the batch have several payers.
	SeveralPayers,
	/// The transaction is longer than the maximum length.
	TooLong,
	/// The transaction costs more than a full bucket holds.
	NeverFits,
	/// The bucket holds too little now.
	AllowanceUsed,
	/// The withdrawal would change nothing.
	NothingToWithdraw,
	/// Too many transactions wait for one patient id.
	TooManyOfPatient,
	/// Too many withdrawals and resignations of one account wait.
	TooManyWithdrawals,
	/// Too many transactions wait for the patient ids that one organisation enrolled.
	TooManyOfEnrolled,
	/// Too many transactions of one organisation wait.
	TooManyOfOrganisation,
	/// The node could not tell for whom the transaction waits.
	NotCounted,
}

impl Cause {
	/// All causes.
	pub const ALL: [Self; 13] = [
		Self::NotEnrolled,
		Self::NoSender,
		Self::NotForSender,
		Self::SeveralPayers,
		Self::TooLong,
		Self::NeverFits,
		Self::AllowanceUsed,
		Self::NothingToWithdraw,
		Self::TooManyOfPatient,
		Self::TooManyWithdrawals,
		Self::TooManyOfEnrolled,
		Self::TooManyOfOrganisation,
		Self::NotCounted,
	];

	/// The cause of a refusal by the runtime. `None` for a refusal by the SDK's checks, such as a
	/// bad signature.
	///
	/// `Payment` has two causes. The check of the nonce refuses an account that the chain never
	/// knew. The allowance refuses an account with a payer. `has_payer` says whether somebody pays
	/// for this transaction of the account; nobody pays for a withdrawal.
	pub fn of(refusal: InvalidTransaction, has_payer: bool) -> Option<Self> {
		match refusal {
			InvalidTransaction::Payment if has_payer => Some(Self::AllowanceUsed),
			InvalidTransaction::Payment | InvalidTransaction::BadSigner => Some(Self::NotEnrolled),
			InvalidTransaction::Call => Some(Self::NoSender),
			InvalidTransaction::Custom(NOTHING_TO_WITHDRAW) => Some(Self::NothingToWithdraw),
			InvalidTransaction::Custom(NEVER_FITS) => Some(Self::NeverFits),
			InvalidTransaction::Custom(TOO_LONG) => Some(Self::TooLong),
			InvalidTransaction::Custom(NOT_FOR_SENDER) => Some(Self::NotForSender),
			InvalidTransaction::Custom(SEVERAL_PAYERS) => Some(Self::SeveralPayers),
			_ => None,
		}
	}

	/// The cause with this name.
	pub fn named(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|cause| cause.name() == name)
	}

	/// The name for programs: the data of the node's answer, and the label of the node's metrics.
	pub const fn name(self) -> &'static str {
		match self {
			Self::NotEnrolled => "not_enrolled",
			Self::NoSender => "no_sender",
			Self::NotForSender => "not_for_sender",
			Self::SeveralPayers => "several_payers",
			Self::TooLong => "too_long",
			Self::NeverFits => "never_fits",
			Self::AllowanceUsed => "allowance_used",
			Self::NothingToWithdraw => "nothing_to_withdraw",
			Self::TooManyOfPatient => "too_many_of_patient",
			Self::TooManyWithdrawals => "too_many_withdrawals",
			Self::TooManyOfEnrolled => "too_many_of_enrolled",
			Self::TooManyOfOrganisation => "too_many_of_organisation",
			Self::NotCounted => "not_counted",
		}
	}

	/// The words for people: the cause, and the remedy.
	pub const fn words(self) -> &'static str {
		match self {
			Self::NotEnrolled => {
				"The account has no role in the consortium now, so the account may only withdraw. \
				Ask a member to enrol the patient or to credential the practitioner."
			}
			Self::NoSender => {
				"No account may send this call, or the call carries bytes that nobody reads."
			}
			Self::NotForSender => {
				"The call is for other accounts. Send the call from an account of the patient, the \
				organisation or the practitioner concerned."
			}
			Self::SeveralPayers => {
				"The calls of the batch are paid by several patient ids or organisations. Send a \
				batch for each."
			}
			Self::TooLong => "The transaction is too long. Split the batch.",
			Self::NeverFits => {
				"The transaction costs more than a full allowance holds. Split the batch."
			}
			Self::AllowanceUsed => {
				"The allowance is used up for now. Wait a minute, then sign anew. Withdrawing is \
				always possible."
			}
			Self::NothingToWithdraw => {
				"The withdrawal or resignation would change nothing. The directive is unknown or has \
				ended, the account may not withdraw the directive, or no organisation binds the \
				account."
			}
			Self::TooManyOfPatient => {
				"Too many transactions for this patient id wait. Wait for the next block, then send \
				again. Withdrawing is possible now."
			}
			Self::TooManyWithdrawals => {
				"Too many withdrawals of this account wait. Wait for the next block, then send again."
			}
			Self::TooManyOfEnrolled => {
				"Too many transactions wait for the patients whom one organisation enrolled. Wait \
				for the next block, then send again. Withdrawing is possible now."
			}
			Self::TooManyOfOrganisation => {
				"Too many transactions of this organisation wait. Wait for the next block, then send \
				again."
			}
			Self::NotCounted => {
				"The node could not tell for whom the transaction waits. Sign anew later, or ask \
				another node."
			}
		}
	}
}
