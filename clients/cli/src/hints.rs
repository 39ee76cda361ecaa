//! The library's failures name no option and no command. This adds the one that helps.

use assent_client::Failure;

/// Adds a hint to the message of a failure; the code stays.
pub fn add(failure: Failure) -> Failure {
	match of(&failure.code) {
		Some(hint) => Failure { message: format!("{}; {hint}", failure.message), ..failure },
		None => failure,
	}
}

fn of(code: &str) -> Option<&'static str> {
	match code {
		"Node" | "OtherChain" => Some("--node names the node"),
		"Timeout" => Some("assent chain status shows the chain"),
		"NoReaderKey" => {
			Some("assent key new-reader makes a reader's key, and assent key publish publishes it")
		}
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn hint_should_follow_the_message_and_leave_the_code() {
		let failure = add(Failure::environment("Node", "the node is away"));
		assert_eq!(failure.message, "the node is away; --node names the node");
		assert_eq!(failure.code, "Node");
		let other = Failure::refused("NotFound", "no such record");
		assert_eq!(add(other.clone()), other);
	}
}
