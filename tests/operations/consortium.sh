#!/usr/bin/env bash
# A consortium as its members set it up: four keep their own keys, fill in the template, make
# both specifications, and start validators that finalise blocks and give metrics. A message
# refuses every mistake on the way and says what to do, and a mistake leaves nothing running.
# Usage: bash tests/operations/consortium.sh
set -euo pipefail
# shellcheck source=tests/network/operations.sh
source "$(dirname "$0")/../network/operations.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
[ -x "$ASSENT_NODE" ] || fail "no node at $ASSENT_NODE: build first, or set ASSENT_BIN"
check_ports
fresh_run
SCRIPTS="$ROOT/scripts"
make_spec() { bash "$SCRIPTS/make-spec" "$@"; }

part "Four members make their keys"
make_keys
for member in "${MEMBERS[@]}"; do
	base="$RUN/$member"
	[ "$(stat -c %a "$base")" = 700 ] || fail "$base can be entered by others"
	[ "$(stat -c %a "$base/node.key")" = 600 ] || fail "$base/node.key can be read by others"
	[ "$(find "$base/keystore" -type f | wc -l)" = 3 ] || fail "$base/keystore does not hold three keys"
	[ -z "$(find "$base/keystore" -type f -perm /077)" ] || fail "a session key of $member can be read by others"
	[ -z "$(find "$base" -name '.making*')" ] || fail "make-keys left its working folder in $base"
	jq -e '(.keys | keys == ["attestation", "aura", "grandpa"]) and (.peer | startswith("12D3KooW"))' \
		"$RUN/$member.public.json" >/dev/null || fail "$member's public keys are not whole"
	! grep -qE "$(find "$base/keystore" -type f -exec cat {} + | tr -d '"' | head -c 20)" "$RUN/$member.public.json" ||
		fail "make-keys printed a secret"
done
told "three session keys and a network key each; only the public ones were printed"
before="$(find "$RUN/North/keystore" "$RUN/North/node.key" -type f -exec sha256sum {} + | sort)"
refused 1 "holds keys already.*rotateKeysWithOwner" bash "$SCRIPTS/make-keys" "$RUN/North"
[ "$before" = "$(find "$RUN/North/keystore" "$RUN/North/node.key" -type f -exec sha256sum {} + | sort)" ] ||
	fail "the second make-keys changed keys"
refused 2 "Usage: scripts/make-keys" bash "$SCRIPTS/make-keys"
refused 2 "no node at .*set ASSENT_NODE" env ASSENT_NODE=/nonexistent bash "$SCRIPTS/make-keys" "$RUN/nobody"
refused 1 "could not make a key" env ASSENT_NODE=/bin/false bash "$SCRIPTS/make-keys" "$RUN/nobody"
[ -z "$(ls -A "$RUN/nobody")" ] || fail "a failed make-keys left something behind"

part "The template: what may not be agreed on is refused"
fill_in "$RUN/consortium.json"
edited() { jq "$1" "$RUN/consortium.json" >"$RUN/bad.json"; }
bad() { refused 1 "$1" bash "$SCRIPTS/make-spec" "$RUN/bad.json" "$RUN/bad"; }
refused 2 "Usage: scripts/make-spec" bash "$SCRIPTS/make-spec" "$RUN/consortium.json"
refused 1 "can't be read" bash "$SCRIPTS/make-spec" "$RUN/missing.json" "$RUN/bad"
refused 1 "placeholders.*organisations.0.controller" bash "$SCRIPTS/make-spec" "$ROOT/chain-specs/consortium.json" "$RUN/bad"
edited '.organisations[2].validators[0].keys.grandpa = "REPLACE"'; bad "placeholders.*organisations.2.validators.0.keys.grandpa"
edited 'del(.organisations[3])'; bad "fewer than four validators"
edited '.organisations[1].controller = .organisations[0].controller'; bad "names an account twice: 5"
edited '.organisations[1].validators[0].account = .organisations[0].controller'; bad "names an account twice: 5"
edited '.organisations[1].validators[0].keys.aura = .organisations[0].validators[0].keys.aura'; bad "names a session key twice"
head -c 300 "$RUN/consortium.json" >"$RUN/bad.json"; bad "is no JSON object"
echo '[]' >"$RUN/bad.json"; bad "is no JSON object"
edited '.id = "../elsewhere"'; bad "id must be"
edited '.recheckPeriodBlocks = 0'; bad "recheckPeriodBlocks must be"
edited '.enactDelayBlocks = 30'; bad "enactDelayBlocks must be"
edited '.organisations[0].validators[0].keys = null'; bad "organisations.0.validators.0.keys must be what scripts/make-keys printed"
edited '.organisations[0].validators[0].account = "5NotAnAccount"'; bad "organisations.0.validators.0.account is no account"
edited '.organisations[0].kind = "Bakery"'; bad "Bakery"
edited '.organisations[0].endpoint = "ftp://vault"'; bad "the genesis could not be built"
[ -z "$(find "$RUN" -maxdepth 1 -name 'bad.*.json')" ] || fail "a refused file left a specification"

