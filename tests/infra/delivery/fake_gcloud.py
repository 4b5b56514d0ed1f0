"""A `gcloud` for the scripts of infra/delivery: services, revisions and traffic in a JSON file (FAKE_GCLOUD).

Run as a program. A service's address is that of the revision which has most of its traffic; a failing update is `fails_on`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def option(words: list[str], name: str) -> str:
    """An option's value; empty without."""
    return next((word.partition("=")[2] for word in words if word.startswith(f"--{name}=")), "")


def describe(service: dict[str, Any]) -> str:
    """As `gcloud run services describe --format=json`."""
    urls = service["urls"]
    traffic = [{"revisionName": name, "percent": share} for name, share in service["traffic"].items()]
    traffic += [{"revisionName": name, "tag": tag, "url": urls[name]} for tag, name in service["tags"].items()]
    first = max(service["traffic"], key=lambda name: service["traffic"][name])
    return json.dumps({"status": {"url": urls[first], "traffic": traffic}})


def main(words: list[str]) -> int:
    """One call."""
    file = Path(os.environ["FAKE_GCLOUD"])
    state = json.loads(file.read_text())
    state["calls"].append(" ".join(words))
    services, verb, named = state["services"], words[:3], "".join(words[3:4])
    status, out = 0, ""
    if verb == ["run", "services", "list"]:
        out = "\n".join(services)
    elif verb == ["run", "revisions", "list"]:
        out = "\n".join(reversed(services[option(words, "service")]["urls"]))
    elif verb == ["run", "services", "describe"]:
        out = describe(services[named])
    elif verb == ["run", "services", "update"]:
        revision = f"{named}-{len(services[named]['urls']) + 1:05}"
        services[named]["urls"][revision] = state["next_url"]
        services[named]["tags"][option(words, "tag")] = revision
        if "--no-traffic" not in words:
            services[named]["traffic"] = {revision: 100}
    elif verb == ["run", "services", "update-traffic"]:
        wanted = option(words, "to-revisions")
        if state.get("fails_on") == f"{named} {wanted}":
            status = 1
        else:
            services[named]["traffic"] = {pair.split("=")[0]: int(pair.split("=")[1]) for pair in wanted.split(",")}
    else:
        status = 2
    file.write_text(json.dumps(state))
    sys.stdout.write(f"{out}\n" if out else "")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
