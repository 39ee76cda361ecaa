//! `directive`: full directives, from files.

use super::{
	done,
	grant::{made, now},
	not_found,
};
use crate::{
	chain::{Chain, Included},
	context::Options,
	failure::{Failure, Outcome},
	files,
	parse::{
		directive::{describe, read, write},
		ids::{address, hex, patient},
		time,
	},
	printer::{fields, table, Report},
	show::{moment, moment_text},
};
use assent_policy::{DirectiveId, Moment, PatientId, PolicyVersion};
use assent_runtime::{Hash, Runtime, RuntimeCall};
use assent_support::{EndReason, PolicyRef};
use clap::Subcommand;
use pallet_consent::DirectiveRow;
use serde_json::{json, Value};
use std::path::{Path, PathBuf};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Directive {
	/// Make a directive from a JSON file; `directive show --json` prints the form
	Make {
		/// Whose documents
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The file
		file: PathBuf,
		/// The version of the enrolling organisation's base policy that it is built on
		#[arg(long, value_name = "VERSION")]
		built_on: Option<PolicyVersion>,
	},
	/// Put a directive in the place of another: nobody slips through between the two
	Replace {
		/// Whose directive
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// The number of the one that ends
		directive: DirectiveId,
		/// The file
		file: PathBuf,
		/// The version of the enrolling organisation's base policy that it is built on
		#[arg(long, value_name = "VERSION")]
		built_on: Option<PolicyVersion>,
	},
	/// List a patient's directives, ended ones too
	List {
		/// Whose directives
		#[arg(value_parser = patient)]
		patient: PatientId,
	},
	/// Show one directive
	Show {
		/// Whose directive
		#[arg(value_parser = patient)]
		patient: PatientId,
		/// Its number
		directive: DirectiveId,
	},
}

impl Directive {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Make { .. } => "directive make",
			Self::Replace { .. } => "directive replace",
			Self::List { .. } => "directive list",
			Self::Show { .. } => "directive show",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		match self {
			Self::Make {
				patient,
				file,
				built_on,
			} => make(options, patient, &file, built_on).await,
			Self::Replace {
				patient,
				directive,
				file,
				built_on,
			} => replace(options, patient, directive, &file, built_on).await,
			Self::List { patient } => list(options, patient).await,
			Self::Show { patient, directive } => show(options, patient, directive).await,
		}
	}
}

async fn from_file(chain: &Chain, path: &Path) -> Outcome<assent_policy::Directive> {
	read(&files::read_text(path)?, now(chain).await?)
		.map_err(|why| Failure::usage(format!("{}: {why}", path.display())))
}

/// The version named, of the organisation that enrolled the patient.
pub(super) async fn policy_of(
	chain: &Chain,
	patient: PatientId,
	version: Option<PolicyVersion>,
) -> Outcome<Option<PolicyRef>> {
	let Some(version) = version else {
		return Ok(None);
	};
	let row = super::patient::row(chain, patient, chain.best().await?).await?;
	Ok(Some(PolicyRef {
		organisation: row.enrolled_by,
		version,
	}))
}

fn report(
	included: &Included,
	patient: PatientId,
	directive: &assent_policy::Directive,
	replaced: Option<DirectiveId>,
) -> Outcome<Report> {
	let number = made(included)?;
	let replaces = replaced
		.map(|number| number.to_string())
		.unwrap_or_default();
	Ok(done(
		included,
		json!({
			"patient": hex(patient.0),
			"directive": number,
			"replaced": replaced,
			"rules": write(directive),
		}),
		&[
			("patient", hex(patient.0)),
			("directive", number.to_string()),
			("in place of", replaces),
			("rules", describe(directive)),
		],
	))
}

async fn make(
	options: &Options,
	patient: PatientId,
	file: &Path,
	built_on: Option<PolicyVersion>,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let rules = from_file(&chain, file).await?;
	let directive = Box::new(rules.clone());
	let policy = policy_of(&chain, patient, built_on).await?;
	let call = RuntimeCall::Consent(pallet_consent::Call::make_directive {
		patient,
		directive,
		policy,
	});
	let included = chain.submit(&signer, call, options.wait).await?;
	report(&included, patient, &rules, None)
}

async fn replace(
	options: &Options,
	patient: PatientId,
	directive_id: DirectiveId,
	file: &Path,
	built_on: Option<PolicyVersion>,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let chain = options.chain().await?;
	let rules = from_file(&chain, file).await?;
	let directive = Box::new(rules.clone());
	let policy = policy_of(&chain, patient, built_on).await?;
	let call = pallet_consent::Call::replace {
		patient,
		directive_id,
		directive,
		policy,
	};
	let included = chain
		.submit(&signer, RuntimeCall::Consent(call), options.wait)
		.await?;
	report(&included, patient, &rules, Some(directive_id))
}

