//! Break-glass. A practitioner with the emergency role may open a patient's documents for a few
//! hours without the patient's permission, unless the patient has refused even emergency access.
//! The practitioner answers for the access afterwards: the practitioner justifies the emergency,
//! and an organisation drawn by the chain reviews the emergency. The pallet keeps the emergencies
//! from the declaration to the end. `pallet-consent` asks this pallet when an access is decided.
//!
//! # Terms
//! - **Emergency**: declared by a practitioner for one patient, with a reason code, for four hours
//!   at most. An emergency is *active* until its time is over or somebody ends it.
//! - **Justification**: a code for the result of the emergency, and a salted commitment to a
//!   written justification. The written justification stays off chain.
//! - **Review**: a drawn organisation gives a *finding*: justified or adverse.
//! - **Missed**: a review without a finding in time. A missed review passes on to another
//!   organisation and is counted against the organisation that missed it.
//! - **Suspension**: the loss of the emergency role, after a missed justification or an adverse
//!   finding. A suspended practitioner can declare no emergency until the council reinstates the
//!   role.
//!
//! ```text
//!  declare      end, or time     justify           draw              review
//! ────────► active ────────► owed ────────► to be drawn ────────► under review ────────► found
//!                             │                   ▲                    │ missed      right, or
//!                 not in time │                   └────── pass_on ─────┘             wrong ┐
//!                             └──────────────────► role suspended ◄────────────────────────┘
//! ```
//!
//! # A scenario
//! An ambulance brings an unconscious man to the hospital. The emergency clinician calls `declare`
//! for two hours, opens the medication list, and calls `end` when the man is stable. The patient's
//! wallet shows the emergency at once. The next day the clinician writes half a page, keeps the
//! page in the hospital's files, and calls `justify` with a commitment to the page. Ten seconds
//! later anybody, for instance the clinician's own command line, calls `draw`: the laboratory is to
//! review. The laboratory asks the hospital for the page, checks the commitment, reads the trail,
//! and calls `review`: justified.
//!
//! After fourteen days without a finding, anybody could have called `pass_on`. The miss would stand
//! beside the laboratory's name, and the chain would have drawn another member. After three days
//! without a justification, the clinician's next `declare` would have been refused.
//! `suspend_unjustified` would have noted the suspension, and the council alone could have
//! reinstated the role.
//!
//! # Storage
//! - [`Emergencies`], [`NextEmergency`], [`EmergenciesOf`], [`EmergencyCount`]: the rows, and the
//!   positions in the patients' lists. Both stay for good.
//! - [`Unjustified`]: the declarer's list of emergencies to be justified.
//! - [`OfPractitioner`], [`OfOrganisation`], [`OrganisationCap`]: two counts of the day, and the
//!   cap.
//! - [`Suspensions`]: the suspended practitioners.
//! - [`ReviewsOf`], [`ReviewCounts`]: the owed reviews by organisation, until a finding is given,
//!   and the counts.
//!
//! A call reads a bounded number of rows: the declarer's list, two counts, one row. The number does
//! not depend on the number of emergencies.
//!
//! # Calls
//! | Call | Caller | Event |
//! |---|---|---|
//! | `declare` | practitioner with the emergency role | `EmergencyDeclared` |
//! | `end` | declarer | `EmergencyEnded` |
//! | `justify` | declarer | `EmergencyJustified` |
//! | `draw` | any signed account | `ReviewerDrawn`, `DrawPutOff` |
//! | `review` | controller or agent of the drawn organisation | `EmergencyReviewed`, perhaps `RoleSuspended` |
//! | `pass_on` | any signed account, once the review is overdue | `ReviewPassedOn` |
//! | `suspend_unjustified` | any signed account, once the justification is overdue | `RoleSuspended` |
//! | `reinstate` | root, through `enact` | `RoleReinstated` |
//! | `set_organisation_cap` | root, through `enact` | `OrganisationCapSet` |
//!
//! A suspension also ends the active emergencies of the practitioner: `EmergencyEnded` for each,
//! four at most.
//!
//! # Rules
//! - **An emergency is valid** while its declarer holds the emergency role at the organisation of
//!   the declaration, and the role is not suspended.
//! - **A deadline needs no transaction.** When a justification is overdue, the declarer can declare
//!   no emergency, has no active emergency, and can no longer justify. A call of
//!   `suspend_unjustified` changes none of this: the call only records the suspension, with the
//!   deadline as its moment. Reviews work alike: a late finding is refused, and the review is
//!   missed.
//! - **The draw** ranks the active organisations by the hash of a block some blocks after the
//!   justification. The hash is unknown when the justification is signed.
//! - **Excluded from the draw** are the organisation of the declaration, the organisation that
//!   vouches for the practitioner now, and the organisation that the review just left (unless there
//!   is no other). The patient's own organisation is not excluded. Often its documents were opened,
//!   and it learns least from reading about its own patient.
//! - **The author of the deciding block** can choose among several possible hashes. If its
//!   organisation wants a draw, the author has more than one chance; see the threat model.
//! - **Without another active organisation** there is no reviewer, so no emergency can be declared.
//!   If the others go away later, the draw waits for one.
//! - **A reviewer that is suspended or removed** loses its reviews at once by `pass_on`. Such a
//!   review is not missed.
//! - **Caps** limit three numbers of a practitioner: active emergencies, emergencies to be
//!   justified, and declarations in a day. A cap also limits the declarations of an organisation in
//!   a day. Days are calendar days (UTC), so a night can hold two days' worth.
//! - **A suspension stops break-glass and nothing else.** The credential stays valid, and rights
//!   that a directive or a base policy grants to the emergency role stay valid.
//! - **Only the council reinstates.** The organisation of a suspended practitioner has an interest,
//!   and a single reviewer may be wrong or hostile. Two thirds of the council in public have no
//!   such fault. A second suspension for another emergency is no obstacle to a reinstatement. An
//!   overdue emergency without a note suspends the role afresh.
//!
//! # Assumptions
//! - Time never runs backwards.
//! - A suspension concerns an account. An organisation that credentials its practitioner under
//!   another account answers for the practitioner itself.
//! - If the chain stood still for days, deadlines of those days are overdue when the chain goes on.
//!   The council corrects the consequences.
//! - A question about an emergency at a past moment reads the patient's emergencies of the four
//!   hours before. Only reads ask such questions, no call.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod declare;
mod figures;
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

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use assent_policy::{Moment, OrganisationId, PatientId};
	use assent_support::{
		page, page_size, EmergencyReason, Justification, Members, PassingCause, Patients,
		ReviewFinding, Reviewers, SuspensionCause, Trail,
	};
	use frame_support::{pallet_prelude::*, traits::Time};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::AccountId32;

	/// The emergencies pallet.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// The types and constants that the runtime gives to this pallet.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
	{
		/// The origin that reinstates roles and sets the organisations' cap: root. Root is reached
		/// through `enact` only.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Wall clock, in milliseconds.
		type Time: Time<Moment = Moment>;
		/// The members of the consortium.
		type Members: Members;
		/// The organisations that can be drawn to review.
		type Reviewers: Reviewers;
		/// The patient ids.
		type Patients: Patients;
		/// The trail.
		type Trail: Trail;
		/// The maximum number of active emergencies of one practitioner at a time. A suspension
		/// ends at most as many.
		#[pallet::constant]
		type MaxActive: Get<u32>;
		/// The maximum number of emergencies that one practitioner still has to justify, active
		/// ones included. A lower value makes longer lists undecodable: wait until the emergencies
		/// are justified, or migrate.
		#[pallet::constant]
		type MaxUnjustified: Get<u32>;
		/// The maximum number of emergencies that one practitioner may declare in a calendar day.
		#[pallet::constant]
		type MaxOfDay: Get<u32>;
		/// The maximum number of emergencies that the practitioners of one organisation may declare
		/// in a calendar day, unless the genesis or the council sets another number.
		#[pallet::constant]
		type DefaultOrganisationCap: Get<u32>;
		/// The time after its end in which an emergency can be justified, in milliseconds. A change
		/// has effect for emergencies declared or ended afterwards.
		#[pallet::constant]
		type JustificationPeriod: Get<Moment>;
		/// The time in which a drawn organisation must give its finding, in milliseconds. A change
		/// has effect for later draws.
		#[pallet::constant]
		type ReviewPeriod: Get<Moment>;
		/// The number of blocks from the justification to the block with the deciding hash. At
		/// least one, so the hash is unknown when the justification is signed.
		#[pallet::constant]
		type DrawDelay: Get<u32>;
		/// Weights.
		type WeightInfo: WeightInfo;
		/// Sets up the state of other pallets for the benchmarks.
		#[cfg(any(feature = "runtime-benchmarks", test))]
		type BenchmarkHelper: benchmarking::BenchmarkHelper;
	}

	/// Every emergency ever declared. Written by `declare` and by each step after the declaration,
	/// never removed. Hasher: the numbers are ours.
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

	/// The number of the patient's emergencies: the next position in `EmergenciesOf`.
	#[pallet::storage]
	pub type EmergencyCount<T: Config> =
		StorageMap<_, Blake2_128Concat, PatientId, u32, ValueQuery>;

	/// The emergencies that a practitioner still has to justify, active ones included, in the order
	/// of their declaration. Written by `declare`, `end` and suspensions. `justify` and
	/// `suspend_unjustified` remove an item. Bounded by `MaxUnjustified`. Hasher: accounts come
	/// from outside.
	#[pallet::storage]
	pub type Unjustified<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		AccountId32,
		BoundedVec<Open, T::MaxUnjustified>,
		ValueQuery,
	>;

	/// The number of emergencies of a practitioner on the day of the latest declaration. Written by
	/// `declare`, never removed. Hasher: accounts come from outside.
	#[pallet::storage]
	pub type OfPractitioner<T: Config> =
		StorageMap<_, Blake2_128Concat, AccountId32, DayCount, ValueQuery>;

	/// The number of emergencies of an organisation's practitioners on the day of the latest
	/// declaration. Written by `declare`, never removed. Hasher: the numbers are ours.
	#[pallet::storage]
	pub type OfOrganisation<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, DayCount, ValueQuery>;

	/// The maximum number of emergencies that an organisation's practitioners may declare in a day,
	/// if the genesis or the council set the number. Written by `set_organisation_cap`, never
	/// removed.
	#[pallet::storage]
	pub type OrganisationCap<T: Config> =
		StorageValue<_, u32, ValueQuery, T::DefaultOrganisationCap>;

	/// The practitioners with a suspended emergency role. Written by `review` and
	/// `suspend_unjustified`, removed by `reinstate`. Hasher: accounts come from outside.
	#[pallet::storage]
	pub type Suspensions<T: Config> = StorageMap<_, Blake2_128Concat, AccountId32, Suspension>;

	/// The reviews that an organisation owes, each with the moment at which the review is missed.
	/// Written by `draw`, removed by `review` and `pass_on`. Hashers: both numbers are ours.
	#[pallet::storage]
	pub type ReviewsOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, OrganisationId, Twox64Concat, EmergencyId, Moment>;

	/// The counts of an organisation's reviews, for everybody to see. Written with `ReviewsOf`,
	/// never removed. Hasher: the numbers are ours.
	#[pallet::storage]
	pub type ReviewCounts<T: Config> =
		StorageMap<_, Twox64Concat, OrganisationId, ReviewCount, ValueQuery>;

	/// The values of a chain specification.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The maximum number of emergencies that an organisation's practitioners may declare in a
		/// day. The runtime's default if not given.
		pub organisation_cap: Option<u32>,
		/// Empty.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Panics on a value that the call would refuse. Such a chain specification must not be
		/// built.
		fn build(&self) {
			if let Some(cap) = self.organisation_cap {
				assert!(cap > 0, "organisationCap: name a number from 1");
				OrganisationCap::<T>::put(cap);
			}
		}
	}

	/// The events of this pallet.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A practitioner declared an emergency.
		EmergencyDeclared {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The practitioner.
			practitioner: AccountId32,
			/// The organisation that vouches for the practitioner.
			organisation: OrganisationId,
			/// The reason.
			reason: EmergencyReason,
			/// The first moment after the emergency.
			until: Moment,
		},
		/// An emergency ended before its time. The declarer ended the emergency, or lost the role.
		EmergencyEnded {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The declarer.
			practitioner: AccountId32,
			/// The first moment after the emergency.
			at: Moment,
		},
		/// The declarer justified an emergency.
		EmergencyJustified {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The declarer.
			practitioner: AccountId32,
			/// The result of the emergency.
			justification: Justification,
			/// Salted commitment to the written justification.
			commitment: H256,
			/// The block with the hash that draws the reviewer.
			draw_block: u32,
		},
		/// An organisation was drawn to review an emergency.
		ReviewerDrawn {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The drawn organisation.
			reviewer: OrganisationId,
			/// The first moment at which the organisation can no longer give a finding.
			due: Moment,
		},
		/// The chain no longer keeps the hash for the draw. The hash of a later block draws the
		/// reviewer.
		DrawPutOff {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The block with the hash that draws the reviewer.
			draw_block: u32,
		},
		/// An emergency was reviewed.
		EmergencyReviewed {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation of the review.
			reviewer: OrganisationId,
			/// The finding.
			finding: ReviewFinding,
		},
		/// A review passes on. Another organisation is to be drawn.
		ReviewPassedOn {
			/// The number of the emergency.
			emergency: EmergencyId,
			/// The patient.
			patient: PatientId,
			/// The organisation that loses the review.
			reviewer: OrganisationId,
			/// The cause.
			cause: PassingCause,
			/// The block with the hash that draws the next reviewer.
			draw_block: u32,
		},
		/// A practitioner's emergency role is suspended.
		RoleSuspended {
			/// The practitioner.
			practitioner: AccountId32,
			/// The emergency that led to the suspension.
			emergency: EmergencyId,
			/// The cause.
			cause: SuspensionCause,
			/// The first moment of the suspension.
			since: Moment,
		},
		/// The council reinstated a practitioner's emergency role.
		RoleReinstated {
			/// The practitioner.
			practitioner: AccountId32,
		},
		/// The council set the daily maximum of an organisation's practitioners.
		OrganisationCapSet {
			/// The maximum number of emergencies.
			emergencies: u32,
		},
	}

	/// The causes for which a call fails.
	#[pallet::error]
	pub enum Error<T> {
		/// No patient has this id. Check the id with the organisation that enrolled the patient.
		PatientNotFound,
		/// The patient is dead, as two organisations say. Declare no emergency.
		PatientDeceased,
		/// There is no emergency with this number. List the patient's emergencies.
		EmergencyNotFound,
		/// The caller may not do this. Sign with the account that the call's documentation names.
		NotAuthorized,
		/// The caller holds no credential that is valid now. Ask your organisation for a
		/// credential.
		NoCredential,
		/// The caller's credential does not carry the emergency role. Ask your organisation for the
		/// role.
		NoEmergencyRole,
		/// The caller's emergency role is suspended. Ask the council to reinstate the role.
		RoleSuspended,
		/// An emergency of the caller was not justified in time, so the role is suspended. Ask the
		/// council to reinstate the role.
		JustificationOverdue,
		/// The number of minutes is out of range. Give a number from 1 to 240.
		MinutesOutOfRange,
		/// The caller has an active emergency for this patient. Use the emergency, or end it first.
		AlreadyDeclared,
		/// The caller has the maximum number of active emergencies. End an emergency that is no
		/// longer needed.
		MaxActiveExceeded,
		/// The caller has the maximum number of emergencies to justify. Justify the emergencies
		/// that are over.
		MaxUnjustifiedExceeded,
		/// The caller has declared the maximum number of emergencies today. Ask a colleague to
		/// declare, or wait until midnight (UTC).
		MaxOfDayExceeded,
		/// The organisation's practitioners have declared the maximum number of emergencies today.
		/// Wait until midnight (UTC), or ask the council to raise the cap.
		MaxOfOrganisationExceeded,
		/// No other organisation is active, so there is no reviewer. Wait until another
		/// organisation is active.
		NoReviewer,
		/// The emergency was ended, or its time is over. There is nothing to end.
		EmergencyOver,
		/// The emergency is still active. End the emergency, or wait until its time is over.
		StillActive,
		/// The commitment is empty. Commit to the written justification.
		NoCommitment,
		/// The emergency is already justified. Do nothing.
		AlreadyJustified,
		/// The emergency waits for its justification, is under review, or is settled. No reviewer
		/// is to be drawn now.
		NotAwaitingDraw,
		/// The deciding block has not come yet. Wait some blocks.
		DrawTooEarly,
		/// No organisation is drawn to review this emergency. Draw an organisation first.
		NotUnderReview,
		/// The emergency is already reviewed. Do nothing.
		AlreadyReviewed,
		/// The time for a finding is over. Pass the review on.
		ReviewOverdue,
		/// The caller declared this emergency. Let somebody else review it.
		OwnEmergency,
		/// The reviewing organisation still has time. Wait until the review is overdue.
		ReviewNotOverdue,
		/// The declarer still has time to justify. Wait until the justification is overdue.
		JustificationNotOverdue,
		/// The missed justification of this emergency is already noted. Do nothing.
		AlreadyNoted,
		/// The practitioner's emergency role is not suspended. If a justification is overdue, first
		/// note the overdue justification.
		NotSuspended,
		/// A cap of zero would stop every emergency. Name a number from 1.
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
		/// Declare an emergency. For its time, you may open this patient's documents for emergency
		/// treatment without the patient's permission, unless the patient has refused even
		/// emergency access. The patient sees the emergency. You must justify the emergency
		/// afterwards, and another organisation reviews it.
		///
		/// patient: the treated patient. reason: the reason why the patient cannot be asked.
		/// minutes: the duration, from 1 to 240.
		/// Caller: a practitioner with a credential that is valid now and carries the emergency
		/// role.
		/// Fails: NoCredential, NoEmergencyRole, MinutesOutOfRange, RoleSuspended,
		/// JustificationOverdue, PatientNotFound, PatientDeceased, AlreadyDeclared,
		/// MaxActiveExceeded, MaxUnjustifiedExceeded, MaxOfDayExceeded, MaxOfOrganisationExceeded,
		/// NoReviewer.
		/// Event: EmergencyDeclared.
		#[pallet::call_index(0)]
		#[pallet::weight((T::WeightInfo::declare(), DispatchClass::Operational))]
		pub fn declare(
			origin: OriginFor<T>,
			patient: PatientId,
			reason: EmergencyReason,
			minutes: u16,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_declare(who, patient, reason, minutes, Self::now())
		}

		/// End an emergency that you declared, before its time is over. The patient's directives
		/// decide again from now on.
		///
		/// emergency: the number.
		/// Caller: the practitioner who declared the emergency.
		/// Fails: EmergencyNotFound, NotAuthorized, EmergencyOver. Event: EmergencyEnded.
		#[pallet::call_index(1)]
		#[pallet::weight((T::WeightInfo::end(), DispatchClass::Operational))]
		pub fn end(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_end(who, emergency, Self::now())
		}

		/// Justify an emergency that you declared, after its end and within the time for the
		/// justification. The chain then draws an organisation other than yours to review the
		/// emergency.
		///
		/// emergency: the number. justification: the result of the emergency. commitment: the
		/// salted hash of your written justification. The written justification stays off chain,
		/// and you show it to the reviewer.
		/// Caller: the practitioner who declared the emergency.
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

		/// Draw the organisation that reviews an emergency. The hash of a block decides. The hash
		/// was unknown when the emergency was justified, so the caller has no influence on the
		/// draw.
		///
		/// emergency: the number.
		/// Caller: any account that may sign.
		/// Fails: EmergencyNotFound, NotAwaitingDraw, DrawTooEarly, NoReviewer. Events:
		/// ReviewerDrawn, or DrawPutOff if the chain no longer keeps the hash.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::draw())]
		pub fn draw(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_draw(emergency, Self::now())
		}

		/// Review an emergency for which your organisation was drawn. State whether the declaration
		/// was right. After an adverse finding the declarer can declare no more emergencies until
		/// the council reinstates the role.
		///
		/// emergency: the number. finding: Justified or Adverse.
		/// Caller: the controller or an agent of the drawn organisation, other than the declarer.
		/// Fails: EmergencyNotFound, NotUnderReview, AlreadyReviewed, NotAuthorized, OwnEmergency,
		/// ReviewOverdue. Events: EmergencyReviewed and, if adverse, RoleSuspended.
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

		/// Pass on a review without a finding in time, or of an organisation that is no longer
		/// active. Another organisation is drawn. A missed review is counted against the
		/// organisation that missed it, for everybody to see.
		///
		/// emergency: the number.
		/// Caller: any account that may sign.
		/// Fails: EmergencyNotFound, NotUnderReview, AlreadyReviewed, ReviewNotOverdue. Event:
		/// ReviewPassedOn.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::pass_on())]
		pub fn pass_on(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_pass_on(who, emergency, Self::now())
		}

		/// Note that an emergency was not justified in time. The declarer's emergency role has been
		/// suspended since the deadline, and the active emergencies of the declarer end.
		///
		/// emergency: the number.
		/// Caller: any account that may sign.
		/// Fails: EmergencyNotFound, AlreadyJustified, AlreadyNoted, JustificationNotOverdue.
		/// Event: RoleSuspended.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::suspend_unjustified())]
		pub fn suspend_unjustified(origin: OriginFor<T>, emergency: EmergencyId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_suspend_unjustified(who, emergency, Self::now())
		}

		/// Reinstate a practitioner's emergency role. The practitioner can declare emergencies
		/// again. An emergency that the suspension ended stays ended.
		///
		/// practitioner: the account.
		/// Caller: the council, by enacting the call.
		/// Fails: NotSuspended. Event: RoleReinstated.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::reinstate())]
		pub fn reinstate(origin: OriginFor<T>, practitioner: AccountId32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::do_reinstate(practitioner)
		}

		/// Set the maximum number of emergencies that the practitioners of one organisation may
		/// declare together in a calendar day. Emergencies that are already declared stay.
		///
		/// emergencies: the number, at least one.
		/// Caller: the council, by enacting the call.
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

	/// The reads of the runtime API. A page holds at most 100 rows, for any limit. An empty page is
	/// past the end.
	impl<T: Config> Pallet<T> {
		/// An emergency with its present state.
		pub fn emergency(emergency: EmergencyId) -> Option<(EmergencyRow, EmergencyState)> {
			let row = Emergencies::<T>::get(emergency)?;
			let state = row.state(Self::now());
			Some((row, state))
		}

		/// A page of all emergencies. `from`: the first number of the page. `limit`: the number of
		/// rows, at most 100.
		pub fn emergencies(from: EmergencyId, limit: u32) -> Vec<(EmergencyId, EmergencyRow)> {
			page(from, limit, NextEmergency::<T>::get())
				.filter_map(|id| Some((id, Emergencies::<T>::get(id)?)))
				.collect()
		}

		/// A page of the patient's emergencies in the order of their declaration, past ones
		/// included, each with its number. `from`: the first position of the page. `limit`: the
		/// number of rows, at most 100.
		pub fn emergencies_of(
			patient: PatientId,
			from: u32,
			limit: u32,
		) -> Vec<(EmergencyId, EmergencyRow)> {
			page(from, limit, EmergencyCount::<T>::get(patient))
				.filter_map(|position| {
					let id = EmergenciesOf::<T>::get(patient, position)?;
					Some((id, Emergencies::<T>::get(id)?))
				})
				.collect()
		}

		/// A page of the emergencies that an organisation is to review, in storage order. `after`:
		/// the last emergency of the page before. `limit`: the number of rows, at most 100.
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
				.take(page_size(limit))
				.filter_map(|id| Some((id, Emergencies::<T>::get(id)?)))
				.collect()
		}

		/// The suspension, the open emergencies and the count of the day of a practitioner.
		pub fn declarer(practitioner: AccountId32) -> Declarer {
			Declarer {
				suspension: Suspensions::<T>::get(&practitioner),
				open: Unjustified::<T>::get(&practitioner).into_inner(),
				today: OfPractitioner::<T>::get(&practitioner).on(Self::now()).declared,
			}
		}
	}
}
