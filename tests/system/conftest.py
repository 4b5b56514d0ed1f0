"""The Firestore emulator, once for all of these tests. What cannot run on a laptop is skipped; with CI=true it is an error."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from infra.emulators import Absent
from infra.emulators.firestore import firestore


@pytest.fixture(scope="session")
def firestore_host() -> Iterator[str]:
    try:
        with firestore() as host:
            yield host
    except Absent as absent:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(absent))
