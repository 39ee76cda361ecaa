//! Any sequence of acts leaves a sound state, and practitioners stand as a slow obvious model says.

use crate::{mock::*, NextOrganisation, OrganisationKind, Organisations};
use assent_policy::{Moment, OrganisationId, Role};
use assent_support::Members;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One step. Accounts and organisations are drawn from a few, so steps meet.
#[derive(Clone, Debug)]
enum Step {
	Admit(u8),
	Suspend(u32),
	Reinstate(u32),
	Remove(u32),
	AddAgent(u8, u8),
	RemoveAgent(u8, u8),
	Transfer(u8, u8),
	Replace(u32, u8),
	Credential(u8, u8, Moment, Moment),
	/// A credential without a consent.
	Renew(u8, u8, Moment, Moment),
	Revoke(u8, u8),
	Resign(u8),
	Wait(Moment),
}

fn step() -> impl Strategy<Value = Step> {
	let who = 0..8u8;
	let organisation = 0..6u32;
	prop_oneof![
		who.clone().prop_map(Step::Admit),
		organisation.clone().prop_map(Step::Suspend),
		organisation.clone().prop_map(Step::Reinstate),
		organisation.clone().prop_map(Step::Remove),
		(who.clone(), who.clone()).prop_map(|(a, b)| Step::AddAgent(a, b)),
		(who.clone(), who.clone()).prop_map(|(a, b)| Step::RemoveAgent(a, b)),
		(who.clone(), who.clone()).prop_map(|(a, b)| Step::Transfer(a, b)),
		(organisation, who.clone()).prop_map(|(o, a)| Step::Replace(o, a)),
		(who.clone(), who.clone(), 0..20u64, 0..40u64)
			.prop_map(|(a, b, from, until)| Step::Credential(a, b, from, until)),
		(who.clone(), who.clone(), 0..20u64, 0..40u64)
			.prop_map(|(a, b, from, until)| Step::Renew(a, b, from, until)),
		(who.clone(), who.clone()).prop_map(|(a, b)| Step::Revoke(a, b)),
		who.prop_map(Step::Resign),
		(0..8u64).prop_map(Step::Wait),
	]
}

fn act(step: &Step) -> sp_runtime::DispatchResult {
	let now = pallet_timestamp::Now::<Test>::get();
	// The transaction around each call of a dispatch: a failed call leaves no trace.
	frame_support::storage::with_storage_layer(|| match step.clone() {
		Step::Admit(who) => {
			Consortium::admit(root(), name("Member"), OrganisationKind::Insurer, account(who))
		}
		Step::Suspend(organisation) => Consortium::suspend(root(), organisation),
		Step::Reinstate(organisation) => Consortium::reinstate(root(), organisation),
		Step::Remove(organisation) => Consortium::remove(root(), organisation),
		Step::AddAgent(who, agent) => add_agent(account(who), account(agent)),
		Step::RemoveAgent(who, agent) => {
			Consortium::remove_agent(signed(account(who)), account(agent))
		}
		Step::Transfer(who, to) => Consortium::transfer_control(signed(account(who)), account(to)),
		Step::Replace(organisation, to) => {
			Consortium::replace_controller(root(), organisation, account(to))
		}
		Step::Credential(who, to, from, until) => {
			let roles = roles(&[Role::Nurse]);
			credential(account(who), account(to), roles, NOW + from, NOW + until)
		}
		Step::Renew(who, to, from, until) => Consortium::credential(
			signed(account(who)),
			account(to),
			roles(&[Role::Nurse]),
			no_groups(),
			NOW + from,
			NOW + until,
			None,
		),
		Step::Revoke(who, of) => Consortium::revoke(signed(account(who)), account(of)),
		Step::Resign(who) => Consortium::resign(signed(account(who))),
		Step::Wait(time) => {
			set_time(now + time);
			Ok(())
		}
	})
}

/// One statement of an organisation about an account.
#[derive(Clone, Copy)]
struct Word {
	said: Moment,
	organisation: OrganisationId,
	from: Moment,
	until: Moment,
	revoked: Option<Moment>,
}

/// The model: every statement about each account, and every decision about each organisation since
/// its admission, in order.
#[derive(Default)]
struct Chronicle {
	words: BTreeMap<u8, Vec<Word>>,
	standings: BTreeMap<OrganisationId, Vec<(Moment, bool)>>,
}

