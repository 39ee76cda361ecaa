//! `key`: signing keys and readers' keys.

mod new;
mod new_reader;
mod publish;
mod show;

verbs! {
	/// The verbs.
	Key {
		New(new::New),
		Show(show::Show),
		NewReader(new_reader::NewReader),
		Publish(publish::Publish),
	}
}
