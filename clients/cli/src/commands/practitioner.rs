//! `practitioner`: the people for whom an organisation vouches.

use super::{done, not_found, organisation::acting_for};
use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		ids::{account, address, hex, token},
		time::{self, When},
	},
	printer::{fields, table, Report},
	show::{moment, moment_text},
	words::{reader, Word},
};
use assent_policy::{Groups, Moment, OrganisationId, Role, Roles, Token, MAX_GROUPS};
use assent_runtime::{Runtime, RuntimeCall};
use clap::Subcommand;
use pallet_consortium::Credential;
use serde_json::{json, Value};
use sp_runtime::AccountId32;
use std::collections::BTreeSet;

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Practitioner {
	/// Vouch for an account: roles and care teams, for a time
	Credential {
		/// The account
		#[arg(value_parser = account)]
		account: AccountId32,
		/// A role; repeat for more
		#[arg(long = "role", required = true, value_name = "ROLE", value_parser = reader::<Role>())]
		roles: Vec<Role>,
		/// A care team, blinded; repeat for more
		#[arg(long = "group", value_name = "TOKEN", value_parser = token)]
		groups: Vec<Token>,
		/// First moment that counts; now if not given
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		from: Option<When>,
		/// First moment that no longer counts
		#[arg(long, value_name = "TIME", value_parser = time::when)]
		until: When,
	},
	/// End what the organisation vouches for
	Revoke {
		/// The account
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// Show an account's credential
	Show {
		/// The account
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// List an organisation's practitioners
	List {
		/// The organisation's number
		organisation: OrganisationId,
	},
}

impl Practitioner {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Credential { .. } => "practitioner credential",
			Self::Revoke { .. } => "practitioner revoke",
			Self::Show { .. } => "practitioner show",
			Self::List { .. } => "practitioner list",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Credential {
				account,
				roles,
				groups,
				from,
				until,
			} => credential(options, account, roles, groups, from, until).await,
			Self::Revoke { account } => revoke(options, account).await,
			Self::Show { account } => show(options, account).await,
			Self::List { organisation } => list(options, organisation).await,
		}
	}
}

async fn credential(
	options: &Options,
	account: AccountId32,
	roles: Vec<Role>,
	groups: Vec<Token>,
	from: Option<When>,
	until: When,
) -> Outcome<Report> {
	let roles: BTreeSet<Role> = roles.into_iter().collect();
	let groups: BTreeSet<Token> = groups.into_iter().collect();
	let words: Vec<_> = roles.iter().map(|role| role.word()).collect();
	let roles = Roles::try_from(roles).map_err(|_| Failure::usage("too many roles"))?;
	let groups = Groups::try_from(groups)
		.map_err(|_| Failure::usage(format!("more than {MAX_GROUPS} care teams")))?;
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let organisation = acting_for(&chain, &signer).await?;
	let now = chain.now(chain.best().await?).await?;
	let from = from.map_or(now, |from| from.resolve(now));
	let until = until.resolve(now);
	let call = pallet_consortium::Call::credential {
		practitioner: account.clone(),
		roles,
		groups,
		from,
		until,
	};
	let included = chain
		.submit(&signer, RuntimeCall::Consortium(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({
			"practitioner": address(&account),
			"organisation": organisation,
			"roles": words,
			"from": time::write(from),
			"until": time::write(until),
		}),
		&[
			("practitioner", address(&account)),
			("organisation", organisation.to_string()),
			("roles", words.join(", ")),
			("until", time::write(until)),
		],
	))
}

async fn revoke(options: &Options, account: AccountId32) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let call = pallet_consortium::Call::revoke {
		practitioner: account.clone(),
	};
	let included = chain
		.submit(&signer, RuntimeCall::Consortium(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({ "practitioner": address(&account) }),
		&[
			("practitioner", address(&account)),
			("credential", "revoked".into()),
		],
	))
}

/// How a credential stands, its organisation's standing left aside.
fn standing(credential: &Credential, now: Moment) -> &'static str {
	match credential {
		Credential {
			revoked: Some(_), ..
		} => "revoked",
		Credential { until, .. } if *until <= now => "lapsed",
		Credential { from, .. } if now < *from => "not yet valid",
		_ => "valid",
	}
}

fn json_of(account: &AccountId32, credential: &Credential, now: Moment) -> Value {
	json!({
		"practitioner": address(account),
		"organisation": credential.organisation,
		"roles": credential.roles.iter().map(|role| role.word()).collect::<Vec<_>>(),
		"groups": credential.groups.iter().map(|group| hex(group.0)).collect::<Vec<_>>(),
		"from": time::write(credential.from),
		"until": time::write(credential.until),
		"revoked": moment(credential.revoked),
		"standing": standing(credential, now),
	})
}

fn roles_of(credential: &Credential) -> String {
	credential
		.roles
		.iter()
		.map(|role| role.word())
		.collect::<Vec<_>>()
		.join(", ")
}

async fn show(options: &Options, account: AccountId32) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let key = pallet_consortium::Practitioners::<Runtime>::hashed_key_for(&account);
	let credential: Credential = chain
		.read(&key, at)
		.await?
		.ok_or_else(|| not_found(format!("credential of {}", address(&account))))?;
	let groups: Vec<_> = credential.groups.iter().map(|group| hex(group.0)).collect();
	Ok(Report::new(
		json_of(&account, &credential, now),
		fields(&[
			("practitioner", address(&account)),
			("organisation", credential.organisation.to_string()),
			("roles", roles_of(&credential)),
			("care teams", groups.join(", ")),
			("from", time::write(credential.from)),
			("until", time::write(credential.until)),
			("revoked", moment_text(credential.revoked)),
			("standing", standing(&credential, now).into()),
		]),
	))
}

async fn rows_of(
	chain: &Chain,
	organisation: OrganisationId,
) -> Outcome<(Moment, Vec<(AccountId32, Credential)>)> {
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let rows = chain
		.pages(|last: Option<&(AccountId32, Credential)>| {
			let after = last.map(|(account, _)| account.clone());
			let arguments = (organisation, after, assent_runtime_api::MAX_PAGE);
			chain.call("ConsortiumApi_practitioners_of", arguments, at)
		})
		.await?;
	Ok((now, rows))
}

async fn list(options: &Options, organisation: OrganisationId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let (now, rows) = rows_of(&chain, organisation).await?;
	let data: Vec<_> = rows
		.iter()
		.map(|(account, credential)| json_of(account, credential, now))
		.collect();
	let rows: Vec<_> = rows
		.iter()
		.map(|(account, credential)| {
			vec![
				address(account),
				roles_of(credential),
				standing(credential, now).into(),
				time::write(credential.until),
			]
		})
		.collect();
	Ok(Report::new(
		json!({ "organisation": organisation, "practitioners": data }),
		table(
			&["account", "roles", "standing", "until"],
			&rows,
			"no practitioners",
		),
	))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn standing_should_follow_the_credentials_life() {
		let credential = Credential {
			organisation: 0,
			roles: Default::default(),
			groups: Default::default(),
			from: 10,
			until: 20,
			revoked: None,
		};
		assert_eq!(standing(&credential, 9), "not yet valid");
		assert_eq!(standing(&credential, 10), "valid");
		assert_eq!(standing(&credential, 20), "lapsed");
		let revoked = Credential {
			revoked: Some(12),
			..credential
		};
		assert_eq!(standing(&revoked, 11), "revoked");
	}
}
