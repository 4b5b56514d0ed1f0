"""What has to hold of the builds' YAML and of the Dockerfile; each policy answers what is wrong, in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared.settings import Settings

BUILD_KEYS = frozenset({"steps", "availableSecrets", "serviceAccount", "timeout", "options", "substitutions"})
STEP_KEYS = frozenset({"id", "name", "waitFor", "dir", "entrypoint", "args", "env", "secretEnv"})
"""Those that we use of https://cloud.google.com/build/docs/build-config-file-schema: Cloud Build refuses, or ignores, others."""
OPTIONS = {"logging": "CLOUD_LOGGING_ONLY", "machineType": "E2_HIGHCPU_8", "dynamicSubstitutions": True}
LEAST_SECONDS, MOST_SECONDS = 1800, 7200
BUILDERS = re.compile(r"\$\{_\w+_IMAGE\}|gcr\.io/(cloud-builders/docker|google\.com/cloudsdktool/cloud-sdk:slim)")
SWALLOWED = re.compile(r"\|\|\s*(true|:)|set \+e|;\s*true\b|\bexit 0\b|&\s*$", re.MULTILINE)
"""Ways in which a script goes on, or ends well, after something has failed."""
PLAIN_SECRET = re.compile(r"(?i)(api_?key|secret|token|password)\w*[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9_-]{3,}")
COMMANDS = {
    "test": "make test",
    "validate": "terraform init -backend=false -input=false && terraform validate && terraform fmt -check",
    "push": "docker inspect --format '{{index .RepoDigests 0}}' \"${_IMAGE}:$BUILD_ID\" >/workspace/image.txt",
    "candidate": 'IMAGE="$(cat /workspace/image.txt)" infra/delivery/deploy_candidate.sh',
    "release": 'SMOKE="/tmp/venv/bin/headrace deploy smoke ${_SMOKE}" infra/delivery/release.sh',
    "sbom": 'gcloud artifacts sbom load --source=/workspace/sbom.spdx.json --uri="$(cat /workspace/image.txt)" '
    '--destination="gs://${_BUILDS}"',
}
"""How each step's script ends: its last command's status is the step's."""
COPIED = {"requirements.lock", "pyproject.toml", "README.md", "LICENSE", "main.py", "functions", "shared", "infra"}
FROM_BUILD = {"/venv /venv", "/app /app"}
ENVIRONMENT = {
    "PATH": "/venv/bin:$PATH", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "HEADRACE_PROFILE": "cloud", "PORT": "8080",
    "FUNCTION_TARGET": "dashboard", "FUNCTION_SOURCE": "main.py",
}  # fmt: skip
INSTALL = "/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock"


def build_problems(build: Mapping[str, Any]) -> Iterator[str]:
    """Of `cloudbuild.yaml`, or of the first image's."""
    yield from (f"{key} is no key of a build's" for key in build.keys() - BUILD_KEYS)
    if "${_BUILDER}@" not in str(build.get("serviceAccount")):
        yield "the build runs as the project's default account"
    if not LEAST_SECONDS <= int(str(build.get("timeout", "0s")).rstrip("s")) <= MOST_SECONDS:
        yield "the build has no time, or too much"
    options = build.get("options", {})
    if options.items() - OPTIONS.items() or {"logging", "dynamicSubstitutions"} - options.keys():
        yield f"the build's options are {options}"
    for step in build["steps"]:
        yield from (f"{step.get('id')}: {problem}" for problem in _step_problems(step))
    secrets = [str(one) for one in build.get("availableSecrets", {}).get("secretManager", [])]
    if not all("${_KEY_SECRET}/versions/${_KEY_VERSION}" in one for one in secrets):
        yield "a secret is not that of the settings"
    given = build["substitutions"]
    if not re.fullmatch(r"\d+", given.get("_KEY_VERSION", "1")):
        yield "the key's version changes under a build"
    floating = [
        name
        for name, value in given.items()
        if name.endswith("_IMAGE") and name != "_IMAGE" and not re.search(r":[^:]*\d", value)
    ]
    yield from (f"{name} is whatever is newest" for name in floating)


