//! Accesses in a final block.

use assent_client::vault::WrapAddress;
use assent_policy::{Action, Effect, PatientId, Purpose};
use assent_runtime::{BlockNumber, Hash, RuntimeEvent};
use assent_support::Act;
use pallet_trail::Entry;
use std::collections::BTreeSet;

/// A permitted access, whose reader needs a wrap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
	/// The patient of the record.
	pub patient: PatientId,
	/// The document, and the reader.
	pub wrap: WrapAddress,
	/// The permitted purpose and action.
	pub asked: (Purpose, Action),
	/// The entry of the permission.
	pub entry: Hash,
	/// The block that holds the entry.
	pub block: BlockNumber,
}

/// The work to do after a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
	/// Wraps to be made.
	pub jobs: Vec<Job>,
	/// Patients with wraps that may have lost their permit.
	pub changed: BTreeSet<PatientId>,
	/// Whether any patient's wraps may no longer be permitted: an organisation's standing, its
	/// rules or a credential changed.
	pub everybody: bool,
}

/// Reads a block's events.
pub(super) fn found(number: BlockNumber, events: Vec<RuntimeEvent>) -> Found {
	let mut found = Found::default();
	for event in events {
		match event {
			RuntimeEvent::Trail(pallet_trail::Event::EntryWritten { hash, entry }) => {
				found.take(number, hash, entry);
			}
			RuntimeEvent::Consortium(
				pallet_consortium::Event::OrganisationSuspended { .. }
				| pallet_consortium::Event::OrganisationRemoved { .. }
				| pallet_consortium::Event::BasePolicySet { .. }
				| pallet_consortium::Event::PractitionerRevoked { .. }
				| pallet_consortium::Event::PractitionerResigned { .. },
			) => found.everybody = true,
			_ => {}
		}
	}
	found
}

impl Found {
	fn take(&mut self, number: BlockNumber, hash: Hash, entry: Entry) {
		let Some(patient) = entry.patient.map(|link| link.id) else {
			return;
		};
		match (entry.act, entry.actor) {
			(
				Act::AccessDecided { record, version: Some(version), purpose, action, decision },
				Some(reader),
			) if decision.effect == Effect::Permit && action.retrieves() => self.jobs.push(Job {
				patient,
				wrap: WrapAddress { record, version, reader },
				asked: (purpose, action),
				entry: hash,
				block: number,
			}),
			// An access or a finding ends no permit.
			(Act::AccessDecided { .. } | Act::DocumentFound { .. }, _) => {}
			_ => {
				self.changed.insert(patient);
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::words::Word;
	use assent_policy::{Basis, Decision, RecordId};
	use assent_support::Finding;
	use pallet_trail::Link;
	use sp_runtime::AccountId32;

	const PATIENT: PatientId = PatientId([1; 16]);
	const RECORD: RecordId = RecordId([2; 16]);

	fn reader() -> AccountId32 {
		AccountId32::new([3; 32])
	}

	fn written(act: Act, patient: Option<PatientId>) -> RuntimeEvent {
		let entry = Entry {
			at: 0,
			block: 9,
			actor: Some(reader()),
			act,
			patient: patient.map(|id| Link { id, sequence: 1, previous: Hash::zero() }),
			organisation: None,
		};
		let hash = Hash::repeat_byte(7);
		RuntimeEvent::Trail(pallet_trail::Event::EntryWritten { hash, entry })
	}

	fn access(effect: Effect, action: Action, version: Option<u32>) -> Act {
		Act::AccessDecided {
			record: RECORD,
			version,
			purpose: Purpose::Treatment,
			action,
			decision: Decision { effect, basis: Basis::OwnAccess },
		}
	}

	#[test]
	fn permitted_access_should_ask_for_a_wrap_and_a_denied_one_for_nothing() {
		let events = vec![
			written(access(Effect::Deny, Action::Access, Some(4)), Some(PATIENT)),
			written(access(Effect::Permit, Action::Access, None), Some(PATIENT)),
			written(access(Effect::Permit, Action::Access, Some(4)), None),
			written(access(Effect::Permit, Action::Access, Some(4)), Some(PATIENT)),
		];
		let job = Job {
			patient: PATIENT,
			wrap: WrapAddress { record: RECORD, version: 4, reader: reader() },
			asked: (Purpose::Treatment, Action::Access),
			entry: Hash::repeat_byte(7),
			block: 9,
		};
		let expected = Found { jobs: vec![job], ..Found::default() };
		assert_eq!(found(9, events), expected);
	}

	#[test]
	fn permit_should_ask_for_a_wrap_only_when_the_action_retrieves() {
		for action in Action::ALL {
			let event = written(access(Effect::Permit, *action, Some(4)), Some(PATIENT));
			let jobs = found(9, vec![event]).jobs.len();
			assert_eq!(jobs, usize::from(*action == Action::Access), "{action:?}");
		}
	}

	#[test]
	fn what_may_end_anybodys_permit_should_have_every_wrap_looked_at() {
		use pallet_consortium::Event as Consortium;
		let (organisation, practitioner) = (1, reader());
		for event in [
			Consortium::OrganisationSuspended { organisation },
			Consortium::OrganisationRemoved { organisation },
			Consortium::BasePolicySet { organisation, version: 2, hash: [0; 32] },
			Consortium::PractitionerRevoked { organisation, practitioner: practitioner.clone() },
			Consortium::PractitionerResigned { organisation, practitioner: practitioner.clone() },
		] {
			let found = found(9, vec![RuntimeEvent::Consortium(event)]);
			assert!(found.everybody);
		}
		let reinstated = Consortium::OrganisationReinstated { organisation };
		let other = found(9, vec![RuntimeEvent::Consortium(reinstated)]);
		assert_eq!(other, Found::default());
	}

	#[test]
	fn what_may_end_a_permit_should_have_the_patients_wraps_looked_at() {
		let other = PatientId([9; 16]);
		let events = vec![
			written(Act::RecordErased { record: RECORD }, Some(PATIENT)),
			written(Act::RecordErased { record: RECORD }, Some(PATIENT)),
			written(Act::DirectiveMade { directive: 1 }, Some(other)),
			written(Act::RecordErased { record: RECORD }, None),
		];
		let changed = found(9, events).changed;
		assert_eq!(changed, BTreeSet::from([PATIENT, other]));
		let document = Act::DocumentFound { record: RECORD, version: 1, finding: Finding::Intact };
		assert_eq!(found(9, vec![written(document, Some(PATIENT))]), Found::default());
	}
}
