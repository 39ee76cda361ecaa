#!/usr/bin/env bash
# A fifth member comes and another goes, by the runbooks of docs/operations.md: admitted by the
# council, its node started from the specification that was handed to it, its keys set, its
# vault's address approved and allowed; then a founder's validator leaves, and the founder.
# Takes about a quarter of an hour; wants tests/js's packages (npm ci there).
# Usage: bash tests/operations/members.sh
set -euo pipefail
source "$(dirname "$0")/lib.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
check_ports
# The council's acts wait 20 blocks instead of an hour.
FIRST_STATE=(Consortium.EnactAfter '[]' 0x14000000)
CONSORTIUM_ID=members_test start_consortium

# enacted PALLET.CALL JSON_ARGUMENTS: enacted, and dispatched.
enacted() {
	local at; at="$(enact "$@")"
	wait_final 0 "$at" 180
}
holds() { # holds FILTER ITEM JSON_ARGUMENTS: what the state says now
	chain query "$2" "$3" | jq -e "$1" >/dev/null
}
must_hold() { holds "$@" || fail "$1 does not hold of $2 $3: $(chain query "$2" "$3")"; }

part "The council admits a fifth member and adds its validator"
MEMBERS+=(Centre)
make_keys Centre
centre="$(account Centre.validator)"
admitted="$(enact consortium.admit "[\"Centre Organisation\", \"Hospital\", \"$(account Centre.controller)\"]")"
added="$(enact validators.add "[4, \"$centre\"]")"
[ "$admitted" -lt "$added" ] || fail "the validator would be added in block $added, before the member is admitted in $admitted"
must_hold '. == null' consortium.organisations '[4]'
wait_final 0 "$added" 180
must_hold '.status == "Active"' consortium.organisations '[4]'
must_hold '.status == "Active"' validators.validators "[\"$centre\"]"
told "both motions waited at the same time; dispatched in blocks $admitted and $added"

part "Its node starts from the specification, catches up and takes no part"
start_validator 4
wait_final 4 "$(final 0)" 120
[ "$(rpc 4 system_health | jq .result.peers)" -ge 1 ] || fail "Centre has no peers"
not_in_set "$centre" || fail "Centre is in the set without keys"

part "Its keys are set: it takes part from the second session after"
session() { chain query session.currentIndex '[]' | tr -d '",'; }
began="$(session)" started=$SECONDS
rotate 4 Centre >/dev/null
until_true 600 "Centre in the set" in_set "$centre"
[ "$(session)" = $((began + 2)) ] || fail "Centre came in with session $(session), keys set in $began"
made() { [ "$(proposed 4)" -ge 1 ]; }
until_true 90 "a block of Centre" made
told "in the set $((SECONDS - started)) s after its keys were registered, and it makes blocks"

part "Its vault: proposed, approved, allowed by each operator"
url="http://127.0.0.1:$((VAULT_PORT + 1))"
chain send consortium.proposeEndpoint "[\"$url\"]" "$RUN/Centre.controller.json" >/dev/null || fail "no proposal"
must_hold '.proposed != null and .approved == null' consortium.endpoints '[4]'
enacted consortium.approveEndpoint "[4, \"$url\"]"
must_hold '.approved != null and .proposed == null' consortium.endpoints '[4]'
(umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$RUN/vault.token")
"$BIN/assent-vault" serve --store "$RUN/vault" --listen "127.0.0.1:$((VAULT_PORT + 1))" \
	--organisation-token-file "$RUN/vault.token" --node "http://127.0.0.1:$((RPC_PORT + 4))" >>"$RUN/vault.log" 2>&1 &
echo $! >"$RUN/vault.pid"
assent() { # assent KEY_FILE COMMAND...
	local key="$1"; shift
	"$BIN/assent" --json --node "ws://127.0.0.1:$RPC_PORT" --key "$key" "$@" |
		jq -ce '.result // error(.error.code + ": " + .error.message)' || fail "assent $*"
}
controller="$RUN/Centre.controller.phrase"
"$BIN/assent" key new --out "$RUN/patient.json" >/dev/null
patient="$(assent "$controller" patient enrol --patient-key "$RUN/patient.json" | jq -r .patient)"
"$BIN/assent" key new-reader --out "$RUN/centre.reader" >/dev/null
assent "$controller" key publish "$RUN/centre.reader" >/dev/null
record="$(assent "$controller" record add "$ROOT/tests/documents/note.txt" --patient "$patient" --class clinical-note \
	--confidentiality normal --authored 2026-03 --vault "$url" --token-file "$RUN/vault.token" \
	--secrets "$RUN/secrets" --reader "$(account Centre.controller)" | jq -r .record)"
silent() { [ "$(metric 1 assent_worker_silences_total 'custodian="4"' | cut -d. -f1)" -ge 1 ] 2>/dev/null; }
until_true 120 "South's worker counts the vault that it is not allowed to ask" silent
state() { assent "$controller" record show "$record" | jq -r .document.state; }
[ "$(state)" = pending ] || fail "anchored although no operator allows the vault"
# One after the other: with five validators one may be away.
for i in 0 1 2; do
	stop_pid_file "$RUN/${MEMBERS[$i]}/pid"
	ALLOW="127.0.0.1:$((VAULT_PORT + 1))" start_validator "$i"
	wait_final "$i" "$(final 4)" 120
done
anchored() { [ "$(state)" = anchored ]; }
until_true 120 "the record anchored" anchored
told "not checked while no operator allowed it; anchored after three had"

part "A founder's validator leaves, then the founder"
west="$(account West.validator)" began="$(session)"
enacted validators.remove "[\"$west\"]"
until_true 600 "West out of the set" not_in_set "$west"
purged() { holds '. == null' session.nextKeys "[\"$west\"]"; }
until_true 300 "West's keys purged" purged
[ "$(metric 0 assent_offences_total)" = 0 ] || fail "leaving was an offence"
stop_pid_file "$RUN/West/pid"
wait_final 0 $(($(final 0) + 5)) 120
told "out of the set, its keys purged; only then its node was stopped, and finality goes on"
enacted consortium.remove '[3]'
must_hold '.status == "Removed"' consortium.organisations '[3]'
must_hold "index(\"$(account West.controller)\") == null" council.members '[]'
told "the organisation is removed, with its council seat"
east="$(account East.validator)"
enacted validators.remove "[\"$east\"]"
must_hold '.status == "Active"' validators.validators "[\"$east\"]"
told "of the four that are left none can be removed"
part "All of it held."
