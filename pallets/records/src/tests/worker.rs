//! The off-chain worker, with the SDK's testing extensions for keystore, local storage, clock and
//! pool. The network answers as each test says.

use crate::{mock::*, worker::*, *};
use assent_support::Finding;
use frame_support::{assert_ok, traits::Hooks};
use sp_core::offchain::Timestamp;
use sp_runtime::{
	offchain::storage::StorageValueRef,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};
use std::sync::mpsc;

/// The effect of a block on every node: the node runs the worker on the block's state.
fn run() {
	<Register as Hooks<u32>>::offchain_worker(System::block_number());
}

/// One run of the clinic's node against this answer of the hospital's vault. Returns the node and
/// its findings.
fn findings(answer: Answer) -> (Node, Vec<Finding>) {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), answer);
	ExtBuilder::default().node(&node).registered().run(run);
	let findings = node.attested().into_iter().map(|attestation| attestation.finding).collect();
	(node, findings)
}

/// Another content of the same length.
fn other_content() -> Vec<u8> {
	let mut other = CONTENT.to_vec();
	other[7] ^= 1;
	other
}

// --- answers of a vault ----------------------------------------------------------------

#[test]
fn worker_should_attest_what_the_chain_accepts_when_the_document_is_right() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		run();
		assert_eq!(node.network.requests(), [url(CONTENT)]);
		let submitted = node.submitted();
		assert_eq!(submitted.len(), 1);
		go_to(2);
		for transaction in submitted {
			assert_ok!(apply(transaction));
		}
		let vote = Vote { organisation: CLINIC, finding: Finding::Intact, at: 1 };
		assert_eq!(Votes::<Test>::get(RECORD).to_vec(), [vote]);
	});
}

#[test]
fn worker_should_hash_a_document_that_comes_in_pieces() {
	for chunk in [1, 7, 1 << 20] {
		let (_, findings) = findings(Answer { chunk, ..Answer::ok(CONTENT) });
		assert_eq!(findings, [Finding::Intact]);
	}
}

#[test]
fn worker_should_attest_altered_when_the_hash_is_another() {
	let (_, findings) = findings(Answer::ok(&other_content()));
	assert_eq!(findings, [Finding::Altered]);
}

#[test]
fn worker_should_attest_altered_when_the_document_is_shorter() {
	for length in [0, 1, CONTENT.len() - 1] {
		let (_, findings) = findings(Answer::ok(&CONTENT[..length]));
		assert_eq!(findings, [Finding::Altered]);
	}
}

#[test]
fn worker_should_attest_altered_and_stop_reading_when_the_document_is_longer() {
	let longer = [CONTENT, &[0]].concat();
	let (_, by_a_byte) = findings(Answer::ok(&longer));
	assert_eq!(by_a_byte, [Finding::Altered]);

	// First the right bytes, then far more than declared.
	let endless = [CONTENT, &vec![0; 10 << 20]].concat();
	let answer = Answer::ok(&endless);
	let chunk = answer.chunk;
	let (node, findings) = findings(answer);
	assert_eq!(findings, [Finding::Altered]);
	assert!(node.network.delivered() <= CONTENT.len() + chunk);
}

#[test]
fn worker_should_attest_altered_when_only_the_declared_size_is_wrong() {
	for size in [CONTENT.len() as u64 - 1, CONTENT.len() as u64 + 1] {
		let node = Node::of(&[CLINIC]);
		node.network.answer(url(CONTENT), Answer::ok(CONTENT));
		ExtBuilder::default().node(&node).run(|| {
			let document = Document { size, ..document(CONTENT) };
			assert_ok!(Register::register(
				signed(agent(HOSPITAL)),
				RECORD,
				PATIENT,
				labels(),
				document
			));
			run();
		});
		assert_eq!(node.attested()[0].finding, Finding::Altered);
	}
}

#[test]
fn worker_should_attest_absent_when_the_vault_has_no_such_document() {
	for status in [404, 410] {
		let (_, findings) = findings(Answer::status(status));
		assert_eq!(findings, [Finding::Absent]);
	}
}

