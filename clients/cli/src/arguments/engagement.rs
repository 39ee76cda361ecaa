//! The consent of an account to become an organisation's practitioner or agent.

use crate::{
	arguments::signing,
	options::Options,
	parse::{
		ids::account,
		time::{self, When},
	},
	show::{Asked, ToSign},
};
use assent_client::{Failure, Outcome, Signer, State};
use assent_policy::OrganisationId;
use clap::Args;
use pallet_consortium::{civil_date, day_of, engagement_message, Capacity, Consent, Name};
use sp_runtime::{AccountId32, MultiSignature};

/// The arguments of a verb that prints the message.
#[derive(Debug, Args)]
pub struct ToEngage {
	/// The organisation that is to engage the account
	#[arg(long, value_name = "NUMBER")]
	organisation: OrganisationId,
	/// The account that is to be engaged, if --key is another's
	#[arg(long, value_parser = account)]
	account: Option<AccountId32>,
	/// The last day, by UTC, on which the organisation can use the signature
	#[arg(long, value_name = "DAY", value_parser = time::when, default_value = "+30d")]
	last_day: When,
}

impl ToEngage {
	/// The message and, if the key is here, the signature.
	pub async fn run(self, options: &Options, capacity: Capacity) -> Outcome<ToSign> {
		let organisation = self.organisation;
		let (account, signer) = signing(options, self.account)?;
		let state = options.state().await?;
		let last_day = day_of(self.last_day.resolve(state.now().await?));
		let (message, number, name) =
			message_to_engage(&state, organisation, capacity, &account, last_day).await?;
		let asked = Asked::Engagement {
			organisation,
			name: String::from_utf8_lossy(&name).into_owned(),
			capacity: capacity.word(),
			last_day: civil_date(last_day),
		};
		Ok(ToSign::new(asked, &message, signer.as_ref(), &account, number))
	}
}

/// The account of a consent, and where the signature is made.
pub enum Engaged {
	/// The account signs here.
	Here(Signer),
	/// The account signed elsewhere, or does not sign.
	Elsewhere(AccountId32, Option<(When, MultiSignature)>),
}

impl Engaged {
	/// The account and the consent, from the arguments of a verb. `key`: the name of the option
	/// that holds the account's key.
	pub fn read(
		options: &Options,
		key: Option<&str>,
		account: Option<AccountId32>,
		last_day: Option<When>,
		signature: Option<MultiSignature>,
	) -> Outcome<Self> {
		match (key, account) {
			(Some(key), _) => Ok(Self::Here(Signer::load(key, &options.passphrase())?)),
			(None, Some(account)) => Ok(Self::Elsewhere(account, last_day.zip(signature))),
			(None, None) => Err(Failure::usage("name the account, or give the account's key")),
		}
	}

	/// The account, and the consent if there is one.
	pub async fn consent(
		self,
		state: &State,
		organisation: OrganisationId,
		capacity: Capacity,
	) -> Outcome<(AccountId32, Option<Consent>)> {
		let now = state.now().await?;
		match self {
			Self::Here(signer) => {
				let (account, last_day) = (signer.account(), day_of(now));
				// The block that takes the call may begin the next day.
				let last_day = last_day.saturating_add(1);
				let (message, ..) =
					message_to_engage(state, organisation, capacity, &account, last_day).await?;
				let signature = signer.sign(&message);
				Ok((account, Some(Consent { last_day, signature })))
			}
			Self::Elsewhere(account, signed) => {
				let consent = signed.map(|(last_day, signature)| Consent {
					last_day: day_of(last_day.resolve(now)),
					signature,
				});
				Ok((account, consent))
			}
		}
	}
}

/// The message that an account signs, the number in the message, and the organisation's name.
async fn message_to_engage(
	state: &State,
	organisation: OrganisationId,
	capacity: Capacity,
	account: &AccountId32,
	last_day: u32,
) -> Outcome<(Vec<u8>, u32, Name)> {
	let row = state.organisation(organisation).await?;
	let number = state.engagements(account).await?;
	let message = engagement_message(
		state.chain.genesis(),
		organisation,
		&row.name,
		capacity,
		account,
		last_day,
		number,
	);
	Ok((message, number, row.name))
}
