# Sourced by local.sh, operations.sh and hosts.sh: the functions that every network of the shell
# tests needs. The sourcing file sets RUN (the folder in which the network lives), MEMBERS and the
# first port of each kind, and defines `peer`. It may define a function of this file anew.
#
# Everything lives under $RUN. Only processes that were started here are ended, by their id.
# SLOW=3 gives every wait three times as long, for a loaded machine.
# shellcheck shell=bash disable=SC2034
# shellcheck source=scripts/env.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../scripts/env.sh"

# ASSENT_BIN names a folder of binaries built elsewhere.
BIN="${ASSENT_BIN:-$CARGO_TARGET_DIR/release}"
NODE_BIN="$BIN/assent-node" VAULT_BIN="$BIN/assent-vault" CLI_BIN="$BIN/assent"
# ASSENT_PORT_SHIFT moves the ports of a network whose own ones are taken.
SHIFT="${ASSENT_PORT_SHIFT:-0}"

part() { printf '\n\033[1m%s\033[0m (%d s in)\n' "$*" $SECONDS; }
told() { printf '  %s\n' "$*"; }
fail() { printf '\nfailed: %s\n' "$*" >&2; exit 1; }

# wait_until SECONDS EVENT COMMAND...: waits until the command succeeds. A command that leaves a
# word in SEEN has it in the message of a wait that failed.
wait_until() {
	local deadline=$((SECONDS + $1 * ${SLOW:-1})) seconds="$1" event="$2" SEEN=""; shift 2
	until "$@"; do
		[ $SECONDS -lt $deadline ] || fail "waited $seconds s for $event${SEEN:+, and saw $SEEN}"
		sleep 1
	done
}

# --- where a node is ---------------------------------------------------------------------

at() { echo "127.0.0.1:$(($2 + $1))"; } # at INDEX FIRST_PORT
pid_file() { echo "$RUN/${MEMBERS[$1]}/pid"; } # pid_file INDEX
log_file() { echo "$RUN/${MEMBERS[$1]}/node.log"; } # log_file INDEX

