from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from infra.emulators import Absent
from tests.contract.conftest import started
from tests.support.waiting import PATIENCE


@contextmanager
def absent() -> Iterator[str]:
    raise Absent("it is not installed")
    yield ""


def test_a_missing_emulator_is_a_skip_on_a_laptop_and_an_error_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="it is not installed"):
        next(started(absent()))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Absent):
        next(started(absent()))


def test_the_firestore_emulator_ends_with_whoever_started_it_however_that_ends(firestore_host: str) -> None:
    """`firestore_host` is asked for so that a machine without the emulator skips this."""
    code = "import time\nfrom infra.emulators.firestore import firestore\nwith firestore() as host:\n    print(host, flush=True)\n    time.sleep(3600)"
    user = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code
    assert user.stdout is not None
    host = user.stdout.readline().strip()
    assert host != firestore_host
    with urllib.request.urlopen(f"http://{host}/") as answer:
        assert answer.read().strip() == b"Ok"
    os.kill(user.pid, signal.SIGKILL)
    user.wait()
    user.stdout.close()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://{host}/", timeout=1).close()
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("the emulator outlived its user")
