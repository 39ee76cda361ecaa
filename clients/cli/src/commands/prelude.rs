//! The vocabulary of every verb: arguments, reads and answers. A verb's own imports name the rest:
//! the pallet that it calls, and the views that it shows.

pub use crate::{
	answer::{Answer, Change, Done, Row, Verb},
	options::Options,
	parse::{
		ids::{account, address, bytes, draw, hash, hex, patient, record, token},
		time::{self, When},
	},
	printer::{fields, table, Report, Verdict},
	show::{moment, or_empty},
	words::{reader, words_of, Word},
};
pub use assent_client::{Failure, Outcome};
pub use assent_policy::{
	DirectiveId, Moment, OrganisationId, PatientId, PolicyVersion, RecordId, Token, VersionNumber,
};
pub use assent_runtime::{BlockNumber, RuntimeEvent};
pub use clap::Args;
pub use serde::Serialize;
pub use sp_runtime::AccountId32;
pub use std::path::PathBuf;
