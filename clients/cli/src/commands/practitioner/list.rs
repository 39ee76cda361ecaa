//! `practitioner list`.

use crate::{commands::prelude::*, show::Practitioner};

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
		let rows = self.practitioners.iter().map(|one| {
			[one.practitioner.clone(), one.roles_text(), one.standing.into(), one.until.clone()]
		});
		table(["account", "roles", "standing", "until"], rows, "no practitioners")
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let rows = state.practitioners_of(self.organisation).await?;
		Ok(Listed {
			organisation: self.organisation,
			practitioners: rows
				.iter()
				.map(|(account, credential)| Practitioner::new(account, credential, now))
				.collect(),
		})
	}
}
