"""In what a feed's bytes are written: as its header or itself says, by the encodings that the names stand for in practice, or guessed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from shared.sources.news.language import language_of
from shared.sources.untrusted_values import from_html

GUESSED_FROM = 32 * 1024
"""Bytes from which an encoding is guessed that nobody names."""
UNPACKED = 16 * 1024 * 1024
"""Bytes of an unpacked file that are read."""
GZIP = b"\x1f\x8b"
UTF_8 = "application/xml; charset=utf-8"
_SAYS_ENCODING = re.compile(rb"<\?xml[^>]{0,200}\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_IN_PRACTICE = {
    "big5": ("big5hkscs", "cp950"), "big5-hkscs": ("big5hkscs",), "gb2312": ("gb18030",), "gbk": ("gb18030",), "shift_jis": ("cp932",), "shift-jis": ("cp932",),
    "x-sjis": ("cp932",), "euc-kr": ("cp949",), "ks_c_5601-1987": ("cp949",), "tis-620": ("cp874",), "iso-8859-11": ("cp874",), "iso-8859-9": ("cp1254",),
    "iso-8859-1": ("cp1252",), "latin1": ("cp1252",), "latin-1": ("cp1252",), "us-ascii": ("cp1252",), "ascii": ("cp1252",),
}  # fmt: skip
"""What browsers read under these names (encoding.spec.whatwg.org): supersets that their writers use."""


def as_said(content: bytes, headers: Mapping[str, str]) -> tuple[bytes, str]:
    """The bytes, and the content type to read them by; empty: what the headers say.

    They are UTF-8 where what says their encoding means another one by it, or nothing says one and they look like Big5, KOI8-R and so on.
    """
    if b"\0" in content[:4] or is_utf8(content):
        return content, ""
    named = _CHARSET.search(headers.get("content-type", ""))
    declared = _SAYS_ENCODING.search(content[:1000])
    said = (named[1] if named else declared[1].decode() if declared else "").lower()
    for encoding in _IN_PRACTICE.get(said, ()):
        try:
            return content.decode(encoding).encode(), UTF_8
        except UnicodeError:
            continue
    return (content, "") if said else (_guessed(content), "")


def unpacked(content: bytes) -> bytes:
    """The bytes, or what is in them if they are a gzip file that its server calls nothing else, as far as it is whole."""
    if not content.startswith(GZIP):
        return content
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content, UNPACKED)
    except zlib.error:
        return b""


def is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8, whatever anybody says."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guessed(content: bytes) -> bytes:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 30 ms for the few feeds that need it

    guess = from_bytes(re.sub(rb"<[^<>]*>", b" ", content[:GUESSED_FROM])).best()  # the markup is Latin whatever the text is
    text = content.decode(guess.encoding, "replace") if guess is not None else ""
    # Among Latin letters feedparser's own guess is as good.
    return text.encode() if language_of(from_html(text[:GUESSED_FROM])) else content
