"""infra/delivery's scripts: whatever is wrong with a candidate, the traffic stays on the good revision."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[3]
SCRIPTS = sorted((ROOT / "infra" / "delivery").glob("*.sh"))
BUILD = yaml.safe_load((ROOT / "cloudbuild.yaml").read_text())
FIRST = yaml.safe_load((ROOT / "infra" / "delivery" / "first_image.yaml").read_text())
DIGEST = "example.dev/app@sha256:" + "0" * 64


class _Revision(BaseHTTPRequestHandler):
    """A revision's API, or one that is `broken` in some way."""

    broken = ""
    over = threading.Event()
    """Nobody waits any more."""

    def do_GET(self) -> None:
        if (status_and_body := self.answer()) is None:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, body = status_and_body
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body) + 100 * (self.broken == "dies in the middle" and "/api/" in self.path)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self) -> tuple[int, bytes] | None:
        """What it says to a request; None: it hangs up."""
        asked = self.path.startswith("/api/")
        if self.broken == "hangs" and asked:
            self.over.wait(PATIENCE)
        if self.broken in ("hangs", "hangs up") and asked:
            return None
        good = b'{"items": [], "next_cursor": null}' if asked else b'{"paths": {"/api/v1/jobs": {}}}'
        answers: dict[str, tuple[int, bytes]] = {
            "never up": (503, b""), "another's answers": (200, b"{}"), "another's page": (200, b"<html>Welcome</html>"),
            "no documents": (500, b'{"detail": "no documents", "code": "broken"}') if asked else (200, good),
        }  # fmt: skip
        return answers.get(self.broken, (200, good))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


BROKEN = ("no documents", "never up", "hangs", "hangs up", "another's answers", "another's page", "dies in the middle")


@pytest.fixture(scope="module")
def revisions() -> Iterator[dict[str, str]]:
    """Addresses of revisions: one that works (``), and some that are broken."""
    servers = {
        how: ThreadingHTTPServer(("127.0.0.1", 0), type("Revision", (_Revision,), {"broken": how})) for how in ("", *BROKEN)
    }
    for server in servers.values():
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {how: f"http://127.0.0.1:{server.server_address[1]}" for how, server in servers.items()}
    _Revision.over.set()
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture
def urls(revisions: dict[str, str]) -> tuple[str, str]:
    """Two revisions' addresses: one that works, one that is broken."""
    return revisions[""], revisions["no documents"]


def smoke_command() -> str:
    """Ours, as a script starts it."""
    return f"{Path(sys.executable).parent / 'headrace'} deploy smoke"


