//! `emergency`: break-glass, from the declaration to the review.

mod check;
mod declare;
mod declarer;
mod draw;
mod end;
mod justify;
mod list;
mod pass_on;
mod review;
mod reviews;
mod show;
mod suspend;

verbs! {
	/// The verbs.
	Emergency {
		Declare(declare::Declare),
		List(list::List),
		Show(show::Show),
		End(end::End),
		Justify(justify::Justify),
		Check(check::Check),
		Draw(draw::Draw),
		Reviews(reviews::Reviews),
		Review(review::Review),
		PassOn(pass_on::PassOn),
		Suspend(suspend::Suspend),
		Declarer(declarer::Declarer),
	}
}
