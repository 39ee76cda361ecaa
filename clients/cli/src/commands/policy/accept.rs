//! `policy accept`.

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
	type Answer = Done<Answered>;

	async fn run(self, options: &Options) -> Outcome<Done<Answered>> {
		let Self { patient, version } = self;
		let included = options.send(Call::accept { patient, version }).await?;
		let answered = Answered { patient, policy_version: version, answer: "accepted" };
		Ok(Done::new(&included, answered))
	}
}
