//! A failed call: the name of the chain's error, and the documentation of the error, with advice.

use crate::Failure;
use sp_runtime::{DispatchError, ModuleError};
use subxt::Metadata;

/// A failed call as a failure.
pub fn explain(error: &DispatchError, metadata: &Metadata) -> Failure {
	match error {
		DispatchError::Module(module) => of_module(module, metadata),
		DispatchError::BadOrigin => Failure::refused(
			"BadOrigin",
			"this account may not make this call: see the call's description for who may",
		),
		DispatchError::Exhausted => {
			Failure::refused("Exhausted", "the block had no room left: try again")
		}
		other => {
			let name = <&'static str>::from(*other);
			Failure::refused(name, format!("the chain refused the call: {name}"))
		}
	}
}

fn of_module(module: &ModuleError, metadata: &Metadata) -> Failure {
	let named = metadata.pallet_by_error_index(module.index).and_then(|pallet| {
		let error = pallet.error_variant_by_index(module.error[0])?;
		Some((format!("{}.{}", pallet.name(), error.name), sentence(&error.docs)))
	});
	match named {
		Some((name, said)) if said.is_empty() => {
			let message = format!("the chain refused the call: {name}");
			Failure::refused(name, message)
		}
		Some((name, said)) => Failure::refused(name, said),
		None => Failure::refused(
			"Unknown",
			format!(
				"the chain refused the call: pallet {}, error {:?}",
				module.index, module.error
			),
		),
	}
}

/// Documentation as one line.
fn sentence(docs: &[String]) -> String {
	docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").trim().to_string()
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_runtime::Runtime;
	use codec::Decode;

	fn metadata() -> Metadata {
		let bytes = codec::Encode::encode(&Runtime::metadata());
		Metadata::decode(&mut bytes.as_slice()).unwrap()
	}

	#[test]
	fn module_error_should_be_named_with_its_documentation() {
		let error = DispatchError::from(pallet_consent::Error::<Runtime>::NoActors);
		let failure = explain(&error, &metadata());
		assert_eq!(failure.code, "Consent.NoActors");
		assert!(failure.message.contains("at least one actor"), "{}", failure.message);
		assert!(!failure.message.contains('\n'));
		assert_eq!(failure.kind, crate::Kind::Refused);
	}

	#[test]
	fn other_errors_should_be_named() {
		assert_eq!(explain(&DispatchError::BadOrigin, &metadata()).code, "BadOrigin");
		let unknown = ModuleError { index: 255, error: [9, 0, 0, 0], message: None };
		assert_eq!(explain(&DispatchError::Module(unknown), &metadata()).code, "Unknown");
	}
}
