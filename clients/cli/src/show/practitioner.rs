//! Credentials of practitioners.

use crate::{
	parse::{ids::address, time},
	show::moment,
	words::words_of,
};
use assent_policy::{Moment, OrganisationId, Role, Token};
use pallet_consortium::Credential;
use serde::Serialize;
use sp_runtime::AccountId32;

/// A practitioner's credential, and its state now.
#[derive(Debug, Serialize)]
pub struct Practitioner {
	/// The account.
	pub practitioner: String,
	/// The organisation that vouches.
	pub organisation: OrganisationId,
	roles: Vec<Role>,
	/// Care teams, blinded.
	pub groups: Vec<Token>,
	/// The first valid moment.
	pub from: String,
	/// The first moment after the valid ones.
	pub until: String,
	/// The moment of revocation.
	pub revoked: Option<String>,
	/// The state, the organisation's own standing left aside.
	pub standing: &'static str,
}

impl Practitioner {
	/// The credential of this account.
	pub fn new(account: &AccountId32, credential: &Credential, now: Moment) -> Self {
		Self {
			practitioner: address(account),
			organisation: credential.organisation,
			roles: credential.roles.iter().copied().collect(),
			groups: credential.groups.iter().copied().collect(),
			from: time::write(credential.from),
			until: time::write(credential.until),
			revoked: moment(credential.revoked),
			standing: standing(credential, now),
		}
	}

	/// The roles for people.
	pub fn roles_text(&self) -> String {
		words_of(&self.roles)
	}
}

fn standing(credential: &Credential, now: Moment) -> &'static str {
	match credential {
		Credential { revoked: Some(_), .. } => "revoked",
		Credential { until, .. } if *until <= now => "lapsed",
		Credential { from, .. } if now < *from => "not yet valid",
		_ => "valid",
	}
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
		let revoked = Credential { revoked: Some(12), ..credential };
		assert_eq!(standing(&revoked, 11), "revoked");
	}
}
