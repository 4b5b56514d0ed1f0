"""The child process that parses: one call after another from its standard input, each within its limits of time and memory.

It has no environment, opens no connection, starts no process and writes no file. It ends when its parent does, when nothing was
asked for a while, and when a call has cost it much memory.
"""

from __future__ import annotations

import os
import pickle
import resource
import select
import signal
import struct
import sys
from pathlib import Path
from typing import Any

from shared.errors import HeadraceError

IDLE = 60.0
"""Seconds without a call after which it ends."""
MOST_GROWN = 64 * 1024 * 1024
"""Bytes of address space by which it may have grown; beyond that it ends after the answer."""
LENGTH = struct.Struct(">Q")
ANSWERED, REFUSED, FAULT, NO_MEMORY = "answered", "refused", "fault", "no memory"
BEHIND = 5
"""Steps behind the parent process in who gets a processor: who asks the API does not wait for a stranger's file."""
_WAYS_OUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "pty.")


def main() -> None:
    """Serve calls until there are no more."""
    calls, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # what a parser prints is no answer
        os.dup2(nothing, standard)
    for ending in (signal.SIGINT, signal.SIGTERM):  # the parent ends this, by closing the pipe: until then it needs its answers
        signal.signal(ending, signal.SIG_IGN)
    os.nice(BEHIND)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_keep_inside)
    began = None
    while (raw := _next_call(calls)) is not None:
        outcome, answer = _answer(raw)
        _write(answers, answer)
        began = began or _address_space()
        if outcome == NO_MEMORY or _address_space() > began + MOST_GROWN:
            return


def _answer(raw: bytes) -> tuple[str, bytes]:
    """What became of a call, and the same with its value as bytes."""
    try:
        outcome, value = _called(raw)
        return outcome, pickle.dumps((outcome, value), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return NO_MEMORY, pickle.dumps((NO_MEMORY, ""))


def _called(raw: bytes) -> tuple[str, Any]:
    try:
        call, arguments, options, seconds, megabytes = pickle.loads(raw)  # noqa: S301 - the parent's own words
        _set_limits(seconds, megabytes)
        return ANSWERED, call(*arguments, **options)
    except HeadraceError as error:
        return REFUSED, error
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a parser raises whatever strangers' bytes bring about
        return FAULT, type(error).__name__


def _set_limits(seconds: int, megabytes: int) -> None:
    """For the call that follows, beyond what has been used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)
    if held := _address_space():
        _soft(resource.RLIMIT_AS, held + megabytes * 1024 * 1024)


def _soft(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _address_space() -> int:
    """Bytes of this process's address space; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _keep_inside(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_WAYS_OUT):
        raise PermissionError(f"a parser may do no {event}")


def _next_call(pipe: int) -> bytes | None:
    """The next call's bytes; None when there is none for long, or nobody who asks."""
    if not select.select([pipe], [], [], IDLE)[0]:
        return None
    head = _read(pipe, LENGTH.size)
    return _read(pipe, LENGTH.unpack(head)[0]) if head is not None else None


def _read(pipe: int, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        piece = os.read(pipe, min(size - len(parts), 1 << 20))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


def _write(pipe: int, raw: bytes) -> None:
    rest = memoryview(LENGTH.pack(len(raw)) + raw)
    while rest:
        rest = rest[os.write(pipe, rest) :]


if __name__ == "__main__":
    main()
