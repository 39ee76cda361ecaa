//! The terms of a grant or of a request.

use crate::{
	parse::{
		actors::{actor, purpose},
		criterion,
		time::{self, When},
	},
	words::reader,
};
use assent_client::{Failure, Outcome};
use assent_policy::{Actor, Class, Moment, Purpose};
use clap::Args;

/// Actors, purposes, kinds of documents, and the end.
#[derive(Debug, Args)]
pub struct Terms {
	/// An actor who is permitted: organisation:1, role:clinician, role:clinician@1,
	/// practitioner:ADDRESS, group:HEX; repeat for more
	#[arg(long = "to", required = true, value_name = "ACTOR", value_parser = actor)]
	actors: Vec<Actor>,
	/// For what, for instance treatment; repeat for more
	#[arg(long = "purpose", required = true, value_name = "PURPOSE", value_parser = purpose)]
	purposes: Vec<Purpose>,
	/// A kind of documents; repeat for more, every kind if not given
	#[arg(long = "class", value_name = "CLASS", value_parser = reader::<Class>())]
	classes: Vec<Class>,
	/// The end: 2026-12-31T00:00:00Z, or +90s, +30d from now; until
	/// withdrawn if not given
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: Option<When>,
}

impl Terms {
	/// As the chain takes them, with `now` for distances.
	pub fn resolve(self, now: Moment) -> Outcome<pallet_consent::Terms> {
		Ok(pallet_consent::Terms {
			actors: criterion(self.actors).map_err(|why| too_many("--to", &why))?,
			purposes: criterion(self.purposes).map_err(|why| too_many("--purpose", &why))?,
			classes: criterion(self.classes).map_err(|why| too_many("--class", &why))?,
			until: self.until.map(|until| until.resolve(now)),
		})
	}
}

fn too_many(option: &str, why: &str) -> Failure {
	Failure::usage(format!("{option}: {why}"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::show;
	use serde_json::json;

	#[test]
	fn terms_should_resolve_and_read_plainly() {
		let terms = Terms {
			actors: vec![Actor::Organisation(1)],
			purposes: vec![Purpose::Treatment],
			classes: vec![],
			until: Some(When::After(90_000)),
		};
		let resolved = terms.resolve(1_000).unwrap();
		assert_eq!(resolved.until, Some(91_000));
		let shown = show::Terms::from(&resolved);
		assert_eq!(
			serde_json::to_value(&shown).unwrap(),
			json!({
				"actors": ["organisation:1"],
				"purposes": ["treatment"],
				"classes": [],
				"until": "1970-01-01T00:01:31Z",
			})
		);
		assert!(shown.rows().contains(&("kinds", "every kind".to_string())));
	}

	#[test]
	fn terms_should_be_refused_when_there_are_too_many() {
		let terms = Terms {
			actors: (0..17).map(Actor::Organisation).collect(),
			purposes: vec![Purpose::Treatment],
			classes: vec![],
			until: None,
		};
		assert_eq!(terms.resolve(0).err().unwrap().code, "Usage");
	}
}
