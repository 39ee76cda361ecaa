# Sourced by tests/operations: a consortium made from the template with the scripts that a real
# consortium uses, on ports of its own.
# shellcheck shell=bash
# shellcheck source=tests/network/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

RUN="${ASSENT_RUN:-$ROOT/.run/operations}"
export ASSENT_NODE="$NODE_BIN" # for scripts/
MEMBERS=(North South East West)
NODES=5 VAULTS=5
# Away from the demo's 9944, 30333 and 9615.
RPC_PORT=$((19944 + SHIFT)) P2P_PORT=$((29333 + SHIFT)) METRICS_PORT=$((19615 + SHIFT)) VAULT_PORT=$((19810 + SHIFT))

peer() { jq -r .peer "$RUN/${MEMBERS[0]}.public.json"; }

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

# --- making it ---------------------------------------------------------------------------

# scripts/make-keys makes the keys of every member. Each organisation and each validator has an
# account, whose phrase stays in $RUN for those who go on with the network.
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
account() { jq -r .ss58Address "$RUN/$1.json"; } # account NAME
send_as() { chain send "$2" "$3" "$RUN/$1.json"; } # send_as NAME PALLET.CALL JSON_ARGUMENTS

# fill_in FILE: the template as four members fill it in.
fill_in() {
	local member organisations='[]' kinds=(hospital laboratory research-institute insurer) i
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

start_validator() { # start_validator INDEX
	local member="${MEMBERS[$1]}" arguments
	mapfile -t arguments < <(options "$1")
	background "$(pid_file "$1")" "$(log_file "$1")" bash "$ROOT/scripts/start-validator" \
		"$RUN/spec.raw.json" "$RUN/$member" "$member" "${arguments[@]}"
}

# A fresh folder, the keys, both specifications, and four validators that finalise blocks.
# FIRST_STATE: the values that set-state.mjs sets in the raw specification.
FIRST_STATE=()
start_consortium() {
	local i
	check_ports
	fresh_run
	make_keys
	fill_in "$RUN/consortium.json"
	bash "$ROOT/scripts/make-spec" "$RUN/consortium.json" "$RUN/spec" >/dev/null
	if [ ${#FIRST_STATE[@]} -gt 0 ]; then
		node "$ROOT/tests/operations/set-state.mjs" "$RUN/spec.raw.json" "${FIRST_STATE[@]}" || fail "the first state could not be set"
	fi
	for i in "${!MEMBERS[@]}"; do start_validator "$i"; done
	for i in "${!MEMBERS[@]}"; do wait_final "$i" 2 300; done
}

# --- asking it, and acting in it ---------------------------------------------------------

final() { height "$1" final; } # final INDEX
wait_final() { wait_height "$1" final "$2" "$3"; } # wait_final INDEX NUMBER SECONDS

metric() { # metric INDEX NAME [LABEL="VALUE"]: the value of the one series that matches
	request "http://$(at "$1" "$METRICS_PORT")/metrics" |
		awk -v name="$2" -v label="${3:-}" '$1 ~ "^" name "[{]" && (label == "" || index($1, label)) && !found { print $2; found = 1 }'
}
proposed() { metric "$1" substrate_proposer_block_constructed_count; } # proposed INDEX
makes_blocks() { SEEN="$(proposed "$1")"; [ "${SEEN:-0}" -gt "${2:-0}" ]; } # makes_blocks INDEX [MORE_THAN]

# The council's and accounts' acts, through North's node. Keys: the files that make_keys left in $RUN.
chain() { node "$ROOT/tests/operations/council.mjs" "ws://$(at 0 "$RPC_PORT")" "$@"; }
enact() { # enact PALLET.CALL JSON_ARGUMENTS: the founders' council; prints the block of dispatch
	chain enact "$1" "$2" "$RUN"/{North,South,East,West}.controller.json || fail "the council did not enact $1"
}
in_set() { chain query session.validators '[]' | jq -e --arg account "$1" 'index($account)' >/dev/null; }
not_in_set() { ! in_set "$1"; }
session() { chain query session.currentIndex '[]' | tr -d '",'; }

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
