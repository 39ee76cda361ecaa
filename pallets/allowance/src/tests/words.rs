//! The names and words of the causes for which the pool refuses.

use crate::invalid::Cause;
use sp_runtime::transaction_validity::InvalidTransaction;

#[test]
fn cause_should_be_found_by_its_name() {
	for cause in Cause::ALL {
		assert_eq!(Cause::named(cause.name()), Some(cause));
		assert!(cause.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
	}
	assert_eq!(Cause::named("none"), None);
}

#[test]
fn words_should_be_whole_sentences_of_at_most_25_words() {
	for cause in Cause::ALL {
		let words = cause.words();
		assert!(words.ends_with('.') && !words.contains("  "), "{words}");
		for sentence in words.split_inclusive('.').map(str::trim) {
			assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
			assert!(sentence.split(' ').count() <= 25, "{sentence}");
		}
	}
}

#[test]
fn payment_should_mean_the_allowance_when_somebody_pays() {
	let payment = InvalidTransaction::Payment;
	assert_eq!(Cause::of(payment, true), Some(Cause::AllowanceUsed));
	assert_eq!(Cause::of(payment, false), Some(Cause::NotEnrolled));
}

#[test]
fn refusal_of_the_sdk_should_have_no_cause_of_ours() {
	use InvalidTransaction::{
		AncientBirthBlock, BadProof, Custom, ExhaustsResources, Future, Stale,
	};
	for refusal in [Stale, Future, BadProof, ExhaustsResources, AncientBirthBlock, Custom(1)] {
		assert_eq!(Cause::of(refusal, true), None);
	}
}

#[test]
fn page_of_the_methods_should_have_the_words_of_each_cause() {
	let page = include_str!("../../../../docs/reference/rpc.md");
	for cause in Cause::ALL {
		let found = page.lines().any(|line| {
			line.starts_with(&format!("| `{}` |", cause.name())) && line.contains(cause.words())
		});
		assert!(found, "docs/reference/rpc.md lacks {}", cause.name());
	}
}
