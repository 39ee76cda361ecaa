//! `request list`.

use crate::{commands::prelude::*, show::Terms};
use pallet_consent::{RequestId, RequestRow, RequestState};

/// List the requests that wait for the patient's answer
#[derive(Debug, Args)]
pub struct List {
	/// The patient who was asked
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// Answered and lapsed ones too
	#[arg(long)]
	all: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
	request: RequestId,
	by: String,
	organisation: OrganisationId,
	made: String,
	expires: String,
	state: &'static str,
	built_on: Option<PolicyVersion>,
	#[serde(flatten)]
	terms: Terms,
}

impl Request {
	fn new(request: RequestId, row: &RequestRow, now: Moment) -> Self {
		Self {
			request,
			by: address(&row.by),
			organisation: row.organisation,
			made: time::write(row.made),
			expires: time::write(row.expires),
			state: standing(row, now),
			built_on: row.policy.map(|policy| policy.version),
			terms: Terms::from(&row.terms),
		}
	}

	fn row(&self) -> [String; 4] {
		let terms = self.terms.rows();
		let terms: Vec<_> = terms.iter().map(|(name, value)| format!("{name} {value}")).collect();
		[
			self.request.to_string(),
			self.state.into(),
			format!("{} (organisation {})", self.by, self.organisation),
			terms.join("; "),
		]
	}
}

/// The requests to a patient.
#[derive(Debug, Serialize)]
pub struct Listed {
	patient: PatientId,
	requests: Vec<Request>,
}

impl Answer for Listed {
	fn text(&self) -> String {
		let rows = self.requests.iter().map(Request::row);
		table(["no", "state", "by", "terms"], rows, "no requests wait for an answer")
	}
}

fn standing(row: &RequestRow, now: Moment) -> &'static str {
	match row.state {
		RequestState::Open if row.expires <= now => "lapsed",
		RequestState::Open => "open",
		RequestState::Approved(_) => "approved",
		RequestState::Refused => "refused",
	}
}

impl Verb for List {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let state = options.state().await?;
		let now = state.now().await?;
		let rows = state.requests_of(self.patient).await?;
		Ok(Listed {
			patient: self.patient,
			requests: rows
				.iter()
				.filter(|(_, row)| self.all || standing(row, now) == "open")
				.map(|(number, row)| Request::new(*number, row, now))
				.collect(),
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use pallet_consent::Terms as Asked;
	use sp_runtime::AccountId32;

	#[test]
	fn state_should_follow_the_requests_life() {
		let row = RequestRow {
			by: AccountId32::new([1; 32]),
			organisation: 1,
			terms: Asked {
				actors: Default::default(),
				purposes: Default::default(),
				classes: Default::default(),
				until: None,
			},
			policy: None,
			made: 1,
			expires: 20,
			state: RequestState::Open,
		};
		assert_eq!(standing(&row, 19), "open");
		assert_eq!(standing(&row, 20), "lapsed");
		let row = RequestRow { state: RequestState::Approved(3), ..row };
		assert_eq!(standing(&row, 20), "approved");
		let value = serde_json::to_value(Request::new(7, &row, 20)).unwrap();
		assert_eq!(value["state"], "approved");
		assert_eq!(value["builtOn"], serde_json::Value::Null);
		let row = RequestRow { state: RequestState::Refused, ..row };
		assert_eq!(standing(&row, 20), "refused");
	}
}
