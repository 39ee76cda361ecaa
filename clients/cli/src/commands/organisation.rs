//! `organisation`: the members of the consortium.

use super::{done, not_found};
use crate::{
	chain::Chain,
	context::Options,
	failure::{Failure, Outcome},
	files,
	keys::Signer,
	parse::{
		directive,
		ids::{account, address, bytes, hex},
		time,
	},
	printer::{fields, table, Report},
	show::moment,
	words::Word,
};
use assent_policy::{Moment, OrganisationId};
use assent_runtime::{Hash, Runtime, RuntimeCall, RuntimeEvent};
use clap::Subcommand;
use pallet_consortium::{BasePolicy, Endpoint, Organisation as Row, Url};
use serde::Deserialize;
use serde_json::{json, Value};
use sp_runtime::AccountId32;
use std::path::{Path, PathBuf};

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Organisation {
	/// List the members
	List,
	/// Show one member
	Show {
		/// Its number
		#[arg(value_name = "NUMBER")]
		organisation: OrganisationId,
	},
	/// Propose where the organisation's vault answers; the council approves it
	Endpoint {
		/// The URL, for instance https://vault.example:8443
		url: String,
	},
	/// Name or end the accounts that act for the organisation
	#[command(subcommand)]
	Agent(Agent),
	/// The organisation's rules for the documents it holds
	#[command(subcommand)]
	Policy(Policy),
}

/// The verbs on agents.
#[derive(Debug, Subcommand)]
pub enum Agent {
	/// Let an account act for the organisation
	Add {
		/// The account
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// End it
	Remove {
		/// The account
		#[arg(value_parser = account)]
		account: AccountId32,
	},
}

/// The verbs on the base policy.
#[derive(Debug, Subcommand)]
pub enum Policy {
	/// Register a version of the base policy
	Set {
		/// JSON: {"uri": "https://..", "text": "file" or "hash": "0x..", "rules": {directive}};
		/// the text's file is looked for beside this one
		file: PathBuf,
	},
}

impl Organisation {
	/// Noun and verb.
	pub fn name(&self) -> &'static str {
		match self {
			Self::List => "organisation list",
			Self::Show { .. } => "organisation show",
			Self::Endpoint { .. } => "organisation endpoint",
			Self::Agent(Agent::Add { .. }) => "organisation agent add",
			Self::Agent(Agent::Remove { .. }) => "organisation agent remove",
			Self::Policy(Policy::Set { .. }) => "organisation policy set",
		}
	}

	/// Does it.
	pub async fn run(self, options: &Options) -> Outcome<Report> {
		let chain = options.chain().await?;
		match self {
			Self::List => list(&chain).await,
			Self::Show { organisation } => show(&chain, organisation).await,
			Self::Endpoint { url } => endpoint(options, &chain, url).await,
			Self::Agent(Agent::Add { account }) => {
				let call = pallet_consortium::Call::add_agent {
					agent: account.clone(),
				};
				change_agent(options, &chain, account, call).await
			}
			Self::Agent(Agent::Remove { account }) => {
				let call = pallet_consortium::Call::remove_agent {
					agent: account.clone(),
				};
				change_agent(options, &chain, account, call).await
			}
			Self::Policy(Policy::Set { file }) => set_policy(options, &chain, &file).await,
		}
	}
}

/// A member's row.
pub(super) async fn row(chain: &Chain, id: OrganisationId, at: Hash) -> Outcome<Option<Row>> {
	chain
		.read(
			&pallet_consortium::Organisations::<Runtime>::hashed_key_for(id),
			at,
		)
		.await
}

/// The organisation for which the signer acts.
pub(super) async fn acting_for(chain: &Chain, signer: &Signer) -> Outcome<OrganisationId> {
	let key = pallet_consortium::ByAgent::<Runtime>::hashed_key_for(signer.account());
	chain.read(&key, chain.best().await?).await?.ok_or_else(|| {
		Failure::refused(
			"NotAuthorized",
			format!("{} acts for no organisation", address(&signer.account())),
		)
	})
}

/// Where an organisation's vault answers.
async fn endpoints(chain: &Chain, id: OrganisationId, at: Hash) -> Outcome<Endpoint> {
	let key = pallet_consortium::Endpoints::<Runtime>::hashed_key_for(id);
	Ok(chain.read(&key, at).await?.unwrap_or_default())
}

/// When a member was admitted; none for the founding ones.
fn admitted(row: &Row) -> Option<Moment> {
	Some(row.admitted).filter(|at| *at > 0)
}

