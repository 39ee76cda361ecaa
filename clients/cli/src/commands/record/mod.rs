//! `record`: records and their documents.

mod add;
mod correct;
mod dispute;
mod erase;
mod list;
mod open;
mod permitted;
mod put;
mod register;
mod relabel;
mod rotate;
mod seal;
mod settle;
mod share;
mod show;
mod unshare;

verbs! {
	/// The verbs.
	Record {
		Seal(seal::Seal),
		Put(put::Put),
		Register(register::Register),
		Add(add::Add),
		Correct(correct::Correct),
		Rotate(rotate::Rotate),
		Relabel(relabel::Relabel),
		Dispute(dispute::Dispute),
		Settle(settle::Settle),
		Erase(erase::Erase),
		List(list::List),
		Show(show::Show),
		Share(share::Share),
		Unshare(unshare::Unshare),
		WrapPermitted(permitted::WrapPermitted),
		Open(open::Open),
	}
}
