//! Members of the consortium, their agents, vaults, base policies and practitioners.

use super::MAX_PAGE;
use crate::{ids::address, keys::Signer, Chain, Failure, Outcome};
use assent_policy::OrganisationId;
use assent_runtime::{Hash, Runtime};
use pallet_consortium::{BasePolicy, Credential, Endpoint, Organisation, MAX_POLICY_PAGE};
use sp_runtime::AccountId32;

/// A member's row; none if there is no such member.
pub async fn find_organisation(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<Option<Organisation>> {
	let key = pallet_consortium::Organisations::<Runtime>::hashed_key_for(organisation);
	chain.read(&key, at).await
}

/// A member's row.
///
/// # Errors
/// `NotFound`.
pub async fn organisation(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<Organisation> {
	find_organisation(chain, organisation, at)
		.await?
		.ok_or_else(|| Failure::not_found(format!("organisation {organisation}")))
}

/// Every member by number, removed ones too.
pub async fn organisations(
	chain: &Chain,
	at: Hash,
) -> Outcome<Vec<(OrganisationId, Organisation)>> {
	let key = pallet_consortium::NextOrganisation::<Runtime>::hashed_key();
	let next: OrganisationId = chain.read(&key, at).await?.unwrap_or_default();
	let mut rows = Vec::new();
	for number in 0..next {
		if let Some(row) = find_organisation(chain, number, at).await? {
			rows.push((number, row));
		}
	}
	Ok(rows)
}

/// The organisation for which a signer acts, at the best block.
///
/// # Errors
/// `NotAuthorized`, when the signer acts for none.
pub async fn acting_for(chain: &Chain, signer: &Signer) -> Outcome<OrganisationId> {
	let key = pallet_consortium::ByAgent::<Runtime>::hashed_key_for(signer.account());
	chain.read(&key, chain.best().await?).await?.ok_or_else(|| {
		Failure::refused(
			"NotAuthorized",
			format!("{} acts for no organisation", address(&signer.account())),
		)
	})
}

/// The approved and the proposed address of an organisation's vault.
pub async fn endpoint(chain: &Chain, organisation: OrganisationId, at: Hash) -> Outcome<Endpoint> {
	let key = pallet_consortium::Endpoints::<Runtime>::hashed_key_for(organisation);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// The newest version of a member's base policy; none if there is none. `row` is the
/// member's row.
pub async fn newest_policy(
	chain: &Chain,
	organisation: OrganisationId,
	row: &Organisation,
	at: Hash,
) -> Outcome<Option<BasePolicy>> {
	match row.policy {
		Some(version) => {
			let key =
				pallet_consortium::BasePolicies::<Runtime>::hashed_key_for(organisation, version);
			chain.read(&key, at).await
		}
		None => Ok(None),
	}
}

/// Every version of an organisation's base policy, oldest first.
pub async fn policies_of(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<Vec<BasePolicy>> {
	let mut versions: Vec<BasePolicy> = Vec::new();
	loop {
		let from = versions.last().map_or(1, |last| last.version.saturating_add(1));
		let arguments = (organisation, from, MAX_POLICY_PAGE);
		let page: Vec<BasePolicy> = chain.call("ConsortiumApi_policies_of", arguments, at).await?;
		if page.is_empty() {
			return Ok(versions);
		}
		versions.extend(page);
	}
}

/// The credential of an account.
///
/// # Errors
/// `NotFound`, when the account never had one.
pub async fn credential(chain: &Chain, account: &AccountId32, at: Hash) -> Outcome<Credential> {
	let key = pallet_consortium::Practitioners::<Runtime>::hashed_key_for(account);
	chain
		.read(&key, at)
		.await?
		.ok_or_else(|| Failure::not_found(format!("credential of {}", address(account))))
}

/// How many engagements an account began by a consent: the next consent carries this number.
pub async fn engagements(chain: &Chain, account: &AccountId32, at: Hash) -> Outcome<u32> {
	let key = pallet_consortium::Engagements::<Runtime>::hashed_key_for(account);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// Every practitioner of an organisation, in storage order.
pub async fn practitioners_of(
	chain: &Chain,
	organisation: OrganisationId,
	at: Hash,
) -> Outcome<Vec<(AccountId32, Credential)>> {
	chain
		.pages(|last: Option<&(AccountId32, Credential)>| {
			let after = last.map(|(account, _)| account.clone());
			let arguments = (organisation, after, MAX_PAGE);
			chain.call("ConsortiumApi_practitioners_of", arguments, at)
		})
		.await
}
