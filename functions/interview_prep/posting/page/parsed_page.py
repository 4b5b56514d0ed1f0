"""A fetched page opened once: its text decoded, its tree, its headline, its structured data, what a reader sees of it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from functions.interview_prep.posting.clean_text import clean, line
from functions.interview_prep.posting.page.html_text import parse, text_of
from functions.interview_prep.posting.page.main_text import main_text
from functions.interview_prep.posting.structured_data import json_ld, microdata
from shared.ports.web import Page

MAX_NAMED = 400
"""Headings and links that are looked at."""
MAX_SEEN = 200_000
"""Characters of a page's visible text that are looked at."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*+=\s*+[\"']?\s*+([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([a-zA-Z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096  # where a meta element has to be; browsers look at 1024
# Encodings that pages use, by Python's name for what browsers do with the label (WHATWG Encoding). Others are not tried:
# some of Python's are no character sets, some take quadratic time.
_ENCODINGS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "cp1252": "cp1252", "utf-8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5hkscs": "big5hkscs", "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "iso2022_jp": "iso2022_jp", "euc_kr": "cp949", "cp949": "cp949",
    "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "mac-roman": "mac-roman",
    "iso8859-9": "cp1254", **{f"cp{number}": f"cp{number}" for number in (874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}  # fmt: skip


@dataclass(frozen=True)
class OpenPage:
    """A page as read. `asked` is the address that was asked for, `url` where redirects ended."""

    asked: str
    url: str
    tree: Any = field(repr=False)
    markup: str = field(repr=False)

    @cached_property
    def title(self) -> str:
        """The `<title>`, or what the page tells social networks."""
        found = self.tree.find(".//title")
        return (line(found.text_content()) if found is not None else "") or self.meta("og:title")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The first headings of the two highest ranks."""
        found = [line(text_of(element)) for rank in ("h1", "h2") for element in self.tree.findall(f".//{rank}")[:3]]
        return tuple(text for text in found if text)

    @cached_property
    def named(self) -> dict[str, str]:
        """The page's headings and links by their words, each with the address that it leads to, if any."""
        found: dict[str, str] = {}
        for element in islice(self.tree.iter("h1", "h2", "h3", "h4", "h5", "a"), MAX_NAMED):
            link = element if element.tag == "a" else next(element.iter("a"), None)
            link = next(element.iterancestors("a"), None) if link is None else link
            text = line(text_of(element)) if len(element) or element.text else ""
            address = urljoin(self.url, link.get("href", "")) if link is not None else ""
            if text and not found.get(text):
                found[text] = address if address.startswith("http") else ""
        return found

    @cached_property
    def canonical(self) -> str:
        """The address that the page gives as its own."""
        links = (
            link.get("href", "") for link in self.tree.findall(".//link")[:200] if link.get("rel", "").lower() == "canonical"
        )
        return next(links, "") or self.meta("og:url")

    @cached_property
    def text(self) -> str:
        """All that a reader sees."""
        return clean(text_of(self.tree), MAX_SEEN)

    @cached_property
    def main_text(self) -> str:
        """The text without menus and footers, at most 15,000 characters."""
        return main_text(self.tree, self.markup, self.text)

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every object of its JSON-LD."""
        return json_ld.nodes(self.tree)

    @cached_property
    def microdata(self) -> list[dict[str, Any]]:
        """Every item of its microdata and RDFa, in JSON-LD's shape."""
        return microdata.nodes(self.tree)

    def meta(self, name: str) -> str:
        """A meta element's content."""
        named = (m.get("content", "") for m in self.tree.findall(".//meta")[:300] if name in (m.get("property"), m.get("name")))
        return line(next(named, ""))


def open_page(page: Page, asked: str) -> OpenPage | None:
    """The page opened, or None where its bytes hold no element at all."""
    markup = decode(page.content, page.headers.get("content-type", ""))
    if page.content_type == "text/plain":
        markup = f"<pre>{markup.replace('&', '&amp;').replace('<', '&lt;')}</pre>"
    tree = parse(markup)
    return None if tree is None else OpenPage(asked, page.url, tree, markup)


def decode(content: bytes, content_type: str) -> str:
    """A page's bytes as text.

    A byte order mark wins; then what is valid UTF-8 is UTF-8, whatever header and meta say; then the header, then the
    meta element. Bytes that fit nothing become U+FFFD.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    header, meta = _HEADER.search(content_type), _META.search(content[:_HEAD_BYTES])
    stated = [_encoding(found[1]) for found in (header, meta and (meta[0], meta[1].decode("ascii"))) if found]
    # UTF-16 and ISO-2022-JP look like ASCII with odd bytes between: valid UTF-8 proves nothing there.
    first = [name for name in stated if name in {"utf-16-le", "utf-16-be"} and b"\0" in content[:1000]]
    first += [name for name in stated if name == "iso2022_jp" and b"\x1b" in content]
    for name in filter(None, [*first, "utf-8", *stated]):
        try:
            return content.decode(name)
        except UnicodeError:
            continue
    text = content.decode("utf-8", "replace")
    wrong, right = text.count("\ufffd"), sum(char > "\x7f" for char in text)
    mostly_utf8 = wrong * 4 < right or not any(name and name != "utf-8" for name in stated)
    if mostly_utf8 and wrong * 2 <= right:
        return text
    return content.decode(next((name for name in stated if name and name != "utf-8"), "cp1252"), "replace")


def _encoding(label: str) -> str:
    try:
        return _ENCODINGS.get(codecs.lookup(label).name, "")
    except LookupError:
        return ""
