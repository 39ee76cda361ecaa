//! `emergency end`.

use crate::{
	answer::{Change, Done, Row, Verb},
	options::Options,
};
use assent_client::Outcome;
use clap::Args;
use pallet_emergencies::{Call, EmergencyId};
use serde::Serialize;

/// End an emergency before its time, as the one who declared it
#[derive(Debug, Args)]
pub struct End {
	/// The number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

/// An emergency that ended.
#[derive(Debug, Serialize)]
pub struct Ended {
	emergency: EmergencyId,
}

impl Change for Ended {
	fn rows(&self) -> Vec<Row> {
		vec![("emergency", format!("{}, ended", self.emergency)), ("next", "justify it".into())]
	}
}

impl Verb for End {
	type Answer = Done<Ended>;

	async fn run(self, options: &Options) -> Outcome<Done<Ended>> {
		let Self { emergency } = self;
		let included = options.send(Call::end { emergency }).await?;
		Ok(Done::new(&included, Ended { emergency }))
	}
}
