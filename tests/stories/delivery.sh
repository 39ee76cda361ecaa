#!/usr/bin/env bash
# The vault's deliveries against a live consortium: to which readers, and until when. Also the
# custodian's service that keeps the wraps.
# Usage: scripts/with-network tests/stories/delivery.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/network/local.sh
source tests/network/local.sh
: "${ASSENT_WS:?run it by scripts/with-network tests/stories/delivery.sh}" "${ASSENT_VAULT:?}" "${ASSENT_VAULT_TOKEN_FILE:?}"

WORK="$(mktemp -d)"
SERVICE=""
tidy() {
	[ "$?" = 0 ] || { echo "$(wraps) wraps; the service said:" && tail -n 5 "$WORK/service.log"; } >&2 || true
	[ -z "$SERVICE" ] || kill "$SERVICE" 2>/dev/null || true
	rm -rf "$WORK"
}
trap tidy EXIT
WS="$ASSENT_WS"

# Fresh accounts, so that the story can run again on a network that is in use.
TAG="$(head -c 6 /dev/urandom | od -An -tx1 | tr -d ' \n')"
PATIENT_KEY="//Delivery//$TAG//patient" DOCTOR="//Delivery//$TAG//doctor"
COLLEAGUE="//Delivery//$TAG//colleague" AMBULANCE="//Delivery//$TAG//ambulance"
VAULT_ARGS=(--vault "$ASSENT_VAULT" --token-file "$ASSENT_VAULT_TOKEN_FILE")

ask() { # ask KEY PURPOSE [ACTION]: the entry of a permitted access in a final block
	must "$1" --wait final access ask "$PATIENT" "$RECORD" --purpose "$2" --action "${3:-access}" | jq -er .entry
}
open() { # open KEY ENTRY READER_FILE [ARGUMENT...]: opens the record, and compares
	rm -f "$WORK/opened"
	assent "$1" record open "$RECORD" --entry "$2" --reader "$3" --vault "$ASSENT_VAULT" \
		--out "$WORK/opened" "${@:4}" >"$WORK/open.json" 2>"$WORK/open.err" &&
		cmp -s "$WORK/opened" "$DOCUMENT"
}
must_open() { open "$@" || fail "$1 could not open the record: $(cat "$WORK/open.err")"; }
must_not_open() { # must_not_open TEXT KEY ENTRY READER_FILE
	if open "${@:2}"; then fail "$2 opened what is not permitted"; fi
	grep -q "$1" "$WORK/open.err" || fail "$1 expected, got: $(cat "$WORK/open.err")"
}
account() { "$CLI_BIN" --json --key "$1" key show | jq -r .result.account; }
delivery() { # delivery KEY ENTRY [CLOCK]: the node's answer about the record
	rpc 0 assent_delivery "[\"$RECORD\",1,\"$(account "$1")\",\"$2\"${3:+,$3}]" |
		jq -c '.result // error(.error.message)'
}
wraps() { find "$RUN/vault/wraps" -type f -path "*${RECORD#0x}*" | wc -l; }
wrapped() { [ "$(wraps)" = "$1" ]; }
wait_wraps() { wait_until "$2" "$1 wraps" wrapped "$1"; } # wait_wraps COUNT SECONDS
logged() { grep -qF -- "$1" "$WORK/service.log"; } # logged TEXT: whether the service said this
no_notes() { [ -z "$(find "$WORK/notes" -type f)" ]; }
start_service() {
	"$CLI_BIN" --node "$WS" record wrap-permitted --organisation 0 "${VAULT_ARGS[@]}" \
		--secrets "$WORK/secrets" --notes "$WORK/notes" >>"$WORK/service.log" 2>&1 &
	SERVICE=$!
}
stop_service() { # stop_service SIGNAL
	kill -"$1" "$SERVICE"
	wait "$SERVICE" 2>/dev/null || true
	SERVICE=""
}
now() { date +%s%3N; }

DOCUMENT=tests/documents/report.pdf
credential //Beta "$DOCTOR" --role clinician --until +365d
credential //Beta "$COLLEAGUE" --role clinician --until +365d
credential //Beta "$AMBULANCE" --role emergency-clinician --until +365d
PATIENT="$(must //Alpha patient enrol --patient-key "$PATIENT_KEY" | jq -r .patient)"
for who in patient:"$PATIENT_KEY" doctor:"$DOCTOR" ambulance:"$AMBULANCE"; do
	must "${who#*:}" key new-reader --out "$WORK/${who%%:*}.reader" >/dev/null
	must "${who#*:}" key publish "$WORK/${who%%:*}.reader" >/dev/null
done
RECORD="$(must //Alpha record add "$DOCUMENT" --patient "$PATIENT" --class lab-result --confidentiality normal \
	--authored 2026-03 "${VAULT_ARGS[@]}" --secrets "$WORK/secrets" --reader "$PATIENT_KEY" | jq -r .record)"
[ "$(wraps)" = 1 ] || fail "$(wraps) wraps after record add, not the patient's alone"

start_service
DIRECTIVE="$(must "$PATIENT_KEY" grant "$PATIENT" --to role:clinician@1 --purpose treatment --until +1h | jq -r .directive)"
ENTRY="$(ask "$DOCTOR" treatment)"
must_open "$DOCTOR" "$ENTRY" "$WORK/doctor.reader"
wait_wraps 2 1
told "a reader who was permitted opens the document: nobody ran record share"

