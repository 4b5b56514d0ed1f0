"""The cloud's services on this machine, for tests of the real clients: all on 127.0.0.1, on free ports, ended with their user."""

from __future__ import annotations

import socket


class Absent(Exception):
    """An emulator cannot run on this machine; the message says what is missing."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
