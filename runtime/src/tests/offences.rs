//! Two conflicting votes, reported in real blocks.

use super::{
	blocks::{account, equivocation, report, Blocks},
	*,
};
use pallet_session::ShouldEndSession;
use pallet_validators::{OffenceOutcome, ValidatorStatus};
use sp_runtime::{traits::Header as _, transaction_validity::InvalidTransaction, DispatchError};

fn delta() -> AccountId {
	account("//Delta//validator")
}

fn status(of: AccountId) -> ValidatorStatus {
	Validators::validator(of).unwrap().status
}

#[test]
fn equivocation_should_disable_the_last_that_can_be_spared_and_keep_it() {
	Blocks::run(|blocks| {
		blocks.pass(3);
		blocks.block(|| assert_eq!(report(equivocation("//Delta", 7)), Ok(Ok(()))));
		System::assert_has_event(RuntimeEvent::Validators(
			pallet_validators::Event::ValidatorOffended {
				validator: delta(),
				organisation: 3,
				session: 0,
				outcome: OffenceOutcome::Stays,
			},
		));
		assert_eq!(Session::disabled_validators().len(), 1);
		// `Blocks` leaves the slots of the disabled validator empty, as Aura demands. The chain
		// goes on without the validator.
		blocks.pass_session();
		blocks.pass_session();
		assert_eq!(Session::validators().len(), 4);
		assert_eq!(Session::disabled_validators().len(), 1);
		assert_eq!(status(delta()), ValidatorStatus::Offended { session: 0 });
	});
}

#[test]
fn disabled_validator_should_make_no_block() {
	let made = std::panic::catch_unwind(|| {
		Blocks::run(|blocks| {
			blocks.block(|| assert_eq!(report(equivocation("//Delta", 7)), Ok(Ok(()))));
			let disabled = Session::disabled_validators()[0];
			let slot = (0..8u64)
				.map(|ahead| pallet_aura::CurrentSlot::<Runtime>::get() + 1 + ahead)
				.find(|slot| u64::from(*slot) % 4 == u64::from(disabled))
				.unwrap();
			Executive::initialize_block(&Header::new(
				2,
				Default::default(),
				Default::default(),
				Default::default(),
				sp_runtime::Digest {
					logs: vec![sp_runtime::DigestItem::PreRuntime(
						sp_consensus_aura::AURA_ENGINE_ID,
						codec::Encode::encode(&slot),
					)],
				},
			));
		});
	});
	let why = made.unwrap_err();
	let why = why.downcast_ref::<String>().expect("a panic that says why");
	assert!(why.contains("is disabled"), "{why}");
}

#[test]
fn session_should_begin_in_any_slot_of_the_set_before() {
	Blocks::run(|blocks| {
		blocks.block(|| assert_eq!(report(equivocation("//Delta", 7)), Ok(Ok(()))));
		let disabled = Session::disabled_validators()[0];
		// The same set in another order. Another validator has now the place that Delta gets next.
		pallet_session::QueuedKeys::<Runtime>::mutate(|keys| keys.rotate_left(1));
		pallet_session::QueuedChanged::<Runtime>::put(true);
		let place = (disabled + 3) % 4;
		while !configs::consensus::Sessions::should_end_session(System::block_number() + 1) {
			blocks.block(|| ());
		}
		let next = *pallet_aura::CurrentSlot::<Runtime>::get() + 1;
		blocks.wait((u64::from(place) + 4 - next % 4) % 4 * MILLISECS_PER_BLOCK);
		blocks.block(|| ());
		assert_eq!(Session::current_index(), 1);
		assert_eq!(Session::disabled_validators(), [place]);
	});
}

#[test]
fn same_report_should_be_refused_and_change_nothing_the_second_time() {
	Blocks::run(|blocks| {
		blocks.pass(3);
		let (bare, again) = (equivocation("//Delta", 7), equivocation("//Delta", 7));
		blocks.block(|| assert_eq!(report(bare.clone()), Ok(Ok(()))));
		let (before, offences) =
			(Validators::validator(delta()), pallet_offences::Reports::<Runtime>::iter().count());
		blocks.block(|| {
			assert_eq!(report(bare), Err(InvalidTransaction::Stale.into()));
			let duplicate: DispatchError =
				pallet_grandpa::Error::<Runtime>::DuplicateOffenceReport.into();
			let dispatched = RuntimeCall::Grandpa(again).dispatch(RuntimeOrigin::none());
			assert_eq!(dispatched.map(drop).map_err(|error| error.error), Err(duplicate));
		});
		assert_eq!(Validators::validator(delta()), before);
		assert_eq!(pallet_offences::Reports::<Runtime>::iter().count(), offences);
		assert_eq!(Session::disabled_validators().len(), 1);
	});
}

#[test]
fn report_should_be_refused_when_the_votes_do_not_conflict_or_are_not_signed() {
	Blocks::run(|blocks| {
		blocks.pass(3);
		let pallet_grandpa::Call::report_equivocation_unsigned {
			equivocation_proof,
			key_owner_proof,
		} = equivocation("//Delta", 7)
		else {
			unreachable!()
		};
		let encoded = codec::Encode::encode(&equivocation_proof);
		// Set, kind, round and identity come first. A vote with its signature is 100 bytes.
		let votes = 8 + 1 + 8 + 32;
		let mut same = encoded.clone();
		same.copy_within(votes..votes + 100, votes + 100);
		let mut unsigned = encoded;
		*unsigned.last_mut().unwrap() ^= 1;
		let invalid: DispatchError =
			pallet_grandpa::Error::<Runtime>::InvalidEquivocationProof.into();
		for forged in [same, unsigned] {
			let proof = codec::Decode::decode(&mut &forged[..]).unwrap();
			blocks.block(|| {
				assert_eq!(
					report(pallet_grandpa::Call::report_equivocation_unsigned {
						equivocation_proof: Box::new(proof),
						key_owner_proof: key_owner_proof.clone(),
					}),
					Ok(Err(invalid))
				)
			});
		}
		assert_eq!(status(delta()), ValidatorStatus::Active);
		assert!(Session::disabled_validators().is_empty());
	});
}
