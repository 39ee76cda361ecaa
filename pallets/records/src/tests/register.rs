use crate::{mock::*, *};
use assent_support::Act;
use codec::{Decode, Encode};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::DispatchError;

const LARGEST: u64 = 64 * 1024 * 1024;

fn call(labels: Labels, document: Document) -> frame_support::dispatch::DispatchResult {
	Register::register(signed(agent(HOSPITAL)), RECORD, PATIENT, labels, document)
}

#[test]
fn register_should_write_the_record_and_its_first_version() {
	ExtBuilder::default().run(|| {
		go_to(3);
		assert_ok!(call(labels(), document(CONTENT)));

		let row = Records::<Test>::get(RECORD).expect("registered");
		assert_eq!(row.patient, PATIENT);
		assert_eq!(row.attributes, labels().into_attributes(RECORD, HOSPITAL));
		assert_eq!(row.version, 1);
		assert_eq!(row.dispute, None);
		assert_eq!(row.status, RecordStatus::Active);
		assert_eq!(row.registered, START + 6_000);
		let version = Versions::<Test>::get(RECORD, 1).expect("registered");
		assert_eq!(version.ciphertext, document(CONTENT).ciphertext);
		assert_eq!(version.size, CONTENT.len() as u64);
		assert_eq!(version.commitment, [7; 32]);
		assert_eq!(version.cause, None);
		assert_eq!(version.state, AnchorState::Pending);
		assert_eq!(version.since, START + 6_000);
		assert_eq!(version.due, 3);
		assert!(ByPatient::<Test>::contains_key(PATIENT, RECORD));
	});
}

#[test]
fn register_should_make_the_first_check_due_at_once() {
	ExtBuilder::default().run(|| {
		go_to(3);
		assert_ok!(call(labels(), document(CONTENT)));
		assert_eq!(Due::<Test>::iter().collect::<Vec<_>>(), [([0, 0, 0, 3], RECORD, 1)]);
	});
}

#[test]
fn register_should_write_the_trail_and_an_event() {
	ExtBuilder::default().run(|| {
		assert_ok!(call(labels(), document(CONTENT)));
		let act = Act::RecordRegistered { record: RECORD };
		let line = Entry::of(Some(PATIENT), Some(HOSPITAL), Some(agent(HOSPITAL)), act);
		assert_eq!(trail(), [line]);
		System::assert_last_event(
			Event::RecordRegistered {
				record: RECORD,
				patient: PATIENT,
				custodian: HOSPITAL,
				ciphertext: document(CONTENT).ciphertext,
			}
			.into(),
		);
	});
}

#[test]
fn register_should_fail_when_the_origin_is_not_signed() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Register::register(RuntimeOrigin::root(), RECORD, PATIENT, labels(), document(CONTENT)),
			DispatchError::BadOrigin
		);
	});
}

#[test]
fn register_should_fail_when_the_patient_is_unknown() {
	ExtBuilder::default().run(|| {
		let unknown = assent_policy::PatientId([77; 16]);
		assert_noop!(
			Register::register(
				signed(agent(HOSPITAL)),
				RECORD,
				unknown,
				labels(),
				document(CONTENT)
			),
			Error::<Test>::PatientNotFound
		);
	});
}

