//! The invariants of the stored state. Compiled in every build: the tests and the check of an
//! exported state use these functions.

use crate::{directives::MAX_PERMISSIONS, pallet::*, types::*};
use alloc::collections::BTreeMap;
use assent_policy::{check, DirectiveId, Effect, Moment, PatientId};
use assent_support::{Acceptances, EndReason, PolicyRef};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

type Rows<I, R> = BTreeMap<PatientId, BTreeMap<I, R>>;

impl<T: Config> Pallet<T> {
	/// Checks numbers, bounds and ends. Checks lists against rows both ways, and the links between
	/// requests and directives.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let now = Self::now();
		let mut directives: Rows<DirectiveId, DirectiveRow> = BTreeMap::new();
		for (patient, id, row) in Directives::<T>::iter() {
			directives.entry(patient).or_default().insert(id, row);
		}
		let mut requests: Rows<RequestId, RequestRow> = BTreeMap::new();
		for (patient, id, row) in Requests::<T>::iter() {
			requests.entry(patient).or_default().insert(id, row);
		}
		Self::check_directives(&directives, now)?;
		Self::check_in_force(&directives)?;
		Self::check_in_force_when_made(&directives)?;
		Self::check_built_on(&directives)?;
		Self::check_requests(&requests, &directives, now)
	}

	fn check_directives(
		directives: &Rows<DirectiveId, DirectiveRow>,
		now: Moment,
	) -> Result<(), TryRuntimeError> {
		for (patient, next) in NextDirective::<T>::iter() {
			let count = directives.get(&patient).map_or(0, BTreeMap::len);
			ensure!(
				count as u64 == u64::from(next),
				TryRuntimeError::Other("consent: a directive's number has no row")
			);
		}
		for (patient, rows) in directives {
			let next = NextDirective::<T>::get(patient);
			let mut before = 0;
			for (id, row) in rows {
				ensure!(
					*id < next,
					TryRuntimeError::Other("consent: a directive has a number not handed out")
				);
				ensure!(
					before <= row.made && row.made <= now,
					TryRuntimeError::Other("consent: directives were made out of order")
				);
				before = row.made;
				ensure!(
					check(&row.directive, row.made).is_ok(),
					TryRuntimeError::Other("consent: a row holds a malformed directive")
				);
				let Some(ended) = row.ended else { continue };
				ensure!(
					row.made <= ended.at && ended.at <= now,
					TryRuntimeError::Other(
						"consent: a directive ended before its beginning or in the future"
					)
				);
				let until = row.directive.base.period.until;
				match ended.reason {
					EndReason::Expired => ensure!(
						until == Some(ended.at),
						TryRuntimeError::Other(
							"consent: an expired directive did not end with its period"
						)
					),
					EndReason::Withdrawn => ensure!(
						until.is_none_or(|until| ended.at < until),
						TryRuntimeError::Other(
							"consent: a directive was withdrawn after it had expired"
						)
					),
					EndReason::Replaced(by) => {
						ensure!(
							until.is_none_or(|until| ended.at < until),
							TryRuntimeError::Other(
								"consent: a directive was replaced after it had expired"
							)
						);
						ensure!(
							*id < by && rows.get(&by).is_some_and(|new| new.made == ended.at),
							TryRuntimeError::Other(
								"consent: a replacement is missing or of another moment"
							)
						);
					}
				}
			}
		}
		Ok(())
	}

	fn check_in_force(directives: &Rows<DirectiveId, DirectiveRow>) -> Result<(), TryRuntimeError> {
		for (patient, list) in InForce::<T>::iter() {
			ensure!(
				ascending(&list),
				TryRuntimeError::Other("consent: a list in force is not ascending")
			);
			let rows = directives.get(&patient);
			let mut permissions = 0;
			for id in &list {
				let row = rows.and_then(|rows| rows.get(id)).ok_or(TryRuntimeError::Other(
					"consent: a list in force names a missing row",
				))?;
				ensure!(
					row.ended.is_none(),
					TryRuntimeError::Other("consent: an ended directive is listed as in force")
				);
				permissions += u32::from(row.directive.base.effect == Effect::Permit);
			}
			ensure!(
				permissions <= MAX_PERMISSIONS,
				TryRuntimeError::Other("consent: a list in force has no places left for denials")
			);
		}
		for (patient, rows) in directives {
			let list = InForce::<T>::get(patient);
			ensure!(
				rows.iter().all(|(id, row)| row.ended.is_some() || list.contains(id)),
				TryRuntimeError::Other("consent: a directive that has not ended is not listed")
			);
		}
		Ok(())
	}

	/// A kept list holds every directive without an end at the moment of the next directive, and no
	/// directive that had ended.
	fn check_in_force_when_made(
		directives: &Rows<DirectiveId, DirectiveRow>,
	) -> Result<(), TryRuntimeError> {
		for (patient, id) in InForceWhenMade::<T>::iter_keys() {
			ensure!(
				directives.get(&patient).is_some_and(|rows| rows.contains_key(&id)),
				TryRuntimeError::Other("consent: a kept list belongs to no directive")
			);
		}
		for (patient, rows) in directives {
			for (id, row) in rows {
				let list = InForceWhenMade::<T>::get(patient, id);
				ensure!(
					ascending(&list) && list.last() == Some(id),
					TryRuntimeError::Other(
						"consent: a kept list is not ascending up to its directive"
					)
				);
				ensure!(
					list.iter().all(|other| rows.contains_key(other)),
					TryRuntimeError::Other("consent: a kept list names a missing row")
				);
				for (other, earlier) in rows.range(..id) {
					let listed = list.binary_search(other).is_ok();
					match earlier.ended {
						Some(ended) if ended.at < row.made => {
							ensure!(
								!listed,
								TryRuntimeError::Other(
									"consent: a kept list names a directive that had ended"
								)
							)
						}
						// Ended in the same moment: both orders are right.
						Some(ended) if ended.at == row.made => {}
						_ => ensure!(
							listed,
							TryRuntimeError::Other(
								"consent: a kept list lacks a directive in force"
							)
						),
					}
				}
			}
		}
		Ok(())
	}

	/// A directive built on a base policy is listed under the version until the directive ends.
	fn check_built_on(directives: &Rows<DirectiveId, DirectiveRow>) -> Result<(), TryRuntimeError> {
		for (organisation, version, patient, id) in BuiltOn::<T>::iter_keys() {
			let policy = PolicyRef { organisation, version };
			ensure!(
				directives
					.get(&patient)
					.and_then(|rows| rows.get(&id))
					.is_some_and(|row| row.policy == Some(policy) && row.ended.is_none()),
				TryRuntimeError::Other("consent: a directive listed by version has ended, or is built on another version")
			);
		}
		for (patient, rows) in directives {
			for (id, row) in rows {
				let Some(policy) = row.policy else { continue };
				ensure!(
					T::Acceptances::can_build_on(*patient, policy),
					TryRuntimeError::Other(
						"consent: a directive is built on a version that nobody registered"
					)
				);
				let key = (policy.organisation, policy.version, *patient, *id);
				ensure!(
					row.ended.is_some() || BuiltOn::<T>::contains_key(key),
					TryRuntimeError::Other(
						"consent: a directive that has not ended is not listed by version"
					)
				);
			}
		}
		Ok(())
	}

	fn check_requests(
		requests: &Rows<RequestId, RequestRow>,
		directives: &Rows<DirectiveId, DirectiveRow>,
		now: Moment,
	) -> Result<(), TryRuntimeError> {
		for (patient, next) in NextRequest::<T>::iter() {
			let count = requests.get(&patient).map_or(0, BTreeMap::len);
			ensure!(
				count as u64 == u64::from(next),
				TryRuntimeError::Other("consent: a request's number has no row")
			);
		}
		for (patient, open) in OpenRequests::<T>::iter() {
			ensure!(
				ascending(&open),
				TryRuntimeError::Other("consent: a list of open requests is not ascending")
			);
			let mut of_organisation = BTreeMap::new();
			for id in &open {
				let row = requests
					.get(&patient)
					.and_then(|rows| rows.get(id))
					.ok_or(TryRuntimeError::Other("consent: an open request has no row"))?;
				ensure!(
					row.state == RequestState::Open,
					TryRuntimeError::Other("consent: an answered request is listed as open")
				);
				*of_organisation.entry(row.organisation).or_insert(0u32) += 1;
			}
			ensure!(
				of_organisation.values().all(|count| *count <= MAX_OPEN_OF_ORGANISATION),
				TryRuntimeError::Other("consent: an organisation has too many open requests")
			);
		}
		for (patient, rows) in requests {
			let next = NextRequest::<T>::get(patient);
			let open = OpenRequests::<T>::get(patient);
			for (id, row) in rows {
				ensure!(
					*id < next,
					TryRuntimeError::Other("consent: a request has a number not handed out")
				);
				ensure!(
					row.made <= now && row.made < row.expires,
					TryRuntimeError::Other(
						"consent: a request was made in the future or never lasted"
					)
				);
				match row.state {
					RequestState::Open => ensure!(
						row.expires <= now || open.contains(id),
						TryRuntimeError::Other(
							"consent: a request that waits for an answer is not listed"
						)
					),
					RequestState::Approved(directive) => ensure!(
						directives.get(patient).and_then(|rows| rows.get(&directive)).is_some_and(
							|made| {
								made.request == Some(*id)
									&& made.directive == row.terms.directive()
									&& made.policy == row.policy
							}
						),
						TryRuntimeError::Other(
							"consent: an approved request made no such directive"
						)
					),
					RequestState::Refused => {}
				}
			}
		}
		for (patient, rows) in directives {
			for (id, row) in rows {
				let Some(request) = row.request else { continue };
				ensure!(
					requests
						.get(patient)
						.and_then(|rows| rows.get(&request))
						.is_some_and(|asked| asked.state == RequestState::Approved(*id)),
					TryRuntimeError::Other(
						"consent: a directive answers a request that was not approved"
					)
				);
			}
		}
		Ok(())
	}
}

fn ascending(numbers: &[u32]) -> bool {
	numbers.windows(2).all(|pair| pair[0] < pair[1])
}
