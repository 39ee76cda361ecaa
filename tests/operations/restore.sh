#!/usr/bin/env bash
# A validator's machine is lost. The keys come back from the backup. The database and the index of
# the trail come back from the other members. Then the session keys are rotated, and the program is
# replaced. West keeps its controller and its validator's account in a wallet. Takes about ten
# minutes; wants tests/js's packages (npm ci there) and Chromium.
# Usage: bash tests/operations/restore.sh
#   OTHER_NODE=PROGRAM  the program that takes the place of the first, such as the release
#                       before; the same one if none is named
set -euo pipefail
# shellcheck source=tests/network/operations.sh
source "$(dirname "$0")/../network/operations.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM

# wallet VERB NAME [PALLET.CALL JSON_ARGUMENTS]: asks wallet.mjs; prints its answer.
wallet() {
	local answer
	printf '%s\n' "$*" >&"$to_wallet"
	IFS= read -r -t $((180 * ${SLOW:-1})) answer <&"$from_wallet" || fail "the wallet did not answer; see $RUN/wallet.log"
	[[ "$answer" != failed:* ]] || fail "the wallet: $* $answer"
	printf '%s\n' "$answer"
}
make_account() {
	local made
	[[ "$1" == West.* ]] || { key_file "$1"; return; }
	if [ -z "${to_wallet:-}" ]; then
		coproc WALLET { exec node "$ROOT/tests/operations/wallet.mjs" "ws://127.0.0.1:$RPC_PORT" 2>"$RUN/wallet.log"; }
		echo "$WALLET_PID" >"$RUN/wallet.pid"
		# By itself, bash keeps these two files from subshells.
		exec {to_wallet}>&"${WALLET[1]}" {from_wallet}<&"${WALLET[0]}"
	fi
	made="$(wallet make "$1")"
	"$ASSENT_NODE" key inspect --scheme sr25519 --output-type json "$made" >"$RUN/$1.json"
}
send_as() {
	if [[ "$1" == West.* ]]; then wallet send "$@"; else chain send "$2" "$3" "$RUN/$1.json"; fi
}
CONSORTIUM_ID=restore_test start_consortium
west="$(account West.validator)" west_controller="$(account West.controller)"

part "West signs with its wallet"
! grep -q secret "$RUN"/West.{controller,validator}.json || fail "a secret of West is outside its wallet"
url="http://127.0.0.1:$((VAULT_PORT + 9))"
send_as West.controller consortium.proposeEndpoint "[\"$url\"]" >/dev/null
[ "$(chain query consortium.endpoints '[3]' | jq -r .proposed)" = "$url" ] || fail "no proposal of West"
wallet propose West.controller consortium.approveEndpoint "[3, \"$url\"]" >/dev/null
motion="$(chain query council.proposals '[]' | jq -r '.[0]')"
send_as West.controller council.vote "[\"$motion\", 0, true]" >/dev/null
chain query council.voting "[\"$motion\"]" | jq -e --arg who "$west_controller" '.ayes == [$who]' >/dev/null ||
	fail "West's vote is not counted: $(chain query council.voting "[\"$motion\"]")"
told "an address of its vault proposed, a motion of the council made and voted for, by $west_controller"

part "Something for the trail to remember"
patient_key="$RUN/patient.json"
"$CLI_BIN" key new --out "$patient_key" >/dev/null
patient="$(must "$RUN/North.controller.phrase" --wait final patient enrol --patient-key "$patient_key" | jq -r .patient)"
trail() { "$CLI_BIN" --json --node "ws://$(at "$1" "$RPC_PORT")" trail show "$patient" | jq -c '.result.entries | length'; }
[ "$(trail 3)" = 1 ] || fail "West does not show the trail before"

part "Backup, and the loss of everything"
tar -C "$RUN/West" -cf "$RUN/backup.tar" node.key keystore public-keys.json
told "backup: $(stat -c %s "$RUN/backup.tar") bytes"
stop_node 3 KILL
lost_at=$SECONDS
rm -rf "${RUN:?}/West"

part "Restore"
# After a session, every round in which West voted is over.
wait_final 0 $(($(final 0) + 60)) 240
install -d -m 0700 "$RUN/West"
tar -C "$RUN/West" -xpf "$RUN/backup.tar"
started=$SECONDS
start_validator 3
wait_final 3 "$(final 0)" 120
told "caught up with final block $(final 3) from nothing in $((SECONDS - started)) s"
wait_until 60 "a block of West" makes_blocks 3
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
are_queued() { [ "$(queued)" = "$next" ]; }
wait_until 300 "the new keys to be queued" are_queued
before="$(session)"
passed() { [ "$(session)" -gt "$before" ]; }
wait_until 300 "the session with the new keys" passed
told "in use $((SECONDS - started)) s after they were registered"
made="$(proposed 3)"
wait_until 60 "a block signed with the new keys" makes_blocks 3 "$made"
target=$(($(final 0) + 10))
wait_final 3 "$target" 60
[ "$(rpc 3 author_hasSessionKeys "[\"$keys\"]" | jq .result)" = true ] || fail "its keystore does not hold its keys"
told "blocks and finality go on"

part "The program is replaced"
cp "${OTHER_NODE:-$ASSENT_NODE}" "$RUN/assent-node-other"
told "by $("$RUN/assent-node-other" --version), where the others run $("$ASSENT_NODE" --version)"
started=$SECONDS
stop_node 3
stopped=$SECONDS
ASSENT_NODE="$RUN/assent-node-other" start_validator 3
wait_final 3 "$(final 0)" 60
told "stopped in $((stopped - started)) s, final block reached again $((SECONDS - stopped)) s after the start"
readlink "/proc/$(cat "$RUN/West/pid")/exe" | grep -q assent-node-other || fail "West runs the former program"
started=$SECONDS
stop_node 3
start_validator 3
wait_final 3 "$(final 0)" 120
readlink "/proc/$(cat "$RUN/West/pid")/exe" | grep -q assent-node-other && fail "West still runs the other program"
told "and back to the former program, in $((SECONDS - started)) s"
part "All of it held."
