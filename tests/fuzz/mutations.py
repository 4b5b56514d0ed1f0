"""Samples changed at random and parsed, for as long as one likes: what breaks a parser or holds it up is kept as a file."""

from __future__ import annotations

import hashlib
import math
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.support.hostile.hostile_shapes import PIECES

HANG = 15
"""Processor seconds after which a call is ended and counts as hung."""
SLOW = 0.5
"""Processor seconds from which a call counts as slow."""
TOKENS = [piece.encode("utf-8", "replace") for piece in PIECES.values()] + [
    b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"</script>", b"<?xml", b"&#0;", b"&#x110000;", b"&lol;", b"9" * 30,
    b"-1", b"1e999", b"NaN", b"0000-00-00", b"9999-12-31T23:59:60Z", b"99:99:99,999 --> ", b"\\u0000", b"\\ud800", b"null", b"{}", b"[]", b"://", b"@", b"%00", b"\xe2\x80\xae",
    b"charset=utf-16", b"itemprop", b'"@type":"JobPosting"', b"endobj", b"/Kids[1 0 R]", b"PK\x03\x04", b"IHDR\x00\x00\xff\xff\x00\x00\xff\xff", b"\xff\xd8\xff\xdb",
]  # fmt: skip


class Hung(BaseException):
    """A call took longer than anybody waits."""


@dataclass
class Run:
    """What came of fuzzing one parser: calls made, seconds, the slowest call's processor seconds, and what was found, by its file."""

    name: str
    calls: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    found: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        return (
            f"{self.name:11} {self.seconds:6.0f} s {self.calls:9,} calls, slowest {self.slowest:.2f} s, found {len(self.found)}"
        )


@dataclass(frozen=True)
class Target:
    """A parser's check, what mutations begin with, and the most bytes that an input has."""

    name: str
    check: Callable[[bytes], None]
    samples: list[bytes]
    most: int


def fuzz(target: Target, seed: int, folder: Path, *, seconds: float = math.inf, calls: float = math.inf) -> Run:
    """Parse changed samples for so many seconds or calls; what is found is kept in `folder`."""
    run, chance = Run(target.name), random.Random(f"{target.name}-{seed}")
    with suppress(Exception):
        target.check(target.samples[0])  # a first call imports what it needs
    began = time.monotonic()
    for content in _inputs(target, chance):
        run.seconds = time.monotonic() - began
        if run.seconds > seconds or run.calls >= calls:
            break
        why, took = _tried(target.check, content)
        run.calls, run.slowest = run.calls + 1, max(run.slowest, took)
        if why or took > SLOW:
            why = why or f"{took:.2f} s of processor time"
            if why not in run.found.values():
                run.found[_keep(folder, target.name, content)] = why
    return run


def _inputs(target: Target, chance: random.Random) -> Iterator[bytes]:
    most = target.most
    yield from (sample[:most] for sample in target.samples)
    usual = [sample for sample in target.samples if len(sample) <= most] or [target.samples[0][:most]]
    while True:
        content = bytearray(chance.choice(usual))
        for _ in range(int(chance.paretovariate(1.2))):
            content = changed(content, chance, usual)[:most]
        yield bytes(content)


def changed(content: bytearray, chance: random.Random, others: list[bytes]) -> bytearray:
    """One change: bytes turned, put in, taken out, doubled, repeated many times, moved, or taken from another sample."""
    at = chance.randrange(len(content) + 1)
    upto = min(len(content), at + int(chance.paretovariate(0.6)))
    piece = bytes(content[at:upto])
    match chance.randrange(8):
        case 0 if content:
            content[at % len(content)] ^= 1 << chance.randrange(8)
        case 1:
            content[at:upto] = bytes(chance.randrange(256) for _ in range(min(len(piece), 20)))
        case 2:
            content[at:at] = chance.choice(TOKENS)
        case 3:
            content[at:upto] = chance.choice(TOKENS)
        case 4:
            del content[at:upto]
        case 5:
            content[at:at] = (piece or chance.choice(TOKENS))[:200] * int(min(chance.paretovariate(0.5), 20_000))
        case 6:
            del content[at:upto]
            there = chance.randrange(len(content) + 1)
            content[there:there] = piece
        case _:
            other = chance.choice(others)
            begin = chance.randrange(len(other) + 1)
            content[at:upto] = other[begin : begin + int(chance.paretovariate(0.4))]
    return content


def _tried(check: Callable[[bytes], None], content: bytes) -> tuple[str, float]:
    """What is wrong with a call, if anything, as its last line of the traceback; and its processor seconds."""
    before = time.process_time()
    why = ""
    try:
        with _ended_in_time():
            check(content)
    except Hung:
        why = f"did not end in {HANG} s of processor time"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        why = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return why, time.process_time() - before


@contextmanager
def _ended_in_time() -> Iterator[None]:
    def ended(_: int, __: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGVTALRM, ended)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _keep(folder: Path, name: str, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}"
    path.write_bytes(content)
    return path.name
