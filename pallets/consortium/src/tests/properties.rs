//! Any sequence of acts leaves a sound state, and practitioners stand as a slow obvious
//! model says.

use crate::{mock::*, OrganisationKind, Organisations};
use assent_policy::{Moment, OrganisationId, Role};
use assent_support::Members;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// One step; accounts and organisations are drawn from few, so that steps meet.
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
	Revoke(u8, u8),
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
		(who.clone(), who).prop_map(|(a, b)| Step::Revoke(a, b)),
		(0..8u64).prop_map(Step::Wait),
	]
}

fn act(step: &Step) -> sp_runtime::DispatchResult {
	let now = pallet_timestamp::Now::<Test>::get();
	// The transaction around each call that a dispatch has: a failed one leaves nothing.
	frame_support::storage::with_storage_layer(|| match step.clone() {
		Step::Admit(who) => Consortium::admit(
			root(),
			name("Member"),
			OrganisationKind::Insurer,
			account(who),
		),
		Step::Suspend(organisation) => Consortium::suspend(root(), organisation),
		Step::Reinstate(organisation) => Consortium::reinstate(root(), organisation),
		Step::Remove(organisation) => Consortium::remove(root(), organisation),
		Step::AddAgent(who, agent) => Consortium::add_agent(signed(account(who)), account(agent)),
		Step::RemoveAgent(who, agent) => {
			Consortium::remove_agent(signed(account(who)), account(agent))
		}
		Step::Transfer(who, to) => Consortium::transfer_control(signed(account(who)), account(to)),
		Step::Replace(organisation, to) => {
			Consortium::replace_controller(root(), organisation, account(to))
		}
		Step::Credential(who, to, from, until) => Consortium::credential(
			signed(account(who)),
			account(to),
			roles(&[Role::Nurse]),
			no_groups(),
			NOW + from,
			NOW + until,
		),
		Step::Revoke(who, of) => Consortium::revoke(signed(account(who)), account(of)),
		Step::Wait(time) => {
			set_time(now + time);
			Ok(())
		}
	})
}

/// The model: of each account, the last thing an organisation said, and when.
type Said = BTreeMap<u8, (OrganisationId, Moment, Moment, Option<Moment>)>;

fn note(said: &mut Said, step: &Step) {
	let now = pallet_timestamp::Now::<Test>::get();
	match *step {
		Step::Credential(who, to, from, until) => {
			let organisation = Consortium::agent_of(&account(who)).unwrap();
			said.insert(to, (organisation, (NOW + from).max(now), NOW + until, None));
		}
		Step::Revoke(_, of) => said.get_mut(&of).unwrap().3 = Some(now),
		_ => {}
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
			let mut said = Said::new();
			for step in &steps {
				let before = sp_io::storage::root(sp_runtime::StateVersion::V1);
				match act(step) {
					Ok(()) => note(&mut said, step),
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
			for who in 0..8u8 {
				for at in (NOW..NOW + 48).step_by(3) {
					let expected = said.get(&who).and_then(|&(organisation, from, until, revoked)| {
						let runs = (from..until).contains(&at);
						let ended = revoked.is_some_and(|revoked| at >= revoked);
						(runs && !ended && Consortium::is_active(organisation))
							.then_some(organisation)
					});
					let found = Consortium::practitioner(&account(who), at);
					assert_eq!(found.map(|practitioner| practitioner.organisation), expected);
				}
			}
		});
	}
}
