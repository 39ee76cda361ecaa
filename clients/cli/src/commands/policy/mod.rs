//! `policy`: versions of base policies, acceptances by patients, and campaigns that ask.

mod accept;
mod built_on;
mod campaign;
mod list;
mod refuse;
mod status;

verbs! {
	/// The verbs.
	Policy {
		List(list::List),
		Status(status::Status),
		Accept(accept::Accept),
		Refuse(refuse::Refuse),
		BuiltOn(built_on::BuiltOn),
		/// Ask patients to accept the newest version
		#[command(subcommand)]
		Campaign(campaign::Campaign),
	}
}
