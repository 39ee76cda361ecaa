//! `emergency declarer`.

use crate::commands::prelude::*;
use assent_support::SuspensionCause;
use pallet_emergencies::EmergencyId;

/// Show the emergencies that a practitioner still has to justify, and whether the role is suspended
#[derive(Debug, Args)]
pub struct Declarer {
	/// The practitioner
	#[arg(value_parser = account)]
	practitioner: AccountId32,
}

#[derive(Debug, Serialize)]
struct Suspension {
	since: String,
	emergency: EmergencyId,
	cause: SuspensionCause,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Owed {
	emergency: EmergencyId,
	patient: PatientId,
	over: String,
	justify_by: String,
}

/// The state of a practitioner as a declarer of emergencies.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
	practitioner: String,
	suspended: bool,
	suspension: Option<Suspension>,
	to_justify: Vec<Owed>,
	today: u32,
}

impl Answer for State {
	fn text(&self) -> String {
		let suspended = match &self.suspension {
			Some(suspension) => format!(
				"since {}, emergency {}: {}",
				suspension.since,
				suspension.emergency,
				suspension.cause.word()
			),
			None if self.suspended => "yes: a justification is overdue".into(),
			None => "no".into(),
		};
		let owed: Vec<_> = self
			.to_justify
			.iter()
			.map(|one| format!("{} until {}", one.emergency, one.justify_by))
			.collect();
		fields(&[
			("practitioner", self.practitioner.clone()),
			("role suspended", suspended),
			("to justify", owed.join("\n")),
			("declared today", self.today.to_string()),
		])
	}
}

impl Verb for Declarer {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let practitioner = address(&self.practitioner);
		let state = state.declarer(&self.practitioner).await?;
		let overdue = state.open.iter().any(|one| one.justify_by <= now);
		let suspension = state.suspension.map(|suspension| Suspension {
			since: time::write(suspension.since),
			emergency: suspension.emergency,
			cause: suspension.cause,
		});
		Ok(State {
			practitioner,
			suspended: suspension.is_some() || overdue,
			suspension,
			to_justify: state
				.open
				.iter()
				.map(|one| Owed {
					emergency: one.emergency,
					patient: one.patient,
					over: time::write(one.over),
					justify_by: time::write(one.justify_by),
				})
				.collect(),
			today: state.today,
		})
	}
}
