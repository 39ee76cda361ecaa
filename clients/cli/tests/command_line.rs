//! Exit codes, the shape of `--json`, and where what is printed, as far as they need no node.

use serde_json::Value;
use std::{
	fs,
	os::unix::fs::{MetadataExt, PermissionsExt},
	path::Path,
	process::{Command, Output, Stdio},
};

const NOBODY: &str = "ws://127.0.0.1:1";
const ID: &str = "00112233445566778899aabbccddeeff";
const ENTRY: &str = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn assent(arguments: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_assent"))
		.args(arguments)
		.stdin(Stdio::null())
		.output()
		.expect("the program runs")
}

fn code(output: &Output) -> i32 {
	output.status.code().expect("it was not killed")
}

/// The one line of JSON on standard output.
fn json(output: &Output) -> Value {
	let text = String::from_utf8(output.stdout.clone()).unwrap();
	assert_eq!(text.matches('\n').count(), 1, "one line: {text}");
	assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
	let value: Value = serde_json::from_str(&text).unwrap();
	assert_eq!(value["version"], 1);
	assert_sorted(&text);
	value
}

/// Keys stand in order: the text is what a sorting printer makes of the value.
fn assert_sorted(text: &str) {
	fn render(value: &Value) -> String {
		match value {
			Value::Object(fields) => {
				let mut fields: Vec<_> = fields.iter().collect();
				fields.sort_by_key(|(key, _)| key.as_str());
				let fields: Vec<_> = fields
					.iter()
					.map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), render(value)))
					.collect();
				format!("{{{}}}", fields.join(","))
			}
			Value::Array(items) => {
				format!("[{}]", items.iter().map(render).collect::<Vec<_>>().join(","))
			}
			other => other.to_string(),
		}
	}
	let value: Value = serde_json::from_str(text).unwrap();
	assert_eq!(render(&value), text.trim_end());
}