part "The specifications"
make_spec "$RUN/consortium.json" "$RUN/spec" >"$RUN/made"
make_spec "$RUN/consortium.json" "$RUN/again" >/dev/null
cmp "$RUN/spec.raw.json" "$RUN/again.raw.json" || fail "the same file gave two specifications"
grep -q "$(sha256sum "$RUN/spec.raw.json" | cut -d' ' -f1)" "$RUN/made" || fail "make-spec did not print the hash"
jq -e --slurpfile in "$RUN/consortium.json" '
	.genesis.runtimeGenesis.patch as $patch | $in[0].organisations as $members
	| .id == "operations_test" and .chainType == "Live"
	and ($patch.consortium.organisations | map(.controller)) == ($members | map(.controller))
	and ($patch.session.keys | map(.[2])) == ($members | map(.validators[0].keys))
	and $patch.validators.validators == ($members | to_entries | map([.value.validators[0].account, .key]))
' "$RUN/spec.plain.json" >/dev/null || fail "the plain specification is not what the members filled in"
! grep -q "Alpha\|//" <(jq -c '.genesis.runtimeGenesis.patch' "$RUN/spec.plain.json" | sed 's#http://##g') ||
	fail "the specification still holds a development member"
jq -e '.genesis.raw.top | length > 20' "$RUN/spec.raw.json" >/dev/null || fail "the raw specification holds no state"
told "$(sed -n 2p "$RUN/made")"

part "Four validators, four keystores, four databases"
for i in "${!MEMBERS[@]}"; do start_validator "$i"; done
for i in "${!MEMBERS[@]}"; do wait_final "$i" 3 300; done
for i in "${!MEMBERS[@]}"; do
	[ "$(rpc "$i" system_chain | jq -r .result)" = "Operations Test" ] || fail "${MEMBERS[$i]} runs another chain"
	[ "$(rpc "$i" system_health | jq .result.peers)" -ge 1 ] || fail "${MEMBERS[$i]} has no peers"
	keys="$(rpc "$i" system_nodeRoles | jq -r '.result[0]')"
	[ "$keys" = Authority ] || fail "${MEMBERS[$i]} is no validator but $keys"
	! grep -q "keystore holds no key" "$RUN/${MEMBERS[$i]}/node.log" || fail "${MEMBERS[$i]} does not find its session keys"
done
hashes="$(for i in "${!MEMBERS[@]}"; do rpc "$i" chain_getBlockHash '[3]' | jq -r .result; done | sort -u)"
[ "$(wc -l <<<"$hashes")" = 1 ] || fail "the four do not have the same block 3: $hashes"
told "one chain: block 3 is $hashes on all four"

part "Metrics of each"
# All four made a block of the last four, so no key is missing.
wait_final 0 12 300
for i in "${!MEMBERS[@]}"; do
	height="$(metric "$i" substrate_block_height 'status="finalized"')"
	[ "${height:-0}" -ge 3 ] || fail "${MEMBERS[$i]}'s metrics show final block ${height:-none}"
	rounds="$(metric "$i" substrate_finality_grandpa_round)"
	[ "${rounds:-0}" -ge 1 ] || fail "${MEMBERS[$i]}'s metrics show GRANDPA round ${rounds:-none}"
	[ "$(metric "$i" substrate_proposer_number_of_transactions)" != "" ] || fail "${MEMBERS[$i]} proposed no block"
	for finding in intact altered absent; do
		[ "$(metric "$i" assent_documents_found_total "finding=\"$finding\"")" = 0 ] ||
			fail "${MEMBERS[$i]} does not export documents found $finding at zero"
	done
	for member in "${MEMBERS[@]}"; do
		account="$(jq -r .ss58Address "$RUN/$member.validator.json")"
		[ "$(metric "$i" assent_turns_missed_total "validator=\"$account\"")" != "" ] ||
			fail "${MEMBERS[$i]} does not export the missed turns of $member"
	done
	[ "$(metric "$i" assent_blocks_unread_total)" = 0 ] || fail "${MEMBERS[$i]} could not read a final block"
	told "${MEMBERS[$i]}: final block $height, GRANDPA round $rounds"
done

part "A validator that is killed misses its turns, and the others count them"
west="$(jq -r .ss58Address "$RUN/West.validator.json")" north="$(jq -r .ss58Address "$RUN/North.validator.json")"
missed_before="$(metric 0 assent_turns_missed_total "validator=\"$west\"")"
others_before="$(metric 0 assent_turns_missed_total "validator=\"$north\"")"
west_missed() {
	missed="$(($(metric 0 assent_turns_missed_total "validator=\"$west\"") - missed_before))"
	others="$(($(metric 0 assent_turns_missed_total "validator=\"$north\"") - others_before))"
	[ "$missed" -ge 3 ] && [ "$others" -lt "$missed" ]
}
stop_node 3 KILL
wait_until 300 "three missed turns of West's, and fewer of North's, in North's metrics" west_missed
told "finality went on; West missed $missed turns, North $others"

