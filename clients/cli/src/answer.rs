//! Verbs and their answers. One typed value per verb gives JSON, by serde, and text.

use crate::{
	options::Options,
	printer::{fields, Report, Verdict},
	show,
};
use assent_client::{ids::hex, Included, Outcome};
use serde::Serialize;

/// A verb with its arguments.
pub trait Verb {
	/// Does it, and gives the answer.
	async fn run(self, options: &Options) -> Outcome<impl Into<Report>>;
}

/// The answer of a verb; serde writes the JSON. Scripts depend on the fields.
pub trait Answer: Serialize {
	/// The answer for people.
	fn text(&self) -> String;

	/// Whether the answer is yes or no.
	fn verdict(&self) -> Verdict {
		Verdict::Done
	}
}

impl<A: Answer> From<A> for Report {
	fn from(answer: A) -> Self {
		Self {
			data: serde_json::to_value(&answer).unwrap_or_default(),
			text: answer.text(),
			verdict: answer.verdict(),
		}
	}
}

/// A line of `label  value`. A line whose value is empty is left out.
pub type Row = (&'static str, String);

/// The change that a call made.
pub trait Change: Serialize {
	/// The change for people.
	fn rows(&self) -> Vec<Row>;

	/// Whether the answer is yes or no.
	fn verdict(&self) -> Verdict {
		Verdict::Done
	}
}

/// The answer of a call: the change, the block and the transaction.
#[derive(Debug, Serialize)]
pub struct Done<C> {
	#[serde(flatten)]
	change: C,
	block: show::Block,
	transaction: String,
}

impl<C: Change> Done<C> {
	/// The change that this call made.
	pub fn new(included: &Included, change: C) -> Self {
		Self { change, block: included.block.into(), transaction: hex(included.transaction) }
	}
}

impl<C: Change> Answer for Done<C> {
	fn text(&self) -> String {
		let mut rows = self.change.rows();
		rows.push(("block", self.block.to_string()));
		fields(&rows)
	}

	fn verdict(&self) -> Verdict {
		self.change.verdict()
	}
}

/// The value of the first event of a call that matches a pattern; a failure if no event matches.
/// Each pattern names the pallet: `found!(included, Patients(Event::Left { at, .. }) => *at)`.
macro_rules! found {
	($included:expr, $($pallet:ident($event:pat) => $value:expr),+ $(,)?) => {
		$included.find(|event| match event {
			$(assent_runtime::RuntimeEvent::$pallet($event) => Some($value),)+
			_ => None,
		})
	};
}

/// Writes the menu of a noun: an enum of verbs, each with its arguments. A verb's help is the
/// documentation of its arguments' type.
macro_rules! verbs {
	(
		$(#[$doc:meta])*
		$noun:ident { $($(#[$attribute:meta])* $verb:ident($arguments:ty)),+ $(,)? }
	) => {
		$(#[$doc])*
		#[derive(Debug, clap::Subcommand)]
		pub enum $noun { $($(#[$attribute])* $verb($arguments)),+ }

		impl $crate::answer::Verb for $noun {
			async fn run(
				self,
				options: &$crate::options::Options,
			) -> assent_client::Outcome<impl Into<$crate::printer::Report>> {
				let report: $crate::printer::Report = match self {
					$(Self::$verb(verb) => verb.run(options).await?.into()),+
				};
				Ok(report)
			}
		}
	};
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_client::Block;
	use sp_core::H256;

	#[derive(Serialize)]
	#[serde(rename_all = "camelCase")]
	struct Counted {
		how_many: u32,
		nothing: Option<u32>,
	}

	impl Change for Counted {
		fn rows(&self) -> Vec<Row> {
			vec![("count", self.how_many.to_string())]
		}

		fn verdict(&self) -> Verdict {
			Verdict::No
		}
	}

	#[test]
	fn call_should_tell_its_change_its_block_and_its_transaction() {
		let included = Included {
			block: Block { hash: H256::zero(), number: 7, is_final: true },
			transaction: H256::repeat_byte(9),
			events: Vec::new(),
		};
		let change = Counted { how_many: 3, nothing: None };
		let report = Report::from(Done::new(&included, change));
		assert_eq!(
			report.data,
			serde_json::json!({
				"howMany": 3,
				"nothing": null,
				"block": { "hash": hex([0; 32]), "number": 7, "final": true },
				"transaction": hex([9; 32]),
			})
		);
		assert!(report.text.starts_with("count  3\nblock  7 (final) 0x00"));
		assert_eq!(report.verdict, Verdict::No);
	}
}
