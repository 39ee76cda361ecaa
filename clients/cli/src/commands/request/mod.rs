//! `request`: practitioners ask, patients answer.

mod approve;
mod list;
mod make;
mod refuse;

verbs! {
	/// The verbs.
	Request {
		Make(make::Make),
		Approve(approve::Approve),
		Refuse(refuse::Refuse),
		List(list::List),
	}
}
