"""A software bill of materials in CycloneDX's form, from the lock and the packages' own metadata: nothing is asked of anybody."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from tests.support.packages.licences import ROOT, licence

_BLOCK = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


def components() -> list[dict[str, Any]]:
    """The locked packages of the runtime, each with its version, hashes and licence."""
    return [
        {
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"sha256:([0-9a-f]{64})", rest)],
            "licenses": [{"license": {"name": licence(name)}}],
        }
        for name, version, rest in _BLOCK.findall((ROOT / "requirements.lock").read_text())
    ]


def bill() -> dict[str, Any]:
    """The whole document."""
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    about = {"component": {"type": "application", "name": "headrace", "version": version[1] if version else ""}}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": about, "components": components()}


if __name__ == "__main__":
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    Path(sys.argv[1]).write_text(json.dumps(bill(), indent=1) + "\n")
