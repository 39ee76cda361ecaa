//! `assent`: see the library.

fn main() -> std::process::ExitCode {
	assent_cli::main()
}
