//! `grant`: the one-call directive that lets somebody in.

use super::done;
use crate::{
	chain::{Chain, Included},
	context::Options,
	failure::{Failure, Outcome},
	parse::{
		actors::{actor, purpose, write_actor},
		criterion, ids,
		time::{self, When},
	},
	printer::Report,
	show::{moment, moment_text},
	words::{reader, Word},
};
use assent_policy::{Actor, Class, Criterion, DirectiveId, Moment, PatientId, Purpose};
use assent_runtime::{RuntimeCall, RuntimeEvent};
use clap::Args;
use serde_json::{json, Value};

/// Who, for what, which kinds, until when.
#[derive(Debug, Args)]
pub struct Terms {
	/// Who is let in: organisation:1, role:clinician, role:clinician@1,
	/// practitioner:ADDRESS, group:HEX; repeat for more
	#[arg(long = "to", required = true, value_name = "ACTOR", value_parser = actor)]
	actors: Vec<Actor>,
	/// For what, for instance treatment; repeat for more
	#[arg(long = "purpose", required = true, value_name = "PURPOSE", value_parser = purpose)]
	purposes: Vec<Purpose>,
	/// Which kinds of documents; repeat for more, every kind if not given
	#[arg(long = "class", value_name = "CLASS", value_parser = reader::<Class>())]
	classes: Vec<Class>,
	/// When it stops by itself: 2026-12-31T00:00:00Z, or +90s, +30d from now; until
	/// withdrawn if not given
	#[arg(long, value_name = "TIME", value_parser = time::when)]
	until: Option<When>,
}

/// [`Terms`] as the chain takes them.
pub struct Resolved {
	/// Who.
	pub actors: Criterion<Actor>,
	/// For what.
	pub purposes: Criterion<Purpose>,
	/// Which kinds.
	pub classes: Criterion<Class>,
	/// Until when.
	pub until: Option<Moment>,
}

impl Terms {
	/// With `now` for distances.
	pub fn resolve(self, now: Moment) -> Outcome<Resolved> {
		Ok(Resolved {
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

impl Resolved {
	/// For scripts.
	pub fn json(&self) -> Value {
		json!({
			"actors": self.actors.iter().map(write_actor).collect::<Vec<_>>(),
			"purposes": self.purposes.iter().map(Purpose::to_string).collect::<Vec<_>>(),
			"classes": self.classes.iter().map(|class| class.word()).collect::<Vec<_>>(),
			"until": moment(self.until),
		})
	}

	/// For people.
	pub fn rows(&self) -> Vec<(&'static str, String)> {
		let classes: Vec<_> = self.classes.iter().map(|class| class.word()).collect();
		vec![
			(
				"to",
				self.actors
					.iter()
					.map(write_actor)
					.collect::<Vec<_>>()
					.join(", "),
			),
			(
				"for",
				self.purposes
					.iter()
					.map(Purpose::to_string)
					.collect::<Vec<_>>()
					.join(", "),
			),
			(
				"kinds",
				if classes.is_empty() {
					"every kind".into()
				} else {
					classes.join(", ")
				},
			),
			(
				"until",
				match self.until {
					Some(_) => moment_text(self.until),
					None => "withdrawn".into(),
				},
			),
		]
	}
}

/// Lets somebody open a patient's documents.
#[derive(Debug, Args)]
pub struct Grant {
	/// Whose documents
	#[arg(value_parser = ids::patient)]
	patient: PatientId,
	#[command(flatten)]
	terms: Terms,
}

impl Grant {
	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let signer = options.signer()?;
		let chain = options.chain().await?;
		let terms = self.terms.resolve(now(&chain).await?)?;
		let patient = self.patient;
		let call = RuntimeCall::Consent(pallet_consent::Call::grant {
			patient,
			actors: terms.actors.clone(),
			purposes: terms.purposes.clone(),
			classes: terms.classes.clone(),
			until: terms.until,
		});
		let included = chain.submit(&signer, call, options.wait).await?;
		let directive = made(&included)?;
		let mut data = terms.json();
		data["patient"] = ids::hex(patient.0).into();
		data["directive"] = directive.into();
		let mut rows = vec![
			("patient", ids::hex(patient.0)),
			("directive", directive.to_string()),
		];
		rows.extend(terms.rows());
		Ok(done(&included, data, &rows))
	}
}

/// The chain's clock at the best block.
pub(super) async fn now(chain: &Chain) -> Outcome<Moment> {
	chain.now(chain.best().await?).await
}

/// The number of the directive that a call made.
pub(super) fn made(included: &Included) -> Outcome<DirectiveId> {
	included.find(|event| match event {
		RuntimeEvent::Consent(pallet_consent::Event::DirectiveMade { directive, .. }) => {
			Some(*directive)
		}
		_ => None,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

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
		assert_eq!(
			resolved.json(),
			json!({
				"actors": ["organisation:1"],
				"purposes": ["treatment"],
				"classes": [],
				"until": "1970-01-01T00:01:31Z",
			})
		);
		assert!(resolved
			.rows()
			.contains(&("kinds", "every kind".to_string())));
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
