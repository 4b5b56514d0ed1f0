"""By how much a process grows while strangers' text is read in it: native libraries' memory counts, too."""

from __future__ import annotations

import gc
import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from functions.interview_prep.posting.page import large_pages
from tests.support.hostile.hostile_calls import CALLS
from tests.support.hostile.hostile_shapes import shapes

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
IS_MEASURED = RESET.exists()
"""Only Linux tells."""
MOST_MEGABYTES = 50.0
IN_PLACE = {"a page": large_pages.IN_PLACE, "an employer's site": large_pages.IN_PLACE}
"""Characters from which a call is made in a child process, which has a limit of memory of its own."""
FIRST = ("nested tags", "words")
"""Shapes that are tried before the others: many elements, many words."""


def in_process_of_its_own(name: str, number: int | None = None) -> tuple[float, str]:
    """The most megabytes that a call of `hostile_calls` takes at its cap, over so many shapes (None: all), and the shape.

    What an earlier call has left free is used again and would not count: each is measured in a process that this one forks.
    """
    _called(CALLS[name][0], "a first call imports what it needs")
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.write(write, json.dumps(_most(name, number)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        grown, shape = json.loads(told.read())
    os.waitpid(child, 0)
    return grown, shape


def _most(name: str, number: int | None) -> tuple[float, str]:
    call, most = CALLS[name]
    made = sorted(shapes(min(most, IN_PLACE.get(name, most))), key=lambda one: one[0] not in FIRST)
    return max((_grows_by(call, text), shape) for shape, text in islice(made, number))


def _grows_by(call: Callable[[str], object], text: str) -> float:
    gc.collect()
    RESET.write_text("5")  # the most that was held is what is held now
    before = _megabytes("VmRSS")
    _called(call, text)
    return max(0.0, _megabytes("VmHWM") - before)


def _called(call: Callable[[str], object], text: str) -> None:
    with suppress(Exception):  # what it says is others' to test
        call(text)


def _megabytes(name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024
