//! Arguments that several verbs take, made usable.

mod engagement;
mod labels;
mod messages;
mod new_directive;
mod new_key;
mod new_version;
mod question;
mod signing;
mod terms;
mod vault;

pub use engagement::{Engaged, ToEngage};
pub use labels::{sensitivities, LabelArgs};
pub use messages::{message_to_enrol, message_to_recover};
pub use new_directive::NewDirective;
pub use new_key::{MadeFile, NewKey};
pub use new_version::{submit_placed, NewVersion};
pub use question::Question;
pub use signing::signing;
pub use terms::Terms;
pub use vault::VaultArgs;
