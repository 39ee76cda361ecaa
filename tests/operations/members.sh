#!/usr/bin/env bash
# A fifth member comes and another goes, by the runbooks of docs/operations. The council admits the
# member, whose node starts from the members' specification. The member sets its keys, and the
# address of its vault is approved and allowed. Then a founder's validator leaves, and the founder.
# Takes about a quarter of an hour; wants tests/js's packages (npm ci there).
# Usage: bash tests/operations/members.sh
set -euo pipefail
# shellcheck source=tests/network/operations.sh
source "$(dirname "$0")/../network/operations.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
# The council's acts wait 20 blocks instead of an hour.
FIRST_STATE=(Consortium.EnactAfter '[]' 0x14000000)
CONSORTIUM_ID=members_test start_consortium

# enacted PALLET.CALL JSON_ARGUMENTS: enacts the call, and waits until the call is dispatched.
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
began="$(session)" started=$SECONDS
rotate 4 Centre >/dev/null
wait_until 600 "Centre in the set" in_set "$centre"
[ "$(session)" = $((began + 2)) ] || fail "Centre came in with session $(session), keys set in $began"
wait_until 90 "a block of Centre" makes_blocks 4
told "in the set $((SECONDS - started)) s after its keys were registered, and it makes blocks"

part "Its vault: proposed, approved, allowed by each operator"
url="http://127.0.0.1:$((VAULT_PORT + 1))"
chain send consortium.proposeEndpoint "[\"$url\"]" "$RUN/Centre.controller.json" >/dev/null || fail "no proposal"
must_hold '.proposed != null and .approved == null' consortium.endpoints '[4]'
enacted consortium.approveEndpoint "[4, \"$url\"]"
must_hold '.approved != null and .proposed == null' consortium.endpoints '[4]'
start_vault 4 $((VAULT_PORT + 1))
controller="$RUN/Centre.controller.phrase"
"$CLI_BIN" key new --out "$RUN/patient.json" >/dev/null
patient="$(must "$controller" patient enrol --patient-key "$RUN/patient.json" | jq -r .patient)"
"$CLI_BIN" key new-reader --out "$RUN/centre.reader" >/dev/null
must "$controller" key publish "$RUN/centre.reader" >/dev/null
record="$(must "$controller" record add "$ROOT/tests/documents/note.txt" --patient "$patient" --class clinical-note \
	--confidentiality normal --authored 2026-03 --vault "$url" --token-file "$RUN/vault.token" \
	--secrets "$RUN/secrets" --reader "$(account Centre.controller)" | jq -r .record)"
silent() { [ "$(metric 1 assent_worker_silences_total 'custodian="4"' | cut -d. -f1)" -ge 1 ] 2>/dev/null; }
wait_until 120 "South's worker counts the vault that it is not allowed to ask" silent
state() { must "$controller" record show "$record" | jq -r .document.state; }
[ "$(state)" = pending ] || fail "anchored although no operator allows the vault"
# One after the other, because only one of five validators may be away.
for i in 0 1 2; do
	stop_node "$i"
	ALLOW="127.0.0.1:$((VAULT_PORT + 1))" start_validator "$i"
	wait_final "$i" "$(final 4)" 120
done
anchored() { [ "$(state)" = anchored ]; }
wait_until 120 "the record anchored" anchored
told "not checked while no operator allowed it; anchored after three had"

part "A founder's validator leaves, then the founder"
west="$(account West.validator)" began="$(session)"
enacted validators.remove "[\"$west\"]"
wait_until 600 "West out of the set" not_in_set "$west"
purged() { holds '. == null' session.nextKeys "[\"$west\"]"; }
wait_until 300 "West's keys purged" purged
[ "$(metric 0 assent_offences_total)" = 0 ] || fail "leaving was an offence"
stop_node 3
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
