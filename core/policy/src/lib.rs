//! # The decision function
//!
//! Takes a patient's directives, a request and a record's attributes and returns permit or
//! deny, the directive and provision that decided, and why. Pure, `no_std`, without FRAME:
//! the chain, the vault and the command line share this one engine.
//!
//! ## Terms
//!
//! A **directive** is what a patient signed: a **base** provision and at most eight
//! **exceptions** to it, one level deep. A **provision** is an effect (permit or deny),
//! criteria and a period. A **base policy** is a directive that a custodian registered for
//! the documents it holds, in versions; it speaks where the patient said nothing.
//!
//! ## Order
//!
//! [`decide`] takes the first step that has an answer:
//!
//! | Step | Question | Answer | [`Basis`] |
//! |---|---|---|---|
//! | 1 | Is it the patient? | permit | `OwnAccess` |
//! | 1 | Is it a guardian, or a delegate with a mandate to open documents? | permit; deny if the record is private to the patient | `GuardianAccess`, `DelegateAccess`; `NoRule` |
//! | 1 | Is it someone without a credential valid now? | deny | `NoCredential` |
//! | 2 | Is an emergency active, and the purpose break-glass or emergency treatment? | permit, unless step 3 denies | `Emergency` |
//! | 3 | Do directives of the patient apply? | deny if one of them denies, else permit | `Directive` |
//! | 4 | Does the custodian's base policy apply, as the patient accepted it and in every version since? | permit if each permits, deny if one denies | `BasePolicy` |
//! | 4 | Would its newest version alone permit? | deny | `NotAccepted` |
//! | 5 | | deny | `NoRule` |
//!
//! ## When a directive applies, and what it says
//!
//! - It was made at or before the moment of the request and had not ended by then (the very
//!   moment of its end no longer counts). So kept rows answer "was this allowed then?".
//! - Its base's period includes the moment (`from` counts, `until` no longer does) and all
//!   the base's criteria match.
//! - Exceptions count only there. If some apply (own period, own criteria), they override
//!   the base: a deny among them wins. If none applies, the base's effect stands.
//! - Across directives, a deny wins over every permit.
//! - [`Basis`] names one provision: of the directives that came to the deciding effect the
//!   one with the lowest number; within it, of the exceptions with that effect the first.
//!   The order in which directives are handed in never matters.
//!
//! ## Criteria
//!
//! Criteria of one provision are joined by *and*, the values of one criterion by *or*. An
//! **empty criterion accepts everything**.
//!
//! | Criterion | Matches when | FHIR R4 `Consent.provision` | IHE PCF |
//! |---|---|---|---|
//! | `actors` | the requester is one of them: that account, of that organisation, with that role, in that care team, or with that role at that organisation | `actor` | basic |
//! | `purposes` | the purpose of use is listed. No code includes another: treatment does not include emergency treatment | `purpose` | basic; `Other`: intermediate, additional PurposeOfUse |
//! | `actions` | the action is listed | `action` | |
//! | `classes` | the record's class group is listed | `class` | |
//! | `codes` | the record has an exact code and its token is listed | `code` | |
//! | `confidentialities` | the record's level is listed | `securityLabel` | advanced |
//! | `sensitivities` | the record carries any of those listed | `securityLabel` | advanced |
//! | `authored` | the month of authoring is at or after `from` and at or before `to`; an open end accepts all | `dataPeriod` | intermediate, data timeframe |
//! | `authors` | the record names an author and its token is listed | `data`, author | intermediate, data author |
//! | `encounters` | the record names an encounter and its token is listed | `data`, related | intermediate, data relationship |
//! | `records` | the record is listed | `data`, instance | intermediate, data by id |
//! | `period` | the moment of the request lies in it | `period` | basic |
//!
//! Three of them are worth a second look:
//!
//! - **Absent attributes match no list.** A record without a code, author or encounter, or
//!   without sensitivities, is not reached by a provision that lists some, whether it
//!   permits or denies. Who wants to deny what was never labelled denies by class.
//! - **Months, not days.** The chain knows only the month of authoring, so a data period
//!   given in days is widened for a deny and narrowed for a permit before it is signed.
//! - **Confidentiality levels are listed one by one.** FHIR R4 reads a confidentiality
//!   label in a consent as a high-water mark (that level and everything below). Here
//!   `{Restricted}` is restricted and nothing else, because a wallet shows a list and the
//!   patient must get what is shown. A FHIR consent is carried over by listing the level
//!   and those below it.
//!
//! ## What is private to the patient
//!
//! Some kinds of records can be marked as the patient's alone ([`Private`]): by the patient,
//! and by the enrolling organisation where the law keeps them from the guardians of an
//! adolescent. A record is private if it is of a class, or carries a sensitivity, that either
//! marked. Whoever acts for the patient has no hand in it:
//!
//! - a guardian or delegate is denied, with the answer that they get for a record that does
//!   not exist;
//! - a directive that a guardian or delegate made ([`Maker::Representative`]) is passed over,
//!   whether it permits or denies: else a guardian would let an accomplice in, or would keep
//!   out the doctor whom an adolescent turned to.
//!
//! Practitioners are decided on as ever: by the patient's own directives, emergencies and the
//! base policy. An empty list marks nothing, other than an empty criterion.
//!
//! ## Emergencies
//!
//! An active emergency is a declaration by this practitioner for this patient (a state
//! machine of `pallet-emergencies`). It permits, unless the directives, read *as if the purpose
//! were break-glass*, come to a deny. So:
//!
//! - a deny stands in an emergency if it names no purpose or names break-glass; one that
//!   names only treatment, or only emergency treatment, does not;
//! - "nobody, except for break-glass" is a deny base with a permit exception for
//!   break-glass (PCF's dissent except for break-glass);
//! - base policies have no say.
//!
//! The declaration reaches two purposes only: break-glass and emergency treatment. For
//! another purpose the practitioner is decided on as without one; without one, those two
//! purposes are purposes like any other.
//!
//! ## Versions of a base policy
//!
//! A patient falls under the version that was current at enrolment, until the patient
//! accepts another. Step 4 permits only what the accepted version permits *and every version
//! registered since*: what a new version takes away is gone at once, what it adds comes with
//! the patient's acceptance. The versions in between count too, because otherwise a
//! permission that one version took away would come back, unasked, with the next. So
//! registering a version never permits more to anybody who has not accepted it, and going
//! back to an older version never does either.
//!
//! Who acts for a patient accepts for the patient, but for what is private to the patient:
//! there the version counts that the patient accepted.
//!
//! ## Who narrows, who widens
//!
//! Adding a directive whose base and exceptions deny never turns a denial into a
//! permission; adding one that permits without exceptions never turns a permission into a
//! denial. A deny base *with permit exceptions* does both, as does a permit base with deny
//! exceptions: a wallet should show every exception.
//!
//! ## Bounds
//!
//! A decision costs at most, for each directive handed in, nine provisions of eleven
//! criteria of sixteen items, the same for each version of the base policy, and two lists of
//! private kinds. Nothing is allocated and nothing panics. The caller bounds the number of
//! directives ([`MAX_DIRECTIVES`] in force) and of versions ([`MAX_POLICY_VERSIONS`]).
//!
//! ## Sources
//!
//! HL7 FHIR R4 (4.0.1), resource Consent; IHE ITI Privacy Consent on FHIR (PCF) 1.1.0,
//! volume 1 section 53 and volume 3 section 5.8; HL7 v3-ActReason (value set PurposeOfUse);
//! HL7 v3-Confidentiality; HL7 consentaction.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

extern crate alloc;

mod decide;
pub mod ids;
pub mod types;
mod words;

pub use decide::{check, decide, decide_without_record, MalformedDirective};
pub use ids::*;
pub use types::*;
pub use words::Word;
