//! Progress of what takes long, on standard error and only where a person watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
	io::{self, IsTerminal, Read},
	time::Duration,
};

/// Something under way; gone when dropped.
pub struct Progress(ProgressBar);

impl Progress {
	/// A wait whose end nobody knows.
	pub fn wait(message: impl Into<String>) -> Self {
		let bar = ProgressBar::with_draw_target(None, target());
		bar.set_style(style("{spinner} {msg} ({elapsed})"));
		bar.set_message(message.into());
		bar.enable_steady_tick(Duration::from_millis(120));
		Self(bar)
	}

	/// A transfer of that many bytes.
	pub fn bytes(message: impl Into<String>, size: u64) -> Self {
		let bar = ProgressBar::with_draw_target(Some(size), target());
		bar.set_style(style("{msg} [{bar:30}] {bytes}/{total_bytes} ({eta})"));
		bar.set_message(message.into());
		Self(bar)
	}

	/// That many steps.
	pub fn steps(message: impl Into<String>, steps: u64) -> Self {
		let bar = ProgressBar::with_draw_target(Some(steps), target());
		bar.set_style(style("{msg} [{bar:30}] {pos}/{len}"));
		bar.set_message(message.into());
		Self(bar)
	}

	/// Says what is waited for now.
	pub fn say(&self, message: impl Into<String>) {
		self.0.set_message(message.into());
	}

	/// One step, or as many bytes.
	pub fn advance(&self, by: u64) {
		self.0.inc(by);
	}

	/// Counts what is read.
	pub fn reading<R: Read>(&self, reader: R) -> impl Read {
		self.0.wrap_read(reader)
	}
}

impl Drop for Progress {
	fn drop(&mut self) {
		self.0.finish_and_clear();
	}
}

fn target() -> ProgressDrawTarget {
	if io::stderr().is_terminal() {
		ProgressDrawTarget::stderr()
	} else {
		ProgressDrawTarget::hidden()
	}
}

fn style(template: &str) -> ProgressStyle {
	// The templates are ours and fixed.
	ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn templates_should_be_well_formed() {
		for template in [
			"{spinner} {msg} ({elapsed})",
			"{msg} [{bar:30}] {bytes}/{total_bytes} ({eta})",
			"{msg} [{bar:30}] {pos}/{len}",
		] {
			ProgressStyle::with_template(template).unwrap();
		}
	}
}
