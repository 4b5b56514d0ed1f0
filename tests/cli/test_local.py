"""Which cloud a command talks to, and the local one in the foreground."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import Result

from infra.cli.api_target import running_cloud
from infra.cli.commands.dev import _samples, with_environment
from infra.local import uvicorn_server
from shared.settings import Settings
from tests.cli.fake_api import ID, FakeApi
from tests.support.waiting import PATIENCE

Headrace = Callable[..., Result]


def said_by(folder: Path, url: str, pid: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "cloud.json").write_text(json.dumps({"url": url, "pid": pid}))


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """As somebody who runs on it holds it."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_a_running_local_cloud_is_found_by_its_folder(api: FakeApi, headrace: Headrace) -> None:
    with held(Path("mine")):
        said_by(Path("mine"), api.url, os.getpid())
        done = headrace("jobs", "list", "--data", "mine")
    assert ID in done.stdout


def test_a_copied_folder_never_talks_to_the_cloud_of_the_other(api: FakeApi, headrace: Headrace) -> None:
    with held(Path("mine")):
        said_by(Path("mine"), api.url, os.getpid())
        shutil.copytree("mine", "copy")
        done = headrace("jobs", "list", "--data", "copy", "--json")
        assert json.loads(done.stdout)["items"] == []
        assert ID in headrace("jobs", "list", "--data", "mine").stdout
    assert not Path("copy/cloud.json").exists()


def test_what_is_kept_is_for_its_user_alone(headrace: Headrace) -> None:
    old = os.umask(0o022)
    try:
        assert headrace("jobs", "list", "--data", "fresh").exit_code == 0
    finally:
        os.umask(old)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in [Path("fresh"), *Path("fresh").rglob("*")]}
    assert modes.pop("fresh") == "0o700"
    assert modes.pop("blobs", "0o700") == "0o700"
    assert {"headrace.db", "lock"} <= modes.keys()
    assert set(modes.values()) == {"0o600"}


async def test_an_address_counts_only_while_its_process_lives_and_answers(tmp_path: Path, api: FakeApi) -> None:
    assert await running_cloud(tmp_path) is None
    said_by(tmp_path, api.url, os.getpid())
    assert await running_cloud(tmp_path) is None, "nobody holds the folder"
    with held(tmp_path):
        assert await running_cloud(tmp_path) == api.url
        said_by(tmp_path, "http://127.0.0.1:9", os.getpid())
        assert await running_cloud(tmp_path) is None
        ended = await asyncio.create_subprocess_exec("true")
        await ended.wait()
        said_by(tmp_path, api.url, ended.pid)
        assert await running_cloud(tmp_path) is None
        (tmp_path / "cloud.json").write_text("[")
        assert await running_cloud(tmp_path) is None


def test_without_one_a_local_cloud_is_started_for_the_duration(headrace: Headrace) -> None:
    done = headrace("jobs", "list", "--data", "fresh", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["items"] == []
    assert not Path("fresh/cloud.json").exists()
    assert Path("fresh/headrace.db").exists()


def test_a_taken_port_is_told(headrace: Headrace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = headrace("dev", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 1
    assert "is taken" in done.stderr
    assert "--port 0" in done.stderr


def test_a_port_that_this_user_may_not_have_is_told(headrace: Headrace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(port: int) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(uvicorn_server, "listen", refused)
    done = headrace("dev", "--port", "80")
    assert (done.exit_code, "this user may not listen at port 80" in done.stderr, "is taken" in done.stderr) == (2, True, False)


async def test_hosts_of_ones_own_stay_beside_the_samples() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with contextlib.AsyncExitStack() as stack:
            settings, posting = await _samples(Settings(allow_hosts=("127.0.0.1:7",)), listener, stack)
    assert settings.allow_hosts == (urlsplit(posting).netloc, "127.0.0.1:7")


def test_the_sample_sites_replace_the_settings_that_name_the_outside_world() -> None:
    settings = with_environment(Settings(openai_rpm=7), {"HEADRACE_REDDIT_URL": "http://x/reddit", "HEADRACE_NO_SUCH": "1"})
    assert (settings.reddit_url, settings.openai_rpm, settings.lever_url) == ("http://x/reddit", 7, Settings().lever_url)


def test_dev_runs_until_a_signal_and_ends_cleanly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "infra.cli.main", "dev", "--port", "0", "--samples", "--data", str(tmp_path), "--json"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("HEADRACE", "OPENAI"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain) as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        told = ""
        while not told.endswith("}\n"):
            line = process.stdout.readline()
            assert line, process.communicate()
            told += line
        said = json.loads(told)
        assert json.loads((tmp_path / "cloud.json").read_text()) == {"url": said["url"], "pid": process.pid}
        assert (said["offline"], said["docs"]) == (True, f"{said['url']}/docs")
        assert said["sample_posting"].startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
    said_more = [line for line in errors.splitlines() if "workers not up" not in line]  # a busy machine's own time is no fault
    assert (process.returncode, said_more) == (0, [])
    assert not (tmp_path / "cloud.json").exists()
