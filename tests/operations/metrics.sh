#!/usr/bin/env bash
# What operators watch: documents altered and gone, attestations, the worker and a silent
# vault show in the metrics, and every figure that the alert rules and the dashboard name is
# really exported.
# Usage: bash tests/operations/metrics.sh
set -euo pipefail
source "$(dirname "$0")/lib.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
for binary in assent-node assent-vault assent; do
	[ -x "$BIN/$binary" ] || fail "no $binary at $BIN: build first, or set ASSENT_BIN"
done
check_ports
CONSORTIUM_ID=metrics_test
RECHECK=20 start_consortium

part "A vault of North, and four documents in it"
start_vault() {
	"$BIN/assent-vault" serve --store "$RUN/vault" --listen "127.0.0.1:$VAULT_PORT" \
		--organisation-token-file "$RUN/vault.token" --node "http://127.0.0.1:$RPC_PORT" >>"$RUN/vault.log" 2>&1 &
	echo $! >"$RUN/vault.pid"
}
(umask 077; head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$RUN/vault.token")
start_vault
assent() { # assent KEY_FILE COMMAND...
	local key="$1"; shift
	"$BIN/assent" --json --node "ws://127.0.0.1:$RPC_PORT" --key "$key" "$@" |
		jq -ce '.result // error(.error.code + ": " + .error.message)' || fail "assent $*"
}
north="$RUN/North.controller.phrase"
patient_key="$RUN/patient.json"
"$BIN/assent" key new --out "$patient_key" >/dev/null
patient="$(assent "$north" patient enrol --patient-key "$patient_key" | jq -r .patient)"
"$BIN/assent" key new-reader --out "$RUN/north.reader" >/dev/null
assent "$north" key publish "$RUN/north.reader" >/dev/null
records=() ciphertexts=()
for file in "$ROOT"/tests/documents/*; do
	added="$(assent "$north" record add "$file" --patient "$patient" --class clinical-note --confidentiality normal \
		--authored 2026-03 --vault "http://127.0.0.1:$VAULT_PORT" --token-file "$RUN/vault.token" \
		--secrets "$RUN/secrets" --reader "$(jq -r .ss58Address "$RUN/North.controller.json")")"
	records+=("$(jq -r .record <<<"$added")") ciphertexts+=("$(jq -r .ciphertext <<<"$added")")
done
[ ${#records[@]} -ge 4 ] || fail "only ${#records[@]} documents in tests/documents"

# wait_metric INDEX NAME LABEL AT_LEAST SECONDS
wait_metric() {
	local deadline=$((SECONDS + $5 * ${SLOW:-1})) value
	until value="$(metric "$1" "$2" "$3")"; [ "${value:-0}" -ge "$4" ]; do
		[ $SECONDS -lt $deadline ] || fail "${MEMBERS[$1]}: $2{$3} is ${value:-missing}, not $4, after $5 s"
		sleep 2
	done
}
found() { metric "$1" assent_documents_found_total "finding=\"$2\""; }
for i in "${!MEMBERS[@]}"; do
	wait_metric "$i" assent_documents_found_total 'finding="intact"' ${#records[@]} 90
	[ "$(found "$i" altered)" = 0 ] && [ "$(found "$i" absent)" = 0 ] || fail "${MEMBERS[$i]} counts findings before there are any"
done
for organisation in 1 2 3; do
	wait_metric 0 assent_attestations_total "organisation=\"$organisation\"" 1 60
done
[ "$(metric 0 assent_attestations_total 'organisation="0"')" = 0 ] || fail "North attested its own documents"
for i in 1 2 3; do
	[ "$(metric "$i" assent_worker_looks_total)" -ge 1 ] || fail "${MEMBERS[$i]}'s looks are not counted"
	[ "$(metric "$i" assent_worker_submissions_total 'result="accepted"')" -ge 1 ] ||
		fail "${MEMBERS[$i]}'s attestations are not counted"
done
[ "$(metric 0 assent_worker_looks_total)" = 0 ] || fail "North's worker looked at its own documents"
told "all anchored; three workers looked and attested, the custodian's did not"

part "One object altered, one removed"
stored() { find "$RUN/vault" -type f -name "${1#0x}*" | head -n 1; }
altered="$(stored "${ciphertexts[0]}")" removed="$(stored "${ciphertexts[1]}")"
chmod u+w "$altered"
printf '\xff' | dd of="$altered" bs=1 seek=40 conv=notrunc status=none
rm -f "$removed"
for i in "${!MEMBERS[@]}"; do
	wait_metric "$i" assent_documents_found_total 'finding="altered"' 1 180
	wait_metric "$i" assent_documents_found_total 'finding="absent"' 1 180
	[ "$(found "$i" altered) $(found "$i" absent)" = "1 1" ] || fail "${MEMBERS[$i]} counts $(found "$i" altered) altered and $(found "$i" absent) absent"
	grep -q "record 0x.* of organisation 0: altered" "$RUN/${MEMBERS[$i]}/node.log" || fail "${MEMBERS[$i]}'s log does not name the altered record"
done
told "$(grep -h 'of organisation 0: \(altered\|absent\)' "$RUN/South/node.log" | sed 's/.*record/record/' | tr '\n' ';')"

part "Every figure of the alerts and the dashboard is exported"
curl -sS "http://127.0.0.1:$((METRICS_PORT + 1))/metrics" >"$RUN/metrics.txt"
curl -sS "http://127.0.0.1:$VAULT_PORT/metrics" >>"$RUN/metrics.txt"
named="$(grep -ohE '(substrate|assent)_[a-z0-9_]+' "$ROOT/deploy/prometheus/alerts.yml" "$ROOT/deploy/grafana/assent.json" | sort -u)"
missing="$(for name in $named; do
	# A counter by label may have no series yet: its head is there all the same in the vault.
	grep -qE "^(# TYPE )?$name[{ ]" "$RUN/metrics.txt" || [ "$name" = assent_worker_silences_total ] || echo "$name"
done)"
[ -z "$missing" ] || fail "not exported: $missing"
told "$(wc -w <<<"$named") names, all there"

part "A vault that gives no answer"
stop_pid_file "$RUN/vault.pid"
for i in 1 2 3; do wait_metric "$i" assent_worker_silences_total 'custodian="0"' 1 120; done
wait_metric 0 assent_check_overdue_blocks "" 10 120
told "the others count its silence, and the check that waits grows older: $(metric 0 assent_check_overdue_blocks) blocks"
start_vault
deadline=$((SECONDS + 120 * ${SLOW:-1}))
until [ "$(metric 0 assent_check_overdue_blocks)" -lt 10 ]; do
	[ $SECONDS -lt $deadline ] || fail "the checks stay overdue after the vault's return"
	sleep 2
done
told "it is back, and the checks are caught up with"
part "All of it held."
