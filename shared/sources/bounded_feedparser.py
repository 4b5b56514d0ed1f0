"""feedparser, bounded: where its own patterns take quadratic or cubic time, and where nothing that they find is wanted here.

12 KB of `encoding='` in a declaration took it 6 s, 20 KB of empty lines before the first element 1.5 s, 40 KB of `url(` in a style 3.5 s,
an author of 30 KB of `a.` as long, and each category is compared with all before it. `python -m tests.fuzz --minutes 10 feed` looks for more.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

MOST_TAGS = 100
"""Categories kept of an entry."""
_DECLARED = re.compile(rb"<\?[^>\n]{0,300}?encoding=['\"]([^'\"\n]{0,60})['\"][^\n]{0,300}?\?>")
_ENTITY = re.compile(rb"<!ENTITY([^<>]{0,1000}?)>")
_DOCTYPE = re.compile(rb"<!DOCTYPE([^<>]{0,1000}?)>")


@cache
def bounded_feedparser() -> Any:
    """The module, imported when it is first wanted: 80 ms that only reading a feed pays."""
    import feedparser  # noqa: PLC0415 - as above
    from feedparser import encodings, mixin, sanitizer  # noqa: PLC0415 - as above

    encodings.RE_XML_PI_ENCODING = _DECLARED
    sanitizer.RE_ENTITY_PATTERN, sanitizer.RE_DOCTYPE_PATTERN = _ENTITY, _DOCTYPE
    sanitizer._HTMLSanitizer.sanitize_style = lambda *_: ""  # noqa: SLF001 - no style is kept anyway
    parser = mixin._FeedParserMixin  # noqa: SLF001 - it has no other way in
    parser._sync_author_detail = lambda *_, **__: None  # noqa: SLF001 - nobody asks for authors
    add_tag = parser._add_tag  # noqa: SLF001 - as above

    def add_few(self: Any, term: Any, scheme: Any, label: Any) -> None:
        if len(self._get_context().get("tags", ())) < MOST_TAGS:
            add_tag(self, term, scheme, label)

    parser._add_tag = add_few  # noqa: SLF001 - as above
    return feedparser
