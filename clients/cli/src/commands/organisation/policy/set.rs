//! `organisation policy set`.

use crate::{commands::prelude::*, parse::directive};
use assent_client::files;
use pallet_consortium::{Call, Event, Uri, MAX_URL};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// Register a version of the base policy
#[derive(Debug, Args)]
pub struct Set {
	/// JSON: {"uri": "https://..", "text": "file" or "hash": "0x..", "rules": {directive}};
	/// the text's file is looked for beside the JSON file
	file: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
	uri: String,
	text: Option<PathBuf>,
	hash: Option<String>,
	rules: Value,
}

/// A version that was registered.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
	organisation: OrganisationId,
	policy_version: PolicyVersion,
	uri: String,
	hash: String,
	#[serde(skip)]
	described: String,
}

impl Change for Registered {
	fn rows(&self) -> Vec<Row> {
		vec![
			("organisation", self.organisation.to_string()),
			("policy version", self.policy_version.to_string()),
			("hash", self.hash.clone()),
			("rules", self.described.clone()),
		]
	}
}

impl Verb for Set {
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>> {
		let path = self.file.as_path();
		let wrong = |why: String| Failure::usage(format!("{}: {why}", path.display()));
		let file: PolicyFile = serde_json::from_str(&files::read_text(path)?)
			.map_err(|error| wrong(format!("not a policy file: {error}")))?;
		let hash: [u8; 32] = match (&file.text, &file.hash) {
			(Some(text), None) => {
				let beside = path.parent().unwrap_or(Path::new(".")).join(text);
				let (hash, _) = assent_envelope::hash(files::open(&beside)?)
					.map_err(|error| Failure::file(&beside, error))?;
				hash
			}
			(None, Some(hash)) => bytes(hash).map_err(wrong)?,
			_ => return Err(wrong("needs either a text or a hash".into())),
		};
		let uri = Uri::try_from(file.uri.clone().into_bytes())
			.map_err(|_| wrong(format!("the uri is longer than {MAX_URL} bytes")))?;
		let signed = options.signed().await?;
		let organisation = signed.organisation().await?;
		let now = signed.state.now().await?;
		let rules = directive::from_json(file.rules, now).map_err(wrong)?;
		let described = directive::describe(&rules);
		let call = Call::set_base_policy { uri, hash, rules: Box::new(rules) };
		let included = signed.submit(call).await?;
		let policy_version = found!(included,
			Consortium(Event::BasePolicySet { version, .. }) => *version)?;
		let registered =
			Registered { organisation, policy_version, uri: file.uri, hash: hex(hash), described };
		Ok(Done::new(&included, registered))
	}
}