@dataclass
class Project:
    """A project with two services on a good revision each, and gcloud on the path."""

    folder: Path

    @property
    def state(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "state.json").read_text()))

    def change(self, **fields: Any) -> None:
        (self.folder / "state.json").write_text(json.dumps({**self.state, **fields}))

    @property
    def traffic(self) -> dict[str, dict[str, int]]:
        return {name: service["traffic"] for name, service in self.state["services"].items()}

    def run(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        own = {
            "PATH": f"{self.folder}:{os.environ['PATH']}", "FAKE_GCLOUD": str(self.folder / "state.json"), "REGION": "europe-west1",
            "SMOKE": smoke_command(), "HOME": str(self.folder), "HEADRACE_API_KEY": "k",
        }  # fmt: skip
        command = ["bash", str(ROOT / "infra" / "delivery" / script)]
        return subprocess.run(  # noqa: S603
            command, env={**own, **env}, cwd=self.folder, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture
def project(tmp_path: Path, urls: tuple[str, str]) -> Project:
    services = {
        name: {"urls": {f"{name}-00001": urls[0]}, "tags": {}, "traffic": {f"{name}-00001": 100}}
        for name in ("jobs-api", "models")
    }
    (tmp_path / "state.json").write_text(json.dumps({"services": services, "next_url": urls[0], "calls": []}))
    gcloud = tmp_path / "gcloud"
    gcloud.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {Path(__file__).parent / "fake_gcloud.py"} "$@"\n')
    gcloud.chmod(0o755)
    return Project(tmp_path)


BEFORE = {"jobs-api": {"jobs-api-00001": 100}, "models": {"models-00001": 100}}
AFTER = {"jobs-api": {"jobs-api-00002": 100}, "models": {"models-00002": 100}}


def test_a_good_candidate_gets_the_traffic_and_can_be_rolled_back(project: Project) -> None:
    assert project.run("deploy_candidate.sh", IMAGE=DIGEST).returncode == 0
    assert project.traffic == BEFORE  # deployed without traffic
    done = project.run("release.sh")
    assert done.returncode == 0, done.stderr
    assert project.traffic == AFTER
    assert project.run("roll_back.sh").returncode == 0
    assert project.traffic == BEFORE


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_candidate_never_gets_traffic(project: Project, revisions: dict[str, str], how: str) -> None:
    project.change(next_url=revisions[how])
    assert project.run("deploy_candidate.sh", IMAGE=DIGEST).returncode == 0
    done = project.run("release.sh", SMOKE=f"{smoke_command()} --patience 2")
    assert done.returncode == 1
    assert "no traffic was shifted" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert project.traffic == BEFORE
    assert not any("update-traffic" in call for call in project.state["calls"])


def test_one_that_breaks_with_the_traffic_is_rolled_back(project: Project, urls: tuple[str, str]) -> None:
    """Its smoke test before passes, the one after does not: the traffic goes back, shares and all."""
    state = project.state
    state["services"]["models"]["urls"]["models-00000"] = urls[0]
    state["services"]["models"]["traffic"] = {"models-00001": 90, "models-00000": 10}
    project.change(**state)
    project.run("deploy_candidate.sh", IMAGE=DIGEST)
    smoke = project.folder / "smoke"
    smoke.write_text('#!/bin/sh\necho x >>"$HOME/times"\ntest "$(wc -l <"$HOME/times")" -lt 2\n')
    smoke.chmod(0o755)
    done = project.run("release.sh", SMOKE=str(smoke))
    assert done.returncode == 1
    assert "rolled back" in done.stderr
    assert project.traffic == {**BEFORE, "models": {"models-00001": 90, "models-00000": 10}}


def test_a_shift_that_fails_halfway_is_rolled_back(project: Project) -> None:
    project.run("deploy_candidate.sh", IMAGE=DIGEST)
    project.change(fails_on="models models-00002=100")
    done = project.run("release.sh")
    assert (done.returncode, project.traffic) == (1, BEFORE)


def test_an_image_that_is_not_by_digest_is_refused(project: Project) -> None:
    assert project.run("deploy_candidate.sh", IMAGE="example.dev/app:latest").returncode == 2
    assert project.state["calls"] == []


def test_the_first_revision_has_none_to_roll_back_to(project: Project) -> None:
    done = project.run("roll_back.sh")
    assert done.returncode == 1
    assert "has no revision before" in done.stderr
    assert project.traffic == BEFORE


def scripts_of_the_build() -> list[str]:
    return [step["args"][-1] for build in (BUILD, FIRST) for step in build["steps"] if step.get("entrypoint") in ("bash", "sh")]


def test_every_script_is_valid_and_clean(tmp_path: Path) -> None:
    inline = [tmp_path / f"{number}.sh" for number, _ in enumerate(scripts_of_the_build())]
    for path, text in zip(inline, scripts_of_the_build(), strict=True):
        path.write_text("#!/usr/bin/env bash\n" + text.replace("${_", "${STEP_").replace("$BUILD_ID", "1"))
    shellcheck = Path(sys.executable).parent / "shellcheck"
    program = str(shellcheck) if shellcheck.exists() else shutil.which("shellcheck")
    for script in (*SCRIPTS, *inline):
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0  # noqa: S603, S607
    assert program, "shellcheck is in the development lock"
    command = [program, "-x", "-e", "SC2154", *map(str, (*SCRIPTS, *inline))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout


def test_the_builds_steps_have_ids_and_wait_for_steps_there_are() -> None:
    ids = [step["id"] for step in BUILD["steps"]]
    assert len(set(ids)) == len(ids)
    assert all(set(step.get("waitFor", [])) <= {"-", *ids} for step in BUILD["steps"])
    assert list(BUILD)[-1] == "substitutions"
    used = {word.split("}")[0] for word in (ROOT / "cloudbuild.yaml").read_text().split("${")[1:] if word.startswith("_")}
    assert used == set(BUILD["substitutions"])


def test_the_first_image_is_built_as_all_later_ones() -> None:
    assert FIRST["substitutions"].items() <= BUILD["substitutions"].items()
    assert FIRST["serviceAccount"] == BUILD["serviceAccount"]
    steps = {step["id"]: step for step in BUILD["steps"]}
    assert FIRST["steps"][0]["args"] == steps["build"]["args"]


def test_what_is_released_was_tested_listed_and_tried() -> None:
    waits = {step["id"]: step.get("waitFor", []) for step in BUILD["steps"]}
    assert set(waits["release"]) == {"candidate", "sbom", "validate"}
    assert set(waits["push"]) == {"test", "build"}
    assert (waits["candidate"], waits["sbom"], waits["contents"]) == (["push"], ["push", "contents"], ["build"])


def test_the_image_runs_as_nobody_in_particular_and_its_base_can_be_pinned() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("FROM")] == ["FROM ${PYTHON_IMAGE} AS build", "FROM ${PYTHON_IMAGE}"]
    assert "USER 10001" in lines
    assert "--require-hashes" in "\n".join(lines)
