//! `access`: an account asks to do something with a record. A denial is an answer, not an error:
//! it is printed as data, and the exit code is 1.

mod ask;
mod check;

verbs! {
	/// The verbs.
	Access {
		Ask(ask::Ask),
		Check(check::Check),
	}
}
