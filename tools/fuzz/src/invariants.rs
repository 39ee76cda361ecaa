//! The invariants of the whole chain, and the pallets' own invariants, checked after each
//! block.

use crate::{
	chain::{pool, sign},
	people::{patient, People, PATIENTS},
};
use assent_policy::{OrganisationId, PatientId};
use assent_runtime::{
	Acceptances, AccountId, Allowance, Consent, Consortium, Emergencies, Patients, Records,
	Runtime, RuntimeCall, RuntimeEvent, System, Trail, Validators,
};
use frame_support::{dispatch::DispatchClass, weights::Weight};
use sp_core::Pair;
use std::collections::BTreeMap;

/// The nonces and the lengths of the trail after earlier blocks.
#[derive(Default)]
pub struct Watch {
	nonces: BTreeMap<AccountId, u32>,
	entries: BTreeMap<Sequence, u64>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Sequence {
	Patient(PatientId),
	Organisation(OrganisationId),
}

impl Watch {
	/// Panics with a message if an invariant does not hold.
	pub fn check(&mut self, people: &People) {
		pallets_hold();
		block_fits();
		self.nonces_never_fall(people);
		self.trail_never_shrinks();
		withdrawals_pass(people);
	}

	/// An account that signed keeps the nonce. If the account were removed with the nonce, old
	/// transactions would be valid again.
	fn nonces_never_fall(&mut self, people: &People) {
		for account in people.accounts() {
			let nonce = System::account_nonce(&account);
			let before = self.nonces.insert(account.clone(), nonce).unwrap_or(0);
			assert!(nonce >= before, "the nonce of {account} fell to {nonce}");
		}
	}

	fn trail_never_shrinks(&mut self) {
		let patients = (0..PATIENTS).map(|number| {
			let id = patient(number);
			(Sequence::Patient(id), Trail::patient_head(id))
		});
		let organisations =
			(0..8).map(|id| (Sequence::Organisation(id), Trail::organisation_head(id)));
		for (sequence, head) in patients.chain(organisations) {
			let count = head.count;
			let before = self.entries.insert(sequence, count).unwrap_or(0);
			assert!(count >= before, "a trail shrank to {count} entries");
		}
	}
}

/// The invariants of each pallet.
fn pallets_hold() {
	for (pallet, holds) in [
		("Consortium", Consortium::do_try_state()),
		("Validators", Validators::do_try_state()),
		("Patients", Patients::do_try_state()),
		("Records", Records::do_try_state()),
		("Consent", Consent::do_try_state()),
		("Emergencies", Emergencies::do_try_state()),
		("Acceptances", Acceptances::do_try_state()),
		("Trail", Trail::do_try_state()),
		("Allowance", Allowance::do_try_state()),
	] {
		if let Err(error) = holds {
			panic!("try_state of {pallet}: {error:?}");
		}
	}
}

/// The weight of a block stays within the limit of a block. The transactions of accounts stay
/// within the limits of their classes. At the end of a session, the session pallet claims a
/// whole block.
fn block_fits() {
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	let used = System::block_weight();
	let mut sent = Weight::zero();
	for class in [DispatchClass::Normal, DispatchClass::Operational] {
		let of_class = *used.get(class);
		sent = sent.saturating_add(of_class);
		let most = limits.get(class).max_total.unwrap_or(limits.max_block);
		assert!(of_class.all_lte(most), "{class:?}: the block weighs {of_class:?} of {most:?}");
	}
	let session_ends = System::read_events_no_consensus()
		.any(|record| matches!(record.event, RuntimeEvent::Session(_)));
	let all = if session_ends { sent } else { used.total() };
	assert!(all.all_lte(limits.max_block), "the block weighs {used:?} of {:?}", limits.max_block);
}

/// A patient with a directive in force can always send the withdrawal. This holds in safe
/// mode, after leaving, with an exhausted allowance and with a suspended organisation.
fn withdrawals_pass(people: &People) {
	for number in 0..PATIENTS {
		let patient = patient(number);
		let (Some(row), Some(directive)) = (
			pallet_patients::Patients::<Runtime>::get(patient),
			Consent::in_force(patient).first().copied(),
		) else {
			continue;
		};
		let Some(pair) = people.key_of(&row.controller) else {
			continue;
		};
		let call = RuntimeCall::Consent(pallet_consent::Call::withdraw { patient, directive });
		let account = AccountId::from(pair.public());
		let nonce = System::account_nonce(&account);
		let valid = pool(sign(pair, account, call, nonce))
			.unwrap_or_else(|error| panic!("{patient} can't withdraw {directive}: {error:?}"));
		assert!(
			valid.priority >= pallet_allowance::priority::WITHDRAWAL,
			"a withdrawal of {patient} is not first"
		);
	}
}
