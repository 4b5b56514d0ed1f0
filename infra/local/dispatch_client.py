"""The dispatcher's HTTP client: POSTs to a server on loopback and learns the status, over connections kept open.

A general client spends more on a request than the engine on a task (pooling, header objects, body streams). Of an answer only
the status matters here, so this one reads the status line and the length, and nothing else.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


class Server:
    """One server by its base URL (`http://127.0.0.1:8080`), with as many connections as posts have been under way at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.under_way = 0
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 80)
        self._host = parts.netloc
        self._idle: list[_Connection] = []

    async def post(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """The answer's status.

        Raises:
            OSError: no connection, or it ended before the answer: the server is gone, or was on its way out.
        """
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nhost: {self._host}\r\ncontent-length: {len(body)}\r\n{lines}\r\n"
        self.under_way += 1
        connection = None
        try:
            connection = self._kept() or await self._connect()
            return await connection.ask(head.encode() + body)
        finally:
            self.under_way -= 1
            if connection is not None:
                self._release(connection)

    def close(self) -> None:
        """Close every connection that is not in use."""
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> _Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
        return None

    async def _connect(self) -> _Connection:
        _, connection = await asyncio.get_running_loop().create_connection(_Connection, *self._address)
        return connection

    def _release(self, connection: _Connection) -> None:
        if connection.usable:
            self._idle.append(connection)
        else:
            connection.close()


class _Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._seen = bytearray()
        self._open = True

    @property
    def usable(self) -> bool:
        """Open, and its last request was answered to the last byte."""
        return self._open and self._answer is None

    async def ask(self, request: bytes) -> int:
        if self._transport is None or not self._open:
            raise ConnectionResetError("the connection is closed")
        self._seen.clear()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        self._open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        end = self._seen.find(b"\r\n\r\n")
        if end < 0 or self._answer is None:
            return
        length = LENGTH.search(self._seen, 0, end + 2)
        if length is None:  # its end is not known, so nothing can follow it
            self._open = False
        elif len(self._seen) < end + 4 + int(length[1]):
            return
        if not self._answer.done():
            self._answer.set_result(int(self._seen[9:12]))
        self._answer = None

    def connection_lost(self, error: Exception | None) -> None:
        self._open = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("closed before it answered"))