#[test]
fn worker_should_attest_nothing_when_the_vault_does_not_answer_in_time() {
	let (node, findings) = findings(Answer { answers_after: 10_001, ..Answer::ok(CONTENT) });
	assert_eq!(findings, []);
	assert_eq!(node.network.time(), ANSWER_TIME);
	// A vault that just keeps the time is heard.
	let answer = Answer { answers_after: 10_000, ..Answer::ok(CONTENT) };
	assert_eq!(self::findings(answer).1, [Finding::Intact]);
}

#[test]
fn worker_should_attest_nothing_when_the_document_comes_too_slowly() {
	let (node, findings) = findings(Answer { chunk: 1, pause: 1_000, ..Answer::ok(CONTENT) });
	assert_eq!(findings, []);
	assert_eq!(node.network.time(), time_for(CONTENT.len() as u64));
}

#[test]
fn worker_should_give_a_large_document_more_time() {
	let large = vec![5; 8 << 20];
	let answer = Answer { chunk: 64 * 1024, pause: 120, ..Answer::ok(&large) };
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(&large), answer);
	ExtBuilder::default().node(&node).run(|| {
		register(RECORD, &large);
		run();
		assert!(node.network.time() > ANSWER_TIME);
		assert_eq!(node.attested()[0].finding, Finding::Intact);
	});
	assert_eq!(time_for(0), 11_000);
	assert_eq!(time_for(64 << 20), 75_000);
	assert!(time_for(u64::MAX) > 0);
}

#[test]
fn worker_should_attest_nothing_and_not_follow_when_redirected() {
	for status in [301, 302, 303, 307, 308] {
		let elsewhere = "https://vault.example/elsewhere";
		let node = Node::of(&[CLINIC]);
		node.network.answer(elsewhere, Answer::ok(CONTENT));
		// The answer even contains the right document.
		let headers = vec![("location", elsewhere)];
		node.network.answer(url(CONTENT), Answer { status, headers, ..Answer::ok(CONTENT) });
		ExtBuilder::default().node(&node).registered().run(run);
		assert_eq!(node.attested(), []);
		assert_eq!(node.network.requests(), [url(CONTENT)]);
	}
}

#[test]
fn worker_should_attest_nothing_when_the_vault_has_trouble() {
	for status in [201, 204, 206, 400, 401, 403, 429, 500, 502, 503] {
		let (node, findings) = findings(Answer { status, ..Answer::ok(CONTENT) });
		assert_eq!(findings, [], "{status}");
		assert_eq!(node.network.delivered(), 0);
	}
}

#[test]
fn worker_should_attest_nothing_when_the_server_is_gone() {
	let node = Node::of(&[CLINIC]);
	ExtBuilder::default().node(&node).registered().run(run);
	assert_eq!(node.network.requests(), [url(CONTENT)]);
	assert_eq!(node.attested(), []);
}

#[test]
fn worker_should_attest_nothing_when_the_connection_breaks() {
	for after in [0, 1, CONTENT.len()] {
		let answer = Answer { breaks_after: Some(after), chunk: 1, ..Answer::ok(CONTENT) };
		assert_eq!(findings(answer).1, []);
	}
}

#[test]
fn worker_should_attest_nothing_when_the_answer_is_encoded() {
	let encoded = |coding| Answer {
		headers: vec![("content-encoding", coding)],
		..Answer::ok(&other_content())
	};
	assert_eq!(findings(encoded("gzip")).1, []);
	assert_eq!(findings(encoded("Identity")).1, [Finding::Altered]);
}

// --- the address of the request --------------------------------------------------------

#[test]
fn worker_should_ask_nobody_when_the_host_is_not_allowed() {
	for allowed in [&[][..], &["other.example:443"], &["vault.example:80"], &["vault.example"]] {
		let node = Node::of(&[CLINIC]);
		node.network.answer(url(CONTENT), Answer::ok(CONTENT));
		node.allow(allowed);
		ExtBuilder::default().node(&node).registered().run(run);
		assert!(node.network.requests().is_empty());
		assert_eq!(node.attested(), []);
	}
}

