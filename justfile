# The index of the scripts. `just` lists them; each recipe only calls a script, whose own header
# says more. No script needs just.

set positional-arguments

[private]
default:
	@just --list --unsorted

# Install the packages and tools for building (--tests: also for testing)
setup *args:
	@scripts/setup "$@"

# Build what is missing and run the story of the README (--once: then stop)
demo *args:
	@scripts/demo "$@"

# Run the default steps of the tests, all of them, or the named ones
test *steps:
	@scripts/test "$@"

# Run a command against a fresh local consortium
with-network +command:
	@scripts/with-network "$@"

# Format every crate (--check: change nothing)
fmt *args:
	@scripts/fmt "$@"

# Check the licences of the crates that the runtime links
licences:
	@scripts/licences "$@"

# Check every dependency by deny.toml (--install: compile cargo-deny first)
deny *args:
	@scripts/deny "$@"

# Hold the table of folders in docs/architecture.md against the manifests
arrows:
	@scripts/arrows "$@"

# Check that tests after a demo compile nothing of the SDK again
aligned:
	@scripts/aligned "$@"

# Measure the plain words of documents and comments
prose *args:
	@scripts/prose "$@"

# Measure the weights of calls on this machine (--check: run every benchmark, write nothing)
weights *args:
	@scripts/weights "$@"

# Fuzz the runtime for hours (4 by default)
fuzz-long *hours:
	@scripts/fuzz-long "$@"

# Fuzz the decision function for seconds (60 by default)
fuzz-policy *seconds:
	@scripts/fuzz-policy "$@"

# Make a validator's keys in a folder
make-keys folder:
	@scripts/make-keys "$@"

# Make both chain specifications from the file that the members edited
make-spec file out:
	@scripts/make-spec "$@"

# Start a validator with its keys
start-validator spec folder name *options:
	@scripts/start-validator "$@"
