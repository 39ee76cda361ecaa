use crate::{mock::*, BasePolicies, Error, Event, Organisations, MAX_POLICY_PAGE};
use assent_policy::{Directive, Effect, OrganisationId, Period, Provision, Purpose};
use assent_support::{Act, BasePolicies as _};
use frame_support::{assert_noop, assert_ok};

const HASH: [u8; 32] = [7; 32];

fn rules(effect: Effect) -> Directive {
	let mut base = Provision::any(effect);
	base.purposes.try_insert(Purpose::Treatment).unwrap();
	Directive { base, exceptions: Default::default() }
}

/// The rules of an organisation's newest version.
fn newest_rules(organisation: OrganisationId) -> Option<Directive> {
	let version = Consortium::newest(organisation, pallet_timestamp::Now::<Test>::get())?;
	Consortium::rules(organisation, version)
}

fn set(rules: Directive) -> sp_runtime::DispatchResult {
	Consortium::set_base_policy(
		signed(hospital_controller()),
		uri("https://hospital.example/policy#1"),
		HASH,
		Box::new(rules),
	)
}

#[test]
fn set_base_policy_should_make_the_rules_count() {
	ExtBuilder::default().run(|| {
		assert_eq!(newest_rules(HOSPITAL), None);
		assert_ok!(set(rules(Effect::Permit)));
		assert_last_event(Event::BasePolicySet { organisation: HOSPITAL, version: 1, hash: HASH });
		assert_eq!(newest_rules(HOSPITAL), Some(rules(Effect::Permit)));
		assert_eq!(newest_rules(CLINIC), None);
		let row = BasePolicies::<Test>::get(HOSPITAL, 1).unwrap();
		assert_eq!((row.version, row.registered, row.hash), (1, NOW, HASH));
		assert_eq!(
			trail(),
			vec![Entry::of(
				None,
				Some(HOSPITAL),
				Some(hospital_controller()),
				Act::OrganisationChanged
			)]
		);
	});
}

#[test]
fn set_base_policy_should_keep_every_version() {
	ExtBuilder::default().run(|| {
		assert_ok!(set(rules(Effect::Permit)));
		set_time(NOW + 5);
		assert_ok!(set(rules(Effect::Deny)));
		assert_eq!(newest_rules(HOSPITAL), Some(rules(Effect::Deny)));
		assert_eq!(Consortium::rules(HOSPITAL, 1), Some(rules(Effect::Permit)));
		assert_eq!(Consortium::rules(HOSPITAL, 3), None);
		assert_eq!(Organisations::<Test>::get(HOSPITAL).unwrap().policy, Some(2));
		assert_eq!(BasePolicies::<Test>::get(HOSPITAL, 1).unwrap().rules, rules(Effect::Permit));
		assert_eq!(BasePolicies::<Test>::get(HOSPITAL, 2).unwrap().registered, NOW + 5);
		assert_eq!(Consortium::current_policy(HOSPITAL).unwrap().version, 2);
	});
}

#[test]
fn newest_should_name_no_version_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(set(rules(Effect::Permit)));
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_eq!(newest_rules(HOSPITAL), None);
		assert_ok!(Consortium::reinstate(root(), HOSPITAL));
		assert!(newest_rules(HOSPITAL).is_some());
	});
}

#[test]
fn newest_should_name_the_version_of_the_moment_when_newer_ones_came() {
	ExtBuilder::default().run(|| {
		for (version, at) in [(1, NOW + 10), (2, NOW + 20), (3, NOW + 20), (4, NOW + 30)] {
			set_time(at);
			assert_ok!(set(rules(Effect::Permit)));
			assert_eq!(Consortium::newest(HOSPITAL, at), Some(version));
		}
		for now in [NOW + 30, NOW + 40] {
			set_time(now);
			for (at, version) in [
				(0, None),
				(NOW + 9, None),
				(NOW + 10, Some(1)),
				(NOW + 19, Some(1)),
				// Two versions of one moment. The last one is valid at the end of the moment.
				(NOW + 20, Some(3)),
				(NOW + 29, Some(3)),
				(NOW + 30, Some(4)),
				(u64::MAX, Some(4)),
			] {
				assert_eq!(Consortium::newest(HOSPITAL, at), version, "{at} at {now}");
			}
		}
	});
}

