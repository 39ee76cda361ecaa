//! An access that is asked for.

use crate::{
	parse::{
		actors::purpose,
		ids::{patient, record},
	},
	words::reader,
};
use assent_client::reads::consent::Access;
use assent_policy::{Action, PatientId, Purpose, RecordId};
use clap::Args;
use sp_runtime::AccountId32;

/// The record, the purpose and the action.
#[derive(Clone, Debug, Args)]
pub struct Question {
	/// The patient of the record
	#[arg(value_parser = patient)]
	patient: PatientId,
	/// The record
	#[arg(value_parser = record)]
	record: RecordId,
	/// For what, for instance treatment
	#[arg(long, value_name = "PURPOSE", value_parser = purpose)]
	purpose: Purpose,
	/// Doing what
	#[arg(long, value_name = "ACTION", value_parser = reader::<Action>(), default_value = "access")]
	action: Action,
}

impl Question {
	/// The access of this account.
	pub fn of(self, requester: AccountId32) -> Access {
		Access {
			requester,
			patient: self.patient,
			record: self.record,
			purpose: self.purpose,
			action: self.action,
		}
	}
}