part "Starting a validator: mistakes are refused"
# west_as RPC METRICS P2P: West's options, with other ports where they are named.
west_as() {
	options 3 | sed -e "s#^$((RPC_PORT + 3))\$#${1:-&}#" -e "s#^$((METRICS_PORT + 3))\$#${2:-&}#" \
		-e "s#tcp/$((P2P_PORT + 3))\$#tcp/${3:-$((P2P_PORT + 3))}#"
}
# not_started CODE TEXT SPEC BASE_PATH [RPC METRICS P2P]
not_started() {
	local args
	mapfile -t args < <(west_as "${@:5}")
	refused "$1" "$2" bash "$SCRIPTS/start-validator" "$3" "$4" West "${args[@]}"
	[ -z "$(pgrep -f -- "--base-path $4 " | grep -vxF "$(cat "$RUN/North/pid")")" ] || fail "a refused validator still runs on $4"
}
spec="$RUN/spec.raw.json" west="$RUN/West"
refused 2 "Usage: scripts/start-validator" bash "$SCRIPTS/start-validator" "$spec"
not_started 2 "no chain specification at .*scripts/make-spec" "$RUN/none.json" "$west"

# Without a network key, without session keys, with a key that is none.
mkdir "$RUN/keyless"
not_started 2 "no network key at .*scripts/make-keys" "$spec" "$RUN/keyless"
cp "$west/node.key" "$RUN/keyless/"
not_started 2 "no session keys at .*scripts/make-keys" "$spec" "$RUN/keyless"
cp -r "$west/keystore" "$RUN/keyless/"
echo "not a key" >"$RUN/keyless/node.key"
not_started 1 "network key .*/keyless/node.key can't be read.*backup" "$spec" "$RUN/keyless"
refused 1 "a validator needs a network key, and there is none at .*scripts/make-keys" \
	"$ASSENT_NODE" --chain "$spec" --base-path "$RUN/none" --validator --rpc-port "$((RPC_PORT + 4))"

# A specification that was cut off, one with a broken runtime, one of another chain.
head -c 5000 "$spec" >"$RUN/cut.json"
not_started 1 "cut.json is no chain specification.*scripts/make-spec" "$RUN/cut.json" "$west"
echo '{}' >"$RUN/empty.json"
not_started 1 "empty.json is no chain specification.*scripts/make-spec" "$RUN/empty.json" "$west"
jq -c '.genesis.raw.top["0x3a636f6465"] |= .[0:2000]' "$spec" >"$RUN/broken.json"
cp -r "$RUN/keyless" "$RUN/fresh" && cp "$west/node.key" "$RUN/fresh/node.key"
not_started 1 "specification.*runtime.*scripts/make-spec" "$RUN/broken.json" "$RUN/fresh"
jq '.recheckPeriodBlocks = 7' "$RUN/consortium.json" >"$RUN/other-consortium.json"
make_spec "$RUN/other-consortium.json" "$RUN/other" >/dev/null
not_started 1 "database .*another chain.*specification" "$RUN/other.raw.json" "$west"

# Ports and a database that North holds.
port="$RPC_PORT"; not_started 1 "the RPC port $port is in use.*--rpc-port" "$spec" "$west" "$port"
port="$METRICS_PORT"; not_started 1 "the metrics port $port is in use.*--prometheus-port" "$spec" "$west" "" "$port"
port="$P2P_PORT"; not_started 1 "the peer-to-peer port $port is in use.*--port or --listen-addr" "$spec" "$west" "" "" "$port"
port="$((METRICS_PORT + 3))"; not_started 1 "the metrics port $port is in use" "$spec" "$west" "$port"
not_started 1 "database is in use.*another node runs already" "$spec" "$RUN/North"
refused 2 "vault.example.*write HOST:PORT" bash "$SCRIPTS/start-validator" "$spec" "$west" West --allow-vault vault.example
alive 0 || fail "North was ended by a validator that was refused"

part "West returns"
start_validator 3
wait_final 3 "$(final 0)" 300
target=$(($(final 0) + 3))
for i in "${!MEMBERS[@]}"; do wait_final "$i" "$target" 300; done
told "it caught up; all four have final block $target"

part "Taken down"
for i in "${!MEMBERS[@]}"; do
	pid="$(cat "$(pid_file "$i")")"
	stop_node "$i"
	! kill -0 "$pid" 2>/dev/null || fail "${MEMBERS[$i]} did not stop"
done
for i in "${!MEMBERS[@]}"; do
	port_free $((RPC_PORT + i)) || fail "something still listens on port $((RPC_PORT + i))"
done
part "All of it held."
