//! The decision function: permit or deny one access to one record.
//!
//! [`decide`] takes a patient's directives, the base policy of the record's custodian, a
//! request and the attributes of a record. The answer is permit or deny, with the directive
//! and the provision behind the answer, and the reason. The crate is pure and `no_std`, and
//! does not use FRAME. In production code only `pallet-consent` calls [`decide`]. The other
//! parts of Assent share the identifiers, the codes and the words of this crate.
//!
//! # Terms
//!
//! - **directive**: the rules that a patient signed: a base and at most eight exceptions, one
//!   level deep.
//! - **provision**: one rule: an effect (permit or deny), criteria and a period. The **base**
//!   and every **exception** of a directive are provisions.
//! - **base policy**: a directive in versions, registered by a custodian for the documents in
//!   the custodian's hands. The base policy is read where the patient's directives say
//!   nothing.
//! - **representative**: a guardian or a delegate of the patient.
//! - **emergency**: a declaration by a practitioner for a patient (`pallet-emergencies`).
//!
//! # A scenario
//!
//! Marta is a patient of hospital 1 and has two directives.
//!
//! - Directive 0 permits treatment to everybody of hospital 1. Exception 0 denies genetic
//!   data.
//! - Directive 1 denies everything to clinic 2. Exception 0 permits break-glass.
//!
//! The base policy of hospital 1 has two versions. Version 1 permits care management, version
//! 2 permits care management and research. Marta accepted version 1.
//!
//! | Request | Answer | [`Basis`] |
//! |---|---|---|
//! | A nurse of hospital 1 asks for a laboratory result, for treatment | permit | `Directive` 0, base |
//! | The nurse asks for genetic data, for treatment | deny | `Directive` 0, exception 0 |
//! | The nurse asks for a laboratory result, for care management | permit | `BasePolicy`, version 1, base |
//! | The nurse asks for a laboratory result, for research | deny | `NotAccepted`, version 2 |
//! | The nurse asks for a laboratory result, for payment | deny | `NoRule` |
//! | A clinician of clinic 2 asks for a laboratory result, for treatment | deny | `Directive` 1, base |
//! | The clinician declared an emergency and asks for break-glass | permit | `Emergency` |
//! | Marta asks | permit | `OwnAccess` |
//!
//! # Order of evaluation
//!
//! [`decide`] takes the first step that has an answer:
//!
//! | Step | Question | Answer | [`Basis`] |
//! |---|---|---|---|
//! | 1 | Is the requester the patient? | permit | `OwnAccess` |
//! | 1 | Is the requester a guardian, or a delegate with a mandate to open documents? | permit; deny if the record is private to the patient | `GuardianAccess`, `DelegateAccess`; `NoRule` |
//! | 1 | Is the requester without a credential valid now? | deny | `NoCredential` |
//! | 2 | Is an emergency active, and the purpose break-glass or emergency treatment? | permit, unless step 3 denies | `Emergency` |
//! | 3 | Do directives of the patient apply? | deny if one directive denies, else permit | `Directive` |
//! | 4 | Does the custodian's base policy apply, as the patient accepted it and in every version since? | permit if each version permits, deny if one version denies | `BasePolicy` |
//! | 4 | Would the newest version alone permit? | deny | `NotAccepted` |
//! | 5 | | deny | `NoRule` |
//!
//! # Directives
//!
//! - A directive is in force if the directive was made at or before the moment of the request
//!   and had not ended. A directive is not in force at the moment of its end. Kept rows
//!   therefore answer whether an access was permitted at a past moment.
//! - A directive applies if the directive is in force, the period of the base includes the
//!   moment, and all criteria of the base match. A period includes `from` and excludes
//!   `until`.
//! - An exception applies only where the base applies, and by its own period and criteria.
//!   Exceptions that apply override the base, and a deny among the exceptions wins. If no
//!   exception applies, the directive has the effect of the base.
//! - A deny of one directive wins over the permits of all others.
//! - [`Basis`] names one provision. The directive is the one with the lowest number among the
//!   directives with the deciding effect. The provision is the first exception that applies
//!   with this effect, or else the base. The order in which the caller hands in directives has
//!   no influence.
//!
//! # Criteria
//!
//! *And* joins the criteria of one provision, *or* joins the values of one criterion. An
//! **empty criterion accepts everything**.
//!
//! | Criterion | Matches when | FHIR R4 `Consent.provision` | IHE PCF |
//! |---|---|---|---|
//! | `actors` | the requester is listed: by account, organisation, role, care team, or role at an organisation | `actor` | basic |
//! | `purposes` | the purpose of use is listed. No code includes another: treatment does not include emergency treatment | `purpose` | basic; `Other`: intermediate, additional PurposeOfUse |
//! | `actions` | the action is listed | `action` | |
//! | `classes` | the record's class group is listed | `class` | |
//! | `codes` | the record has an exact code and the token of the code is listed | `code` | |
//! | `confidentialities` | the record's level is listed | `securityLabel` | advanced |
//! | `sensitivities` | the record carries any listed sensitivity | `securityLabel` | advanced |
//! | `authored` | the month of authoring is at or after `from` and at or before `to`; an open end accepts all | `dataPeriod` | intermediate, data timeframe |
//! | `authors` | the record names an author and the token of the author is listed | `data`, author | intermediate, data author |
//! | `encounters` | the record names an encounter and the token of the encounter is listed | `data`, related | intermediate, data relationship |
//! | `records` | the record is listed | `data`, instance | intermediate, data by id |
//! | `period` | the period includes the moment of the request | `period` | basic |
//!
//! Three criteria need care:
//!
//! - **Absent attributes match no list.** A provision that lists codes does not reach a record
//!   without a code, whether the provision permits or denies. The same holds for authors,
//!   encounters and sensitivities. A patient who wants to deny records without labels denies
//!   by class.
//! - **Months, not days.** The chain knows only the month of authoring. Before the signature,
//!   a data period in days becomes wider for a deny and narrower for a permit.
//! - **Each confidentiality level is listed.** FHIR R4 reads a confidentiality label in a
//!   consent as a high-water mark: the level and every level below. In Assent, `{Restricted}`
//!   is restricted and no other level. A wallet shows a list, and the patient must get the
//!   list on the screen. A FHIR consent is carried over as a list of the level and all levels
//!   below.
//!
//! # Private kinds
//!
//! Some kinds of records are private to the patient ([`Private`]). The patient can mark a
//! kind. The enrolling organisation can mark a kind that the law keeps from the guardians of
//! an adolescent. A record is private if one of the two marked the record's class or one of
//! the record's sensitivities. Representatives have no power over a private record:
//!
//! - A guardian or delegate is denied. A record that does not exist gives the same answer.
//! - A directive of a guardian or delegate ([`Maker::Representative`]) has no effect, whether
//!   the directive permits or denies. Otherwise a guardian could permit an accomplice, or
//!   could exclude the doctor to whom an adolescent turned.
//!
//! For practitioners, the patient's own directives, emergencies and the base policy decide as
//! for every other record. An empty list of kinds marks no record, unlike an empty criterion.
//!
//! # Emergencies
//!
//! An active emergency permits, unless a directive denies. For this question, the purpose of
//! the request is *read as break-glass*. The consequences:
//!
//! - A deny stands in an emergency if the deny names no purpose, or names break-glass. A deny
//!   that names only treatment, or only emergency treatment, does not stand.
//! - A deny base with a permit exception for break-glass denies everybody, except for
//!   break-glass (PCF's dissent except for break-glass).
//! - Base policies have no effect.
//!
//! The declaration reaches two purposes only: break-glass and emergency treatment. For another
//! purpose the declaration has no effect. Without a declaration, the two purposes are purposes
//! like any other.
//!
//! # Versions of a base policy
//!
//! A patient falls under the version that was newest at enrolment, until the patient accepts
//! another version. Step 4 permits only an access that the accepted version *and every version
//! registered since* permit. A permission that a new version takes away ends at once. A
//! permission that a new version adds waits for the patient's acceptance. The versions in
//! between are read too. Otherwise a permission that one version took away would come back
//! with the next version, without a question to the patient. The consequence: a newly
//! registered version never permits more to a patient who has not accepted the version. A
//! return to an older version never permits more either.
//!
//! Every decision by base policy names a version. A permit names the version that the patient
//! accepted. A denial names the newest version that denies.
//!
//! A representative accepts for the patient, except for records that are private to the
//! patient. For a private record the version is valid that the patient accepted.
//!
//! # Bounds
//!
//! A decision costs at most, for each directive handed in, nine provisions of eleven criteria
//! of sixteen items. Each version of the base policy costs the same. Two lists of private
//! kinds come in addition. A decision allocates nothing and never panics. The caller bounds
//! the number of directives ([`MAX_DIRECTIVES`] in force) and of versions
//! ([`MAX_POLICY_VERSIONS`]).
//!
//! # Laws
//!
//! `tests/model/laws.rs` has every law as a function. Property tests, a fuzzer and the
//! fuzzer's corpus try each law. The most important laws:
//!
//! - [`decide`] agrees with a slow, obvious model, and gives the same answer about copies and
//!   in any order of directives.
//! - A practitioner is denied if no rule applies and no emergency is active.
//! - An added directive whose base and exceptions deny never turns a denial into a permission.
//! - An added directive that permits without exceptions never turns a permission into a
//!   denial.
//! - A deny base *with permit exceptions* can do both, and so can a permit base with deny
//!   exceptions. A wallet should show every exception.
//! - A directive that is not in force changes no decision, and later events change no decision
//!   about a past moment.
//! - A representative's directive or acceptance changes no decision about a private record.
//! - A new version of a base policy, or a return to an older version, never permits more.
//!
//! # Sources
//!
//! HL7 FHIR R4 (4.0.1), resource Consent; IHE ITI Privacy Consent on FHIR (PCF) 1.1.0, volume
//! 1 section 53 and volume 3 section 5.8; HL7 v3-ActReason (value set PurposeOfUse); HL7
//! v3-Confidentiality; HL7 consentaction.

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