#[test]
fn worker_should_ask_nobody_when_no_host_was_ever_allowed() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		StorageValueRef::persistent(ALLOWED_HOSTS).clear();
		run();
		assert!(node.network.requests().is_empty());
	});
}

#[test]
fn worker_should_ask_nobody_when_the_endpoint_is_missing_or_malformed() {
	let unreadable = b"https://vault.example:443@10.0.0.1".to_vec();
	for urls in [vec![], vec![(HOSPITAL, unreadable)]] {
		let node = Node::of(&[CLINIC]);
		node.allow(&["vault.example:443", "10.0.0.1:443"]);
		ExtBuilder::default().node(&node).registered().run(|| {
			Urls::set(&urls);
			run();
		});
		assert!(node.network.requests().is_empty());
		assert_eq!(node.attested(), []);
	}
}

// --- the turn of the node --------------------------------------------------------------

#[test]
fn worker_should_leave_its_own_organisations_documents_to_others() {
	let node = Node::of(&[HOSPITAL]);
	ExtBuilder::default().node(&node).registered().run(run);
	assert!(node.network.requests().is_empty());
}

#[test]
fn worker_should_rest_when_its_node_does_not_attest() {
	for node in [Node::of(&[]), Node::of(&[77])] {
		ExtBuilder::default().node(&node).registered().run(run);
		assert!(node.network.requests().is_empty());
	}
}

#[test]
fn worker_should_attest_for_each_organisation_whose_key_it_has() {
	let node = Node::of(&[HOSPITAL, CLINIC, LABORATORY]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(run);
	assert_eq!(node.network.requests().len(), 1);
	let mut owners: Vec<_> = node.attested().iter().map(|a| owner(&a.key)).collect();
	owners.sort_unstable();
	assert_eq!(owners, [CLINIC, LABORATORY]);
}

#[test]
fn worker_should_wait_until_a_check_is_due() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		conclude(RECORD, Finding::Intact);
		go_to(100);
		run();
		assert!(node.network.requests().is_empty());
		go_to(101);
		run();
		assert_eq!(node.attested()[0].round, 101);
	});
}

#[test]
fn worker_should_fetch_the_current_version_only() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(b"corrected"), Answer::ok(b"corrected"));
	ExtBuilder::default().node(&node).registered().run(|| {
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		register(record_id(2), b"erased");
		assert_ok!(Register::erase(signed(agent(HOSPITAL)), record_id(2)));
		run();
	});
	assert_eq!(node.network.requests(), [url(b"corrected")]);
	assert_eq!(node.attested()[0].version, 2);
}

#[test]
fn worker_should_not_fetch_again_while_its_attestation_is_on_the_way() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		run();
		let noted = node.network.time();
		for block in 2..=15 {
			go_to(block);
			node.network.pass(2_000);
			run();
		}
		assert_eq!(node.attested().len(), 1);
		// The attestation was lost. The worker looks again.
		go_to(16);
		node.network.pass(noted + RETRY_TIME - node.network.time());
		run();
		assert_eq!(node.attested().len(), 1);
		assert_eq!(node.network.requests().len(), 2);
	});
}

#[test]
fn worker_should_look_again_when_its_clock_was_set_back() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		node.network.pass(3_600_000);
		run();
		node.network.set_time(0);
		run();
		assert_eq!(node.attested().len(), 2);
	});
}

#[test]
fn worker_should_look_at_a_new_version_or_round_at_once() {
	let node = Node::of(&[CLINIC]);
	for content in [CONTENT, b"corrected"] {
		node.network.answer(url(content), Answer::ok(content));
	}
	ExtBuilder::default().node(&node).registered().run(|| {
		RecheckPeriod::set(1);
		run();
		assert_ok!(Register::correct(signed(agent(HOSPITAL)), RECORD, document(b"corrected")));
		run();
		conclude(RECORD, Finding::Intact);
		go_to(2);
		run();
		let looks: Vec<_> = node.attested().iter().map(|a| (a.version, a.round)).collect();
		assert_eq!(looks, [(1, 1), (2, 1), (2, 2)]);
	});
}

