//! The labels of a record.

use crate::{
	parse::{ids::token, time},
	words::reader,
};
use assent_client::{Failure, Outcome};
use assent_policy::{Class, Confidentiality, Month, Sensitivities, Token};
use clap::Args;
use pallet_records::Labels;
use std::collections::BTreeSet;

/// The labels for directives.
#[derive(Clone, Debug, Args)]
pub struct LabelArgs {
	/// The kind of document
	#[arg(long, value_name = "CLASS", value_parser = reader::<Class>())]
	class: Class,
	/// The confidentiality of the document
	#[arg(long, value_name = "LEVEL", value_parser = reader::<Confidentiality>())]
	confidentiality: Confidentiality,
	/// The month of authoring, for instance 2026-03
	#[arg(long, value_name = "MONTH", value_parser = time::month)]
	authored: Month,
	/// A sensitivity, blinded; repeat for more
	#[arg(long = "sensitivity", value_name = "TOKEN", value_parser = token)]
	sensitivities: Vec<Token>,
	/// The document's exact code, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	code: Option<Token>,
	/// The author, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	author: Option<Token>,
	/// The encounter of the document, blinded
	#[arg(long, value_name = "TOKEN", value_parser = token)]
	encounter: Option<Token>,
}

impl LabelArgs {
	/// As the chain takes them.
	pub fn labels(&self) -> Outcome<Labels> {
		Ok(Labels {
			class: self.class,
			confidentiality: self.confidentiality,
			sensitivities: sensitivities(&self.sensitivities)?,
			code: self.code,
			author: self.author,
			encounter: self.encounter,
			authored: self.authored,
		})
	}
}

/// Sensitivities as the chain takes them, each once.
pub fn sensitivities(tokens: &[Token]) -> Outcome<Sensitivities> {
	let tokens: BTreeSet<Token> = tokens.iter().copied().collect();
	tokens.try_into().map_err(|_| {
		Failure::usage(format!(
			"--sensitivity: more than {} sensitivities",
			assent_policy::MAX_SENSITIVITIES
		))
	})
}
