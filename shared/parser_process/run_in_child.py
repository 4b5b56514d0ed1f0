"""A call in a child process that has a limit of processor time and of memory: what it meets there ends the child, not this process.

A call on bytes that a native or heavy parser reads goes here; below the size at which it takes no time anyway, it is made in place.
A child is started when the first call comes (a tenth of a second, and its imports), and stays for the next ones; as many as there
are processors, two at most. It ends with this process, however that ends.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from shared import error_codes
from shared.errors import HeadraceError, Permanent, Transient
from shared.parser_process.child_main import ANSWERED, FAULT, LENGTH, NO_MEMORY, REFUSED
from shared.parser_process.data_pickle import read_data

P = ParamSpec("P")
T = TypeVar("T")

SECONDS, MEGABYTES = 4, 256
"""Processor time and memory that a call may take."""
WALL = 30.0
"""Seconds after which nobody waits any longer: on a machine that has no time the processor's limit comes late."""
CHILDREN = min(2, os.cpu_count() or 1)
MOST_ANSWER = 64 * 1024 * 1024
"""Bytes of an answer."""
_COMMAND = (sys.executable, "-P", "-m", "shared.parser_process.child_main")


def in_child(call: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
    """`call(*arguments, **options)` in a child process, waited for in this thread: a function of a module, on picklable values.

    Raises:
        Permanent: it did not end within its limits, or broke its process (`parser_limits`).
        Transient: the machine had no time for it (`parser_timeout`).
        HeadraceError: what the call raised.
    """
    answer: T = _POOL.threads().submit(_POOL.ask, call, arguments, options).result()
    return answer


async def in_child_aside(call: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
    """The same, while the event loop goes on.

    Raises:
        Permanent, Transient, HeadraceError: as `in_child`.
    """
    return await asyncio.get_running_loop().run_in_executor(_POOL.threads(), _POOL.ask, call, arguments, options)


async def aside(large: bool, call: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
    """The same in a thread of this process, unless it is `large`: then in a child.

    Raises:
        Permanent, Transient, HeadraceError: as `in_child`, and what the call raises.
    """
    return await (in_child_aside if large else asyncio.to_thread)(call, *arguments, **options)


class _Child:
    """A process that parses, and the pipes to it."""

    def __init__(self) -> None:
        path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)
        environment = {"PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}  # and nothing that is secret
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self.late = False
        """Whether it was ended because nobody waits for it any longer."""

    def ask(self, request: bytes) -> bytes | None:
        """The answer's bytes, or None if there will be none: the process has ended, or is ended now."""
        watch = threading.Timer(WALL, self._give_up)
        watch.start()
        try:
            return self._exchange(request)
        except OSError:
            return None
        finally:
            watch.cancel()

    def _exchange(self, request: bytes) -> bytes | None:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            return None
        to.write(LENGTH.pack(len(request)) + request)
        to.flush()
        head = back.read(LENGTH.size)
        size = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else MOST_ANSWER + 1
        raw = back.read(size) if size <= MOST_ANSWER else b""
        return raw if len(raw) == size else None

    def _give_up(self) -> None:
        self.late = True
        self._process.kill()

    def end(self) -> int:
        """End it. Its exit status: 0 if it had ended by itself."""
        try:
            status = self._process.wait(0.2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what it did not read
                    continue
        return status


class _Pool:
    """A thread for each child: it writes to its own, and waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._own = threading.local()
        self._children: set[_Child] = set()

    def threads(self) -> ThreadPoolExecutor:
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(CHILDREN, thread_name_prefix="parser-process")
            return self._threads

    def ask(self, call: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """The call's answer, in one of the threads."""
        request = pickle.dumps((call, arguments, options, SECONDS, MEGABYTES), pickle.HIGHEST_PROTOCOL)
        for _ in range(2):
            child = self._child()
            if (raw := child.ask(request)) is not None:
                return _value(raw)
            self._own.child = None
            self._children.discard(child)
            if (status := child.end()) or child.late:
                raise _ended(status, late=child.late)
        raise _ended(0, late=False)  # it ended for want of work as it was asked, and so did the next

    def _child(self) -> _Child:
        child: _Child | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = _Child()
            self._children.add(child)
        return child

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.end()
        self.__init__()  # type: ignore[misc] # as new


def _value(raw: bytes) -> Any:
    try:
        outcome, value = read_data(raw)
    except Exception as error:  # a child that was taken over writes what it likes
        raise _unreadable("its parser broke on it") from error
    if outcome == ANSWERED:
        return value
    if outcome == REFUSED and isinstance(value, HeadraceError):
        raise value
    if outcome == FAULT:
        raise _unreadable(f"its parser failed on it ({value})")
    raise _unreadable("it takes more memory than is allowed" if outcome == NO_MEMORY else "its parser broke on it")


def _ended(status: int, *, late: bool) -> HeadraceError:
    if late:
        return Transient("it could not be read in time: the machine is busy", code=error_codes.PARSER_TIMEOUT)
    if status > 0:
        return Transient("it could not be read now: the process that reads it did not start", code=error_codes.PARSER_TIMEOUT)
    if status == -signal.SIGXCPU:
        return _unreadable(f"it takes more than {SECONDS} s of processor time")
    return _unreadable("its parser broke on it")


def _unreadable(why: str) -> Permanent:
    return Permanent(
        f"it could not be read within its limits: {why}",
        code=error_codes.PARSER_LIMITS,
        advice="Give it smaller, or as plain text.",
    )


_POOL = _Pool()
atexit.register(_POOL.close)
os.register_at_fork(after_in_child=_POOL.__init__)  # type: ignore[misc] # its threads and children are the parent's
