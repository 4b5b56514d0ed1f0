"""A stranger's URL taken apart once, strictly. Everything later uses these parts; nothing parses the text again.

Two parsers that read one URL differently are how guards are passed, so what is unusual is refused, not guessed at.
Source: RFC 3986; the numeric host forms are WHATWG URL's "ends in a number".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlencode

from shared.errors import BadInput

MAX_URL = 4096
MAX_HOST = 253
MAX_PORT = 65535
DEFAULT_PORTS = {"http": 80, "https": 443}
SHOWN = 200

_PARTS = re.compile(r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?P<slashes>//)?(?P<authority>[^/?#]*)(?P<path>[^#]*)")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:]+)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SAFE = "%/?:@!$&'()*+,;=~[]"
"""Kept as written in a path or query; the rest is percent-encoded."""

_ADVICE = "Copy the address from the browser's address bar, or paste the text instead."


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes: lower-case ASCII host without trailing dot or brackets, the port always known."""

    scheme: str
    host: str
    port: int
    path: str
    """Path and query, percent-encoded, beginning with `/`. Fragments are dropped: no server ever sees one."""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """What the Host header says: IPv6 in brackets, the port unless it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def shown(self) -> str:
        """For messages: without the query, which may hold secrets, and not endless."""
        return f"{self.scheme}://{self.netloc}{self.path.partition('?')[0]}"[:SHOWN]

    @property
    def address(self) -> IPv4Address | IPv6Address | None:
        """The host as an address, if it is one."""
        return literal(self.host)

    def with_params(self, params: Mapping[str, str]) -> Target:
        return replace(self, path=f"{self.path}{'&' if '?' in self.path else '?'}{urlencode(params)}")


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """An address written out, or None for a name."""
    try:
        return IPv6Address(host) if ":" in host else IPv4Address(host)
    except ValueError:
        return None


def parse(text: str) -> Target:
    """A URL as its parts.

    Raises:
        BadInput: `url_scheme` (not http or https), `url_forbidden` (an address in disguise), else `url_invalid`.
    """
    text = text.strip(" ")
    if not text or len(text) > MAX_URL:
        raise invalid(f"a URL has 1 to {MAX_URL} characters, this has {len(text)}")
    if "\\" in text or any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in text):
        raise invalid("a URL holds no backslashes or control characters")
    parts = _PARTS.match(text)
    scheme = (parts["scheme"] or "").lower() if parts else ""
    if not parts or scheme not in DEFAULT_PORTS:
        raise BadInput(
            "the URL does not begin with http:// or https://",
            code="url_scheme",
            advice="Write it in full, with https:// in front.",
        )
    if not parts["slashes"] or not parts["authority"]:
        raise invalid("the URL names no host")
    host, port = _authority(parts["authority"])
    path = quote(parts["path"], safe=_SAFE)
    return Target(scheme, host, port or DEFAULT_PORTS[scheme], path if path.startswith("/") else f"/{path}")


def invalid(reason: str) -> BadInput:
    """The refusal of something that is no usable URL."""
    return BadInput(f"not a usable URL: {reason}", code="url_invalid", advice=_ADVICE)


def _authority(text: str) -> tuple[str, int | None]:
    if "@" in text:
        raise invalid("it carries a user name or password")
    match = _AUTHORITY.fullmatch(text)
    if not match:
        raise invalid("its host or port is malformed")
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port <= MAX_PORT:
        raise invalid(f"there is no port {port}")
    return _host(match["host"]), port


def _host(text: str) -> str:
    if text.startswith("["):
        try:
            return str(IPv6Address(text[1:-1]))
        except ValueError as error:
            raise invalid("its IPv6 address is malformed") from error
    host = (text if text.isascii() else _punycode(text)).lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > MAX_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise invalid("its host is not a valid name")
    if _NUMBER.fullmatch(labels[-1]) and literal(host) is None:  # 2130706433, 0x7f.1, 0177.0.0.1, 127.1
        raise BadInput("the URL's host is a number in disguise", code="url_forbidden", advice="Use the site's name.")
    return host


def _punycode(host: str) -> str:
    import idna  # noqa: PLC0415 - few hosts need it

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise invalid("its host is not a valid international name") from error
