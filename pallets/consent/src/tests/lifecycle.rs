//! Random lives of directives, compared with a model that is a simple list.

use crate::{mock::*, *};
use assent_policy::{Directive, Effect, Moment, MAX_DIRECTIVES, SLOTS_FOR_DENIALS};
use assent_support::EndReason;
use frame_support::{assert_ok, hypothetically};
use proptest::prelude::*;
use sp_runtime::AccountId32;

#[derive(Clone, Copy, Debug)]
enum Step {
	/// Make a directive that lasts so many hours, or has no end.
	Make(Effect, Option<u8>),
	Withdraw(u8),
	Replace(u8, Effect, Option<u8>),
	Retire,
	/// Ask for a grant that lasts so many hours, or has no end.
	Ask(Option<u8>),
	Approve(u8),
	Refuse(u8),
	/// Time passes, so many hours.
	Wait(u8),
}

const HOUR: Moment = 60 * MINUTE;

fn effect() -> impl Strategy<Value = Effect> {
	prop_oneof![3 => Just(Effect::Permit), 1 => Just(Effect::Deny)]
}

fn lasting() -> impl Strategy<Value = Option<u8>> {
	proptest::option::weighted(0.7, 0..40u8)
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		6 => (effect(), lasting()).prop_map(|(effect, hours)| Step::Make(effect, hours)),
		4 => any::<u8>().prop_map(Step::Withdraw),
		3 => (any::<u8>(), effect(), lasting())
			.prop_map(|(id, effect, hours)| Step::Replace(id, effect, hours)),
		1 => Just(Step::Retire),
		2 => lasting().prop_map(Step::Ask),
		2 => (0..12u8).prop_map(Step::Approve),
		1 => (0..12u8).prop_map(Step::Refuse),
		4 => (1..20u8).prop_map(Step::Wait),
	]
}

/// A directive in the model: the effect, the moment of making, and the end.
#[derive(Clone, Copy, Debug)]
struct Known {
	effect: Effect,
	made: Moment,
	end: Option<Moment>,
}

impl Known {
	fn counts(&self, at: Moment) -> bool {
		self.made <= at && self.end.is_none_or(|end| at < end)
	}
}

#[derive(Default)]
struct Model {
	directives: Vec<Known>,
	/// The decisions of past moments.
	decided: Vec<(Moment, Effect)>,
}

impl Model {
	fn of(&self, effect: Effect, at: Moment) -> usize {
		self.directives.iter().filter(|known| known.effect == effect && known.counts(at)).count()
	}

	/// A denial wins over a permit. A permit wins over no rule.
	fn expected(&self, at: Moment) -> Effect {
		if self.of(Effect::Deny, at) == 0 && self.of(Effect::Permit, at) > 0 {
			Effect::Permit
		} else {
			Effect::Deny
		}
	}

	fn has_room(&self, effect: Effect, at: Moment) -> bool {
		let (permits, denials) = (self.of(Effect::Permit, at), self.of(Effect::Deny, at));
		let room = permits + denials < MAX_DIRECTIVES as usize;
		let allowed = (MAX_DIRECTIVES - SLOTS_FOR_DENIALS) as usize;
		room && (effect == Effect::Deny || permits < allowed)
	}

	fn end(&mut self, directive: u32, at: Moment) {
		self.directives[directive as usize].end = Some(at);
	}
}

fn until(hours: Option<u8>) -> Option<Moment> {
	hours.map(|hours| now() + Moment::from(hours) * HOUR)
}

fn directive(effect: Effect, until: Option<Moment>) -> Directive {
	match effect {
		Effect::Permit => permission(until),
		Effect::Deny => denial(until),
	}
}

