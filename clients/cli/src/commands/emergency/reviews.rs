//! `emergency reviews`.

use crate::{commands::prelude::*, show::EmergencyTable};

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
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let organisation = self.organisation;
		let state = options.state().await?;
		let now = state.now().await?;
		let count = state.review_count(organisation).await?;
		let rows = state.reviews_of(organisation).await?;
		Ok(Listed {
			organisation,
			drawn: count.drawn,
			given: count.given,
			missed: count.missed,
			emergencies: EmergencyTable::new(&rows, now),
		})
	}
}