#[test]
fn register_should_fail_when_the_caller_acts_for_no_organisation() {
	ExtBuilder::default().run(|| {
		for who in [STRANGER, CONTROLLER] {
			assert_noop!(
				Register::register(signed(who), RECORD, PATIENT, labels(), document(CONTENT)),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn register_should_fail_when_another_organisation_enrolled_the_patient() {
	ExtBuilder::default().run(|| {
		assert_noop!(
			Register::register(signed(agent(CLINIC)), RECORD, PATIENT, labels(), document(CONTENT)),
			Error::<Test>::NotAuthorized
		);
		assert_noop!(
			Register::register(
				signed(agent(HOSPITAL)),
				RECORD,
				OTHER_PATIENT,
				labels(),
				document(CONTENT)
			),
			Error::<Test>::NotAuthorized
		);
	});
}

#[test]
fn register_should_fail_when_the_id_is_taken() {
	ExtBuilder::default().registered().run(|| {
		assert_noop!(call(labels(), document(b"another")), Error::<Test>::AlreadyRegistered);
		// Another organisation with another patient is refused too.
		assert_noop!(
			Register::register(
				signed(agent(CLINIC)),
				RECORD,
				OTHER_PATIENT,
				labels(),
				document(CONTENT)
			),
			Error::<Test>::AlreadyRegistered
		);
	});
}

#[test]
fn register_should_fail_when_the_id_is_that_of_an_erased_record() {
	ExtBuilder::default().registered().run(|| {
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), RECORD));
		assert_noop!(call(labels(), document(CONTENT)), Error::<Test>::AlreadyRegistered);
	});
}

#[test]
fn register_should_fail_when_the_month_has_not_begun() {
	ExtBuilder::default().run(|| {
		let future = Labels { authored: THIS_MONTH + 1, ..labels() };
		assert_noop!(call(future, document(CONTENT)), Error::<Test>::AuthoredInFuture);
		let far = Labels { authored: u16::MAX, ..labels() };
		assert_noop!(call(far, document(CONTENT)), Error::<Test>::AuthoredInFuture);
		assert_ok!(call(Labels { authored: THIS_MONTH, ..labels() }, document(CONTENT)));
	});
}

#[test]
fn register_should_fail_when_the_document_is_empty() {
	ExtBuilder::default().run(|| {
		assert_noop!(call(labels(), document(b"")), Error::<Test>::EmptyDocument);
	});
}

#[test]
fn register_should_fail_when_the_document_is_larger_than_allowed() {
	ExtBuilder::default().run(|| {
		let large = |size| Document { size, ..document(CONTENT) };
		for size in [LARGEST + 1, u64::MAX] {
			assert_noop!(call(labels(), large(size)), Error::<Test>::MaxDocumentSizeExceeded);
		}
		assert_ok!(call(labels(), large(LARGEST)));
	});
}

#[test]
fn register_should_fail_when_the_cid_is_none() {
	ExtBuilder::default().run(|| {
		let with = |cid: &[u8]| Document {
			cid: Some(BoundedVec::truncate_from(cid.to_vec())),
			..document(CONTENT)
		};
		for text in [b"".as_slice(), b"bafybeigdyrzt", b"Jane Doe, born 3 May 1970"] {
			assert_noop!(call(labels(), with(text)), Error::<Test>::MalformedCid);
		}
		let cid = [&[0x01, 0x55, 0x1e, 0x20], [5; 32].as_slice()].concat();
		assert_ok!(call(labels(), with(&cid)));
		assert_eq!(current(RECORD).cid, with(&cid).cid);
	});
}

#[test]
fn arguments_should_not_decode_when_oversized_or_malformed() {
	// A CID of 65 bytes.
	let mut long = document(CONTENT).encode();
	long.truncate(40);
	long.extend([1].into_iter().chain(vec![0u8; 65].encode()).chain([0; 32]));
	assert!(Document::decode(&mut &long[..]).is_err());
	// Nine sensitivities.
	let nine: std::collections::BTreeSet<_> =
		(0..9).map(|n| assent_policy::Token([n; 16])).collect();
	let mut many = labels().encode()[..2].to_vec();
	many.extend(nine.encode());
	many.extend(labels().encode()[3..].to_vec());
	assert!(Labels::decode(&mut &many[..]).is_err());
	// A byte that is no class.
	let mut unknown = labels().encode();
	unknown[0] = 200;
	assert!(Labels::decode(&mut &unknown[..]).is_err());
	// Labels cut short.
	let short = labels().encode();
	assert!(Labels::decode(&mut &short[..short.len() - 1]).is_err());
}
