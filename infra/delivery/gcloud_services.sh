#!/usr/bin/env bash
# What the scripts beside this one share. Sourced. Wants REGION, API (the API's service) and SELECTOR (label=value of Headrace's services).
set -euo pipefail

: "${REGION:?the region of the services}"
: "${API:=jobs-api}"
: "${SELECTOR:=app=headrace}"
: "${CANDIDATE_TAG:=candidate}"

services() {
  local found
  found=$(gcloud run services list --region="$REGION" --filter="metadata.labels.${SELECTOR}" --format='value(metadata.name)')
  if [[ -z $found ]]; then
    echo "no service has the label ${SELECTOR} in ${REGION}" >&2
    return 1
  fi
  printf '%s\n' "$found"
}

described() { # SERVICE EXPRESSION: what a Python expression over `status` gives
  gcloud run services describe "$1" --region="$REGION" --format=json |
    python3 -c "import json, sys; status = json.load(sys.stdin)['status']; print($2)"
}

live_traffic() { # SERVICE: revision=percent,... as it is served now
  described "$1" "','.join(f\"{t['revisionName']}={t['percent']}\" for t in status['traffic'] if t.get('percent'))"
}

candidate_revision() { # SERVICE
  described "$1" "next(t['revisionName'] for t in status['traffic'] if t.get('tag') == '${CANDIDATE_TAG}')"
}

candidate_url() { # SERVICE
  described "$1" "next(t['url'] for t in status['traffic'] if t.get('tag') == '${CANDIDATE_TAG}')"
}

serve() { # SERVICE REVISION=PERCENT,...
  gcloud run services update-traffic "$1" --region="$REGION" --to-revisions="$2" --quiet
}
