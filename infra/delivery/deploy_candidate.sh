#!/usr/bin/env bash
# A new revision of every service, by the image's digest, with the tag `candidate` and no traffic.
# Wants IMAGE (…@sha256:…), REGION.
set -euo pipefail
# shellcheck source=infra/delivery/gcloud_services.sh
source "$(dirname "$0")/gcloud_services.sh"

: "${IMAGE:?the image, by digest}"
if [[ $IMAGE != *@sha256:* ]]; then
  echo "IMAGE=$IMAGE is not by digest: what is tried must be what is served" >&2
  exit 2
fi

all=$(services)
for service in $all; do
  gcloud run services update "$service" --region="$REGION" --image="$IMAGE" --no-traffic --tag="$CANDIDATE_TAG" --quiet
done
