//! A typed call of the runtime as subxt wants it. The arguments are already SCALE; the
//! pallet's and the call's numbers come from the chain's metadata, and are compared.

use crate::{Failure, Outcome};
use assent_runtime::RuntimeCall;
use codec::Encode;
use frame_support::traits::GetCallMetadata;
use subxt::{
	client::OfflineClientAtBlockT,
	ext::{
		scale_encode::{EncodeAsFields, Error, FieldIter},
		scale_type_resolver::TypeResolver,
	},
	tx::{Payload, TransactionsClient},
	Config,
};

/// Bytes of the pallet's and the call's numbers.
const NUMBERS: usize = 2;

/// A call.
pub struct TypedCall {
	pallet: &'static str,
	call: &'static str,
	arguments: Arguments,
	encoded: Vec<u8>,
}

/// A call's arguments, encoded one after the other.
pub struct Arguments(Vec<u8>);

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: TypeResolver>(
		&self,
		_fields: &mut dyn FieldIter<'_, R::TypeId>,
		_types: &R,
		out: &mut Vec<u8>,
	) -> Result<(), Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

impl TypedCall {
	/// Of the runtime's own type.
	pub fn new(call: &RuntimeCall) -> Self {
		let names = call.get_call_metadata();
		let encoded = call.encode();
		let arguments = Arguments(encoded.get(NUMBERS..).unwrap_or_default().to_vec());
		Self { pallet: names.pallet_name, call: names.function_name, arguments, encoded }
	}

	/// Refuses a chain with another number for the call in the metadata.
	pub fn check<T: Config, C: OfflineClientAtBlockT<T>>(
		&self,
		transactions: &TransactionsClient<T, C>,
	) -> Outcome<()> {
		let by_metadata = transactions.call_data(self).map_err(|error| {
			Failure::environment(
				"OtherRuntime",
				format!("the chain does not know {}.{}: {error}", self.pallet, self.call),
			)
		})?;
		match by_metadata == self.encoded {
			true => Ok(()),
			false => Err(Failure::environment(
				"OtherRuntime",
				format!(
					"the chain numbers {}.{} otherwise than this program: use the release \
					 that belongs to the chain's runtime",
					self.pallet, self.call
				),
			)),
		}
	}
}

impl Payload for TypedCall {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.pallet
	}

	fn call_name(&self) -> &str {
		self.call
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use assent_policy::PatientId;

	#[test]
	fn call_should_keep_its_names_and_arguments() {
		let patient = PatientId([7; 16]);
		let call = RuntimeCall::Consent(pallet_consent::Call::withdraw { patient, directive: 3 });
		let typed = TypedCall::new(&call);
		assert_eq!((typed.pallet_name(), typed.call_name()), ("Consent", "withdraw"));
		assert_eq!(typed.call_data().0, (patient, 3u32).encode());
		assert_eq!(typed.encoded, call.encode());
	}
}
