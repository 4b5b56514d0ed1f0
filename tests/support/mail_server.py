"""A mail server on loopback that takes what it is sent, or says what it is told to."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """`refuses`: its answer by the command that gets it (`RCPT`: `550 no such user`). `mails` are those it took."""

    refuses: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _server: asyncio.Server | None = None

    async def start(self) -> str:
        """Its address."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 loopback\r\n")
        while line := (await reader.readline()).decode().strip():
            self.heard.append(line)
            verb = line.split()[0].upper()
            if verb == "DATA" and verb not in self.refuses:
                writer.write(b"354 go on\r\n")
                raw = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
                self.mails.append(message_from_bytes(raw, policy=policy.default))
            said = {"EHLO": "250-loopback\r\n250 AUTH PLAIN", "AUTH": "235 yes", "QUIT": "221 bye"}.get(verb, "250 yes")
            writer.write(f"{self.refuses.get(verb, said)}\r\n".encode())
            if verb == "QUIT":
                break
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
