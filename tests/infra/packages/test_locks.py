"""A lock installs what it pins and nothing else, also when every package has a newer release than the one that it pins."""

from __future__ import annotations

import ensurepip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

import pytest
from packaging.utils import canonicalize_name

from tests.support.packages import lock_files, wheel_index

ROOT = Path(__file__).parents[3]
LOCKS = ("requirements.lock", "requirements-dev.lock", "tests/bench/peers/requirements.lock", "tests/client/requirements.lock")
BUILDPACK = "requirements.txt"
LOCKED = ("--no-deps", "--require-hashes")
"""How the Makefile installs a lock."""
Command: TypeAlias = tuple[str, ...]
Installed: TypeAlias = dict[str, str]
"""Versions by name."""


@pytest.fixture(scope="module")
def own_pip(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """pip as the Python of this machine brings it: 23.2 with 3.11.7."""
    for folder in (Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")):
        for wheel in folder.glob("pip-*.whl"):
            unpacked = tmp_path_factory.mktemp("pip")
            shutil.unpack_archive(wheel, unpacked, "zip")
            return (sys.executable, f"{unpacked}/pip")
    assert os.environ.get("CI") != "true", "CI has a Python that brings pip"
    pytest.skip("this machine's Python brings no pip (ensurepip is not there)")


@pytest.fixture(params=["the Python's own pip", "the newest pip"])
def pip(request: pytest.FixtureRequest) -> Command:
    """That one, and pip as it is locked for development."""
    newest = (sys.executable, "-m", "pip")
    return newest if request.param == "the newest pip" else request.getfixturevalue("own_pip")


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command that knows no configuration, and no index but what it is told."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "PIP_CONFIG_FILE": os.devnull, "UV_NO_CONFIG": "1"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - installers, on files of ours


def laid_out(folder: Path, name: str) -> Path:
    """A lock in a folder of its own, with an index of made wheels beside it and their hashes in it. What to install from."""
    text = locked_by(name)
    hashes = wheel_index.build(folder, lock_files.pins(text))
    (folder / "requirements.lock").write_text(lock_files.with_hashes(text, hashes))
    asked = folder / "requirements.txt"
    asked.write_text((ROOT / BUILDPACK).read_text() if name == BUILDPACK else "-r requirements.lock\n")
    return asked


def locked_by(name: str) -> str:
    return (ROOT / ("requirements.lock" if name == BUILDPACK else name)).read_text()


def pinned(name: str) -> Installed:
    return {pin.name: pin.version for pin in lock_files.pins(locked_by(name)) if pin.here}


def resolved(pip: Command, asked: Path, *options: str) -> Installed:
    """What pip would install into an empty environment.

    Raises:
        AssertionError: it refuses.
    """
    quietly = ("--quiet", "--dry-run", "--ignore-installed", "--report", "report.json")
    index = ("--no-cache-dir", "--index-url", (asked.parent / "simple").as_uri())
    done = run(*pip, "install", *quietly, *index, *options, "-r", str(asked), folder=asked.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    found = [entry["metadata"] for entry in json.loads((asked.parent / "report.json").read_text())["install"]]
    return {canonicalize_name(entry["name"]): entry["version"] for entry in found}


@pytest.mark.parametrize("name", LOCKS)
def test_newer_releases_change_nothing(pip: Command, name: str, tmp_path: Path) -> None:
    assert resolved(pip, laid_out(tmp_path, name), *LOCKED) == pinned(name)


@pytest.mark.parametrize("name", LOCKS)
def test_nor_where_uv_installs(name: str, tmp_path: Path) -> None:
    assert installed_by_uv(tmp_path, laid_out(tmp_path, name)) == pinned(name)


def test_uv_installs_nothing_that_is_not_what_was_locked(tmp_path: Path) -> None:
    asked = laid_out(tmp_path, "requirements.lock")
    lock = tmp_path / "requirements.lock"
    lock.write_text(re.sub("sha256:[0-9a-f]{64}", f"sha256:{'0' * 64}", lock.read_text()))
    with pytest.raises(AssertionError, match="Hash mismatch"):
        installed_by_uv(tmp_path, asked, "--target", "there")


def installed_by_uv(folder: Path, asked: Path, *options: str) -> Installed:
    """What the locked uv would install into an empty folder, or with options does.

    Raises:
        AssertionError: it refuses.
    """
    index = ("--no-cache", "--default-index", (folder / "simple").as_uri(), "--python", sys.executable)
    where = options or ("--dry-run", "--target", "there")
    done = run(
        str(Path(sys.executable).with_name("uv")), "pip", "install", *index, *LOCKED, *where, "-r", str(asked), folder=folder
    )
    assert done.returncode == 0, done.stderr
    return dict(re.findall(r"(?m)^ \+ ([a-z0-9-]+)==(\S+)", done.stderr))


def test_nor_where_a_buildpack_resolves_what_it_installs(pip: Command, tmp_path: Path) -> None:
    assert resolved(pip, laid_out(tmp_path, BUILDPACK)) == pinned(BUILDPACK)


@pytest.mark.parametrize("python", ["3.11", "3.14"])
def test_nor_where_the_buildpack_uses_uv(python: str, tmp_path: Path) -> None:
    asked = laid_out(tmp_path, BUILDPACK)
    offline = ("--no-index", "--find-links", "wheels", "--cache-dir", "cache", "--no-python-downloads")
    options = ("--quiet", "--no-header", "--no-annotate", "--python", sys.executable, "--python-version", python)
    done = run(str(Path(sys.executable).with_name("uv")), "pip", "compile", *offline, *options, str(asked), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    found = re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", done.stdout)
    assert len(found) > len(pinned(BUILDPACK)) / 2
    assert set(found) <= {(pin.name, pin.version) for pin in lock_files.pins(locked_by(BUILDPACK))}


def test_a_lock_alone_would_be_refused_by_a_pip_that_resolves_it(own_pip: Command, tmp_path: Path) -> None:
    version = run(*own_pip, "--version", folder=tmp_path).stdout
    if not version.startswith("pip 23.2"):
        pytest.skip(f"pip 23.2 refuses it; this Python brings {version.partition(' from ')[0]}")
    with pytest.raises(AssertionError, match="In --require-hashes mode"):
        resolved(own_pip, laid_out(tmp_path, "requirements.lock"))


def test_the_makefile_installs_so_and_checks_what_it_has_installed() -> None:
    text = (ROOT / "Makefile").read_text()
    assert "\nPIP := -m pip install --quiet --disable-pip-version-check --no-deps\n" in text
    assert (
        "\ninstall = $(BIN)/uv pip install --quiet --no-deps --system-certs --python $(1) $(2) 2> /dev/null || $(1) $(PIP) $(2)\n"
        in text
    )
    assert "\nlocked = $(call install,$(1),--require-hashes -r $(2))\n" in text
    rules = [rule for rule in text.split("\n\n") if "$(call locked" in rule and "\t" in rule]
    assert all(any(f"{lock}\n" in rule or f"{lock} " in rule for rule in rules) for lock in LOCKS)
    assert all("-m pip check\n" in rule for rule in rules)
    assert len(re.findall("pip install", text)) == 2, "no other way of installing"


def test_the_makefile_begins_with_the_uv_that_is_locked() -> None:
    text = (ROOT / "Makefile").read_text()
    assert "-$(BIN)/python $(PIP) --require-hashes -r .venv/uv.lock\n" in text
    command = re.search(r"(?m)^\t(sed .*) > \.venv/uv\.lock$", text)
    assert command is not None
    lines = subprocess.run(command[1].replace("$$", "$"), shell=True, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S602 - the Makefile's own
    assert [pin.name for pin in lock_files.pins(lines)] == ["uv"]
    assert "--hash=sha256:" in lines
