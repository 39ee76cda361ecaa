//! Attestations: the checks before a vote, the count of votes, and the effect of a quorum.

use crate::{crypto::AttestationSignature, worker::FLOOR_RATE, *};
use alloc::vec::Vec;
use assent_policy::OrganisationId;
use assent_support::{Act, Finding, Trail};
use frame_support::{
	pallet_prelude::{
		DispatchResult, TransactionSource, TransactionValidityWithRefund, ValidTransaction,
	},
	traits::{Get, Time},
	weights::Weight,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_application_crypto::RuntimeAppPublic;
use sp_core::H256;
use sp_runtime::{
	traits::Zero,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// The causes for which an attestation is refused by the pool and by a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAttested {
	/// The record is unknown or erased. On another fork the record may exist.
	NotFound,
	/// Another version or another round is current. The round was concluded, or belongs to a fork.
	StaleRound,
	/// The round is not due yet, or the look is later than this block.
	TooEarly,
	/// The look is earlier than the round, or too old.
	TooOld,
	/// The key belongs to no validator in the set.
	NotAnAttester,
	/// The organisation is the custodian of the document.
	OwnDocument,
	/// The organisation voted in this round, and has to wait before its next vote.
	TooSoon,
	/// The organisation voted the same in this round, and the same vote again would not conclude
	/// the round.
	AlreadyVoted,
	/// The signature is not the key's signature over this attestation on this chain.
	BadSignature,
}

impl From<NotAttested> for TransactionValidityError {
	fn from(refusal: NotAttested) -> Self {
		match refusal {
			NotAttested::NotFound => InvalidTransaction::Custom(1),
			NotAttested::OwnDocument => InvalidTransaction::Custom(2),
			NotAttested::TooSoon => InvalidTransaction::Custom(3),
			NotAttested::AlreadyVoted => InvalidTransaction::Custom(4),
			NotAttested::StaleRound | NotAttested::TooOld => InvalidTransaction::Stale,
			NotAttested::TooEarly => InvalidTransaction::Future,
			NotAttested::NotAnAttester => InvalidTransaction::BadSigner,
			NotAttested::BadSignature => InvalidTransaction::BadProof,
		}
		.into()
	}
}

impl<T: Config> Pallet<T> {
	/// The hash of the first block. An attestation for another chain is invalid on this chain.
	pub(crate) fn genesis() -> H256 {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}

	/// Checks the attestation without its signature. Returns the organisation, and the number of
	/// blocks for which the attestation is still valid.
	pub(crate) fn check(attestation: &Attestation) -> Result<(OrganisationId, u32), NotAttested> {
		let row = Records::<T>::get(attestation.record).ok_or(NotAttested::NotFound)?;
		if row.status != RecordStatus::Active {
			return Err(NotAttested::NotFound);
		}
		let version =
			Versions::<T>::get(attestation.record, row.version).ok_or(NotAttested::NotFound)?;
		if attestation.version != row.version || attestation.round != version.due {
			return Err(NotAttested::StaleRound);
		}
		let block = Self::block();
		if version.due > block || attestation.at > block {
			return Err(NotAttested::TooEarly);
		}
		let age = block.saturating_sub(attestation.at);
		let lifetime = Self::lifetime(version.size);
		if attestation.at < version.due || age > lifetime {
			return Err(NotAttested::TooOld);
		}
		let organisation =
			T::Attestors::organisation(&attestation.key).ok_or(NotAttested::NotAnAttester)?;
		let custodian = row.attributes.custodian;
		if organisation == custodian {
			return Err(NotAttested::OwnDocument);
		}
		let votes = Votes::<T>::get(attestation.record);
		if let Some(before) = votes.iter().find(|vote| vote.organisation == organisation) {
			if attestation.at < Self::revisable_from(before) {
				return Err(NotAttested::TooSoon);
			}
			let others = others::<T>(custodian);
			if before.finding == attestation.finding && !agreed(&votes, before.finding, &others) {
				return Err(NotAttested::AlreadyVoted);
			}
		}
		Ok((organisation, lifetime.saturating_sub(age)))
	}

	/// The number of blocks after the look for which an attestation of a document of this size is
	/// valid. The fetch of a large document takes long, and a block lasts a second at least.
	pub(crate) fn lifetime(size: u64) -> u32 {
		let fetching = u32::try_from(size / FLOOR_RATE).unwrap_or(u32::MAX);
		T::AttestationLifetime::get().saturating_add(fetching)
	}

	/// The first block at which an organisation may look and vote again.
	pub(crate) fn revisable_from(vote: &Vote) -> u32 {
		vote.at.saturating_add(T::ReviseAfter::get())
	}

	pub(crate) fn authorize_attest(
		_source: TransactionSource,
		attestation: &Attestation,
		signature: &AttestationSignature,
	) -> TransactionValidityWithRefund {
		let (organisation, left) = Self::check(attestation)?;
		// The signature comes last, because its verification costs most.
		if !attestation.key.verify(&attestation.message(Self::genesis()), signature) {
			return Err(NotAttested::BadSignature.into());
		}
		let tag = (attestation.record, attestation.version, attestation.round, organisation);
		let validity: ValidTransaction = ValidTransaction::with_tag_prefix("assent/attest")
			.and_provides(tag)
			.priority(T::AttestationPriority::get())
			.longevity(left.max(1).into())
			.propagate(true)
			.into();
		Ok((validity, Weight::zero()))
	}

	/// Adds an authorised attestation to the votes, and concludes the round at the quorum.
	pub(crate) fn do_attest(attestation: Attestation) -> DispatchResult {
		let Attestation { record, version: number, round, at, finding, key } = attestation;
		let row = Records::<T>::get(record).ok_or(Error::<T>::NotFound)?;
		let version = Versions::<T>::get(record, number).ok_or(Error::<T>::NotFound)?;
		let organisation = T::Attestors::organisation(&key).ok_or(Error::<T>::NotAuthorized)?;
		let others = others::<T>(row.attributes.custodian);

		let mut votes = Votes::<T>::get(record);
		// An organisation without a validator in the present set has no vote any more.
		votes.retain(|vote| {
			vote.organisation != organisation && others.contains(&vote.organisation)
		});
		votes
			.try_push(Vote { organisation, finding, at })
			.map_err(|_| Error::<T>::MaxVotesExceeded)?;
		let concluded = agreed(&votes, finding, &others);
		Votes::<T>::insert(record, votes);
		Self::deposit_event(Event::Attested {
			record,
			version: number,
			round,
			organisation,
			finding,
		});
		if concluded {
			Self::conclude(&row, number, version, finding);
		}
		Ok(())
	}

	/// Makes the finding the state of the version and schedules the next round.
	fn conclude(row: &Record, number: u32, mut version: Version, finding: Finding) {
		let record = row.attributes.record;
		let (patient, custodian) = (row.patient, row.attributes.custodian);
		Self::end_round(record, number);
		let period = match finding {
			Finding::Intact => RecheckEvery::<T>::get().unwrap_or_else(T::RecheckPeriod::get),
			Finding::Altered | Finding::Absent => T::RecoveryPeriod::get(),
		};
		let due = Self::block().saturating_add(period.max(1));
		let state = AnchorState::from(finding);
		let changed = version.state != state;
		version.due = due;
		if changed {
			version.state = state;
			version.since = T::Time::now();
		}
		Versions::<T>::insert(record, number, version);
		Due::<T>::insert(Self::due_key(due), record, number);
		if changed {
			let act = Act::DocumentFound { record, version: number, finding };
			T::Trail::write(Some(patient), Some(custodian), None, act);
			Self::deposit_event(Event::DocumentFound {
				record,
				patient,
				custodian,
				version: number,
				finding,
				due,
			});
		} else {
			Self::deposit_event(Event::DocumentRechecked { record, version: number, finding, due });
		}
	}
}

/// Whether a quorum of the checking organisations agrees on the finding.
fn agreed(votes: &[Vote], finding: Finding, others: &[OrganisationId]) -> bool {
	let agreeing: Vec<_> = votes
		.iter()
		.filter(|vote| vote.finding == finding && others.contains(&vote.organisation))
		.collect();
	agreeing.len() as u32 >= quorum(others.len() as u32)
}

/// The number of organisations that must agree, of the others with validators.
pub(crate) fn quorum(others: u32) -> u32 {
	others.saturating_sub(1).saturating_div(3).saturating_add(1).max(2)
}

/// The organisations that check the documents of a custodian.
fn others<T: Config>(custodian: OrganisationId) -> Vec<OrganisationId> {
	let mut others = T::Attestors::organisations();
	others.retain(|organisation| *organisation != custodian);
	others.truncate(MAX_VOTES as usize);
	others
}
