//! `policy accept`.

use crate::{commands::prelude::*, show::Answered};
use pallet_acceptances::Call;

/// Accept a version, as the patient; an older one to go back to it
#[derive(Debug, Args)]
pub struct Accept {
	/// The patient whose documents are meant
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The number
	version: PolicyVersion,
}

impl Verb for Accept {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let Self { patient, version } = self;
		let included = options.send(Call::accept { patient, version }).await?;
		Ok(Done::new(&included, Answered { patient, policy_version: version, answer: "accepted" }))
	}
}
