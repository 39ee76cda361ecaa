# Sourced by the other scripts: one compiler, one target folder, one profile and one feature set
# for work, tests and CI, because each further choice compiles much of the SDK again.
# shellcheck shell=bash disable=SC2034
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export ROOT

# The compiler of releases and CI, and the runtime's target. Members who compare the hash of a
# runtime use this compiler. `scripts/setup` warns of another compiler. A rust-toolchain.toml would
# make rustup download the compiler, which fails where there is no network.
COMPILER=1.95.0
WASM_TARGET=wasm32v1-none

# The packages and features of every cargo command. With the whole workspace named, cargo gives
# the SDK the same features for every choice of targets, so a later command compiles nothing of
# the SDK again. `scripts/aligned` checks this.
SELECTION=(--release --workspace --locked)
# The programs of a consortium: the node, the command line and the check of an exported state.
# The vault is the fourth, in a workspace of its own.
PROGRAMS=(--bin assent-node --bin assent --bin assent-state-check)

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/assent/target}"
export CARGO_INCREMENTAL=0
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
# The wasm builder looks for Cargo.lock upwards from the target folder, which lies elsewhere.
export WASM_BUILD_WORKSPACE_HINT="$ROOT"
ASSENT_CACHE="$HOME/.cache/assent"
# Where scripts/setup puts a Node for the tests when the distribution's is too old.
NODE_HOME="$ASSENT_CACHE/node"
[ ! -x "$NODE_HOME/bin/node" ] || export PATH="$NODE_HOME/bin:$PATH"
# Where scripts/setup puts a Chromium on systems without a package of Chromium.
BROWSERS="$ASSENT_CACHE/browsers"
if [ -z "${CHROMIUM:-}" ] && [ ! -x /usr/bin/chromium ]; then
	CHROMIUM="$(compgen -G "$BROWSERS/chromium-*/chrome-linux*/chrome" | tail -n 1 || true)"
	[ -z "$CHROMIUM" ] || export CHROMIUM
fi

has_wasm_std() { # has_wasm_std SYSROOT
	compgen -G "$1/lib/rustlib/$WASM_TARGET/lib/libcore-*.rlib" >/dev/null
}

# Which toolchain compiles the runtime to wasm: the ordinary one when it has the target.
WASM_TOOLCHAIN_NAME=assent-wasm
if ! has_wasm_std "$(rustc --print sysroot 2>/dev/null)"; then
	if rustup toolchain list 2>/dev/null | grep -q "^$WASM_TOOLCHAIN_NAME"; then
		export WASM_BUILD_TOOLCHAIN="$WASM_TOOLCHAIN_NAME"
	fi
fi
