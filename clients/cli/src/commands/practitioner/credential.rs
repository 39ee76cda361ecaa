//! `practitioner credential`.

use crate::{arguments::Engaged, commands::prelude::*, parse::signature::signature};
use assent_policy::{Groups, Role, Roles, MAX_GROUPS};
use pallet_consortium::{Call, Capacity};
use sp_runtime::MultiSignature;
use std::collections::BTreeSet;

/// Vouch for an account: roles and care teams, for a time
#[derive(Debug, Args)]
pub struct Credential {
	/// The account, unless --practitioner-key is given
	#[arg(value_parser = account, required_unless_present = "practitioner_key")]
	account: Option<AccountId32>,
	/// The practitioner's key file or development seed, to sign here
	#[arg(long, value_name = "SEED_OR_FILE",
		conflicts_with_all = ["account", "last_day", "signature"])]
	practitioner_key: Option<String>,
	/// The last day of the signed message, after signing elsewhere. Without a signature, the
	/// account must hold a credential of the organisation
	#[arg(long, value_name = "DAY", requires = "signature", value_parser = time::when)]
	last_day: Option<When>,
	/// The practitioner's signature over the message of `practitioner consent`
	#[arg(long, value_name = "HEX", requires = "last_day", value_parser = signature)]
	signature: Option<MultiSignature>,
	/// A role; repeat for more
	#[arg(long = "role", required = true, value_name = "ROLE", value_parser = reader::<Role>())]
	roles: Vec<Role>,
	/// A care team, blinded; repeat for more
	#[arg(long = "group", value_name = "TOKEN", value_parser = token)]
	groups: Vec<Token>,
	/// First valid moment; now if not given
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	from: Option<When>,
	/// First moment after the valid ones
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: When,
}

/// A credential that was given.
#[derive(Debug, Serialize)]
pub struct Given {
	practitioner: String,
	organisation: OrganisationId,
	roles: Vec<Role>,
	from: String,
	until: String,
}

impl Change for Given {
	fn rows(&self) -> Vec<Row> {
		vec![
			("practitioner", self.practitioner.clone()),
			("organisation", self.organisation.to_string()),
			("roles", words_of(&self.roles)),
			("until", self.until.clone()),
		]
	}
}

impl Verb for Credential {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let roles: BTreeSet<Role> = self.roles.into_iter().collect();
		let groups: BTreeSet<Token> = self.groups.into_iter().collect();
		let roles = Roles::try_from(roles).map_err(|_| Failure::usage("too many roles"))?;
		let groups = Groups::try_from(groups)
			.map_err(|_| Failure::usage(format!("more than {MAX_GROUPS} care teams")))?;
		let signer = options.signer()?;
		let engaged = Engaged::read(
			options,
			self.practitioner_key.as_deref(),
			self.account,
			self.last_day,
			self.signature,
		)?;
		let signed = options.signed_by(signer).await?;
		let organisation = signed.organisation().await?;
		let (practitioner, consent) =
			engaged.consent(&signed.state, organisation, Capacity::Practitioner).await?;
		let now = signed.state.now().await?;
		let from = self.from.map_or(now, |from| from.resolve(now));
		let until = self.until.resolve(now);
		let given = Given {
			practitioner: address(&practitioner),
			organisation,
			roles: roles.iter().copied().collect(),
			from: time::write(from),
			until: time::write(until),
		};
		let call = Call::credential { practitioner, roles, groups, from, until, consent };
		let included = signed.submit(call).await?;
		Ok(Done::new(&included, given))
	}
}
