#!/usr/bin/env bash
# The persons around a patient, the duties after an emergency and the effects of time, from the
# command line against a live consortium. Near the end the story sets every clock of the network
# fifteen days ahead, so no other test can follow on that network. Wants libfaketime.
# Usage: scripts/with-network tests/stories/persons.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/network/local.sh
source tests/network/local.sh
: "${ASSENT_WS:?run it by scripts/with-network tests/stories/persons.sh}" "${ASSENT_VAULT:?}" "${ASSENT_VAULT_TOKEN_FILE:?}"
WS="$ASSENT_WS"
FAKETIME_LIB="$(faketime_lib)"
WORK="$(mktemp -d)"
trap 'rm -rf "$WORK"' EXIT

ADA="//Persons//ada" MOTHER="//Persons//mother" FATHER="//Persons//father" FRIEND="//Persons//friend"
NEW="//Persons//ada//new" DOCTOR="//Persons//doctor" CLERK="//Persons//clerk" AMBULANCE="//Persons//ambulance" CARELESS="//Persons//careless" STRANGER="//Delta"

refused() { # refused CODE KEY COMMAND...: exit code 1, with this error
	local code="$1" key="$2" rc=0 said; shift 2
	said="$("$CLI_BIN" --json --node "$WS" --key "$key" "$@" 2>&1)" || rc=$?
	[ "$rc" = 1 ] && [ "$(jq -r .error.code <<<"$said")" = "$code" ] || fail "$code expected of $* (as $key), got $rc: $said"
}
account() { "$CLI_BIN" --json --key "$1" key show | jq -r .result.account; }
show() { must //Alpha patient show "$PATIENT"; }
check() { # check KEY: how an access of this account would be decided
	"$CLI_BIN" --json --node "$WS" access check "$PATIENT" "$RECORD" --purpose patient-request \
		--account "$(account "$1")" | jq -r '.result.decision // error(.error.message)'
}
grant() { must "$1" grant "$PATIENT" --to organisation:1 --purpose treatment --until +300d | jq -r .directive; }

part "A doctor and a clerk agree, and resign"
# agree KEY NOUN...: the consent of KEY to Beta, signed apart from the command that takes CONSENT.
agree() {
	local signed
	signed="$(must "$1" "${@:2}" consent --organisation 1)"
	expect '.message | startswith("Assent engagement\n") and contains("\norganisation 1 ")' "$signed"
	CONSENT=(--last-day "$(jq -r .lastDay <<<"$signed")" --signature "$(jq -r .signature <<<"$signed")")
}
works=(--role clinician --until +30d)
refused Consortium.ConsentMissing //Beta practitioner credential "$DOCTOR" "${works[@]}"
agree "$CLERK" practitioner
refused Consortium.BadSignature //Beta practitioner credential "$DOCTOR" "${works[@]}" "${CONSENT[@]}"
agree "$DOCTOR" practitioner
refused Consortium.BadSignature //Alpha practitioner credential "$DOCTOR" "${works[@]}" "${CONSENT[@]}"
refused Consortium.BadSignature //Beta organisation agent add "$DOCTOR" "${CONSENT[@]}"
must //Beta practitioner credential "$DOCTOR" "${works[@]}" "${CONSENT[@]}" >/dev/null
must //Beta practitioner credential "$DOCTOR" --role nurse --until +60d >/dev/null
told "no organisation has a doctor who did not sign; with the signature it renews by itself"
must "$DOCTOR" practitioner resign >/dev/null
refused Pool.NothingToWithdraw "$DOCTOR" practitioner resign
refused Consortium.ConsentMissing //Beta practitioner credential "$DOCTOR" "${works[@]}"
refused Consortium.BadSignature //Beta practitioner credential "$DOCTOR" "${works[@]}" "${CONSENT[@]}"
credential //Alpha "$DOCTOR" "${works[@]}"
told "the doctor resigned: the first signature serves no more, and another hospital may ask for one"
agree "$CLERK" organisation agent
must //Beta organisation agent add "$CLERK" "${CONSENT[@]}" >/dev/null
must "$CLERK" practitioner resign >/dev/null
refused Consortium.BadSignature //Beta organisation agent add "$CLERK" "${CONSENT[@]}"
told "an agent agrees and resigns in the same way"

part "Guardians"
PATIENT="$(must //Alpha patient enrol --patient-key "$ADA" | jq -r .patient)"
for who in hospital://Alpha ada:"$ADA"; do
	must "${who#*:}" key new-reader --out "$WORK/${who%%:*}.reader" >/dev/null
	must "${who#*:}" key publish "$WORK/${who%%:*}.reader" >/dev/null
done
# The account has another role, or none: the pool refuses. Another organisation's call is dispatched.
refused Pool.NotForSender "$DOCTOR" guardian propose "$PATIENT" "$MOTHER"
refused Pool.NotForSender //Beta grant "$PATIENT" --to organisation:1 --purpose treatment
refused Pool.NotEnrolled "$MOTHER" grant "$PATIENT" --to organisation:1 --purpose treatment
refused Patients.NotAuthorized //Beta guardian propose "$PATIENT" "$MOTHER"
expect '.until != null' "$(must //Alpha guardian propose "$PATIENT" "$MOTHER" --until +10d)"
refused Patients.NotAuthorized //Alpha guardian confirm "$PATIENT" "$MOTHER"
expect '.guardians[0].standing == "proposed"' "$(show)"
expect '.confirmedBy == 1' "$(must //Beta guardian confirm "$PATIENT" "$MOTHER")"
must //Alpha guardian propose "$PATIENT" "$FATHER" >/dev/null
must //Beta guardian confirm "$PATIENT" "$FATHER" >/dev/null
must //Alpha guardian propose "$PATIENT" //Persons//uncle >/dev/null
expect '.ended == "proposal"' "$(must "$ADA" guardian end "$PATIENT" //Persons//uncle)"
expect "[.guardians[].standing] == [\"in-office\", \"in-office\"]" "$(show)"
expect "[.wards[].patient] == [\"$PATIENT\"]" "$(must "$MOTHER" guardian wards "$MOTHER")"
WITHDRAWN="$(grant "$MOTHER")"
told "proposed by one organisation, confirmed by another; the mother shares for her daughter"

part "Private kinds"
RECORD="$(must //Alpha record add tests/documents/note.txt --patient "$PATIENT" --class genetics --confidentiality normal \
	--authored 2026-03 --vault "$ASSENT_VAULT" --token-file "$ASSENT_VAULT_TOKEN_FILE" --secrets "$WORK/secrets" \
	--reader "$ADA" | jq -r .record)"
[ "$(check "$MOTHER")" = permit ] || fail "a guardian may not see what is not private"
expect '.private.byPatient.classes == ["genetics"]' "$(must "$ADA" patient mark-private "$PATIENT" --class genetics)"
refused Patients.PrivateUnchanged "$ADA" patient mark-private "$PATIENT" --class genetics
expect '.private.byOrganisation.sensitivities == ["0x00112233445566778899aabbccddeeff"]' \
	"$(must //Alpha patient mark-private "$PATIENT" --sensitivity 00112233445566778899aabbccddeeff)"
refused Patients.NotAuthorized "$MOTHER" patient mark-private "$PATIENT" --nothing
[ "$(check "$MOTHER") $(check "$ADA")" = "deny permit" ] || fail "private: the mother $(check "$MOTHER"), the patient $(check "$ADA")"
told "what Ada marked as hers her mother no longer sees; she does"

part "A delegate, within limits"
refused Patients.NotAuthorized "$MOTHER" delegate name "$PATIENT" "$FRIEND" --may withdraw --until +30d
refused Patients.TermTooLong "$ADA" delegate name "$PATIENT" "$FRIEND" --may withdraw --until +400d
expect '.deeds == ["answer-requests", "withdraw"]' \
	"$(must "$ADA" delegate name "$PATIENT" "$FRIEND" --may withdraw --may answer-requests --until +30d)"
expect "[.principals[].patient] == [\"$PATIENT\"]" "$(must "$FRIEND" delegate principals "$FRIEND")"
refused Consent.NotInMandate "$FRIEND" grant "$PATIENT" --to organisation:1 --purpose treatment
must "$FRIEND" withdraw "$PATIENT" "$WITHDRAWN" >/dev/null
must "$FRIEND" delegate end "$PATIENT" "$FRIEND" >/dev/null
refused Patients.DelegateNotFound "$ADA" delegate end "$PATIENT" "$FRIEND"
must "$ADA" delegate name "$PATIENT" "$FRIEND" --may withdraw --until +30d >/dev/null
told "a friend withdraws within its mandate, cannot share outside it, and ends the mandate"

part "Unable to decide, and able again"
expect '.takenBack | not' "$(must //Alpha condition report "$PATIENT" incapable)"
expect '.takenBack' "$(must //Alpha condition report "$PATIENT" capable)"
refused Patients.ReportNotFound //Beta condition confirm "$PATIENT" incapable
must //Alpha condition report "$PATIENT" incapable >/dev/null
expect '.report.condition == "incapable" and .condition == "capable"' "$(show)"
expect '.confirmedBy == 1' "$(must //Beta condition confirm "$PATIENT" incapable)"
refused Patients.PatientIncapable "$ADA" delegate name "$PATIENT" "$FRIEND" --may share --until +30d
must //Alpha condition report "$PATIENT" capable >/dev/null
must //Beta condition confirm "$PATIENT" capable >/dev/null
told "two organisations say so, and two that it is over"

part "A recovery that is vetoed, and one that runs"
expect '.account != null' "$(must "$MOTHER" recovery propose "$PATIENT" --new-key "$NEW")"
expect '.recovery.standing == "proposed" and .recovery.path == "guardians"' "$(show)"
refused Patients.AlreadySupported "$MOTHER" recovery support "$PATIENT" "$NEW"
expect '.started' "$(must "$FATHER" recovery support "$PATIENT" "$NEW")"
must "$ADA" recovery veto "$PATIENT" >/dev/null
expect '.recovery == null' "$(show)"
signed="$(must "$NEW" recovery consent "$PATIENT")"
expect '.message | startswith("Assent recovery\n")' "$signed"
refused Patients.BadSignature //Alpha recovery propose "$PATIENT" --account "$NEW" --number "$(jq .number <<<"$signed")" \
	--signature "$(must "$MOTHER" recovery consent "$PATIENT" | jq -r .signature)"
must //Alpha recovery propose "$PATIENT" --account "$NEW" --number "$(jq .number <<<"$signed")" \
	--signature "$(jq -r .signature <<<"$signed")" >/dev/null
expect '.started and .effective != null' "$(must //Beta recovery support "$PATIENT" "$NEW")"
refused Patients.RecoveryTooEarly "$STRANGER" recovery finish "$PATIENT"
refused Patients.RecoveryRunning "$ADA" guardian end "$PATIENT" "$FATHER"
expect '.recovery.standing == "running" and .recovery.organisation == 1' "$(show)"
told "the old key vetoed the first; the second waits its week, and the old key does nothing new"

part "Two emergencies: one is justified, one is not"
for who in "$AMBULANCE" "$CARELESS"; do
	credential //Beta "$who" --role emergency-clinician --until +365d
done
emergency="$(must "$AMBULANCE" emergency declare "$PATIENT" --reason serious-harm --minutes 30 | jq -r .emergency)"
must "$AMBULANCE" emergency end "$emergency" >/dev/null
echo "Unconscious on arrival." >"$WORK/justification"
draw_at="$(must "$AMBULANCE" emergency justify "$emergency" --outcome treated --text "$WORK/justification" \
	--salt "$WORK/salt" | jq -r .drawBlock)"
careless="$(must "$CARELESS" emergency declare "$PATIENT" --reason unable-to-consent --minutes 1 | jq -r .emergency)"
"$CLI_BIN" --node "$WS" chain wait --block $((draw_at + 1)) >/dev/null
reviewer="$(must "$AMBULANCE" emergency draw "$emergency" | jq -r .reviewer)"
expect "[.emergencies[].emergency] | index($emergency) != null" "$(must "$STRANGER" emergency reviews "$reviewer")"
must "$STRANGER" emergency check "$emergency" --text "$WORK/justification" --salt "$WORK/salt" >/dev/null
refused Emergencies.ReviewNotOverdue "$STRANGER" emergency pass-on "$emergency"
refused Emergencies.JustificationNotOverdue "$STRANGER" emergency suspend "$careless"
told "organisation $reviewer was drawn to review the first"

part "Fifteen days later"
"$CLI_BIN" --node "$WS" chain wait --final "$(height 0)" >/dev/null
for i in "${!MEMBERS[@]}"; do stop_node "$i"; done
before="$(date -u +%s)"
for i in "${!MEMBERS[@]}"; do
	LD_PRELOAD="$FAKETIME_LIB" FAKETIME="+15d" FAKETIME_DONT_FAKE_MONOTONIC=1 start_node "$i"
done
for i in "${!MEMBERS[@]}"; do wait_height "$i" final 1 300; done
# The first block after the jump carries the new time.
later() {
	SEEN="$("$CLI_BIN" --json --node "$WS" chain status | jq -r .result.time)"
	[ "$(date -u -d "$SEEN" +%s)" -gt $((before + 14 * 86400)) ] && now="$SEEN"
}
wait_until 300 "the chain's clock" later
# After a start there may be two branches for some turns. From this block on there is one.
"$CLI_BIN" --node "$WS" chain wait --final "$(height 0)" >/dev/null
told "the chain's clock: $now"
expect '.wards == []' "$(must "$MOTHER" guardian wards "$MOTHER")"
expect '[.guardians[].standing] == ["lapsed", "in-office"] and .recovery.standing == "due"' "$(show)"
expect '.former != .account' "$(must "$STRANGER" --wait final recovery finish "$PATIENT")"
expect "(.account == \"$(account "$NEW")\") and (.delegates == []) and .recovery == null" "$(show)"
grant "$NEW" >/dev/null
refused Pool.NoStanding "$ADA" grant "$PATIENT" --to organisation:1 --purpose treatment
told "the mother's term is over; the recovery is finished by anybody, and the new key shares"
expect ".passedBy == $reviewer and .cause == \"missed\"" "$(must "$STRANGER" emergency pass-on "$emergency")"
expect '.missed == 1' "$(must "$STRANGER" emergency reviews "$reviewer")"
must "$STRANGER" emergency suspend "$careless" >/dev/null
expect '.suspended and .suspension.cause == "unjustified"' "$(must "$STRANGER" emergency declarer "$CARELESS")"
refused Emergencies.RoleSuspended "$CARELESS" emergency declare "$PATIENT" --reason serious-harm --minutes 30
told "the review that was missed passes on; who did not justify declares nothing more"

# The trail is proven against a final block.
"$CLI_BIN" --node "$WS" chain wait --final "$(height 0)" >/dev/null
trail="$("$CLI_BIN" --json --node "$WS" trail show "$PATIENT")" || fail "the trail is not whole: $trail"
kinds="$(jq -r '.result.entries[].act.kind // .result.entries[].kind' <<<"$trail" | sort -u)"
for kind in guardian-named private-changed delegate-named delegate-ended condition-changed recovery-vetoed \
	recovery-started controller-changed reviewer-drawn review-passed-on emergency-role-suspended; do
	grep -qx "$kind" <<<"$kinds" || fail "no $kind in the trail: $kinds"
done
told "all of it stands in the trail, and the trail is whole"
