#!/usr/bin/env bash
# The metrics for operators: documents altered and gone, attestations, the worker, a silent vault
# and reviews of emergencies show in the metrics. The node and the vault export every figure that
# the alert rules and the dashboard name. The runbook repairs documents from the vault's backup.
# Wants tests/js's packages (npm ci there).
# Usage: bash tests/operations/metrics.sh
set -euo pipefail
# shellcheck source=tests/network/operations.sh
source "$(dirname "$0")/../network/operations.sh"
trap stop_all EXIT
trap 'exit 130' INT TERM
for binary in assent-node assent-vault assent; do
	[ -x "$BIN/$binary" ] || fail "no $binary at $BIN: build first, or set ASSENT_BIN"
done
CONSORTIUM_ID=metrics_test
# Without a wait of fourteen days: from the first block on, South owes a review that was due in
# 1970, and East owes a review that is due in the year 2100.
FIRST_STATE=(
	Emergencies.ReviewsOf '["0x01000000", "0x0f270000"]' 0x0100000000000000
	Emergencies.ReviewsOf '["0x02000000", "0x10270000"]' 0x00d8c32cbb030000
)
RECHECK=20 start_consortium

part "A vault of North, and four documents in it"
start_vault
north="$RUN/North.controller.phrase"
patient_key="$RUN/patient.json"
"$CLI_BIN" key new --out "$patient_key" >/dev/null
patient="$(must "$north" patient enrol --patient-key "$patient_key" | jq -r .patient)"
"$CLI_BIN" key new-reader --out "$RUN/north.reader" >/dev/null
must "$north" key publish "$RUN/north.reader" >/dev/null
records=() ciphertexts=()
for file in "$ROOT"/tests/documents/*; do
	added="$(must "$north" record add "$file" --patient "$patient" --class clinical-note --confidentiality normal \
		--authored 2026-03 --vault "http://127.0.0.1:$VAULT_PORT" --token-file "$RUN/vault.token" \
		--secrets "$RUN/secrets" --reader "$(jq -r .ss58Address "$RUN/North.controller.json")")"
	records+=("$(jq -r .record <<<"$added")") ciphertexts+=("$(jq -r .ciphertext <<<"$added")")
done
[ ${#records[@]} -ge 4 ] || fail "only ${#records[@]} documents in tests/documents"

# wait_metric INDEX NAME LABEL AT_LEAST SECONDS
wait_metric() { wait_until "$5" "${MEMBERS[$1]}'s $2{$3} of $4" at_least "$4" "${@:1:3}"; }
at_least() { SEEN="$(metric "${@:2}")"; [ "${SEEN:-0}" -ge "$1" ]; } # at_least VALUE INDEX NAME LABEL
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
cp -a "$RUN/vault" "$RUN/backup"
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

part "Both put back from the vault's backup"
state() { must "$north" record show "$1" | jq -r .document.state; }
is_in_state() { SEEN="$(state "$1")"; [ "$SEEN" = "$2" ]; } # is_in_state RECORD STATE
[ "$(state "${records[0]}") $(state "${records[1]}")" = "altered absent" ] || fail "the records' state does not tell"
intact="$(found 0 intact)" started=$SECONDS
for i in 0 1; do
	hash="$(must "$north" record show "${records[$i]}" | jq -r .document.ciphertext)"
	[ "$hash" = "${ciphertexts[$i]}" ] || fail "record show tells another ciphertext: $hash"
	kept="$(find "$RUN/backup" -type f -name "${hash#0x}*")"
	must "$north" record put "$kept" --vault "http://127.0.0.1:$VAULT_PORT" --token-file "$RUN/vault.token" >/dev/null
	cmp -s "$kept" "$(stored "$hash")" || fail "the vault does not hold what was put"
done
[ "$(curl -sS "http://127.0.0.1:$VAULT_PORT/metrics" | awk '$1 == "assent_vault_repaired_documents_total" { print $2 }')" = 1 ] ||
	fail "the vault does not count the document that it repaired"
told "the same bytes as before; what was found wrong is checked again after ten minutes, so meanwhile:"

part "Reviews of emergencies"
reviews() { metric "$1" assent_reviews_owed "organisation=\"$2\",standing=\"$3\""; }
doctor="$RUN/doctor.json"
"$CLI_BIN" key new --out "$doctor" >/dev/null
credential "$north" "$doctor" --role emergency-clinician --until +30d
emergency="$(must "$doctor" emergency declare "$patient" --reason serious-harm --minutes 5 | jq -r .emergency)"
must "$doctor" emergency end "$emergency" >/dev/null
echo "Unconscious on arrival." >"$RUN/justification.txt"
draw_at="$(must "$doctor" emergency justify "$emergency" --outcome treated --text "$RUN/justification.txt" \
	--salt "$RUN/justification.salt" | jq -r .drawBlock)"
"$CLI_BIN" --node "ws://127.0.0.1:$RPC_PORT" chain wait --block $((draw_at + 1)) >/dev/null
reviewer="$(must "$doctor" emergency draw "$emergency" | jq -r .reviewer)"
owes=1; [ "$reviewer" != 2 ] || owes=2 # East owes one from the first block on
for i in "${!MEMBERS[@]}"; do
	wait_metric "$i" assent_reviews_owed "organisation=\"$reviewer\",standing=\"open\"" $owes 90
	wait_metric "$i" assent_reviews_owed 'organisation="1",standing="overdue"' 1 60
	[ "$(reviews "$i" 2 overdue) $(reviews "$i" 0 open) $(reviews "$i" 0 soon) $(reviews "$i" 0 overdue)" = "0 0 0 0" ] ||
		fail "${MEMBERS[$i]} tells reviews that nobody owes"
done
must "$RUN/${MEMBERS[$reviewer]}.controller.phrase" emergency review "$emergency" --finding justified >/dev/null
fewer() { [ "$(reviews 0 "$reviewer" open)" = $((owes - 1)) ]; }
wait_until 90 "the review given is no longer owed" fewer
told "drawn, ${MEMBERS[$reviewer]} owed the review, until it gave one; South's that is overdue is told"

part "Every figure of the alerts and the dashboard is exported"
curl -sS "http://127.0.0.1:$((METRICS_PORT + 1))/metrics" >"$RUN/metrics.txt"
curl -sS "http://127.0.0.1:$VAULT_PORT/metrics" >>"$RUN/metrics.txt"
named="$(grep -ohE '(substrate|assent)_[a-z0-9_]+' "$ROOT/deploy/prometheus/alerts.yml" "$ROOT/deploy/grafana/assent.json" | sort -u)"
missing="$(for name in $named; do
	# A counter by label may have no series yet. The vault exports the head of the counter all the same.
	case "$name" in assent_worker_silences_total | substrate_sub_libp2p_notifications_streams_closed_total) continue ;; esac
	grep -qE "^(# TYPE )?${name}[{ ]" "$RUN/metrics.txt" || echo "$name"
done)"
[ -z "$missing" ] || fail "not exported: $missing"
told "$(wc -w <<<"$named") names, all there"

part "A vault that gives no answer"
stop_pid_file "$RUN/vault.pid"
for i in 1 2 3; do wait_metric "$i" assent_worker_silences_total 'custodian="0"' 1 120; done
wait_metric 0 assent_check_overdue_blocks "" 10 120
told "the others count its silence, and the check that waits grows older: $(metric 0 assent_check_overdue_blocks) blocks"
start_vault
caught_up() { SEEN="$(metric 0 assent_check_overdue_blocks)"; [ "${SEEN:-10}" -lt 10 ]; }
wait_until 120 "the checks to be no longer overdue after the vault's return" caught_up
told "it is back, and the checks are caught up with"

part "What was put back is found intact"
for i in 0 1; do wait_until 720 "record ${records[$i]} to be anchored" is_in_state "${records[$i]}" anchored; done
for i in "${!MEMBERS[@]}"; do
	wait_metric "$i" assent_documents_found_total 'finding="intact"' $((intact + 2)) 60
done
told "$((SECONDS - started)) s after it was put back"
part "All of it held."
