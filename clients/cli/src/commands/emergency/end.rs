//! `emergency end`.

use crate::commands::prelude::*;
use pallet_emergencies::{Call, EmergencyId};

/// End an emergency before its time, as the one who declared it
#[derive(Debug, Args, Serialize)]
pub struct End {
	/// The number
	#[arg(value_name = "NUMBER")]
	emergency: EmergencyId,
}

impl Change for End {
	fn rows(&self) -> Vec<Row> {
		vec![("emergency", format!("{}, ended", self.emergency)), ("next", "justify it".into())]
	}
}

impl Verb for End {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let included = options.send(Call::end { emergency: self.emergency }).await?;
		Ok(Done::new(&included, self))
	}
}
