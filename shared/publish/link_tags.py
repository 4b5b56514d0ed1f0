"""Parameters added to the links of a post, so that its readers can be told from others: `utm_source`, `utm_campaign`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from shared.post_rules.platform_limits import LINK


def with_tags(text: str, tags: Mapping[str, str]) -> str:
    """The text with the tags on each of its http(s) links; what a link says already stays."""
    return LINK.sub(lambda match: _tagged(match[0], tags), text) if tags else text


def _tagged(link: str, tags: Mapping[str, str]) -> str:
    if not re.match("https?://", link, re.IGNORECASE):
        return link
    bare = link.rstrip(".,;:!?")
    try:
        parts = urlsplit(bare)
    except ValueError:  # `http://[`
        return link
    said = parse_qsl(parts.query, keep_blank_values=True)
    more = [(name, value) for name, value in tags.items() if name not in dict(said)]
    query = "&".join(part for part in (parts.query, urlencode(more)) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment)) + link[len(bare) :]
