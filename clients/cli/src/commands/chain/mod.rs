//! `chain`: the state of the chain and of the node, and waiting for blocks.

mod status;
mod wait;

verbs! {
	/// The verbs.
	Chain {
		Status(status::Status),
		Wait(wait::Wait),
	}
}
