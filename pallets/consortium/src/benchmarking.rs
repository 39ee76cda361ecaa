//! The costs of the calls, at the limits. Names and addresses are the longest, agents and seats the
//! most that are allowed, and the council has the maximum number of open motions.
//!
//! The measured weights include the costs of council, scheduler and trail, as the runtime has them.

use crate::*;
use alloc::{boxed::Box, vec, vec::Vec};
use assent_policy::{Effect, Moment, OrganisationId, RecordId};
use assent_support::testing::fullest::{account, directive, groups, id, roles, DAY, NOW};
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_core::{crypto::KeyTypeId, sr25519};
use sp_runtime::{traits::Hash, AccountId32, MultiSignature, Saturating};

/// Sets up the state of other pallets.
pub trait BenchmarkHelper<T: Config> {
	/// Sets the clock.
	fn set_time(now: Moment);
	/// Gives these accounts the seats of the council. Opens the maximum number of motions, each
	/// with everyone's vote.
	fn open_motions(seats: &[AccountId32]);
	/// The smallest number of members that can enact.
	fn council() -> T::RuntimeOrigin;
	/// The longest call that may be enacted.
	fn enactable() -> <T as Config>::RuntimeCall;
	/// Leaves one place in the agenda of the block.
	fn fill_agenda(at: BlockNumberFor<T>);
}

/// The organisation of the call, and another organisation.
const SUBJECT: OrganisationId = 1_000;
const OTHER: OrganisationId = 1_001;

/// The type of the keys with which the benchmarks' wallets sign.
const WALLET: KeyTypeId = KeyTypeId(*b"bnch");

/// The consent of a wallet that was engaged before. The signature is wrapped as wallets do, and is
/// therefore valid only in the second form.
fn consent<T: Config>(
	wallet: &sr25519::Public,
	capacity: Capacity,
) -> Result<Consent, BenchmarkError> {
	let account = AccountId32::from(*wallet);
	Engagements::<T>::insert(&account, 1);
	let (genesis, last_day) = (Pallet::<T>::genesis_hash(), day_of(NOW));
	let message = engagement_message(genesis, SUBJECT, &name(), capacity, &account, last_day, 1);
	let wrapped = assent_protocol::messages::wrapped(&message);
	let signature = sp_io::crypto::sr25519_sign(WALLET, wallet, &wrapped)
		.ok_or(BenchmarkError::Stop("the keystore signs"))?;
	Ok(Consent { last_day, signature: MultiSignature::Sr25519(signature) })
}

/// The controller of an organisation.
fn controller(organisation: OrganisationId) -> AccountId32 {
	account("controller", organisation)
}

/// The last agent of an organisation.
fn agent(organisation: OrganisationId, number: u32) -> AccountId32 {
	account("agent", organisation.saturating_mul(MAX_AGENTS).saturating_add(number))
}

fn name() -> Name {
	vec![b'n'; MAX_NAME as usize].try_into().unwrap_or_default()
}

/// The longest address.
fn url(letter: u8) -> Url {
	let mut url = b"https://".to_vec();
	url.extend([letter; 63]);
	url.push(b'.');
	url.resize(MAX_URL as usize, letter);
	url.try_into().unwrap_or_default()
}

fn uri() -> Uri {
	vec![b'u'; MAX_URL as usize].try_into().unwrap_or_default()
}

/// An organisation with the given number of agents and the largest base policy.
fn organisation<T: Config>(number: OrganisationId, status: OrganisationStatus, agents: u32) {
	let all: alloc::collections::BTreeSet<_> =
		(0..agents).map(|other| agent(number, other)).collect();
	for who in all.iter().chain([&controller(number)]) {
		ByAgent::<T>::insert(who, number);
		assent_support::hold_account::<T>(who);
	}
	Organisations::<T>::insert(
		number,
		Organisation {
			name: name(),
			kind: OrganisationKind::PublicBody,
			status,
			controller: controller(number),
			agents: all.try_into().unwrap_or_default(),
			admitted: 0,
			policy: Some(1),
		},
	);
	let record = RecordId(id("record", 0));
	BasePolicies::<T>::insert(
		number,
		1,
		BasePolicy {
			uri: uri(),
			version: 1,
			hash: [1; 32],
			rules: directive(Effect::Permit, number, record, NOW + DAY),
			registered: 0,
		},
	);
	Endpoints::<T>::insert(
		number,
		Endpoint { approved: Some(url(b'a')), proposed: Some(url(b'p')) },
	);
}

/// An active organisation with one of the given number of seats, in a council with every motion
/// open. The clock stands at [`NOW`].
fn seated<T: Config>(seats: u32, agents: u32) {
	T::BenchmarkHelper::set_time(NOW);
	organisation::<T>(SUBJECT, OrganisationStatus::Active, agents);
	seat::<T>(controller(SUBJECT), seats);
}

