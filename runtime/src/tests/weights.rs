//! Properties of the measured weights that hold on every machine.

use super::*;
use assent_policy::{MAX_DIRECTIVES, MAX_POLICY_VERSIONS};
use pallet_consent::WeightInfo as _;

type Consents = crate::weights::pallet_consent::WeightInfo<Runtime>;

#[test]
fn weights_should_grow_with_the_list_that_is_read() {
	for read in 0..MAX_DIRECTIVES + MAX_POLICY_VERSIONS {
		let (weight, more) = (Consents::access(read), Consents::access(read + 1));
		assert!(weight.ref_time() < more.ref_time());
	}
	for kept in 0..MAX_DIRECTIVES {
		let (weight, more) = (Consents::grant(kept, 0), Consents::grant(kept + 1, 0));
		assert!(weight.ref_time() < more.ref_time());
		let expired = Consents::grant(kept, 1);
		assert!(more.ref_time() < expired.ref_time());
	}
}

#[test]
fn fullest_directive_should_fit_into_a_transaction() {
	use codec::MaxEncodedLen;
	use frame_support::traits::Get;
	let longest: u32 = <Runtime as pallet_allowance::Config>::MaxLength::get();
	// The other arguments of a replacement, the signature, the era and the nonce need room too.
	assert!(assent_policy::Directive::max_encoded_len() + 1_024 <= longest as usize);
}

#[test]
fn grant_should_be_cheap_when_refused_before_the_list_is_read() {
	chain().execute_with(|| {
		let grant = RuntimeCall::Consent(pallet_consent::Call::grant {
			patient: PATIENT,
			actors: Default::default(),
			purposes: Default::default(),
			classes: Default::default(),
			until: None,
		});
		let declared = grant.get_dispatch_info().call_weight;
		let refused = grant.dispatch(alpha()).unwrap_err();
		assert_eq!(refused.error, pallet_consent::Error::<Runtime>::PatientNotFound.into());
		let spent = refused.post_info.actual_weight.unwrap();
		assert!(spent.ref_time() * 10 < declared.ref_time());
	});
}
