# Sourced by scripts that need the local consortium: four validators of four organisations
# (four keystores, four databases) and a document vault, all on loopback.
#
# Everything lives under $RUN. Only processes that were started here are ended, by their id.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

RUN="${ASSENT_RUN:-$ROOT/.run/demo}"
# ASSENT_BIN names a folder of binaries built elsewhere.
BIN="${ASSENT_BIN:-$CARGO_TARGET_DIR/release}"
NODE_BIN="$BIN/assent-node"
VAULT_BIN="$BIN/assent-vault"
CLI_BIN="$BIN/assent"
CHAIN="${ASSENT_CHAIN:-demo}"
MEMBERS=(Alpha Beta Gamma Delta)
# Where these ports are taken: ASSENT_PORT_SHIFT=10 moves all but the vault's, whose address
# stands in the genesis.
SHIFT="${ASSENT_PORT_SHIFT:-0}"
RPC_PORT=$((9944 + SHIFT)) P2P_PORT=$((30333 + SHIFT)) METRICS_PORT=$((9615 + SHIFT)) VAULT_PORT=9810

fail() { printf '\nfailed: %s\n' "$*" >&2; exit 1; }

port_free() { # port_free PORT
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

check_ports() {
	local port
	for i in "${!MEMBERS[@]}"; do
		for port in $((RPC_PORT + i)) $((P2P_PORT + i)) $((METRICS_PORT + i)); do
			port_free "$port" || fail "port $port is in use; end what listens there, or set ASSENT_PORT_SHIFT=10"
		done
	done
	port_free "$VAULT_PORT" || fail "port $VAULT_PORT is in use; end what listens there, or that earlier run, first"
}

# Makes the chain specification and, for each member, a keystore and a network key.
prepare_network() {
	rm -rf "$RUN"; mkdir -p "$RUN"; chmod 700 "$RUN"
	"$NODE_BIN" build-spec --chain "$CHAIN" --raw --disable-default-bootnode \
		>"$RUN/spec.json" 2>"$RUN/build-spec.log" || fail "no chain specification: see $RUN/build-spec.log"
	local member
	for member in "${MEMBERS[@]}"; do
		local base="$RUN/$member"
		mkdir -p "$base"
		"$NODE_BIN" key generate-node-key --file "$base/node.key" 2>"$base/node.id"
		local type scheme
		for type in aura:sr25519 gran:ed25519 asst:sr25519; do
			scheme="${type#*:}"
			"$NODE_BIN" key insert --base-path "$base" --chain "$RUN/spec.json" \
				--key-type "${type%:*}" --scheme "$scheme" --suri "//$member//validator" \
				>>"$base/keys.log" 2>&1 || fail "$member: key not inserted: see $base/keys.log"
		done
	done
	head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$RUN/vault.token"
	chmod 600 "$RUN/vault.token"
}

start_node() { # start_node INDEX [NODE_OPTION...]
	local i=$1 member="${MEMBERS[$1]}"; shift
	local base="$RUN/$member" boot=()
	if [ "$i" != 0 ]; then
		boot=(--bootnodes "/ip4/127.0.0.1/tcp/$P2P_PORT/p2p/$(cat "$RUN/Alpha/node.id")")
	fi
	"$NODE_BIN" --chain "$RUN/spec.json" --base-path "$base" --validator --name "$member" \
		--node-key-file "$base/node.key" --no-mdns --no-telemetry \
		--listen-addr "/ip4/127.0.0.1/tcp/$((P2P_PORT + i))" --allow-private-ip \
		--rpc-port "$((RPC_PORT + i))" --rpc-max-connections 200 \
		--prometheus-port "$((METRICS_PORT + i))" \
		--allow-vault "127.0.0.1:$VAULT_PORT" \
		"${boot[@]}" "$@" >>"$base/node.log" 2>&1 &
	echo $! >"$base/pid"
}

start_vault() {
	"$VAULT_BIN" serve --store "$RUN/vault" --listen "127.0.0.1:$VAULT_PORT" \
		--organisation-token-file "$RUN/vault.token" --node "http://127.0.0.1:$RPC_PORT" \
		>>"$RUN/vault.log" 2>&1 &
	echo $! >"$RUN/vault.pid"
}

stop_pid_file() { # stop_pid_file FILE [SIGNAL]
	[ -s "$1" ] || return 0
	local pid signal; pid="$(cat "$1")"
	rm -f "$1"
	for signal in "${2:-TERM}" KILL; do
		kill -"$signal" "$pid" 2>/dev/null || break
		for _ in $(seq 150); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
	done
	wait "$pid" 2>/dev/null || true
}

stop_network() {
	stop_pid_file "$RUN/vault.pid"
	local member
	for member in "${MEMBERS[@]}"; do stop_pid_file "$RUN/$member/pid"; done
}

# rpc INDEX METHOD [PARAMS]: a call that fails is made again, RETRIES times.
rpc() {
	curl -sS --max-time 10 --retry "${RETRIES:-5}" --retry-all-errors -H 'Content-Type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" \
		"http://127.0.0.1:$((RPC_PORT + $1))"
}

height() { # height INDEX [final]: 0 while the node does not answer
	local hash number
	if [ "${2:-best}" = final ]; then
		hash="$(rpc "$1" chain_getFinalizedHead 2>/dev/null | jq -r '.result // empty')"
		number="$(rpc "$1" chain_getHeader "[\"$hash\"]" 2>/dev/null | jq -r '.result.number // empty')"
	else
		number="$(rpc "$1" chain_getHeader 2>/dev/null | jq -r '.result.number // empty')"
	fi
	printf '%d\n' "${number:-0}"
}

wait_height() { # wait_height INDEX best|final NUMBER SECONDS
	local deadline=$((SECONDS + $4)) RETRIES=0
	until [ "$(height "$1" "$2")" -ge "$3" ]; do
		[ $SECONDS -lt $deadline ] || fail "${MEMBERS[$1]} did not reach $2 block $3 in $4 s; see $RUN/${MEMBERS[$1]}/node.log"
		sleep 1
	done
}

start_network() {
	check_ports
	prepare_network
	for i in "${!MEMBERS[@]}"; do start_node "$i"; done
	start_vault
	for i in "${!MEMBERS[@]}"; do wait_height "$i" final 1 300; done
}
