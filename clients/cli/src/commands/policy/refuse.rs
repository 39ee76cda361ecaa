//! `policy refuse`.

use crate::{
	answer::{Done, Verb},
	options::Options,
	parse::ids::patient,
	show::Answered,
};
use assent_client::Outcome;
use assent_policy::{PatientId, PolicyVersion};
use clap::Args;
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
	type Answer = Done<Answered>;

	async fn run(self, options: &Options) -> Outcome<Done<Answered>> {
		let Self { patient, version } = self;
		let included = options.send(Call::refuse { patient, version }).await?;
		let answered = Answered { patient, policy_version: version, answer: "refused" };
		Ok(Done::new(&included, answered))
	}
}
