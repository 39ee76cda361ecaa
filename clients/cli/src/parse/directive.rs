//! A directive as a JSON file: what `directive show --json` prints can be edited and handed
//! to `directive replace`.
//!
//! ```json
//! {
//!   "base": {
//!     "effect": "permit",
//!     "actors": ["organisation:1", "role:clinician@1"],
//!     "purposes": ["treatment"],
//!     "actions": ["access", "use"],
//!     "classes": ["lab-result"],
//!     "confidentialities": ["normal"],
//!     "authored": { "from": "2025-01", "to": "2026-12" },
//!     "period": { "until": "2026-12-31T00:00:00Z" }
//!   },
//!   "exceptions": [{ "effect": "deny", "sensitivities": ["0x00112233445566778899aabbccddeeff"] }]
//! }
//! ```
//!
//! Only `effect` is required; a criterion left out accepts everything. Unknown fields are
//! refused: a misspelt criterion would otherwise let everybody in.

use crate::{
	parse::{
		actors::{actor, purpose, write_actor},
		criterion,
		ids::{record, token},
		time,
	},
	words::{code, Word},
};
use assent_policy::{Criterion, Directive, Moment, Months, Period, Provision};
use serde::Deserialize;
use serde_json::{json, Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectiveFile {
	base: ProvisionFile,
	#[serde(default)]
	exceptions: Vec<ProvisionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionFile {
	effect: String,
	#[serde(default)]
	actors: Vec<String>,
	#[serde(default)]
	purposes: Vec<String>,
	#[serde(default)]
	actions: Vec<String>,
	#[serde(default)]
	classes: Vec<String>,
	#[serde(default)]
	codes: Vec<String>,
	#[serde(default)]
	confidentialities: Vec<String>,
	#[serde(default)]
	sensitivities: Vec<String>,
	#[serde(default)]
	authored: MonthsFile,
	#[serde(default)]
	authors: Vec<String>,
	#[serde(default)]
	encounters: Vec<String>,
	#[serde(default)]
	records: Vec<String>,
	#[serde(default)]
	period: PeriodFile,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthsFile {
	from: Option<String>,
	to: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodFile {
	from: Option<String>,
	until: Option<String>,
}

/// Reads a directive. Distances (`+30d`) count from `now`.
pub fn read(text: &str, now: Moment) -> Result<Directive, String> {
	let file: DirectiveFile =
		serde_json::from_str(text).map_err(|error| format!("not a directive: {error}"))?;
	from_file(file, now)
}

/// As [`read`], of JSON that was read already.
pub fn from_json(value: Value, now: Moment) -> Result<Directive, String> {
	let file: DirectiveFile =
		serde_json::from_value(value).map_err(|error| format!("not a directive: {error}"))?;
	from_file(file, now)
}

fn from_file(file: DirectiveFile, now: Moment) -> Result<Directive, String> {
	let base = provision(file.base, now).map_err(|why| format!("base: {why}"))?;
	let exceptions = file
		.exceptions
		.into_iter()
		.enumerate()
		.map(|(at, one)| provision(one, now).map_err(|why| format!("exception {at}: {why}")))
		.collect::<Result<Vec<_>, _>>()?;
	let count = exceptions.len();
	let exceptions = exceptions
		.try_into()
		.map_err(|_| format!("{count} exceptions where at most 8 are allowed"))?;
	Ok(Directive { base, exceptions })
}

fn each<T: Ord>(
	name: &str,
	texts: Vec<String>,
	read: impl Fn(&str) -> Result<T, String>,
) -> Result<Criterion<T>, String> {
	texts
		.iter()
		.map(|text| read(text))
		.collect::<Result<Vec<_>, _>>()
		.and_then(criterion)
		.map_err(|why| format!("{name}: {why}"))
}

fn provision(file: ProvisionFile, now: Moment) -> Result<Provision, String> {
	let month = |text: Option<String>| text.map(|text| time::month(&text)).transpose();
	let moment = |text: Option<String>| {
		text.map(|text| time::when(&text).map(|when| when.resolve(now))).transpose()
	};
	Ok(Provision {
		effect: code(&file.effect)?,
		actors: each("actors", file.actors, actor)?,
		purposes: each("purposes", file.purposes, purpose)?,
		actions: each("actions", file.actions, code)?,
		classes: each("classes", file.classes, code)?,
		codes: each("codes", file.codes, token)?,
		confidentialities: each("confidentialities", file.confidentialities, code)?,
		sensitivities: each("sensitivities", file.sensitivities, token)?,
		authored: Months { from: month(file.authored.from)?, to: month(file.authored.to)? },
		authors: each("authors", file.authors, token)?,
		encounters: each("encounters", file.encounters, token)?,
		records: each("records", file.records, record)?,
		period: Period { from: moment(file.period.from)?, until: moment(file.period.until)? },
	})
}

/// Writes a directive in the form that [`read`] reads. A criterion that accepts everything is left
/// out.
pub fn write(directive: &Directive) -> Value {
	let exceptions: Vec<Value> = directive.exceptions.iter().map(write_provision).collect();
	json!({ "base": write_provision(&directive.base), "exceptions": exceptions })
}

fn write_provision(provision: &Provision) -> Value {
	let mut fields = Map::new();
	fields.insert("effect".into(), provision.effect.word().into());
	for (name, values) in lists(provision) {
		if !values.is_empty() {
			fields.insert(name.into(), values.into());
		}
	}
	let Months { from, to } = provision.authored;
	if from.is_some() || to.is_some() {
		let (from, to) = (from.map(time::write_month), to.map(time::write_month));
		fields.insert("authored".into(), ends(("from", from), ("to", to)));
	}
	let Period { from, until } = provision.period;
	if from.is_some() || until.is_some() {
		let (from, until) = (from.map(time::write), until.map(time::write));
		fields.insert("period".into(), ends(("from", from), ("until", until)));
	}
	Value::Object(fields)
}

fn ends(first: (&str, Option<String>), last: (&str, Option<String>)) -> Value {
	let given = [first, last].into_iter();
	given.filter_map(|(name, value)| Some((name.to_string(), Value::from(value?)))).collect()
}

fn lists(provision: &Provision) -> [(&'static str, Vec<String>); 10] {
	fn words<W: Word + Ord>(values: &Criterion<W>) -> Vec<String> {
		values.iter().map(|value| value.word().to_string()).collect()
	}
	fn texts<T: ToString + Ord>(values: &Criterion<T>) -> Vec<String> {
		values.iter().map(T::to_string).collect()
	}
	[
		("actors", provision.actors.iter().map(write_actor).collect()),
		("purposes", texts(&provision.purposes)),
		("actions", words(&provision.actions)),
		("classes", words(&provision.classes)),
		("codes", texts(&provision.codes)),
		("confidentialities", words(&provision.confidentialities)),
		("sensitivities", texts(&provision.sensitivities)),
		("authors", texts(&provision.authors)),
		("encounters", texts(&provision.encounters)),
		("records", texts(&provision.records)),
	]
}

/// A directive in some lines for people.
pub fn describe(directive: &Directive) -> String {
	let mut lines = vec![describe_provision(&directive.base)];
	for exception in &directive.exceptions {
		lines.push(format!("except: {}", describe_provision(exception)));
	}
	lines.join("\n")
}

fn describe_provision(provision: &Provision) -> String {
	let mut parts = vec![provision.effect.word().to_string()];
	for (name, values) in lists(provision) {
		if !values.is_empty() {
			parts.push(format!("{name} {}", values.join(", ")));
		}
	}
	let Months { from, to } = provision.authored;
	parts.extend(from.map(|from| format!("authored from {}", time::write_month(from))));
	parts.extend(to.map(|to| format!("authored to {}", time::write_month(to))));
	let Period { from, until } = provision.period;
	parts.extend(from.map(|from| format!("from {}", time::write(from))));
	parts.extend(until.map(|until| format!("until {}", time::write(until))));
	if parts.len() == 1 {
		parts.push("everything to everybody, always".into());
	}
	parts.join("; ")
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::parse::ids::hex;
	use assent_policy::{
		Action, Actor, Class, Confidentiality, Effect, Purpose, RecordId, Role, Token,
	};

	const NOW: Moment = 1_000;

	fn full() -> Directive {
		let token = |byte| [Token([byte; 16])];
		let base = Provision {
			effect: Effect::Permit,
			actors: criterion([Actor::Organisation(1), Actor::Role(Role::Nurse)]).unwrap(),
			purposes: criterion([Purpose::Treatment, Purpose::Other(Token([1; 16]))]).unwrap(),
			actions: criterion([Action::Access, Action::Use]).unwrap(),
			classes: criterion([Class::LabResult]).unwrap(),
			codes: criterion(token(2)).unwrap(),
			confidentialities: criterion([Confidentiality::Normal]).unwrap(),
			sensitivities: criterion(token(3)).unwrap(),
			authored: Months { from: Some(660), to: Some(683) },
			authors: criterion(token(4)).unwrap(),
			encounters: criterion(token(5)).unwrap(),
			records: criterion([RecordId([6; 16])]).unwrap(),
			period: Period { from: Some(0), until: Some(1_798_675_200_000) },
		};
		let exceptions = vec![Provision::any(Effect::Deny)];
		Directive { base, exceptions: exceptions.try_into().unwrap() }
	}

	#[test]
	fn directive_should_read_back_when_every_criterion_is_set() {
		let directive = full();
		assert_eq!(from_json(write(&directive), NOW), Ok(directive));
	}

	#[test]
	fn directive_should_read_back_when_no_criterion_is_set() {
		let directive =
			Directive { base: Provision::any(Effect::Deny), exceptions: Default::default() };
		assert_eq!(write(&directive), json!({ "base": { "effect": "deny" }, "exceptions": [] }));
		assert_eq!(from_json(write(&directive), NOW), Ok(directive.clone()));
		assert_eq!(describe(&directive), "deny; everything to everybody, always");
	}

	#[test]
	fn distance_should_count_from_now() {
		let text = r#"{ "base": { "effect": "permit", "period": { "until": "+90s" } } }"#;
		assert_eq!(read(text, NOW).unwrap().base.period.until, Some(91_000));
	}

	#[test]
	fn directive_should_be_refused_when_a_field_is_unknown_or_a_value_wrong() {
		for (text, names) in [
			("", "not a directive"),
			("{}", "base"),
			(r#"{ "base": {} }"#, "effect"),
			(r#"{ "base": { "effect": "allow" } }"#, "effect"),
			(r#"{ "base": { "effect": "permit", "actor": [] } }"#, "actor"),
			(r#"{ "base": { "effect": "permit", "period": { "to": "+1d" } } }"#, "to"),
			(r#"{ "base": { "effect": "permit", "actors": ["me"] } }"#, "actors"),
			(
				r#"{ "base": { "effect": "permit" }, "exceptions": [{ "effect": "x" }] }"#,
				"exception 0",
			),
		] {
			let why = read(text, NOW).unwrap_err();
			assert!(why.contains(names), "{text}: {why}");
		}
	}

	#[test]
	fn directive_should_be_refused_when_there_is_too_much_of_anything() {
		let tokens: Vec<String> = (0..17u8).map(|byte| hex([byte; 16])).collect();
		let many = json!({ "base": { "effect": "deny", "codes": tokens } });
		assert!(from_json(many, NOW).unwrap_err().contains("codes"));
		let exceptions = vec![json!({ "effect": "deny" }); 9];
		let many = json!({ "base": { "effect": "permit" }, "exceptions": exceptions });
		assert!(from_json(many, NOW).unwrap_err().contains("9 exceptions"));
	}

	#[test]
	fn description_should_name_every_criterion() {
		let text = describe(&full());
		for part in [
			"permit",
			"organisation:1",
			"role:nurse",
			"treatment",
			"access, use",
			"lab-result",
			"normal",
			"authored from 2025-01",
			"authored to 2026-12",
			"until 2026-12-31T00:00:00Z",
			"except: deny",
		] {
			assert!(text.contains(part), "{part} in {text}");
		}
	}
}