#[test]
fn worker_should_look_again_when_the_round_stays_open_long_after_its_vote() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::status(404));
	ExtBuilder::default().node(&node).registered().run(|| {
		run();
		go_to(2);
		for transaction in node.submitted() {
			assert_ok!(apply(transaction));
		}
		node.network.answer(url(CONTENT), Answer::ok(CONTENT));
		node.network.pass(RETRY_TIME);
		go_to(50);
		run();
		assert_eq!(node.network.requests().len(), 1);
		go_to(51);
		run();
		assert_eq!(node.network.requests().len(), 2);
		for transaction in node.submitted() {
			assert_ok!(apply(transaction));
		}
		assert_eq!(Votes::<Test>::get(RECORD)[0].finding, Finding::Intact);
	});
}

#[test]
fn worker_should_not_submit_a_vote_that_the_chain_would_refuse() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		assert_ok!(attest(CLINIC, RECORD, Finding::Intact));
		go_to(60);
		run();
		assert_eq!(node.network.requests().len(), 1);
		assert_eq!(node.attested(), []);
	});
}

// --- the amount of work ----------------------------------------------------------------

#[test]
fn worker_should_fetch_a_few_documents_a_run_and_go_on_in_the_next() {
	let node = Node::of(&[CLINIC]);
	ExtBuilder::default().node(&node).run(|| {
		for number in 0..20u32 {
			let content = number.to_be_bytes();
			register(record_id(number), &content);
			node.network.answer(url(&content), Answer::ok(&content));
		}
		for fetched in [8, 16, 20, 20] {
			run();
			assert_eq!(node.network.requests().len(), fetched);
		}
		let mut requests = node.network.requests();
		requests.sort();
		requests.dedup();
		assert_eq!(requests.len(), 20);
	});
}

#[test]
fn worker_should_start_no_fetch_when_its_time_is_up() {
	let node = Node::of(&[CLINIC]);
	ExtBuilder::default().node(&node).run(|| {
		for number in 0..8u32 {
			let content = number.to_be_bytes();
			register(record_id(number), &content);
			let answer = Answer { answers_after: 6_000, ..Answer::ok(&content) };
			node.network.answer(url(&content), answer);
		}
		run();
		assert_eq!(node.network.requests().len(), 4);
		assert!(node.network.time() < RUN_TIME + ANSWER_TIME);
		run();
		assert_eq!(node.network.requests().len(), 8);
	});
}

#[test]
fn worker_should_not_be_held_up_by_the_backlog_of_a_vault_that_is_down() {
	let node = Node::of(&[LABORATORY]);
	node.allow(&["vault.example:443", "10.0.0.2:8080"]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).run(|| {
		// The clinic's vault is gone. The vault has more due entries than a run looks at, and all
		// of them are due for longer.
		for number in 0..MAX_LOOKS + 10 {
			assert_ok!(Register::register(
				signed(agent(CLINIC)),
				record_id(number),
				OTHER_PATIENT,
				labels(),
				document(&number.to_be_bytes())
			));
		}
		go_to(2);
		register(RECORD, CONTENT);
		run();
		run();
		// One time-out serves for all of them, and the run reached the hospital's document.
		assert_eq!(node.network.requests().len(), 2);
		assert_eq!(node.attested()[0].record, RECORD);
		// The worker asks the vault again after a while.
		node.network.pass(RETRY_TIME);
		run();
		assert_eq!(node.network.requests().len(), 3);
	});
}

#[test]
fn worker_should_go_on_when_the_place_where_it_stopped_is_gone() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		StorageValueRef::persistent(b"assent/worker/cursor").set(&vec![0xffu8; 8]);
		run();
		run();
		assert_eq!(node.attested().len(), 1);
	});
}