port_free() { # port_free PORT
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
# Fails when another process has a port that NODES nodes and VAULTS vaults need.
check_ports() {
	local kind port
	for kind in "$RPC_PORT $NODES" "$P2P_PORT $NODES" "$METRICS_PORT $NODES" "$VAULT_PORT $VAULTS"; do
		for ((port = ${kind% *}; port < ${kind% *} + ${kind#* }; port++)); do
			port_free "$port" || fail "port $port is in use; end the program that listens there, such as an earlier run, or move all ports but the demo vault's 9810 by ASSENT_PORT_SHIFT=100"
		done
	done
}

# options INDEX: the options that give a node its place in the network, one a line. ALLOW names a
# further vault that the node's operator allows.
options() {
	local rpc metrics p2p
	rpc="$(at "$1" "$RPC_PORT")" metrics="$(at "$1" "$METRICS_PORT")" p2p="$(at "$1" "$P2P_PORT")"
	printf '%s\n' --no-mdns --allow-private-ip --rpc-port "${rpc#*:}" --prometheus-port "${metrics#*:}" \
		--listen-addr "/ip4/${p2p%:*}/tcp/${p2p#*:}"
	[ "$VAULTS" = 0 ] || printf '%s\n' --allow-vault "127.0.0.1:$VAULT_PORT"
	[ -z "${ALLOW:-}" ] || printf '%s\n' --allow-vault "$ALLOW"
	if [ "$1" != 0 ]; then
		p2p="$(at 0 "$P2P_PORT")"
		printf '%s\n' --bootnodes "/ip4/${p2p%:*}/tcp/${p2p#*:}/p2p/$(peer)"
	fi
}

# --- starting and stopping ---------------------------------------------------------------

# An empty folder for the network. From here on `stop_all` ends the processes in it.
fresh_run() {
	rm -rf "$RUN"; mkdir -p "$RUN"; chmod 700 "$RUN"
	OURS=yes
}

background() { # background PID_FILE LOG COMMAND...
	local file="$1" log="$2"; shift 2
	"$@" >>"$log" 2>&1 &
	echo $! >"$file"
	disown $! # or the shell tells of each that is killed
}

start_vault() { # start_vault [NODE [PORT]]: a vault that asks the node of this index, 0 by default
	[ -s "$RUN/vault.token" ] || (umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$RUN/vault.token")
	background "$RUN/vault.pid" "$RUN/vault.log" "$VAULT_BIN" serve --store "$RUN/vault" \
		--listen "127.0.0.1:${2:-$VAULT_PORT}" --organisation-token-file "$RUN/vault.token" \
		--node "http://$(at "${1:-0}" "$RPC_PORT")"
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
stop_node() { stop_pid_file "$(pid_file "$1")" "${2:-TERM}"; } # stop_node INDEX [SIGNAL]
alive() { kill -0 "$(cat "$(pid_file "$1")")" 2>/dev/null; } # alive INDEX

stop_all() {
	local file
	[ -n "${OURS:-}" ] || return 0
	for file in "$RUN"/*.pid "$RUN"/*/pid; do stop_pid_file "$file"; done
}

# --- asking ------------------------------------------------------------------------------

# A request to a node. A request that fails is made again, RETRIES times.
request() { curl -sS --max-time 10 --retry "${RETRIES:-5}" --retry-all-errors "$@"; }

rpc() { # rpc INDEX METHOD [PARAMS]
	request -H 'Content-Type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" \
		"http://$(at "$1" "$RPC_PORT")"
}

height() { # height INDEX [final]: the number of the block; 0 while the node does not answer
	local block='[]' number
	[ "${2:-best}" != final ] || block="$(rpc "$1" chain_getFinalizedHead 2>/dev/null | jq -c '[.result // ""]')" || block='[""]'
	number="$(rpc "$1" chain_getHeader "$block" 2>/dev/null | jq -r '.result.number // empty')" || number=0
	printf '%d\n' "${number:-0}"
}

reached() { # reached INDEX best|final NUMBER
	SEEN="$(height "$1" "$2")"
	[ "$SEEN" -lt "$3" ] || return 0
	alive "$1" || fail "${MEMBERS[$1]} ended: $(tail -n 3 "$(log_file "$1")")"
	return 1
}
wait_height() { # wait_height INDEX best|final NUMBER SECONDS
	local RETRIES=0
	wait_until "$4" "${MEMBERS[$1]}'s $2 block $3 (its log is $(log_file "$1"))" reached "$1" "$2" "$3"
}

# assent KEY COMMAND...: runs a command as KEY against the node at WS (by default the first one)
# and prints its result as JSON. The exit code is the command's: 0 done, 1 refused.
assent() {
	local key="$1"; shift
	"$CLI_BIN" --json --node "${WS:-ws://$(at 0 "$RPC_PORT")}" --key "$key" "$@" |
		jq -c '.result // error(.error.code + ": " + .error.message)'
}
must() { assent "$@" || fail "assent ${*:2} (as $1)"; } # must KEY COMMAND...
# credential KEY PRACTITIONER_KEY OPTION...: credentials the practitioner, who signs the consent.
credential() { must "$1" practitioner credential --practitioner-key "$2" "${@:3}" >/dev/null; }
expect() { jq -e "$1" >/dev/null <<<"$2" || fail "$1 does not hold of $2"; } # expect FILTER JSON

# The library that gives a program another clock: LD_PRELOAD="$(faketime_lib)" FAKETIME=+1h
# FAKETIME_DONT_FAKE_MONOTONIC=1 PROGRAM.
faketime_lib() {
	compgen -G "/usr/lib/*/faketime/libfaketime.so.1" | head -n 1 || fail "libfaketime is missing: apt-get install libfaketime"
}
