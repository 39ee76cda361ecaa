//! `practitioner list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	printer::table,
	show::Practitioner,
};
use assent_client::{reads, Outcome};
use assent_policy::OrganisationId;
use clap::Args;
use serde::Serialize;

/// List an organisation's practitioners
#[derive(Debug, Args)]
pub struct List {
	/// The organisation's number
	organisation: OrganisationId,
}

/// The practitioners of an organisation.
#[derive(Debug, Serialize)]
pub struct Listed {
	organisation: OrganisationId,
	practitioners: Vec<Practitioner>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows: Vec<_> = self
			.practitioners
			.iter()
			.map(|one| {
				vec![
					one.practitioner.clone(),
					one.roles_text(),
					one.standing.into(),
					one.until.clone(),
				]
			})
			.collect();
		let head = ["account", "roles", "standing", "until"];
		table(&head, &rows, "no practitioners")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let rows = reads::consortium::practitioners_of(&chain, self.organisation, at).await?;
		Ok(Listed {
			organisation: self.organisation,
			practitioners: rows
				.iter()
				.map(|(account, credential)| Practitioner::new(account, credential, now))
				.collect(),
		})
	}
}
