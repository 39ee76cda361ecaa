//! `organisation list`.

use crate::{commands::prelude::*, show::Organisation};

/// List the members
#[derive(Debug, Args)]
pub struct List {}

/// The members.
#[derive(Debug, Serialize)]
pub struct Listed {
	organisations: Vec<Organisation>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows = self.organisations.iter().map(|one| {
			[
				one.organisation.to_string(),
				one.name.clone(),
				one.kind.word().into(),
				one.status.word().into(),
				or_empty(&one.endpoint),
				one.controller.clone(),
			]
		});
		let head = ["no", "name", "kind", "status", "endpoint", "controller"];
		table(head, rows, "no members")
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let mut organisations = Vec::new();
		for (number, row) in state.organisations().await? {
			let endpoint = state.endpoint_of(number).await?;
			let policy = state.newest_policy(number, &row).await?;
			organisations.push(Organisation::new(number, &row, &endpoint, policy.as_ref()));
		}
		Ok(Listed { organisations })
	}
}
