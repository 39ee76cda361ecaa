//! Progress of work that takes long, on standard error and only where a person watches.

use assent_client::progress::{Progress, Size, Work};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
	io::{self, IsTerminal},
	time::Duration,
};

const WAIT: &str = "{spinner} {msg} ({elapsed})";
const BYTES: &str = "{msg} [{bar:30}] {bytes}/{total_bytes} ({eta})";
const STEPS: &str = "{msg} [{bar:30}] {pos}/{len}";

/// A bar, or a spinner, for each piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Bars;

struct Bar(ProgressBar);

impl Progress for Bars {
	fn begin(&self, what: &str, size: Size) -> Box<dyn Work> {
		let (length, template) = match size {
			Size::Open => (None, WAIT),
			Size::Bytes(bytes) => (Some(bytes), BYTES),
			Size::Steps(steps) => (Some(steps), STEPS),
		};
		let bar = ProgressBar::with_draw_target(length, target());
		bar.set_style(style(template));
		bar.set_message(what.to_string());
		if size == Size::Open {
			bar.enable_steady_tick(Duration::from_millis(120));
		}
		Box::new(Bar(bar))
	}
}

impl Work for Bar {
	fn say(&self, what: &str) {
		self.0.set_message(what.to_string());
	}

	fn advance(&self, by: u64) {
		self.0.inc(by);
	}
}

impl Drop for Bar {
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
		for template in [WAIT, BYTES, STEPS] {
			ProgressStyle::with_template(template).unwrap();
		}
	}
}
