"""Every function that strangers' text reaches: at its caps it takes no time, and on any text it answers or says what is wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.errors import HeadraceError
from tests.support.hostile.hostile_calls import CALLS
from tests.support.hostile.hostile_shapes import PIECES, seconds, shapes, slowest
from tests.support.hostile.processor_time import TRIES

PART, QUARTER = 10, 4
"""What is tried here is a tenth of the caps; `python -m tests.fuzz` tries the caps."""
SHORT, LINEAR = 0.3, 2.5 * QUARTER
"""Processor seconds below which nothing is compared, and how much longer four times as much may take."""
WORDS = ["\n", " ", "<", ">", "</", "&", "#", "-->", "00:01.000", "{", "}", "[", "]", '"', ":", ",", "12.5%", "$3.1bn", "May 2026", "一億", "\ud800", "\x00", "\u202e", "Acme", "**", "```", "http://a.b/c", "@x"]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*WORDS, *PIECES.values()]) | st.text(max_size=8), max_size=30).map("".join)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", CALLS)
def test_what_strangers_send_takes_time_by_its_length_alone(name: str) -> None:
    call, size = CALLS[name]
    with suppress(HeadraceError, ValueError):
        call("a first call imports what it needs")
    size = max(min(size, 2_000), size // PART)
    assert any(not (why := grown(call, size)) for _ in range(TRIES)), why


def grown(call: Callable[[str], object], size: int) -> str:
    """How a call takes longer by more than its text's length does; nothing if it does not."""
    took, shape = slowest(call, size, time.thread_time)
    if took <= SHORT:
        return ""
    less = seconds(call, dict(shapes(size // QUARTER))[shape], time.thread_time)
    linear = took < LINEAR * max(less, SHORT / LINEAR)
    return "" if linear else f"{size} characters of {shape}: {took:.2f} s, of a quarter {less:.2f} s"


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=TEXTS)
def test_any_text_is_answered_or_refused(name: str, text: str) -> None:
    call, _ = CALLS[name]
    text = text.encode("utf-8", "replace").decode()  # what comes in was decoded from bytes
    with suppress(HeadraceError):
        call(text)
