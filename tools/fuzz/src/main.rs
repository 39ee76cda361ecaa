//! `assent-fuzz`: replays a corpus, searches for new inputs, makes a corpus small.
//!
//! Exit code 0: no input broke anything. 1: an input broke something. The program keeps and
//! names the input. 2: wrong usage, or a file that can't be read or written.

use assent_fuzz::{
	coverage,
	reach::{never, Reach},
	search::{add, minimise, replay, search, Limit, Report},
	Outcomes,
};
use clap::{Parser, Subcommand};
use std::{
	path::{Path, PathBuf},
	process::ExitCode,
	time::Duration,
};

/// Fuzzes the runtime of Assent.
#[derive(Parser)]
#[command(name = "assent-fuzz")]
struct Cli {
	/// The folder of inputs.
	#[arg(long, default_value = "tools/fuzz/corpus")]
	corpus: PathBuf,
	/// The folder that keeps the inputs that break something.
	#[arg(long, default_value = "tools/fuzz/failures")]
	failures: PathBuf,
	/// Print every outcome that was reached.
	#[arg(long)]
	outcomes: bool,
	#[command(subcommand)]
	task: Task,
}

#[derive(Subcommand)]
enum Task {
	/// Play every input of the corpus.
	Replay,
	/// Replay the corpus, then search for new inputs and add these inputs.
	Search {
		/// The duration of the search, in seconds.
		#[arg(long, default_value_t = 60)]
		seconds: u64,
		/// The number of inputs to try, instead of a duration.
		#[arg(long, conflicts_with = "seconds")]
		inputs: Option<u64>,
		/// The seed of chance: the same seed searches the same way.
		#[arg(long, default_value_t = 1)]
		seed: u64,
	},
	/// Add each input of another folder that reaches a new outcome.
	Add {
		/// The other folder.
		from: PathBuf,
	},
	/// Remove the inputs that other inputs make superfluous.
	Minimise,
	/// Play every input of the corpus. Tell of each call whether the call was carried out, and
	/// which errors never refused the call.
	Outcomes,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	match carry_out(&cli) {
		Ok(report) => {
			if matches!(cli.task, Task::Outcomes) {
				tell_of_calls(&report.outcomes);
			}
			if cli.outcomes {
				report.outcomes.iter().for_each(|outcome| println!("{outcome}"));
			}
			println!("{}", told(&report));
			for (path, what) in &report.broken {
				eprintln!("broken by {}: {what}", path.display());
			}
			ExitCode::from(u8::from(!report.broken.is_empty()))
		}
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::from(2)
		}
	}
}

fn carry_out(cli: &Cli) -> std::io::Result<Report> {
	let (corpus, failures): (&Path, &Path) = (&cli.corpus, &cli.failures);
	match &cli.task {
		Task::Add { from } => add(corpus, from, failures),
		Task::Replay | Task::Outcomes => replay(corpus, failures),
		Task::Search { seconds, inputs, seed } => search(
			corpus,
			failures,
			*seed,
			inputs.map_or(Limit::Time(Duration::from_secs(*seconds)), Limit::Inputs),
			|report| {
				eprintln!("{}", told(report));
			},
		),
		Task::Minimise => {
			eprintln!("{} inputs stay", minimise(corpus, failures)?);
			replay(corpus, failures)
		}
	}
}

/// Prints one line for each call, then the errors and events that never happened.
fn tell_of_calls(outcomes: &Outcomes) {
	let reach = Reach::of(outcomes);
	reach.iter().for_each(|call| println!("{call}"));
	let (errors, events) = never(outcomes);
	println!("errors of ours that never refused anything: {}", errors.join(", "));
	println!("events of ours that never happened: {}", events.join(", "));
	let ours: Vec<_> = reach.iter().filter(|call| call.is_ours()).collect();
	let carried_out = ours.iter().filter(|call| call.carried_out).count();
	println!("{carried_out} of {} calls of ours were carried out", ours.len());
}

fn told(report: &Report) -> String {
	let edges = match coverage::edges() {
		0 => String::new(),
		all => format!(" and {} of {all} edges", report.edges.len()),
	};
	format!(
		"{} inputs, {} outcomes{edges}, {} broke something",
		report.inputs,
		report.outcomes.len(),
		report.broken.len()
	)
}
