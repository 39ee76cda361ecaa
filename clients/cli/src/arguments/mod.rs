//! Arguments that several verbs take, made usable.

mod engagement;
mod labels;
mod new_version;
mod question;
mod recovery;
mod signing;
mod terms;
mod vault;

pub use engagement::{Engaged, ToEngage};
pub use labels::{sensitivities, LabelArgs};
pub use new_version::{NewVersion, Versioned};
pub use question::Question;
pub use recovery::message_to_recover;
pub use signing::signing;
pub use terms::{Resolved, Terms};
pub use vault::VaultArgs;

use crate::parse::directive::read;
use assent_client::{files, reads, Chain, Failure, Outcome};
use std::path::Path;

/// Reads the rules of a directive from a JSON file. Distances count from the chain's now.
pub async fn rules_of(chain: &Chain, path: &Path) -> Outcome<assent_policy::Directive> {
	let now = reads::system::best_now(chain).await?;
	read(&files::read_text(path)?, now)
		.map_err(|why| Failure::usage(format!("{}: {why}", path.display())))
}
