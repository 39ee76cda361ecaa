//! The words of the command line for the codes of the chain: `lab-result` for `LabResult`.
//! Every match is exhaustive, so a new code does not compile until it has a word.

use assent_policy::{Action, Class, Confidentiality, Effect, Role};
use assent_support::{
	Condition, Deed, EmergencyReason, Finding, Justification, PassingCause, ReviewFinding,
	SuspensionCause, VersionCause,
};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use pallet_consortium::{OrganisationKind, OrganisationStatus};
use pallet_emergencies::EmergencyState;
use pallet_records::AnchorState;

/// A code with a word.
pub trait Word: Copy + Send + Sync + 'static {
	/// What the code is, for messages.
	const WHAT: &'static str;
	/// Every code.
	const ALL: &'static [Self];

	/// Its word.
	fn word(self) -> &'static str;

	/// The code of a word.
	fn from_word(word: &str) -> Result<Self, String> {
		Self::ALL
			.iter()
			.copied()
			.find(|code| code.word() == word)
			.ok_or_else(|| {
				let words: Vec<_> = Self::ALL.iter().map(|code| code.word()).collect();
				format!(
					"{word:?} is no {}; choose from {}",
					Self::WHAT,
					words.join(", ")
				)
			})
	}
}

/// Reads a word on the command line, and lists them in the help.
pub fn reader<W: Word>() -> impl TypedValueParser<Value = W> {
	PossibleValuesParser::new(W::ALL.iter().map(|code| code.word()))
		.try_map(|word| W::from_word(&word))
}

macro_rules! words {
	($name:ident, $what:literal, { $($variant:ident => $word:literal),+ $(,)? }) => {
		impl Word for $name {
			const WHAT: &'static str = $what;
			const ALL: &'static [Self] = &[$(Self::$variant),+];

			fn word(self) -> &'static str {
				match self {
					$(Self::$variant => $word),+
				}
			}
		}
	};
}

words!(Effect, "effect", { Permit => "permit", Deny => "deny" });

words!(Action, "action", {
	Collect => "collect",
	Access => "access",
	Use => "use",
	Disclose => "disclose",
	Correct => "correct",
});

words!(Role, "role", {
	Clinician => "clinician",
	Nurse => "nurse",
	Pharmacist => "pharmacist",
	Researcher => "researcher",
	PrivacyOfficer => "privacy-officer",
	EmergencyClinician => "emergency-clinician",
});

words!(Class, "class", {
	ClinicalNote => "clinical-note",
	LabResult => "lab-result",
	Imaging => "imaging",
	VitalSigns => "vital-signs",
	Medication => "medication",
	Immunisation => "immunisation",
	Allergy => "allergy",
	Condition => "condition",
	Procedure => "procedure",
	CarePlan => "care-plan",
	Encounter => "encounter",
	Device => "device",
	History => "history",
	Genetics => "genetics",
	Financial => "financial",
	Other => "other",
});

words!(Confidentiality, "confidentiality", {
	Unrestricted => "unrestricted",
	Low => "low",
	Moderate => "moderate",
	Normal => "normal",
	Restricted => "restricted",
	VeryRestricted => "very-restricted",
});

words!(EmergencyReason, "reason", {
	UnableToConsent => "unable-to-consent",
	LifeThreatening => "life-threatening",
	SeriousHarm => "serious-harm",
	DangerToOthers => "danger-to-others",
});

words!(Justification, "outcome", {
	Treated => "treated",
	AskedLater => "asked-later",
	NotNeeded => "not-needed",
	WrongPatient => "wrong-patient",
});

words!(ReviewFinding, "finding of a review", { Justified => "justified", Adverse => "adverse" });

words!(SuspensionCause, "cause of a suspension", {
	Unjustified => "unjustified",
	Adverse => "adverse",
});

words!(PassingCause, "cause of passing on", { Missed => "missed", Inactive => "inactive" });

words!(EmergencyState, "state of an emergency", {
	Active => "active",
	JustificationDue => "justification-due",
	Unjustified => "unjustified",
	AwaitingDraw => "awaiting-draw",
	UnderReview => "under-review",
	ReviewMissed => "review-missed",
	Justified => "justified",
	Adverse => "adverse",
});

words!(Condition, "condition", {
	Capable => "capable",
	Incapable => "incapable",
	Deceased => "deceased",
});

words!(Deed, "deed", {
	Share => "share",
	AnswerRequests => "answer-requests",
	Withdraw => "withdraw",
	Dispute => "dispute",
	OpenDocuments => "open-documents",
});

words!(Finding, "finding", { Intact => "intact", Altered => "altered", Absent => "absent" });

words!(AnchorState, "anchor state", {
	Pending => "pending",
	Anchored => "anchored",
	Altered => "altered",
	Absent => "absent",
});

words!(VersionCause, "cause", { Corrected => "corrected", Rotated => "rotated" });

words!(OrganisationKind, "kind of organisation", {
	Hospital => "hospital",
	Laboratory => "laboratory",
	Insurer => "insurer",
	ResearchInstitute => "research-institute",
	PublicBody => "public-body",
});

words!(OrganisationStatus, "standing", {
	Active => "active",
	Suspended => "suspended",
	Removed => "removed",
});

#[cfg(test)]
mod tests {
	use super::*;
	use std::fmt::Debug;

	/// The word that a variant's name makes: `VeryRestricted` is `very-restricted`.
	fn kebab(name: &str) -> String {
		name.chars().fold(String::new(), |mut word, letter| {
			if letter.is_uppercase() && !word.is_empty() {
				word.push('-');
			}
			word.extend(letter.to_lowercase());
			word
		})
	}

	fn check<W: Word + Debug + PartialEq>() {
		for code in W::ALL {
			assert_eq!(code.word(), kebab(&format!("{code:?}")));
			assert_eq!(W::from_word(code.word()).as_ref(), Ok(code));
		}
		let mut words: Vec<_> = W::ALL.iter().map(|code| code.word()).collect();
		words.sort_unstable();
		words.dedup();
		assert_eq!(
			words.len(),
			W::ALL.len(),
			"{}: two codes with one word",
			W::WHAT
		);
		let refused = W::from_word("No Such Word").unwrap_err();
		assert!(refused.contains(W::WHAT) && refused.contains(W::ALL[0].word()));
	}

	#[test]
	fn every_code_should_read_back_from_its_word() {
		check::<Effect>();
		check::<Action>();
		check::<Role>();
		check::<Class>();
		check::<Confidentiality>();
		check::<Condition>();
		check::<Deed>();
		check::<EmergencyReason>();
		check::<Justification>();
		check::<ReviewFinding>();
		check::<SuspensionCause>();
		check::<PassingCause>();
		check::<EmergencyState>();
		check::<Finding>();
		check::<AnchorState>();
		check::<VersionCause>();
		check::<OrganisationKind>();
		check::<OrganisationStatus>();
	}

	#[test]
	fn words_should_be_exact() {
		for word in [
			"",
			"Lab-Result",
			"LabResult",
			"lab result",
			"lab_result",
			" lab-result",
		] {
			assert!(Class::from_word(word).is_err(), "{word:?}");
		}
	}
}
