//! `directive`: the rules of a patient. A grant is a directive that permits, made in one call.

mod grant;
mod list;
mod make;
mod replace;
mod show;
mod withdraw;

pub use grant::Grant;
pub use withdraw::Withdraw;

verbs! {
	/// The verbs.
	Directive {
		Grant(Grant),
		Make(make::Make),
		Replace(replace::Replace),
		Withdraw(Withdraw),
		List(list::List),
		Show(show::Show),
	}
}
