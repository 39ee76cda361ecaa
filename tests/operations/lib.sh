# Sourced by the operations tests: a consortium made from the template with the scripts that a
# real one uses, on ports of its own. Everything lives under $RUN. Only processes that were
# started here are ended, by their id.
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
RUN="${ASSENT_RUN:-$ROOT/.run/operations}"
BIN="${ASSENT_BIN:-${CARGO_TARGET_DIR:-$HOME/.cache/assent/target}/release}"
export ASSENT_NODE="$BIN/assent-node"
MEMBERS=(North South East West)
# A loaded machine: SLOW=3 gives everything three times as long.
# Away from the demo's 9944, 30333 and 9615.
RPC_PORT=$((19944 + ${ASSENT_PORT_SHIFT:-0}))
P2P_PORT=$((29333 + ${ASSENT_PORT_SHIFT:-0}))
METRICS_PORT=$((19615 + ${ASSENT_PORT_SHIFT:-0}))
VAULT_PORT=$((19810 + ${ASSENT_PORT_SHIFT:-0}))

part() { printf '\n\033[1m%s\033[0m (%d s in)\n' "$*" $SECONDS; }
told() { printf '  %s\n' "$*"; }
fail() { printf '\nfailed: %s\n' "$*" >&2; exit 1; }

# refused CODE TEXT COMMAND...: the command ends by itself within a minute with this exit
# code, and says the text (an extended regular expression, without regard to case).
refused() {
	local code="$1" text="$2" said rc=0; shift 2
	said="$(timeout --kill-after=5 $((60 * ${SLOW:-1})) "$@" 2>&1)" || rc=$?
	[ "$rc" != 124 ] && [ "$rc" != 137 ] || fail "still running after a minute: $* (it said: $(tail -n 5 <<<"$said"))"
	[ "$rc" = "$code" ] || fail "exit code $rc, not $code: $* (it said: $(tail -n 5 <<<"$said"))"
	grep -qiE -- "$text" <<<"$said" || fail "did not say '$text': $* (it said: $(tail -n 5 <<<"$said"))"
	[ "$(wc -l <<<"$said")" -le 15 ] || fail "said more than a person reads: $*: $said"
	told "refused: $(tail -n 1 <<<"$said" | cut -c1-150)"
}

# A request to a node; one that fails is made again, RETRIES times.
request() { curl -sS --max-time 10 --retry "${RETRIES:-5}" --retry-all-errors "$@"; }

rpc() { # rpc INDEX METHOD [PARAMS]
	request -H 'Content-Type: application/json' \
		-d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$2\",\"params\":${3:-[]}}" \
		"http://127.0.0.1:$((RPC_PORT + $1))"
}

final() { # final INDEX: the final block's number; 0 while the node does not answer
	local hash number
	hash="$(rpc "$1" chain_getFinalizedHead 2>/dev/null | jq -r '.result // empty')"
	number="$(rpc "$1" chain_getHeader "[\"$hash\"]" 2>/dev/null | jq -r '.result.number // empty')"
	printf '%d\n' "${number:-0}"
}

wait_final() { # wait_final INDEX NUMBER SECONDS
	local deadline=$((SECONDS + $3 * ${SLOW:-1})) RETRIES=0
	until [ "$(final "$1")" -ge "$2" ]; do
		alive "$1" || fail "${MEMBERS[$1]} ended: $(tail -n 3 "$RUN/${MEMBERS[$1]}/node.log")"
		[ $SECONDS -lt $deadline ] || fail "${MEMBERS[$1]} did not finalise block $2 in $3 s; see $RUN/${MEMBERS[$1]}/node.log"
		sleep 1
	done
}

metric() { # metric INDEX NAME [LABEL="VALUE"]: the value of the one series that matches
	request "http://127.0.0.1:$((METRICS_PORT + $1))/metrics" |
		awk -v name="$2" -v label="${3:-}" '$1 ~ "^" name "[{]" && (label == "" || index($1, label)) && !found { print $2; found = 1 }'
}

