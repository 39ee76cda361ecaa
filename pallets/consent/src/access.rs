//! Accesses: the pallet finds out the requester, the record and the directives. The decision
//! function gives the answer.

use crate::{pallet::*, types::*};
use alloc::vec::Vec;
use assent_policy::{
	decide, decide_without_record, Action, Decision, DirectiveId, Effect, Moment, OrganisationId,
	PatientId, Purpose, RecordId, Request, Requester, Stored, VersionNumber,
};
use assent_support::{
	first_after, Acceptances, Act, Deed, Emergencies, Members, Patients, Records, Relation, Trail,
};
use sp_runtime::AccountId32;

/// An access with the answer, and the facts for the trail.
pub(crate) struct Judged {
	/// The answer.
	pub decision: Decision,
	/// The patient, if the id is enrolled.
	pub patient: Option<PatientId>,
	/// The organisation that answers for the requester, if the requester is a practitioner.
	pub organisation: Option<OrganisationId>,
	/// The current version of the record, for a permit only: a denial does not tell whether the
	/// record exists.
	pub version: Option<VersionNumber>,
	/// The number of directives and versions of the base policy that were read.
	pub read: u32,
}

impl<T: Config> Pallet<T> {
	/// Decides an access and writes the decision into the trail. Returns the number of directives
	/// and versions of the base policy that were read.
	pub(crate) fn do_access(
		requester: AccountId32,
		patient: PatientId,
		record: RecordId,
		purpose: Purpose,
		action: Action,
		now: Moment,
	) -> u32 {
		let judged = Self::judge(&requester, patient, record, purpose, action, now);
		let decision = judged.decision;
		let entry = T::Trail::write(
			judged.patient,
			judged.organisation,
			Some(requester.clone()),
			Act::AccessDecided { record, version: judged.version, purpose, action, decision },
		);
		Self::deposit_event(Event::AccessDecided {
			patient,
			record,
			requester,
			purpose,
			action,
			decision,
			entry,
		});
		judged.read
	}

	/// Gives the access to the decision function.
	pub(crate) fn judge(
		account: &AccountId32,
		patient: PatientId,
		record: RecordId,
		purpose: Purpose,
		action: Action,
		at: Moment,
	) -> Judged {
		let requester = Self::requester(account, patient, at);
		let organisation = match &requester {
			Requester::Practitioner(practitioner) => Some(practitioner.organisation),
			_ => None,
		};
		let enrolled = T::Patients::exists(patient);
		let attributes = T::Records::attributes(record, at)
			.filter(|(owner, _)| enrolled && *owner == patient)
			.map(|(_, attributes)| attributes);
		let mut judged = Judged {
			decision: decide_without_record(&requester),
			patient: enrolled.then_some(patient),
			organisation,
			version: None,
			read: 0,
		};
		let Some(attributes) = attributes else {
			return judged;
		};
		let now = Self::now();
		let emergency = match &requester {
			Requester::Practitioner(practitioner) => {
				T::Emergencies::active(practitioner, patient, at)
			}
			_ => false,
		};
		let rows = Self::rows_at(patient, at, now);
		let stored = rows.iter().map(|(id, row)| Stored {
			id: *id,
			directive: &row.directive,
			maker: row.made_as,
			made: row.made,
			ended: row.ended.map(|ended| ended.at),
		});
		let base_policy = T::Acceptances::standing(patient, attributes.custodian, at);
		let request = Request {
			requester,
			purpose,
			action,
			time: at,
			emergency,
			private: T::Patients::private(patient, at),
		};
		judged.decision = decide(&request, &attributes, stored, base_policy.stands());
		if judged.decision.effect == Effect::Permit {
			judged.version = T::Records::version(record);
		}
		judged.read = rows.len().saturating_add(base_policy.versions.len()) as u32;
		judged
	}

	/// The account's role for this patient at that moment. An account permitted to open the
	/// patient's documents asks in this role, practitioner or not. An account that acts for the
	/// patient without this permission asks as any other account does. A delegate without the
	/// mandate is an example.
	fn requester(account: &AccountId32, patient: PatientId, at: Moment) -> Requester {
		match T::Patients::may(account, patient, Deed::OpenDocuments, at) {
			Ok(Relation::Controller) => Requester::Patient,
			Ok(Relation::Guardian) => Requester::Guardian,
			Ok(Relation::Delegate) => Requester::Delegate,
			Err(_) => T::Members::practitioner(account, at)
				.map_or(Requester::Stranger, Requester::Practitioner),
		}
	}

	/// The directives that may be valid at that moment, at most 64. For a past moment, ended
	/// directives are among these.
	fn rows_at(patient: PatientId, at: Moment, now: Moment) -> Vec<(DirectiveId, DirectiveRow)> {
		let listed = if at >= now {
			InForce::<T>::get(patient)
		} else {
			first_after(NextDirective::<T>::get(patient), |id| {
				Directives::<T>::get(patient, id).is_some_and(|row| row.made <= at)
			})
			.checked_sub(1)
			.map(|last| InForceWhenMade::<T>::get(patient, last))
			.unwrap_or_default()
		};
		listed.into_iter().filter_map(|id| Some((id, Directives::<T>::get(patient, id)?))).collect()
	}
}
