//! The one place that prints. Data goes to standard output, everything else to standard
//! error. With `--json`, standard output gets exactly one line: an object with sorted keys,
//! of failures too.

use assent_client::{Failure, Kind, Outcome};
use serde_json::{json, Map, Value};
use std::{
	io::{self, Write},
	process::ExitCode,
};

/// The version of everything printed with `--json`. Fields may be added within a version;
/// one that changes its meaning or goes makes a new one.
pub const JSON_VERSION: u32 = 1;

/// How a command that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
	/// As asked: exit code 0.
	Done,
	/// The answer is no (a denied access, a broken trail): exit code 1. The answer is data all
	/// the same.
	No,
}

impl From<bool> for Verdict {
	fn from(yes: bool) -> Self {
		match yes {
			true => Self::Done,
			false => Self::No,
		}
	}
}

/// The answer of a command.
#[derive(Clone, Debug)]
pub struct Report {
	/// For scripts.
	pub data: Value,
	/// For people.
	pub text: String,
	/// How it ended.
	pub verdict: Verdict,
}

/// The exit code of the process after a failure.
fn exit_code(failure: &Failure) -> u8 {
	match failure.kind {
		Kind::Refused => 1,
		Kind::Unusable => 2,
	}
}

/// Prints how a command ended and gives the exit code.
pub fn print(command: &str, json: bool, outcome: &Outcome<Report>) -> ExitCode {
	let code = match outcome {
		Ok(Report { verdict: Verdict::Done, .. }) => 0,
		Ok(Report { verdict: Verdict::No, .. }) => 1,
		Err(failure) => exit_code(failure),
	};
	let (out, err) = render(command, json, outcome);
	// A reader that went away (`| head`) is no reason to fail, nor to panic.
	let _ = io::stdout().write_all(out.as_bytes()).and_then(|()| io::stdout().flush());
	let _ = io::stderr().write_all(err.as_bytes());
	ExitCode::from(code)
}

/// A line of a service's log, on standard error. The keeper of the log adds the time.
pub fn log(line: impl std::fmt::Display) {
	let _ = writeln!(io::stderr(), "{line}");
}

/// The text for standard output and the text for standard error.
pub fn render(command: &str, json: bool, outcome: &Outcome<Report>) -> (String, String) {
	match (json, outcome) {
		(true, Ok(report)) => (line(command, "result", report.data.clone()), String::new()),
		(true, Err(failure)) => (line(command, "error", error(failure)), String::new()),
		(false, Ok(report)) if report.text.is_empty() => Default::default(),
		(false, Ok(report)) => (format!("{}\n", report.text.trim_end()), String::new()),
		(false, Err(failure)) => (String::new(), format!("error: {failure}\n")),
	}
}

fn error(failure: &Failure) -> Value {
	json!({ "code": failure.code, "message": failure.message })
}

fn line(command: &str, key: &str, value: Value) -> String {
	let object = json!({ "version": JSON_VERSION, "command": command, key: value });
	format!("{}\n", sorted(object))
}

/// The same value with the keys of every object in order, whatever the JSON library was
/// built to do.
pub fn sorted(value: Value) -> Value {
	match value {
		Value::Object(fields) => {
			let mut fields: Vec<_> = fields.into_iter().collect();
			fields.sort_by(|(left, _), (right, _)| left.cmp(right));
			let sort = |(key, value)| (key, sorted(value));
			Value::Object(fields.into_iter().map(sort).collect::<Map<_, _>>())
		}
		Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
		other => other,
	}
}

/// Lines of `label  value`, the values in one column, also where they have several lines.
/// Empty values are left out.
pub fn fields(rows: &[(&str, String)]) -> String {
	let shown = || rows.iter().filter(|(_, value)| !value.is_empty());
	let width = shown().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
	let indent = format!("\n{:width$}  ", "");
	shown()
		.map(|(label, value)| format!("{label:<width$}  {}", value.replace('\n', &indent)))
		.collect::<Vec<_>>()
		.join("\n")
}

/// A table with a head; `nothing` when it has no rows.
pub fn table<const COLUMNS: usize>(
	head: [&str; COLUMNS],
	rows: impl IntoIterator<Item = [String; COLUMNS]>,
	nothing: &str,
) -> String {
	let lines: Vec<_> = [head.map(Into::into)].into_iter().chain(rows).collect();
	if lines.len() == 1 {
		return nothing.into();
	}
	let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
	let widths: [_; COLUMNS] = std::array::from_fn(|column| width(column).unwrap_or_default());
	let render = |line: &[String; COLUMNS]| {
		let cells = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
		cells.collect::<Vec<_>>().join("  ").trim_end().to_string()
	};
	lines.iter().map(render).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::path::Path;

	fn report(data: Value, text: &str) -> Report {
		Report { data, text: text.into(), verdict: Verdict::Done }
	}

	#[test]
	fn exit_code_should_tell_refusals_from_everything_else() {
		assert_eq!(exit_code(&Failure::refused("NotFound", "no")), 1);
		assert_eq!(exit_code(&Failure::usage("what?")), 2);
		assert_eq!(exit_code(&Failure::environment("Node", "gone")), 2);
		assert_eq!(exit_code(&Failure::file(Path::new("/x"), "gone")), 2);
	}

	#[test]
	fn json_should_be_one_line_with_sorted_keys() {
		let data = json!({ "b": { "z": 1, "a": [ { "d": 1, "c": 2 } ] }, "a": "x" });
		let (out, err) = render("record show", true, &Ok(report(data, "text")));
		assert_eq!(
			out,
			concat!(
				r#"{"command":"record show","result":{"a":"x","b":{"a":[{"c":2,"d":1}],"z":1}},"#,
				r#""version":1}"#,
				"\n"
			)
		);
		assert!(err.is_empty());
	}

	#[test]
	fn json_failure_should_be_on_standard_output_with_code_and_message() {
		let failure = Failure::refused("NotFound", "No record has this id.");
		let (out, err) = render("record show", true, &Err(failure));
		let value: Value = serde_json::from_str(&out).unwrap();
		assert_eq!(value["error"]["code"], "NotFound");
		assert_eq!(value["error"]["message"], "No record has this id.");
		assert_eq!(value["version"], JSON_VERSION);
		assert!(value.get("result").is_none());
		assert!(err.is_empty());
	}

	#[test]
	fn text_failure_should_leave_standard_output_empty() {
		let (out, err) = render("record show", false, &Err(Failure::usage("what?")));
		assert!(out.is_empty());
		assert_eq!(err, "error: what? (Usage)\n");
	}

	#[test]
	fn text_should_end_with_one_newline() {
		let hello = report(json!({}), "hello\n\n");
		assert_eq!(render("key show", false, &Ok(hello)).0, "hello\n");
		let empty = report(json!({}), "");
		assert_eq!(render("key show", false, &Ok(empty)).0, "");
	}

	#[test]
	fn fields_should_align_and_leave_out_what_is_empty() {
		let text = fields(&[("a", "1".into()), ("none", String::new()), ("long", "2".into())]);
		assert_eq!(text, "a     1\nlong  2");
		assert_eq!(fields(&[("a", "1\n2".into())]), "a  1\n   2");
	}

	#[test]
	fn table_should_align_columns_and_say_when_there_is_nothing() {
		let rows = [["1", "x"], ["22", "y"]].map(|row| row.map(String::from));
		assert_eq!(table(["no", "name"], rows, "none"), "no  name\n1   x\n22  y");
		assert_eq!(table(["no"], [], "none"), "none");
	}
}
