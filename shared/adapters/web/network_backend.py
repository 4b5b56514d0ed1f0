"""Connections for strangers' URLs: a name is resolved once, judged, and the judged address is the one connected to.

The check sits where sockets are opened, so redirects, retries and names whose answer changes all pass it. TLS still
verifies the name, and the Host header still carries it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

import httpcore2

from shared.adapters.web.address_guard import forbidden, is_public
from shared.adapters.web.url_parts import literal

Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""All addresses of a host, best first. Raises OSError when there are none."""

ATTEMPT_SECONDS = 4.0
ATTEMPTS = 4


async def resolve(host: str, port: int) -> Sequence[str]:
    """The system's answer, in its order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """httpcore2's network backend, behind the address rules."""

    def __init__(self, allow: frozenset[tuple[str, int]], resolve: Resolve = resolve) -> None:
        self._allow = allow
        self._resolve = resolve
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A stream to a checked address of `host`; addresses are tried in turn, each for a few seconds.

        Raises:
            BadInput: any of its addresses is not public (`url_forbidden`).
            httpcore2.ConnectError: no address, or none answered.
        """
        if (host, port) in self._allow:
            return await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        failure: Exception = httpcore2.ConnectError("the host has no address")
        for address in (await self._checked(host, port))[:ATTEMPTS]:
            try:
                return await self._inner.connect_tcp(
                    address, port, min(timeout or ATTEMPT_SECONDS, ATTEMPT_SECONDS), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = [host] if literal(host) else await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"the name {host} was not found") from error
        if not all(is_public(address) for address in addresses):
            raise forbidden("its host leads to an address that is not public")
        return addresses
