//! `organisation list`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	printer::table,
	show::{or_empty, Organisation},
	words::Word,
};
use assent_client::{reads::consortium, Outcome};
use clap::Args;
use serde::Serialize;

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
		let rows: Vec<_> = self
			.organisations
			.iter()
			.map(|one| {
				vec![
					one.organisation.to_string(),
					one.name.clone(),
					one.kind.word().into(),
					one.status.word().into(),
					or_empty(&one.endpoint),
					one.controller.clone(),
				]
			})
			.collect();
		let head = ["no", "name", "kind", "status", "endpoint", "controller"];
		table(&head, &rows, "no members")
	}
}

impl Verb for List {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let mut organisations = Vec::new();
		for (number, row) in consortium::organisations(&chain, at).await? {
			let endpoint = consortium::endpoint(&chain, number, at).await?;
			let policy = consortium::newest_policy(&chain, number, &row, at).await?;
			organisations.push(Organisation::new(number, &row, &endpoint, policy.as_ref()));
		}
		Ok(Listed { organisations })
	}
}