#[test]
fn policies_of_should_give_bounded_pages() {
	ExtBuilder::default().run(|| {
		assert!(Consortium::policies_of(HOSPITAL, 0, 5).is_empty());
		for _ in 0..MAX_POLICY_PAGE + 2 {
			assert_ok!(set(rules(Effect::Permit)));
		}
		let versions = |from, limit| -> Vec<u32> {
			let page = Consortium::policies_of(HOSPITAL, from, limit);
			page.into_iter().map(|policy| policy.version).collect()
		};
		assert_eq!(versions(0, 2), [1, 2]);
		assert_eq!(versions(2, 2), [2, 3]);
		assert_eq!(versions(1, u32::MAX).len(), MAX_POLICY_PAGE as usize);
		assert_eq!(versions(MAX_POLICY_PAGE + 1, u32::MAX), [11, 12]);
		assert!(versions(u32::MAX, u32::MAX).is_empty());
	});
}

#[test]
fn set_base_policy_should_fail_when_caller_is_no_controller() {
	ExtBuilder::default().run(|| {
		for who in [hospital_agent(), stranger()] {
			assert_noop!(
				Consortium::set_base_policy(
					signed(who),
					uri("urn:x"),
					HASH,
					Box::new(rules(Effect::Permit))
				),
				Error::<Test>::NotAuthorized
			);
		}
	});
}

#[test]
fn set_base_policy_should_fail_when_organisation_is_suspended() {
	ExtBuilder::default().run(|| {
		assert_ok!(Consortium::suspend(root(), HOSPITAL));
		assert_noop!(set(rules(Effect::Permit)), Error::<Test>::NotActive);
	});
}

#[test]
fn set_base_policy_should_fail_when_locator_is_invalid() {
	ExtBuilder::default().run(|| {
		for bad in [&b""[..], b"a b", b"a\n", "ü".as_bytes(), b"\x7f"] {
			assert_noop!(
				Consortium::set_base_policy(
					signed(hospital_controller()),
					crate::Uri::try_from(bad.to_vec()).unwrap(),
					HASH,
					Box::new(rules(Effect::Permit))
				),
				Error::<Test>::InvalidUri
			);
		}
	});
}

#[test]
fn set_base_policy_should_fail_when_a_period_is_empty() {
	ExtBuilder::default().run(|| {
		let mut bad = rules(Effect::Permit);
		bad.base.period = Period { from: Some(NOW + 2), until: Some(NOW + 2) };
		assert_noop!(set(bad), Error::<Test>::PeriodEmpty);
	});
}

#[test]
fn set_base_policy_should_fail_when_a_period_is_past() {
	ExtBuilder::default().run(|| {
		let mut bad = rules(Effect::Permit);
		bad.base.period = Period { from: None, until: Some(NOW) };
		assert_noop!(set(bad.clone()), Error::<Test>::PeriodPast);
		bad.base.period.until = Some(NOW + 1);
		assert_ok!(set(bad));
	});
}

#[test]
fn set_base_policy_should_fail_when_months_are_empty() {
	ExtBuilder::default().run(|| {
		let mut bad = rules(Effect::Permit);
		bad.base.authored = assent_policy::Months { from: Some(5), to: Some(4) };
		assert_noop!(set(bad), Error::<Test>::MonthsEmpty);
	});
}

#[test]
fn set_base_policy_should_fail_when_an_exception_is_idle() {
	ExtBuilder::default().run(|| {
		let mut bad = rules(Effect::Permit);
		bad.exceptions.try_push(Provision::any(Effect::Permit)).unwrap();
		assert_noop!(set(bad), Error::<Test>::ExceptionIdle);
	});
}

#[test]
fn set_base_policy_should_fail_when_numbers_are_exhausted() {
	ExtBuilder::default().run(|| {
		let restore = Organisations::<Test>::get(HOSPITAL).unwrap();
		let mut row = restore.clone();
		row.policy = Some(u32::MAX);
		Organisations::<Test>::insert(HOSPITAL, row);
		assert_noop!(set(rules(Effect::Permit)), Error::<Test>::NumbersExhausted);
		Organisations::<Test>::insert(HOSPITAL, restore);
	});
}
