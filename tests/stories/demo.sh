#!/usr/bin/env bash
# Installs missing packages and builds the programs, starts a local consortium of four validators
# of four organisations and a document vault, runs the story of the README on real files, and stays
# up. With --once, takes everything down after the story. Exit code 0 when the story held.
# Usage: scripts/demo [--once]
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/network/local.sh
source tests/network/local.sh
case "${1:-}" in "" | --once) once="${1:-}" ;; *) sed -n "2,5s/^# \{0,1\}//p" "$0" >&2; exit 2 ;; esac

# The processes of this demo that still run, one a line. Every process inherits the mark.
left_behind() {
	local environ
	for environ in $(env -u ASSENT_DEMO grep -lszxF "ASSENT_DEMO=$ASSENT_DEMO" /proc/[0-9]*/environ); do
		tr '\0' ' ' <"${environ%environ}cmdline" | cut -c1-150 | sed "s|^|  ${environ//[^0-9]/} |"
	done
}
clean_up() {
	local code=$? left
	stop_all
	left="$(left_behind)"
	if [ -n "$left" ]; then
		printf '\nfailed: after the clean-up there still runs:\n%s\n' "$left" >&2
		[ "$code" != 0 ] || code=1
	elif [ -n "$once" ] && [ "$code" = 0 ]; then
		told "no process is left behind"
	fi
	exit "$code"
}

if [ -z "${ASSENT_BIN:-}" ]; then
	part "Set-up and build (the first time takes about 35 minutes on two cores)"
	bash scripts/setup
	source scripts/env.sh
	cargo build "${SELECTION[@]}" "${PROGRAMS[@]}"
	(cd services/vault && cargo build --release --locked)
fi

part "Four validators of four organisations, and the vault of Alpha Hospital"
# Before the clean-up can run: another program that listens on these ports must not be ended.
check_ports
export ASSENT_DEMO="$$ $RUN"
trap clean_up EXIT
trap 'exit 130' INT TERM
start_network
WS="ws://127.0.0.1:$RPC_PORT" VAULT="http://127.0.0.1:$VAULT_PORT" WORK="$RUN/story"
mkdir -p "$WORK"
told "every validator has finalised its first block; data in $RUN"
# As deploy/systemd/assent-wrap.service runs it at a hospital.
background "$RUN/wraps.pid" "$RUN/wraps.log" "$CLI_BIN" --node "$WS" record wrap-permitted --organisation 0 \
	--vault "$VAULT" --token-file "$RUN/vault.token" \
	--secrets "$WORK/secrets" --notes "$WORK/permitted"
told "beside the vault runs the hospital's service that wraps documents for readers as they are permitted"

PATIENT_KEY="//Marta" ALPHA_DOCTOR="//Alpha//clinician" BETA_DOCTOR="//Beta//clinician" RESEARCHER="//Gamma//researcher"

get() { jq -r "$1"; }

