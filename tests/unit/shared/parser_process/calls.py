"""What the tests have a child process do."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

from shared.errors import BadInput
from shared.ports.web import Page


def length(content: bytes) -> int:
    return len(content)


def page(content: bytes) -> Page:
    return Page("https://a.test", 200, {"a": "b"}, content)


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def pid() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def refuse() -> None:
    raise BadInput("it is none", code="cv_unreadable", advice="Give one.", errors=[{"pointer": "/input", "detail": "x"}])


def fail() -> None:
    raise KeyError("x")


def endless() -> None:
    while True:
        pass


def greedy() -> int:
    return sum(len(piece) for piece in [bytearray(10_000_000) for _ in range(1000)])


def broken() -> None:
    ctypes.string_at(0)


def printing() -> str:
    print("x" * 100_000)  # noqa: T201 - as careless parsers do
    return "printed"


def connection() -> None:
    socket.create_connection(("127.0.0.1", 9))


def process() -> None:
    subprocess.run(["true"], check=True)  # noqa: S607 - it shall not start


def written(path: str) -> None:
    Path(path).write_text("x" * 100)


def code() -> Callable[[bytes], int]:
    return length


def much() -> bytes:
    return bytes(65 * 1024 * 1024)
