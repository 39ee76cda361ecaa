//! The rights of each role, by the state of the patient.

use assent_support::{Condition, Deed, Refusal, Relation};

/// The facts that limit the rights of a patient's representatives and of the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
	/// The controller took the id out of use.
	pub left: bool,
	/// The controller is being changed.
	pub recovering: bool,
	/// The condition, as two organisations said.
	pub condition: Condition,
}

impl State {
	/// Whether an account in this relation to the patient may do this. The one table of rights:
	///
	/// | | controller | guardian | delegate, within the mandate |
	/// |---|---|---|---|
	/// | in use | everything | everything | everything |
	/// | being recovered | withdraw | everything | withdraw |
	/// | incapable | withdraw, open documents | everything | withdraw |
	/// | left | withdraw, dispute, open documents | the same | withdraw |
	/// | dead | withdraw | withdraw, open documents | withdraw |
	///
	/// With two states at once, both must allow the deed.
	pub fn allows(&self, relation: Relation, deed: Deed) -> Result<(), Refusal> {
		use Deed::{Dispute, OpenDocuments, Withdraw};
		use Relation::{Controller, Guardian};
		// A withdrawal is always allowed.
		if deed == Withdraw {
			return Ok(());
		}
		if self.condition == Condition::Deceased
			&& !matches!((relation, deed), (Guardian, OpenDocuments))
		{
			return Err(Refusal::Deceased);
		}
		if self.recovering && relation != Guardian {
			return Err(Refusal::InRecovery);
		}
		if self.left
			&& !matches!((relation, deed), (Controller | Guardian, Dispute | OpenDocuments))
		{
			return Err(Refusal::Left);
		}
		if self.condition == Condition::Incapable
			&& !matches!((relation, deed), (Guardian, _) | (Controller, OpenDocuments))
		{
			return Err(Refusal::Incapable);
		}
		Ok(())
	}
}