trail() { must //Alpha trail show "$PATIENT"; }
# access KEY PATIENT RECORD PURPOSE EXPECTED: asks, sees the decision, finds the entry in the
# patient's trail, prints the entry's hash.
access() {
	local answer decision entry told written
	answer="$(assent "$1" --wait final access ask "$2" "$3" --purpose "$4" || true)"
	decision="$(get .decision <<<"$answer")"
	[ "$decision" = "$5" ] || fail "access by $1 for $4: $5 expected, got: ${answer:-nothing}"
	entry="$(get .entry <<<"$answer")"
	told="$(jq -c '[.requester, .record, .purpose, .decision]' <<<"$answer")"
	written="$(trail | jq -c --arg entry "$entry" \
		'.entries[] | select(.hash == $entry) | [.actor, .act.record, .act.purpose, .act.decision]')"
	[ "$written" = "$told" ] || fail "entry $entry of the trail is ${written:-missing}, not $told"
	printf '%s %s\n' "$entry" "$decision" >>"$WORK/decisions"
	printf '%s\n' "$entry"
}
# open_report KEY READER ENTRY: opens the report; it is what was sealed.
open_report() {
	rm -f "$WORK/opened"
	must "$1" record open "${RECORDS[$REPORT]}" --patient "$PATIENT" --entry "$3" \
		--reader "$WORK/$2.reader" --vault "$VAULT" --out "$WORK/opened" >/dev/null
	cmp -s "$WORK/opened" "${FILES[$REPORT]}" || fail "what $1 opened is not what was sealed"
}
wraps() { find "$RUN/vault/wraps" -type f -path "*${1#0x}*" | wc -l; }
state_of() { must //Alpha record show "$1" | get .document.state; }
is_in_state() { SEEN="$(state_of "$1")"; [ "$SEEN" = "$2" ]; } # is_in_state RECORD STATE
wait_state() { wait_until "$3" "record $1 to be $2" is_in_state "$1" "$2"; } # wait_state RECORD STATE SECONDS

TURN=2000 # milliseconds
turn() { printf '%d\n' $(($(date +%s%3N) / TURN)); } # the number of the turn that it is now
seats() { # the members, in the order of their validators' turns: whose keystore has the Aura key
	local key file
	for key in $(rpc 0 state_call '["AuraApi_authorities","0x"]' | get '.result[4:]' | fold -w 64); do
		file="$(compgen -G "$RUN/*/chains/*/keystore/61757261$key")" || fail "nobody has the Aura key $key"
		file="${file#"$RUN/"}"
		printf '%s\n' "${file%%/*}"
	done
}
# turns_of INDEX FROM TO: the turns in which these blocks were made, from their digests in that node.
turns_of() {
	local hex
	rpc "$1" chain_getBlockHash "[[$(seq -s , "$2" "$3")]]" |
		jq -c '[.result[] | { jsonrpc: "2.0", id: 1, method: "chain_getHeader", params: [.] }]' |
		curl -sS --max-time 10 -H 'Content-Type: application/json' -d @- "http://127.0.0.1:$((RPC_PORT + $1))" |
		jq -r '.[].result.digest.logs[] | select(startswith("0x066175726120")) | .[14:22]' |
		while read -r hex; do printf '%d\n' "0x${hex:6:2}${hex:4:2}${hex:2:2}${hex:0:2}"; done
}
# missed_by SEAT: three counts of the turns of this seat between KILLED and RETURNED: all of them,
# those without a block in MADE, and those that the log puts down to a machine that is too slow.
missed_by() {
	local turn all=0 missed=0 slow=0 log="$RUN/${SEATS[$1]}/node.log"
	for ((turn = KILLED + 1; turn < RETURNED; turn++)); do
		[ $((turn % ${#SEATS[@]})) = "$1" ] || continue
		all=$((all + 1))
		[[ " ${MADE[*]} " != *" $turn "* ]] || continue
		missed=$((missed + 1))
		! grep -q "Discarding proposal for slot $turn; block production took too long" "$log" || slow=$((slow + 1))
	done
	printf '%d %d %d\n' $all $missed $slow
}
# standing INDEX: the facts that no validator's absence may change, as that node has them: the
# records with the states of their documents (not the time of the next check), the makers of blocks
# in their order, and the voters of finality.
standing() {
	WS="ws://127.0.0.1:$((RPC_PORT + $1))" must //Alpha record list "$PATIENT" |
		jq -c '.records[] | del(.document.due)' &&
		rpc "$1" state_call '["AuraApi_authorities","0x"]' | jq -ce '{ makers: .result }' &&
		rpc "$1" state_call '["GrandpaApi_grandpa_authorities","0x"]' | jq -ce '{ voters: .result }'
}

part "1. Enrolment"
credential //Alpha "$ALPHA_DOCTOR" --role clinician --until +365d
credential //Beta "$BETA_DOCTOR" --role clinician --until +365d
credential //Gamma "$RESEARCHER" --role researcher --until +365d
PATIENT="$(must //Alpha patient enrol --patient-key "$PATIENT_KEY" | get .patient)"
told "Alpha enrolled patient $PATIENT with the patient's signature"
told "clinicians of Alpha and Beta and a researcher of Gamma are credentialed, with their signatures"
for who in hospital:"//Alpha" patient:"$PATIENT_KEY" doctor:"$BETA_DOCTOR"; do
	file="$WORK/${who%%:*}.reader"
	must "${who#*:}" key new-reader --out "$file" >/dev/null
	must "${who#*:}" key publish "$file" >/dev/null
done
told "the hospital, the patient and Beta's clinician published encryption keys"

part "2. Real documents, sealed, stored, registered, anchored"
documents=tests/documents
[ ! -d ../shared/data/documents ] || documents=../shared/data/documents
told "documents of $documents"
RECORDS=() FILES=() CIPHERTEXTS=()
for file in "$documents"/*; do
	case "$file" in
		*.pdf) class=lab-result ;;
		*.dcm | *.jpg) class=imaging ;;
		*) class=clinical-note ;;
	esac
	added="$(must //Alpha record add "$file" --patient "$PATIENT" --class "$class" --confidentiality normal \
		--authored 2026-03 --vault "$VAULT" --token-file "$RUN/vault.token" --secrets "$WORK/secrets" \
		--reader //Alpha --reader "$PATIENT_KEY")"
	RECORDS+=("$(get .record <<<"$added")") FILES+=("$file") CIPHERTEXTS+=("$(get .ciphertext <<<"$added")")
	[ "$(wraps "${RECORDS[-1]}")" = 2 ] || fail "$(basename "$file") is not wrapped for the hospital and the patient alone"
	told "$(basename "$file"): $class, record $(get .record <<<"$added"), $(get .size <<<"$added") bytes sealed"
done
[ ${#RECORDS[@]} -ge 4 ] || fail "only ${#RECORDS[@]} documents in $documents"
for record in "${RECORDS[@]}"; do wait_state "$record" anchored 120; done
told "the workers of the other members fetched, compared and attested: all ${#RECORDS[@]} anchored"
for i in "${!FILES[@]}"; do case "${FILES[$i]}" in *.pdf) REPORT=$i ;; *.txt) NOTE=$i ;; *.dcm) IMAGE=$i ;; esac; done

part "3. One object altered, one removed: the scheduled re-check finds both"
stored() { find "$RUN/vault" -type f -name "${1#0x}*" | head -n 1; }
altered="$(stored "${CIPHERTEXTS[$NOTE]}")" removed="$(stored "${CIPHERTEXTS[$IMAGE]}")"
[ -n "$altered" ] && [ -n "$removed" ] || fail "the vault's objects were not found under $RUN/vault"
chmod u+w "$altered"
printf '\xff' | dd of="$altered" bs=1 seek=40 conv=notrunc status=none
rm -f "$removed"
# Meanwhile readers open: the sealing made their wraps, not the service.
RECORD="${RECORDS[$REPORT]}"
ENTRY="$(access "$PATIENT_KEY" "$PATIENT" "$RECORD" patient-request permit)"
open_report "$PATIENT_KEY" patient "$ENTRY"
credential //Alpha //Alpha --role clinician --until +365d
must "$PATIENT_KEY" grant "$PATIENT" --to organisation:0 --purpose treatment --until +1d >/dev/null
ENTRY="$(access //Alpha "$PATIENT" "$RECORD" treatment permit)"
open_report //Alpha hospital "$ENTRY"
told "meanwhile the patient, and by the patient's grant the hospital, open the report: the same bytes that were sealed"
wait_state "${RECORDS[$NOTE]}" altered 240
told "altered: $(basename "${FILES[$NOTE]}")"
wait_state "${RECORDS[$IMAGE]}" absent 240
told "absent: $(basename "${FILES[$IMAGE]}")"
for i in "${!RECORDS[@]}"; do
	[ "$i" = "$NOTE" ] || [ "$i" = "$IMAGE" ] || [ "$(state_of "${RECORDS[$i]}")" = anchored ] ||
		fail "record ${RECORDS[$i]} was disturbed"
done
told "nothing else was disturbed"

part "4. Delta's validator is killed"
order="$(seats)"
mapfile -t SEATS <<<"$order"
[ ${#SEATS[@]} = ${#MEMBERS[@]} ] || fail "these make blocks: $order"
before="$(standing 0)" || fail "Alpha's node did not tell how things stand: $before"
stop_node 3 KILL
KILLED="$(turn)" left_at="$(height 0 final)"
told "killed at final block $left_at"

part "5. Denied, granted, permitted, opened, withdrawn, denied"
DENIAL="$(access "$BETA_DOCTOR" "$PATIENT" "$RECORD" treatment deny)"
told "Beta's clinician: denied, and the denial stands in the trail, as entry ${DENIAL:0:10}…"
DIRECTIVE="$(must "$PATIENT_KEY" grant "$PATIENT" --to role:clinician@1 --purpose treatment \
	--class lab-result --class imaging --until +1d | get .directive)"
told "the patient grants Beta's clinicians treatment: laboratory results and images, for a day"
ENTRY="$(access "$BETA_DOCTOR" "$PATIENT" "$RECORD" treatment permit)"
open_report "$BETA_DOCTOR" doctor "$ENTRY"
# The service makes the wrap first and says so then.
wait_until 30 "the service to say that the wrap is its own (its log is $RUN/wraps.log)" grep -q "entry $ENTRY: wrapped" "$RUN/wraps.log"
told "permitted; the service wrapped the report for the clinician, who opened it: the same bytes that were sealed"
access "$RESEARCHER" "$PATIENT" "$RECORD" research deny >/dev/null
told "the researcher: denied"
must "$PATIENT_KEY" withdraw "$PATIENT" "$DIRECTIVE" >/dev/null
if assent "$BETA_DOCTOR" record open "$RECORD" --patient "$PATIENT" --entry "$ENTRY" \
	--reader "$WORK/doctor.reader" --vault "$VAULT" --out "$WORK/again" >/dev/null 2>&1; then
	fail "the vault delivered on a permit that was withdrawn"
fi
access "$BETA_DOCTOR" "$PATIENT" "$RECORD" treatment deny >/dev/null
told "the patient withdraws: denied again, and the vault refuses the earlier permit"
must "$PATIENT_KEY" grant "$PATIENT" --to role:clinician@1 --purpose treatment --until +40s >/dev/null
expired=$((SECONDS + 42))
access "$BETA_DOCTOR" "$PATIENT" "$RECORD" treatment permit >/dev/null
told "another grant, for forty seconds: permitted"

part "6. Delta's validator returns"
final="$(height 0 final)" RETURNED="$(turn)"
grown=$((final - left_at)) turns=$((RETURNED - KILLED))
[ "$grown" -ge 10 ] && [ "$grown" -ge $((turns / 3)) ] || fail "only $grown blocks became final in $turns turns without Delta"
told "without it $grown blocks became final in $turns turns"
start_node 3
wait_height 3 final "$final" 240
made_again() { # whether a block that Delta made since is final, as Delta's node has it
	local turn
	mapfile -t MADE < <(turns_of 3 "$left_at" "$(height 3 final)")
	for turn in "${MADE[@]}"; do
		[ "$turn" -lt "$RETURNED" ] || [ "${SEATS[turn % ${#SEATS[@]}]}" != Delta ] || return 0
	done
	return 1
}
wait_until 90 "a final block of Delta's" made_again
told "it caught up, and a block of its own is among the final ones"
for seat in "${!SEATS[@]}"; do
	member="${SEATS[$seat]}"
	read -r all missed slow < <(missed_by "$seat")
	# On a busy machine a block comes too late now and then, and the next block takes its place.
	case "$member" in Delta) least=$all most=$all ;; *) least=0 most=$((slow + all / 2)) ;; esac
	[ "$missed" -ge "$least" ] && [ "$missed" -le "$most" ] ||
		fail "$member missed $missed of $all turns while Delta was away, not $least to $most"
	case "$slow" in 0) why="" ;; *) why=" ($slow because this machine was too slow, by its log)" ;; esac
	told "$member missed $missed of $all turns meanwhile$why"
done
after="$(standing 3)" || fail "Delta's node did not tell how things stand: $after"
[ "$after" = "$before" ] || fail "more changed than Delta's turns: $(diff <(echo "$before") <(echo "$after"))"
told "nothing else changed: records, documents' states, validators, their order and their votes"

part "7. The forty seconds are over"
[ $SECONDS -ge $expired ] || sleep $((expired - SECONDS))
access "$BETA_DOCTOR" "$PATIENT" "$RECORD" treatment deny >/dev/null
told "the grant expired without a transaction: denied"

part "8. The trail"
shown="$("$CLI_BIN" --node "$WS" trail show "$PATIENT")" || fail "the trail is not whole: $shown"
printf '%s\n' "$shown"
entries="$(trail | jq '.entries | length')"
[ "$entries" -ge $((1 + 2 * ${#RECORDS[@]} + 10)) ] || fail "only $entries entries in the trail"
decided="$(trail | jq -r '.entries[] | select(.act.kind == "access-decided") | "\(.hash) \(.act.decision)"')"
[ "$decided" = "$(cat "$WORK/decisions")" ] ||
	fail "the trail's decisions are not those of the story: $(diff "$WORK/decisions" <(echo "$decided"))"
told "all $(wc -l <"$WORK/decisions") decisions of the story stand in it, permitted and denied, and no others"
if walk="$("$CLI_BIN" --node "$WS" trail show "$PATIENT" --withhold 7)"; then
	fail "the walk did not miss the entry that was withheld"
fi
grep -q 'entry 7 .* is missing' <<<"$walk" || fail "the walk did not say that entry 7 is missing: $(tail -n 1 <<<"$walk")"
told "with entry 7 withheld: $(tail -n 1 <<<"$walk" | cut -c1-110)…"

part "The story held."
if [ -n "$once" ]; then
	stop_all
	part "Every pallet's invariants on the state after the story"
	"$NODE_BIN" export-state --chain "$RUN/spec.json" --base-path "$RUN/Alpha" >"$RUN/state.json" 2>"$RUN/export.log" ||
		fail "the state was not exported: see $RUN/export.log"
	"$BIN/assent-state-check" "$RUN/state.json" || fail "an invariant is broken"
	exit 0
fi
cat <<END

The consortium stays up; Ctrl-C ends it.
  polkadot.js     $WS (and ports $((RPC_PORT + 1)) to $((RPC_PORT + 3)))
  command line    $CLI_BIN --node $WS chain status
  metrics         http://127.0.0.1:$METRICS_PORT/metrics (and the next three ports)
  vault           $VAULT
  patient         $PATIENT, signed for by $PATIENT_KEY
END
while sleep 3600; do :; done
