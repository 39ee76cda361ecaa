//! `organisation`: the members of the consortium.

mod agent;
mod endpoint;
mod list;
mod policy;
mod show;

verbs! {
	/// The verbs.
	Organisation {
		List(list::List),
		Show(show::Show),
		Endpoint(endpoint::Endpoint),
		/// Name or end the accounts that act for the organisation
		#[command(subcommand)]
		Agent(agent::Agent),
		/// The organisation's rules for its own documents
		#[command(subcommand)]
		Policy(policy::Policy),
	}
}
