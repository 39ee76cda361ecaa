# Sourced: the local consortium of the demo chain. Four validators of four organisations (four
# keystores, four databases) and a document vault, all on loopback.
# shellcheck shell=bash
# shellcheck source=tests/network/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

RUN="${ASSENT_RUN:-$ROOT/.run/demo}"
CHAIN="${ASSENT_CHAIN:-demo}"
MEMBERS=(Alpha Beta Gamma Delta)
NODES=4 VAULTS=1
# The vault's address stands in the genesis, so SHIFT leaves its port.
RPC_PORT=$((9944 + SHIFT)) P2P_PORT=$((30333 + SHIFT)) METRICS_PORT=$((9615 + SHIFT)) VAULT_PORT=9810

peer() { cat "$RUN/Alpha/node.id"; }

make_spec() {
	"$NODE_BIN" build-spec --chain "$CHAIN" --raw --disable-default-bootnode \
		>"$RUN/spec.json" 2>"$RUN/build-spec.log" || fail "no chain specification: see $RUN/build-spec.log"
}

# A network key for a member, and the session keys of its development seed.
make_keys() { # make_keys MEMBER
	local base="$RUN/$1" type
	mkdir -p "$base"
	"$NODE_BIN" key generate-node-key --file "$base/node.key" 2>"$base/node.id"
	for type in aura:sr25519 gran:ed25519 asst:sr25519; do
		"$NODE_BIN" key insert --base-path "$base" --chain "$RUN/spec.json" \
			--key-type "${type%:*}" --scheme "${type#*:}" --suri "//$1//validator" \
			>>"$base/keys.log" 2>&1 || fail "$1: key not inserted: see $base/keys.log"
	done
}

# node_command INDEX: fills COMMAND with the program of a validator and its arguments.
node_command() {
	local member="${MEMBERS[$1]}"
	mapfile -t COMMAND < <(options "$1")
	COMMAND=("$NODE_BIN" --chain "$RUN/spec.json" --base-path "$RUN/$member" --validator --name "$member"
		--node-key-file "$RUN/$member/node.key" --no-telemetry --rpc-max-connections 200 "${COMMAND[@]}")
}

start_node() { # start_node INDEX [NODE_OPTION...]
	node_command "$1"
	background "$(pid_file "$1")" "$(log_file "$1")" "${COMMAND[@]}" "${@:2}"
}

start_network() {
	local i
	check_ports
	fresh_run
	make_spec
	for i in "${!MEMBERS[@]}"; do make_keys "${MEMBERS[$i]}"; done
	for i in "${!MEMBERS[@]}"; do start_node "$i"; done
	start_vault
	for i in "${!MEMBERS[@]}"; do wait_height "$i" final 1 300; done
}
