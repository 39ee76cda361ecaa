//! The terms of a grant or of a request.

use crate::{
	answer::Row,
	parse::{actors::write_actor, time},
	words::words_of,
};
use assent_policy::{Class, Purpose};
use serde::Serialize;

/// Actors, purposes, kinds of documents, and the end.
#[derive(Debug, Serialize)]
pub struct Terms {
	actors: Vec<String>,
	purposes: Vec<String>,
	classes: Vec<Class>,
	until: Option<String>,
}

impl From<&pallet_consent::Terms> for Terms {
	fn from(terms: &pallet_consent::Terms) -> Self {
		Self {
			actors: terms.actors.iter().map(write_actor).collect(),
			purposes: terms.purposes.iter().map(Purpose::to_string).collect(),
			classes: terms.classes.iter().copied().collect(),
			until: terms.until.map(time::write),
		}
	}
}

impl Terms {
	/// For people.
	pub fn rows(&self) -> Vec<Row> {
		let kinds = match self.classes.is_empty() {
			true => "every kind".into(),
			false => words_of(&self.classes),
		};
		let until = self.until.clone().unwrap_or_else(|| "withdrawn".into());
		vec![
			("to", self.actors.join(", ")),
			("for", self.purposes.join(", ")),
			("kinds", kinds),
			("until", until),
		]
	}
}