fn apply(step: Step, model: &mut Model) -> Result<(), TestCaseError> {
	let at = now();
	match step {
		Step::Make(effect, hours) => {
			let end = until(hours);
			let fits = model.has_room(effect, at) && end != Some(at);
			let made = Consent::make_directive(
				signed(CONTROLLER),
				PATIENT,
				Box::new(directive(effect, end)),
				None,
			);
			prop_assert_eq!(made.is_ok(), fits);
			if fits {
				model.directives.push(Known { effect, made: at, end });
			}
		}
		Step::Withdraw(id) => {
			let id = u32::from(id) % (model.directives.len() as u32 + 2);
			let counts = model.directives.get(id as usize).is_some_and(|known| known.counts(at));
			prop_assert_eq!(Consent::withdraw(signed(GUARDIAN), PATIENT, id).is_ok(), counts);
			if counts {
				model.end(id, at);
			}
		}
		Step::Replace(id, effect, hours) => {
			let id = u32::from(id) % (model.directives.len() as u32 + 2);
			let end = until(hours);
			let counts = model.directives.get(id as usize).is_some_and(|known| known.counts(at));
			let mut without = Model { directives: model.directives.clone(), decided: vec![] };
			if counts {
				without.end(id, at);
			}
			let fits = counts && without.has_room(effect, at) && end != Some(at);
			let replaced = hypothetically_or_not(|| {
				Consent::replace(
					signed(CONTROLLER),
					PATIENT,
					id,
					Box::new(directive(effect, end)),
					None,
				)
				.is_ok()
			});
			prop_assert_eq!(replaced, fits);
			if fits {
				let new = without.directives.len() as u32;
				without.directives.push(Known { effect, made: at, end });
				model.directives = without.directives;
				prop_assert_eq!(
					row(id).ended,
					Some(Ended { at, reason: EndReason::Replaced(new) })
				);
			}
		}
		Step::Retire => {
			let noted = Consent::retire_expired(signed(STRANGER), PATIENT);
			let listed = in_force();
			prop_assert!(noted.is_ok() || noted == Err(Error::<Test>::NothingExpired.into()));
			prop_assert_eq!(listed, Consent::in_force(PATIENT));
		}
		Step::Ask(hours) => {
			let _ = request(NURSE, clinic_terms(until(hours)));
		}
		Step::Approve(id) => {
			let asked = Requests::<Test>::get(PATIENT, u32::from(id))
				.filter(|row| row.state == RequestState::Open && at < row.expires);
			let fits = asked.is_some() && model.has_room(Effect::Permit, at);
			let approved = Consent::approve_request(signed(CONTROLLER), PATIENT, id.into());
			prop_assert_eq!(approved.is_ok(), fits);
			if let Some(row) = asked.filter(|_| fits) {
				let end = row.terms.until;
				model.directives.push(Known { effect: Effect::Permit, made: at, end });
			}
		}
		Step::Refuse(id) => {
			let _ = Consent::refuse_request(signed(CONTROLLER), PATIENT, id.into());
		}
		Step::Wait(hours) => {
			// The last decision of this moment.
			model.decided.push((at, decided(at).effect));
			World::advance(Moment::from(hours) * HOUR);
		}
	}
	Ok(())
}

/// Like a transaction: the writes of a refused call are undone.
fn hypothetically_or_not(call: impl FnOnce() -> bool) -> bool {
	let mut done = false;
	let _ = frame_support::storage::with_storage_layer::<(), sp_runtime::DispatchError, _>(|| {
		done = call();
		if done {
			Ok(())
		} else {
			Err("refused".into())
		}
	});
	done
}

fn withdrawals_agree(model: &Model, who: AccountId32) -> Result<(), TestCaseError> {
	for id in 0..model.directives.len() as u32 + 1 {
		let said = Consent::can_withdraw(who.clone(), PATIENT, id);
		let done = hypothetically!(Consent::withdraw(signed(who.clone()), PATIENT, id).is_ok());
		prop_assert_eq!(said, done, "can_withdraw of {}", id);
	}
	Ok(())
}

fn lives(permissions: u32, denials: u32, steps: Vec<Step>) -> Result<(), TestCaseError> {
	let builder = ExtBuilder::default().permissions(permissions).denials(denials);
	builder.build().execute_with(|| {
		let mut model = Model::default();
		let known = |effect| Known { effect, made: START, end: None };
		model.directives.extend((0..permissions).map(|_| known(Effect::Permit)));
		model.directives.extend((0..denials).map(|_| known(Effect::Deny)));
		for step in steps {
			apply(step, &mut model)?;
			let at = now();
			assert_ok!(Consent::do_try_state());
			// Bounds.
			let listed = in_force();
			prop_assert!(listed.len() <= MAX_DIRECTIVES as usize);
			// A patient whose list is full of permissions can still refuse.
			if model.of(Effect::Deny, at) < SLOTS_FOR_DENIALS as usize {
				let refused = hypothetically!(Consent::make_directive(
					signed(CONTROLLER),
					PATIENT,
					Box::new(denial(None)),
					None
				));
				prop_assert!(refused.is_ok());
			}
			// Ended directives never permit.
			let counting: Vec<u32> = (0..)
				.zip(&model.directives)
				.filter(|(_, known)| known.counts(at))
				.map(|(id, _)| id)
				.collect();
			prop_assert_eq!(Consent::in_force(PATIENT), counting);
			prop_assert_eq!(decided(at).effect, model.expected(at));
		}
		for who in [CONTROLLER, GUARDIAN, STRANGER, OTHER_CONTROLLER] {
			withdrawals_agree(&model, who)?;
		}
		// The rows of the past give the decisions of the past.
		World::advance(50 * HOUR);
		for _ in 0..2 {
			for (at, effect) in &model.decided {
				prop_assert_eq!(decided(*at).effect, *effect, "at {}", at - START);
				prop_assert_eq!(model.expected(*at), *effect);
			}
			let _ = Consent::retire_expired(signed(STRANGER), PATIENT);
			assert_ok!(Consent::do_try_state());
		}
		Ok(())
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(16))]

	#[test]
	fn directives_should_live_by_the_rules_when_there_are_few(
		steps in proptest::collection::vec(step(), 1..60),
	) {
		lives(0, 0, steps)?;
	}

	#[test]
	fn directives_should_live_by_the_rules_when_the_list_is_nearly_full(
		permissions in 40..=56u32,
		denials in 0..=8u32,
		steps in proptest::collection::vec(step(), 1..24),
	) {
		lives(permissions, denials, steps)?;
	}
}
