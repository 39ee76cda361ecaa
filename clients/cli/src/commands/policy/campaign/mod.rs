//! `policy campaign`: an organisation asks its patients to accept the newest version.

mod ask;
mod end;
mod open;
mod show;

verbs! {
	/// The verbs.
	Campaign {
		Open(open::Open),
		Ask(ask::Ask),
		End(end::End),
		Show(show::Show),
	}
}
