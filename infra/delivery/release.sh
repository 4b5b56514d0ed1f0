#!/usr/bin/env bash
# Try the candidate, give it the traffic, try again; whatever goes wrong, the traffic is where it was.
# Wants REGION. SMOKE is the command that tries an address: its last two arguments are `--url URL`.
set -euo pipefail
# shellcheck source=infra/delivery/gcloud_services.sh
source "$(dirname "$0")/gcloud_services.sh"

read -r -a smoke <<<"${SMOKE:-headrace deploy smoke}"
all=$(services)
declare -A before candidate
for service in $all; do
  before[$service]=$(live_traffic "$service")
  candidate[$service]=$(candidate_revision "$service")
done

tried=$(candidate_url "$API")
if ! "${smoke[@]}" --url "$tried"; then
  echo "the candidate failed its smoke test: no traffic was shifted" >&2
  exit 1
fi

shifted=()
roll_back() {
  local failed=0
  for service in "${shifted[@]}"; do
    serve "$service" "${before[$service]}" || failed=1
  done
  if ((failed)); then
    echo "NOT all services were rolled back: docs/runbook/release.md" >&2
  else
    echo "rolled back: the traffic is where it was" >&2
  fi
}
released=0
on_exit() { # not a trap on ERR: it is not heeded inside of functions
  if ((!released)); then roll_back; fi
}
trap on_exit EXIT
trap 'exit 130' INT TERM

for service in $all; do
  shifted+=("$service") # first: a shift that fails halfway is rolled back, too
  serve "$service" "${candidate[$service]}=100"
done
live=$(described "$API" "status['url']")
"${smoke[@]}" --url "$live"
released=1
echo "released"