// --- two runs at once ------------------------------------------------------------------

#[test]
fn worker_should_leave_a_document_alone_when_another_run_fetches_it() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	let (waits, waiting) = mpsc::channel();
	let (go, told) = mpsc::channel();
	node.network.gate(waits, told);
	let first = std::thread::spawn({
		let node = node.clone();
		move || ExtBuilder::default().node(&node).registered().run(run)
	});
	waiting.recv().expect("the first run waits for its answer");
	// The second run, of the next block, happens meanwhile. The run has a state of its own and the
	// same local storage.
	ExtBuilder::default().node(&node).registered().run(|| {
		go_to(2);
		run();
	});
	assert_eq!(node.network.requests().len(), 1);
	go.send(()).expect("the first run listens");
	first.join().expect("the first run ends");
	assert_eq!(node.network.requests().len(), 1);
	assert_eq!(node.attested().len(), 1);
}

#[test]
fn worker_should_go_on_with_other_vaults_when_one_is_being_asked() {
	let node = Node::of(&[LABORATORY]);
	node.allow(&["vault.example:443", "10.0.0.2:8080"]);
	let of_clinic =
		format!("http://10.0.0.2:8080/vault/v1/documents/{}", blake3::hash(b"c").to_hex());
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	node.network.answer(of_clinic.clone(), Answer::ok(b"c"));
	let of_clinics = record_id(3);
	let (waits, waiting) = mpsc::channel();
	let (go, told) = mpsc::channel();
	node.network.gate(waits, told);
	let first = std::thread::spawn({
		let node = node.clone();
		move || ExtBuilder::default().node(&node).registered().run(run)
	});
	waiting.recv().expect("the first run waits for its answer");
	ExtBuilder::default().node(&node).registered().run(|| {
		assert_ok!(Register::register(
			signed(agent(CLINIC)),
			of_clinics,
			OTHER_PATIENT,
			labels(),
			document(b"c")
		));
		run();
	});
	assert_eq!(node.network.requests(), [url(CONTENT), of_clinic]);
	go.send(()).expect("the first run listens");
	first.join().expect("the first run ends");
	assert_eq!(node.attested().len(), 2);
}

#[test]
fn worker_should_take_over_a_lock_when_its_deadline_passed() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(|| {
		// The lock of a run that was killed.
		let lock = [b"assent/worker/lane/".as_slice(), &HOSPITAL.to_be_bytes()].concat();
		StorageValueRef::persistent(&lock).set(&Timestamp::from_unix_millis(16_000));
		node.network.pass(16_000);
		run();
		assert!(node.network.requests().is_empty());
		node.network.pass(1);
		run();
		assert_eq!(node.attested().len(), 1);
	});
}

#[test]
fn worker_should_hold_its_lock_longer_than_a_fetch_may_take() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	let (waits, waiting) = mpsc::channel();
	let (go, told) = mpsc::channel();
	node.network.gate(waits, told);
	let first = std::thread::spawn({
		let node = node.clone();
		move || ExtBuilder::default().node(&node).registered().run(run)
	});
	waiting.recv().expect("the first run waits for its answer");
	ExtBuilder::default().node(&node).run(|| {
		let lock = [b"assent/worker/lane/".as_slice(), &HOSPITAL.to_be_bytes()].concat();
		let until = StorageValueRef::persistent(&lock).get::<Timestamp>().ok().flatten();
		let until = until.expect("the lock is held").unix_millis();
		assert!(until > time_for(CONTENT.len() as u64));
	});
	go.send(()).expect("the first run listens");
	first.join().expect("the first run ends");
	// The run then releases the lock.
	ExtBuilder::default().node(&node).run(|| {
		let lock = [b"assent/worker/lane/".as_slice(), &HOSPITAL.to_be_bytes()].concat();
		assert_eq!(StorageValueRef::persistent(&lock).get::<Timestamp>(), Ok(None));
	});
}

