"""What a peer is told and what it answers, and the one way in which all of them call the provider."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.calls.question import CALLS, checked, request_of

TRIES = 50
"""A refused call is asked again by the SDK (it obeys retry-after), so often that none is given up."""


@dataclass(frozen=True)
class Work:
    """`kind`: `calls` (model calls) or `noop` (tasks that do nothing); `size`: how many; the rest is where and within what."""

    kind: str = "calls"
    size: int = CALLS
    url: str = ""
    rpm: float = 500.0
    tpm: float = 1_000_000.0
    latency: float = 4.0
    folder: str = "."
    redis: str = ""

    @property
    def slots(self) -> int:
        """Calls that must be in flight to use the whole limit (rate x latency), and a fifth more."""
        return int(self.rpm / 60 * self.latency * 1.2)


@dataclass(frozen=True)
class Done:
    """When the work was begun (seconds since 1970), when the last member had ended, when its join had run; how many came back."""

    began: float
    last: float
    ended: float
    members: int
    versions: str


def work() -> Work:
    """What this process is to do."""
    return Work(**json.loads(os.environ["BENCH_WORK"]))


def environment(of: Work) -> dict[str, str]:
    """The environment that tells it."""
    return {**os.environ, "BENCH_WORK": json.dumps(asdict(of)), "PYTHONPATH": "."}


def say(began: float, last: float, ended: float, members: int, *packages: str) -> None:
    """Print what was done."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    print(json.dumps(asdict(Done(began, last, ended, members, versions))), flush=True)  # noqa: T201 - the parent reads it


def ready() -> None:
    """Tell the parent that this worker takes work."""
    print("ready", flush=True)  # noqa: T201 - the parent reads it


def client(url: str, kind: Callable[..., Any]) -> Any:
    """The SDK's client (sync or async), which asks again what was refused."""
    return kind(api_key="none", base_url=url, max_retries=TRIES)


def ask(sdk: Any, call: int) -> int:
    """One call with a synchronous client."""
    return checked(call, sdk.chat.completions.create(**request_of(call)).choices[0].message.content or "")


async def ask_async(sdk: Any, call: int) -> int:
    """One call with an asynchronous client."""
    answer = await sdk.chat.completions.create(**request_of(call))
    return checked(call, answer.choices[0].message.content or "")


def part(submit: Callable[[], None], worker: Callable[[], None] | None = None) -> None:
    """Be what the command line says: `submit` or `worker`."""
    chosen = {"submit": submit, "worker": worker}[sys.argv[1]]
    assert chosen is not None, "this peer has no worker processes"
    chosen()


def now() -> float:
    return time.time()