# Keys for every member, made by scripts/make-keys, and an account for each organisation and
# each validator, whose phrases stay in $RUN for those who go on with the network.
make_keys() { # make_keys [MEMBER...]: all by default
	local member who
	[ $# -gt 0 ] || set -- "${MEMBERS[@]}"
	for member in "$@"; do
		bash "$ROOT/scripts/make-keys" "$RUN/$member" >"$RUN/$member.public.json"
		for who in controller validator; do make_account "$member.$who"; done
	done
}

key_file() { # key_file NAME
	"$ASSENT_NODE" key generate --scheme sr25519 --output-type json >"$RUN/$1.json"
	(umask 077; jq -r .secretPhrase "$RUN/$1.json" >"$RUN/$1.phrase")
}
# Accounts by their NAME, such as North.validator: a test may keep some of them elsewhere.
make_account() { key_file "$1"; }
send_as() { chain send "$2" "$3" "$RUN/$1.json"; } # send_as NAME PALLET.CALL JSON_ARGUMENTS

# fill_in FILE: the template as four members fill it in.
fill_in() {
	local member organisations='[]' kinds=(Hospital Laboratory ResearchInstitute Insurer) i
	for i in "${!MEMBERS[@]}"; do
		member="${MEMBERS[$i]}"
		organisations="$(jq -c --arg name "$member Organisation" --arg kind "${kinds[$i]}" \
			--arg endpoint "http://127.0.0.1:$((VAULT_PORT + i))" \
			--slurpfile public "$RUN/$member.public.json" \
			--slurpfile controller "$RUN/$member.controller.json" \
			--slurpfile validator "$RUN/$member.validator.json" \
			--slurpfile template "$ROOT/chain-specs/consortium.json" '
			. + [$template[0].organisations[0]
				| .name = $name | .kind = $kind | .endpoint = $endpoint
				| .controller = $controller[0].ss58Address
				| .validators[0].account = $validator[0].ss58Address
				| .validators[0].keys = $public[0].keys]' <<<"$organisations")"
	done
	jq --argjson organisations "$organisations" --arg id "${CONSORTIUM_ID:-operations_test}" \
		--argjson recheck "${RECHECK:-10800}" '
		.name = "Operations Test" | .id = $id | .recheckPeriodBlocks = $recheck
		| .organisations = $organisations' \
		"$ROOT/chain-specs/consortium.json" >"$1"
}

# options INDEX: how a member's validator is started, one option a line. ALLOW: a further vault
# that its operator allows.
options() {
	local i=$1 first
	printf '%s\n' --no-mdns --allow-private-ip --rpc-port "$((RPC_PORT + i))" \
		--prometheus-port "$((METRICS_PORT + i))" \
		--listen-addr "/ip4/127.0.0.1/tcp/$((P2P_PORT + i))" \
		--allow-vault "127.0.0.1:$VAULT_PORT"
	[ -z "${ALLOW:-}" ] || printf '%s\n' --allow-vault "$ALLOW"
	if [ "$i" != 0 ]; then
		first="$(jq -r .peer "$RUN/${MEMBERS[0]}.public.json")"
		printf '%s\n' --bootnodes "/ip4/127.0.0.1/tcp/$P2P_PORT/p2p/$first"
	fi
}

start_validator() { # start_validator INDEX
	local member="${MEMBERS[$1]}" args
	mapfile -t args < <(options "$1")
	bash "$ROOT/scripts/start-validator" "$RUN/spec.raw.json" "$RUN/$member" "$member" "${args[@]}" \
		>>"$RUN/$member/node.log" 2>&1 &
	echo $! >"$RUN/$member/pid"
	disown # or the shell tells of each that is killed
}

alive() { kill -0 "$(cat "$RUN/${MEMBERS[$1]}/pid")" 2>/dev/null; }

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

stop_all() {
	local file
	for file in "$RUN"/*.pid "$RUN"/*/pid; do stop_pid_file "$file"; done
}

port_free() { # port_free PORT
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

check_ports() {
	local i port
	for i in 0 1 2 3 4; do
		for port in $((RPC_PORT + i)) $((P2P_PORT + i)) $((METRICS_PORT + i)) $((VAULT_PORT + i)); do
			port_free "$port" || fail "port $port is in use; end what listens there, or set ASSENT_PORT_SHIFT=100"
		done
	done
}

# A fresh folder, the keys, both specifications, and four validators that finalise blocks.
# FIRST_STATE: what set-state.mjs is to set in the raw specification.
FIRST_STATE=()
start_consortium() {
	local i
	rm -rf "$RUN"; mkdir -p "$RUN"; chmod 700 "$RUN"
	make_keys
	fill_in "$RUN/consortium.json"
	bash "$ROOT/scripts/make-spec" "$RUN/consortium.json" "$RUN/spec" >/dev/null
	if [ ${#FIRST_STATE[@]} -gt 0 ]; then
		node "$ROOT/tests/operations/set-state.mjs" "$RUN/spec.raw.json" "${FIRST_STATE[@]}" || fail "the first state could not be set"
	fi
	for i in "${!MEMBERS[@]}"; do start_validator "$i"; done
	for i in "${!MEMBERS[@]}"; do wait_final "$i" 2 300; done
}

# The council's and accounts' acts, through North's node. Keys: what make_keys left in $RUN.
chain() { node "$ROOT/tests/operations/council.mjs" "ws://127.0.0.1:${VIA:-$RPC_PORT}" "$@"; }
enact() { # enact PALLET.CALL JSON_ARGUMENTS: the founders' council; prints the block of dispatch
	chain enact "$1" "$2" "$RUN"/{North,South,East,West}.controller.json || fail "the council did not enact $1"
}
account() { jq -r .ss58Address "$RUN/$1.json"; } # account NAME: for instance North.validator

# until_true SECONDS WHAT COMMAND...: waits until the command succeeds.
until_true() {
	local deadline=$((SECONDS + $1 * ${SLOW:-1})) what="$2"; shift 2
	until "$@"; do
		[ $SECONDS -lt $deadline ] || fail "$what: not after the time given"
		sleep 2
	done
}
in_set() { chain query session.validators '[]' | jq -e --arg account "$1" 'index($account)' >/dev/null; }
not_in_set() { ! in_set "$1"; }

# rotate INDEX MEMBER: new session keys in the node's keystore, registered for its account.
rotate() {
	local owner made
	owner="$(jq -r .publicKey "$RUN/$2.validator.json")"
	made="$(rpc "$1" author_rotateKeysWithOwner "[\"$owner\"]")"
	jq -e .result.proof <<<"$made" >/dev/null || fail "$2 made no keys: $made"
	send_as "$2.validator" session.setKeys "$(jq -c '[.result.keys, .result.proof]' <<<"$made")" >/dev/null ||
		fail "$2's keys were not registered"
	jq -r .result.keys <<<"$made"
}
proposed() { metric "$1" substrate_proposer_block_constructed_count; }
