#!/bin/bash
# Expected: promtool check metrics judges what Prometheus scrapes. Prometheus asks for OpenMetrics first, so a valid
#   OpenMetrics document passes.
# Seen: promtool reads its input as the older text format only, and does not say so. In OpenMetrics a counter's
#   samples carry "_total" and its TYPE and HELP lines do not. promtool takes the two for different metrics and
#   reports a missing help text. What it accepts is no better a sign: a document that is cut off (no "# EOF") loses
#   the whole scrape in OpenMetrics and passes promtool. Prometheus 2.42 itself scrapes the first document and refuses
#   the second, as the parser of prometheus_client does.
# Versions: promtool 2.42.0+ds-5+deb12u1, python3-prometheus-client 0.16.0-0.1 (Debian 12).
# Output:
#   complete counter: promtool exit status 3, "restores_total no help text"; prometheus_client accepts it
#   gauge cut off: promtool exit status 0, ""; prometheus_client refuses it
# azrestored: promtool judges its older text format alone; prometheus_client's parser judges its OpenMetrics.
# Needs: python3 of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in prometheus=2.42.0+ds-5+deb12u1 python3-prometheus-client=0.16.0-0.1; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done

cat > complete-counter <<'TEXT'
# HELP restores Restores that were started.
# TYPE restores counter
restores_total 3.0
# EOF
TEXT
cat > gauge-cut-off <<'TEXT'
# HELP jobs Jobs in the store.
# TYPE jobs gauge
jobs 2.0
TEXT
cat > accepts.py <<'PY'
import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families
try:
    list(text_string_to_metric_families(sys.stdin.read()))
    print("accepts")
except ValueError:
    print("refuses")
PY
judge() {  # FILE
  local status=0 said verdict
  said=$(root/usr/bin/promtool check metrics <"$1" 2>&1) || status=$?
  verdict=$(PYTHONPATH=root/usr/lib/python3/dist-packages python3 accepts.py <"$1")
  echo "${1//-/ }: promtool exit status $status, \"$said\"; prometheus_client $verdict it"
}
seen=$(judge complete-counter; judge gauge-cut-off)
expected='complete counter: promtool exit status 3, "restores_total no help text"; prometheus_client accepts it
gauge cut off: promtool exit status 0, ""; prometheus_client refuses it'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