def _step_problems(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key} is no key of a step's" for key in step.keys() - STEP_KEYS)
    if not BUILDERS.fullmatch(step["name"]):
        yield f"runs in {step['name']}"
    if PLAIN_SECRET.search(json.dumps([step.get("env", []), step["args"]]).replace("HEADRACE_API_KEY]", "")):
        yield "has a secret in the clear"
    if "entrypoint" not in step:
        return
    script = str(step["args"][-1]).strip()
    if step["args"][:-1] != ["-c"]:
        yield f"starts its script with {step['args'][:-1]}"
    if SWALLOWED.search(script):
        yield "goes on after something has failed"
    if "\n" in script and not script.startswith("set -euo pipefail\n"):
        yield "does not stop at what fails"
    if "pip install" in script and script.count("--no-deps --require-hashes -r requirements.lock") != 1:
        yield "installs packages that nobody has locked"


def release_problems(build: Mapping[str, Any]) -> Iterator[str]:
    """Of `cloudbuild.yaml` alone: what a release needs beside what every build needs."""
    steps = {step["id"]: step for step in build["steps"]}
    if missing := COMMANDS.keys() - steps.keys():
        yield f"nothing does: {', '.join(sorted(missing))}"
        return
    wrong = {name for name, command in COMMANDS.items() if not _joined(str(steps[name]["args"][-1])).strip().endswith(command)}
    yield from (f"{name} does not end with: {COMMANDS[name]}" for name in sorted(wrong))
    if steps["validate"].get("dir") != "infra/terraform":
        yield "Terraform's files are not those that are validated"
    if steps["release"].get("secretEnv") != ["HEADRACE_API_KEY"]:
        yield "the smoke test has no key"
    for name in ("candidate", "release"):
        if steps[name].get("env") != ["REGION=${_REGION}", "API=${_API}"]:
            yield f"{name} does not know where"
    if "docker:${_IMAGE}:$BUILD_ID" not in steps["contents"]["args"]:
        yield "what is listed is not what is pushed"


def _joined(script: str) -> str:
    """With lines that go on in one."""
    return re.sub(r"\\\n\s*", "", script)


def image_problems(dockerfile: str) -> Iterator[str]:
    """Of the Dockerfile."""
    lines = _joined("\n".join(line for line in dockerfile.splitlines() if not line.startswith("#"))).splitlines()
    said = [(verb, rest.strip()) for verb, _, rest in (line.partition(" ") for line in lines if line.strip())]
    of = {verb: [rest for name, rest in said if name == verb] for verb, _ in said}
    if of.get("FROM") != ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"] or of.get("ARG") != ["PYTHON_IMAGE=python:3.13-slim"]:
        yield "its base cannot be pinned"
    if unknown := of.keys() - {"FROM", "ARG", "WORKDIR", "RUN", "COPY", "ENV", "USER", "CMD"}:
        yield f"{', '.join(sorted(unknown))}: not in use"
    if said[-2:] != [("USER", "10001"), ("CMD", '["functions-framework", "--asgi"]')] or of["USER"] != ["10001"]:
        yield "it does not end as nobody in particular, with the framework"
    if {word for rest in of["ENV"] for word in rest.split()} != {f"{name}={value}" for name, value in ENVIRONMENT.items()}:
        yield "its environment is another"
    own = {source.strip("./") for rest in of["COPY"] if not rest.startswith("--from") for source in rest.split()[:-1]}
    if own != COPIED:
        yield f"it has other files than it needs: {own ^ COPIED}"
    if {rest.removeprefix("--from=build ") for rest in of["COPY"] if rest.startswith("--from")} != FROM_BUILD:
        yield "it takes more from the first stage than it needs"
    if INSTALL not in of["RUN"]:
        yield "its packages are not the locked ones"
    if named := [setting for setting in Settings.load({}).by_variable() if "KEY" in setting and setting in dockerfile]:
        yield f"it names secrets: {named}"
