//! `assent-fuzz`: replays a corpus, looks for new inputs, makes a corpus small. Exit code 0:
//! nothing broke. 1: something did; the input is kept and named. 2: usage or files.

use assent_fuzz::search::{minimise, replay, search, Report};
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
	#[arg(long, default_value = "tests/fuzz/corpus")]
	corpus: PathBuf,
	/// Where inputs that break something are kept.
	#[arg(long, default_value = "tests/fuzz/failures")]
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
	/// Replay the corpus, then look for new inputs and add them.
	Search {
		/// For how long, in seconds.
		#[arg(long, default_value_t = 60)]
		seconds: u64,
		/// Where chance begins: the same seed looks the same way.
		#[arg(long, default_value_t = 1)]
		seed: u64,
	},
	/// Remove the inputs that others make superfluous.
	Minimise,
}

fn main() -> ExitCode {
	let cli = Cli::parse();
	match carry_out(&cli) {
		Ok(report) => {
			if cli.outcomes {
				report
					.outcomes
					.iter()
					.for_each(|outcome| println!("{outcome}"));
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
	match cli.task {
		Task::Replay => replay(corpus, failures),
		Task::Search { seconds, seed } => search(
			corpus,
			failures,
			seed,
			Duration::from_secs(seconds),
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

fn told(report: &Report) -> String {
	format!(
		"{} inputs, {} outcomes, {} broke something",
		report.inputs,
		report.outcomes.len(),
		report.broken.len()
	)
}
