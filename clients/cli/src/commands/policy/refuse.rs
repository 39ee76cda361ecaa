//! `policy refuse`.

use crate::{commands::prelude::*, show::Answered};
use pallet_acceptances::Call;

/// Refuse a version in question: the acceptance stays unchanged
#[derive(Debug, Args)]
pub struct Refuse {
	/// The patient who was asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number
	version: PolicyVersion,
}

impl Verb for Refuse {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, version } = self;
		let included = options.send(Call::refuse { patient, version }).await?;
		Ok(Done::new(&included, Answered { patient, policy_version: version, answer: "refused" }))
	}
}
