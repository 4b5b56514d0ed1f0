"""The posting that a page's structured data describes: JSON-LD first, then microdata and RDFa."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlsplit

from functions.interview_prep.posting.clean_text import line, squash
from functions.interview_prep.posting.page.parsed_page import OpenPage
from functions.interview_prep.posting.page.refusals import is_listing, refusal
from functions.interview_prep.posting.posting_facts import Facts
from functions.interview_prep.posting.structured_data.schema_org import addresses, facts_of, is_posting

_SHORTEST_ID = 4
MOST_POSTINGS = 200
"""Postings of one page that are compared."""

Found = tuple[dict[str, Any], Facts]


def own_posting(page: OpenPage) -> Facts | None:
    """The page's own posting, or None if its data describes none.

    Raises:
        Permanent: it describes several and none is the page's own (`posting_is_listing`).
    """
    syntaxes: tuple[Literal["json_ld", "microdata"], ...] = ("json_ld", "microdata")
    for read_by in syntaxes:
        postings = [node for node in getattr(page, read_by) if is_posting(node)][:MOST_POSTINGS]
        if postings:
            return replace(_own(postings, page), read_by=read_by, url=page.url)
    return None


def _own(nodes: list[dict[str, Any]], page: OpenPage) -> Facts:
    different: dict[tuple[str, str], Found] = {}
    for node in nodes:
        facts = facts_of(node)
        key = (squash(facts.title), squash(facts.company))
        if key not in different or len(facts.description) > len(different[key][1].description):
            different[key] = (node, facts)  # the same posting for each of its places, or once short and once in full
    found = list(different.values())
    if len(found) == 1:
        return found[0][1]
    for is_own in (_has_address, _has_identifier, _has_title):
        own = [one for one in found if is_own(one, page)]
        if is_own is _has_title:  # "Engineer" stands in "Senior Engineer" too
            longest = max((len(facts.title) for _, facts in own), default=0)
            own = [one for one in own if len(one[1].title) == longest]
        if len(own) == 1:
            return own[0][1]
    names = ", ".join(facts.title for _, facts in found[:3])
    raise refusal("listing", f"the page holds {len(found)} different postings ({names} …)")


def _has_address(found: Found, page: OpenPage) -> bool:
    own = {_place(address) for address in (page.asked, page.url, page.canonical)} - {("", "")}
    return any(_place(address) in own for address in addresses(found[0]))


def _place(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", ""
    path = parts.path.rstrip("/")
    return (parts.netloc.lower().removeprefix("www."), f"{path}?{parts.query}") if path or parts.query else ("", "")


def _has_identifier(found: Found, page: OpenPage) -> bool:
    stated = found[0].get("identifier")
    value = squash(line(stated.get("value") if isinstance(stated, dict) else stated))
    return len(value) >= _SHORTEST_ID and any(value in squash(address) for address in (page.asked, page.url, page.canonical))


def _has_title(found: Found, page: OpenPage) -> bool:
    title = squash(found[1].title)
    return bool(title) and not is_listing(page) and (title in squash(page.title) or title in map(squash, page.headings))