answer="$(delivery "$DOCTOR" "$ENTRY")"
expect '.permitted and .final and (.emergency | not)' "$answer"
apart=$(($(now) - $(jq .at <<<"$answer")))
[ "${apart#-}" -lt 30000 ] || fail "the best block's time is $apart ms from the clock"
for clock in 0 $(($(now) + 3000000)); do
	expect '(.permitted | not) and .final and .reason == "clocks-apart"' "$(delivery "$DOCTOR" "$ENTRY" "$clock")"
done
answer="$(delivery "$DOCTOR" "$ENTRY" "$(($(now) + 3600000))")"
expect '(.permitted | not) and .final and .reason == "expired-by-clock"' "$answer"
told "a grant that is over by the vault's clock does not deliver, although the chain's clock is behind"

ASKED="$(ask "$COLLEAGUE" treatment)"
wait_until 60 "the service to see that the reader has no key" logged "entry $ASKED: waits, the reader has published no key"
[ "$(wraps)" = 2 ] || fail "a wrap for a reader without a key"
must "$COLLEAGUE" key new-reader --out "$WORK/colleague.reader" >/dev/null
must "$COLLEAGUE" key publish "$WORK/colleague.reader" >/dev/null
must_open "$COLLEAGUE" "$ASKED" "$WORK/colleague.reader"
wait_wraps 3 1
told "a reader who published a key only after the permit got the wrap then"

stop_service KILL
must "$DOCTOR" key new-reader --out "$WORK/doctor-2.reader" >/dev/null
must "$DOCTOR" key publish "$WORK/doctor-2.reader" >/dev/null
ENTRY="$(ask "$DOCTOR" treatment)"
start_service
wait_until 120 "the wrap to the doctor's new key" open "$DOCTOR" "$ENTRY" "$WORK/doctor-2.reader"
must_not_open WrapRefused "$DOCTOR" "$ENTRY" "$WORK/doctor.reader"
[ "$(wraps)" = 3 ] || fail "$(wraps) wraps after a key rotation, not 3"
told "killed and started again, it made up for what it missed, to the reader's new key"

must "$PATIENT_KEY" --wait final withdraw "$PATIENT" "$DIRECTIVE" >/dev/null
must_not_open Vault.refused "$DOCTOR" "$ENTRY" "$WORK/doctor-2.reader"
expect '(.permitted | not) and .final' "$(delivery "$DOCTOR" "$ENTRY")"
wait_wraps 1 30
wait_until 30 "the notes about these wraps to be gone" no_notes
told "withdrawn: refused, and both wraps are gone; the patient's own stays"

echo '{"base": {"effect": "permit", "actors": ["role:clinician@1"], "purposes": ["treatment"], "actions": ["correct"]}}' \
	>"$WORK/correct.json"
must "$PATIENT_KEY" directive make "$PATIENT" "$WORK/correct.json" >/dev/null
CORRECTION="$(ask "$COLLEAGUE" treatment correct)"
expect '(.permitted | not) and .final
	and .reason == "other-action"' "$(delivery "$COLLEAGUE" "$CORRECTION")"
must_not_open "Vault.refused: .*the decision permits something else" "$COLLEAGUE" "$CORRECTION" "$WORK/colleague.reader"
told "who may only correct the record does not open it"

must "$AMBULANCE" --wait final emergency declare "$PATIENT" --reason serious-harm --minutes 30 >/dev/null
ENTRY="$(ask "$AMBULANCE" emergency-treatment)"
must_open "$AMBULANCE" "$ENTRY" "$WORK/ambulance.reader"
# The service takes one entry after the other, so it has read the correction by now.
[ "$(wraps)" = 2 ] || fail "$(wraps) wraps, not the patient's and the ambulance's alone"
if logged "entry $CORRECTION"; then fail "the service did something for who may only correct"; fi
expect '.permitted and .final and .emergency' "$(delivery "$AMBULANCE" "$ENTRY" "$(($(now) + 60000))")"
expect '(.permitted | not) and (.emergency | not)' "$(delivery "$AMBULANCE" "$ENTRY" "$(($(now) + 1860000))")"
told "an emergency delivers while clocks differ, not beyond its own end"

for secret in "$(sed -n 's/.*"identity": *"\([^"]*\)".*/\1/p' "$WORK"/secrets/*.json)" \
	"$(cat "$ASSENT_VAULT_TOKEN_FILE")" "$(account "$DOCTOR")"; do
	[ -n "$secret" ] || fail "nothing to look for in the log"
	if grep -qF "$secret" "$WORK/service.log"; then fail "a secret or a reader is in the service's log"; fi
done
stop_service TERM
once="$("$CLI_BIN" --json --node "$WS" record wrap-permitted --once --organisation 0 "${VAULT_ARGS[@]}" \
	--secrets "$WORK/secrets" --notes "$WORK/notes" 2>/dev/null)" || fail "--once: $once"
expect '.result.waiting == 0 and .result.wrapped == 0 and .result.removed == 0' "$once"
told "what is read twice is done once"