fn write_private(path: &Path, text: &str) {
	fs::write(path, text).unwrap();
	fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn help_and_version_should_be_data() {
	for arguments in
		[&["--help"][..], &["--version"], &["record", "--help"], &["trail", "show", "--help"]]
	{
		let output = assent(arguments);
		assert_eq!(code(&output), 0, "{arguments:?}");
		assert!(!output.stdout.is_empty());
		assert!(output.stderr.is_empty());
	}
}

#[test]
fn wrong_usage_should_exit_2_and_say_so_on_standard_error() {
	for arguments in [
		&[][..],
		&["nonsense"],
		&["record", "show"],
		&["record", "show", "not-an-id"],
		&["grant", ID, "--to", "everybody", "--purpose", "treatment"],
		&["grant", ID, "--to", "organisation:1", "--purpose", "fun"],
		&["grant", ID, "--to", "organisation:1", "--purpose", "treatment", "--class", "LabResult"],
		&["grant", ID, "--to", "organisation:1", "--purpose", "treatment", "--until", "soon"],
		&["emergency", "declare", ID, "--reason", "serious-harm", "--minutes", "241"],
		&["emergency", "justify", "1", "--outcome", "treated"],
		&["emergency", "justify", "1", "--outcome", "treated", "--text", "f"],
		&["emergency", "review", "1", "--finding", "innocent"],
		&["emergency", "pass-on", "first"],
		&["chain", "wait"],
		&["chain", "wait", "--block", "1", "--final", "1"],
		&["trail", "show"],
		&["trail", "show", ID, "--organisation", "1"],
		&["patient", "enrol", "--account", "//Alice"],
		&["patient", "mark-private", ID],
		&["patient", "mark-private", ID, "--nothing", "--class", "genetics"],
		&["guardian", "propose", ID],
		&["delegate", "name", ID, "//Alice", "--until", "+30d"],
		&["delegate", "name", ID, "//Alice", "--may", "share"],
		&["delegate", "name", ID, "//Alice", "--may", "everything", "--until", "+30d"],
		&["recovery", "propose", ID],
		&["recovery", "propose", ID, "--account", "//Alice"],
		&["recovery", "propose", ID, "--new-key", "//Alice", "--number", "1"],
		&["condition", "report", ID, "asleep"],
		&["practitioner", "credential", "//Alice", "--role", "nurse"],
		&["practitioner", "credential", "--role", "nurse", "--until", "+1d"],
		&[
			"practitioner",
			"credential",
			"//Alice",
			"--role",
			"nurse",
			"--until",
			"+1d",
			"--last-day",
			"+1d",
		],
		&["practitioner", "consent", "--account", "//Alice"],
		&["organisation", "agent", "add", "//Alice"],
		&["organisation", "agent", "add", "//Alice", "--agent-key", "//Alice"],
		&["chain", "status", "--wait", "forever"],
	] {
		let output = assent(arguments);
		assert_eq!(code(&output), 2, "{arguments:?}");
		assert!(output.stdout.is_empty(), "{arguments:?}");
		assert!(!output.stderr.is_empty(), "{arguments:?}");
	}
}

#[test]
fn wrong_usage_should_be_an_object_when_json_is_asked_for() {
	for arguments in
		[&["--json", "record", "show", "not-an-id"][..], &["record", "show", "--json"], &["--json"]]
	{
		let output = assent(arguments);
		assert_eq!(code(&output), 2, "{arguments:?}");
		let value = json(&output);
		assert_eq!(value["error"]["code"], "Usage");
		assert!(!value["error"]["message"].as_str().unwrap().is_empty());
	}
}

#[test]
fn missing_node_should_exit_2_and_be_told_apart() {
	for (arguments, command) in [
		(&["chain", "status"][..], "chain status"),
		(&["record", "show", ID], "record show"),
		(&["organisation", "list"], "organisation list"),
		(&["trail", "show", ID], "trail show"),
		(&["--key", "//Alice", "withdraw", ID, "0"], "withdraw"),
		(&["--key", "//Alice", "guardian", "propose", ID, "//Bob"], "guardian propose"),
		(&["delegate", "principals", "//Alice"], "delegate principals"),
		(&["--key", "//Alice", "recovery", "veto", ID], "recovery veto"),
		(&["recovery", "consent", ID, "--account", "//Alice"], "recovery consent"),
		(
			&["practitioner", "consent", "--organisation", "1", "--account", "//Alice"],
			"practitioner consent",
		),
		(
			&["--key", "//Alice", "organisation", "agent", "consent", "--organisation", "1"],
			"organisation agent consent",
		),
		(
			&["--key", "//Alice", "organisation", "agent", "add", "--agent-key", "//Bob"],
			"organisation agent add",
		),
		(&["--key", "//Alice", "practitioner", "resign"], "practitioner resign"),
		(&["--key", "//Alice", "access", "ask", ID, ID, "--purpose", "TREAT"], "access ask"),
		(
			&["--key", "//Alice", "grant", ID, "--to", "organisation:1", "--purpose", "treatment"],
			"grant",
		),
	] {
		let output = assent(&[&["--json", "--node", NOBODY], arguments].concat());
		assert_eq!(code(&output), 2, "{arguments:?}");
		let value = json(&output);
		assert_eq!(value["command"], command);
		assert_eq!(value["error"]["code"], "Node");
	}
}

#[test]
fn node_should_be_named_by_a_websocket_url() {
	let output = assent(&["--json", "--node", "http://127.0.0.1:9944", "chain", "status"]);
	assert_eq!(code(&output), 2);
	assert_eq!(json(&output)["error"]["code"], "Usage");
}

#[test]
fn missing_key_should_be_told_before_anything_is_asked() {
	for arguments in [
		&["withdraw", ID, "0"][..],
		&["guardian", "end", ID, "//Alice"],
		&["delegate", "name", ID, "//Alice", "--may", "share", "--until", "+30d"],
		&["recovery", "consent", ID],
		&["practitioner", "consent", "--organisation", "1"],
		&["practitioner", "resign"],
		&["recovery", "propose", ID, "--new-key", "//Alice"],
		&["condition", "report", ID, "incapable"],
		&["patient", "mark-private", ID, "--class", "genetics"],
	] {
		let output = assent(&[&["--json", "--node", NOBODY], arguments].concat());
		assert_eq!(code(&output), 2, "{arguments:?}");
		let value = json(&output);
		assert_eq!(value["error"]["code"], "Usage", "{arguments:?}");
		let message = value["error"]["message"].as_str().unwrap();
		assert!(message.contains("--key"), "{message}");
	}
}

#[test]
fn secret_on_the_command_line_should_be_refused_and_not_repeated() {
	let phrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";
	let output = assent(&["--json", "--key", phrase, "key", "show"]);
	assert_eq!(code(&output), 2);
	assert!(!String::from_utf8_lossy(&output.stdout).contains("bottom"));
}

#[test]
fn signing_key_should_be_made_shown_and_never_replaced() {
	let dir = tempfile::tempdir().unwrap();
	let file = dir.path().join("key.json");
	let file = file.to_str().unwrap();
	let made = assent(&["--json", "key", "new", "--out", file]);
	assert_eq!(code(&made), 0);
	let made = json(&made);
	assert_eq!(made["command"], "key new");
	assert_eq!(made["result"]["encrypted"], false);
	assert_eq!(fs::metadata(file).unwrap().mode() & 0o777, 0o600);

	let shown = json(&assent(&["--json", "--key", file, "key", "show"]));
	assert_eq!(shown["result"]["account"], made["result"]["account"]);
	assert_eq!(shown["result"]["public"], made["result"]["public"]);

	let again = assent(&["--json", "key", "new", "--out", file]);
	assert_eq!(code(&again), 2);
	assert_eq!(json(&again)["error"]["code"], "File");
}

#[test]
fn development_seed_should_show_its_account() {
	let shown = assent(&["--key", "//Alice", "key", "show"]);
	assert_eq!(code(&shown), 0);
	let text = String::from_utf8(shown.stdout).unwrap();
	assert!(text.contains("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"));
}

#[test]
fn encrypted_key_should_open_with_its_passphrase_only() {
	let dir = tempfile::tempdir().unwrap();
	let path = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
	write_private(Path::new(&path("right")), "correct horse\n");
	write_private(Path::new(&path("wrong")), "battery staple\n");
	let (key, right, wrong) = (path("key.json"), path("right"), path("wrong"));

	let made = json(&assent(&["--json", "key", "new", "--out", &key, "--passphrase-file", &right]));
	assert_eq!(made["result"]["encrypted"], true);
	assert!(!fs::read_to_string(&key).unwrap().contains("\"secret\""));

	let show = |passphrase: &[&str]| {
		assent(&[&["--json", "--key", &key, "key", "show"], passphrase].concat())
	};
	let shown = show(&["--passphrase-file", &right]);
	assert_eq!(code(&shown), 0);
	assert_eq!(json(&shown)["result"]["account"], made["result"]["account"]);

	let refused = show(&["--passphrase-file", &wrong]);
	assert_eq!(code(&refused), 1);
	assert_eq!(json(&refused)["error"]["code"], "WrongPassphrase");

	let unasked = show(&[]);
	assert_eq!(code(&unasked), 2);
	assert_eq!(json(&unasked)["error"]["code"], "NoTerminal");
}

#[test]
fn reader_key_should_be_made_and_its_public_half_shown() {
	let dir = tempfile::tempdir().unwrap();
	let file = dir.path().join("reader.json");
	let file = file.to_str().unwrap();
	let made = json(&assent(&["--json", "key", "new-reader", "--out", file]));
	let shown = json(&assent(&["--json", "key", "show", "--reader", file]));
	assert_eq!(shown["result"]["public"], made["result"]["public"]);
	let signing = assent(&["--json", "--key", file, "key", "show"]);
	assert_eq!(code(&signing), 2, "a reader's key does not sign");
}

#[test]
fn key_that_others_can_read_should_be_refused() {
	let dir = tempfile::tempdir().unwrap();
	let file = dir.path().join("key.json");
	let text = file.to_str().unwrap();
	assert_eq!(code(&assent(&["key", "new", "--out", text])), 0);
	fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
	let output = assent(&["--json", "--key", text, "key", "show"]);
	assert_eq!(code(&output), 2);
	assert_eq!(json(&output)["error"]["code"], "FilePermissions");
}

#[test]
fn sealing_should_make_two_files_and_tell_what_the_chain_needs() {
	let dir = tempfile::tempdir().unwrap();
	let path = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
	fs::write(path("report.txt"), b"Haemoglobin 13.9 g/dL").unwrap();
	let sealed =
		assent(&["--json", "record", "seal", &path("report.txt"), "--out", &path("sealed")]);
	assert_eq!(code(&sealed), 0);
	let result = &json(&sealed)["result"];
	let size = fs::metadata(path("sealed")).unwrap().len();
	assert_eq!(result["size"], size);
	for field in ["ciphertext", "commitment"] {
		let text = result[field].as_str().unwrap();
		assert!(text.starts_with("0x") && text.len() == 66, "{field}: {text}");
	}
	let secret = result["secret"].as_str().unwrap();
	assert_eq!(secret, path("sealed.secret.json"));
	assert_eq!(fs::metadata(secret).unwrap().mode() & 0o777, 0o600);
	assert!(!fs::read(path("sealed")).unwrap().windows(11).any(|part| part == b"Haemoglobin"));
}

#[test]
fn missing_vault_should_exit_2_and_leave_nothing() {
	let dir = tempfile::tempdir().unwrap();
	let path = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
	fs::write(path("sealed"), b"anything").unwrap();
	write_private(Path::new(&path("token")), &"t".repeat(40));
	let put = |vault: &str, token: &str| {
		assent(&[
			"--json",
			"record",
			"put",
			&path("sealed"),
			"--vault",
			vault,
			"--token-file",
			token,
		])
	};
	let gone = put("http://127.0.0.1:1", &path("token"));
	assert_eq!(code(&gone), 2);
	assert_eq!(json(&gone)["error"]["code"], "VaultUnreachable");

	let in_clear = put("http://vault.example", &path("token"));
	assert_eq!(json(&in_clear)["error"]["code"], "Usage");

	write_private(Path::new(&path("short")), "short");
	let short = put("http://127.0.0.1:1", &path("short"));
	assert_eq!(json(&short)["error"]["code"], "File");
}

#[test]
fn opening_should_not_touch_a_file_that_is_there() {
	let dir = tempfile::tempdir().unwrap();
	let path = |name: &str| dir.path().join(name).to_str().unwrap().to_string();
	fs::write(path("out"), b"mine").unwrap();
	assert_eq!(code(&assent(&["key", "new-reader", "--out", &path("reader")])), 0);
	let output = assent(&[
		"--json",
		"--node",
		NOBODY,
		"--key",
		"//Alice",
		"record",
		"open",
		ID,
		"--entry",
		ENTRY,
		"--reader",
		&path("reader"),
		"--vault",
		"http://127.0.0.1:1",
		"--out",
		&path("out"),
	]);
	assert_eq!(code(&output), 2);
	assert_eq!(json(&output)["error"]["code"], "File");
	assert_eq!(fs::read(path("out")).unwrap(), b"mine");
}

#[test]
fn closed_pipe_should_not_make_it_panic() {
	let mut child = Command::new(env!("CARGO_BIN_EXE_assent"))
		.args(["--key", "//Alice", "key", "show"])
		.stdout(Stdio::piped())
		.stderr(Stdio::piped())
		.spawn()
		.unwrap();
	drop(child.stdout.take());
	let output = child.wait_with_output().unwrap();
	assert_eq!(code(&output), 0);
	assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}
