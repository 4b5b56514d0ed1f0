"""Shortens the texts of a feed that is too long to be parsed: of each only its beginning is kept as a summary."""

from __future__ import annotations

import re

MOST_TEXT = 6000
"""Bytes of an entry's text, its markup among them: ten times what a summary has."""
_OPENING = re.compile(rb"<((?:[a-z]{1,10}:)?(?:content|summary|description|encoded))(\s[^<>]{0,500})?>", re.IGNORECASE)
_SECTION, _SECTION_END = b"<![CDATA[", b"]]>"


def shortened(content: bytes) -> bytes:
    """The feed with each text cut; one in markup of its own (XHTML) as the same in quotes, which a parser reads a tag of in an eighth of the time."""
    made: list[bytes] = []
    done = 0
    for opening in _OPENING.finditer(content):
        if opening.start() < done or (opening[2] or b"").endswith(b"/"):
            continue
        end = content.find(b"</" + opening[1] + b">", opening.end())
        if end < 0:
            break
        made += [content[done : opening.start()], _short(opening, content[opening.end() : end])]
        done = end
    return b"".join([*made, content[done:]])


def _short(opening: re.Match[bytes], text: bytes) -> bytes:
    """An element's beginning and its text."""
    bare = text.lstrip()
    if bare.startswith(_SECTION):
        return opening[0] + _SECTION + _cut(bare[len(_SECTION) :].partition(_SECTION_END)[0]) + _SECTION_END
    if b"<" not in bare:
        return opening[0] + _cut(text)
    cut = _cut(bare)
    whole = cut[: cut.rfind(b"<")] if cut.rfind(b"<") > cut.rfind(b">") else cut
    return b"<" + opening[1] + b' type="html">' + whole.replace(b"&", b"&amp;").replace(b"<", b"&lt;")


def _cut(text: bytes) -> bytes:
    """The text up to a space, a tag's or an entity's end, which are no part of a character in any encoding; whole if it has none."""
    if len(text) <= MOST_TEXT:
        return text
    return text[: max(text.rfind(sign, 0, MOST_TEXT) for sign in (b" ", b">", b";")) + 1] or text
