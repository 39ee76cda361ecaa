//! `recovery`: another account takes over a patient id, in public and with delay.

mod consent;
mod finish;
mod propose;
mod support;
mod veto;

verbs! {
	/// The verbs.
	Recovery {
		Consent(consent::Consent),
		Propose(propose::Propose),
		Support(support::Support),
		Veto(veto::Veto),
		Finish(finish::Finish),
	}
}
