//! `emergency reviews`.

use crate::{
	answer::{Answer, Verb},
	options::Options,
	show::EmergencyTable,
};
use assent_client::{reads, Outcome};
use assent_policy::OrganisationId;
use clap::Args;
use serde::Serialize;

/// List the emergencies that an organisation is to review
#[derive(Debug, Args)]
pub struct Reviews {
	/// The organisation
	#[arg(value_name = "NUMBER")]
	organisation: OrganisationId,
}

/// The reviews that an organisation owes, and the counts of reviews.
#[derive(Debug, Serialize)]
pub struct Listed {
	organisation: OrganisationId,
	drawn: u32,
	given: u32,
	missed: u32,
	emergencies: EmergencyTable,
}

impl Answer for Listed {
	fn text(&self) -> String {
		self.emergencies.text("nothing to review")
	}
}

impl Verb for Reviews {
	type Answer = Listed;

	async fn run(self, options: &Options) -> Outcome<Listed> {
		let organisation = self.organisation;
		let chain = options.chain().await?;
		let at = chain.best().await?;
		let now = reads::system::now(&chain, at).await?;
		let count = reads::emergencies::review_count(&chain, organisation, at).await?;
		let rows = reads::emergencies::reviews_of(&chain, organisation, at).await?;
		Ok(Listed {
			organisation,
			drawn: count.drawn,
			given: count.given,
			missed: count.missed,
			emergencies: EmergencyTable::new(&rows, now),
		})
	}
}
