//! # Emergencies
//!
//! Break-glass: a practitioner with the emergency role may open a patient's documents for a
//! few hours without the patient's permission, unless the patient has refused even that. What
//! is taken without asking is answered for afterwards: justified by who took it, and reviewed
//! by an organisation that the chain draws. This pallet keeps the emergencies from their
//! declaration to their end; `pallet-consent` asks it when an access is decided.
//!
//! ## Terms
//!
//! - **emergency**: declared by a practitioner for one patient, with a reason code, for four
//!   hours at most; *active* until its time is over or it is ended.
//! - **justification**: what became of it, a code, and a salted commitment to a written
//!   justification, which stays off chain.
//! - **review**: a drawn organisation gives a *finding*: justified or adverse.
//! - **missed** is a review without a finding in time: it passes on to another organisation
//!   and counts against the one that missed it.
//! - **suspension**: a practitioner who did not justify in time, or whose declaration was found
//!   wrong, can declare no emergency until the council reinstates the role.
//!
//! ```text
//!  declare      end, or time     justify           draw              review
//! ────────► active ────────► owed ────────► to be drawn ────────► under review ────────► found
//!                             │                   ▲                    │ missed      right, or
//!                 not in time │                   └────── pass_on ─────┘             wrong ┐
//!                             └──────────────────► role suspended ◄────────────────────────┘
//! ```
//!
//! ## One scenario
//!
//! An unconscious man is brought in. The emergency clinician calls `declare` for two hours,
//! opens the medication list, and calls `end` when he is stable. The patient's wallet shows it
//! at once. The next day she writes half a page, keeps it in the hospital's files, and calls
//! `justify` with a commitment to it. Ten seconds later anybody, her own command line for
//! instance, calls `draw`: the laboratory is to review. It asks the hospital for the half
//! page, checks the commitment, reads the trail, and calls `review`: justified. Had it let
//! fourteen days pass, anybody could have called `pass_on`, the miss would stand beside the
//! laboratory's name, and another member would have been drawn. Had she not justified within
//! three days, her next `declare` would have been refused, `suspend_unjustified` would have
//! noted it, and the council alone could have reinstated her role.
//!
//! ## What is stored
//!
//! Rows of emergencies stay for good, with the positions in their patients' lists. What a call
//! reads is bounded and does not depend on how many emergencies there are: the declarer's list
//! of what is still to be justified, two counts of the day, one row. Reviews owed are listed by
//! organisation until a finding is given.
//!
//! ## Calls
//!
//! | Call | Caller | Event |
//! |---|---|---|
//! | `declare` | practitioner with the emergency role | `EmergencyDeclared` |
//! | `end` | its declarer | `EmergencyEnded` |
//! | `justify` | its declarer | `EmergencyJustified` |
//! | `draw` | any signed account | `ReviewerDrawn`, `DrawPutOff` |
//! | `review` | controller or agent of the drawn organisation | `EmergencyReviewed`, perhaps `RoleSuspended` |
//! | `pass_on` | any signed account, once the review is overdue | `ReviewPassedOn` |
//! | `suspend_unjustified` | any signed account, once the justification is overdue | `RoleSuspended` |
//! | `reinstate` | root, through `enact` | `RoleReinstated` |
//! | `set_organisation_cap` | root, through `enact` | `OrganisationCapSet` |
//!
//! A suspension also ends what its practitioner has active: `EmergencyEnded` for each, four at
//! most.
//!
//! ## Rules worth knowing
//!
//! - **An emergency counts** while its declarer holds the emergency role at the organisation
//!   under which it was declared, and the role is not suspended.
//! - **A deadline needs no transaction.** From the moment at which a justification is overdue
//!   its declarer can declare nothing, has nothing active, and can no longer justify, whether
//!   or not anybody has called `suspend_unjustified`. That call writes down what holds already,
//!   with the deadline as its moment; so does a late finding not exist, only a missed one.
//! - **The draw** ranks the active organisations by the hash of a block some blocks after the
//!   justification, which nobody knew when the justification was signed. Excluded are the
//!   organisation under which the emergency was declared, the one that vouches for the
//!   practitioner now, and the one that the review just left (unless there is no other). The
//!   patient's own organisation is not excluded: it is often the one whose documents were
//!   opened, and the one that learns least by reading about its own patient. Who makes the
//!   deciding block can choose among the hashes it could make, and so has more than one chance
//!   at the draw if its organisation wants one; see the threat model.
//! - **Without another active organisation nobody could review**, so nothing can be declared.
//!   If the others go away later, the draw waits for one.
//! - **A reviewer that is suspended or removed** loses its reviews at once by `pass_on`; that
//!   does not count as missed.
//! - **Caps**: emergencies active and to be justified at a time and declared in a day per
//!   practitioner, declared in a day per organisation. Days are calendar days (UTC), so a night
//!   can hold two days' worth.
//! - **A suspension stops break-glass and nothing else**: the credential stands, and what a
//!   directive or a base policy grants to the emergency role still counts.
//! - **Only the council reinstates.** The organisation of a suspended practitioner has the
//!   interest, a single reviewer may be wrong or hostile; two thirds in public are neither.
//!   Suspending again for another emergency is no obstacle to reinstating, but one that is
//!   overdue and not noted yet suspends afresh.
//!
//! ## Assumptions
//!
//! Time never runs backwards. Who is suspended is an account: an organisation that credentials
//! its practitioner under another one answers for that itself. Where the chain stood still for
//! days, what fell due meanwhile is overdue when it goes on, and the council puts that right.
//! Asking whether an emergency counted at a past moment looks through the patient's emergencies
//! of the four hours before; only reads ask that.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod declare;
mod integrity;
mod lookup;
mod review;
mod suspension;
mod try_state;
mod types;
mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// The pallet.
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Moment, OrganisationId, PatientId};
	use assent_support::{
		EmergencyReason, Justification, Members, PassingCause, Patients, ReviewFinding, Reviewers,
		SuspensionCause, Trail,
	};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// What the pallet needs of the runtime.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
	{
		/// Who reinstates roles and sets the organisations' cap: root, which only the council's
		/// `enact` reaches.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Wall-clock time in milliseconds.
		type Time: Time<Moment = Moment>;
		/// Who belongs to the consortium.
		type Members: Members;
		/// Who can be drawn to review.
		type Reviewers: Reviewers;
		/// The patient ids.
		type Patients: Patients;
		/// The trail.
		type Trail: Trail;
		/// How many emergencies one practitioner may have active at a time. A suspension ends as
		/// many.
		#[pallet::constant]
		type MaxActive: Get<u32>;
		/// How many emergencies one practitioner may have that are still to be justified, active
		/// ones included. Lowering it makes the lists of those who have more undecodable: wait
		/// until they are justified or migrate.
		#[pallet::constant]
		type MaxUnjustified: Get<u32>;
		/// How many emergencies one practitioner may declare in a calendar day.
		#[pallet::constant]
		type MaxOfDay: Get<u32>;
		/// How many emergencies one organisation's practitioners may declare in a calendar day,
		/// unless the genesis or the council says otherwise.
		#[pallet::constant]
		type DefaultOrganisationCap: Get<u32>;
		/// How long after its end an emergency can be justified, in milliseconds. Changing it
		/// counts for emergencies declared or ended afterwards.
		#[pallet::constant]
		type JustificationPeriod: Get<Moment>;
		/// How long a drawn organisation has for its finding, in milliseconds. Changing it counts
		/// for draws afterwards.
		#[pallet::constant]
		type ReviewPeriod: Get<Moment>;
		/// How many blocks after the justification the block lies whose hash draws the reviewer.
		/// At least one, so that it is unknown when the justification is signed.
		#[pallet::constant]
		type DrawDelay: Get<u32>;
		/// What the calls cost.
		type WeightInfo: WeightInfo;
		/// Sets up for the benchmarks what other pallets hold.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every emergency ever declared. Written by `declare` and by each step after it, never
	/// removed.
	/// Hasher: the numbers are ours.
	#[pallet::storage]
	pub type Emergencies<T: Config> = StorageMap<_, Twox64Concat, EmergencyId, EmergencyRow>;

	/// The number of the next emergency.
	#[pallet::storage]
	pub type NextEmergency<T: Config> = StorageValue<_, EmergencyId, ValueQuery>;

	/// The patient's emergencies in the order of their declaration, by position from 0.
	/// Written by `declare`, never removed.
	/// Hashers: patient ids come from outside, positions are ours.
	#[pallet::storage]
	pub type EmergenciesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, PatientId, Twox64Concat, u32, EmergencyId>;

	/// How many emergencies the patient had: the next position in `EmergenciesOf`.
	#[pallet::storage]
	pub type EmergencyCount<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// The emergencies that a practitioner still has to justify, active ones included, in the
	/// order of their declaration. Written by `declare`, `end` and suspensions; an item is
	/// removed by `justify` and `suspend_unjustified`. Bounded by `MaxUnjustified`.
	/// Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Unjustified<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId32,
		BoundedVec<Open, T::MaxUnjustified>,
		ValueQuery,
	>;

	/// How many emergencies a practitioner declared on the latest day on which any. Written by
	/// `declare`, never removed.
	#[pallet::storage]
	pub type OfPractitioner<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, DayCount, ValueQuery>;

	/// The same for an organisation's practitioners together.
	#[pallet::storage]
	pub type OfOrganisation<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, DayCount, ValueQuery>;

	/// How many emergencies an organisation's practitioners may declare in a day, if the genesis
	/// or the council set it. Written by `set_organisation_cap`, never removed.
	#[pallet::storage]
	pub type OrganisationCap<T: Config> =
		StorageValue<_, u32, ValueQuery, T::DefaultOrganisationCap>;

	/// The practitioners whose emergency role is suspended. Written by `review` and
	/// `suspend_unjustified`, removed by `reinstate`.
	#[pallet::storage]
	pub type Suspensions<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Suspension>;

	/// The reviews that an organisation owes, each with the moment at which it is missed. Written
	/// by `draw`, removed by `review` and `pass_on`.
	/// Hashers: both numbers are ours.
	#[pallet::storage]
	pub type ReviewsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Twox64Concat, EmergencyId, Moment>;

	/// How an organisation reviews, for everybody to see. Written with `ReviewsOf`, never
	/// removed.
	#[pallet::storage]
	pub type ReviewCounts<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, ReviewCount, ValueQuery>;

	/// What a chain specification says.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// How many emergencies an organisation's practitioners may declare in a day; the
		/// runtime's default if not given.
		pub organisation_cap: Option<u32>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics on what the call would refuse: such a chain specification must not be built.
		fn build(&self) {
			if let Some(cap) = self.organisation_cap {
				assert!(cap > 0, "organisationCap: name a number from 1");
				OrganisationCap::<T>::put(cap);
			}
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A practitioner declared an emergency.
		EmergencyDeclared {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner.
			practitioner: AccountId32,
			/// The organisation that vouches for the practitioner.
			organisation: OrganisationId,
			/// Why.
			reason: EmergencyReason,
			/// The first moment at which it is over.
			until: Moment,
		},
		/// An emergency ended before its time: its declarer ended it, or lost the role.
		EmergencyEnded {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner who declared it.
			practitioner: AccountId32,
			/// The first moment at which it is over.
			at: Moment,
		},
		/// Its declarer justified an emergency.
		EmergencyJustified {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner who declared it.
			practitioner: AccountId32,
			/// What became of it.
			justification: Justification,
			/// Salted commitment to the written justification.
			commitment: H256,
			/// The block whose hash draws the reviewer.
			draw_block: u32,
		},
		/// An organisation was drawn to review an emergency.
		ReviewerDrawn {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation drawn.
			reviewer: OrganisationId,
			/// The first moment at which it can no longer give a finding.
			due: Moment,
		},
		/// The hash that was to draw a reviewer is no longer kept: a later block's does.
		DrawPutOff {
			/// The emergency's number.
			emergency: EmergencyId,
			/// The block whose hash draws the reviewer.
			draw_block: u32,
		},
		/// An emergency was reviewed.
		EmergencyReviewed {
			/// Its number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation that reviewed it.
			reviewer: OrganisationId,
			/// What it found.
			finding: ReviewFinding,
		},
		/// A review passes on: another organisation is to be drawn.
		ReviewPassedOn {
			/// The emergency's number.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation that it leaves.
			reviewer: OrganisationId,
			/// Why.
			cause: PassingCause,
			/// The block whose hash draws the next one.
			draw_block: u32,
		},
		/// A practitioner's emergency role is suspended.
		RoleSuspended {
			/// The practitioner.
			practitioner: AccountId32,
			/// The emergency that led to it.
			emergency: EmergencyId,
			/// Why.
			cause: SuspensionCause,
			/// The first moment at which the role does not count.
			since: Moment,
		},
		/// The council reinstated a practitioner's emergency role.
		RoleReinstated {
			/// The practitioner.
			practitioner: AccountId32,
		},
		/// The council set how many emergencies an organisation's practitioners may declare in a
		/// day.
		OrganisationCapSet {
			/// How many.
			emergencies: u32,
		},
	}

	/// Why a call was refused. Nothing changed.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id: check it with the organisation that enrolled the patient.
		PatientNotFound,
		/// The patient is dead, as two organisations say: nothing is urgent.
		PatientDeceased,
		/// There is no emergency of this number: list the patient's emergencies.
		EmergencyNotFound,
		/// The caller is not the one who may do this: sign with the account that the call's
		/// documentation names.
		NotAuthorized,
		/// The caller holds no credential valid now: ask the organisation to credential you.
		NoCredential,
		/// The caller's credential does not carry the emergency role: ask the organisation.
		NoEmergencyRole,
		/// The caller's emergency role is suspended: the council can reinstate it.
		RoleSuspended,
		/// An emergency of the caller was not justified in time, and with that the role is
		/// suspended: the council can reinstate it.
		JustificationOverdue,
		/// An emergency lasts from 1 to 240 minutes: give a number between.
		MinutesOutOfRange,
		/// The caller has an active emergency for this patient: use it, or end it first.
		AlreadyDeclared,
		/// The caller has as many active emergencies as allowed: end one that is no longer
		/// needed.
		MaxActiveExceeded,
		/// The caller has as many emergencies to justify as allowed: justify those that are
		/// over.
		MaxUnjustifiedExceeded,
		/// The caller has declared as many emergencies today as allowed: have a colleague
		/// declare, or wait until midnight (UTC).
		MaxOfDayExceeded,
		/// The organisation's practitioners have declared as many emergencies today as allowed:
		/// wait until midnight (UTC), or have the council raise the cap.
		MaxOfOrganisationExceeded,
		/// No other organisation is active that could review it: wait until one is.
		NoReviewer,
		/// The emergency was ended, or its time is over.
		EmergencyOver,
		/// The emergency is still active: end it, or wait until it is over.
		StillActive,
		/// The commitment is empty: commit to the written justification.
		NoCommitment,
		/// The emergency is justified already: nothing is left to do.
		AlreadyJustified,
		/// No reviewer is to be drawn for this emergency now: it waits for its justification, is
		/// under review, or is settled.
		NotAwaitingDraw,
		/// The block whose hash decides has not come yet: wait some blocks.
		DrawTooEarly,
		/// No organisation is drawn to review this emergency: draw one first.
		NotUnderReview,
		/// The emergency is reviewed already.
		AlreadyReviewed,
		/// The time for a finding is over: pass the review on.
		ReviewOverdue,
		/// The caller declared this emergency: somebody else must review it.
		OwnEmergency,
		/// The reviewing organisation still has time: wait until the review is overdue.
		ReviewNotOverdue,
		/// The declarer still has time to justify: wait until the justification is overdue.
		JustificationNotOverdue,
		/// It is noted already that this emergency was not justified in time.
		AlreadyNoted,
		/// The practitioner's emergency role is not suspended. If a justification is overdue,
		/// note that first.
		NotSuspended,
		/// A cap of nothing would leave nobody in an emergency: name a number from 1.
		CapOutOfRange,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			Self::check_constants();
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Declare an emergency: for its time, you may open this patient's documents for
		/// emergency treatment without the patient's permission, unless the patient has refused
		/// even that. The patient sees it. You must justify it afterwards, and another
		/// organisation reviews it.
		///
		/// patient: who is treated. reason: why the patient cannot be asked. minutes: how long,
		/// from 1 to 240.
		/// Who: a practitioner whose credential, valid now, carries the emergency role.
		/// Fails: NoCredential, NoEmergencyRole, MinutesOutOfRange, RoleSuspended,
		/// JustificationOverdue, PatientNotFound, PatientDeceased, AlreadyDeclared,
		/// MaxActiveExceeded, MaxUnjustifiedExceeded, MaxOfDayExceeded,
		/// MaxOfOrganisationExceeded, NoReviewer.
		/// Event: EmergencyDeclared.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::declare())]
		pub fn declare(
			origin: OriginFor<T>,
			patient: PatientId,
			reason: EmergencyReason,
			minutes: u16,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_declare(who, patient, reason, minutes, Self::now())
		}

		/// End an emergency that you declared before its time is over: from now on the patient's
		/// directives decide again.
		///
		/// emergency: its number.
		/// Who: the practitioner who declared it.
		/// Fails: EmergencyNotFound, NotAuthorized, EmergencyOver. Event: EmergencyEnded.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::end())]
		pub fn end(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_end(who, emergency, Self::now())
		}

		/// Justify an emergency that you declared, once it is over and before the time for that
		/// has passed. An organisation other than yours is then drawn to review it.
		///
		/// emergency: its number. justification: what became of it. commitment: salted hash of
		/// your written justification, which is kept off chain and shown to the reviewer.
		/// Who: the practitioner who declared it.
		/// Fails: EmergencyNotFound, NotAuthorized, StillActive, AlreadyJustified,
		/// JustificationOverdue, NoCommitment. Event: EmergencyJustified.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::justify())]
		pub fn justify(
			origin: OriginFor<T>,
			emergency: EmergencyId,
			justification: Justification,
			commitment: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_justify(who, emergency, justification, commitment, Self::now())
		}

		/// Draw the organisation that reviews an emergency, by the hash of a block that was not
		/// known when the emergency was justified. Whoever calls this changes nothing about who
		/// is drawn.
		///
		/// emergency: its number.
		/// Who: any account that may sign.
		/// Fails: EmergencyNotFound, NotAwaitingDraw, DrawTooEarly, NoReviewer. Events:
		/// ReviewerDrawn, or DrawPutOff if the hash is no longer kept.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::draw())]
		pub fn draw(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_draw(emergency, Self::now())
		}

		/// Review an emergency for which your organisation was drawn: say whether declaring it
		/// was right. If it was not, its declarer can declare no more emergencies until the
		/// council reinstates the role.
		///
		/// emergency: its number. finding: Justified or Adverse.
		/// Who: the controller or an agent of the drawn organisation, other than the declarer.
		/// Fails: EmergencyNotFound, NotUnderReview, AlreadyReviewed, NotAuthorized,
		/// OwnEmergency, ReviewOverdue. Events: EmergencyReviewed and, if adverse,
		/// RoleSuspended.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::review())]
		pub fn review(
			origin: OriginFor<T>,
			emergency: EmergencyId,
			finding: ReviewFinding,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_review(who, emergency, finding, Self::now())
		}

		/// Pass on a review for which no finding came in time, or whose organisation is no longer
		/// active: another organisation is drawn. A missed review counts against the one that
		/// missed it, for everybody to see.
		///
		/// emergency: its number.
		/// Who: any account that may sign.
		/// Fails: EmergencyNotFound, NotUnderReview, AlreadyReviewed, ReviewNotOverdue. Event:
		/// ReviewPassedOn.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::pass_on())]
		pub fn pass_on(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pass_on(who, emergency, Self::now())
		}

		/// Note that an emergency was not justified in time. Its declarer's emergency role has
		/// been suspended since then, and what the declarer has active ends.
		///
		/// emergency: its number.
		/// Who: any account that may sign.
		/// Fails: EmergencyNotFound, AlreadyJustified, AlreadyNoted, JustificationNotOverdue.
		/// Event: RoleSuspended.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::suspend_unjustified())]
		pub fn suspend_unjustified(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_suspend_unjustified(who, emergency, Self::now())
		}

		/// Reinstate a practitioner's emergency role: the practitioner can declare emergencies
		/// again. What was ended by the suspension stays ended.
		///
		/// practitioner: whose role.
		/// Who: the council, through enact.
		/// Fails: NotSuspended. Event: RoleReinstated.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::reinstate())]
		pub fn reinstate(origin: OriginFor<T>, practitioner: AccountId32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate(practitioner)
		}

		/// Set how many emergencies the practitioners of one organisation may declare in a
		/// calendar day, together. Those declared already stay.
		///
		/// emergencies: how many, at least one.
		/// Who: the council, through enact.
		/// Fails: CapOutOfRange. Event: OrganisationCapSet.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::set_organisation_cap())]
		pub fn set_organisation_cap(origin: OriginFor<T>, emergencies: u32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			ensure!(emergencies > 0, Error::<T>::CapOutOfRange);
			OrganisationCap::<T>::put(emergencies);
			Self::deposit_event(Event::OrganisationCapSet { emergencies });
			Ok(())
		}
	}

	/// Reads for wallets and services. A page holds at most 100 rows, whatever is asked for;
	/// an empty page is past the end.
	/// The reads of the runtime API.
	impl<T: Config> Pallet<T> {
		/// An emergency, with how it stands now.
		pub fn emergency(emergency: EmergencyId) -> Option<(EmergencyRow, EmergencyState)> {
			let row = Emergencies::<T>::get(emergency)?;
			let state = row.state(Self::now());
			Some((row, state))
		}

		/// All emergencies from this number on.
		pub fn emergencies(from: EmergencyId, limit: u32) -> Vec<(EmergencyId, EmergencyRow)> {
			Self::page(from, limit, NextEmergency::<T>::get())
				.filter_map(|id| Some((id, Emergencies::<T>::get(id)?)))
				.collect()
		}

		/// The patient's emergencies in the order of their declaration, from this position on,
		/// past ones included, each with its number.
		pub fn emergencies_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			Self::page(from, limit, EmergencyCount::<T>::get(patient))
				.filter_map(|position| {
					let id = EmergenciesOf::<T>::get(patient, position)?;
					Some((id, Emergencies::<T>::get(id)?))
				})
				.collect()
		}

		/// The emergencies that an organisation is to review, after this one in storage order.
		pub fn reviews_of(
			organisation: OrganisationId,
			after: Option<EmergencyId>,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			let numbers = match after {
				Some(last) => ReviewsOf::<T>::iter_key_prefix_from(
					organisation,
					ReviewsOf::<T>::hashed_key_for(organisation, last),
				),
				None => ReviewsOf::<T>::iter_key_prefix(organisation),
			};
			numbers
				.take(limit.min(MAX_PAGE) as usize)
				.filter_map(|id| Some((id, Emergencies::<T>::get(id)?)))
				.collect()
		}

		/// Where a practitioner stands who declares emergencies.
		pub fn declarer(practitioner: AccountId32) -> Declarer {
			Declarer {
				suspension: Suspensions::<T>::get(&practitioner),
				open: Unjustified::<T>::get(&practitioner).into_inner(),
				today: OfPractitioner::<T>::get(&practitioner)
					.on(Self::now())
					.declared,
			}
		}
	}
}
