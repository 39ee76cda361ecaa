#!/usr/bin/env bash
# The files of deploy/: alert rules pass promtool and their own tests, each alert names a runbook
# that exists, systemd accepts the units and they stay hardened, and the dashboard is whole.
# Needs no network and no built binary.
# Usage: bash tests/operations/deploy.sh
set -euo pipefail
# shellcheck source=tests/network/operations.sh
source "$(dirname "$0")/../network/operations.sh"
deploy="$ROOT/deploy"
aside="$(mktemp -d)"
trap 'rm -rf "$aside"' EXIT

part "Alert rules"
# Debian's package starts a service, so the test takes the program alone out of the package.
promtool="$(command -v promtool || echo "$HOME/.cache/assent/promtool")"
if [ ! -x "$promtool" ]; then
	(cd "$aside" && apt-get download -qq prometheus >/dev/null 2>&1 && dpkg -x prometheus_*.deb unpacked) ||
		fail "no promtool: apt-get download prometheus did not work; install promtool"
	mkdir -p "$(dirname "$promtool")"
	cp "$aside/unpacked/usr/bin/promtool" "$promtool"
fi
for check in "check rules alerts.yml" "check config --syntax-only prometheus.yml" "test rules alerts.test.yml"; do
	# shellcheck disable=SC2086
	(cd "$deploy/prometheus" && "$promtool" $check) >"$aside/said" 2>&1 || fail "promtool $check: $(cat "$aside/said")"
done
alerts="$(grep -oP '^\s+- alert: \K\w+' "$deploy/prometheus/alerts.yml")"
for alert in $alerts; do
	[ "$(grep -c "alertname: $alert" "$deploy/prometheus/alerts.test.yml")" -ge 2 ] ||
		fail "$alert is not tested both quiet and firing"
done
named="$(grep -oP '^\s+runbook: "\K[^"]+' "$deploy/prometheus/alerts.yml")"
[ "$(wc -l <<<"$named")" = "$(wc -w <<<"$alerts")" ] || fail "an alert names no runbook"
for page in $named; do
	[ -s "$ROOT/$page" ] && [[ "$page" == docs/operations/*.md ]] || fail "an alert names the runbook $page, which does not exist"
done
told "$(wc -w <<<"$alerts") alerts, each tested and with its runbook"

part "Units"
command -v systemd-analyze >/dev/null || fail "no systemd-analyze: apt-get install systemd"
for unit in assent-node assent-vault assent-wrap; do
	# The programs need not be installed to check the rest.
	sed "s#^ExecStart=/usr/bin/[a-z-]*#ExecStart=/bin/true#" "$deploy/systemd/$unit.service" >"$aside/$unit.service"
	said="$(systemd-analyze verify --man=no "$aside/$unit.service" 2>&1)" || fail "$unit: $said"
	[ -z "$said" ] || fail "$unit: $said"
	systemd-analyze security --offline=true --threshold=20 "$deploy/systemd/$unit.service" >"$aside/said" 2>&1 ||
		fail "$unit is less hardened than it was: $(tail -n 1 "$aside/said")"
	page="$(sed -n 's#^Documentation=https://example.invalid/assent/##p' "$deploy/systemd/$unit.service")"
	[ -s "$ROOT/$page" ] || fail "$unit names the page '$page', which does not exist"
	told "$unit: $(tail -n 1 "$aside/said" | grep -oE '[0-9.]+ [A-Z]+')"
done

part "Dashboard"
jq -e '.panels | length > 10 and all(.type == "row" or (.targets | length > 0 and all(.expr | length > 0)))' \
	"$deploy/grafana/assent.json" >/dev/null || fail "a panel of the dashboard shows nothing"
[ "$(jq '[.panels[].id] | length == (unique | length)' "$deploy/grafana/assent.json")" = true ] || fail "two panels have one id"
# Every query is one that Prometheus understands: as a recording rule.
jq '{groups: [{name: "dashboard", rules: [.panels[].targets[]?.expr
	| gsub("\\$node"; ".+") | {record: "dashboard:panel", expr: .}]}]}' "$deploy/grafana/assent.json" |
	jq '.groups[0].rules |= (to_entries | map(.value + {labels: {panel: (.key | tostring)}}))' >"$aside/dashboard.json"
"$promtool" check rules "$aside/dashboard.json" >"$aside/said" 2>&1 || fail "a query of the dashboard: $(cat "$aside/said")"
told "$(jq '.groups[0].rules | length' "$aside/dashboard.json") queries"
part "All of it held."