/// How a directive stands.
fn standing(row: &DirectiveRow, now: Moment) -> (&'static str, Option<Moment>) {
	let later = row
		.directive
		.base
		.period
		.from
		.is_some_and(|from| now < from);
	match row.end(now) {
		None if later => ("not yet", None),
		None => ("in force", None),
		Some(ended) => {
			let word = match ended.reason {
				EndReason::Withdrawn => "withdrawn",
				EndReason::Expired => "expired",
				EndReason::Replaced(_) => "replaced",
			};
			(word, Some(ended.at))
		}
	}
}

fn json_of(number: DirectiveId, row: &DirectiveRow, now: Moment) -> Value {
	let (word, ended) = standing(row, now);
	let replacement = match row.ended.map(|ended| ended.reason) {
		Some(EndReason::Replaced(by)) => Some(by),
		_ => None,
	};
	json!({
		"directive": number,
		"standing": word,
		"made": time::write(row.made),
		"madeBy": address(&row.made_by),
		"ended": moment(ended),
		"replacement": replacement,
		"request": row.request,
		"builtOn": row.policy.map(|policy| policy.version),
		"rules": write(&row.directive),
	})
}

async fn rows(
	chain: &Chain,
	patient: PatientId,
	at: Hash,
) -> Outcome<Vec<(DirectiveId, DirectiveRow)>> {
	chain
		.pages(|last: Option<&(DirectiveId, DirectiveRow)>| {
			let from = last.map_or(0, |(number, _)| number.saturating_add(1));
			let arguments = (patient, from, assent_runtime_api::MAX_PAGE);
			chain.call("ConsentApi_directives_of", arguments, at)
		})
		.await
}

async fn list(options: &Options, patient: PatientId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let rows = rows(&chain, patient, at).await?;
	let data: Vec<_> = rows
		.iter()
		.map(|(number, row)| json_of(*number, row, now))
		.collect();
	let rows: Vec<_> = rows
		.iter()
		.map(|(number, row)| {
			let (word, ended) = standing(row, now);
			let exceptions = match row.directive.exceptions.len() {
				0 => String::new(),
				1 => " (and an exception)".into(),
				count => format!(" (and {count} exceptions)"),
			};
			let base = describe(&row.directive);
			let base = base.lines().next().unwrap_or_default();
			vec![
				number.to_string(),
				format!("{word} {}", moment_text(ended)).trim().into(),
				format!("{base}{exceptions}"),
			]
		})
		.collect();
	Ok(Report::new(
		json!({ "patient": hex(patient.0), "directives": data }),
		table(&["no", "standing", "rules"], &rows, "no directives"),
	))
}

async fn show(options: &Options, patient: PatientId, number: DirectiveId) -> Outcome<Report> {
	let chain = options.chain().await?;
	let at = chain.best().await?;
	let now = chain.now(at).await?;
	let key = pallet_consent::Directives::<Runtime>::hashed_key_for(patient, number);
	let row: DirectiveRow = chain
		.read(&key, at)
		.await?
		.ok_or_else(|| not_found(format!("directive {number} of patient {patient}")))?;
	let mut data = json_of(number, &row, now);
	data["patient"] = hex(patient.0).into();
	let (word, ended) = standing(&row, now);
	Ok(Report::new(
		data,
		fields(&[
			("patient", hex(patient.0)),
			("directive", number.to_string()),
			(
				"standing",
				format!("{word} {}", moment_text(ended)).trim().into(),
			),
			("made", time::write(row.made)),
			("made by", address(&row.made_by)),
			(
				"answers request",
				row.request.map(|one| one.to_string()).unwrap_or_default(),
			),
			(
				"built on",
				row.policy
					.map(|policy| format!("base policy, version {}", policy.version))
					.unwrap_or_default(),
			),
			("rules", describe(&row.directive)),
		]),
	))
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::{Effect, Period, Provision};
	use pallet_consent::Ended;
	use sp_runtime::AccountId32;

	#[test]
	fn standing_should_follow_the_directives_life() {
		let base = Provision {
			period: Period {
				from: Some(10),
				until: Some(20),
			},
			..Provision::any(Effect::Permit)
		};
		let row = DirectiveRow {
			directive: assent_policy::Directive {
				base,
				exceptions: Default::default(),
			},
			made: 1,
			made_by: AccountId32::new([1; 32]),
			made_as: assent_policy::Maker::Patient,
			ended: None,
			request: None,
			policy: None,
		};
		assert_eq!(standing(&row, 9), ("not yet", None));
		assert_eq!(standing(&row, 10), ("in force", None));
		assert_eq!(standing(&row, 20), ("expired", Some(20)));
		for (reason, word) in [
			(EndReason::Withdrawn, "withdrawn"),
			(EndReason::Replaced(7), "replaced"),
		] {
			let row = DirectiveRow {
				ended: Some(Ended { at: 15, reason }),
				..row.clone()
			};
			assert_eq!(standing(&row, 16), (word, Some(15)));
		}
		let replaced = Some(Ended {
			at: 15,
			reason: EndReason::Replaced(7),
		});
		let row = DirectiveRow {
			ended: replaced,
			..row
		};
		assert_eq!(json_of(3, &row, 16)["replacement"], 7);
	}
}
