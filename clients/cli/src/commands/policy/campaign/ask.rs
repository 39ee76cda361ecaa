//! `policy campaign ask`.

use crate::commands::prelude::*;
use pallet_acceptances::{Call, Event, MAX_ASKED};
use std::collections::BTreeSet;

/// Ask patients in the open campaign; as many transactions as needed, 32 patients in each
#[derive(Debug, Args)]
pub struct Ask {
	/// The patients
	#[arg(required = true, value_parser = patient)]
	patients: Vec<PatientId>,
}

/// How many patients were asked, of those who were named.
#[derive(Debug, Serialize)]
pub struct Asked {
	asked: u32,
	named: usize,
}

impl Change for Asked {
	fn rows(&self) -> Vec<Row> {
		let asked = format!(
			"{} of {} named; the others were asked before or stand elsewhere",
			self.asked, self.named
		);
		vec![("asked", asked)]
	}
}

impl Verb for Ask {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let signed = options.signed().await?;
		let mut asked = 0u32;
		let mut last = None;
		for page in self.patients.chunks(MAX_ASKED as usize) {
			let page: BTreeSet<PatientId> = page.iter().copied().collect();
			let patients = page
				.try_into()
				.map_err(|_| Failure::usage(format!("more than {MAX_ASKED} patients in a page")))?;
			let included = signed.submit(Call::ask { patients }).await?;
			asked = asked.saturating_add(included.events.iter().fold(0, |count, event| {
				count
					+ u32::from(matches!(
						event,
						RuntimeEvent::Acceptances(Event::PatientAsked { .. })
					))
			}));
			last = Some(included);
		}
		let included = last.ok_or_else(|| Failure::usage("name the patients to ask"))?;
		let named = self.patients.len();
		Ok(Done::new(&included, Asked { asked, named }))
	}
}
