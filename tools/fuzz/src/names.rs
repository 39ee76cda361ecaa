//! The runtime's own names of calls, errors and events.

use assent_runtime::{RuntimeCall, RuntimeError, RuntimeEvent};
use scale_info::{form::PortableForm, MetaType, PortableRegistry, Registry, TypeDef, Variant};
use sp_runtime::DispatchError;
use std::collections::{BTreeMap, BTreeSet};

/// The outcome of a call that was carried out.
pub const CARRIED_OUT: &str = "carried out";

/// Names by the number of the pallet and the number within the pallet.
type Table = BTreeMap<(u8, u8), String>;

/// The names of errors and events.
pub struct Names {
	errors: Table,
	events: Table,
}

impl Default for Names {
	fn default() -> Self {
		let of = |ty| {
			members(ty)
				.into_iter()
				.map(|(pallet, index, variant)| {
					let name = format!("{pallet}.{}", variant.name);
					((index, variant.index), name)
				})
				.collect()
		};
		Self {
			errors: of(MetaType::new::<RuntimeError>()),
			events: of(MetaType::new::<RuntimeEvent>()),
		}
	}
}

impl Names {
	/// The outcome of a call's dispatch, in words.
	pub fn outcome(&self, outcome: Result<(), DispatchError>) -> String {
		match outcome {
			Ok(()) => CARRIED_OUT.into(),
			Err(DispatchError::Module(module)) => {
				let key = (module.index, module.error[0]);
				let name = self.errors.get(&key).cloned();
				format!("error {}", name.unwrap_or_else(|| format!("{key:?}")))
			}
			Err(error) => format!("error {error:?}"),
		}
	}

	/// The name of an encoded event.
	pub fn event(&self, encoded: &[u8]) -> String {
		let key = match encoded {
			[pallet, event, ..] => (*pallet, *event),
			_ => (u8::MAX, u8::MAX),
		};
		let name = self.events.get(&key).cloned();
		name.unwrap_or_else(|| format!("{key:?}"))
	}

	/// Every error of a pallet, each with the name of the pallet in front.
	pub fn errors_of<'a>(&'a self, pallet: &'a str) -> impl Iterator<Item = &'a str> {
		of_pallet(&self.errors, pallet)
	}

	/// Every event of a pallet, each with the name of the pallet in front.
	pub fn events_of<'a>(&'a self, pallet: &'a str) -> impl Iterator<Item = &'a str> {
		of_pallet(&self.events, pallet)
	}
}

fn of_pallet<'a>(table: &'a Table, pallet: &'a str) -> impl Iterator<Item = &'a str> {
	table.values().map(String::as_str).filter(move |name| name.split('.').next() == Some(pallet))
}

/// A call, with the errors that its documentation names.
pub struct CallDoc {
	/// The name of the pallet.
	pub pallet: String,
	/// `Pallet.call`.
	pub name: String,
	/// The errors named after `Fails:`.
	pub errors: BTreeSet<String>,
}

/// Every call of the runtime, in order of pallets and numbers.
pub fn calls() -> Vec<CallDoc> {
	members(MetaType::new::<RuntimeCall>())
		.into_iter()
		.map(|(pallet, _, variant)| CallDoc {
			name: format!("{pallet}.{}", variant.name),
			errors: errors_named(&variant.docs.join(" ")),
			pallet,
		})
		.collect()
}

/// The words after `Fails:` that look like errors: single words with a capital at the
/// beginning.
fn errors_named(doc: &str) -> BTreeSet<String> {
	let Some((_, fails)) = doc.split_once("Fails:") else {
		return BTreeSet::new();
	};
	let fails = fails.split("Event").next().unwrap_or(fails);
	fails
		.split([',', ';', '.', ' ', '(', ')'])
		.filter(|word| {
			word.len() > 2
				&& word.starts_with(|first: char| first.is_ascii_uppercase())
				&& word.chars().all(|letter| letter.is_ascii_alphabetic())
		})
		.map(ToString::to_string)
		.collect()
}

/// The variants of the inner enum in each variant of an enum of pallets: name of the pallet,
/// number of the pallet, variant.
fn members(ty: MetaType) -> Vec<(String, u8, Variant<PortableForm>)> {
	let mut registry = Registry::new();
	let outer = registry.register_type(&ty).id;
	let registry = PortableRegistry::from(registry);
	let variants = |id| match registry.resolve(id).map(|ty| &ty.type_def) {
		Some(TypeDef::Variant(def)) => def.variants.clone(),
		_ => Vec::new(),
	};
	variants(outer)
		.into_iter()
		.flat_map(|pallet| {
			let inner = pallet.fields.first().map_or(Vec::new(), |field| variants(field.ty.id));
			inner.into_iter().map(move |variant| (pallet.name.clone(), pallet.index, variant))
		})
		.collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn errors_named_should_be_the_single_words_when_remarks_stand_between() {
		let doc = "Who: somebody. Fails: NotFound, AlreadyEnded (also when its period is over), \
			NotInMandate; most is refused before, at the pool. Event: Done.";
		let expected = ["AlreadyEnded", "NotInMandate", "NotFound"].map(ToString::to_string);
		assert_eq!(errors_named(doc), BTreeSet::from(expected));
	}

	#[test]
	fn calls_should_name_the_errors_of_ours_when_documented() {
		let all = calls();
		let withdraw = all.iter().find(|call| call.name == "Consent.withdraw");
		assert!(withdraw.unwrap().errors.contains("AlreadyEnded"));
		let names = Names::default();
		assert!(names.errors_of("Consent").any(|name| name == "Consent.AlreadyEnded"));
	}
}