/// Gives an account one of the given number of seats.
fn seat<T: Config>(who: AccountId32, seats: u32) {
	let mut all: Vec<_> = (1..seats).map(|number| account("seat", number)).collect();
	all.push(who);
	all.sort();
	T::BenchmarkHelper::open_motions(&all);
	OrganisationCount::<T>::put(seats);
	let set: alloc::collections::BTreeSet<_> = all.into_iter().collect();
	Seats::<T>::put(
		frame_support::BoundedBTreeSet::<_, T::MaxOrganisations>::try_from(set).unwrap_or_default(),
	);
}

fn assert_last_event<T: Config>(event: Event<T>) {
	frame_system::Pallet::<T>::assert_last_event(event.into());
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The last organisation for which there is room.
	#[benchmark]
	fn admit() {
		let seats = T::MaxOrganisations::get().saturating_sub(1);
		seated::<T>(seats, 0);
		let organisation = NextOrganisation::<T>::get();
		let (kind, controller) = (OrganisationKind::PublicBody, account("newcomer", 0));

		#[extrinsic_call]
		_(RawOrigin::Root, name(), kind, controller.clone());

		assert_eq!(Seats::<T>::get().len() as u32, T::MaxOrganisations::get());
		assert_last_event::<T>(Event::OrganisationAdmitted {
			organisation,
			name: name(),
			kind,
			controller,
		});
	}

	#[benchmark]
	fn suspend() {
		seated::<T>(T::MaxOrganisations::get(), MAX_AGENTS);

		#[extrinsic_call]
		_(RawOrigin::Root, SUBJECT);

		assert_last_event::<T>(Event::OrganisationSuspended { organisation: SUBJECT });
	}

	#[benchmark]
	fn reinstate() {
		T::BenchmarkHelper::set_time(NOW);
		organisation::<T>(SUBJECT, OrganisationStatus::Suspended, MAX_AGENTS);
		let seats = T::MaxOrganisations::get().saturating_sub(1);
		seat::<T>(account("seat", 0), seats);

		#[extrinsic_call]
		_(RawOrigin::Root, SUBJECT);

		assert_last_event::<T>(Event::OrganisationReinstated { organisation: SUBJECT });
	}

	#[benchmark]
	fn remove() {
		seated::<T>(T::MaxOrganisations::get(), MAX_AGENTS);

		#[extrinsic_call]
		_(RawOrigin::Root, SUBJECT);

		assert!(!ByAgent::<T>::contains_key(agent(SUBJECT, MAX_AGENTS - 1)));
		assert_last_event::<T>(Event::OrganisationRemoved { organisation: SUBJECT });
	}

	#[benchmark]
	fn add_agent() -> Result<(), BenchmarkError> {
		seated::<T>(1, MAX_AGENTS - 1);
		let wallet = sp_io::crypto::sr25519_generate(WALLET, None);
		let agent = AccountId32::from(wallet);
		let consent = consent::<T>(&wallet, Capacity::Agent)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(controller(SUBJECT)), agent.clone(), consent);

		assert_last_event::<T>(Event::AgentAdded { organisation: SUBJECT, agent });
		Ok(())
	}

	#[benchmark]
	fn remove_agent() {
		seated::<T>(1, MAX_AGENTS);
		let agent = agent(SUBJECT, MAX_AGENTS - 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller(SUBJECT)), agent.clone());

		assert_last_event::<T>(Event::AgentRemoved { organisation: SUBJECT, agent });
	}

	#[benchmark]
	fn propose_endpoint() {
		seated::<T>(1, MAX_AGENTS);

		#[extrinsic_call]
		_(RawOrigin::Signed(controller(SUBJECT)), url(b'n'));

		assert_last_event::<T>(Event::EndpointProposed { organisation: SUBJECT, url: url(b'n') });
	}

	#[benchmark]
	fn approve_endpoint() {
		seated::<T>(1, MAX_AGENTS);

		#[extrinsic_call]
		_(RawOrigin::Root, SUBJECT, url(b'p'));

		assert_last_event::<T>(Event::EndpointApproved { organisation: SUBJECT, url: url(b'p') });
	}

	#[benchmark]
	fn set_base_policy() {
		seated::<T>(1, MAX_AGENTS);
		let rules =
			Box::new(directive(Effect::Permit, SUBJECT, RecordId(id("record", 1)), NOW + DAY));
		let hash = [2; 32];

		#[extrinsic_call]
		_(RawOrigin::Signed(controller(SUBJECT)), uri(), hash, rules);

		assert_last_event::<T>(Event::BasePolicySet { organisation: SUBJECT, version: 2, hash });
	}

	/// The caller is an agent. A removed organisation still vouches for the account.
	#[benchmark]
	fn credential() -> Result<(), BenchmarkError> {
		seated::<T>(1, MAX_AGENTS);
		organisation::<T>(OTHER, OrganisationStatus::Removed, 0);
		let wallet = sp_io::crypto::sr25519_generate(WALLET, None);
		let practitioner = AccountId32::from(wallet);
		let until = NOW + DAY;
		Practitioners::<T>::insert(
			&practitioner,
			Credential {
				organisation: OTHER,
				roles: roles(),
				groups: groups(),
				from: 0,
				until,
				revoked: None,
			},
		);
		PractitionersOf::<T>::insert(OTHER, &practitioner, ());
		let consent = Some(consent::<T>(&wallet, Capacity::Practitioner)?);
		let caller = RawOrigin::Signed(agent(SUBJECT, 0));

		#[extrinsic_call]
		_(caller, practitioner.clone(), roles(), groups(), 0, until, consent);

		assert_last_event::<T>(Event::PractitionerCredentialed {
			organisation: SUBJECT,
			practitioner,
			from: NOW,
			until,
		});
		Ok(())
	}

	#[benchmark]
	fn revoke() {
		seated::<T>(1, MAX_AGENTS);
		let practitioner = account("practitioner", 0);
		Practitioners::<T>::insert(
			&practitioner,
			Credential {
				organisation: SUBJECT,
				roles: roles(),
				groups: groups(),
				from: 0,
				until: NOW + DAY,
				revoked: None,
			},
		);

		#[extrinsic_call]
		_(RawOrigin::Signed(agent(SUBJECT, 0)), practitioner.clone());

		assert_last_event::<T>(Event::PractitionerRevoked { organisation: SUBJECT, practitioner });
	}

	/// The longest call that the council may enact, on the last place of the block's agenda.
	#[benchmark]
	fn enact() -> Result<(), BenchmarkError> {
		frame_system::Pallet::<T>::set_block_number(1u32.into());
		let call = T::BenchmarkHelper::enactable();
		let hash = <T as frame_system::Config>::Hashing::hash_of(&call);
		let at = frame_system::Pallet::<T>::block_number().saturating_add(T::EnactDelay::get());
		T::BenchmarkHelper::fill_agenda(at);
		let council = T::BenchmarkHelper::council();

		#[extrinsic_call]
		_(council as T::RuntimeOrigin, Box::new(call));

		assert_last_event::<T>(Event::EnactScheduled { hash, at });
		Ok(())
	}

	#[benchmark]
	fn transfer_control() {
		seated::<T>(T::MaxOrganisations::get(), MAX_AGENTS);
		let (previous, next) = (controller(SUBJECT), account("newcomer", 0));

		#[extrinsic_call]
		_(RawOrigin::Signed(previous.clone()), next.clone());

		assert_last_event::<T>(Event::ControlTransferred {
			organisation: SUBJECT,
			previous,
			controller: next,
		});
	}

	#[benchmark]
	fn replace_controller() {
		seated::<T>(T::MaxOrganisations::get(), MAX_AGENTS);
		let (previous, next) = (controller(SUBJECT), account("newcomer", 0));

		#[extrinsic_call]
		_(RawOrigin::Root, SUBJECT, next.clone());

		assert_last_event::<T>(Event::ControlTransferred {
			organisation: SUBJECT,
			previous,
			controller: next,
		});
	}

	/// The caller is an agent of one organisation and a practitioner of another.
	#[benchmark]
	fn resign() {
		seated::<T>(1, MAX_AGENTS);
		organisation::<T>(OTHER, OrganisationStatus::Suspended, MAX_AGENTS);
		let who = agent(SUBJECT, 0);
		Practitioners::<T>::insert(
			&who,
			Credential {
				organisation: OTHER,
				roles: roles(),
				groups: groups(),
				from: 0,
				until: NOW + DAY,
				revoked: None,
			},
		);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(Practitioners::<T>::get(&who).is_some_and(|row| row.revoked == Some(NOW)));
		assert_last_event::<T>(Event::AgentRemoved { organisation: SUBJECT, agent: who });
	}

	/// The most expensive question of another pallet: the largest base policy.
	#[benchmark]
	fn look_up() {
		seated::<T>(1, MAX_AGENTS);
		let (newest, rules);

		#[block]
		{
			newest = <Pallet<T> as assent_support::BasePolicies>::newest(SUBJECT, NOW);
			rules = <Pallet<T> as assent_support::BasePolicies>::rules(SUBJECT, 1);
		}

		assert_eq!(newest, Some(1));
		assert!(rules.is_some_and(|rules| !rules.exceptions.is_empty()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::benchmarks(), crate::mock::Test);
}