// --- forks -----------------------------------------------------------------------------

#[test]
fn worker_should_look_on_each_fork_and_a_stale_round_should_be_refused() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	// The record was registered in block 1 on one fork, and in block 2 on the other fork.
	let mut fork = ExtBuilder::default().node(&node).registered().build();
	let mut other = ExtBuilder::default().node(&node).build();
	fork.execute_with(|| {
		go_to(2);
		run();
	});
	let on_fork = node.submitted();
	other.execute_with(|| {
		go_to(2);
		register(RECORD, CONTENT);
		go_to(3);
		run();
	});
	let on_other = node.submitted();
	// The note of the one fork did not hide the round of the other fork.
	assert_eq!((on_fork.len(), on_other.len()), (1, 1));

	let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
	for (mut state, own, foreign) in [(fork, &on_fork, &on_other), (other, &on_other, &on_fork)] {
		state.execute_with(|| {
			go_to(4);
			assert_eq!(validate(&foreign[0]), Err(stale));
			assert_eq!(apply(foreign[0].clone()), Err(stale));
			assert!(!Votes::<Test>::contains_key(RECORD));
			assert_ok!(apply(own[0].clone()));
			assert_eq!(Votes::<Test>::get(RECORD).len(), 1);
		});
	}
}

#[test]
fn worker_should_be_believed_on_every_fork_that_has_the_round() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	let mut fork = ExtBuilder::default().node(&node).registered().build();
	fork.execute_with(|| {
		go_to(3);
		run();
	});
	// The pool puts the attestation into a block of another fork with the same round.
	ExtBuilder::default().registered().run(|| {
		go_to(4);
		for transaction in node.submitted() {
			assert_ok!(apply(transaction));
		}
		assert_eq!(Votes::<Test>::get(RECORD).len(), 1);
	});
}

#[test]
fn worker_should_be_refused_where_the_record_does_not_exist() {
	let node = Node::of(&[CLINIC]);
	node.network.answer(url(CONTENT), Answer::ok(CONTENT));
	ExtBuilder::default().node(&node).registered().run(run);
	ExtBuilder::default().run(|| {
		go_to(2);
		let unknown = TransactionValidityError::Invalid(InvalidTransaction::Custom(1));
		assert_eq!(apply(node.submitted().remove(0)), Err(unknown));
	});
}

// --- all nodes together ----------------------------------------------------------------

#[test]
fn workers_should_anchor_a_document_and_find_it_altered_gone_and_restored() {
	let nodes = [Node::of(&[CLINIC]), Node::of(&[LABORATORY]), Node::of(&[INSTITUTE])];
	let mut chain = ExtBuilder::default().registered().build();
	let mut blocks = |from: u32, to: u32, answer: Answer| {
		for node in &nodes {
			node.network.answer(url(CONTENT), answer.clone());
		}
		for block in from..=to {
			for node in &nodes {
				// Each node runs its worker on the chain's state.
				node.connect(&mut chain);
				chain.execute_with(|| {
					go_to(block);
					node.network.pass(2_000);
					run();
				});
			}
			chain.execute_with(|| {
				go_to(block + 1);
				for transaction in nodes.iter().flat_map(Node::submitted) {
					// Attestations after the quorum are too late.
					let _ = apply(transaction);
				}
				Register::do_try_state().expect("the state is consistent after each block");
			});
		}
		chain.execute_with(|| state(RECORD))
	};
	assert_eq!(blocks(1, 2, Answer::ok(CONTENT)), AnchorState::Anchored);
	// The next run attests no finding before the check is due.
	assert_eq!(blocks(3, 90, Answer::ok(&other_content())), AnchorState::Anchored);
	assert_eq!(blocks(91, 104, Answer::ok(&other_content())), AnchorState::Altered);
	assert_eq!(blocks(105, 125, Answer::status(404)), AnchorState::Absent);
	assert_eq!(blocks(126, 150, Answer::ok(CONTENT)), AnchorState::Anchored);
}
