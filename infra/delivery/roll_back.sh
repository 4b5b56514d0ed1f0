#!/usr/bin/env bash
# Give all traffic to the revision before the one that has most of it. Wants REGION.
set -euo pipefail
# shellcheck source=infra/delivery/gcloud_services.sh
source "$(dirname "$0")/gcloud_services.sh"

all=$(services)
for service in $all; do
  now=$(described "$service" "max((t for t in status['traffic'] if t.get('percent')), key=lambda t: t['percent'])['revisionName']")
  earlier=$(gcloud run revisions list --service="$service" --region="$REGION" --sort-by='~metadata.creationTimestamp' \
    --format='value(metadata.name)' | grep -A1 -x -F -- "$now" | tail -n +2)
  if [[ -z $earlier ]]; then
    echo "$service has no revision before $now" >&2
    exit 1
  fi
  serve "$service" "$earlier=100"
done
