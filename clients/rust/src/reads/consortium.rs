//! Members of the consortium, their agents, vaults, base policies and practitioners.

use super::{known, State};
use crate::{ids::address, keys::Signer, Failure, Outcome};
use assent_policy::OrganisationId;
use assent_runtime::Runtime;
use pallet_consortium::{BasePolicy, Credential, Endpoint, Organisation, MAX_POLICY_PAGE};
use sp_runtime::AccountId32;

impl State {
	/// A member's row; none if there is no such member.
	pub async fn find_organisation(&self, number: OrganisationId) -> Outcome<Option<Organisation>> {
		self.read(pallet_consortium::Organisations::<Runtime>::hashed_key_for(number)).await
	}

	/// A member's row.
	///
	/// # Errors
	/// `NotFound`.
	pub async fn organisation(&self, number: OrganisationId) -> Outcome<Organisation> {
		known(self.find_organisation(number).await?, format_args!("organisation {number}"))
	}

	/// Every member by number, removed ones too.
	pub async fn organisations(&self) -> Outcome<Vec<(OrganisationId, Organisation)>> {
		let key = pallet_consortium::NextOrganisation::<Runtime>::hashed_key().to_vec();
		let next: OrganisationId = self.read_or_default(key).await?;
		let mut rows = Vec::new();
		for number in 0..next {
			if let Some(row) = self.find_organisation(number).await? {
				rows.push((number, row));
			}
		}
		Ok(rows)
	}

	/// The organisation for which a signer acts.
	///
	/// # Errors
	/// `NotAuthorized`, when the signer acts for none.
	pub async fn acting_for(&self, signer: &Signer) -> Outcome<OrganisationId> {
		let key = pallet_consortium::ByAgent::<Runtime>::hashed_key_for(signer.account());
		self.read(key).await?.ok_or_else(|| {
			let message = format!("{} acts for no organisation", address(&signer.account()));
			Failure::refused("NotAuthorized", message)
		})
	}

	/// The approved and the proposed address of an organisation's vault.
	pub async fn endpoint_of(&self, organisation: OrganisationId) -> Outcome<Endpoint> {
		let key = pallet_consortium::Endpoints::<Runtime>::hashed_key_for(organisation);
		self.read_or_default(key).await
	}

	/// The newest version of a member's base policy; none if there is none. `row` is the
	/// member's row.
	pub async fn newest_policy(
		&self,
		organisation: OrganisationId,
		row: &Organisation,
	) -> Outcome<Option<BasePolicy>> {
		type Policies = pallet_consortium::BasePolicies<Runtime>;
		match row.policy {
			Some(version) => self.read(Policies::hashed_key_for(organisation, version)).await,
			None => Ok(None),
		}
	}

	/// Every version of an organisation's base policy, oldest first.
	pub async fn policies_of(&self, organisation: OrganisationId) -> Outcome<Vec<BasePolicy>> {
		let mut versions: Vec<BasePolicy> = Vec::new();
		loop {
			let from = versions.last().map_or(1, |last| last.version.saturating_add(1));
			let arguments = (organisation, from, MAX_POLICY_PAGE);
			let page: Vec<BasePolicy> = self.call("ConsortiumApi_policies_of", arguments).await?;
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
	pub async fn credential_of(&self, account: &AccountId32) -> Outcome<Credential> {
		let key = pallet_consortium::Practitioners::<Runtime>::hashed_key_for(account);
		known(self.read(key).await?, format_args!("credential of {}", address(account)))
	}

	/// How many engagements an account began by a consent: the next consent carries this number.
	pub async fn engagements(&self, account: &AccountId32) -> Outcome<u32> {
		let key = pallet_consortium::Engagements::<Runtime>::hashed_key_for(account);
		self.read_or_default(key).await
	}

	/// Every practitioner of an organisation, in storage order.
	pub async fn practitioners_of(
		&self,
		organisation: OrganisationId,
	) -> Outcome<Vec<(AccountId32, Credential)>> {
		let after = |rows: &[(AccountId32, _)]| rows.last().map(|(account, _)| account.clone());
		self.list("ConsortiumApi_practitioners_of", organisation, after).await
	}
}
