# Sourced by the other scripts: one target folder, one profile and one feature set for
# work, tests and CI, because every further one compiles much of the SDK again.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export ROOT
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/assent/target}"
export CARGO_INCREMENTAL=0
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
# The wasm builder looks for Cargo.lock upwards from the target folder, which is elsewhere.
export WASM_BUILD_WORKSPACE_HINT="$ROOT"
ASSENT_CACHE="$HOME/.cache/assent"
# Where scripts/setup puts a Node for the tests when the distribution's is too old.
NODE_HOME="$ASSENT_CACHE/node"
[ ! -x "$NODE_HOME/bin/node" ] || export PATH="$NODE_HOME/bin:$PATH"
# Where it puts a Chromium on systems that have no package of it.
BROWSERS="$ASSENT_CACHE/browsers"
if [ -z "${CHROMIUM:-}" ] && [ ! -x /usr/bin/chromium ]; then
	CHROMIUM="$(compgen -G "$BROWSERS/chromium-*/chrome-linux*/chrome" | tail -n 1 || true)"
	[ -z "$CHROMIUM" ] || export CHROMIUM
fi
WASM_TARGET=wasm32v1-none
WASM_TOOLCHAIN_NAME=assent-wasm

has_wasm_std() { # has_wasm_std SYSROOT
	compgen -G "$1/lib/rustlib/$WASM_TARGET/lib/libcore-*.rlib" >/dev/null
}

# Which toolchain compiles the runtime to wasm: the ordinary one when it has the target.
if ! has_wasm_std "$(rustc --print sysroot 2>/dev/null)"; then
	if rustup toolchain list 2>/dev/null | grep -q "^$WASM_TOOLCHAIN_NAME"; then
		export WASM_BUILD_TOOLCHAIN="$WASM_TOOLCHAIN_NAME"
	fi
fi
