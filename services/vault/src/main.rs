//! The binary reads the configuration, logs to stderr, and runs until a signal.

use anyhow::Context;
use assent_vault::config::{Config, Settings};
use assent_vault::server::Server;
use clap::Parser;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{signal, Signal, SignalKind};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// The exit code of an error in the usage or the environment.
const FAILED: u8 = 2;
/// The time for the last file operations, after the last answer.
const LAST_WRITES: Duration = Duration::from_secs(2);

/// The document gateway of an organisation. The gateway keeps sealed documents. A key to a
/// document leaves only on a decision in the trail
#[derive(Parser)]
#[command(version)]
enum Cli {
	/// Run the vault until SIGTERM or SIGINT
	Serve {
		/// TOML file with settings. The keys are the names of the flags. A flag wins over a key
		#[arg(long, value_name = "FILE")]
		config: Option<PathBuf>,
		#[command(flatten)]
		settings: Box<Settings>,
	},
}

fn main() -> ExitCode {
	let Cli::Serve { config, settings } = Cli::parse();
	match run(config, *settings) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("error: {error:#}");
			ExitCode::from(FAILED)
		}
	}
}

fn run(file: Option<PathBuf>, settings: Settings) -> anyhow::Result<()> {
	let settings = match file {
		Some(path) => settings.or(Settings::from_file(&path)?),
		None => settings,
	};
	let config = settings.check()?;
	log(config.log);
	let runtime =
		tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting")?;
	let result = runtime.block_on(serve(config));
	runtime.shutdown_timeout(LAST_WRITES);
	result
}

/// The level applies to the vault's own events only. Libraries may print data that the vault never
/// logs.
fn log(level: LevelFilter) {
	let targets = Targets::new()
		.with_default(level.min(LevelFilter::WARN))
		.with_target("assent_vault", level);
	tracing_subscriber::registry()
		.with(
			tracing_subscriber::fmt::layer()
				.with_writer(io::stderr)
				.with_ansi(io::stderr().is_terminal()),
		)
		.with(targets)
		.init();
}

async fn serve(config: Config) -> anyhow::Result<()> {
	let mut terminate = signal(SignalKind::terminate()).context("waiting for signals")?;
	let mut interrupt = signal(SignalKind::interrupt()).context("waiting for signals")?;
	let server = Server::bind(config).await?;
	// The one line on stdout. Scripts that ask for a free port read the line.
	writeln!(io::stdout(), "listening on http://{}", server.address()).context("stdout")?;
	server.run(either(&mut terminate, &mut interrupt)).await;
	Ok(())
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
	tokio::select! {
		_ = terminate.recv() => {},
		_ = interrupt.recv() => {},
	}
}