impl Chronicle {
	fn note(&mut self, step: &Step) {
		let now = pallet_timestamp::Now::<Test>::get();
		let is_held = |word: &Word, now: Moment| now < word.until && word.revoked.is_none();
		match *step {
			Step::Credential(who, to, from, until) | Step::Renew(who, to, from, until) => {
				let organisation = Consortium::agent_of(&account(who)).unwrap();
				if matches!(step, Step::Renew(..)) {
					let last = self.words.get(&to).and_then(|words| words.last()).unwrap();
					assert!(is_held(last, now) && last.organisation == organisation, "{step:?}");
				}
				self.words.entry(to).or_default().push(Word {
					said: now,
					organisation,
					from: (NOW + from).max(now),
					until: NOW + until,
					revoked: None,
				});
			}
			Step::Revoke(_, of) => {
				self.words.get_mut(&of).unwrap().last_mut().unwrap().revoked = Some(now)
			}
			Step::Resign(who) => {
				let last = self.words.get_mut(&who).and_then(|words| words.last_mut());
				if let Some(last) = last.filter(|last| is_held(last, now)) {
					last.revoked = Some(now);
				}
				assert!(!Consortium::can_resign(&account(who)), "{step:?}");
			}
			Step::Admit(_) => self.stands(NextOrganisation::<Test>::get() - 1, now, true),
			Step::Suspend(organisation) | Step::Remove(organisation) => {
				self.stands(organisation, now, false)
			}
			Step::Reinstate(organisation) => self.stands(organisation, now, true),
			_ => {}
		}
	}

	fn stands(&mut self, organisation: OrganisationId, now: Moment, active: bool) {
		self.standings.entry(organisation).or_default().push((now, active));
	}

	/// The organisation of the account at the end of the moment.
	fn at(&self, who: u8, at: Moment) -> Option<OrganisationId> {
		let words = self.words.get(&who)?;
		let word = words.iter().rev().find(|word| word.said <= at)?;
		let runs = (word.from..word.until).contains(&at);
		let ended = word.revoked.is_some_and(|revoked| revoked <= at);
		let standings = self.standings.get(&word.organisation)?;
		let active = standings.iter().rev().find(|(since, _)| *since <= at)?.1;
		(runs && !ended && active).then_some(word.organisation)
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

	#[test]
	fn acts_should_keep_the_state_sound_and_credentials_true(
		steps in proptest::collection::vec(step(), 1..40),
	) {
		ExtBuilder::default().build().execute_with(|| {
			System::set_block_number(1);
			set_time(NOW);
			let mut chronicle = Chronicle::default();
			(0..3).for_each(|founder| chronicle.stands(founder, 0, true));
			let mut live = Vec::new();
			for step in &steps {
				if matches!(step, Step::Wait(1..)) {
					let now = pallet_timestamp::Now::<Test>::get();
					let answers = (0..8u8).map(|who| {
						let found = Consortium::practitioner(&account(who), now);
						(who, found.map(|practitioner| practitioner.organisation))
					});
					live.push((now, answers.collect::<Vec<_>>()));
				}
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				match act(step) {
					Ok(()) => chronicle.note(step),
					Err(_) => assert_eq!(
						before,
						sp_io::storage::root(sp_runtime::StateVersion::V1),
						"{step:?} failed and changed something"
					),
				}
				Consortium::do_try_state().unwrap();
				let organisations: Vec<_> = Organisations::<Test>::iter().collect();
				assert_eq!(
					pallet_collective::Members::<Test>::get().len(),
					organisations.iter().filter(|(number, _)| Consortium::is_active(*number)).count()
				);
			}
			let counts = |who, at| {
				Consortium::practitioner(&account(who), at)
					.map(|practitioner| practitioner.organisation)
			};
			for who in 0..8u8 {
				for at in NOW - 2..NOW + 60 {
					assert_eq!(counts(who, at), chronicle.at(who, at), "{who} at {at}");
				}
			}
			// The answer of each moment, given at its end, stays the answer for ever.
			for (at, answers) in live {
				for (who, answer) in answers {
					assert_eq!(counts(who, at), answer, "{who} at {at}");
				}
			}
		});
	}
}
