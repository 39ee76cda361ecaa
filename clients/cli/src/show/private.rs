//! Kinds of records that are private to a patient.

use assent_policy::{Class, Kinds, Token, Word};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct List {
	classes: Vec<Class>,
	sensitivities: Vec<Token>,
}

impl From<&Kinds> for List {
	fn from(kinds: &Kinds) -> Self {
		Self {
			classes: kinds.classes.iter().copied().collect(),
			sensitivities: kinds.sensitivities.iter().copied().collect(),
		}
	}
}

impl List {
	fn text(&self) -> String {
		let classes = self.classes.iter().map(|class| class.word().to_string());
		let sensitivities = self.sensitivities.iter().map(Token::to_string);
		classes.chain(sensitivities).collect::<Vec<_>>().join(", ")
	}
}

/// The two lists: the patient's own, and the enrolling organisation's.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Private {
	by_patient: List,
	by_organisation: List,
}

impl From<&assent_policy::Private> for Private {
	fn from(private: &assent_policy::Private) -> Self {
		Self {
			by_patient: List::from(&private.by_patient),
			by_organisation: List::from(&private.by_organisation),
		}
	}
}

impl Private {
	/// For people: by the patient's list, and by the organisation's.
	pub fn texts(&self) -> [String; 2] {
		[self.by_patient.text(), self.by_organisation.text()]
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::parse::{criterion, ids::hex};
	use serde_json::json;

	#[test]
	fn private_should_tell_the_two_lists_apart() {
		let private = assent_policy::Private {
			by_patient: Kinds {
				classes: criterion([Class::Genetics]).unwrap(),
				sensitivities: Default::default(),
			},
			by_organisation: Kinds {
				classes: Default::default(),
				sensitivities: criterion([Token([5; 16])]).unwrap(),
			},
		};
		let private = Private::from(&private);
		let value = serde_json::to_value(&private).unwrap();
		assert_eq!(value["byPatient"]["classes"], json!(["genetics"]));
		assert_eq!(value["byPatient"]["sensitivities"], json!([]));
		assert_eq!(value["byOrganisation"]["sensitivities"], json!([hex([5; 16])]));
		assert_eq!(private.texts(), ["genetics".into(), hex([5; 16])]);
	}
}
