#!/usr/bin/env bash
# A validator's machine is lost: its keys come back from the backup and its database from the
# other members, the index of the trail with it. Then its session keys are rotated, and its
# program is replaced. Takes about ten minutes; wants tests/js's packages (npm ci there).
# Usage: bash tests/operations/restore.sh
set -euo pipefail
source "$(dirname "$0")/lib.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
check_ports
CONSORTIUM_ID=restore_test start_consortium
west="$(account West.validator)"

part "Something for the trail to remember"
patient_key="$RUN/patient.json"
"$BIN/assent" key new --out "$patient_key" >/dev/null
patient="$("$BIN/assent" --json --node "ws://127.0.0.1:$RPC_PORT" --key "$RUN/North.controller.phrase" \
	--wait final patient enrol --patient-key "$patient_key" | jq -r .result.patient)"
trail() { "$BIN/assent" --json --node "ws://127.0.0.1:$((RPC_PORT + $1))" trail show "$patient" | jq -c '.result.entries | length'; }
[ "$(trail 3)" = 1 ] || fail "West does not show the trail before"

part "Backup, and the loss of everything"
tar -C "$RUN/West" -cf "$RUN/backup.tar" node.key keystore public-keys.json
told "backup: $(stat -c %s "$RUN/backup.tar") bytes"
stop_pid_file "$RUN/West/pid" KILL
lost_at=$SECONDS
rm -rf "${RUN:?}/West"

part "Restore"
# A session passes: whatever round West voted in is over.
wait_final 0 $(($(final 0) + 60)) 240
install -d -m 0700 "$RUN/West"
tar -C "$RUN/West" -xpf "$RUN/backup.tar"
started=$SECONDS
start_validator 3
wait_final 3 "$(final 0)" 120
told "caught up with final block $(final 3) from nothing in $((SECONDS - started)) s"
until_true 60 "a block of West" bash -c "source '$ROOT/tests/operations/lib.sh'; [ \"\$(proposed 3)\" -ge 1 ]"
[ "$(trail 3)" = 1 ] || fail "West does not show the trail after the restore"
[ "$(metric 0 assent_offences_total)" = 0 ] || fail "the restore was an offence"
told "it makes blocks and shows the trail again; out for $((SECONDS - lost_at)) s"

part "Rotation of its session keys"
before="$(chain query session.nextKeys "[\"$west\"]")"
keys="$(rotate 3 West)"
started=$SECONDS
[ "$(chain query session.nextKeys "[\"$west\"]")" != "$before" ] || fail "the keys are as before"
queued() { chain query session.queuedKeys '[]' | jq -c --arg account "$west" '.[] | select(.[0] == $account)[1]'; }
next="$(chain query session.nextKeys "[\"$west\"]" | jq -c .)"
until_true 300 "the new keys queued" bash -c "source '$ROOT/tests/operations/lib.sh'; $(declare -f queued); west=$west; [ \"\$(queued)\" = '$next' ]"
session="$(chain query session.currentIndex '[]' | tr -d '",')"
until_true 300 "the session with the new keys" bash -c "source '$ROOT/tests/operations/lib.sh'; [ \"\$(chain query session.currentIndex '[]' | tr -d '\",')\" -gt $session ]"
told "in use $((SECONDS - started)) s after they were registered"
made="$(proposed 3)"
until_true 60 "a block signed with the new keys" bash -c "source '$ROOT/tests/operations/lib.sh'; [ \"\$(proposed 3)\" -gt $made ]"
target=$(($(final 0) + 10))
wait_final 3 "$target" 60
[ "$(rpc 3 author_hasSessionKeys "[\"$keys\"]" | jq .result)" = true ] || fail "its keystore does not hold its keys"
told "blocks and finality go on"

part "The program is replaced"
cp "$ASSENT_NODE" "$RUN/assent-node-new"
started=$SECONDS
stop_pid_file "$RUN/West/pid"
stopped=$SECONDS
ASSENT_NODE="$RUN/assent-node-new" start_validator 3
wait_final 3 "$(final 0)" 60
told "stopped in $((stopped - started)) s, final block reached again $((SECONDS - stopped)) s after the start"
readlink "/proc/$(cat "$RUN/West/pid")/exe" | grep -q assent-node-new || fail "West runs the old program"
started=$SECONDS
stop_pid_file "$RUN/West/pid"
start_validator 3
wait_final 3 "$(final 0)" 120
readlink "/proc/$(cat "$RUN/West/pid")/exe" | grep -q assent-node-new && fail "West still runs the new program"
told "and back to the former program, in $((SECONDS - started)) s"
part "All of it held."