fn text(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

fn url(url: Option<&Url>) -> Option<String> {
	url.map(|url| text(url))
}

fn json_of(
	id: OrganisationId,
	row: &Row,
	endpoint: &Endpoint,
	policy: Option<&BasePolicy>,
) -> Value {
	let policy = policy.map(|policy| {
		json!({
			"version": policy.version,
			"uri": text(&policy.uri),
			"hash": hex(policy.hash),
			"rules": directive::write(&policy.rules),
			"registered": time::write(policy.registered),
		})
	});
	json!({
		"organisation": id,
		"name": text(&row.name),
		"kind": row.kind.word(),
		"status": row.status.word(),
		"controller": address(&row.controller),
		"agents": row.agents.iter().map(address).collect::<Vec<_>>(),
		"admitted": moment(admitted(row)),
		"endpoint": url(endpoint.approved.as_ref()),
		"proposedEndpoint": url(endpoint.proposed.as_ref()),
		"policy": policy,
	})
}

async fn policy_of(
	chain: &Chain,
	id: OrganisationId,
	row: &Row,
	at: Hash,
) -> Outcome<Option<BasePolicy>> {
	match row.policy {
		Some(version) => {
			let key = pallet_consortium::BasePolicies::<Runtime>::hashed_key_for(id, version);
			chain.read(&key, at).await
		}
		None => Ok(None),
	}
}

async fn list(chain: &Chain) -> Outcome<Report> {
	let at = chain.best().await?;
	let key = pallet_consortium::NextOrganisation::<Runtime>::hashed_key();
	let next: OrganisationId = chain.read(&key, at).await?.unwrap_or_default();
	let (mut data, mut rows) = (Vec::new(), Vec::new());
	for id in 0..next {
		let Some(row) = row(chain, id, at).await? else {
			continue;
		};
		let endpoint = endpoints(chain, id, at).await?;
		let policy = policy_of(chain, id, &row, at).await?;
		data.push(json_of(id, &row, &endpoint, policy.as_ref()));
		rows.push(vec![
			id.to_string(),
			text(&row.name),
			row.kind.word().into(),
			row.status.word().into(),
			url(endpoint.approved.as_ref()).unwrap_or_default(),
			address(&row.controller),
		]);
	}
	let head = ["no", "name", "kind", "status", "endpoint", "controller"];
	Ok(Report::new(
		json!({ "organisations": data }),
		table(&head, &rows, "no members"),
	))
}

async fn show(chain: &Chain, id: OrganisationId) -> Outcome<Report> {
	let at = chain.best().await?;
	let row = row(chain, id, at)
		.await?
		.ok_or_else(|| not_found(format!("organisation {id}")))?;
	let endpoint = endpoints(chain, id, at).await?;
	let policy = policy_of(chain, id, &row, at).await?;
	let described = policy.as_ref().map(|policy| {
		format!(
			"version {}, {}, {}\n{}",
			policy.version,
			text(&policy.uri),
			hex(policy.hash),
			directive::describe(&policy.rules)
		)
	});
	let shown = fields(&[
		("organisation", id.to_string()),
		("name", text(&row.name)),
		("kind", row.kind.word().into()),
		("status", row.status.word().into()),
		("controller", address(&row.controller)),
		(
			"agents",
			row.agents
				.iter()
				.map(address)
				.collect::<Vec<_>>()
				.join(", "),
		),
		(
			"admitted",
			admitted(&row).map_or_else(|| "in the genesis block".into(), time::write),
		),
		(
			"endpoint",
			url(endpoint.approved.as_ref()).unwrap_or_default(),
		),
		(
			"proposed endpoint",
			url(endpoint.proposed.as_ref()).unwrap_or_default(),
		),
		("base policy", described.unwrap_or_default()),
	]);
	Ok(Report::new(
		json_of(id, &row, &endpoint, policy.as_ref()),
		shown,
	))
}

async fn endpoint(options: &Options, chain: &Chain, address: String) -> Outcome<Report> {
	if !pallet_consortium::check_url(address.as_bytes()) {
		return Err(Failure::usage(format!(
			"{address:?} is not the address of a vault: write https://host:port/path in lower \
			 case, without a slash at the end"
		)));
	}
	let proposed = Url::try_from(address.clone().into_bytes()).map_err(|_| {
		Failure::usage(format!(
			"the address is longer than {} bytes",
			pallet_consortium::MAX_URL
		))
	})?;
	let signer = options.signer()?;
	let organisation = acting_for(chain, &signer).await?;
	let call = pallet_consortium::Call::propose_endpoint { url: proposed };
	let included = chain
		.submit(&signer, RuntimeCall::Consortium(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({ "organisation": organisation, "proposedEndpoint": address }),
		&[
			("organisation", organisation.to_string()),
			("proposed endpoint", address.clone()),
			("next", "the council approves it".into()),
		],
	))
}

async fn change_agent(
	options: &Options,
	chain: &Chain,
	agent: AccountId32,
	call: pallet_consortium::Call<Runtime>,
) -> Outcome<Report> {
	let signer = options.signer()?;
	let organisation = acting_for(chain, &signer).await?;
	let included = chain
		.submit(&signer, RuntimeCall::Consortium(call), options.wait)
		.await?;
	Ok(done(
		&included,
		json!({ "organisation": organisation, "agent": address(&agent) }),
		&[
			("organisation", organisation.to_string()),
			("agent", address(&agent)),
		],
	))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
	uri: String,
	text: Option<PathBuf>,
	hash: Option<String>,
	rules: Value,
}

async fn set_policy(options: &Options, chain: &Chain, path: &Path) -> Outcome<Report> {
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
	let uri: pallet_consortium::Uri = file.uri.clone().into_bytes().try_into().map_err(|_| {
		wrong(format!(
			"the uri is longer than {} bytes",
			pallet_consortium::MAX_URL
		))
	})?;
	let signer = options.signer()?;
	let organisation = acting_for(chain, &signer).await?;
	let now = chain.now(chain.best().await?).await?;
	let rules = directive::from_json(file.rules, now).map_err(wrong)?;
	let described = directive::describe(&rules);
	let call = pallet_consortium::Call::set_base_policy {
		uri,
		hash,
		rules: Box::new(rules),
	};
	let included = chain
		.submit(&signer, RuntimeCall::Consortium(call), options.wait)
		.await?;
	let version = included.find(|event| match event {
		RuntimeEvent::Consortium(pallet_consortium::Event::BasePolicySet { version, .. }) => {
			Some(*version)
		}
		_ => None,
	})?;
	Ok(done(
		&included,
		json!({
			"organisation": organisation,
			"policyVersion": version,
			"uri": file.uri,
			"hash": hex(hash),
		}),
		&[
			("organisation", organisation.to_string()),
			("policy version", version.to_string()),
			("hash", hex(hash)),
			("rules", described),
		],
	))
}
